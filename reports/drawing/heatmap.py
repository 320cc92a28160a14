"""Scores of images: cells in the places of their pixels, red where positive and blue where negative; pixels of many."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

from .pixels import MOST_CELLS, pixel_map
from .svg import Element, Palette, Part, beside, element, number, stacked, words

WIDE, HIGH, HEAD = 48, 36, 20
COLUMNS, SIDE = 8, 640
"""Cells in a row of what is no image; and how wide several maps may be side by side, in pixels."""
STRONGEST = 0.75
"""How opaque the largest is: numbers stay readable on it."""
STEPS = 9
"""Of the legend."""


@dataclass(frozen=True)
class _Cells:
    """What all cells share: the names of variables, how many are in a row, and the scale."""

    names: Sequence[str]
    columns: int
    largest: float
    palette: Palette


def heatmaps(
    scores: Mapping[str, Sequence[float]], names: Sequence[str], shape: Sequence[int], palette: Palette
) -> Part:
    """Return a heatmap for each series, on one symmetric scale, whose legend stands below."""
    largest = max((abs(value) for values in scores.values() for value in values), default=0.0) or 1.0
    cells = _Cells(names, shape[-1] if len(shape) > 1 else COLUMNS, largest, palette)
    maps = [_named(name, _map(values, shape, cells), palette) for name, values in scores.items()]
    fits = sum(part.width for part in maps) < SIDE
    return stacked((beside(maps) if fits else stacked(maps), _legend(largest, palette)), 12)


def _named(name: str, part: Part, palette: Palette) -> Part:
    below = element("g", part.element, transform=f"translate(0 {HEAD})")
    return Part(element("g", words(name, 0, 8, palette.soft, size=12), below), part.width, part.height + HEAD)


def _map(values: Sequence[float], shape: Sequence[int], cells: _Cells) -> Part:
    """Return the cells; the channels of an image are side by side."""
    size = prod(shape[1:]) if len(shape) == 3 else len(values)
    channels = [range(start, min(start + size, len(values))) for start in range(0, len(values), size)]
    if len(values) > MOST_CELLS:
        numbers = (values[channel.start : channel.stop] for channel in channels)
        return beside((pixel_map(channel, shape, cells.largest, STRONGEST) for channel in numbers), 10)
    return beside((_channel(channel, values, cells) for channel in channels), 10)


def _channel(channel: range, values: Sequence[float], cells: _Cells) -> Part:
    group, palette = element("g"), cells.palette
    for place, variable in enumerate(channel):
        x, y = float(WIDE * (place % cells.columns)), float(HIGH * (place // cells.columns))
        group.extend(_cell(x, y, values[variable], cells.largest, palette))
        group.append(words(cells.names[variable], x + 3, y + 7, palette.ink, size=8))
        text = f"{values[variable] + 0.0:.3g}"
        group.append(words(text, x + WIDE / 2, y + HIGH / 2 + 5, palette.ink, anchor="middle", size=11))
    rows = -(-len(channel) // cells.columns)
    return Part(group, WIDE * min(cells.columns, len(channel)), HIGH * rows)


def _cell(x: float, y: float, value: float, largest: float, palette: Palette) -> list[Element]:
    place: dict[str, Any] = {"x": x, "y": y, "width": WIDE, "height": HIGH}
    ground = element("rect", fill=palette.paper, stroke=palette.line, **place)
    colour = palette.positive if value >= 0 else palette.negative
    opacity = f"{STRONGEST * abs(value / largest):.3f}"
    text = element("title", text=number(value))
    cell = {"fill": colour, "fill_opacity": opacity, "class_": "cell", "data_score": repr(value)}
    return [ground, element("rect", text, **place, **cell)]


def _legend(largest: float, palette: Palette) -> Part:
    """Return the scale from minus to plus the largest."""
    group, left, wide = element("g"), 60, 14
    group.append(words(number(-largest), left - 6, 7, palette.soft, anchor="end", size=11))
    for step in range(STEPS):
        share = 2 * step / (STEPS - 1) - 1
        colour = palette.positive if share >= 0 else palette.negative
        place: dict[str, Any] = {"x": left + wide * step, "y": 0, "width": wide, "height": 14}
        group.append(element("rect", fill=colour, fill_opacity=f"{STRONGEST * abs(share):.3f}", **place))
    group.append(words(number(largest), left + wide * STEPS + 6, 7, palette.soft, size=11))
    return Part(group, left + wide * STEPS + 60, 14)
