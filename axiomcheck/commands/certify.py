"""``axiomcheck certify``: judge explainers on axioms in families, and write a certificate."""

import os
import sys
from argparse import ArgumentParser, Namespace
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from .options import EXPLAINER, FAMILY, add_budget, add_model, add_volume, device_of, model_of, positive, seconds, shard
from .status import EXPECTED, FOUND, WRONG_USE

if TYPE_CHECKING:
    from ..engine.campaign import Campaign
    from ..engine.expected import Expected
    from ..engine.journal import Journal
    from ..engine.runners import Runner
    from ..reports.volume import Volume
    from ..results.certificate import Cell, Certificate
    from ..results.part import Part

HELP = "judge explainers on axioms, write a certificate"
ABOUT = {"subject": "what is certified", "author": "by whom", "date": "when", "purpose": "what for"}
"""What people say of a certificate."""
QUICK = 100
"""Cases of a cell with --quick."""
MATRIX_ALONE = "print the matrix of verdicts alone"
IN_FULL = "print the slowest cells, the versions of the libraries, and what was drawn too"


def add_arguments(command: ArgumentParser) -> None:
    """Name the options."""
    command.add_argument("explainers", nargs="+", metavar="EXPLAINER", help=EXPLAINER)
    command.add_argument("--axiom", action="append", metavar="A", help="an axiom; may be repeated (default: all)")
    command.add_argument(
        "--family", action="append", metavar="F", help=f"{FAMILY}; may be repeated (default: the presets)"
    )
    command.add_argument("--scope", action="store_true", help="search the widest families in which each axiom holds")
    command.add_argument("--quick", action="store_true", help=f"the axioms of the tutorial, {QUICK} cases a cell")
    command.add_argument("--timeout", type=seconds, metavar="SEC", help="seconds for a cell (default: no limit)")
    command.add_argument("--jobs", type=positive, default=1, metavar="J", help="processes at a time (default: 1)")
    command.add_argument("--in-process", action="store_true", help="judge in this process, for debuggers; no watch")
    command.add_argument("--cluster", metavar="ADDR", help="judge on the workers of a Dask scheduler: tcp://HOST:PORT")
    command.add_argument("--shard", type=shard, metavar="I/N", help="judge part I of N; axiomcheck merge joins them")
    command.add_argument(
        "--split-cells", action="store_true", help="with --shard: judge a part of the cases of each cell"
    )
    command.add_argument("--resume", action="store_true", help="keep the cells that are in --out, judge the others")
    command.add_argument("--events", type=Path, metavar="FILE", help="write what happens as lines of JSON")
    command.add_argument("--expect", type=Path, metavar="FILE", help="known violations, each with a reason (TOML)")
    command.add_argument("--no-fail", action="store_true", help="exit with 0 once the certificate is written")
    command.add_argument("--since", type=Path, metavar="OLD.json", help="show what has changed since this certificate")
    for name, what in ABOUT.items():
        command.add_argument(f"--{name}", metavar="TEXT", help=f"{what}, shown in the certificate")
    command.add_argument(
        "--out", type=Path, default=Path("axiomcheck-report"), metavar="DIR", help="(default: %(default)s)"
    )
    add_volume(command, MATRIX_ALONE, IN_FULL)
    add_budget(command)
    add_model(command)


def run(arguments: Namespace) -> int:
    """Judge, write and print."""
    from .names import check_names

    check_names(arguments.explainers, arguments.axiom, arguments.family)
    from ..engine.expected import Expected
    from ..engine.known_violations import KnownViolations
    from ..reports.write import ready
    from ..results.certificate_reader import read_certificate

    campaign = _campaign(arguments)
    folder = ready(arguments.out)
    expected = Expected.of(KnownViolations.of(arguments.expect), campaign.questions)
    since = None if arguments.since is None else read_certificate(arguments.since)
    _foretell(arguments, campaign)
    certificate = _signed(arguments, expected.marked(_judge(arguments, campaign, expected, folder)))
    write_and_print(certificate, folder, since, arguments.volume)
    _warn(expected, certificate)
    if arguments.no_fail:
        return EXPECTED
    if any(located.explain is None for located in campaign.explainers):
        return WRONG_USE
    return FOUND if certificate.unexpected or expected.fixed else EXPECTED


def _foretell(arguments: Namespace, campaign: "Campaign") -> None:
    """Say how long a campaign on a model will take, and what its time will not do."""
    from ..engine.forecast import forecast, sentences
    from ..engine.runtime.child import memory_share

    if arguments.model is None or arguments.volume == "quiet":
        return
    found = forecast(campaign.questions)
    for sentence in [] if found is None else sentences(found, arguments.jobs, memory_share(arguments.jobs)):
        print(f"axiomcheck: {sentence}", file=sys.stderr)


def _signed(arguments: Namespace, certificate: "Certificate") -> "Certificate":
    """Return a certificate with what people say of it."""
    return replace(certificate, about={name: text for name in ABOUT if (text := getattr(arguments, name))})


def _campaign(arguments: Namespace) -> "Campaign":
    from ..axioms import AXIOMS
    from ..engine.campaign import Campaign
    from ..engine.question import Budget
    from ..networks import AxiomcheckError

    examples, axioms = arguments.examples, arguments.axiom
    if arguments.quick:
        examples = min(examples, QUICK)
        axioms = axioms or [name for name, axiom in AXIOMS.items() if axiom.group == "tutorial"]
    if arguments.shard and arguments.scope:
        raise AxiomcheckError("a scope needs all cells of an explainer: leave out --scope, or --shard")
    if arguments.split_cells and not arguments.shard:
        raise AxiomcheckError(
            "--split-cells says how a campaign is split: say which part of it this is, as in --shard 1/3"
        )
    budget = Budget(
        examples, arguments.seed, arguments.dtype, arguments.timeout, arguments.tolerance, device_of(arguments)
    )
    model = model_of(arguments)
    if model is not None and arguments.scope:
        raise AxiomcheckError("a scope is made of families of random networks: leave out --scope, or --model")
    campaign = Campaign.of(arguments.explainers, axioms, arguments.family, budget, model)
    return campaign.shard(*arguments.shard, splits=arguments.split_cells) if arguments.shard else campaign


def _judge(arguments: Namespace, campaign: "Campaign", expected: "Expected", folder: Path) -> "Certificate":
    """Judge the cells that are not known; each is on disk before the next is told.

    Ctrl-C and SIGTERM end it: what has been judged is told and written, with what is missing.
    """
    from ..engine.journal import Journal
    from .progress import watching

    if arguments.resume:
        journal, known = Journal.resume(folder, campaign.header)
    else:
        journal, known = Journal.begin(folder, campaign.header), {}
    wanted = {question.key for question in campaign.questions}
    settled = {key: cell for key, cell in known.items() if key in wanted} | expected.cells
    cells = list(settled.values())
    steps, quiet = campaign.steps(with_scope=arguments.scope), arguments.volume == "quiet"
    with watching(steps, arguments.jobs, arguments.events, absent=campaign.absent, quiet=quiet) as watch:
        parts = _known_parts(campaign, journal)

        def on_part(part: "Part") -> None:
            if part not in parts:
                journal.add_part(part)
                parts.append(part)
            watch.part(part)

        def on_cell(cell: "Cell") -> None:
            if cell.key not in settled and cell.scope is None:
                settled[cell.key] = cell
                journal.add(cell)
                cells.append(cell)
            watch(cell)

        try:
            if campaign.splits:
                return campaign.run_parts(_runner(arguments, campaign), on_part, cells, tuple(parts))
            return campaign.run(_runner(arguments, campaign), on_cell, with_scope=arguments.scope, known=dict(settled))
        except KeyboardInterrupt:
            certificate = _signed(arguments, expected.marked(campaign.certificate(cells, parts)))
            write_and_print(certificate, folder, volume=arguments.volume)
            raise


def _known_parts(campaign: "Campaign", journal: "Journal") -> "list[Part]":
    """Return the parts of a journal that are those of this machine."""
    mine = {question.key: numbers for question, numbers in campaign.shares} if campaign.splits else {}
    return [part for part in journal.parts if part.is_settled or mine.get(part.key) == part.numbers]


def _runner(arguments: Namespace, campaign: "Campaign") -> "Runner":
    """Return where the cells are judged."""
    from ..engine.runners import InProcess, InWorkers, OnCluster, preloaded
    from ..engine.runtime.child import Limits, memory_share

    if arguments.in_process:
        return InProcess()
    if arguments.cluster:
        return OnCluster(arguments.cluster, Limits(arguments.timeout, memory_share(os.cpu_count() or 1)))
    limits = Limits(arguments.timeout, memory_share(arguments.jobs))
    return InWorkers(arguments.jobs, limits, preloaded(campaign.explainers))


def write_and_print(
    certificate: "Certificate", folder: Path, since: "Certificate | None" = None, volume: "Volume" = "normal"
) -> None:
    """Write a certificate, and print it; its page says what has changed ``since`` another."""
    from rich.console import Console

    from ..reports.plain import printable
    from ..reports.terminal import print_certificate
    from ..reports.write import write_certificate

    paths = write_certificate(certificate, folder, since)
    print_certificate(printable(certificate), Console(highlight=False, markup=False, emoji=False), volume)
    if volume != "quiet":
        print("\n" + "\n".join(f"wrote {path}" for path in paths))


def _warn(expected: "Expected", certificate: "Certificate") -> None:
    """Say which known violations are none any more, or were not found."""
    from ..results.visible import visible

    for message in (*expected.fixed.values(), *expected.missed(certificate)):
        print(f"axiomcheck: {visible(message)}", file=sys.stderr)
