"""``python -m benchmarks``: measure, and print one table; ``peers``: what is measured beside Zennit."""

import sys
from collections.abc import Callable, Iterable
from importlib import import_module
from statistics import median
from time import monotonic

import torch
from rich.console import Console
from rich.progress import track
from rich.table import Table

from .timing import Row

MEASURED = {
    "": (
        "drawing",
        "building",
        "kinks",
        "continuity",
        "integrating",
        "completeness",
        "beside_captum",
        "shrinking",
        "plugin",
        "campaigns",
        "sharing",
        "page",
    ),
    "peers": ("beside_zennit",),
}
"""The modules that are run by default, and those that are asked for by a word."""


def main(asked: str) -> None:
    torch.set_num_threads(1)
    if asked not in MEASURED:
        sys.exit(f"benchmarks: expected nothing or one of {', '.join(filter(None, MEASURED))} but got {asked!r}")
    measured = [_rows(module) for module in MEASURED[asked]]
    table = Table(
        "what / its alternative", title="milliseconds: median (largest)", title_justify="left", show_lines=True
    )
    for heading in ("axiomcheck", "alternative", "ratio"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("results: axiomcheck / alternative")
    progress = track(measured, "measuring", console=Console(stderr=True), transient=True)
    start = monotonic()
    for row in (row for rows in progress for row in rows()):
        table.add_row(row.what, _told(row.ours), _told(row.alternative), f"{row.ratio:.1f}×", row.remark)
    table.caption = f"measured in {monotonic() - start:.0f} s"
    console = Console()
    (console if console.is_terminal else Console(width=120)).print(table)


def _rows(module: str) -> Callable[[], Iterable[Row]]:
    """Return what a module measures; one line if its library is missing."""
    try:
        return import_module(f".{module}", __package__).rows
    except ModuleNotFoundError as error:
        sys.exit(f"benchmarks: {module} needs {error.name}: run `make test-peers`, or install it")


def _told(seconds: list[float]) -> str:
    return f"{1e3 * median(seconds):.3g} ({1e3 * max(seconds):.3g})"


main(" ".join(sys.argv[1:]))
