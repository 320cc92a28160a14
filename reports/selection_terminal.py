"""A selection in the terminal: one table a family, and what is traded for what."""

from collections.abc import Iterator

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..results.certificate import LIMITS
from .matrix import MARKS
from .selection import Selection, rate


def print_selection(selection: Selection, console: Console) -> None:
    """Print for each family the verdicts and rates of all values, then the values that stand out."""
    for family in selection.certificate.families:
        console.print(Text(f"{selection.explainer} in {family}", style="dim"), _table(selection, family), sep="\n")
        console.print()
    shown = {cell.verdict for cell in selection.certificate.cells}
    marks = "  ".join(f"{mark} {name}" for name, (mark, _) in MARKS.items() if name in shown)
    console.print(Text(f"{marks}; with the share of independent cases that violate the axiom", style="dim"))
    console.print()
    for line in conclusions(selection):
        console.print(Text(line))
    console.print()
    console.print(Text(LIMITS, style="dim"))


def conclusions(selection: Selection) -> Iterator[str]:
    """Yield which values no other beats, and what is traded for what."""
    values = ", ".join(selection.unbeaten)
    yield f"No other value beats {selection.option} = {values} on all axioms by more than chance."
    yield from selection.sentences()


def _table(selection: Selection, family: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(selection.option, no_wrap=True)
    for axiom in selection.certificate.axioms:
        table.add_column(axiom.replace("_", "\n"), vertical="bottom")
    for value in selection.values:
        row = (_told(selection, value, axiom, family) for axiom in selection.certificate.axioms)
        table.add_row(Text(value, style="bold" if value in selection.unbeaten else ""), *row)
    return table


def _told(selection: Selection, value: str, axiom: str, family: str) -> Text:
    cell = selection.cells[value, axiom, family]
    mark, style = MARKS[cell.verdict]
    share = rate(cell)
    return Text.assemble((mark, style), "" if not share else f" {percent(share)}")


def percent(share: float) -> str:
    """Return a share as people write it.

    >>> percent(0.004), percent(0.5), percent(1.0), percent(0.998)
    ('0.4 %', '50 %', '100 %', '99.8 %')
    """
    return f"{100 * share:.3g} %" if share < 1 else "100 %"
