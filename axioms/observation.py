"""Observation: what an axiom saw of one input or one place, as numbers with names, and the sentence that tells it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import ClassVar

from ..networks import Vector

Points = tuple[Vector, ...]
LONG, SHOWN = 40, 6
"""Numbers above which a sentence shows but a few, and how many these are."""
Binding = float | Vector | Points
"""A number, a point (d,) or points (B, d)."""


@dataclass(frozen=True)
class Observation:
    """What an axiom saw; its fields are what there is to say of it.

    ``says`` is the sentence of a violation, filled from the fields, or from ``words``. ``labels`` names the fields that
    hold scores, with what drawings call them. A file holds the fields under the name of the class.
    """

    says: ClassVar[str]
    labels: ClassVar[Mapping[str, str]] = {}

    def sentence(self) -> str:
        """Return the violation in words."""
        return self.says.format_map({name: format_value(value) for name, value in self.words().items()})

    def words(self) -> dict[str, object]:
        """Return what fills the sentence: the fields by name, and what follows from them."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @property
    def failure(self) -> str:
        """What went wrong, where one axiom can be broken in several ways: a jump, a blow-up, an error."""
        return ""

    @property
    def event(self) -> str:
        """What happened, where there are several things that could: which change, which variation, which error."""
        return ""

    @property
    def point(self) -> Vector | None:
        """The input (d,) that was looked at."""
        return None

    @property
    def inputs(self) -> Points:
        """The inputs (B, d) that a script passes to the explainer, none where it passes others."""
        return () if self.point is None else (self.point,)

    @property
    def place(self) -> float | None:
        """The parameter of the path at which the scores break."""
        return None

    @property
    def focus(self) -> int | None:
        """The one variable whose score was looked at."""
        return None

    @property
    def scores(self) -> dict[str, Vector]:
        """The vectors that drawings show, by what they are called."""
        return {label: _vector(getattr(self, name)) for name, label in self.labels.items()}

    @property
    def totals(self) -> dict[str, float]:
        """What the scores sum to, and what was expected, by what they are called."""
        return {}

    @property
    def bindings(self) -> dict[str, Binding]:
        """What else a script binds, by name."""
        return {}


@dataclass(frozen=True)
class CallError(Observation):
    """The explainer raised, or returned what is no explanation; the message says which."""

    message: str
    says: ClassVar[str] = "{message}"

    @property
    def failure(self) -> str:
        """It is an error."""
        return "error"

    @property
    def event(self) -> str:
        """The message, of an exception its class alone: one defect raises many messages."""
        return re.sub(r"(it raised \w+).*", r"\1", self.message, flags=re.DOTALL)


@dataclass(frozen=True)
class AtInput(Observation):
    """Something at the input ``x`` (d,)."""

    x: Vector

    @property
    def point(self) -> Vector | None:
        """The input."""
        return self.x


@dataclass(frozen=True)
class Scores(AtInput):
    """The scores (d,) at an input."""

    relevance: Vector
    labels: ClassVar[Mapping[str, str]] = {"relevance": "R"}


@dataclass(frozen=True)
class Difference(Scores):
    """The scores (d,) at an input, and ``other`` ones that should be the same."""

    other: Vector
    labels: ClassVar[Mapping[str, str]] = {"relevance": "R", "other": "other"}


@dataclass(frozen=True)
class MethodDifference(Difference):
    """The scores of an explainer, and those of another one."""

    method: str
    says: ClassVar[str] = "at x = {x} the scores are {relevance}, and those of {method} are {other}"


def format_value(value: object) -> str:
    """Return a number or a list of numbers as a reader wants it.

    >>> format_value([1.0, -2 / 3])
    '(1, -0.666667)'
    """
    if isinstance(value, str):
        return value
    if isinstance(value, (list, tuple)):
        shown = [*map(format_value, value[:SHOWN] if len(value) > LONG else value)]
        more = [f"… {len(value)} numbers"] if len(value) > LONG else []
        return "(" + ", ".join([*shown, *more]) + ")"
    return f"{value + 0.0:.6g}"  # type: ignore[operator]


def names(variables: Vector | tuple[int, ...]) -> str:
    """Return variables by name, the first six of more than 40.

    >>> names((0, 2))
    'x1, x3'
    """
    shown = variables[:SHOWN] if len(variables) > LONG else variables
    more = [f"… {len(variables)} variables"] if len(variables) > LONG else []
    return ", ".join([*(f"x{int(i) + 1}" for i in shown), *more])


def vector(values: object) -> Vector:
    """Return an array (d,) as plain numbers."""
    return tuple(values.tolist())  # type: ignore[attr-defined]


def _vector(value: float | Vector) -> Vector:
    return value if isinstance(value, tuple) else (value,)
