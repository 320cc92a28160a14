"""Figures that axioms measure, all explainers side by side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log10

from ...results.certificate import Cell, Certificate

ENOUGH = 3
"""Cells that have a figure, from which on they are compared in a table of their own."""
DECADES = 2
"""Powers of ten that numbers span, from which on their scale is logarithmic."""


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
    return Measurement(name, axiom, scale.logarithmic, families, rows)


@dataclass(frozen=True)
class Scale:
    """From numbers to per cent: logarithmic where all are positive and far apart, else from 0 on."""

    low: float
    high: float
    logarithmic: bool

    @classmethod
    def of(cls, values: Sequence[float]) -> "Scale":
        """Return the scale on which all values lie.

        >>> scale = Scale.of([1.0, 10.0, 1000.0])
        >>> round(scale.place(10.0), 1), Scale.of([1.0, 4.0]).place(1.0)
        (33.3, 25.0)
        """
        low, high = min(values), max(values)
        if low > 0 and log10(high / low) >= DECADES:
            return cls(log10(low), log10(high), logarithmic=True)
        return cls(min(low, 0.0), max(high, 0.0), logarithmic=False)

    def place(self, value: float) -> float:
        """Return where a value lies, in per cent."""
        at = log10(value) if self.logarithmic else value
        return 100 * (at - self.low) / ((self.high - self.low) or 1.0)


def _span(cell: Cell | None, name: str, scale: Scale) -> Span | None:
    if cell is None:
        return None
    median, largest = cell.figures[name]["median"], cell.figures[name]["max"]
    return Span(median, largest, scale.place(median), scale.place(largest))
