"""Conformance: numbered clauses, and the levels A, B and C that an explainer reaches by them, from a certificate.

A clause names an axiom and the families in which it must hold. It is passed by verdicts ``holds`` alone, each on at
least ``EFFECTIVE`` screened cases: what is inconclusive, unsupported or not judged is open, and passes no level.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ..models.name import is_model
from ..networks import Family
from .certificate import Cell, Certificate

Standing = Literal["passed", "failed", "open"]
LEVELS = ("A", "B", "C")
"""Each asks for all clauses of those before it too."""
EFFECTIVE = 300
"""Effective cases of a cell that counts: without a violation the rate is below 1 %, at 95 % confidence."""
EXACT = {"float64": 1e-6, "float32": 1e-3}
"""The share of its scale that a gap may have at level C."""
DECLARED = 0.05
"""The largest at levels A and B: a quadrature or a sample that says how far off it is may be."""
PERCEPTRONS = ("bias-free", "deep-taylor", "biased")
ORDINARY = ("ordinary",)


@dataclass(frozen=True)
class Clause:
    """An axiom that must hold in some families for a level; ``number`` is its name."""

    number: str
    axiom: str
    families: tuple[str, ...]

    @property
    def level(self) -> str:
        """The level that it belongs to."""
        return self.number[0]


def _numbered(level: str, *asked: tuple[str, tuple[str, ...]]) -> tuple[Clause, ...]:
    return tuple(Clause(f"{level}{number}", *one) for number, one in enumerate(asked, start=1))


CONTRACTS = ("output_form", "determinism", "purity", "same_function", "batch_consistency", "context", "target_only")
CLAUSES = (
    *_numbered("A", *((axiom, ORDINARY) for axiom in (*CONTRACTS, "implementation_invariance", "null_player"))),
    *_numbered("B", ("conservation", PERCEPTRONS), ("selectivity", PERCEPTRONS)),
    *_numbered(
        "C",
        *((axiom, ORDINARY) for axiom in ("conservation", "continuity", "selectivity", "sensitivity", "symmetry")),
    ),
)
"""A: it explains the function and not its code, B: scores add up and are selective on perceptrons, C: they are that,
without jumps, on what people build."""


@dataclass(frozen=True)
class Finding:
    """How an explainer stands to a clause, and what that rests on, in words."""

    clause: Clause
    standing: Standing
    reason: str


@dataclass(frozen=True)
class Conformance:
    """How an explainer stands to all clauses."""

    explainer: str
    findings: tuple[Finding, ...]

    @property
    def level(self) -> str:
        """The highest level of which all clauses, and all of those before it, are passed; nothing if there is none."""
        reached = ""
        for level in LEVELS:
            if any(found.standing != "passed" for found in self.findings if found.clause.level == level):
                break
            reached = level
        return reached


def conformance(certificate: Certificate) -> tuple[Conformance, ...]:
    """Return how each explainer of a certificate stands to all clauses, in the order of their names."""
    return tuple(
        Conformance(name, tuple(_finding(clause, name, certificate) for clause in CLAUSES))
        for name in certificate.explainers
    )


def _finding(clause: Clause, explainer: str, certificate: Certificate) -> Finding:
    found = [_in_family(clause, family, explainer, certificate) for family in clause.families]
    for standing in ("failed", "open"):
        reasons = [reason for of_family, reason in found if of_family == standing]
        if reasons:
            return Finding(clause, standing, "; ".join(dict.fromkeys(reasons)))
    return Finding(clause, "passed", "; ".join(reason for _, reason in found))


def _in_family(clause: Clause, family: str, explainer: str, certificate: Certificate) -> tuple[Standing, str]:
    """Return how an explainer stands to a clause in one family.

    What holds in a wider family holds in this one as well, on other cases; what fails in a narrower one fails here.
    """
    cells = [one for one in certificate.cells if (one.explainer, one.axiom) == (explainer, clause.axiom)]
    failing = [one for one in cells if one.verdict in ("violated", "error") and _is_within(one.family, family)]
    if failing:
        return "failed", f"{failing[0].verdict} in {failing[0].family}"
    most = EXACT[certificate.environment.dtype] if clause.level == "C" else DECLARED
    reasons = [_open(one, most) for one in cells if one.family == family]
    if "" in reasons:
        return "passed", f"holds in {family}"
    return "open", next(iter(reasons), f"not judged in {family}")


def _open(cell: Cell, most: float) -> str:
    """Return why a cell that does not fail, within ``most`` of the scale, passes no clause, or nothing if it does."""
    effective = cell.screen.get("effective", 0)
    if cell.verdict != "holds":
        return f"{cell.verdict} in {cell.family}"
    if cell.tolerance.get("relative", 0.0) > most:
        return f"holds in {cell.family} within {cell.tolerance['relative']:g} of the scale alone"
    if effective < EFFECTIVE:
        return f"holds in {cell.family}, on {effective} of {EFFECTIVE} effective cases"
    return ""


def _is_within(narrow: str, wide: str) -> bool:
    return not is_model(narrow) and Family.parse(narrow) <= Family.parse(wide)


def clauses_of(level: str) -> Iterator[Clause]:
    """Yield the clauses that a level adds to those before it."""
    yield from (clause for clause in CLAUSES if clause.level == level)
