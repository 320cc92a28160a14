"""``axiomcheck hunt``: search for one counterexample, and print it."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from .options import EXPLAINER, FAMILY, add_budget, seconds
from .status import EXPECTED, FOUND

if TYPE_CHECKING:
    from ..reports.counterexample import Counterexample

HELP = "search for one counterexample and print it"
HUNTED = "ordinary"
"""The family of a hunt that names none: the widest."""
ENDLESS = 10_000_000
"""More cases than any time allows."""


def understand(command: ArgumentParser) -> None:
    """Name the options."""
    command.add_argument("explainer", metavar="EXPLAINER", help=EXPLAINER)
    command.add_argument("axiom", metavar="AXIOM", nargs="?", help="axiomcheck list axioms")
    command.add_argument("--equals", metavar="OTHER", help="in place of an axiom: where another explainer differs")
    command.add_argument("--family", default=HUNTED, metavar="F", help=f"{FAMILY} (default: %(default)s)")
    command.add_argument("--scope", action="store_true", help="search the widest families in which there is none")
    command.add_argument("--rewrite", metavar="R", help="twins by this rewrite alone (axiomcheck list rewrites)")
    command.add_argument("--time", type=seconds, metavar="SEC", help="search for so long, in place of --examples")
    size = command.add_mutually_exclusive_group()
    size.add_argument("--largest", action="store_true", help="the largest gap that is found, not shrunk")
    size.add_argument("--smallest", action="store_true", help="the smallest network that is found (default)")
    command.add_argument(
        "--out", type=Path, metavar="FILE", help="store the counterexample as JSON; further as FILE-2 …"
    )
    command.add_argument(
        "--emit", type=Path, metavar="TEST.py", help="write a pytest file that fails until it is mended"
    )
    add_budget(command)


def run(asked: Namespace) -> int:
    """Search, shrink and tell."""
    from rich.console import Console

    from ..cell import Budget
    from ..hunting import hunt, off_zeros, question, with_rewrite
    from ..telling import tell, tell_scope

    examples = asked.examples if asked.time is None else ENDLESS
    budget = Budget(examples, asked.seed, asked.dtype, asked.time)
    first = question(asked.explainer, asked.axiom, asked.family, budget, asked.equals)
    first = with_rewrite(first, asked.rewrite) if asked.rewrite else first
    console = Console(highlight=False)
    searched, finding = hunt(first, largest=asked.largest)
    told = list(tell(console, first, searched, finding, alone=asked.largest or asked.time is not None))
    if finding is not None and asked.equals and (narrower := off_zeros(first, finding, asked.equals)):
        console.rule("off zero pre-activations", style="dim")
        told += tell(console, narrower, *hunt(narrower))
    for path in _written(told, asked.out, asked.emit):
        console.print(f"wrote {path}", soft_wrap=True, markup=False)
    if asked.scope:
        tell_scope(console, first)
    return EXPECTED if finding is None else FOUND


def _written(told: "list[Counterexample]", out: Path | None, emit: Path | None) -> Iterator[Path]:
    """Write what was found where it was asked for, and yield the paths."""
    from ..reports.regression import regression_test
    from ..reports.write import write_counterexample, write_text

    for number, found in enumerate(told if out is not None else (), 1):
        assert out is not None
        path = out if number == 1 else out.with_stem(f"{out.stem}-{number}")
        write_counterexample(found, path)
        yield path
    if emit is not None and told:
        write_text(regression_test(told), emit)
        yield emit
