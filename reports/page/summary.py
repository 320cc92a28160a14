"""Summary: what fails, the gravest first, and what has changed since an earlier certificate."""

from collections.abc import Iterator
from dataclasses import dataclass

from ...results.certificate import Cell, Certificate
from ..difference import differences
from ..matrix import Look, look_of
from ..places import places
from ..unjudged import unjudged

HEADINGS: dict[Look, str] = {
    "error": "Fails with an error",
    "violated": "Violated grossly",
    "approximate": "Violated by at most 5 %",
    "numerical": "Violated by at most 0.1 %",
    "inconclusive": "Inconclusive",
}
"""What a reader wants to know first, in this order."""
MOST = 6
"""Lines of one heading; the matrix has the others."""


@dataclass(frozen=True)
class Section:
    """A heading, a line for each explainer that it is about, and how many more there are."""

    look: str
    heading: str
    lines: tuple[tuple[str, str], ...]
    more: int = 0


def summary(certificate: Certificate, since: Certificate | None = None) -> Iterator[Section]:
    """Yield a section for each kind of failure, and one for what has changed."""
    if since is not None:
        changes: list[tuple[str, str]] = [(one.change, one.sentence) for one in differences(since, certificate)]
        yield _cut("since", "Changed since the last certificate", changes or [("nothing", "no verdict differs")])
    for look, heading in HEADINGS.items():
        cells = [cell for cell in certificate.cells if look_of(cell) == look and cell.expected is None]
        if lines := list(_by_explainer(cells, certificate.families)):
            yield _cut(look, heading, lines)
    if absent := unjudged(certificate):
        lines = [(", ".join(names), reason) for reason, names in absent.items()]
        yield _cut("unsupported", "Not judged", lines)
    if expected := [cell for cell in certificate.cells if cell.expected is not None]:
        yield _cut("unsupported", "Known and expected", list(_by_explainer(expected, certificate.families)))


def _by_explainer(cells: list[Cell], families: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield each explainer with its axioms, those first that fail in most cells."""
    groups: dict[str, list[Cell]] = {}
    for cell in cells:
        groups.setdefault(cell.explainer, []).append(cell)
    for explainer, own in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])):
        yield explainer, "; ".join(places(own, families))


def _cut(look: str, heading: str, lines: list[tuple[str, str]]) -> Section:
    return Section(look, heading, tuple(lines[:MOST]), max(len(lines) - MOST, 0))
