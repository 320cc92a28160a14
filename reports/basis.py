"""What the verdicts of a certificate rest on, in words: in a line, and in full."""

from collections.abc import Iterator, Mapping

from ..results.certificate import Certificate
from .drawn import drawn
from .evidence import counts, tolerances

SLOWEST = 3
"""How many of the cells that took longest are told."""


def basis(certificate: Certificate) -> str:
    """Return how many cases were screened, in which arithmetic, from which seed, and what counts as a violation."""
    where = certificate.environment
    return f"{counts(certificate)}, in {where.dtype}, with seed {certificate.seed}; {tolerances(certificate)}."


def details(certificate: Certificate) -> Iterator[str]:
    """Yield which cells took longest, the versions of the libraries, and what was drawn."""
    slowest = sorted(certificate.cells, key=lambda cell: -cell.seconds.get("total", 0.0))[:SLOWEST]
    named = (f"{' × '.join(cell.key)} {cell.seconds.get('total', 0.0):.1f} s" for cell in slowest)
    yield f"Slowest: {'; '.join(named)}."
    yield f"Ran with {libraries(certificate.environment.versions)} on {certificate.environment.platform}."
    yield f"Drawn were {certificate.environment.distribution}."
    yield from (f"Effective networks {one}." for one in drawn(certificate))


def libraries(versions: Mapping[str, str]) -> str:
    """Return names with their versions.

    >>> libraries({"torch": "2.9", "captum": "0.8"})
    'captum 0.8, torch 2.9'
    """
    return ", ".join(f"{name} {version}" for name, version in sorted(versions.items()))
