"""The matrix: explainers down, the axioms of a group across, one mark for each family.

A violation's mark says how grave it is, and behind it stands the share of the cases that show it, in percent.
"""

from collections.abc import Iterator
from typing import Literal

from rich.table import Table
from rich.text import Text

from ..results.certificate import Cell, Certificate, VerdictName
from .groups import grouped

Look = VerdictName | Literal["approximate", "numerical"]
"""What a cell looks like: its verdict, or that its violations are small."""

MARKS: dict[Look, tuple[str, str]] = {
    "holds": ("✔", "green"),
    "violated": ("✘", "bold red"),
    "approximate": ("≈", "dark_orange"),
    "numerical": ("ε", "yellow"),
    "inconclusive": ("?", "yellow"),
    "unsupported": ("–", "dim"),
    "error": ("!", "bold magenta"),
}
WORDS: dict[Look, str] = {
    "approximate": "violated, mostly by at most 5 %",
    "numerical": "violated, mostly by at most 0.1 %",
}
"""How a look is called that is not a verdict."""
SHARES = "with a mark, the percentage of cases that violate"
TAIL, TAILS = "↑", "↑ at worst by more than 5 %"
"""What stands behind the share where a few violations are gross, and what it says."""


def look_of(cell: Cell) -> Look:
    """Return what a cell looks like."""
    if cell.verdict != "violated" or cell.severity is None or cell.severity.name == "gross":
        return cell.verdict
    return cell.severity.name


def share_of(cell: Cell) -> str:
    """Return which percentage of the cases violates the axiom, in a few signs; nothing where the search alone saw one.

    >>> from axiomcheck.results.severity import Severity
    >>> share_of(Cell("e", "a", "f", "violated", "", severity=Severity("gross", 0.004, (0.0, 0.1), 1.0, 1.0)))
    '<1'
    """
    severity = cell.severity
    if severity is None or not severity.share:
        return ""
    return ("<1" if 0 < severity.share < 0.01 else f"{100 * severity.share:.0f}") + TAIL * severity.has_tail


def legend_of(certificate: Certificate) -> list[str]:
    """Return the marks that the certificate has, each with what it says, and what stands behind them."""
    shown = {look_of(cell) for cell in certificate.cells}
    marks = [f"{mark} {WORDS.get(look, look)}" for look, (mark, _) in MARKS.items() if look in shown]
    return [*marks, *notes_of(certificate)]


def notes_of(certificate: Certificate) -> list[str]:
    """Return what the signs behind the marks say, where there are any."""
    signs = "".join(map(share_of, certificate.cells))
    return [*([SHARES] if signs else []), *([TAILS] if TAIL in signs else [])]


def matrices(certificate: Certificate, width: int) -> Iterator[tuple[str, Table]]:
    """Yield a heading and a table for each group; a group too wide for so many columns of text has several tables."""
    for heading, axioms in grouped(certificate.axioms).items():
        for number, part in enumerate(_parts(axioms, certificate, width)):
            yield heading + (", continued" if number else ""), _table(part, certificate)


def _parts(axioms: list[str], certificate: Certificate, width: int) -> Iterator[list[str]]:
    """Split axioms into as few lists as fit, about as long as each other."""
    room = width - max(map(len, ("explainer", *certificate.explainers)))
    signs = max((len(share_of(cell)) for cell in certificate.cells), default=0)
    widths = [1 + _width(axiom, len(certificate.families), signs) for axiom in axioms]
    for count in range(1, len(axioms) + 1):
        size = -(-len(axioms) // count)
        starts = range(0, len(axioms), size)
        if size == 1 or all(sum(widths[start : start + size]) <= room for start in starts):
            yield from (axioms[start : start + size] for start in starts)
            return


def _width(axiom: str, families: int, signs: int) -> int:
    return max((2 + signs) * families - 1, *map(len, axiom.split("_")))


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
    signs = max((len(share_of(cell)) for cell in cells if cell), default=0)
    return Text(" ").join(_mark(cell, signs) for cell in cells)


def _mark(cell: Cell | None, signs: int) -> Text:
    """Return the mark of a cell and its share, as wide as the widest beside it."""
    mark, style = MARKS[look_of(cell)] if cell else (" ", "")
    return Text.assemble((mark, style), ((share_of(cell) if cell else "").ljust(signs), style.removeprefix("bold ")))
