"""Long lists of numbers in files: as the bytes of floats or integers, little-endian, in base64, losing nothing."""

import re
from base64 import b64decode, b64encode
from binascii import Error
from collections.abc import Mapping
from typing import Any

import numpy as np

from ..networks import AxiomcheckError

KINDS = {"float32": "<f4", "float64": "<f8", "int32": "<i4"}
"""What lists are packed as, and how numpy calls it; the first that loses nothing."""
LONG = 4096
"""Numbers of a list that is packed: shorter ones can be read, and compared line by line."""
MOST = 2**19
"""Numbers of a list that is read."""
PACKED = re.compile(rb'"(?:%s)": ?"([A-Za-z0-9+/=]*)"' % "|".join(KINDS).encode())
"""A packed list in the text of a file."""
DEFINITION: Mapping[str, Any] = {
    "description": f"a list of {LONG:,} numbers or more: base64 of their bytes, little-endian",
    "type": "object",
    "minProperties": 1,
    "maxProperties": 1,
    "additionalProperties": False,
    "properties": {
        name: {"type": "string", "contentEncoding": "base64", "minLength": 4, "maxLength": 12 * MOST} for name in KINDS
    },
}
"""The schema of a packed list."""


def packed(value: Any) -> Any:
    """Return data with the long lists of floats, or of integers, packed.

    >>> packed({"short": [1.0, 2.5], "long": [0.5] * 4096})["long"]["float32"][:12]
    'AAAAPwAAAD8A'
    """
    if isinstance(value, Mapping):
        return {name: packed(inner) for name, inner in value.items()}
    if not isinstance(value, list):
        return value
    if len(value) >= LONG and (kind := _kind(value)):
        return {kind: b64encode(np.array(value, KINDS[kind]).tobytes()).decode()}
    return [packed(inner) for inner in value] if any(isinstance(one, list | Mapping) for one in value) else value


def unpacked(value: Any) -> Any:
    """Return data as it was before it was packed; ``AxiomcheckError`` if what was packed is no list of numbers.

    >>> unpacked({"long": {"float32": "AAAAPwAAAD8="}})
    {'long': [0.5, 0.5]}
    """
    if isinstance(value, Mapping):
        if len(value) == 1 and (kind := next(iter(value))) in KINDS:
            return _numbers(kind, value[kind])
        return {name: unpacked(inner) for name, inner in value.items()}
    if isinstance(value, list) and any(isinstance(one, list | Mapping) for one in value):
        return [unpacked(inner) for inner in value]
    return value


def unpacked_size(text: bytes) -> int:
    """Return how many bytes of a file are no packed lists."""
    return len(text) - sum(end - start for start, end in (found.span(1) for found in PACKED.finditer(text)))


def _kind(numbers: list[Any]) -> str:
    """Return what loses nothing of a list, or nothing where it holds something else than finite numbers."""
    if all(type(number) is int for number in numbers):
        return "int32" if max(map(abs, numbers)) < 2**31 else ""
    if not all(type(number) is float for number in numbers):
        return ""
    array = np.array(numbers)
    if not np.isfinite(array).all():
        return ""
    with np.errstate(over="ignore"):
        return "float32" if (array.astype(np.float32) == array).all() else "float64"


def _numbers(kind: str, text: Any) -> list[Any]:
    try:
        array = np.frombuffer(b64decode(text, validate=True), KINDS[kind])
    except (Error, ValueError, TypeError) as error:
        raise AxiomcheckError(f"a packed list of {kind} is broken") from error
    if len(array) > MOST:
        raise AxiomcheckError(f"a packed list has {len(array):,} numbers, more than {MOST:,}")
    if not np.isfinite(array).all():
        raise AxiomcheckError("a packed list holds what is no number")
    result: list[Any] = array.tolist()
    return result
