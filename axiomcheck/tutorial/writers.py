"""The tutorial as Markdown with pictures beside it, and as one page that needs nothing but itself."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ..reports.drawing import ANIMATION_SCRIPT, ANIMATION_STYLE, animation, lines, picture
from ..reports.write import write_text
from .slide import Chart, Slide

PAGE, TEXT = "tutorial.html", "README.md"


def write_tutorial(slides: Sequence[Slide], folder: Path) -> Iterator[Path]:
    """Write everything to ``folder``, and yield the two files that people open."""
    for slide in slides:
        for name, svg in pictures(slide).items():
            write_text(svg, folder / name)
    for name, text in ((TEXT, _rendered(TEXT, slides)), (PAGE, _rendered(PAGE, slides))):
        write_text(text, folder / name)
        yield folder / name


def pictures(slide: Slide, *, inline: bool = False) -> dict[str, str]:
    """Return the charts and pictures of a slide as SVG, by the names of their files."""
    charts = {f"{slide.name}-chart-{n}.svg": drawn(chart, inline=inline) for n, chart in enumerate(slide.charts, 1)}
    return charts | {
        f"{slide.name}-{n}.svg": picture(shown, inline=inline) for n, shown in enumerate(slide.counterexamples, 1)
    }


def drawn(chart: Chart, *, inline: bool) -> str:
    """Return a chart as SVG."""
    return lines(chart.series, x=chart.x, y=chart.y, log=chart.log, title=chart.title, inline=inline)


def _rendered(name: str, slides: Sequence[Slide]) -> str:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("axiomcheck.tutorial"),
        autoescape=name.endswith(".html"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["cell"] = _cell
    return environment.get_template(name).render(**_given(slides))


def _given(slides: Sequence[Slide]) -> dict[str, Any]:
    return {
        "slides": slides,
        "pictures": pictures,
        "animation": animation,
        "style": ANIMATION_STYLE,
        "script": ANIMATION_SCRIPT,
        "shown": sum(slide.shown for slide in slides),
    }


def _cell(text: str) -> str:
    r"""Return a text as it may stand in a table of Markdown.

    >>> _cell("a | b")
    'a \\| b'
    """
    return text.replace("|", "\\|").replace("\n", " ")
