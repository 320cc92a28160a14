"""What one verdict on a model is drawn for: inputs or a path, a baseline, a target, and what is exchanged."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import prod
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from ..networks import AxiomcheckError, Family, Path, Shape, Vector
from ..networks.derivations import Derivation
from ..networks.facts import Fact
from ..networks.kinks import Kink
from ..networks.serialization import named_data
from .exchange import Exchange
from .name import ModelName
from .wirings import Wiring

if TYPE_CHECKING:
    from .twins import Twins

F = TypeVar("F", bound=Fact)
BETWEEN = (0.2763932, 0.6180340)
"""Where on the way from a baseline a model is asked whether that runs along a kink."""


@dataclass(frozen=True)
class ModelCase:
    """A model by name, with its inputs or its path; ``twins`` are the model itself, where it is loaded.

    The points are flat vectors (d,). ``exchanges`` make of the model another one of the same function, a ``wiring`` one
    of which something else is known.
    """

    model: ModelName
    baseline: Vector
    inputs: tuple[Vector, ...] = ()
    path: Path | None = None
    target: int = 0
    exchanges: tuple[Exchange, ...] = ()
    wiring: Wiring | None = None
    twins: "Twins | None" = field(default=None, compare=False, repr=False)
    networks: tuple[()] = field(default=(), init=False, compare=False, repr=False)
    on_nonnegative: bool = field(default=False, init=False, compare=False, repr=False)

    def with_model(self, twins: "Twins") -> "ModelCase":
        """Return the case with the model loaded."""
        return replace(self, twins=twins)

    @property
    def _twins(self) -> "Twins":
        if self.twins is None:
            raise AxiomcheckError(f"the model {self.model.source} is not loaded: name it with --model")
        return self.twins

    @property
    def subject(self) -> Any:
        """The model, as axioms see it, with what is wired to it in its place."""
        return self._twins.model if self.wiring is None or self.wiring.is_beside else self._wired

    @property
    def _wired(self) -> Any:
        assert self.wiring is not None
        return self._twins.wired(self.wiring, self.target)

    @cached_property
    def subjects(self) -> tuple[Any, ...]:
        """The model, and its twin if something is exchanged, or the other model that is known from it."""
        if self.derivation is not None:
            return self.subject, self._wired
        return (self.subject, self._twins.of(self.exchanges)) if self.exchanges else (self.subject,)

    @cached_property
    def shape(self) -> Shape:
        """The shape of one input."""
        return self.model.shape if self.wiring is None else self.wiring.shape(self.model.shape)

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """What is known of the function by what is wired."""
        return () if self.wiring is None else (self.wiring.fact(self.model.shape),)

    @cached_property
    def derivation(self) -> Derivation | None:
        """How the second subject is derived from the first, if it is."""
        return self.fact(Derivation)  # type: ignore[type-abstract]

    @property
    def rewrites(self) -> tuple[Exchange, ...]:
        """What makes the twin of the model."""
        return self.exchanges

    @property
    def points(self) -> tuple[Vector, ...]:
        """The inputs, or the path's vertices."""
        return self.inputs if self.path is None else self.path.vertices

    @cached_property
    def kinks(self) -> tuple[Kink, ...]:
        """The first kinks of the model that the path meets."""
        found: tuple[Kink, ...] = self.subject.kinks(self.path) if self.path else ()
        return found

    def fact(self, kind: type[F]) -> F | None:
        """Return the fact of a kind, None if nothing of the sort is wired."""
        return next((fact for fact in self.facts if isinstance(fact, kind)), None)

    def variables(self, kind: type[Fact]) -> tuple[int, ...]:
        """Return the variables that the fact of a kind is about, none if there is no such fact."""
        fact = self.fact(kind)
        return () if fact is None else fact.about

    def places(self, x: Vector) -> tuple[()]:  # noqa: ARG002
        """Return nothing to draw: the model is no chain of known layers."""
        return ()

    @property
    def targets(self) -> tuple[int, ...]:
        """Which output is explained."""
        return (self.target,)

    def at(
        self, inputs: tuple[Vector, ...], *, baseline: Vector | None = None, target: int | None = None
    ) -> "ModelCase":
        """Return the case at other inputs, without a path; with another baseline or target if they are given."""
        return replace(
            self,
            inputs=inputs,
            path=None,
            baseline=self.baseline if baseline is None else baseline,
            target=self.target if target is None else target,
        )

    def belongs_to(self, family: Family) -> bool:  # noqa: ARG002
        """Return False: a model of one's own is no drawn network."""
        return False

    def magnitude(self, x: Vector) -> float:
        """Return the size of all that is added up at ``x`` and at the baseline, for the target."""
        asked = [(self.subject, self.target, x), (self.subject, self.target, self.baseline)]
        if (derived := self.derivation) is not None:
            other, target = self._wired, derived.target(self.target)
            asked += [(other, target, derived.moved(point)) for point in (x, self.baseline)]
        return max(float(subject.magnitude_of(point, target)) for subject, target, point in asked)

    def is_dead(self, x: Vector) -> bool:
        """Return whether the target is 0 at ``x`` and at the baseline, and does not change around ``x``."""
        outputs = (self.subject.value(point)[self.target] for point in (x, self.baseline))
        return not any(outputs) and not self.subject.gradient(x, self.target).any()

    def is_spent(self, x: Vector) -> bool:
        """Return whether the target is 0 at ``x``: one unit put in has no shares there."""
        return not self.subject.value(x)[self.target]

    def input_is_generic(self, x: Vector, *, from_baseline: bool) -> bool:
        """Return whether ``x`` is off every kink; ``from_baseline``: and points of its way from there are too."""
        points = [x]
        if from_baseline:
            start, end = np.array(self.baseline), np.array(x)
            points += [tuple((start + share * (end - start)).tolist()) for share in BETWEEN]
        subjects = self.subjects if self.derivation is None else (self.subject,)
        return not any(subject.on_kink(point) for subject in subjects for point in points)

    @property
    def composition(self) -> frozenset[str]:
        """What is exchanged and wired, as certificates count it."""
        wired = [] if self.wiring is None else [f"wiring: {self.wiring.name}"]
        return frozenset([*wired, *(f"rewrite: {exchange.name}" for exchange in self.exchanges)])

    @property
    def simplicity(self) -> tuple[tuple[float, ...], ...]:
        """A key that orders cases: fewer exchanges, fewer points, fewer variables that are not as in the baseline."""
        apart = sum(a != b for point in self.points for a, b in zip(point, self.baseline, strict=True))
        return (len(self.exchanges),), (len(self.points),), (apart,), tuple(map(float, self.points[0]))

    @property
    def formula(self) -> str:
        """The model as a call, and its twin, or what is wired to it."""
        first = f"f(x) = {self.model.source}()(x)[{self.target}] on inputs of {'×'.join(map(str, self.shape))}"
        if self.derivation is not None and self.wiring is not None:
            return f"{first}\ng(x) = {self.derivation.formula}, by {self.wiring.name}{self.wiring.remark}"
        if self.wiring is not None:
            return f"{first.replace('f(x)', 'f(x, e)', 1)}, with e by {self.wiring.name}"
        told = ", ".join(map(str, self.exchanges))
        return f"{first}\ng(x) = f(x), with {told}" if told else first

    @property
    def circumstances(self) -> tuple[str, ...]:
        """The weights, and why the twin is of the same function."""
        weights = f"weights {self.model.weights or 'as the model is made'}, sha256 {self.model.sha256[:12]}…"
        wired = () if self.wiring is None else (self.wiring,)
        return (weights, *(f"{made.name}: {made.proof}" for made in (*self.exchanges, *wired)))

    def setup(self, dtype: str) -> list[str]:
        """Return Python that makes the model, in an arithmetic, and its twin as ``other``."""
        home, _, name = self.model.source.rpartition(":")
        lines = ["import torch", "from torch import nn"]
        if home.endswith(".py"):
            lines += ["import runpy", "", f"model = runpy.run_path({home!r})[{name!r}]"]
        elif home:
            lines += [f"from {home} import {name} as model"]
        else:
            lines += ["", f"model = ...  # put the {self.model.source} here"]
        lines += ["model = model if isinstance(model, nn.Module) else model()"]
        if self.model.weights:
            lines += ["from axiomcheck.models.loading import fill", f"fill(model, {self.model.weights!r})"]
        if self.model.explains or self.model.embedding or self.model.output:
            entered = tuple(getattr(self.model, name) for name in ("explains", "embedding", "held", "output"))
            lines += ["from axiomcheck.models.entrance import entered", f"model = entered(model, *{entered!r})"]
        lines += [f"torch.set_default_dtype(torch.{dtype})", f"model = model.eval().to(torch.{dtype})"]
        if self.exchanges:
            made = [(exchange.name, exchange.place, exchange.amount) for exchange in self.exchanges]
            lines += ["from axiomcheck.models.twins import exchanged"]
            lines += [f"other = exchanged(model, {made!r}).to(torch.{dtype})"]
        if self.wiring is not None:
            wired = named_data(self.wiring), self.model.shape, self.model.out_features, self.target
            name = "model" if self.derivation is None else "other"
            lines += ["from axiomcheck.models.wirings import wired"]
            lines += [f"{name} = wired(model, *{wired!r}).to(torch.{dtype})"]
        return ["\n".join(lines)]

    def wired_by(self, wiring: Wiring) -> "ModelCase":
        """Return the case with another wiring of as many variables, or fewer: then points lose those at their ends."""
        size = prod(wiring.shape(self.model.shape))
        return replace(
            self,
            wiring=wiring,
            baseline=self.baseline[:size],
            inputs=tuple(x[:size] for x in self.inputs),
        )

    def tails(self) -> Iterator[tuple[str, "ModelCase"]]:
        """Yield for the modules of a chain, the last first, the model from there on, with what arrives there."""
        for name, twins, arriving in self._twins.tails():
            points = tuple(map(arriving, self.inputs))
            model = replace(self.model, shape=twins.model.shape)
            yield name, replace(self, model=model, inputs=points, baseline=arriving(self.baseline), twins=twins)
