"""Files of schema 1, in which observations had keys and no class, and facts had a key each."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from ..axioms import AXIOMS, CallError, MethodDifference
from ..axioms.names import EQUALITY, OFF_ZEROS
from ..networks.facts import Fact, Irrelevant, Monotone, OnKinks, Symmetric
from ..networks.serialization import named_data

Data = dict[str, Any]


def certificate_2(data: Mapping[str, Any]) -> Data:
    """Return a certificate of schema 1 as one of schema 2, with a hash that no longer fits."""
    return {**data, "schema": 2, "missing": [], "cells": [_cell(cell) for cell in data["cells"]]}


def _cell(cell: Mapping[str, Any]) -> Data:
    claim = cell["claim"] and {**cell["claim"], "counterexample": _optional(cell["claim"]["counterexample"])}
    return {**cell, "claim": claim, "counterexample": _optional(cell["counterexample"])}


def _optional(data: Mapping[str, Any] | None) -> Data | None:
    return None if data is None else counterexample_2(data)


def counterexample_2(data: Mapping[str, Any]) -> Data:
    """Return a counterexample of schema 1 as one of schema 2."""
    has_baseline = str(data["has_baseline"])
    new = {
        "schema": 2,
        "facts": _facts(data),
        "observed": _observed(data),
        "axiom_code": data["axiom_code"].replace('"baseline" in globals()', has_baseline),
        "along": data.get("along"),
    }
    old = ("irrelevant", "symmetric", "rising", "derivation", "on_kinks")
    return {name: value for name, value in data.items() if name not in old} | new


def _facts(data: Mapping[str, Any]) -> list[Data]:
    facts: list[Fact] = [Irrelevant(tuple(data["irrelevant"]))] if data["irrelevant"] else []
    facts += [Symmetric(*data["symmetric"])] if data["symmetric"] else []
    facts += [] if data["rising"] is None else [Monotone(data["rising"])]
    facts += [OnKinks()] if data["on_kinks"] else []
    return [*map(named_data, facts), *([data["derivation"]] if data["derivation"] else [])]


def _observed(data: Mapping[str, Any]) -> Data | None:
    """Return what was observed, by the class of the axiom; None where something is missing."""
    old, axiom = data["observed"], data["axiom"]
    if "error" in old:
        return {"type": CallError.__name__, "message": old["error"]}
    known = {**old, "irrelevant": data["irrelevant"], "symmetric": data["symmetric"]}
    known["method"] = axiom.removeprefix(EQUALITY).removesuffix(OFF_ZEROS)
    kind = AXIOMS[axiom].observes if axiom in AXIOMS else MethodDifference
    names = [field.name for field in fields(kind)]
    return {"type": kind.__name__} | {name: known[name] for name in names} if set(names) <= set(known) else None
