"""``axiomcheck show``: print a stored counterexample, and draw it."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from .status import EXPECTED

HELP = "print a stored counterexample, draw it"


def understand(command: ArgumentParser) -> None:
    """Name the options."""
    command.add_argument("file", type=Path, metavar="FILE", help="a counterexample that hunt --out stored")
    command.add_argument("--draw", type=Path, metavar="F.svg", help="write it as a picture")


def run(asked: Namespace) -> int:
    """Read, print and draw."""
    from rich.console import Console

    from ..networks import AxiomcheckError
    from ..reports.drawing import picture
    from ..reports.terminal import print_finding
    from ..reports.write import write_text
    from ..results.reader import read_counterexample

    if asked.draw is not None and asked.draw.suffix != ".svg":
        raise AxiomcheckError(f"Expected a file that ends in .svg but got --draw {str(asked.draw)!r}")
    found = read_counterexample(asked.file)
    if asked.draw is not None:
        write_text(picture(found), asked.draw)
    print_finding(found.reason, found, Console(highlight=False))
    if asked.draw is not None:
        print(f"wrote {asked.draw}")
    return EXPECTED
