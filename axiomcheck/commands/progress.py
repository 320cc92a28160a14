"""What is seen while a campaign runs: each verdict as it falls, an estimate, and events for programs."""

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import IO, Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

from ..networks import AxiomcheckError
from ..reports.matrix import MARKS
from ..results.certificate import Cell
from ..results.duration import duration
from ..results.part import Part
from ..results.visible import visible

NOTEWORTHY = 10.0
"""Seconds of a campaign below which nobody asks what took so long."""


@dataclass
class Watch:
    """Prints a line for each cell to standard error, below which a terminal has a bar; writes events to a file.

    Explainers that are ``absent``, each with the reason, have no lines of their own.
    """

    total: int
    jobs: int
    console: Console
    events: IO[str] | None = None
    absent: Mapping[str, str] = field(default_factory=dict)
    cells: list[Cell] = field(default_factory=list)
    started: float = field(default_factory=monotonic)

    def __call__(self, cell: Cell) -> None:
        """Tell of a cell that has been judged."""
        self.cells.append(cell)
        seconds = cell.seconds.get("total", 0.0)
        if cell.explainer not in self.absent:
            self._print(cell, seconds)
        self.emit(
            "cell",
            explainer=cell.explainer,
            axiom=cell.axiom,
            family=cell.family,
            verdict=cell.verdict,
            reason=cell.reason,
            seconds=seconds,
            done=len(self.cells),
            total=self.total,
        )

    def part(self, part: Part) -> None:
        """Tell of a cell of which this machine has screened its share; its verdict is that of all shares together."""
        self.cells.append(part.cell)
        cell = part.cell
        line = Text.assemble(
            (f"[{len(self.cells):>{len(str(self.total))}}/{self.total}] ", "dim"),
            f"· {'settled' if part.is_settled else 'in part':<12} ",
            visible(f"{cell.explainer}  {cell.axiom}  {cell.family}"),
            (f"  {cell.seconds.get('total', 0.0):.1f} s{self._left()}", "dim"),
        )
        if cell.explainer not in self.absent:
            self.console.print(line, soft_wrap=True)
        named = {"explainer": cell.explainer, "axiom": cell.axiom, "family": cell.family}
        self.emit("part", **named, stretches=part.numbers, done=len(self.cells), total=self.total)

    def _print(self, cell: Cell, seconds: float) -> None:
        mark, style = MARKS[cell.verdict]
        line = Text.assemble(
            (f"[{len(self.cells):>{len(str(self.total))}}/{self.total}] ", "dim"),
            (f"{mark} {cell.verdict:<12} ", style),
            visible(f"{cell.explainer}  {cell.axiom}  {cell.family}"),
            (f"  {seconds:.1f} s{self._left()}", "dim"),
        )
        self.console.print(line, soft_wrap=True)

    def _left(self) -> str:
        """Return how long the rest will take, if that is like what is done."""
        done = len(self.cells)
        if done >= self.total or done < 2:
            return ""
        return f", about {duration((monotonic() - self.started) / done * (self.total - done))} left"

    def emit(self, event: str, **data: Any) -> None:
        """Write an event as a line of JSON."""
        if self.events is not None:
            print(
                json.dumps({"event": event, "at": round(monotonic() - self.started, 3)} | data),
                file=self.events,
                flush=True,
            )

    def finish(self) -> None:
        """Tell how long it took."""
        seconds = monotonic() - self.started
        self.emit("end", seconds=round(seconds, 3), done=len(self.cells), total=self.total)
        if seconds >= NOTEWORTHY:
            self.console.print(Text(f"{duration(seconds)} in all", style="dim"), soft_wrap=True)


def print_absent(absent: Mapping[str, str]) -> None:
    """Print to standard error why explainers are not judged: each reason once, whatever is asked of them."""
    for reason in dict.fromkeys(absent.values()):
        names = ", ".join(name for name, why in absent.items() if why == reason)
        print(f"axiomcheck: {visible(reason)} (not judged: {visible(names)})", file=sys.stderr)


@contextmanager
def watching(
    total: int,
    jobs: int,
    events: Path | None = None,
    *,
    absent: Mapping[str, str] | None = None,
    quiet: bool = False,
) -> Iterator[Watch]:
    """Watch a campaign of ``total`` cells; in a pipe the lines are plain, and there is no bar; ``quiet``, no line.

    Why explainers are ``absent`` is printed first.
    """
    print_absent(absent or {})
    console = Console(stderr=True, quiet=quiet, highlight=False, markup=False, emoji=False)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with (
        _open(events) as file,
        Progress(*columns, console=console, transient=True, disable=quiet or not console.is_terminal) as bar,
    ):
        task = bar.add_task("cells", total=total)
        watch = Watch(total, jobs, console, file, absent or {})
        watch.emit("start", total=total, jobs=jobs)
        original = watch.console.print

        def advance(*objects: Any, **options: Any) -> None:
            original(*objects, **options)
            bar.update(task, completed=len(watch.cells))

        watch.console.print = advance  # type: ignore[method-assign]
        try:
            yield watch
        finally:
            watch.finish()


@contextmanager
def _open(path: Path | None) -> Iterator[IO[str] | None]:
    if path is None:
        yield None
        return
    try:
        file = sys.stderr if str(path) == "-" else path.open("w", encoding="utf-8")
    except OSError as error:
        raise AxiomcheckError(f"cannot write {str(path)!r}: {error.strerror}") from error
    try:
        yield file
    finally:
        if file is not sys.stderr:
            file.close()
