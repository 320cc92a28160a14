"""``axiomcheck choose``: which methods keep the axioms that somebody needs."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from .options import FAMILY
from .status import EXPECTED, FOUND

HELP = "which methods keep the axioms that you need"


def add_arguments(command: ArgumentParser) -> None:
    """Name the options."""
    command.add_argument(
        "--need", required=True, metavar="A,B,…", help="the axioms that must hold (axiomcheck list axioms)"
    )
    command.add_argument("--family", default="ordinary", metavar="F", help=f"{FAMILY} (default: %(default)s)")
    command.add_argument("--certificate", type=Path, metavar="FILE", help="what was judged, in place of what is proved")


def run(arguments: Namespace) -> int:
    """Print the methods, those that keep all first; 1 if there is none."""
    from ..reports.choice import judged, promised
    from ..results.certificate_reader import read_certificate
    from .names import check_names

    needs = tuple(dict.fromkeys(name.strip().replace("-", "_") for name in arguments.need.split(",") if name.strip()))
    check_names((), needs, (arguments.family,))
    if arguments.certificate is None:
        choice = promised(needs, arguments.family)
    else:
        choice = judged(needs, arguments.family, read_certificate(arguments.certificate))
    print("\n".join(choice.lines()))
    return EXPECTED if choice.fitting else FOUND
