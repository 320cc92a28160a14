"""The commands of the command line, one a file: its arguments, and what it does."""

from argparse import ArgumentParser, Namespace
from typing import Protocol

from . import (
    certify,
    choose,
    corpus,
    diff,
    doctor,
    hunt,
    init,
    listing,
    merge,
    replay,
    report,
    select,
    show,
    tutorial,
)


class Command(Protocol):
    """A module of this package."""

    HELP: str

    def add_arguments(self, command: ArgumentParser, /) -> None:
        """Name its options."""

    def run(self, arguments: Namespace, /) -> int:
        """Do it, and return the exit status."""


GROUPS: dict[str, dict[str, Command]] = {
    "judge": {"certify": certify, "hunt": hunt, "select": select, "choose": choose},
    "counterexamples": {"show": show, "replay": replay, "corpus": corpus},
    "certificates": {"report": report, "diff": diff, "merge": merge},
    "start": {"init": init, "list": listing, "doctor": doctor, "tutorial": tutorial},
}
"""By task, in the order in which ``--help`` tells them."""
COMMANDS: dict[str, Command] = {name: command for group in GROUPS.values() for name, command in group.items()}
