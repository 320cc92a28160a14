"""The command line: what each command does, and its exit status."""

import sys
from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from .networks.errors import AxiomcheckError
from .parser import parser

EXPECTED, FOUND, WRONG_USE, INTERRUPTED = 0, 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 nothing unexpected, 1 something was found, 2 wrong use."""
    asked = parser().parse_args(arguments)
    commands: dict[str, Callable[[Namespace], int]] = {"certify": _certify, "hunt": _hunt, "list": _list}
    try:
        return commands[asked.command](asked)
    except AxiomcheckError as mistake:
        print(f"axiomcheck: {mistake}", file=sys.stderr)
        return WRONG_USE
    except KeyboardInterrupt:
        print("axiomcheck: interrupted", file=sys.stderr)
        return INTERRUPTED


def _certify(asked: Namespace) -> int:
    from rich.console import Console

    from .campaign import Campaign
    from .cell import Budget
    from .reports.terminal import print_certificate
    from .reports.write import ready, write_certificate

    budget = Budget(asked.examples, asked.seed, asked.dtype, asked.timeout)
    campaign = Campaign.of(asked.explainers, asked.axiom, asked.family, budget)
    folder = ready(asked.out)
    with _progress(campaign.steps(with_scope=asked.scope)) as advance:
        certificate = campaign.run(asked.jobs, on_cell=lambda _: advance(), with_scope=asked.scope)
    written = write_certificate(certificate, folder)
    print_certificate(certificate, Console(highlight=False))
    print("\n" + "\n".join(f"wrote {path}" for path in written))
    if asked.no_fail:
        return EXPECTED
    if any(located.explain is None for located in campaign.explainers):
        return WRONG_USE
    return FOUND if certificate.unexpected else EXPECTED


def _hunt(asked: Namespace) -> int:
    from rich.console import Console

    from .cell import Budget
    from .hunting import further, hunt
    from .networks import lacks
    from .reports.terminal import print_finding

    question, searched, finding = hunt(
        asked.explainer, asked.axiom, asked.family, Budget(asked.examples, asked.seed, asked.dtype)
    )
    if finding is None:
        print(
            f"no counterexample to {question.axiom.name} for {question.located.name} in {question.family}: "
            f"{searched.effective} of {searched.drawn} cases could have shown one"
        )
        return EXPECTED
    console = Console(highlight=False)
    print_finding(finding.reason, finding.counterexample, console)
    for family, other in further(question, finding):
        console.rule(f"also without {lacks(family, question.family)}", style="dim")
        print_finding(other.reason, other.counterexample, console)
    return FOUND


def _list(asked: Namespace) -> int:
    from .reports.listing import listing

    print("\n".join(listing(asked.what)))
    return EXPECTED


@contextmanager
def _progress(total: int) -> Iterator[Callable[[], None]]:
    """Show a bar on standard error if that is a terminal, and nothing in a pipe."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("cells", total=total)
        yield lambda: progress.advance(task)


if __name__ == "__main__":
    sys.exit(main())
