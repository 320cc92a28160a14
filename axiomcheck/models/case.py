"""What one verdict on a model is drawn for: inputs or a path, a baseline, a target, and what is exchanged."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from ..networks import AxiomcheckError, Family, Path, Shape, Vector
from ..networks.facts import Fact
from ..networks.kinks import Kink
from .exchange import Exchange
from .name import ModelName

if TYPE_CHECKING:
    from ..networks.derivations import Derivation
    from .twins import Twins

F = TypeVar("F", bound=Fact)
BETWEEN = (0.2763932, 0.6180340)
"""Where on the way from a baseline a model is asked whether that runs along a kink."""


@dataclass(frozen=True)
class ModelCase:
    """A model by name, with its inputs or its path; ``twins`` are the model itself, where it is loaded.

    The points are flat vectors (d,). ``exchanges`` make of the model another one of the same function.
    """

    model: ModelName
    baseline: Vector
    inputs: tuple[Vector, ...] = ()
    path: Path | None = None
    target: int = 0
    exchanges: tuple[Exchange, ...] = ()
    twins: "Twins | None" = field(default=None, compare=False, repr=False)
    networks: tuple[()] = field(default=(), init=False, compare=False, repr=False)
    facts: tuple[()] = field(default=(), init=False, compare=False, repr=False)
    derivation: "Derivation | None" = field(default=None, init=False, compare=False, repr=False)
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
        """The model, as axioms see it."""
        return self._twins.model

    @cached_property
    def subjects(self) -> tuple[Any, ...]:
        """The model, and its twin if something is exchanged."""
        return (self.subject, self._twins.of(self.exchanges)) if self.exchanges else (self.subject,)

    @property
    def shape(self) -> Shape:
        """The shape of one input."""
        return self.model.shape

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

    def fact(self, kind: type[F]) -> F | None:  # noqa: ARG002
        """Return None: nothing is known of the function beyond the model."""
        return None

    def variables(self, kind: type[Fact]) -> tuple[int, ...]:  # noqa: ARG002
        """Return no variables."""
        return ()

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
        """Return the size of all that the model adds up at ``x`` and at the baseline, for the target."""
        return max(float(self.subject.magnitude_of(point, self.target)) for point in (x, self.baseline))

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
        return not any(subject.on_kink(point) for subject in self.subjects for point in points)

    @property
    def composition(self) -> frozenset[str]:
        """What is exchanged, as certificates count it."""
        return frozenset(f"rewrite: {exchange.name}" for exchange in self.exchanges)

    @property
    def simplicity(self) -> tuple[tuple[float, ...], ...]:
        """A key that orders cases: fewer exchanges, fewer points, fewer variables that are not as in the baseline."""
        apart = sum(a != b for point in self.points for a, b in zip(point, self.baseline, strict=True))
        return (len(self.exchanges),), (len(self.points),), (apart,), tuple(map(float, self.points[0]))

    @property
    def formula(self) -> str:
        """The model as a call, and its twin."""
        first = f"f(x) = {self.model.source}()(x)[{self.target}] on inputs of {'×'.join(map(str, self.shape))}"
        told = ", ".join(map(str, self.exchanges))
        return f"{first}\ng(x) = f(x), with {told}" if told else first

    @property
    def circumstances(self) -> tuple[str, ...]:
        """The weights, and why the twin is of the same function."""
        weights = f"weights {self.model.weights or 'as the model is made'}, sha256 {self.model.sha256[:12]}…"
        return (weights, *(f"{exchange.name}: {exchange.proof}" for exchange in self.exchanges))

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
        return ["\n".join(lines)]

    def tails(self) -> Iterator[tuple[str, "ModelCase"]]:
        """Yield for the modules of a chain, the last first, the model from there on, with what arrives there."""
        for name, twins, arriving in self._twins.tails():
            points = tuple(map(arriving, self.inputs))
            model = replace(self.model, shape=twins.model.shape)
            yield name, replace(self, model=model, inputs=points, baseline=arriving(self.baseline), twins=twins)
