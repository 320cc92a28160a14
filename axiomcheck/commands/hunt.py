"""``axiomcheck hunt``: search for one counterexample, and print it."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from .options import EXPLAINER, FAMILY, add_budget, seconds
from .status import EXPECTED, FOUND

if TYPE_CHECKING:
    from rich.console import Console

    from ..engine.question import Question
    from .counterexample_sink import Kept

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

    from ..engine.hunt import Interrupted
    from ..engine.question import Budget
    from ..engine.resolve import question
    from .counterexample_sink import Kept
    from .hunt_output import tell_interrupted, tell_scope

    examples = asked.examples if asked.time is None else ENDLESS
    budget = Budget(examples, asked.seed, asked.dtype, asked.time)
    first = question(asked.explainer, asked.axiom, asked.family, budget, equals=asked.equals, rewrite=asked.rewrite)
    kept, console = Kept(asked.out, asked.emit), Console(highlight=False)
    try:
        found = _hunt(asked, first, console, kept)
    except Interrupted as stop:
        tell_interrupted(console, stop.finding, kept)
        raise
    finally:
        for path in kept.paths:
            console.print(f"wrote {path}", soft_wrap=True, markup=False)
    if asked.scope:
        tell_scope(console, first)
    return FOUND if found else EXPECTED


def _hunt(asked: Namespace, first: "Question", console: "Console", kept: "Kept") -> bool:
    """Tell and keep all that is found, and return whether there was anything."""
    from ..engine.hunt import hunt
    from ..engine.resolve import off_zeros
    from .hunt_output import tell

    searched, finding = hunt(first, largest=asked.largest)
    for found in tell(console, first, searched, finding, alone=asked.largest or asked.time is not None):
        kept.add(found)
    example = None if finding is None else finding.counterexample
    narrower = off_zeros(first, example.case, asked.equals) if example and asked.equals else None
    if narrower is not None:
        console.rule("off zero pre-activations", style="dim")
        for found in tell(console, narrower, *hunt(narrower)):
            kept.add(found)
    return finding is not None
