"""``axiomcheck tutorial``: the claims of the tutorial, each found by search."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from .status import EXPECTED, FOUND

HELP = "the claims of the tutorial, each found by search"


def add_arguments(command: ArgumentParser) -> None:
    """Name the options."""
    command.add_argument(
        "--out", type=Path, default=Path("axiomcheck-tutorial"), metavar="DIR", help="(default: %(default)s)"
    )


def run(arguments: Namespace) -> int:
    """Search for every claim, tell it, and write pages; 1 if a claim did not come out."""
    from rich.console import Console
    from rich.text import Text

    from ..reports.write import ready
    from ..tutorial import SLIDES
    from ..tutorial.writers import write_tutorial

    folder, console, slides = ready(arguments.out), Console(highlight=False), []
    for make in SLIDES:
        slide = make()
        slides.append(slide)
        console.print(Text(f"{slide.slides}: {slide.title}", style="bold"))
        for sentence in slide.sentences:
            console.print(Text(f"  {sentence}"))
        if not slide.shown:
            console.print(Text("  Not all of this claim came out in this run.", style="bold red"))
        console.print(Text(f"  {slide.command}\n", style="dim"), soft_wrap=True)
    for path in write_tutorial(slides, folder):
        console.print(f"wrote {path}", soft_wrap=True, markup=False)
    return EXPECTED if all(slide.shown for slide in slides) else FOUND
