"""Each explainer in a line: what it computes, what it keeps, and what it breaks wherever it was judged."""

from collections.abc import Iterator
from dataclasses import dataclass

from ..explainers.libraries.summaries import summary_of
from ..results.certificate import Cell, Certificate
from .phrases import listed
from .places import places


@dataclass(frozen=True)
class Method:
    """An explainer: what it computes, where which axioms hold, and which fail in all families that were decided."""

    name: str
    summary: str
    keeps: str
    breaks: str


def methods(certificate: Certificate) -> Iterator[Method]:
    """Yield all explainers of a certificate of which a cell was judged."""
    for name in certificate.explainers:
        cells = [cell for cell in certificate.cells if cell.explainer == name]
        if any(cell.verdict != "unsupported" for cell in cells):
            holding = [cell for cell in cells if cell.verdict == "holds"]
            keeps = "; ".join(places(holding, certificate.families)) or "none of these axioms"
            never = list(_never(cells))
            yield Method(name, summary_of(name), keeps, listed(never, "and") if never else "")


def _never(cells: list[Cell]) -> Iterator[str]:
    """Yield the axioms that are violated somewhere and hold nowhere."""
    for axiom in dict.fromkeys(cell.axiom for cell in cells):
        verdicts = {cell.verdict for cell in cells if cell.axiom == axiom}
        if verdicts & {"violated", "error"} and "holds" not in verdicts:
            yield axiom.replace("_", " ")
