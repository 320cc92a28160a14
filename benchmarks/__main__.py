"""``python -m benchmarks``: measure, and print one table."""

from collections.abc import Callable, Iterable
from statistics import median

import torch
from rich.console import Console
from rich.progress import track
from rich.table import Table

from . import building, continuity, drawing, integrating, kinks, shrinking
from .timing import Row

MEASURED: tuple[Callable[[], Iterable[Row]], ...] = (
    drawing.rows,
    building.rows,
    kinks.rows,
    continuity.rows,
    integrating.rows,
    shrinking.rows,
)


def main() -> None:
    torch.set_num_threads(1)
    table = Table(
        "what / its alternative", title="milliseconds: median (largest)", title_justify="left", show_lines=True
    )
    for heading in ("axiomcheck", "alternative", "ratio"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("results: axiomcheck / alternative")
    progress = track(MEASURED, "measuring", console=Console(stderr=True), transient=True)
    for row in (row for rows in progress for row in rows()):
        table.add_row(row.what, _told(row.ours), _told(row.alternative), f"{row.ratio:.1f}×", row.remark)
    console = Console()
    (console if console.is_terminal else Console(width=120)).print(table)


def _told(seconds: list[float]) -> str:
    return f"{1e3 * median(seconds):.3g} ({1e3 * max(seconds):.3g})"


main()
