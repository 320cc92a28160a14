"""Dataclasses as JSON knows them."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any


def plain(value: Any) -> Any:
    """Return mappings, lists, numbers and texts alone; what has ``as_data`` says itself how it is written.

    >>> plain({"at": (1.0, 2.0)})
    {'at': [1.0, 2.0]}
    """
    return (
        value.as_data() if hasattr(value, "as_data") else plain_fields(value) if is_dataclass(value) else _plain(value)
    )


def plain_fields(value: Any, without: Sequence[str] = ()) -> dict[str, Any]:
    """Return the fields of a dataclass, some of them left out."""
    return {field.name: plain(getattr(value, field.name)) for field in fields(value) if field.name not in without}


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: plain(inner) for name, inner in value.items()}
    return [plain(inner) for inner in value] if isinstance(value, (list, tuple)) else value
