"""What verdicts rest on, in words: tolerance, and how many cases could show something."""

from ..results.certificate import Cell, Certificate
from .rounded import rounded

OWN = {"float64": 1e-6, "float32": 1e-3}
"""The share of its scale that a gap may have, if the explainer declares no tolerance of its own."""


def tolerances(certificate: Certificate) -> str:
    """Return from where on a gap is a violation, and which explainers declared a tolerance of their own."""
    judged = [cell.tolerance for cell in certificate.cells if cell.tolerance]
    usual = OWN[certificate.environment.dtype]
    rounding = max((tolerance["rounding"] for tolerance in judged), default=0.0)
    sentence = (
        f"a violation is a gap above {rounded(usual)} of its scale and {rounded(rounding)} of all magnitudes that were "
        "added up"
    )
    own = {cell.explainer: cell.tolerance["relative"] for cell in certificate.cells if declared(cell, certificate)}
    return sentence + "".join(f"; {name} declares {rounded(share)} of its scale" for name, share in sorted(own.items()))


def declared(cell: Cell, certificate: Certificate) -> bool:
    """Whether the explainer of the cell has a tolerance of its own."""
    return bool(cell.tolerance) and cell.tolerance["relative"] > OWN[certificate.environment.dtype]


def counts(certificate: Certificate) -> str:
    """Return how many cases all cells screened, and what they amounted to."""
    totals = {name: sum(cell.screen.get(name, 0) for cell in certificate.cells) for name in SCREENED}
    silent = totals["drawn"] - totals["effective"] - totals["timed_out"]
    late = f", {totals['timed_out']} timed out" if totals["timed_out"] else ""
    return f"{totals['drawn']} cases screened, {totals['effective']} effective, {silent} rejected or vacuous{late}"


SCREENED = ("drawn", "effective", "timed_out")
