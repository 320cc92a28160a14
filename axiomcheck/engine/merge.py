"""Shards of one campaign, made one certificate."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from ..networks import AxiomcheckError
from ..results.certificate import Cell, Certificate
from ..results.part import Part
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
    parts = _parts(shards, cells)
    joined = {key: _whole([*begun.values()], first.environment.examples) for key, begun in parts.items()}
    judged = [*(cell for _, cell in cells.values()), *filter(None, joined.values())]
    left = [part for key, begun in parts.items() if joined[key] is None for part in begun.values()]
    missing = {key for _, shard in shards for key in shard.missing} | {part.key for part in left}
    identities = {identity.name: identity for _, shard in shards for identity in shard.identities}
    return replace(
        first,
        cells=tuple(sorted(judged, key=lambda cell: cell.key)),
        missing=tuple(sorted(missing - {cell.key for cell in judged})),
        identities=tuple(identities[name] for name in sorted(identities)),
        parts=tuple(sorted(left, key=lambda part: (part.key, part.numbers))),
    )


def _parts(
    shards: Sequence[tuple[str, Certificate]], known: Mapping[CellKey, object]
) -> dict[CellKey, dict[tuple[int, ...], Part]]:
    """Return the parts of cells that are not known, by cell and by the numbers of their stretches."""
    parts: dict[CellKey, dict[tuple[int, ...], Part]] = {}
    for _, shard in shards:
        for part in shard.parts:
            if part.key not in known:
                parts.setdefault(part.key, {}).setdefault(part.numbers, part)
    return {key: dict(sorted(begun.items())) for key, begun in parts.items()}


def _whole(parts: Sequence[Part], examples: int) -> Cell | None:
    from .parts import whole  # which needs torch: certificates without parts are merged without

    try:
        return whole(parts, examples)
    except (ArithmeticError, LookupError, ValueError) as error:
        raise AxiomcheckError(f"the parts of {' × '.join(parts[0].key)} do not fit each other") from error


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
