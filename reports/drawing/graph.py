"""A perceptron as a graph: one column a layer, a circle a unit, an edge a weight."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from ...networks import Linear, Network
from ...networks.layers import Vector
from .labels import Labels
from .svg import Element, Palette, Part, element, exact, number, width_of, words

RADIUS, STEP, GAP = 15, 52, 76
WIDEST, DEEPEST, DENSEST = 10, 9, 20
"""Units in a column, columns, and edges between two, up to which a graph is read at a glance."""

Point = tuple[float, float]


@dataclass
class _Column:
    """The units of one layer: a text in each, one below each, the weights that lead there, whether it is marked."""

    inside: list[str]
    below: list[str]
    weight: Sequence[Sequence[float]] = ()
    highlighted: bool = False

    @property
    def edges(self) -> int:
        """How many lead there."""
        return sum(bool(weight) for row in self.weight for weight in row)

    @property
    def gap(self) -> float:
        """The room that they need for their weights."""
        return GAP + 4 * min(self.edges, 22)


def is_perceptron(network: Network) -> bool:
    """Return whether a graph of units says all of a network, and is small enough."""
    if len(network.shape) != 1 or not all(layer.is_plain for layer in network.layers):
        return False
    columns = _columns(network, ())
    widest, densest = max(len(column.inside) for column in columns), max(column.edges for column in columns)
    return len(columns) <= DEEPEST and widest <= WIDEST and densest <= DENSEST


def graph(
    network: Network, x: Vector, texts: Mapping[int, str], palette: Palette, highlighted: Collection[int] = ()
) -> Part:
    """Return the graph of a perceptron with its input ``x``; ``texts`` stand beside outputs, which have a ring.

    The layers ``highlighted`` stand on a band.
    """
    columns = _columns(network, highlighted)
    drawing = _Graph(columns, max(width_of(number(value), 12) for value in x), palette)
    group = element("g")
    group.extend(drawing.bands())
    group.extend(drawing.edges())
    for place in range(len(columns)):
        group.extend(drawing.units(place))
    for unit, value in enumerate(x):
        left, y = drawing.at(0, unit)
        group.append(words(number(value), left - RADIUS - 6, y, palette.ink, anchor="end", size=12, class_="input"))
    group.extend(drawing.outputs(texts))
    width = drawing.at(len(columns) - 1, 0)[0] + RADIUS + 12 + max(map(width_of, texts.values()))
    return Part(group, width, drawing.height)


def _columns(network: Network, highlighted: Collection[int]) -> list[_Column]:
    columns = [_Column([f"x{i + 1}" for i in range(network.in_features)], [""] * network.in_features)]
    fresh = False
    for index, layer in enumerate(network.layers):
        if isinstance(layer, Linear):
            below = [f"{'+' if bias > 0 else ''}{exact(bias)}" if bias else "" for bias in layer.bias]
            columns.append(_Column([""] * layer.out_features, below, layer.weight))
        elif fresh:
            columns[-1].inside = ["relu"] * len(columns[-1].inside)
        else:
            size = len(columns[-1].inside)
            eye = [[float(row == column) for column in range(size)] for row in range(size)]
            columns.append(_Column(["relu"] * size, [""] * size, eye))
        fresh = isinstance(layer, Linear)
        columns[-1].highlighted |= index in highlighted
    return columns


class _Graph:
    """Where the units of columns are, and what is drawn of them."""

    def __init__(self, columns: list[_Column], left: float, palette: Palette) -> None:
        self.columns, self.palette = columns, palette
        self.height = float(STEP * max(len(column.inside) for column in columns) + 8)
        gaps = (2 * RADIUS + column.gap for column in columns[1:])
        self.x = list(accumulate(gaps, initial=left + 8 + RADIUS))

    def at(self, place: int, unit: int) -> Point:
        units = len(self.columns[place].inside)
        return self.x[place], self.height / 2 - 4 + STEP * (unit - (units - 1) / 2)

    def bands(self) -> list[Element]:
        """Return a ground for each column that is marked, with the edges that lead to it."""
        elements = []
        for place, column in enumerate(self.columns):
            if column.highlighted:
                left = self.x[place - 1] + RADIUS + 6
                width = self.x[place] + RADIUS + 4 - left
                style: dict[str, Any] = {"rx": 6, "fill": self.palette.mark, "class_": "differs"}
                elements.append(element("rect", x=left, y=0.0, width=width, height=self.height, **style))
        return elements

    def edges(self) -> list[Element]:
        """Return lines, then their weights where these are read best."""
        lines, texts = [], list[Element]()
        for place, column in enumerate(self.columns):
            labels = Labels()
            for row, weights in enumerate(column.weight):
                for source, weight in enumerate(weights):
                    if weight:
                        (x1, y1), (x2, y2) = self.at(place - 1, source), self.at(place, row)
                        ends = (x1 + RADIUS, y1), (x2 - RADIUS, y2)
                        lines.append(_edge(*ends, weight, self.palette))
                        labels.add(*ends, exact(weight), _colour(weight, self.palette))
            texts += labels.drawn(self.palette)
        return [*lines, *texts]

    def units(self, place: int) -> list[Element]:
        """Return the circles of a column, what they do, and their biases."""
        elements, palette, column = [], self.palette, self.columns[place]
        for unit, (inside, below) in enumerate(zip(column.inside, column.below, strict=True)):
            x, y = self.at(place, unit)
            elements.append(element("circle", cx=x, cy=y, r=RADIUS, fill=palette.paper, stroke=palette.ink))
            elements += [words(inside, x, y, palette.ink, anchor="middle", size=11)] if inside else []
            if below:
                elements.append(words(below, x, y + RADIUS + 10, palette.soft, anchor="middle", size=11, class_="bias"))
        return elements

    def outputs(self, texts: Mapping[int, str]) -> list[Element]:
        """Return rings around the outputs that are asked about, and what they are."""
        elements = []
        for unit, text in texts.items():
            x, y = self.at(len(self.columns) - 1, unit)
            elements.append(element("circle", cx=x, cy=y, r=RADIUS + 3, fill="none", stroke=self.palette.ink))
            elements.append(words(text, x + RADIUS + 8, y, self.palette.ink, class_="output"))
        return elements


def _edge(start: Point, end: Point, weight: float, palette: Palette) -> Element:
    """Return a line; negative ones are dashed."""
    dashed = {} if weight > 0 else {"stroke_dasharray": "5 3"}
    line: dict[str, Any] = {"x1": start[0], "y1": start[1], "x2": end[0], "y2": end[1]}
    return element("line", **line, stroke=_colour(weight, palette), stroke_width=1.5, class_="weight", **dashed)


def _colour(weight: float, palette: Palette) -> str:
    return palette.positive if weight > 0 else palette.negative
