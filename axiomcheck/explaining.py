"""One explainer, bound to one case: the only place where an explainer is called."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, Literal

import torch
from torch import Tensor

from .explainers import Declaration, Explainer, Unsupported
from .networks import Array, Case, Network

Dtype = Literal["float64", "float32"]
RESOLUTIONS: dict[Dtype, float] = {"float64": 2.0**-40, "float32": 2.0**-20}
SEED = 0
"""What an explainer that takes ``seed`` gets."""
ROUNDING: dict[Dtype, float] = {"float64": 2.0**-40, "float32": 2.0**-18}


class ExplainerError(Exception):
    """The explainer raised, or returned what is no explanation; the message says which."""


@dataclass
class Clock:
    """The seconds spent inside an explainer."""

    seconds: float = 0.0


@dataclass(frozen=True)
class BoundExplainer:
    """What an axiom calls: it builds the model anew for every call, and looks at what comes back."""

    explainer: Explainer
    declared: Declaration
    case: Case
    dtype: Dtype = "float64"
    clock: Clock = field(default_factory=Clock)

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
        """The share of all magnitudes added up that the arithmetic may lose."""
        return ROUNDING[self.dtype]

    @property
    def resolution(self) -> float:
        """The smallest step along a path that the arithmetic resolves."""
        return RESOLUTIONS[self.dtype]

    def __call__(
        self, network: Network, points: Array, *, target: int | Array | None = None, baseline: Array | None = None
    ) -> Array:
        """Return the relevance (B, d) of ``points`` (B, d), as float64; ``ExplainerError`` if there is none.

        ``target``, one or (B,), and ``baseline``, (d,) or (B, d), stand in for those of the case.
        """
        kind: torch.dtype = getattr(torch, self.dtype)
        model = network.module()
        if kind != torch.float64:
            model = model.to(kind)
        inputs = torch.tensor(points, dtype=kind).reshape(-1, *network.shape)
        asked = torch.as_tensor(self.case.target if target is None else target, dtype=torch.int64)
        keywords: dict[str, Any] = {"seed": SEED} if self.declared.samples else {}
        if self.declared.has_baseline:
            reference = torch.as_tensor(self.case.baseline if baseline is None else baseline, dtype=kind)
            keywords["baseline"] = reference.reshape(-1, *network.shape).expand_as(inputs).clone()
        start = perf_counter()
        with _isolated():
            try:
                relevance = self.explainer(model, inputs.clone(), asked.expand(len(inputs)).clone(), **keywords)
            except Unsupported:
                raise
            except Exception as error:
                first = (str(error).splitlines() or [""])[0]
                raise ExplainerError(f"it raised {type(error).__name__}: {first}") from error
        self.clock.seconds += perf_counter() - start
        return _checked(relevance, inputs)


@contextmanager
def _isolated() -> Iterator[None]:
    """One torch thread, gradients on, a fixed random state, and the default dtype restored."""
    dtype = torch.get_default_dtype()
    try:
        with torch.random.fork_rng(devices=[]), torch.enable_grad():
            # torch.manual_seed would also queue a seed, and a formatted stack, for every CUDA device there may be.
            torch.default_generator.manual_seed(0)
            yield
    finally:
        torch.set_default_dtype(dtype)


def _checked(relevance: object, inputs: Tensor) -> Array:
    if not isinstance(relevance, Tensor):
        raise ExplainerError(f"it returned {type(relevance).__name__} where a Tensor was expected")
    if relevance.shape != inputs.shape:
        raise ExplainerError(
            f"it returned the shape {tuple(relevance.shape)} for inputs of the shape {tuple(inputs.shape)}"
        )
    result: Array = relevance.detach().to(torch.float64).flatten(1).numpy().copy()
    if not torch.isfinite(relevance).all():
        raise ExplainerError("it returned NaN" if torch.isnan(relevance).any() else "it returned an infinite score")
    return result
