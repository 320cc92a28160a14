"""Panels: the results of one explainer and one axiom, family by family."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from ...results.certificate import Cell, Certificate, VerdictName
from ..further import further_of
from ..matrix import MARKS, Look, look_of
from .caveats import caveats
from .command_line import command_line
from .exhibits import Exhibit, Exhibits


@dataclass(frozen=True)
class Outcome:
    """What came of one or more families: one verdict for the same reason, by the same counterexample.

    ``caveats`` are what it leaves open, ``command`` shows it again, ``expected`` is why it is a known violation; one
    ``of_claim`` is not about a family of the certificate but about the one that a claim names. ``severities`` are
    families with how badly and how often, ``look`` is that of the gravest; ``further``
    are other causes, in a line each.
    """

    verdict: VerdictName
    reason: str
    families: tuple[str, ...]
    caveats: str = ""
    command: str = ""
    exhibit: Exhibit | None = None
    expected: str = ""
    of_claim: bool = False
    look: Look = "violated"
    severities: tuple[tuple[str, str], ...] = ()
    further: tuple[str, ...] = ()


@dataclass(frozen=True)
class Panel:
    """The outcomes of an explainer on an axiom; its ``name`` is unique in the page.

    ``curves`` are drawings of its measurements.
    """

    name: str
    explainer: str
    axiom: str
    cells: tuple[Cell, ...]
    outcomes: tuple[Outcome, ...]
    curves: tuple[Markup, ...] = ()

    @cached_property
    def claims(self) -> tuple[tuple[str, str, str], ...]:
        """Of each claim the family, what came of it, and why, unless a cell says that already."""
        reasons = {cell.reason for cell in self.cells}
        claims = [cell.claim for cell in self.cells if cell.claim]
        rows = ((claim.family, claim.verdict, "" if claim.reason in reasons else claim.reason) for claim in claims)
        return tuple(dict.fromkeys(rows))

    @property
    def figures(self) -> dict[str, list[tuple[str, float, float]]]:
        """Of each figure that was measured the families, with its median and its maximum there."""
        figures: dict[str, list[tuple[str, float, float]]] = {}
        for cell in self.cells:
            for name, values in sorted(cell.figures.items()):
                figures.setdefault(name, []).append((cell.family, values["median"], values["max"]))
        return figures


def panels(certificate: Certificate) -> Iterator[Panel]:
    """Yield the panels in the order of explainers and axioms; where there is no cell there is none."""
    pairs: dict[tuple[str, str], list[Cell]] = {}
    for cell in certificate.cells:
        pairs.setdefault((cell.explainer, cell.axiom), []).append(cell)
    place = {family: number for number, family in enumerate(certificate.families)}
    exhibits = Exhibits()
    for row, explainer in enumerate(certificate.explainers, 1):
        for column, axiom in enumerate(certificate.axioms, 1):
            if cells := sorted(pairs.get((explainer, axiom), ()), key=lambda cell: place[cell.family]):
                outcomes = (*_outcomes(cells, certificate, exhibits), *_refuted(cells, exhibits))
                yield Panel(f"{row}-{column}", explainer, axiom, tuple(cells), outcomes, tuple(exhibits.curves(cells)))


def _outcomes(cells: Sequence[Cell], certificate: Certificate, exhibits: Exhibits) -> Iterator[Outcome]:
    groups: dict[tuple[object, ...], list[Cell]] = {}
    for cell in cells:
        counterexample = cell.counterexample
        shared = (counterexample.case, counterexample.reason) if counterexample else (cell.reason,)
        groups.setdefault((cell.verdict, cell.expected, *shared), []).append(cell)
    for alike in groups.values():
        first = alike[0]
        yield Outcome(
            verdict=first.verdict,
            reason=first.reason,
            families=tuple(cell.family for cell in alike),
            caveats=caveats(alike),
            command=command_line(alike, certificate),
            exhibit=exhibits.of(first.counterexample) if first.counterexample else None,
            expected=first.expected or "",
            look=min((look_of(cell) for cell in alike), key=[*MARKS].index),
            further=tuple(dict.fromkeys(line for cell in alike for line in further_of(cell))),
            severities=tuple((cell.family, cell.severity.sentence) for cell in alike if cell.severity),
        )


def _refuted(cells: Sequence[Cell], exhibits: Exhibits) -> Iterator[Outcome]:
    """Yield the counterexamples to claims that are not those of the cells."""
    claims = [cell.claim for cell in cells if cell.claim]
    by_case = {claim.counterexample.case: (claim, claim.counterexample) for claim in claims if claim.counterexample}
    for claim, counterexample in by_case.values():
        yield Outcome("violated", claim.reason, (claim.family,), exhibit=exhibits.of(counterexample), of_claim=True)
