"""SPDX 3.0.1, as JSON-LD: the subject as an AI package, and the explainers that were judged on it as packages.

https://spdx.github.io/spdx-spec/v3.0.1/model/AI/Classes/AIPackage. The profile of AI asks for a supplier, a version, a
place and a time of release too, which no certificate knows: a bill that claims it must add them.
"""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from ..results.certificate import Certificate
from ..results.visible import visible
from ..version import __version__
from .bill import explainers, limitations, measures, subject_of

SPECIFICATION = "3.0.1"
CREATION = "_:creation"
Data = dict[str, Any]


def as_spdx(certificate: Certificate) -> str:
    """Return the bill as JSON; the same certificate gives the same text if it has a date (``certify --date``)."""
    home = f"urn:uuid:{uuid5(NAMESPACE_OID, certificate.as_data()['sha256'])}#"
    elements = [_author(certificate, home), _tool(home), _model(certificate, home)]
    libraries = list(_libraries(certificate, home))
    related = _element("Relationship", home, "explainers", relationshipType="dependsOn") | {
        "from": f"{home}model",
        "to": [library["spdxId"] for library in libraries],
    }
    elements += [*libraries, *([related] if libraries else [])]
    document = _element("SpdxDocument", home, "document", profileConformance=["core", "software"]) | {
        "rootElement": [f"{home}model"],
        "element": [element["spdxId"] for element in elements],
    }
    creation = {
        "type": "CreationInfo",
        "@id": CREATION,
        "specVersion": SPECIFICATION,
        "created": _created(certificate),
        "createdBy": [f"{home}author"],
        "createdUsing": [f"{home}tool"],
    }
    graph = {
        "@context": f"https://spdx.org/rdf/{SPECIFICATION}/spdx-context.jsonld",
        "@graph": [creation, document, *elements],
    }
    return json.dumps(graph, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def _element(kind: str, home: str, own: str, /, **properties: object) -> Data:
    return {"type": kind, "spdxId": f"{home}{own}", "creationInfo": CREATION, **properties}


def _created(certificate: Certificate) -> str:
    """Return the date of the certificate, or now where it says none that can be read."""
    try:
        return f"{date.fromisoformat(certificate.about.get('date', '')).isoformat()}T00:00:00Z"
    except ValueError:
        return f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _author(certificate: Certificate, home: str) -> Data:
    """Return who made the certificate: the person that it names, else the program."""
    if "author" in certificate.about:
        return _element("Person", home, "author", name=visible(certificate.about["author"]))
    return _element("SoftwareAgent", home, "author", name="axiomcheck")


def _tool(home: str) -> Data:
    return _element("Tool", home, "tool", name=f"axiomcheck {__version__}")


def _model(certificate: Certificate, home: str) -> Data:
    """Return the subject: what it was judged by, the share of cases that violate each axiom, and what fails."""
    purpose = certificate.about.get("purpose")
    verdicts = [(f"verdict:{':'.join(cell.key)}", cell.verdict) for cell in certificate.cells]
    shares = [(f"{one.name}, {one.place}", f"{one.share} ({one.low} to {one.high})") for one in measures(certificate)]
    return _element(
        "ai_AIPackage",
        home,
        "model",
        name=subject_of(certificate),
        software_primaryPurpose="model",
        ai_limitation="\n".join(limitations(certificate)),
        ai_modelExplainability=[f"axiomcheck certificate, sha256 {certificate.as_data()['sha256']}"],
        ai_metric=[
            {"type": "DictionaryEntry", "key": visible(key), "value": value} for key, value in verdicts + shares
        ],
        **({"ai_informationAboutApplication": visible(purpose)} if purpose else {}),
    )


def _libraries(certificate: Certificate, home: str) -> Iterator[Data]:
    """Yield each explainer, with its version and the hash of its source where they are known."""
    for number, one in enumerate(explainers(certificate), start=1):
        known = {"software_packageVersion": visible(one.version)} if one.version else {}
        hashed = {"type": "Hash", "algorithm": "sha256", "hashValue": one.source}
        yield _element("software_Package", home, f"explainer-{number}", name=visible(one.name), **known) | (
            {"verifiedUsing": [hashed]} if one.source else {}
        )
