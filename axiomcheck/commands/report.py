"""``axiomcheck report``: a certificate in other forms."""

from argparse import ArgumentParser, Namespace
from functools import partial
from pathlib import Path

from .certify import IN_FULL, MATRIX_ALONE
from .options import add_volume
from .status import EXPECTED

HELP = "render a certificate again, in any form"


def add_arguments(command: ArgumentParser) -> None:
    """Name the options."""
    command.add_argument("certificate", type=Path, metavar="CERTIFICATE.json", help="a file that certify wrote")
    for form in ("html", "markdown", "junit", "csv"):
        command.add_argument(f"--{form}", type=Path, metavar="F", help=f"write it as {form}")
    command.add_argument("--model-card", type=Path, metavar="F", help="write a block of Markdown for a model card")
    command.add_argument("--cyclonedx", type=Path, metavar="F", help="write a bill of materials, CycloneDX 1.6 (JSON)")
    command.add_argument("--spdx", type=Path, metavar="F", help="write a bill of materials, SPDX 3.0.1 (JSON-LD)")
    command.add_argument("--levels", type=Path, metavar="F", help="write the levels of conformance as Markdown")
    command.add_argument(
        "--badge",
        type=Path,
        metavar="F",
        help="write the level that all explainers reach: F.svg, or F.json for shields.io",
    )
    command.add_argument("--since", type=Path, metavar="OLD.json", help="show what has changed, on the page")
    command.add_argument("--github", action="store_true", help="print annotations for GitHub Actions")
    add_volume(command, MATRIX_ALONE, IN_FULL)


def run(arguments: Namespace) -> int:
    """Write each requested form; print the certificate if there is none."""
    from rich.console import Console

    from ..reports.badge import as_badge, as_shields
    from ..reports.cyclonedx import as_cyclonedx
    from ..reports.github import as_github
    from ..reports.html import as_html
    from ..reports.junit import as_junit
    from ..reports.levels import as_levels
    from ..reports.markdown import as_markdown
    from ..reports.model_card import as_model_card
    from ..reports.plain import printable
    from ..reports.spdx import as_spdx
    from ..reports.table_csv import as_csv
    from ..reports.terminal import print_certificate
    from ..reports.write import write_text
    from ..results.certificate_reader import read_certificate

    certificate = read_certificate(arguments.certificate)
    since = None if arguments.since is None else read_certificate(arguments.since)
    forms = (
        (arguments.html, partial(as_html, since=since)),
        (arguments.markdown, as_markdown),
        (arguments.junit, as_junit),
        (arguments.csv, as_csv),
        (arguments.model_card, as_model_card),
        (arguments.cyclonedx, as_cyclonedx),
        (arguments.spdx, as_spdx),
        (arguments.levels, as_levels),
        (arguments.badge, as_shields if arguments.badge and arguments.badge.suffix == ".json" else as_badge),
    )
    for path, form in forms:
        if path is not None:
            write_text(form(certificate), path)
            if arguments.volume != "quiet":
                print(f"wrote {path}")
    if arguments.github:
        print(as_github(certificate), end="")
    elif not any(path for path, _ in forms):
        console = Console(highlight=False, markup=False, emoji=False)
        print_certificate(printable(certificate), console, arguments.volume)
    return EXPECTED
