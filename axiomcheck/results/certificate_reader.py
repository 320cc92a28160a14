"""Certificates from files: checked by a schema and by their own hash; nothing in them is run."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ..axioms import AXIOMS
from ..networks import AxiomcheckError, UnknownName
from .certificate import Cell, Certificate, digest
from .packed import unpacked
from .reader import BrokenFile, read_json, reading, require_schema, upgraded
from .schema_1 import certificate_2
from .structure import structured

LARGEST = 200_000_000
"""Bytes of a certificate that is read, without its packed lists: 3,000 cells have 10 MB, parts of them more."""
DATA = 64_000_000
"""Bytes of packed lists beside these."""


def read_certificate(path: Path) -> Certificate:
    """Return the certificate in a file; ``BrokenFile`` with one sentence if it holds none, or one that was changed."""
    data = read_json(path, LARGEST, DATA)
    if not isinstance(data, dict) or "cells" not in data:
        raise BrokenFile(f"{str(path)!r} is no certificate")
    with reading(path, "certificate", "its parts do not fit each other"):
        upgrade = upgraded(data, path, "certificate", certificate_2)
        require_schema(upgrade, "certificate")
        upgrade = unpacked(upgrade)
        if digest(unpacked(data)) != data["sha256"]:
            raise BrokenFile(
                f"{str(path)!r} was changed after it was written: its sha256 does not match; certify again"
            )
        return certificate_of(upgrade)


def certificate_of(data: Mapping[str, Any]) -> Certificate:
    """Return the certificate that ``Certificate.as_data`` wrote; ``AxiomcheckError`` if its cells cannot be."""
    certificate = structured({**data, "identities": data["explainers"]}, Certificate)
    _require_distinct(certificate.cells)
    return certificate


def _require_distinct(cells: Sequence[Cell]) -> None:
    keys = set[tuple[str, str, str]]()
    for cell in cells:
        if cell.axiom not in AXIOMS:
            raise UnknownName("axiom", cell.axiom, AXIOMS)
        if cell.key in keys:
            raise AxiomcheckError(f"it answers twice for {' · '.join(cell.key)}"[:200])
        keys.add(cell.key)
