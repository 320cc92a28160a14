"""The CSV form (RFC 4180): one row a cell."""

import csv
import io

from ..results.certificate import Cell, Certificate
from ..results.visible import visible

COLUMNS = (
    *("explainer", "axiom", "family", "verdict", "expected", "reason", "searched", "screened", "effective"),
    *("violations", "violation_rate_upper_bound", "worst_gap", "severity", "median_share", "worst_share", "formula"),
)
FORMULAS = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would compute."""


def as_csv(certificate: Certificate) -> str:
    """Return the cells as CSV; what a spreadsheet would compute has an apostrophe in front."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for cell in certificate.cells:
        formula = cell.counterexample.formula if cell.counterexample else ""
        words = (cell.explainer, cell.axiom, cell.family, cell.verdict, cell.expected or "", cell.reason)
        screen = cell.screen
        counts = (cell.search.get("drawn", 0), *(screen.get(name, 0) for name in ("drawn", "effective", "violations")))
        bound = "" if cell.violation_rate_upper_bound is None else cell.violation_rate_upper_bound
        writer.writerow([*map(plain, words), *counts, bound, cell.worst_gap, *_severity(cell), plain(formula)])
    return text.getvalue()


def _severity(cell: Cell) -> tuple[str | float, ...]:
    severity = cell.severity
    return ("", "", "") if severity is None else (severity.name, severity.median, severity.worst)


def plain(text: str) -> str:
    """Return a text that no spreadsheet computes, and no reader stumbles over.

    >>> plain("=1+1"), plain("lrp-0")
    ("'=1+1", 'lrp-0')
    >>> plain(" =1+1")
    "' =1+1"
    """
    return f"'{visible(text)}" if text.lstrip(" \n\0").startswith(FORMULAS) else visible(text)
