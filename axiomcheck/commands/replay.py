"""``axiomcheck replay``: look at stored counterexamples again."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path
from textwrap import indent
from typing import TYPE_CHECKING

from .options import add_volume
from .status import EXPECTED, FOUND

if TYPE_CHECKING:
    from ..results.counterexample import Counterexample

HELP = "look at stored counterexamples again"


def add_arguments(command: ArgumentParser) -> None:
    """Name the options."""
    command.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a counterexample that hunt --out stored")
    command.add_argument(
        "--explainer", metavar="E", help="another explainer than the one that it was found for: HOLDS or VIOLATED"
    )

    command.add_argument("--model", metavar="M", help="the model of counterexamples that have one, named by yourself")
    command.add_argument("--weights", metavar="W", default="", help="its weights, in place of those that it had")
    command.add_argument("--trust", action="store_true", help="run whatever code the files name")
    add_volume(
        command, "print what has become of each file alone", "print each case, and the versions that changed, too"
    )


def run(arguments: Namespace) -> int:
    """Say of each file what has become of it."""
    from ..engine.replay import replay
    from ..engine.trust import require_trusted
    from ..explainers import locate
    from ..models.source import ModelSource
    from ..results.reader import read_counterexample

    stored = [read_counterexample(path) for path in arguments.files]
    for path, counterexample in zip(arguments.files, stored, strict=True):
        if not arguments.trust:
            named = {"named": arguments.explainer is not None, "modelled": arguments.model is not None}
            require_trusted(counterexample, str(path), **named)
    other = None if arguments.explainer is None else locate(arguments.explainer)
    model = None if arguments.model is None else ModelSource(arguments.model, None, arguments.weights)
    results = [replay(counterexample, other, model) for counterexample in stored]
    for path, counterexample, result in zip(arguments.files, stored, results, strict=True):
        name = counterexample.explainer if other is None else other.name
        word = _word(result.status, name, counterexample.explainer)
        if arguments.volume == "quiet":
            print(f"{word}  {path}")
            continue
        print(f"{word}  {path}: {name} on {counterexample.axiom}: {result.reason}")
        if arguments.volume == "verbose":
            print(indent("\n".join(_details(counterexample, name)), "    "))
    return FOUND if any(result.status != "FIXED" for result in results) else EXPECTED


def _word(status: str, explainer: str, stored: str) -> str:
    """Return the status; of another explainer than the stored one nothing is fixed, and nothing still violated."""
    return status if explainer == stored else {"FIXED": "HOLDS", "STILL VIOLATED": "VIOLATED"}.get(status, status)


def _details(counterexample: "Counterexample", explainer: str) -> Iterator[str]:
    """Yield the case, and which versions are others than when it was stored."""
    from ..engine.runtime.versions import versions

    yield from (*counterexample.formula.splitlines(), *counterexample.circumstances)
    now = versions([explainer])
    for name in sorted({*now, *counterexample.versions}):
        before, after = counterexample.versions.get(name, "none"), now.get(name, "none")
        if before != after:
            yield f"{name} {before} when it was stored, {after} now"
