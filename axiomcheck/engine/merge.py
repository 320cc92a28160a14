"""Shards of one campaign, made one certificate."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from ..networks import AxiomcheckError
from ..results.certificate import Cell, Certificate
from .known_violations import CellKey


def merge(shards: Sequence[tuple[str, Certificate]]) -> Certificate:
    """Return the certificate of all cells of certificates, each given with the name that it is told by.

    ``AxiomcheckError`` where they are not of one campaign, or differ in a cell that several have.
    """
    (first_name, first), *others = shards
    for name, shard in others:
        _require_same(first_name, first, name, shard)
    cells: dict[CellKey, tuple[str, Cell]] = {}
    for name, shard in shards:
        for cell in shard.cells:
            known_name, known = cells.setdefault(cell.key, (name, cell))
            if replace(known, seconds={}) != replace(cell, seconds={}):
                raise AxiomcheckError(f"{known_name} and {name} differ in {' × '.join(cell.key)}")
    judged = sorted((cell for _, cell in cells.values()), key=lambda cell: cell.key)
    missing = {key for _, shard in shards for key in shard.missing} - cells.keys()
    identities = {identity.name: identity for _, shard in shards for identity in shard.identities}
    return replace(
        first,
        cells=tuple(judged),
        missing=tuple(sorted(missing)),
        identities=tuple(identities[name] for name in sorted(identities)),
    )


def _require_same(name: str, one: Certificate, other_name: str, other: Certificate) -> None:
    """Raise unless two certificates say the same of how they came about; machines may be of several kinds."""
    for field, value in _circumstances(one).items():
        if _circumstances(other)[field] != value:
            another = _circumstances(other)[field]
            both = f"{name} and {other_name} are not of one campaign"
            raise AxiomcheckError(f"{both}: {field} is {value!r} in one and {another!r} in the other")


def _circumstances(certificate: Certificate) -> dict[str, Any]:
    return {"seed": certificate.seed} | {
        name: value for name, value in asdict(certificate.environment).items() if name != "platform"
    }
