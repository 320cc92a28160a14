"""The command line: which commands there are, and how mistakes are printed."""

import os
import re
import signal
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from .commands import COMMANDS
from .commands.status import INTERRUPTED, TERMINATED, WRONG_USE
from .networks.errors import AxiomcheckError, UnknownName
from .version import __version__


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 nothing unexpected, 1 something was found, 2 wrong use."""
    parsed, rest = parser().parse_known_args(arguments)
    try:
        if rest:
            raise _unknown(parsed, rest[0])
        with _terminable():
            return COMMANDS[parsed.command].run(parsed)
    except AxiomcheckError as mistake:
        print(f"axiomcheck: {mistake}", file=sys.stderr)
        return WRONG_USE
    except BrokenPipeError:  # whoever read has gone, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return INTERRUPTED
    except Terminated:
        print("axiomcheck: terminated", file=sys.stderr)
        return TERMINATED
    except KeyboardInterrupt:
        print("axiomcheck: interrupted", file=sys.stderr)
        return INTERRUPTED


class Terminated(KeyboardInterrupt):
    """SIGTERM: whatever ends well with Ctrl-C ends well with it."""


@contextmanager
def _terminable() -> Iterator[None]:
    """Raise ``Terminated`` on SIGTERM."""

    def terminate(_signal: int, _frame: object) -> None:
        raise Terminated

    try:
        before = signal.signal(signal.SIGTERM, terminate)
    except ValueError:  # not the main thread, which alone gets signals
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def parser() -> ArgumentParser:
    """Return the parser. Its result names the command in ``command``."""
    result = ArgumentParser(
        "axiomcheck",
        description="Check the axioms that explanations of neural networks must satisfy.",
        epilog="Exit status: 0 nothing unexpected, 1 something was found, 2 wrong use.",
        allow_abbrev=False,
    )
    result.add_argument("--version", action="version", version=f"axiomcheck {__version__}")
    commands = result.add_subparsers(title="commands", required=True, metavar="COMMAND", dest="command")
    for name, command in COMMANDS.items():
        own = commands.add_parser(name, help=command.HELP, allow_abbrev=False)
        command.add_arguments(own)
        own.set_defaults(usage=own.format_usage())
    return result


def _unknown(arguments: Namespace, word: str) -> AxiomcheckError:
    """Return what is wrong with a word that a command has no use for."""
    if not word.startswith("-"):
        return AxiomcheckError(
            f"{arguments.command} has no use for {word!r}; see axiomcheck {arguments.command} --help"
        )
    return UnknownName(
        f"option of {arguments.command}", word.partition("=")[0], re.findall(r"--[\w-]+", arguments.usage)
    )


if __name__ == "__main__":
    sys.exit(main())
