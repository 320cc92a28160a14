"""``axiomcheck diff``: what got better or worse between two certificates."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from ..networks import AxiomcheckError
from .status import EXPECTED, FOUND

if TYPE_CHECKING:
    from ..reports.difference import Difference

HELP = "what got better or worse between two certificates"
ORDER = (
    "From good to bad: holds, inconclusive, violated, error. Worse is also what held and is now unsupported, what was "
    "unsupported and is now violated or an error, a promise that is refuted now, and what is violated in more of the "
    "same cases than before (McNemar's test at 5 %). Exit status: 1 if a cell got worse, or is new and fails, unless "
    "it is expected in NEW; 0 else, also where cells are gone, which is told; 2 wrong use."
)
"""What counts as worse."""
STYLES = {"worse": "bold red", "better": "green", "other": "yellow", "new": "", "gone": "yellow"}


def add_arguments(command: ArgumentParser) -> None:
    """Name the options."""
    command.epilog = ORDER
    command.add_argument("old", type=Path, metavar="OLD.json", help="a certificate")
    command.add_argument("new", type=Path, metavar="NEW.json", nargs="?", help="a later one; else the same")
    command.add_argument(
        "--between", nargs=2, metavar=("A", "B"), help="compare two explainers instead of two versions of one"
    )


def run(arguments: Namespace) -> int:
    """Tell what differs; 1 if something got worse, or a new cell fails that is not expected."""
    from rich.console import Console
    from rich.text import Text

    from ..reports.difference import circumstances, differences, of_explainer
    from ..results.certificate_reader import read_certificate

    if arguments.new is None and arguments.between is None:
        raise AxiomcheckError("Expected a second certificate, or --between A B to compare two explainers of one")
    old, new = map(read_certificate, (arguments.old, arguments.new or arguments.old))
    if arguments.between is not None:
        one, other = arguments.between
        old, new = (of_explainer(of, name, f"{one} → {other}") for of, name in ((old, one), (new, other)))
    console = Console(highlight=False)
    for line in circumstances(old, new):
        console.print(Text(line, style="dim"), soft_wrap=True)
    changes = list(differences(old, new))
    for change in changes:
        console.print(Text.assemble((f"{change.change:<7}", STYLES[change.change]), change.sentence), soft_wrap=True)
    if not changes:
        console.print(f"no verdict differs in {len(new.cells)} cells")
    unexpected = {cell.key for cell in new.unexpected}
    failing = [change for change in changes if change.after is not None and change.after.key in unexpected]
    return FOUND if any(change.change in ("worse", "new") for change in failing) or _lost(changes) else EXPECTED


def _lost(changes: "list[Difference]") -> bool:
    """Return whether something that held is no longer judged, or what is promised beyond its family no longer kept."""
    worse = (change.after for change in changes if change.change == "worse")
    return any(cell is not None and cell.verdict in ("unsupported", "holds") for cell in worse)
