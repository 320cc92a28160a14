"""``axiomcheck show``: print a stored counterexample, and draw it."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from .status import EXPECTED

HELP = "print a stored counterexample, draw it"


def add_arguments(command: ArgumentParser) -> None:
    """Name the options."""
    command.add_argument("file", type=Path, metavar="FILE", help="a counterexample that hunt --out stored")
    command.add_argument("--draw", type=Path, metavar="F.svg", help="write it as a picture")


def run(arguments: Namespace) -> int:
    """Read, print and draw."""
    from rich.console import Console

    from ..networks import AxiomcheckError
    from ..reports.drawing import picture
    from ..reports.plain import printable_counterexample
    from ..reports.terminal import print_finding
    from ..reports.write import write_text
    from ..results.reader import read_counterexample

    if arguments.draw is not None and arguments.draw.suffix != ".svg":
        raise AxiomcheckError(f"Expected a file that ends in .svg but got --draw {str(arguments.draw)!r}")
    counterexample = printable_counterexample(read_counterexample(arguments.file))
    if arguments.draw is not None:
        write_text(picture(counterexample), arguments.draw)
    print_finding(counterexample.reason, counterexample, Console(highlight=False))
    if arguments.draw is not None:
        print(f"wrote {arguments.draw}")
    return EXPECTED
