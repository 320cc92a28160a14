"""``axiomcheck replay``: look at stored counterexamples again."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from .status import EXPECTED, FOUND

HELP = "look at stored counterexamples again"


def understand(command: ArgumentParser) -> None:
    """Name the options."""
    command.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a counterexample that hunt --out stored")
    command.add_argument("--explainer", metavar="E", help="another explainer than the one that it was found for")


def run(asked: Namespace) -> int:
    """Say of each file what has become of it."""
    from ..engine.replay import replay
    from ..explainers import locate
    from ..results.reader import read_counterexample

    stored = [read_counterexample(path) for path in asked.files]
    other = None if asked.explainer is None else locate(asked.explainer)
    replays = [replay(found, other) for found in stored]
    for path, found, again in zip(asked.files, stored, replays, strict=True):
        name = found.explainer if other is None else other.name
        print(f"{again.status}  {path}: {name} on {found.axiom}: {again.reason}")
    return FOUND if any(again.status != "FIXED" for again in replays) else EXPECTED
