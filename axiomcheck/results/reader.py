"""Files: checked before anything is made of them, and nothing in them is run."""

import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from math import isfinite
from pathlib import Path
from typing import Any

import numpy as np

from ..networks import AxiomcheckError, DoesNotApply
from .certificate import Cell
from .counterexample import SCHEMA, Counterexample
from .files import FileName, SchemaName, schema
from .packed import unpacked, unpacked_size
from .schema_1 import counterexample_2
from .structure import structured
from .visible import visible

LARGEST = 1_000_000
"""Bytes of a file that is read, without its packed lists: a shrunk counterexample has a few thousand."""
DATA = 32_000_000
"""Bytes of packed lists beside these: some points of a model's own data, and the scores at them."""
LONGEST = 500
"""Letters of a message: what an edited file holds may be long."""


class BrokenFile(AxiomcheckError):
    """A file cannot be read, or holds something else than it should; the message says which and why, in one line."""

    def __init__(self, message: str) -> None:
        line = visible(message).replace("\n", " ")
        super().__init__(line if len(line) <= LONGEST else f"{line[:LONGEST]}…")


def read_counterexample(path: Path) -> Counterexample:
    """Return the counterexample in a file; ``BrokenFile`` with one sentence if it holds none."""
    data = read_json(path, LARGEST, DATA)
    with reading(path, "counterexample", "its numbers do not fit each other"):
        return counterexample_of(upgraded(data, path, "counterexample", counterexample_2))


def counterexample_of(data: Mapping[str, Any]) -> Counterexample:
    """Return the counterexample that ``Counterexample.as_data`` wrote; ``AxiomcheckError`` if its parts do not fit."""
    require_schema(data, "counterexample")
    return structured(unpacked(data), Counterexample)


def cell_of(data: Mapping[str, Any]) -> Cell:
    """Return the cell that ``Cell.as_data`` wrote."""
    return structured(data, Cell)


def upgraded(data: Any, path: Path, name: FileName, upgrade: Callable[[Mapping[str, Any]], Any]) -> Any:
    """Return the data of a file in the schema of today; ``BrokenFile`` if it has one of tomorrow, or none."""
    if not isinstance(data, dict) or "schema" not in data:
        raise BrokenFile(f"{str(path)!r} is no {name}")
    if data["schema"] not in (1, SCHEMA):
        number = data["schema"]
        raise BrokenFile(f"{str(path)!r} has schema {number!r}, and this version of axiomcheck reads 1 and {SCHEMA}")
    return upgrade(data) if data["schema"] == 1 else data


@contextmanager
def reading(path: Path, what: str, otherwise: str) -> Iterator[None]:
    """Turn whatever an edited file can provoke into a ``BrokenFile``, with ``otherwise`` where nobody says why.

    What numpy would warn of, as where numbers overflow, is no news to a reader.
    """
    try:
        with np.errstate(all="ignore"):
            yield
    except BrokenFile:
        raise
    except (AxiomcheckError, DoesNotApply) as error:
        raise BrokenFile(f"{str(path)!r} is no {what}: {error}") from error
    except RecursionError as error:
        raise BrokenFile(f"{str(path)!r} is no {what}: it is nested too deeply") from error
    except Exception as error:
        raise BrokenFile(f"{str(path)!r} is no {what}: {otherwise}") from error


def read_json(path: Path, largest: int, packed: int = 0) -> Any:
    """Return what a JSON file of at most ``largest`` bytes holds; ``BrokenFile`` if that cannot be read.

    Lists of numbers that are ``packed`` may have so many bytes more.
    """
    return json_of(read_bytes(path, largest, packed), path)


def read_bytes(path: Path, largest: int, packed: int = 0) -> bytes:
    """Return the bytes of a file, at most ``largest`` and some of packed lists; ``BrokenFile`` if that fails."""
    try:
        if path.exists() and not path.is_file():  # reading from a pipe or a device might never end
            raise BrokenFile(f"{str(path)!r} is no file")
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size  # it may grow while it is read
            content = file.read(largest + packed + 1) if size <= largest + packed else b""
    except (OSError, ValueError) as error:  # a name may hold what no system takes for one
        reason = error.strerror if isinstance(error, OSError) else error
        raise BrokenFile(f"cannot read {str(path)!r}: {reason}") from error
    if max(size, len(content)) > largest + packed or unpacked_size(content) > largest:
        data = f" and {packed:,} of packed lists" if packed else ""
        raise BrokenFile(f"{str(path)!r} is larger than {largest:,} bytes{data}")
    return content


def json_of(content: bytes, path: Path) -> Any:
    """Return what JSON from a file says; ``BrokenFile`` that names the file if it is none."""
    try:
        return json.loads(content.decode(), parse_constant=_no_number, parse_float=_finite)
    except RecursionError as error:
        raise BrokenFile(f"{str(path)!r} is nested too deeply") from error
    except ValueError as error:
        raise BrokenFile(f"{str(path)!r} is no JSON: {error}") from error


def require_schema(data: Any, name: SchemaName) -> None:
    """Raise ``AxiomcheckError`` that names the first place where ``data`` is not as the schema ``name`` says."""
    error = next(_validator(name).iter_errors(data), None)
    if error is not None:
        where = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in error.absolute_path)
        what = error.message if len(error.message) < 120 else f"it breaks {error.validator}={error.validator_value!r}"
        raise AxiomcheckError(f"{where.lstrip('.') or 'as a whole'}: {what[:200]}")


@cache
def _validator(name: SchemaName) -> Any:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(schema(name))


def _finite(text: str) -> float:
    return float(text) if isfinite(float(text)) else _no_number(text)


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number")
