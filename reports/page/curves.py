"""Curves of the screened cases, the families of a panel beside each other."""

from collections.abc import Iterator, Sequence
from math import log10

from markupsafe import Markup

from ...results.certificate import GAPS, Cell
from ..drawing.chart import Points, chart
from ..drawing.svg import INLINE
from ..family_words import label
from .figures import Drawings

DECADES = 2
"""Powers of ten that the points of a curve span, from which on its scale is logarithmic."""


def curves(cells: Sequence[Cell], drawings: Drawings) -> Iterator[Markup]:
    """Yield each curve that cells carry as a drawing with a line for each family."""
    series_by_name: dict[str, dict[str, Points]] = {}
    for cell in cells:
        for name, points in cell.curves.items():
            series_by_name.setdefault(name, {})[label(cell.family)] = points if name != GAPS else _seen(points, cell)
    for name, series in sorted(series_by_name.items()):
        if not any(value for points in series.values() for _, value in points):
            continue
        if (
            len({place for points in series.values() for place, _ in points}) == 1
        ):  # a model has as many layers as it has
            continue
        y, _, x = name.rpartition(" over ")
        values = [value for points in series.values() for _, value in points]
        yield drawings.once(name, chart(series, INLINE, x=x, y=y, log=_spans_decades(values)))


def _seen(points: Points, cell: Cell) -> Points:
    """Return gaps, with 0 for those that are no larger than the tolerance: they are rounding."""
    return [(share, gap if gap > cell.tolerance["relative"] else 0.0) for share, gap in points]


def _spans_decades(values: Sequence[float]) -> bool:
    above = [value for value in values if value > 0]
    return min(values) >= 0 and bool(above) and log10(max(above) / min(above)) >= DECADES
