"""What a hunt prints."""

from collections.abc import Iterator

from rich.console import Console

from ..engine.cell import run
from ..engine.confirm import Finding
from ..engine.distinct import distinct
from ..engine.question import Question
from ..engine.scope import scope_around
from ..engine.search import Search
from ..reports.terminal import print_finding
from ..results.counterexample import Counterexample
from .counterexample_sink import CounterexampleSink


def print_hunt(
    console: Console, question: Question, searched: Search, finding: Finding | None, *, alone: bool = False
) -> Iterator[Counterexample]:
    """Print what a hunt found, or that there was nothing; yield each counterexample before it is printed.

    Unless it is to stand ``alone``, go on to those of another kind, and to those that need less.
    """
    if finding is None:
        console.print(
            f"no counterexample to {question.axiom.name} for {question.located.name} in {question.family}: "
            f"{searched.effective} of {searched.drawn} cases could have shown one",
            soft_wrap=True,
            markup=False,
        )
        return
    if finding.counterexample is not None:
        yield finding.counterexample
    print_finding(finding.reason, finding.counterexample, console)
    for difference, other in () if alone else distinct(question, finding):
        if other.counterexample is not None:
            yield other.counterexample
        console.rule(f"also {difference}", style="dim")
        print_finding(other.reason, other.counterexample, console)


def print_interrupted(console: Console, finding: Finding | None, sink: CounterexampleSink) -> None:
    """Print and keep what was found until a hunt was interrupted."""
    if finding is None or finding.counterexample is None:
        return
    sink.add(finding.counterexample)
    console.rule("found until it was interrupted, not shrunk", style="dim")
    print_finding(finding.reason, finding.counterexample, console)


def print_scope(console: Console, question: Question) -> None:
    """Search and print the widest families."""
    console.rule("scope", style="dim")
    difference = scope_around(question, [run(question)], run).sentence
    console.print(f"{question.located.name} {difference}", soft_wrap=True, markup=False)
