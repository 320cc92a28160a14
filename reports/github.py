"""Annotations for GitHub Actions: workflow commands, one a cell that was not expected."""

from ..results.certificate import Cell, Certificate
from ..results.visible import visible
from .difference import short

LEVELS = {"violated": "error", "error": "error", "inconclusive": "warning"}
MOST = 1_000
"""Letters of a message that are shown."""


def as_github(certificate: Certificate) -> str:
    """Return a line for each cell that fails: an error, a warning where nothing can be said, a notice if expected."""
    failed = [cell for cell in certificate.cells if cell.verdict in LEVELS]
    return "".join(f"{_line(cell)}\n" for cell in failed)


def _line(cell: Cell) -> str:
    level = "notice" if cell.expected is not None else LEVELS[cell.verdict]
    title = f"{short(cell.explainer)}: {cell.axiom} {cell.verdict} in {short(cell.family)}"
    formula = f": {cell.counterexample.formula}" if cell.counterexample else ""
    expected = f" (expected: {cell.expected})" if cell.expected is not None else ""
    return f"::{level} title={_property(title)}::{_data(cell.reason + formula + expected)}"


def _data(text: str) -> str:
    r"""Return a text that ends no line and begins no command.

    >>> _data("50 %\n::error::x")
    '50 %25%0A::error::x'
    """
    line = text if len(text) <= MOST else f"{text[:MOST]}…"
    return visible(line.replace("%", "%25").replace("\n", "%0A"))


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
