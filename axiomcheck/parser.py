"""What the command line understands."""

from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path

from .version import __version__

HUNTED = "ordinary"
"""The family of a hunt that names none: the widest."""
EXPLAINER = (
    "a name (axiomcheck list explainers), captum:NAME, path/to/file.py:name or package.module:name, "
    "with options as in lrp-gamma:gamma=0.5"
)
FAMILY = "a preset (axiomcheck list families) or items as in bias=none,inputs=nonnegative"


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
    _certify(commands.add_parser("certify", help="judge explainers on axioms, write a certificate", allow_abbrev=False))
    _hunt(commands.add_parser("hunt", help="search for one counterexample and print it", allow_abbrev=False))
    listing = commands.add_parser("list", help="say what there is", allow_abbrev=False)
    listing.add_argument("what", choices=("explainers", "axioms", "families", "rewrites"))
    return result


def _certify(command: ArgumentParser) -> None:
    command.add_argument("explainers", nargs="+", metavar="EXPLAINER", help=EXPLAINER)
    command.add_argument("--axiom", action="append", metavar="A", help="an axiom; may be repeated (default: all)")
    command.add_argument(
        "--family", action="append", metavar="F", help=f"{FAMILY}; may be repeated (default: the presets)"
    )
    command.add_argument("--scope", action="store_true", help="search the widest families in which each axiom holds")
    command.add_argument("--timeout", type=_seconds, metavar="SEC", help="seconds for a cell (default: no limit)")
    command.add_argument("--jobs", type=_positive, default=1, metavar="J", help="processes to work in (default: 1)")
    command.add_argument("--no-fail", action="store_true", help="exit with 0 once the certificate is written")
    command.add_argument(
        "--out", type=Path, default=Path("axiomcheck-report"), metavar="DIR", help="(default: %(default)s)"
    )
    _budget(command)


def _hunt(command: ArgumentParser) -> None:
    command.add_argument("explainer", metavar="EXPLAINER", help=EXPLAINER)
    command.add_argument("axiom", metavar="AXIOM", help="axiomcheck list axioms")
    command.add_argument("--family", default=HUNTED, metavar="F", help=f"{FAMILY} (default: %(default)s)")
    _budget(command)


def _budget(command: ArgumentParser) -> None:
    command.add_argument(
        "--examples", type=_positive, default=500, metavar="N", help="cases to draw (default: %(default)s)"
    )
    command.add_argument(
        "--seed", type=int, default=0, metavar="S", help="where the draws begin (default: %(default)s)"
    )
    command.add_argument(
        "--dtype", choices=("float64", "float32"), default="float64", help="arithmetic (default: %(default)s)"
    )


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(f"expected a whole number of at least 1 but got {text!r}")
    return int(text)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise ArgumentTypeError(f"expected a number of seconds above 0 but got {text!r}")
    return seconds
