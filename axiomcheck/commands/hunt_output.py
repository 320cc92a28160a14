"""What a hunt prints."""

from collections.abc import Iterator, Sequence

from rich.console import Console

from ..engine.cell import run
from ..engine.confirm import Finding
from ..engine.forecast import forecast
from ..engine.hunt import Hunt
from ..engine.question import Question
from ..engine.runtime.versions import versions
from ..engine.scope import scope_around
from ..engine.search import Search
from ..reports.basis import libraries
from ..reports.terminal import print_finding, print_further
from ..reports.volume import Volume
from ..results.cause import Cause
from ..results.counterexample import Counterexample
from ..results.duration import duration
from .counterexample_sink import CounterexampleSink


def print_hunt(console: Console, hunt: Hunt, volume: Volume = "normal") -> Iterator[Counterexample]:
    """Print what a hunt finds, or that there is nothing; yield each counterexample before it is printed.

    The first is printed whole, the others in words. Behind several causes stands a list, the gravest first; quiet, the
    others stand in it alone.
    """
    number = 0
    for number, finding in enumerate(hunt, 1):
        if number == 1 or finding.counterexample is None:
            yield from _print(console, finding, volume)
            continue
        yield finding.counterexample
        if volume != "quiet":
            console.rule(f"cause {number}", style="dim")
            print_further(finding.counterexample, console)
    if not number:
        print_nothing(console, hunt.question, hunt.searched)
    if len(hunt.causes) > 1:
        _print_causes(console, hunt.gravest_first, volume)


def print_largest(
    console: Console, question: Question, searched: Search, finding: Finding | None, volume: Volume = "normal"
) -> Iterator[Counterexample]:
    """Print the one finding of a search, or that there is none; yield its counterexample before."""
    if finding is None:
        print_nothing(console, question, searched)
    else:
        yield from _print(console, finding, volume)


def print_counterpart(console: Console, counterexample: Counterexample | None) -> Iterator[Counterexample]:
    """Print the smallest random network of the same cause, where one was found; yield it before."""
    if counterexample is None:
        return
    yield counterexample
    console.rule("the smallest random network of the same cause", style="dim")
    print_further(counterexample, console)


def print_searched(console: Console, question: Question, searched: Search) -> None:
    """Print how many cases the first search had, the versions of the libraries, and what was drawn."""
    counted = f"{searched.effective} of {searched.drawn} cases of the first search could have shown something"
    console.print()
    for line in (
        f"{counted}, in {question.budget.dtype}, with seed {question.budget.seed}.",
        f"Ran with {libraries(versions([question.located.name]))}.",
        f"Drawn were {question.population.distribution}.",
    ):
        console.print(line, style="dim", markup=False)


def print_nothing(console: Console, question: Question, searched: Search) -> None:
    """Print that a search found nothing, or that it could not have found anything."""
    about = f"{question.axiom.name} for {question.located.name} in {question.family}"
    counted = f"{searched.judged} of {searched.drawn} cases could have shown one"
    counted += f", of which {searched.set_aside} are set aside" if searched.set_aside else ""
    if not searched.drawn and question.budget.timeout is not None:
        counted = f"not one case was judged in {question.budget.timeout:g} s{_case(question)}"
    if not searched.judged:
        often = (searched.silent or searched.reasons).most_common(1)
        counted += "".join(f"; {why}" for why in [searched.refusal or next((why for why, _ in often), "")] if why)
    console.print(
        f"no counterexample to {about}: {counted}" if searched.judged else f"nothing is known of {about}: {counted}",
        soft_wrap=True,
        markup=False,
    )


def _case(question: Question) -> str:
    """Return how long a case takes, about, where that is known."""
    found = forecast([question])
    return "" if found is None else f", where one takes about {duration(max(found.cases.values()))}"


def _print(console: Console, finding: Finding, volume: Volume) -> Iterator[Counterexample]:
    if finding.counterexample is not None:
        yield finding.counterexample
    print_finding(finding.reason, finding.counterexample, console, volume)


def _print_causes(console: Console, causes: Sequence[Cause], volume: Volume) -> None:
    """Print all causes in a line each; every one was set aside in the searches behind it."""
    told = "1 cause; it" if len(causes) == 1 else f"{len(causes)} causes, the gravest first; each"
    console.rule(f"{told} was set aside in the searches behind it", style="dim")
    for cause in causes:
        console.print(f"  {cause.sentence}", soft_wrap=True, markup=False)
    if volume == "quiet":
        return
    console.print("--out FILE stores a counterexample of each; axiomcheck show FILE prints its code", style="dim")


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
