"""Counterexamples from files: checked before anything is made of them, and nothing in them is run."""

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from math import isfinite
from pathlib import Path
from typing import Any

from ..axioms import AXIOMS
from ..axioms.names import require_axiom
from ..networks import AxiomcheckError, Case, DoesNotApply
from ..networks.contradiction import is_contradicted
from ..networks.layers import frozen
from ..networks.path import Path as Way
from ..networks.serialization import derivation_of, network_data, network_of, rewrite_of
from ..reports.plain import visible
from .certificate import Cell
from .claim import Claim
from .counterexample import SCHEMA, Counterexample
from .observation import observation_of
from .path_profile import Along
from .scope import Edge, Scope, Undecided, Widest

LARGEST = 1_000_000
"""Bytes of a file that is read: a shrunk counterexample has a few thousand."""


LONGEST = 500
"""Letters of a message: what an edited file holds may be long."""


class BrokenFile(AxiomcheckError):
    """A file cannot be read, or holds something else than it should; the message says which and why, in one line."""

    def __init__(self, told: str) -> None:
        line = visible(told).replace("\n", " ")
        super().__init__(line if len(line) <= LONGEST else f"{line[:LONGEST]}…")


def read_counterexample(path: Path) -> Counterexample:
    """Return the counterexample in a file; ``BrokenFile`` with one sentence if it holds none."""
    data = read_json(path, LARGEST)
    if not isinstance(data, dict) or "schema" not in data:
        raise BrokenFile(f"{str(path)!r} is no counterexample")
    if data["schema"] != SCHEMA:
        raise BrokenFile(f"{str(path)!r} has schema {data['schema']!r}, and this version of axiomcheck reads {SCHEMA}")
    try:
        require_schema(data, "counterexample")
        return _told(counterexample_of(data))
    except (AxiomcheckError, DoesNotApply) as error:
        raise BrokenFile(f"{str(path)!r} is no counterexample: {error}") from error
    except RecursionError as error:
        raise BrokenFile(f"{str(path)!r} is no counterexample: it is nested too deeply") from error
    except Exception as error:  # whatever else an edited file can provoke
        raise BrokenFile(f"{str(path)!r} is no counterexample: its numbers do not fit each other") from error


def read_json(path: Path, largest: int) -> Any:
    """Return what a JSON file of at most ``largest`` bytes holds; ``BrokenFile`` if that cannot be read."""
    try:
        with path.open("rb") as file:
            text = file.read(largest + 1)
        if len(text) > largest:
            raise BrokenFile(f"{str(path)!r} is larger than {largest:,} bytes")
        return json.loads(text.decode(), parse_constant=_no_number, parse_float=_finite)
    except OSError as error:
        raise BrokenFile(f"cannot read {str(path)!r}: {error.strerror}") from error
    except RecursionError as error:
        raise BrokenFile(f"{str(path)!r} is nested too deeply") from error
    except ValueError as error:
        raise BrokenFile(f"{str(path)!r} is no JSON: {error}") from error


def require_schema(data: Any, name: str) -> None:
    """Raise ``AxiomcheckError`` that names the first place where ``data`` is not as the schema ``name`` says."""
    error = next(_validator(name).iter_errors(data), None)
    if error is not None:
        where = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in error.absolute_path)
        told = error.message if len(error.message) < 120 else f"it breaks {error.validator}={error.validator_value!r}"
        raise AxiomcheckError(f"{where.lstrip('.') or 'as a whole'}: {told[:200]}")


@cache
def _validator(name: str) -> Any:
    from jsonschema import Draft202012Validator
    from referencing import Registry
    from referencing.jsonschema import DRAFT202012

    known = Registry().with_resource(
        "counterexample.schema.json", DRAFT202012.create_resource(_schema("counterexample"))
    )
    return Draft202012Validator(_schema(name), registry=known)


def _schema(name: str) -> Any:
    text = resources.files(__package__).joinpath("schemas", f"{name}.schema.json").read_text(encoding="utf-8")
    return json.loads(text)


def _finite(text: str) -> float:
    return float(text) if isfinite(float(text)) else _no_number(text)


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number")


def counterexample_of(data: Mapping[str, Any]) -> Counterexample:
    """Return the counterexample that ``Counterexample.as_data`` told; ``AxiomcheckError`` if its parts do not fit."""
    case = _case(data)
    others = ("case", "along", "observed")
    plain = {name: data[name] for name in Counterexample.__dataclass_fields__ if name not in others}
    along = Along.of(data["along"], case) if data.get("along") else None
    return Counterexample(case=case, along=along, observed=observation_of(data), **plain)


def _told(found: Counterexample) -> Counterexample:
    """Return it if its axiom is known, and it can be told in words and as code: what was observed may be anything."""
    require_axiom(found.axiom, AXIOMS)
    found.code(), found.formula
    return found


def cell_of(data: Mapping[str, Any]) -> Cell:
    """Return the cell that ``Cell.as_data`` told."""
    given = {name: data[name] for name in Cell.__dataclass_fields__}
    given["counterexample"] = _found(given)
    if given["claim"] is not None:
        given["claim"] = Claim(**given["claim"] | {"counterexample": _found(given["claim"])})
    if given["scope"] is not None:
        given["scope"] = scope_of(given["scope"])
    given["curves"] = {name: [(at, value) for at, value in points] for name, points in given["curves"].items()}
    return Cell(**given)


def _found(data: Mapping[str, Any]) -> Counterexample | None:
    found = data["counterexample"]
    return None if found is None else _told(counterexample_of(found))


def scope_of(data: Mapping[str, Any]) -> Scope:
    """Return the scope that ``Scope.as_data`` told."""
    parts = {
        "widest": tuple(Widest(**one) for one in data["widest"]),
        "edges": tuple(Edge(**one | {"circumstances": tuple(one["circumstances"])}) for one in data["edges"]),
        "undecided": tuple(Undecided(**one) for one in data["undecided"]),
    }
    return Scope(**{**data, **parts})


def _case(data: Mapping[str, Any]) -> Case:
    network = network_of(data["networks"][0])
    case = Case(
        network,
        baseline=frozen(data["baseline"]),
        inputs=frozen(data.get("inputs", [])),
        path=Way(frozen(data["path"])) if "path" in data else None,
        target=data["target"],
        rewrites=tuple(map(rewrite_of, data["rewrites"])),
        irrelevant=tuple(data["irrelevant"]),
        on_kinks=data["on_kinks"],
        symmetric=tuple(data["symmetric"]),
        derivation=derivation_of(data["derivation"]) if data["derivation"] else None,
        rising=data["rising"],
    )
    if any(len(point) != network.in_features for point in (*case.points, case.baseline)):
        raise AxiomcheckError(f"its points do not have the {network.in_features} variables of its network")
    if case.target >= network.out_features:
        raise AxiomcheckError(f"there is no output {case.target}, the network has {network.out_features}")
    if [network_data(made) for made in case.networks[1:]] != data["networks"][1:]:
        raise AxiomcheckError("its second network is not what its rewrites make of the first")
    if is_contradicted(case):
        raise AxiomcheckError("its network is not as it says of its variables")
    return case
