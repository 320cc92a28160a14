"""The matrix: explainers down, the axioms of a group across, one mark for each family."""

from collections.abc import Iterator

from rich.table import Table
from rich.text import Text

from ..results.certificate import Cell, Certificate, VerdictName
from .groups import grouped

MARKS: dict[VerdictName, tuple[str, str]] = {
    "holds": ("✔", "green"),
    "violated": ("✘", "bold red"),
    "inconclusive": ("?", "yellow"),
    "unsupported": ("–", "dim"),
    "error": ("!", "bold magenta"),
}


def matrices(certificate: Certificate, width: int) -> Iterator[tuple[str, Table]]:
    """Yield a heading and a table for each group; a group too wide for so many columns of text has several tables."""
    for heading, axioms in grouped(certificate.axioms).items():
        for number, part in enumerate(_parts(axioms, certificate, width)):
            yield heading + (", continued" if number else ""), _table(part, certificate)


def _parts(axioms: list[str], certificate: Certificate, width: int) -> Iterator[list[str]]:
    """Split axioms into as few lists as fit, about as long as each other."""
    room = width - max(map(len, ("explainer", *certificate.explainers)))
    widths = [1 + _width(axiom, len(certificate.families)) for axiom in axioms]
    for count in range(1, len(axioms) + 1):
        size = -(-len(axioms) // count)
        starts = range(0, len(axioms), size)
        if size == 1 or all(sum(widths[start : start + size]) <= room for start in starts):
            yield from (axioms[start : start + size] for start in starts)
            return


def _width(axiom: str, families: int) -> int:
    return max(2 * families - 1, *map(len, axiom.split("_")))


def _table(axioms: list[str], certificate: Certificate) -> Table:
    cells = {cell.key: cell for cell in certificate.cells}
    table = Table(box=None, pad_edge=False, collapse_padding=True, header_style="bold")
    table.add_column("explainer", no_wrap=True)
    for axiom in axioms:
        table.add_column(axiom.replace("_", "\n"), justify="center", vertical="bottom")
    for explainer in certificate.explainers:
        rows = [[cells.get((explainer, axiom, family)) for family in certificate.families] for axiom in axioms]
        table.add_row(Text(explainer), *(_marks(row) for row in rows))
    return table


def _marks(cells: list[Cell | None]) -> Text:
    marks = [MARKS[cell.verdict] if cell else (" ", "") for cell in cells]
    return Text(" ").join(Text(mark, style) for mark, style in marks)
