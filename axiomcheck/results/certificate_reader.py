"""Certificates from files: checked by a schema and by their own hash; nothing in them is run."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ..axioms import AXIOMS
from ..networks import AxiomcheckError, UnknownName
from .certificate import SCHEMA, Cell, Certificate, Environment, Identity, digest
from .reader import BrokenFile, cell_of, read_json, require_schema

LARGEST = 50_000_000
"""Bytes of a certificate that is read: three thousand cells have a fifth of that."""


def read_certificate(path: Path) -> Certificate:
    """Return the certificate in a file; ``BrokenFile`` with one sentence if it holds none, or one that was changed."""
    data = read_json(path, LARGEST)
    told = f"{str(path)!r}"
    if not isinstance(data, dict) or "cells" not in data or "schema" not in data:
        raise BrokenFile(f"{told} is no certificate")
    if data["schema"] != SCHEMA:
        raise BrokenFile(f"{told} has schema {data['schema']!r}, and this version of axiomcheck reads {SCHEMA}")
    try:
        require_schema(data, "certificate")
        if digest(data) != data["sha256"]:
            raise BrokenFile(f"{told} was changed after it was written: its sha256 does not match; certify again")
        return certificate_of(data)
    except BrokenFile:
        raise
    except AxiomcheckError as error:
        raise BrokenFile(f"{told} is no certificate: {error}") from error
    except RecursionError as error:
        raise BrokenFile(f"{told} is no certificate: it is nested too deeply") from error
    except Exception as error:  # whatever else an edited file can provoke
        raise BrokenFile(f"{told} is no certificate: its parts do not fit each other") from error


def certificate_of(data: Mapping[str, Any]) -> Certificate:
    """Return the certificate that ``Certificate.as_data`` told; ``AxiomcheckError`` if its cells cannot be."""
    cells = tuple(map(cell_of, data["cells"]))
    _require_distinct(cells)
    return Certificate(
        Environment(**data["environment"]),
        data["seed"],
        cells,
        tuple(Identity(**one) for one in data["explainers"]),
        data["limits"],
    )


def _require_distinct(cells: Sequence[Cell]) -> None:
    seen = set[tuple[str, str, str]]()
    for cell in cells:
        if cell.axiom not in AXIOMS:
            raise UnknownName("axiom", cell.axiom, AXIOMS)
        if cell.key in seen:
            raise AxiomcheckError(f"it answers twice for {' · '.join(cell.key)}"[:200])
        seen.add(cell.key)
