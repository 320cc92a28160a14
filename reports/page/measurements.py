"""Figures that axioms measure, all explainers side by side."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log10

from ...results.certificate import Cell, Certificate

ENOUGH = 3
"""Cells that have a figure, from which on they are compared in a table of their own."""
DECADES = 1
"""Powers of ten that numbers above 0 span, from which on their scale is logarithmic: else the largest empties all."""
FLOOR = 8.0
"""Per cent of a logarithmic scale on which the smallest number above 0 lies, where there are others than those."""


@dataclass(frozen=True)
class Span:
    """From the median to the largest, in numbers, and in per cent of the scale."""

    median: float
    largest: float
    start: float
    end: float


@dataclass(frozen=True)
class Measurement:
    """A figure by its name: for each explainer a span in each family, or None."""

    name: str
    axiom: str
    logarithmic: bool
    has_floor: bool
    families: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Span | None, ...]], ...]


def measurements(certificate: Certificate) -> Iterator[Measurement]:
    """Yield the figures that enough cells have."""
    groups: dict[tuple[str, str], list[Cell]] = {}
    for cell in certificate.cells:
        for name in cell.figures:
            groups.setdefault((cell.axiom, name), []).append(cell)
    for (axiom, name), cells in sorted(groups.items()):
        if len(cells) >= ENOUGH:
            yield _compared(name, axiom, cells, certificate)


def _compared(name: str, axiom: str, cells: Sequence[Cell], certificate: Certificate) -> Measurement:
    values = [value for cell in cells for value in (cell.figures[name]["median"], cell.figures[name]["max"])]
    scale = Scale.of(values)
    by_key = {cell.key: cell for cell in cells}
    families = tuple(family for family in certificate.families if any(cell.family == family for cell in cells))
    rows = tuple(
        (explainer, tuple(_span(by_key.get((explainer, axiom, family)), name, scale) for family in families))
        for explainer in certificate.explainers
        if any(cell.explainer == explainer for cell in cells)
    )
    return Measurement(name, axiom, scale.logarithmic, scale.floor > 0, families, rows)


@dataclass(frozen=True)
class Scale:
    """From numbers to per cent: logarithmic where those above 0 are far apart, else linear, with 0 on it.

    On a logarithmic scale what is not above 0 lies at the left end, and the smallest of the others at ``floor``.
    """

    low: float
    high: float
    logarithmic: bool
    floor: float = 0.0

    @classmethod
    def of(cls, values: Sequence[float]) -> "Scale":
        """Return the scale on which all values lie.

        >>> scale = Scale.of([1.0, 10.0, 1000.0])
        >>> round(scale.place(10.0), 1), Scale.of([1.0, 4.0]).place(1.0)
        (33.3, 25.0)
        """
        above = [value for value in values if value > 0]
        if above and max(above) / min(above) >= 10**DECADES:
            floor = FLOOR if len(above) < len(values) else 0.0
            return cls(log10(min(above)), log10(max(above)), logarithmic=True, floor=floor)
        return cls(min(*values, 0.0), max(*values, 0.0), logarithmic=False)

    def place(self, value: float) -> float:
        """Return where a value lies, in per cent."""
        if self.logarithmic and value <= 0:
            return 0.0
        at = log10(value) if self.logarithmic else value
        return self.floor + (100 - self.floor) * (at - self.low) / ((self.high - self.low) or 1.0)


def bar(count: int, counts: Iterable[int]) -> float:
    """Return how long the bar of a count is beside those of others, in per cent, on a logarithmic scale.

    >>> round(bar(9, [0, 9, 99])), bar(0, [0, 9, 99]), bar(0, [0])
    (50, 0.0, 0.0)
    """
    return 100 * log10(1 + count) / (log10(1 + max(counts)) or 1.0)


def _span(cell: Cell | None, name: str, scale: Scale) -> Span | None:
    if cell is None:
        return None
    median, largest = cell.figures[name]["median"], cell.figures[name]["max"]
    return Span(median, largest, scale.place(median), scale.place(largest))
