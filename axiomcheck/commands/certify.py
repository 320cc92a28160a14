"""``axiomcheck certify``: judge explainers on axioms in families, and write a certificate."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from .options import EXPLAINER, FAMILY, add_budget, positive, seconds
from .status import EXPECTED, FOUND, WRONG_USE

HELP = "judge explainers on axioms, write a certificate"


def understand(command: ArgumentParser) -> None:
    """Name the options."""
    command.add_argument("explainers", nargs="+", metavar="EXPLAINER", help=EXPLAINER)
    command.add_argument("--axiom", action="append", metavar="A", help="an axiom; may be repeated (default: all)")
    command.add_argument(
        "--family", action="append", metavar="F", help=f"{FAMILY}; may be repeated (default: the presets)"
    )
    command.add_argument("--scope", action="store_true", help="search the widest families in which each axiom holds")
    command.add_argument("--timeout", type=seconds, metavar="SEC", help="seconds for a cell (default: no limit)")
    command.add_argument("--jobs", type=positive, default=1, metavar="J", help="processes to work in (default: 1)")
    command.add_argument("--expect", type=Path, metavar="FILE", help="known violations, each with a reason (TOML)")
    command.add_argument("--no-fail", action="store_true", help="exit with 0 once the certificate is written")
    command.add_argument(
        "--out", type=Path, default=Path("axiomcheck-report"), metavar="DIR", help="(default: %(default)s)"
    )
    add_budget(command)


def run(asked: Namespace) -> int:
    """Judge, write and print."""
    from rich.console import Console

    from ..engine.campaign import Campaign
    from ..engine.cell import Budget
    from ..engine.expected import Expected
    from ..engine.known_violations import KnownViolations
    from ..reports.plain import printable
    from ..reports.terminal import print_certificate
    from ..reports.write import ready, write_certificate
    from ..results.visible import visible

    budget = Budget(asked.examples, asked.seed, asked.dtype, asked.timeout)
    campaign = Campaign.of(asked.explainers, asked.axiom, asked.family, budget)
    folder = ready(asked.out)
    expected = Expected.of(KnownViolations.of(asked.expect), campaign.questions)
    with progress(campaign.steps(with_scope=asked.scope)) as advance:
        judged = campaign.run(asked.jobs, lambda _: advance(), with_scope=asked.scope, known=expected.cells)
    certificate = expected.marked(judged)
    written = write_certificate(certificate, folder)
    print_certificate(printable(certificate), Console(highlight=False, markup=False, emoji=False))
    print("\n" + "\n".join(f"wrote {path}" for path in written))
    for told in (*expected.fixed.values(), *expected.missed(certificate)):
        print(f"axiomcheck: {visible(told)}", file=sys.stderr)
    if asked.no_fail:
        return EXPECTED
    if any(located.explain is None for located in campaign.explainers):
        return WRONG_USE
    return FOUND if certificate.unexpected or expected.fixed else EXPECTED


@contextmanager
def progress(total: int) -> Iterator[Callable[[], None]]:
    """Show a bar on standard error if that is a terminal, and nothing in a pipe."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("cells", total=total)
        yield lambda: bar.advance(task)
