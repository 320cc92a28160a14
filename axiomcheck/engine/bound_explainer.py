"""One explainer, bound to one case: the only place where an explainer is called."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import torch
from torch import Tensor, nn

from ..axioms.arithmetic import RESOLUTIONS, ROUNDING, Dtype
from ..axioms.call_record import CallRecord, Trouble
from ..axioms.subject import Subject, SubjectCase
from ..explainers import Declaration, Explainer, Unsupported, declaration
from ..explainers.protocol import Setup
from ..networks import Array
from .call_contexts import OtherWeights, calls
from .own_call import Clock, ExplainerError, call_own
from .runtime.calls import message, patched_by
from .runtime.isolation import isolated
from .runtime.model_probe import ProbedForward
from .runtime.output_checks import no_relevance, received, spread, unlike
from .runtime.snapshot import changes, snapshot

SEED = 0
"""What an explainer that takes ``seed`` gets."""
LOST = 32
"""Steps of an arithmetic that adding up may lose, by which float32 has its share in ``ROUNDING``."""


@dataclass(frozen=True)
class BoundExplainer:
    """What an axiom calls: it builds the model anew for every call, and looks at what comes back."""

    explainer: Explainer
    declared: Declaration
    case: SubjectCase
    dtype: Dtype = "float64"
    clock: Clock = field(default_factory=Clock)
    came: set[torch.dtype] = field(default_factory=set, compare=False)
    disturbances: set[str] = field(default_factory=set, compare=False)
    device: str = "cpu"

    @property
    def patched(self) -> set[str]:
        """The functions that the explainer has patched in any call in this process: some are patched but once."""
        return patched_by(self.explainer)

    @property
    def has_baseline(self) -> bool:
        """Whether the explainer measures from the case's baseline."""
        return self.declared.has_baseline

    @property
    def conserves(self) -> Literal["output", "change", "unit"] | None:
        """What the scores are meant to sum to."""
        return self.declared.conserves

    @property
    def claims(self) -> Mapping[str, str]:
        """For an axiom, the family in which the explainer promises it."""
        return self.declared.claims

    @property
    def rounding(self) -> float:
        """The share of all magnitudes added up that the arithmetic may lose, or that of the scores if it is coarser."""
        steps = (torch.finfo(kind).eps for kind in self.came if kind.is_floating_point)
        return max([ROUNDING[self.dtype], *(LOST * step for step in steps)])

    @property
    def resolution(self) -> float:
        """The smallest step along a path that the arithmetic resolves."""
        return RESOLUTIONS[self.dtype]

    def __call__(
        self, subject: Subject, points: Array, *, target: int | Array | None = None, baseline: Array | None = None
    ) -> Array:
        """Return the relevance (B, d) of ``points`` (B, d), as float64; ``ExplainerError`` if there is none.

        ``target``, one or (B,), and ``baseline``, (d,) or (B, d), stand in for those of the case.
        """
        arguments = self._arguments(subject, points, target, baseline)
        with isolated(0, self.patched):
            relevance = self._call(self._model(subject), _copies(arguments))
        return self._scores(relevance, arguments["inputs"])

    def bind(self, other: Explainer) -> "BoundExplainer":
        """Return another explainer, bound to the same case."""
        return replace(self, explainer=other, declared=declaration(other))

    def repeat(self, subject: Subject, points: Array) -> tuple[Array, Array, Array]:
        """Return the relevance (B, d) of two calls on one model, and that of the first as it is after one more.

        The second call begins in another state of all global random generators; the last one, on other points, would
        fill a buffer that all results share with something else.
        """
        model, arguments = self._model(subject), self._arguments(subject, points)
        with isolated(0, self.patched):
            first = self._call(model, _copies(arguments))
            first_scores = self._scores(first, arguments["inputs"])
        with isolated(1, self.patched):
            second = self._scores(self._call(model, _copies(arguments)), arguments["inputs"])
        with isolated(1, self.patched), suppress(ExplainerError, Unsupported):
            self._call(model, _copies(self._arguments(subject, points + 1)))
        return first_scores, second, self._scores(first, arguments["inputs"])

    def in_contexts(self, subject: Subject, points: Array) -> Iterator[tuple[str, Array]]:
        """Yield the relevance (B, d) of calls that differ in what should not matter, and in words how each is made.

        Row i of a batch is point i modulo B, or the first point where the batch is expanded from that.
        """
        for context, work in calls(self._call, lambda: self._model(subject), lambda: self._fresh(subject, points)):
            with isolated(0, self.patched):
                try:
                    relevance, inputs = work()
                    scores = self._scores(relevance, inputs)
                except (ExplainerError, Unsupported) as error:
                    if context.may_raise or isinstance(error, Unsupported):
                        continue
                    raise ExplainerError(f"{context.how}: {error}") from error
            yield context.how, scores
        yield "on the same model, whose weights were others in the call before", self._with_new_weights(subject, points)

    def _with_new_weights(self, subject: Subject, points: Array) -> Array:
        other = OtherWeights(self._model(subject))
        with isolated(0, self.patched), suppress(ExplainerError, Unsupported):
            self._call(other.model, self._fresh(subject, points))
        other.put_back()
        with isolated(0, self.patched):
            arguments = self._fresh(subject, points)
            return self._scores(self._call(other.model, arguments), arguments["inputs"])

    def _fresh(self, subject: Subject, points: Array) -> dict[str, Any]:
        return _copies(self._arguments(subject, points))

    def observe(self, subject: Subject, points: Array, *, trouble: Trouble = "", watch: bool = False) -> CallRecord:
        """Return what a call does beside its scores, also where it meets ``trouble`` and raises.

        With ``watch`` the outputs that the model gives are noted.
        """
        model = self._model(subject)
        arguments = self._arguments(subject, points, subject.out_features if trouble == "target" else None)
        copies = _copies(arguments)
        fails = {"forward": 1, "second forward": 2}.get(trouble, 0)
        watches = watch or fails or trouble == "backward"
        probe = ProbedForward.over(model, fails=fails, fails_back=trouble == "backward") if watches else None
        form, tensors = "", {f"the {name}": value for name, value in copies.items() if isinstance(value, Tensor)}
        with isolated(0, self.patched):
            before = snapshot(model, tensors)
            try:
                relevance = self._call(model, copies)
                form = no_relevance(relevance, arguments["inputs"]) or unlike(relevance, arguments["inputs"])
            except (ExplainerError, Unsupported):
                if not trouble:
                    raise
            after = snapshot(model, tensors)
        patched = (f"a patch of {name} left" for name in sorted(self.patched))
        differences = tuple(dict.fromkeys([*changes(before, after), *sorted(self.disturbances), *patched]))
        self.disturbances.clear()
        if probe is None:
            return CallRecord(form, differences)
        return CallRecord(form, differences, tuple(probe.outputs_at(arguments["inputs"])), probe.lowest)

    def _model(self, subject: Subject) -> nn.Module:
        kind: torch.dtype = getattr(torch, self.dtype)
        model = subject.module()
        if kind != torch.float64 or self.device != "cpu":
            model = model.to(self.device, kind)
        if self.declared.setup is not None:
            self._set_up(self.declared.setup, model)
        return model

    def _set_up(self, setup: Setup, model: nn.Module) -> None:
        """Let the explainer do to a new model what it does once; what it leaves elsewhere is put back."""
        with isolated(0, self.patched):
            self._let(setup, model)

    def _arguments(
        self,
        subject: Subject,
        points: Array,
        target: int | Array | None = None,
        baseline: Array | None = None,
    ) -> dict[str, Any]:
        """Return what the explainer gets beside the model."""
        kind: torch.dtype = getattr(torch, self.dtype)
        inputs = torch.tensor(points, dtype=kind, device=self.device).reshape(-1, *subject.shape)
        targets = torch.as_tensor(self.case.target if target is None else target, dtype=torch.int64, device=self.device)
        arguments: dict[str, Any] = {"inputs": inputs, "target": targets.expand(len(inputs))}
        if self.declared.samples:
            arguments["seed"] = SEED
        if self.declared.has_baseline:
            start = self.case.baseline if baseline is None else baseline
            reference = torch.as_tensor(start, dtype=kind, device=self.device)
            arguments["baseline"] = reference.reshape(-1, *subject.shape).expand_as(inputs)
        return arguments

    def _call(self, model: nn.Module, arguments: Mapping[str, Any]) -> object:
        keywords = {name: value for name, value in arguments.items() if name not in ("inputs", "target")}
        inputs: Tensor = arguments["inputs"]
        returned = self._let(self.explainer, model, inputs, arguments["target"], **keywords)
        try:
            relevance = received(returned, inputs.device)
            return spread(relevance, inputs) if self.declared.form == "channel-summed" else relevance
        except Exception as error:
            raise ExplainerError(f"it returned what cannot be read: {message(error)}") from error

    def _let(self, work: Callable[..., object], *arguments: Any, **keywords: Any) -> object:
        """Return what the explainer's own ``work`` returns, and note what it disturbs."""
        return call_own(work, self.clock, self.disturbances, *arguments, **keywords)

    def _scores(self, relevance: object, inputs: Tensor) -> Array:
        try:
            problem = no_relevance(relevance, inputs)
        except Exception as error:
            raise ExplainerError(f"it returned what cannot be read: {message(error)}") from error
        if problem:
            raise ExplainerError(problem)
        assert isinstance(relevance, Tensor)
        self.came.add(relevance.dtype)
        result: Array = relevance.detach().to(torch.float64).flatten(1).cpu().numpy().copy()
        return result


def _copies(arguments: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.clone() if isinstance(value, Tensor) else value for name, value in arguments.items()}
