"""CycloneDX 1.6: a model with its model card, and the explainers that were judged on it, for a bill of materials.

https://cyclonedx.org/docs/1.6/json. The card stands in a component of the type ``machine-learning-model``, which is the
subject of the certificate; the explainers are libraries that it depends on.
"""

import json
from collections.abc import Iterator
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from ..models.name import is_model
from ..results.certificate import Cell, Certificate
from ..results.severity import interval
from ..results.visible import visible
from ..version import __version__
from .family_words import label, place
from .rounded import rounded
from .unjudged import unjudged

SPECIFICATION = "1.6"
MODEL = "explained-model"
"""The reference of the model within the bill."""
NETWORKS = "networks of the families"
"""What is explained where the certificate names no subject and no model."""
VERBS = {"violated": "violates", "error": "fails on", "inconclusive": "is inconclusive on"}
Data = dict[str, Any]


def as_cyclonedx(certificate: Certificate) -> str:
    """Return a bill of materials as JSON; the same certificate gives the same text."""
    sha256 = certificate.as_data()["sha256"]
    explainers = list(_explainers(certificate))
    bill: Data = {
        "$schema": f"http://cyclonedx.org/schema/bom-{SPECIFICATION}.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": SPECIFICATION,
        "serialNumber": f"urn:uuid:{uuid5(NAMESPACE_OID, sha256)}",
        "version": 1,
        "metadata": _metadata(certificate, sha256),
        "components": [_model(certificate), *explainers],
        "dependencies": [{"ref": MODEL, "dependsOn": [explainer["bom-ref"] for explainer in explainers]}],
    }
    return json.dumps(bill, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def _metadata(certificate: Certificate, sha256: str) -> Data:
    """Return who judged, with what, and what it takes to repeat it."""
    where, about = certificate.environment, certificate.about
    told = {"sha256": sha256, "seed": certificate.seed, "examples": where.examples, "dtype": where.dtype}
    told |= {f"version:{name}": version for name, version in where.versions.items()}
    told |= {name: text for name, text in about.items() if name in ("date", "purpose")}
    metadata: Data = {
        "tools": {"components": [{"type": "application", "name": "axiomcheck", "version": __version__}]},
        "properties": [_property(name, value) for name, value in told.items()],
    }
    return metadata | ({"authors": [{"name": visible(about["author"])}]} if "author" in about else {})


def _model(certificate: Certificate) -> Data:
    """Return the subject: the model, with the share of cases that violate each axiom as measures of performance."""
    families = certificate.families
    named = next(filter(is_model, families), f"{NETWORKS} {', '.join(map(label, families))}")
    purpose = certificate.about.get("purpose")
    return {
        "type": "machine-learning-model",
        "bom-ref": MODEL,
        "name": visible(certificate.about.get("subject", named)),
        "modelCard": {
            "quantitativeAnalysis": {"performanceMetrics": list(_metrics(certificate))},
            "considerations": {
                **({"useCases": [visible(purpose)]} if purpose else {}),
                "technicalLimitations": list(dict.fromkeys(map(visible, _limitations(certificate)))),
            },
            "properties": [_property(f"verdict:{':'.join(cell.key)}", cell.verdict) for cell in certificate.cells],
        },
    }


def _metrics(certificate: Certificate) -> Iterator[Data]:
    """Yield of each cell that was screened the share of its cases that violate the axiom, with its 95 % interval."""
    for cell in certificate.cells:
        if effective := cell.screen.get("effective", 0):
            low, high = interval(cell.screen["violations"], effective)
            yield {
                "type": f"share of cases that violate {_axiom(cell)}, {visible(cell.explainer)}",
                "value": rounded(cell.screen["violations"] / effective),
                "slice": visible(label(cell.family)),
                "confidenceInterval": {"lowerBound": rounded(low), "upperBound": rounded(high)},
            }


def _limitations(certificate: Certificate) -> Iterator[str]:
    """Yield what a certificate does not say, what fails and how badly, and who was not judged."""
    yield certificate.limits
    for cell in certificate.cells:
        if cell.verdict in VERBS:
            how = cell.severity.sentence if cell.severity else cell.reason
            known = f"; known and expected: {cell.expected}" if cell.expected else ""
            yield f"{cell.explainer} {VERBS[cell.verdict]} {_axiom(cell)} {place(cell.family)}: {how}{known}"
    for reason, names in unjudged(certificate).items():
        yield f"{', '.join(names)} not judged: {reason}"


def _explainers(certificate: Certificate) -> Iterator[Data]:
    """Yield each explainer, with its version and the hash of its source where they are known."""
    known = {identity.name: identity for identity in certificate.identities}
    for name in certificate.explainers:
        identity = known.get(name)
        version = {"version": identity.version} if identity and identity.version else {}
        hashes = {"hashes": [{"alg": "SHA-256", "content": identity.source}]} if identity and identity.source else {}
        yield {"type": "library", "bom-ref": f"explainer:{visible(name)}", "name": visible(name), **version, **hashes}


def _axiom(cell: Cell) -> str:
    return cell.axiom.replace("_", " ")


def _property(name: str, value: object) -> Data:
    return {"name": f"axiomcheck:{visible(name)}", "value": visible(str(value))}
