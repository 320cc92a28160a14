"""Selection: which values of an option no other value beats, and what is traded for what."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ..results.certificate import Cell, Certificate, VerdictName
from ..results.pairing import Pairing
from ..results.severity import interval as clopper_pearson

BROKEN: tuple[VerdictName, ...] = ("violated", "error")
CONFIDENCE = 0.95


@dataclass(frozen=True)
class Selection:
    """A certificate of one explainer with several ``values`` of one ``option``, and the explainer of each value."""

    certificate: Certificate
    explainer: str
    option: str
    values: tuple[str, ...]
    explainers: tuple[str, ...]

    @cached_property
    def cells(self) -> dict[tuple[str, str, str], Cell]:
        """The cells by value, axiom and family."""
        value_of = dict(zip(self.explainers, self.values, strict=True))
        return {(value_of[cell.explainer], cell.axiom, cell.family): cell for cell in self.certificate.cells}

    @cached_property
    def questions(self) -> tuple[tuple[str, str], ...]:
        """The pairs of an axiom and a family."""
        return tuple((axiom, family) for family in self.certificate.families for axiom in self.certificate.axioms)

    @cached_property
    def unbeaten(self) -> tuple[str, ...]:
        """The values that no other value beats."""
        return tuple(value for value in self.values if not any(self.beats(other, value) for other in self.values))

    def beats(self, one: str, other: str) -> bool:
        """Return whether one value is nowhere worse than another, and somewhere better by more than chance.

        Nor may it break an axiom that the other was found to keep: for the one there is a counterexample.
        """
        pairs = [(self.cells[(one, *question)], self.cells[(other, *question)]) for question in self.questions]
        worse = any(is_better(its, own) or (its.verdict == "holds" and own.verdict in BROKEN) for own, its in pairs)
        return not worse and any(is_better(own, its) for own, its in pairs)

    def outcome(self, value: str, family: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the axioms that a value keeps in a family, and those that it breaks."""
        verdicts = [(axiom, self.cells[value, axiom, family].verdict) for axiom in self.certificate.axioms]
        kept = tuple(axiom for axiom, verdict in verdicts if verdict == "holds")
        return kept, tuple(axiom for axiom, verdict in verdicts if verdict in BROKEN)

    def sentences(self) -> Iterator[str]:
        """Yield what is traded for what, family by family: values with the same outcome in one clause each."""
        for family in self.certificate.families:
            groups: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = {}
            for value in self.values:
                groups.setdefault(self.outcome(value, family), []).append(value)
            clauses = [self._clause(values, *outcome) for outcome, values in groups.items()]
            alike = "all values: " if len(groups) == 1 else ""
            yield f"In {family}, {alike}{'; '.join(clauses)}."

    def _clause(self, values: list[str], kept: tuple[str, ...], broken: tuple[str, ...]) -> str:
        keeps = f"keeps {_listed(kept)}" if kept else "keeps none of the axioms"
        breaks = f"loses {_listed(broken)}" if broken else "loses none"
        return f"{self.option} = {', '.join(values)} {keeps} and {breaks}"


def is_better(one: Cell, other: Cell) -> bool:
    """Return whether one cell is better than another by more than chance.

    The one is better whose axiom is violated less often: by McNemar's test at 5 % where both were asked the same cases,
    else if the intervals of Clopper & Pearson at 95 % are apart. An error is worse than both. What was not judged is
    neither.
    """
    if other.verdict == "error":
        return one.verdict in ("holds", "violated")
    if not {one.verdict, other.verdict} <= {"holds", "violated"}:
        return False
    if (pairing := Pairing.of(one, other)) is not None:
        return pairing.difference < 0 and pairing.is_significant
    return interval(one)[1] < interval(other)[0]


def rate(cell: Cell) -> float | None:
    """Return the share of the screened effective cases in which the axiom is violated; None if there is none."""
    effective = cell.screen.get("effective", 0)
    return cell.screen["violations"] / effective if effective else None


def interval(cell: Cell) -> tuple[float, float]:
    """Return the two-sided 95 % interval of Clopper & Pearson for the rate; all of [0, 1] if nothing was screened."""
    return clopper_pearson(cell.screen.get("violations", 0), cell.screen.get("effective", 0), CONFIDENCE)


def _listed(axioms: tuple[str, ...]) -> str:
    words = [axiom.replace("_", " ") for axiom in axioms]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
