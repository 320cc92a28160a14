"""A selection as one page that needs nothing but itself."""

from collections.abc import Iterator

from ..results.certificate import LIMITS
from .drawing import lines
from .matrix import MARKS
from .selection import Selection, interval, rate
from .selection_terminal import conclusions, percent


def as_html(selection: Selection) -> str:
    """Return the page: the trade in words, a table and charts for each family. All text is escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("axiomcheck.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("selection.html").render(
        selection=selection,
        conclusions=list(conclusions(selection)),
        charts={family: list(_charts(selection, family)) for family in selection.certificate.families},
        marks={verdict: mark for verdict, (mark, _) in MARKS.items()},
        rate=rate,
        interval=interval,
        percent=percent,
        limits=LIMITS,
        sha256=selection.certificate.as_data()["sha256"],
    )


def _charts(selection: Selection, family: str) -> Iterator[str]:
    """Yield as SVG the shares of violations over the option, and each figure that cells carry."""
    shares: dict[str, list[tuple[float, float]]] = {
        axiom.replace("_", " "): [
            (number, share)
            for number, value in enumerate(selection.values)
            if (share := rate(selection.cells[value, axiom, family])) is not None
        ]
        for axiom in selection.certificate.axioms
    }
    yield _chart(selection, shares, "share that violates")
    for name, series in sorted(_figures(selection, family).items()):
        yield _chart(selection, series, name)


def _figures(selection: Selection, family: str) -> dict[str, dict[str, list[tuple[float, float]]]]:
    """Return the numbers that cells carry, by name: a series for the median, and one for the largest."""
    points: dict[str, dict[str, list[tuple[float, float]]]] = {}
    for number, value in enumerate(selection.values):
        for axiom in selection.certificate.axioms:
            for name, figure in selection.cells[value, axiom, family].figures.items():
                for statistic, one in figure.items():
                    points.setdefault(name, {}).setdefault(statistic, []).append((number, one))
    return points


def _chart(selection: Selection, series: dict[str, list[tuple[float, float]]], y: str) -> str:
    ticks = {float(place): value for place, value in enumerate(selection.values)}
    return lines(series, x=selection.option, y=y, ticks=ticks, inline=True)
