"""``axiomcheck list``: say what there is."""

from argparse import ArgumentParser, Namespace

from .status import EXPECTED

HELP = "say what there is"


def add_arguments(command: ArgumentParser) -> None:
    """Name the options."""
    command.add_argument("what", choices=("explainers", "axioms", "families", "rewrites"))


def run(arguments: Namespace) -> int:
    """Print it."""
    from ..reports.listing import listing

    print("\n".join(listing(arguments.what)))
    return EXPECTED
