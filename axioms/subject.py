"""Subjects: what explainers are asked about, as axioms see it. A drawn network is one; a model of one's own may be."""

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Protocol, Self, TypeVar

from ..networks import Array, Family, Path, Shape, Vector
from ..networks.derivations import Derivation
from ..networks.facts import Fact
from ..networks.kinks import Kink
from .arithmetic import ROUNDING

if TYPE_CHECKING:
    from torch import nn

F = TypeVar("F", bound=Fact)


class Subject(Protocol):
    """A function from inputs of ``shape``, flat vectors (d,), to outputs (K,), and a model that computes it.

    What a subject does not admit, it says in a sentence: its methods may raise ``Unsupported``, and the axioms that
    need them are unsupported.
    """

    @property
    def shape(self) -> Shape:
        """The shape of one input."""

    @property
    def in_features(self) -> int:
        """The number of input variables, d."""

    @property
    def out_features(self) -> int:
        """The number of outputs, K."""

    @property
    def depth(self) -> int:
        """The number of layers with weights."""

    @property
    def is_exact(self) -> bool:
        """Whether outputs are exact; else they may be off by a rounding error, a small share of the magnitude."""

    def outputs(self, inputs: Array) -> Array:
        """Return the outputs (B, K) at ``inputs`` (B, d), in float64."""

    def value(self, x: Vector) -> tuple[Fraction, ...]:
        """Return the outputs (K,) at one input (d,), without a further rounding."""

    def values(self, points: Sequence[Vector]) -> Sequence[tuple[Fraction, ...]]:
        """Return the outputs (m, K) at ``points`` (m, d), as ``value`` does."""

    def magnitude(self, x: Vector) -> float:
        """Return a bound on all that is added up on the way to the outputs, and to their derivatives, at ``x``."""

    def on_kink(self, x: Vector) -> bool:
        """Return whether ``x`` is known to lie on a kink: the gradient there is a convention."""

    def bends(self, x: Vector, variable: int) -> bool:
        """Return whether the derivative in one variable is known to be a convention at ``x``."""

    def kinks(self, path: Path) -> tuple[Kink, ...]:
        """Return every kink that ``path`` meets."""

    def gradients(self, x: Vector) -> Array:
        """Return the gradients (d, K) of the outputs at ``x``, up to one positive factor."""

    def rises(self, variable: int, target: int) -> bool:
        """Return whether the output is known to depend on a variable, and never to fall in it."""

    def module(self) -> "nn.Module":
        """Return the model in evaluation mode, a new one for each call."""


class Named(Protocol):
    """What has a name, as rewrites have."""

    @property
    def name(self) -> str:
        """The name."""


class SubjectCase(Protocol):
    """What an axiom is asked on: a subject, or two, with inputs or a path. A ``Case`` of drawn networks is one."""

    @property
    def subject(self) -> Subject:
        """The subject, or the first of two."""

    @property
    def subjects(self) -> tuple[Subject, ...]:
        """One subject, or two that are related: of the same function, or one derived from the other."""

    @property
    def inputs(self) -> tuple[Vector, ...]:
        """The inputs (B, d), none where there is a path."""

    @property
    def path(self) -> Path | None:
        """The path, if there is one."""

    @property
    def baseline(self) -> Vector:
        """The reference input (d,)."""

    @property
    def target(self) -> int:
        """The output that is explained."""

    @property
    def rewrites(self) -> tuple[Named, ...]:
        """What makes the second subject of the first, where they are of one function."""

    @property
    def on_nonnegative(self) -> bool:
        """Whether two subjects are equal on inputs of at least 0 alone."""

    @property
    def derivation(self) -> Derivation | None:
        """How the second subject is derived from the first, if it is."""

    @property
    def kinks(self) -> tuple[Kink, ...]:
        """The kinks of the subject that the path meets."""

    def fact(self, kind: type[F]) -> F | None:
        """Return the fact of a kind, None if there is none."""

    def variables(self, kind: type[Fact]) -> tuple[int, ...]:
        """Return the variables that the fact of a kind is about."""

    def at(self, inputs: tuple[Vector, ...], *, baseline: Vector | None = None, target: int | None = None) -> Self:
        """Return the case at other inputs, without a path; with another baseline or target if they are given."""

    def belongs_to(self, family: Family) -> bool:
        """Return whether ``family`` may draw it."""

    def magnitude(self, x: Vector) -> float:
        """Return a bound on all that the subjects add up at ``x`` and at the baseline."""

    def is_dead(self, x: Vector) -> bool:
        """Return whether the target is 0 at ``x`` and at the baseline, and does not change around ``x``."""

    def is_spent(self, x: Vector) -> bool:
        """Return whether one unit put in is lost at ``x``: the target, or a pre-activation on the way, is 0."""

    def input_is_generic(self, x: Vector, *, from_baseline: bool) -> bool:
        """Return whether ``x`` is off every kink; ``from_baseline``: and almost every point of its way from there."""


def differ(subject: Subject, one: Fraction, other: Fraction, magnitude: float) -> bool:
    """Return whether two outputs differ, by more than rounding where they are not exact."""
    return one != other and (subject.is_exact or abs(one - other) > ROUNDING["float64"] * magnitude)
