"""``python -m benchmarks.power``: what is found, at what price; it takes half an hour, and writes ``RESULTS.md``.

Planted defects, violations that theory knows, and cells that theory proves, all of conservation: our search, a property
test with a draw for each weight, and random models.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

import torch
from rich.console import Console
from rich.progress import track

from axiomcheck.axioms import AXIOMS
from axiomcheck.engine.question import Budget, Question
from axiomcheck.engine.search import search
from axiomcheck.engine.shrink import shrink
from axiomcheck.explainers import Located, declaration, locate
from axiomcheck.networks import Family, Network
from tests.quality.mutants import MUTANTS, OF_LAYERS
from tests.quality.theory import FAILS, HOLDS, narrowest, on_perceptrons, one_each, widest

from .plain_models import Ground
from .plain_search import counted, property_test, random_search

EXAMPLES = 500
AXIOM = "conservation"
REMARKS = f"""\
Up to {EXAMPLES} models each, seed 0; processor time on one core, without that of shrinking; size is how many weights
and biases are not 0 in the smallest model that failed, for random models the first. Written by
`python -m benchmarks.power`.

The planted defects are those that the strata of `ordinary` were tuned on. The property test and the random models draw
perceptrons, or convolutions, pools, norms, residual sums and concatenations with the options that stand in
`benchmarks/plain_models.py`; what they miss is mostly what they do not draw.""".splitlines()
RESULTS = Path(__file__).with_name("RESULTS.md")


@dataclass(frozen=True)
class Asked:
    """Who is asked, in which family, and in what plain models."""

    name: str
    explain: Callable[..., Any]
    family: str

    @property
    def ground(self) -> Ground:
        """The plain models that come nearest to the family."""
        family = Family.parse(self.family)
        return Ground(
            {"none": "none", "nonpositive": "nonpositive"}.get(family.bias, "any"),
            images=family.items != {"mlp"},
            ends_in_relu=family.output == "relu",
            nonnegative=family.inputs == "nonnegative",
        )


@dataclass(frozen=True)
class Found:
    """Calls of the explainer and seconds until something failed, and how many numbers the smallest model has."""

    calls: int
    seconds: float
    size: int | None


Way = Callable[[Asked, int], Found]


def by_axiomcheck(asked: Asked, number: int) -> Found:
    """Search as a cell does, and shrink what fails."""
    explain, calls = counted(asked.explain)
    question = Question(
        Located(asked.name, explain, ""), AXIOMS[AXIOM], Family.parse(asked.family), Budget(EXAMPLES, number)
    )
    start = process_time()
    found = search(question.judge, question.family, EXAMPLES, question.random("search")).violation
    took, count = process_time() - start, calls[0]
    if found is None:
        return Found(count, took, None)
    return Found(count, took, size(shrink(found, question.family, question.judge).network))


def size(network: Network) -> int:
    """Return how many weights and biases are not 0."""
    return sum(map(bool, network.numbers))


def by_property_test(asked: Asked, number: int) -> Found:
    """Run the test, and let Hypothesis shrink."""
    explain, calls = counted(asked.explain)
    start = process_time()
    stages = property_test(explain, asked.ground, EXAMPLES, number)
    next(stages)
    took, count = process_time() - start, calls[0]
    return Found(count, took, next(stages).size)


def by_chance(asked: Asked, number: int) -> Found:
    """Draw random models; nothing is shrunk."""
    explain, calls = counted(asked.explain)
    start = process_time()
    seen = random_search(explain, asked.ground, EXAMPLES, number)
    return Found(calls[0], process_time() - start, seen.size)


WAYS: dict[str, Way] = {"axiomcheck": by_axiomcheck, "property test": by_property_test, "random models": by_chance}


def planted() -> list[Asked]:
    """Return the planted defects that break conservation."""
    mutants = {**MUTANTS, **OF_LAYERS}
    return [Asked(name, one.explainer, one.family) for name, one in mutants.items() if one.axiom == AXIOM]


def known() -> list[Asked]:
    """Return the violations among perceptrons that theory knows, each in the narrowest families that have it."""
    return [_of(*cell) for cell in narrowest(on_perceptrons(FAILS)) if cell[1] == AXIOM]


def proved() -> list[Asked]:
    """Return the native explainers in the widest family of perceptrons for which there is a proof."""
    return [_of(*cell) for cell in one_each(widest(on_perceptrons(HOLDS))) if cell[1] == AXIOM]


def _of(explainer: str, _axiom: str, family: str) -> Asked:
    explain = locate(explainer).explain
    assert explain is not None
    return Asked(f"{explainer}, {family}", explain, family)


Row = tuple[str, dict[str, Found]]


def measured(all_asked: Iterable[Asked], console: Console) -> Iterator[Row]:
    """Yield what each way finds, in turn, so that all meet the same machine."""
    for asked in track(list(all_asked), "measuring", console=console, transient=True):
        yield asked.name, {name: way(asked, 0) for name, way in WAYS.items()}


def table(title: str, rows: list[Row]) -> Iterator[str]:
    """Yield the lines of a table in Markdown: calls, seconds, and numbers of the smallest model."""
    yield from (f"## {title}", "", f"| | {' | '.join(WAYS)} |", f"|---|{'---|' * len(WAYS)}")
    for name, ways in rows:
        yield f"| {name} | {' | '.join(map(_text, ways.values()))} |"
    yield from ("", *_summary(rows), "")


def _text(found: Found) -> str:
    if found.size is None:
        return f"– ({found.calls} calls)"
    return f"{found.calls} calls, {found.seconds:.2f} s, size {found.size}"


def _summary(rows: list[Row]) -> Iterator[str]:
    for way in WAYS:
        hits = [ways[way] for _, ways in rows if ways[way].size is not None]
        told = f"- {way}: {len(hits)} of {len(rows)} found"
        if hits:
            told += f"; in the median {median(one.calls for one in hits):g} calls and "
            told += f"{median(one.seconds for one in hits):.2f} s, size {median(one.size or 0 for one in hits):g}"
        yield told


def main() -> None:
    torch.set_num_threads(1)
    console = Console(stderr=True)
    parts = {
        "Planted defects": planted(),
        "Violations that theory knows": known(),
        "Proved cells: whoever finds something gives a false alarm": proved(),
    }
    parts = {
        title: [one for one in part if declaration(one.explain).conserves != "unit"] for title, part in parts.items()
    }
    lines = ["# Power and price", "", *(__doc__ or "").splitlines()[2:], "", *REMARKS, ""]
    for title, part in parts.items():
        lines += table(title, list(measured(part, console)))
    RESULTS.write_text("\n".join(lines), encoding="utf-8")
    sys.stdout.write("\n".join(lines))


if __name__ == "__main__":
    main()
