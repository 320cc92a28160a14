"""The commands of the command line, one a file: its arguments, and what it does."""

from argparse import ArgumentParser, Namespace
from typing import Protocol

from . import certify, diff, hunt, listing, merge, replay, report, select, show, tutorial


class Command(Protocol):
    """A module of this package."""

    HELP: str

    def add_arguments(self, command: ArgumentParser, /) -> None:
        """Name its options."""

    def run(self, arguments: Namespace, /) -> int:
        """Do it, and return the exit status."""


COMMANDS: dict[str, Command] = {
    "certify": certify,
    "merge": merge,
    "hunt": hunt,
    "replay": replay,
    "show": show,
    "select": select,
    "report": report,
    "diff": diff,
    "tutorial": tutorial,
    "list": listing,
}
"""In the order in which ``--help`` tells them."""
