"""``axiomcheck hunt``: search for counterexamples, one of each cause, and print them."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from .options import EXPLAINER, FAMILY, add_budget, add_model, add_volume, device_of, model_of, seconds
from .status import EXPECTED, FOUND

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from ..engine.question import Question
    from ..results.counterexample import Counterexample
    from .counterexample_sink import CounterexampleSink

HELP = "search for counterexamples, one of each cause, and print them"
HUNTED = "ordinary"
"""The family of a hunt that names none: the widest."""
ENDLESS = 10_000_000
"""More cases than any time allows."""


def add_arguments(command: ArgumentParser) -> None:
    """Name the options."""
    command.add_argument("explainer", metavar="EXPLAINER", help=EXPLAINER)
    command.add_argument("axiom", metavar="AXIOM", nargs="?", help="axiomcheck list axioms")
    command.add_argument("--equals", metavar="OTHER", help="in place of an axiom: where another explainer differs")
    command.add_argument("--family", metavar="F", help=f"{FAMILY} (default: {HUNTED})")
    command.add_argument("--scope", action="store_true", help="search the widest families in which there is none")
    command.add_argument(
        "--like", metavar="REFERENCE", help="set aside what this explainer, or the method's twin, violates as well"
    )
    command.add_argument("--rewrite", metavar="R", help="twins by this rewrite alone (axiomcheck list rewrites)")
    command.add_argument("--time", type=seconds, metavar="SEC", help="search for so long, in place of --examples")
    size = command.add_mutually_exclusive_group()
    size.add_argument("--largest", action="store_true", help="the largest gap that is found, not shrunk")
    size.add_argument("--smallest", action="store_true", help="the smallest network that is found (default)")
    command.add_argument(
        "--out", type=Path, metavar="FILE", help="store the counterexample as JSON; further as FILE-2 …"
    )
    command.add_argument(
        "--emit", type=Path, metavar="TEST.py", help="write a pytest file that fails until it is mended"
    )
    add_volume(
        command,
        "print the first counterexample in words and the list of causes alone, no code",
        "print how many cases there were, the versions of the libraries, and what was drawn too",
    )
    add_budget(command)
    add_model(command)


def run(arguments: Namespace) -> int:
    """Search, shrink and print."""
    from .names import check_names

    check_names(
        (arguments.explainer,), arguments.axiom and (arguments.axiom,), arguments.family and (arguments.family,)
    )
    from rich.console import Console

    from ..engine.claims import where_judged
    from ..engine.hunt import Interrupted
    from ..engine.question import Budget
    from ..engine.resolve import question
    from .counterexample_sink import CounterexampleSink
    from .hunt_output import print_interrupted, print_scope

    examples = arguments.examples if arguments.time is None else ENDLESS
    budget = Budget(
        examples, arguments.seed, arguments.dtype, arguments.time, arguments.tolerance, device_of(arguments)
    )
    asked = question(
        arguments.explainer,
        arguments.axiom,
        arguments.family,
        budget,
        equals=arguments.equals,
        rewrite=arguments.rewrite,
        model=model_of(arguments),
    )
    whole = where_judged(asked)
    sink, console = CounterexampleSink(arguments.out, arguments.emit), Console(highlight=False)
    try:
        violated = _hunt(arguments, whole, console, sink)
    except Interrupted as stop:
        print_interrupted(console, stop.finding, sink)
        raise
    finally:
        for path in sink.paths if arguments.volume != "quiet" else ():
            console.print(f"wrote {path}", soft_wrap=True, markup=False)
    if arguments.scope and arguments.model is None:
        print_scope(console, whole)
    return FOUND if violated else EXPECTED


def _hunt(arguments: Namespace, whole: "Question", console: "Console", sink: "CounterexampleSink") -> bool:
    """Print and store all counterexamples; return whether there was one, or nothing could have shown any."""
    from ..engine.counterpart import counterpart
    from ..engine.hunt import Hunt, hunt
    from ..engine.resolve import off_zeros, reference
    from .hunt_output import print_counterpart, print_hunt, print_largest, print_searched

    like = None if arguments.like is None else reference(whole, arguments.like)
    pursuit = Hunt(whole, like)
    if arguments.largest:
        pursuit.searched, finding = hunt(whole, largest=True)
        printed = print_largest(console, whole, pursuit.searched, finding, arguments.volume)
    else:
        printed = print_hunt(console, pursuit, arguments.volume)
    counterexamples = list(_stored(printed, sink))
    first = next(iter(counterexamples), None)
    if arguments.volume != "quiet":
        list(_stored(print_counterpart(console, counterpart(whole, pursuit.gravest_first)), sink))
    narrower = off_zeros(whole, first.case, arguments.equals) if first and arguments.equals else None
    if narrower is not None:
        console.rule("off zero pre-activations", style="dim")
        list(_stored(print_largest(console, narrower, *hunt(narrower), arguments.volume), sink))
    if arguments.volume == "verbose":
        print_searched(console, whole, pursuit.searched)
    return bool(counterexamples) or not pursuit.searched.judged


def _stored(printed: "Iterator[Counterexample]", sink: "CounterexampleSink") -> "Iterator[Counterexample]":
    """Store each counterexample before it is printed."""
    for counterexample in printed:
        sink.add(counterexample)
        yield counterexample
