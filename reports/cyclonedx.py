"""CycloneDX 1.6: a model with its model card, and the explainers that were judged on it, for a bill of materials.

https://cyclonedx.org/docs/1.6/json. The card stands in a component of the type ``machine-learning-model``, which is the
subject of the certificate; the explainers are libraries that it depends on.
"""

import json
from collections.abc import Iterator
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from ..results.certificate import Certificate
from ..results.visible import visible
from ..version import __version__
from .bill import explainers, limitations, measures, subject_of

SPECIFICATION = "1.6"
MODEL = "explained-model"
"""The reference of the model within the bill."""
Data = dict[str, Any]


def as_cyclonedx(certificate: Certificate) -> str:
    """Return a bill of materials as JSON; the same certificate gives the same text."""
    sha256 = certificate.as_data()["sha256"]
    libraries = list(_libraries(certificate))
    bill: Data = {
        "$schema": f"http://cyclonedx.org/schema/bom-{SPECIFICATION}.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": SPECIFICATION,
        "serialNumber": f"urn:uuid:{uuid5(NAMESPACE_OID, sha256)}",
        "version": 1,
        "metadata": _metadata(certificate, sha256),
        "components": [_model(certificate), *libraries],
        "dependencies": [{"ref": MODEL, "dependsOn": [library["bom-ref"] for library in libraries]}],
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
    purpose = certificate.about.get("purpose")
    return {
        "type": "machine-learning-model",
        "bom-ref": MODEL,
        "name": subject_of(certificate),
        "modelCard": {
            "quantitativeAnalysis": {"performanceMetrics": list(_metrics(certificate))},
            "considerations": {
                **({"useCases": [visible(purpose)]} if purpose else {}),
                "technicalLimitations": limitations(certificate),
            },
            "properties": [_property(f"verdict:{':'.join(cell.key)}", cell.verdict) for cell in certificate.cells],
        },
    }


def _metrics(certificate: Certificate) -> Iterator[Data]:
    """Yield of each cell that was screened the share of its cases that violate the axiom, with its 95 % interval."""
    for one in measures(certificate):
        yield {
            "type": one.name,
            "value": one.share,
            "slice": one.place,
            "confidenceInterval": {"lowerBound": one.low, "upperBound": one.high},
        }


def _libraries(certificate: Certificate) -> Iterator[Data]:
    """Yield each explainer, with its version and the hash of its source where they are known."""
    for one in explainers(certificate):
        name, version = visible(one.name), {"version": visible(one.version)} if one.version else {}
        hashes = {"hashes": [{"alg": "SHA-256", "content": one.source}]} if one.source else {}
        yield {"type": "library", "bom-ref": f"explainer:{name}", "name": name, **version, **hashes}


def _property(name: str, value: object) -> Data:
    return {"name": f"axiomcheck:{visible(name)}", "value": visible(str(value))}
