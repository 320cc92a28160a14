"""Labels on lines, each where it is farthest from the others."""

from dataclasses import dataclass

from .svg import Element, Palette, width_of, words

SIZE, PLACES = 12, 13
"""Of the text, in pixels; and how many places on a line are tried."""

FREE = 1.2
"""How far apart is enough, where two touch at 1."""

Point = tuple[float, float]


@dataclass(frozen=True)
class _Label:
    """A text and its middle."""

    text: str
    colour: str
    x: float
    y: float

    def apart(self, other: "_Label") -> float:
        """Return how far two are apart: they touch at 1."""
        wide = (width_of(self.text, SIZE) + width_of(other.text, SIZE)) / 2 + 3
        return max(abs(self.x - other.x) / wide, abs(self.y - other.y) / SIZE)


class Labels:
    """Texts on lines, in the order in which they are added."""

    def __init__(self) -> None:
        self.placed: list[_Label] = []

    def add(self, start: Point, end: Point, text: str, colour: str) -> None:
        """Put a text on the line from ``start`` to ``end``: near its middle, unless another is there."""
        (x1, y1), (x2, y2) = start, end
        room = (width_of(text, SIZE) / 2 + 2) / max(x2 - x1, 1)
        shares = sorted((room + (1 - 2 * room) * place / (PLACES - 1) for place in range(PLACES)), key=_off_middle)
        tried = [_Label(text, colour, x1 + share * (x2 - x1), y1 + share * (y2 - y1)) for share in shares]
        free = next((label for label in tried if self._room(label) >= FREE), None)
        self.placed.append(free or max(tried, key=self._room))

    def _room(self, label: _Label) -> float:
        return min((label.apart(other) for other in self.placed), default=FREE)

    def drawn(self, palette: Palette) -> list[Element]:
        """Return the texts, with a halo that keeps them readable on lines."""
        halo = {"stroke": palette.paper, "stroke_width": 3, "paint_order": "stroke", "stroke_linejoin": "round"}
        return [
            words(label.text, label.x, label.y, label.colour, anchor="middle", size=SIZE, class_="label", **halo)
            for label in self.placed
        ]


def _off_middle(share: float) -> float:
    return abs(share - 0.5)
