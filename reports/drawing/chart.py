"""Lines over an axis."""

from collections.abc import Iterator, Mapping, Sequence
from math import ceil, floor, isfinite, log10
from typing import Any

from .svg import INLINE, PRINTED, Element, Palette, Part, document, element, number, stacked, width_of, words

WIDTH, HEIGHT, LEFT, BELOW, RIGHT, ABOVE = 430, 220, 64, 42, 14, 12
DASHES = ("", "7 3", "2 3", "8 3 2 3")
"""Lines are told apart by dashes too."""

Points = Sequence[tuple[float, float]]
Span = tuple[float, float]


def lines(
    series: Mapping[str, Points],
    *,
    x: str,
    y: str,
    log: bool = False,
    marks: Sequence[float] = (),
    ticks: Mapping[float, str] | None = None,
    title: str = "",
    inline: bool = False,
) -> str:
    """Return a chart as SVG; ``x`` and ``y`` name its axes, ``log`` makes the vertical one logarithmic.

    Points (x, y) in their order; where an x comes twice a line jumps. ``marks`` are vertical lines; ``ticks`` name
    places of the horizontal axis in place of numbers.
    """
    palette = INLINE if inline else PRINTED
    part = chart(series, palette, x=x, y=y, log=log, marks=marks, ticks=ticks)
    return document(part, title or f"{y} over {x}", ", ".join(series), inline=inline)


def chart(
    series: Mapping[str, Points],
    palette: Palette,
    *,
    x: str,
    y: str,
    log: bool = False,
    marks: Sequence[float] = (),
    ticks: Mapping[float, str] | None = None,
) -> Part:
    """Return a chart as a part of a drawing."""
    known = [(a, b) for points in series.values() for a, b in points if isfinite(b) and (b > 0 or not log)]
    if not known:
        return Part(element("g", words("no points", 0, 8, palette.soft)), 80, 20)
    axes = _Axes([a for a, _ in known], [b for _, b in known], log=log)
    group = element("g")
    group.extend(axes.frame(palette, x, y, ticks))
    for mark in marks:
        place = axes.across(mark)
        group.append(
            element("line", x1=place, x2=place, y1=ABOVE, y2=HEIGHT - BELOW, stroke=palette.positive,
                    stroke_dasharray="2 3", class_="mark", data_at=repr(mark))
        )  # fmt: skip
    for place, points in enumerate(series.values()):
        group.extend(_line(points, axes, place, palette))
    return stacked([Part(group, WIDTH, HEIGHT), _legend(list(series), palette)], 6)


class _Axes:
    """From numbers to pixels."""

    def __init__(self, xs: Sequence[float], ys: Sequence[float], *, log: bool) -> None:
        self.log = log
        self.x, self.y = _span(xs), _span([log10(value) for value in ys] if log else [*ys, 0.0])

    def across(self, value: float) -> float:
        low, high = self.x
        return LEFT + (WIDTH - LEFT - RIGHT) * (value - low) / (high - low)

    def up(self, value: float) -> float:
        low, high = self.y
        height = HEIGHT - BELOW - ABOVE
        return HEIGHT - BELOW - height * ((log10(value) if self.log else value) - low) / (high - low)

    def frame(self, palette: Palette, x: str, y: str, labels: Mapping[float, str] | None) -> Iterator[Element]:
        """Yield the axes, their ticks and their names."""
        for value, text in self._levels():
            at = self.up(value)
            yield element("line", x1=LEFT, x2=WIDTH - RIGHT, y1=at, y2=at, stroke=palette.line)
            yield words(text, LEFT - 6, at, palette.soft, anchor="end", size=11)
        chosen = labels or {value: number(value) for value in _steps(*self.x)}
        for place, text in chosen.items():
            yield words(text, self.across(place), HEIGHT - BELOW + 12, palette.soft, anchor="middle", size=11)
        yield words(x, (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10, palette.ink, anchor="middle", size=12)
        middle = (HEIGHT - BELOW + ABOVE) / 2
        turned = f"rotate(-90 12 {middle:g})"
        yield words(y, 12, middle, palette.ink, anchor="middle", size=12, transform=turned)

    def _levels(self) -> Iterator[tuple[float, str]]:
        if not self.log:
            yield from ((value, number(value)) for value in _steps(*self.y))
            return
        step = max(1, ceil((self.y[1] - self.y[0]) / 6))
        for power in range(ceil(self.y[0]), floor(self.y[1]) + 1, step):
            yield 10.0**power, number(10.0**power)


def _span(values: Sequence[float]) -> Span:
    low, high = min(values), max(values)
    return (low, high) if low < high else (low - 0.5, high + 0.5)


def _steps(low: float, high: float) -> Iterator[float]:
    """Yield about five round numbers between two."""
    raw = (high - low) / 5
    power = 10.0 ** floor(log10(raw))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= raw * 0.999)
    for count in range(ceil(low / step - 1e-9), floor(high / step + 1e-9) + 1):
        yield count * step


def _line(points: Points, axes: _Axes, place: int, palette: Palette) -> Iterator[Element]:
    """Yield the pieces of a line between its jumps, with dots where points are few."""
    colour, dashes = palette.series[place % len(palette.series)], DASHES[place % len(DASHES)]
    visible = [(a, b) for a, b in points if isfinite(b) and (b > 0 or not axes.log)]
    for piece in _pieces(visible):
        coordinates = " ".join(f"{axes.across(a):.2f},{axes.up(b):.2f}" for a, b in piece)
        style: dict[str, Any] = {"stroke": colour, "stroke_width": 1.8, "stroke_dasharray": dashes or "none"}
        yield element("polyline", points=coordinates, fill="none", **style)
    if len(visible) <= 16:
        yield from (
            element("circle", cx=axes.across(a), cy=axes.up(b), r=2.6, fill=colour, stroke="none") for a, b in visible
        )


def _pieces(points: Points) -> Iterator[Points]:
    """Yield the points between jumps: where an x comes twice, one line ends and another begins."""
    piece: list[tuple[float, float]] = []
    for point in points:
        if piece and piece[-1][0] == point[0]:
            yield piece
            piece = []
        piece.append(point)
    yield piece


def _legend(names: Sequence[str], palette: Palette) -> Part:
    if len(names) < 2:
        return Part(element("g"), 0, 0)
    group, x, y = element("g"), float(LEFT), 8.0
    for place, name in enumerate(names):
        room = 30 + width_of(name, 12) + 14
        if x + room > WIDTH and x > LEFT:
            x, y = float(LEFT), y + 18
        colour, dashes = palette.series[place % len(palette.series)], DASHES[place % len(DASHES)]
        line: dict[str, Any] = {"stroke": colour, "stroke_width": 2, "stroke_dasharray": dashes or "none"}
        group.append(element("line", x1=x, x2=x + 22, y1=y, y2=y, **line))
        group.append(words(_fitting(name, WIDTH - x - 28), x + 28, y, palette.ink, size=12))
        x += room
    return Part(group, WIDTH, y + 10)


def _fitting(name: str, room: float) -> str:
    """Return a name, cut where there is no more room."""
    while width_of(name, 12) > room:
        name = f"{name[:-2]}…"
    return name
