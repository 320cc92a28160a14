"""What a certificate tells a bill of materials, in whatever format that is written."""

from collections.abc import Iterator
from dataclasses import dataclass

from ..models.name import is_model
from ..results.certificate import Cell, Certificate, Identity
from ..results.severity import interval
from ..results.visible import visible
from .family_words import label, place
from .rounded import rounded
from .unjudged import unjudged

NETWORKS = "networks of the families"
"""What is explained where the certificate names no subject and no model."""
VERBS = {"violated": "violates", "error": "fails on", "inconclusive": "is inconclusive on"}


@dataclass(frozen=True)
class Measure:
    """The share of the cases of a cell that violate the axiom, with its 95 % interval, as text."""

    name: str
    place: str
    share: str
    low: str
    high: str


def subject_of(certificate: Certificate) -> str:
    """Return what is explained: the subject that the certificate names, else its model, else its families."""
    families = certificate.families
    named = next(filter(is_model, families), f"{NETWORKS} {', '.join(map(label, families))}")
    return visible(certificate.about.get("subject", named))


def measures(certificate: Certificate) -> Iterator[Measure]:
    """Yield the measure of each cell that was screened."""
    for cell in certificate.cells:
        if effective := cell.screen.get("effective", 0):
            low, high = interval(cell.screen["violations"], effective)
            share = rounded(cell.screen["violations"] / effective)
            name = f"share of cases that violate {_axiom(cell)}, {visible(cell.explainer)}"
            yield Measure(name, visible(label(cell.family)), share, rounded(low), rounded(high))


def limitations(certificate: Certificate) -> list[str]:
    """Return what a certificate does not say, what fails and how badly, and who was not judged, each once."""
    return list(dict.fromkeys(map(visible, _limitations(certificate))))


def _limitations(certificate: Certificate) -> Iterator[str]:
    yield certificate.limits
    for cell in certificate.cells:
        if cell.verdict in VERBS:
            how = cell.severity.sentence if cell.severity else cell.reason
            known = f"; known and expected: {cell.expected}" if cell.expected else ""
            yield f"{cell.explainer} {VERBS[cell.verdict]} {_axiom(cell)} {place(cell.family)}: {how}{known}"
    for reason, names in unjudged(certificate).items():
        yield f"{', '.join(names)} not judged: {reason}"


def explainers(certificate: Certificate) -> Iterator[Identity]:
    """Yield each explainer, with its version and the hash of its source where they are known."""
    known = {identity.name: identity for identity in certificate.identities}
    yield from (known.get(name, Identity(name, None, None)) for name in certificate.explainers)


def _axiom(cell: Cell) -> str:
    return cell.axiom.replace("_", " ")
