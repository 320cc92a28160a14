"""What an axiom is: the cases it draws, and a function that says how far each is from holding."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Literal, Protocol, TypeVar

import numpy as np

from ..explainers import Explainer
from ..networks import Array, Case, Family, Vector
from ..networks.facts import OnKinks
from .call_record import CallRecord, Trouble
from .observation import Observation
from .scripts import code_of
from .subject import Subject, SubjectCase

Conserves = Literal["output", "change", "unit"]
Group = Literal["tutorial", "further", "contract"]
"""The four axioms of the tutorial, those of the literature beside it, and what any caller may expect of a callable."""

Curve = Sequence[tuple[float, float]]
"""Points (at, value)."""


class Explain(Protocol):
    """The explainer as an axiom sees it: bound to a case's target and baseline, on a fresh copy of the model."""

    @property
    def has_baseline(self) -> bool:
        """Whether it measures from the case's baseline."""

    @property
    def conserves(self) -> Conserves | None:
        """What its scores are meant to sum to."""

    @property
    def claims(self) -> Mapping[str, str]:
        """For an axiom, the family in which the explainer promises it."""

    @property
    def rounding(self) -> float:
        """The share of all magnitudes added up that its arithmetic may lose."""

    @property
    def resolution(self) -> float:
        """The smallest step along a path, in segments, that its arithmetic resolves."""

    def __call__(
        self, subject: Subject, points: Array, *, target: int | Array | None = None, baseline: Array | None = None
    ) -> Array:
        """Return the relevance (B, d) of ``points`` (B, d) for ``subject``, as float64.

        ``target``, one or (B,), and ``baseline``, (d,) or (B, d), stand in for those of the case.
        """

    def bind(self, other: Explainer) -> "Explain":
        """Return another explainer, bound to the same case."""

    def repeat(self, subject: Subject, points: Array) -> tuple[Array, Array, Array]:
        """Return the relevance (B, d) of two calls on one model, and that of the first as it is after one more.

        The second call begins in another state of all global random generators; the last one is on other points.
        """

    def in_contexts(self, subject: Subject, points: Array) -> Iterator[tuple[str, Array]]:
        """Yield the relevance (n, d) of calls that differ in what should not matter, and in words how each is made.

        Row i is that of point i modulo B, or of the first point where how says that the batch is expanded from it.
        """

    def observe(self, subject: Subject, points: Array, *, trouble: Trouble = "", watch: bool = False) -> CallRecord:
        """Return what a call does beside its scores, also where it meets ``trouble``.

        With ``watch`` the outputs that the model gives are noted.
        """


@dataclass(frozen=True)
class Gap:
    """How far an axiom is from holding on one input or path.

    ``size`` is 0 when it holds, in the unit of ``scale``: the engine allows a small share of ``scale``, and a much
    smaller one of ``rounding``, the magnitudes that were added up, of which ``magnitude`` is the network's own and no
    doing of the explainer. ``vacuous`` says that it could not have failed, ``undecided`` that nobody can say.
    ``observed`` is what there is to say of it; ``figures`` are measured on the way, and reported for the whole sample,
    as are ``curves``: points (at, value), named "value over at". ``variation`` is by how much f
    changes on the way from the baseline, up and down, which may be more than the scale says. ``is_of_output`` says that
    the scale is f's own, and no score's.
    """

    size: float
    scale: float
    rounding: float = 0.0
    magnitude: float = field(default=0.0, kw_only=True)
    vacuous: bool = False
    undecided: bool = False
    observed: Observation | None = None
    figures: Mapping[str, float] = field(default_factory=dict)
    curves: Mapping[str, Curve] = field(default_factory=dict)
    variation: float = 0.0
    is_of_output: bool = False

    @property
    def change(self) -> float:
        """What a declared tolerance is a share of: the scale, or what f varies by on the way, whichever is larger."""
        return max(self.scale, self.variation)


class Rejected(Exception):
    """The case does not meet the axiom's precondition."""


@dataclass(frozen=True)
class Axiom:
    """An axiom: its name, its source, its cases, and how to measure them.

    ``observes`` is the class of what its gaps say; ``script`` returns Python that prints the same gap (``scripts``).
    ``verb`` says of an explainer that it satisfies the axiom, as in "conserves"; ``lacks`` says why a family has no
    case of it, or nothing.
    """

    name: str
    statement: str
    cites: str
    draws: Callable[[bytes, Family], Case]
    gaps: Callable[[Explain, SubjectCase], Iterator[Gap]]
    observes: type[Observation]
    script: Callable[[], str]
    verb: str
    group: Group
    lacks: Callable[[Family], str]
    of_variables: bool = False
    """Whether it speaks of single variables, which scores that are summed over channels have no word on."""
    of_promises: bool = False
    """Whether it is judged where an explainer promises it, and nowhere else."""

    def __call__(self, explain: Explain, case: SubjectCase) -> Iterator[Gap]:
        """Yield one gap for each input of the case, or one for its path."""
        return self.gaps(explain, case)

    @cached_property
    def code(self) -> str:
        """Python that prints the gap, given the names that a script binds."""
        return self.script()


def lacks_nothing(_: Family) -> str:
    """Return that every family has a case."""
    return ""


def axiom(
    *,
    cites: str,
    draws: Callable[[bytes, Family], Case],
    observes: type[Observation],
    verb: str,
    script: Callable[[], str] | None = None,
    group: Group = "further",
    lacks: Callable[[Family], str] = lacks_nothing,
    of_variables: bool = False,
    of_promises: bool = False,
) -> Callable[[Callable[[Explain, SubjectCase], Iterator[Gap]]], Axiom]:
    """Make an axiom of a function that yields gaps; its name and its docstring's first line are the axiom's.

    Unless there is another ``script``, it is the one of that name in ``scripts``.
    """

    def decorate(gaps: Callable[[Explain, SubjectCase], Iterator[Gap]]) -> Axiom:
        statement = (gaps.__doc__ or "").strip().splitlines()[0]
        printed = script or partial(code_of, gaps.__name__)
        about = of_variables, of_promises
        return Axiom(gaps.__name__, statement, cites, draws, gaps, observes, printed, verb, group, lacks, *about)

    return decorate


C = TypeVar("C", bound=SubjectCase)


def generic(case: C, explain: Explain) -> C:
    """Return the case with its inputs in generic position alone; ``Rejected`` if there are none.

    Where inputs on kinks are asked for, all count.
    """
    if case.fact(OnKinks):
        return case
    inputs = tuple(x for x in case.inputs if case.input_is_generic(x, from_baseline=explain.has_baseline))
    if not inputs:
        raise Rejected("every input lies on a kink")
    return case.at(inputs)


def reference_of(case: SubjectCase, explain: Explain) -> Vector:
    """Return where an explainer measures from: the case's baseline if it has one, else 0."""
    return case.baseline if explain.has_baseline else (0.0,) * case.subject.in_features


def require_domain(case: SubjectCase, explain: Explain) -> None:
    """Reject a twin that is equal on inputs of at least 0 if the explainer asks the model below that."""
    if case.on_nonnegative and explain.observe(case.subject, np.array(case.inputs), watch=True).lowest < 0:
        raise Rejected("the explainer asks where the two are not equal: at inputs below 0")
