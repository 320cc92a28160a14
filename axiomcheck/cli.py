"""The command line: which commands there are, and how mistakes are printed."""

import os
import re
import signal
import sys
from argparse import Action, ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from .commands import COMMANDS, GROUPS
from .commands.output import set_up
from .commands.status import INTERRUPTED, TERMINATED, WRONG_USE
from .commands.warnings_at_the_end import warnings_at_the_end
from .networks.errors import AxiomcheckError, UnknownName
from .version import __version__


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 nothing unexpected, 1 something was found, 2 wrong use."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    if not words:
        parser().print_help()
        return WRONG_USE
    try:
        if not words[0].startswith("-") and words[0] not in COMMANDS:
            raise UnknownName("command", words[0], COMMANDS)
        parsed, rest = parser().parse_known_args(words)
        set_up(parsed.color)
        if rest:
            raise _unknown(parsed, rest[0])
        with _terminable(), warnings_at_the_end(quiet=parsed.volume == "quiet"):
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
        usage="axiomcheck [--version] COMMAND … (axiomcheck COMMAND --help)",
        description=_description(),
        formatter_class=ByTask,
        epilog="Exit status: 0 nothing unexpected, 1 something was found, 2 wrong use.",
        allow_abbrev=False,
    )
    result.add_argument("--version", action="version", version=f"axiomcheck {__version__}")
    result.add_argument(
        "--print-completion",
        action=Completion,
        choices=Completion.SHELLS,
        help="a script that completes words in your shell (axiomcheck[completion])",
    )
    commands = result.add_subparsers(required=True, metavar="COMMAND", dest="command", prog="axiomcheck")
    for name, command in COMMANDS.items():
        own = commands.add_parser(
            name, help=command.HELP, description=f"{command.HELP[0].upper()}{command.HELP[1:]}.", allow_abbrev=False
        )
        own.set_defaults(volume="normal")
        command.add_arguments(own)
        own.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="(default: %(default)s)")
        own.set_defaults(usage=own.format_usage())
    return result


class ByTask(RawDescriptionHelpFormatter):
    """Help in which the commands stand in the description alone."""

    def add_argument(self, action: Action) -> None:
        """Leave out the list of commands."""
        if action.dest != "command":
            super().add_argument(action)


def _description() -> str:
    """Return what there is to do, by task."""
    lines = ["Check the axioms that explanations of neural networks must satisfy."]
    for task, commands in GROUPS.items():
        lines += ["", f"{task}:", *(f"  {name:<10}{command.HELP}" for name, command in commands.items())]
    return "\n".join(lines)


class Completion(Action):
    """Prints a script that completes words in a shell; shtab writes it, and is imported when it is asked for."""

    SHELLS = ("bash", "zsh", "tcsh")

    def __call__(
        self, parser: ArgumentParser, _namespace: Namespace, shell: object, _option: str | None = None
    ) -> None:
        """Print the script and end."""
        try:
            import shtab
        except ImportError:
            parser.exit(WRONG_USE, "axiomcheck: shtab is missing: install axiomcheck[completion]\n")
        print(shtab.complete(parser, str(shell)))
        parser.exit()


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
