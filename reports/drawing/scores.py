"""Scores on the inputs: bars of few, heatmaps of images and of many."""

from collections.abc import Mapping, Sequence
from math import prod
from typing import Any

from .heatmap import heatmaps
from .svg import Element, Palette, Part, element, number, width_of, words

ROW, HALF, BETWEEN = 20, 90, 6
FEW = 8
"""Variables up to which scores are bars."""

Scores = Mapping[str, Sequence[float]]
"""By what they are called, the scores (d,)."""


def explained(
    scores: Scores, names: Sequence[str], shape: Sequence[int], totals: Mapping[str, float], palette: Palette
) -> Part:
    """Return all scores on one scale: heatmaps of images and of more than eight variables, else bars.

    ``names`` are those of the variables; ``totals`` are sums, which are bars below the others.
    """
    if is_image(shape, len(names)):
        return heatmaps(scores, names, shape, palette)
    rows = [(name, [(label, values[place]) for label, values in scores.items()]) for place, name in enumerate(names)]
    return bars(rows, [*totals.items()], palette)


def is_image(shape: Sequence[int], size: int) -> bool:
    """Return whether ``size`` scores are seen better as an image than as bars."""
    return size == prod(shape) and (size > FEW or (len(shape) == 3 and min(shape[1:]) > 1))


Rows = Sequence[tuple[str, Sequence[tuple[str, float]]]]


def bars(rows: Rows, totals: Sequence[tuple[str, float]], palette: Palette) -> Part:
    """Return for each variable one bar a series, to the right where a score is positive; the largest fills one side."""
    every = [*(pair for _, pairs in rows for pair in pairs), *totals]
    largest = max((abs(value) for _, value in every), default=0.0) or 1.0
    series = max((width_of(label, 12) for _, label in _labels(rows)), default=0.0)
    first = max(width_of(name) for name in [*(name for name, _ in rows), *(name for name, _ in totals)])
    left = first + series + 16
    margin = 10 + max(width_of(number(value), 12) for _, value in every)
    drawing = _Bars(left + margin + HALF, largest, palette)
    for name, pairs in rows:
        drawing.row(name, pairs, left if series else 0)
    if totals:
        drawing.rule(left)
    for name, value in totals:
        drawing.row(name, [("", value)], 0)
    return Part(drawing.whole(), left + 2 * (HALF + margin), drawing.y - BETWEEN)


def _labels(rows: Rows) -> list[tuple[str, str]]:
    """Return the names of variable and series; of one series nothing, unless it has more of a name than R."""
    return [(name, label) for name, pairs in rows for label, _ in pairs if label != "R"]


class _Bars:
    """Bars around a line at ``middle``, below each other."""

    def __init__(self, middle: float, largest: float, palette: Palette) -> None:
        self.middle, self.largest, self.palette = middle, largest, palette
        self.y, self.group = 0.0, element("g")

    def row(self, name: str, pairs: Sequence[tuple[str, float]], right: float) -> None:
        """Add one variable: its name, and a bar for each series, whose name ends at ``right``."""
        self.group.append(words(name, 0, self.y + ROW / 2, self.palette.ink))
        for label, value in pairs:
            if right:
                self.group.append(words(label, right - 8, self.y + ROW / 2, self.palette.soft, anchor="end", size=12))
            self.group.extend(self._bar(value))
            self.y += ROW
        self.y += BETWEEN

    def rule(self, left: float) -> None:
        """Add a line above the sums."""
        y = self.y - BETWEEN / 2
        self.group.append(element("line", x1=0.0, x2=2 * self.middle - left, y1=y, y2=y, stroke=self.palette.line))

    def _bar(self, value: float) -> list[Element]:
        length = HALF * abs(value / self.largest)
        x = self.middle if value >= 0 else self.middle - length
        colour = self.palette.positive if value >= 0 else self.palette.negative
        rect: dict[str, Any] = {"x": x, "y": self.y + 3, "width": length, "height": ROW - 6, "data_score": repr(value)}
        place, anchor = (x + length + 5, "start") if value >= 0 else (x - 5, "end")
        label = words(number(value), place, self.y + ROW / 2, self.palette.ink, anchor=anchor, size=12)
        return [element("rect", fill=colour, class_="bar", **rect), label]

    def whole(self) -> Element:
        """Return all with the zero line."""
        zero: dict[str, Any] = {"x1": self.middle, "x2": self.middle, "y1": 0.0, "y2": self.y - BETWEEN}
        self.group.append(element("line", stroke=self.palette.ink, **zero))
        return self.group
