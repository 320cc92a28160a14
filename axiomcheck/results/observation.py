"""Observations as data: the name of their class, and their fields."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from cattrs import Converter

from ..axioms import AXIOMS, OBSERVATIONS, CallError, MethodDifference, Observation
from ..axioms.names import EQUALITY, OFF_ZEROS

CONVERTER = Converter(detailed_validation=False)


def observation_data(observed: Observation | None) -> dict[str, Any] | None:
    """Return the class and the fields of an observation."""
    if observed is None:
        return None
    return {"type": type(observed).__name__} | {
        field.name: _listed(getattr(observed, field.name)) for field in fields(observed)
    }


def _listed(value: Any) -> Any:
    return [_listed(inner) for inner in value] if isinstance(value, tuple) else value


def observation_of(data: Mapping[str, Any]) -> Observation | None:
    """Return what a counterexample observed; None where an old file does not say it as today."""
    observed = data["observed"]
    if observed is not None and "type" not in observed:
        observed = _of_old(data)
    if observed is None:
        return None
    observation: Observation = CONVERTER.structure(observed, OBSERVATIONS[observed["type"]])
    return observation


def _of_old(data: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return what files before schema 2 tell by keys alone; None where something is missing."""
    old, axiom = data["observed"], data["axiom"]
    if "error" in old:
        return {"type": CallError.__name__, "message": old["error"]}
    known = dict(old) | {name: data[name] for name in ("irrelevant", "symmetric")}
    kind = AXIOMS[axiom].observes if axiom in AXIOMS else MethodDifference
    known["method"] = axiom.removeprefix(EQUALITY).removesuffix(OFF_ZEROS)
    names = [field.name for field in fields(kind)]
    return {"type": kind.__name__} | {name: known[name] for name in names} if set(names) <= set(known) else None
