"""``axiomcheck select``: judge an explainer with many values of an option, and say which stand out."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from .certify import IN_FULL
from .options import EXPLAINER, FAMILY, add_budget, add_volume, device_of, positive
from .status import EXPECTED

HELP = "pick a parameter by its axioms"


def add_arguments(command: ArgumentParser) -> None:
    """Name the options."""
    command.add_argument("explainer", metavar="EXPLAINER", help=EXPLAINER)
    command.add_argument(
        "--sweep", metavar="OPTION=V,V,…", help="the values to compare, as in gamma=0,0.1,1 (default: the usual ones)"
    )
    command.add_argument("--axiom", action="append", metavar="A", help="may be repeated (default: the tutorial's four)")
    command.add_argument(
        "--family", action="append", metavar="F", help=f"{FAMILY}; may be repeated (default: the presets)"
    )
    command.add_argument("--jobs", type=positive, default=1, metavar="J", help="processes to work in (default: 1)")
    command.add_argument(
        "--out", type=Path, default=Path("axiomcheck-report"), metavar="DIR", help="(default: %(default)s)"
    )
    add_volume(command, "print the tables and what stands out alone", IN_FULL)
    add_budget(command)


def run(arguments: Namespace) -> int:
    """Judge every value, write the certificate and the page, and print what stands out."""
    from .names import check_names

    check_names((arguments.explainer,), arguments.axiom, arguments.family)
    from rich.console import Console

    from ..axioms import AXIOMS
    from ..engine.campaign import Campaign
    from ..engine.question import Budget
    from ..engine.runners import InWorkers, preloaded
    from ..engine.runtime.child import Limits, memory_share
    from ..engine.sweep import Sweep
    from ..reports.selection import Selection
    from ..reports.selection_page import as_html
    from ..reports.selection_terminal import print_selection
    from ..reports.terminal import print_details
    from ..reports.write import ready, write_certificate
    from .progress import watching

    sweep = Sweep.of(arguments.explainer, arguments.sweep)
    axioms = arguments.axiom or [name for name, axiom in AXIOMS.items() if axiom.group == "tutorial"]
    device = device_of(arguments)
    budget = Budget(arguments.examples, arguments.seed, arguments.dtype, within=arguments.tolerance, device=device)
    campaign = Campaign.of(sweep.explainers, axioms, arguments.family, budget)
    folder = ready(arguments.out)
    runner = InWorkers(arguments.jobs, Limits(memory=memory_share(arguments.jobs)), preloaded(campaign.explainers))
    quiet = arguments.volume == "quiet"
    with watching(campaign.steps(with_scope=False), arguments.jobs, absent=campaign.absent, quiet=quiet) as watch:
        certificate = campaign.run(runner, watch)
    selection = Selection(certificate, sweep.explainer, sweep.option, sweep.values, sweep.explainers)
    page = folder / "selection.html"
    page.write_text(as_html(selection), encoding="utf-8")
    paths = [page, *write_certificate(certificate, folder)]
    console = Console(highlight=False)
    print_selection(selection, console)
    if arguments.volume == "verbose":
        print_details(certificate, console)
    if not quiet:
        print("\n" + "\n".join(f"wrote {path}" for path in paths))
    return EXPECTED
