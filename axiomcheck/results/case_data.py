"""Cases as JSON knows them, there and back, and what a file must say of one."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from functools import singledispatch
from math import prod
from typing import Any

import numpy as np

from ..models.case import ModelCase
from ..models.exchange import Exchange, require_exchange
from ..models.name import ModelName
from ..models.wirings import Sizes, wiring_of
from ..networks import AxiomcheckError, Case, Network, Path, Rewrite
from ..networks.contradiction import is_contradicted
from ..networks.layers import LAYERS as KINDS
from ..networks.layers import frozen
from ..networks.serialization import fact_of, named_data, network_data, network_of, rewrite_of
from ..networks.size import connections
from ..networks.tree import every_layer
from .plain_data import plain_fields

Data = dict[str, Any]

LARGEST = 2**18
"""Connections of a network that is read: those that are drawn have up to 20,000, their twins 70,000."""
DEEPEST = 128
"""Layers of a network that is read, those inside blocks too."""
POINTS = 1024
"""Inputs of a case that is read: those that are drawn have a few."""


def _numbers(depth: int) -> Data:
    """Return the schema of a number, or of lists ``depth`` in one another: a reference would take longer."""
    return {"type": ["number", "array"], "items": _numbers(depth - 1)} if depth else {"type": "number"}


POINT = {"type": "array", "items": {"type": "number"}, "minItems": 1, "maxItems": 2**19}
NAMED = {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}}
LAYERS = {"type": "array", "maxItems": 64, "items": {"$ref": "#/$defs/layer"}}
_WORDS: Mapping[object, Data] = {str: {"type": "string"}, bool: {"type": "boolean"}}
_KINDS: tuple[Any, ...] = KINDS
_FIELDS: Data = {field.name: _WORDS[field.type] for kind in _KINDS for field in fields(kind) if field.type in _WORDS}
"""What layers say of themselves in words; all else is numbers."""
DEFINITIONS: Data = {
    "network": {
        "type": "object",
        "required": ["shape", "style", "layers"],
        "additionalProperties": False,
        "properties": {
            "shape": {"type": "array", "minItems": 1, "maxItems": 4, "items": {"type": "integer", "minimum": 1}},
            "style": {"type": "object", "additionalProperties": {"type": "string"}},
            "layers": LAYERS,
        },
    },
    "layer": {
        "type": "object",
        "required": ["kind"],
        "properties": {
            "kind": {"type": "string"},
            "branches": {"type": "array", "minItems": 1, "maxItems": 8, "items": LAYERS},
            **_FIELDS,
        },
        "additionalProperties": {"$ref": "#/$defs/numbers"},
    },
    "numbers": {"description": "a number, or numbers in lists", **_numbers(depth=5)},
}
PROPERTIES: Data = {
    "networks": {"type": "array", "minItems": 1, "maxItems": 2, "items": {"$ref": "#/$defs/network"}},
    "rewrites": {"type": "array", "maxItems": 64, "items": NAMED},
    "inputs": {"description": "B points of d variables", **POINT, "items": POINT, "maxItems": POINTS},
    "path": {"description": "the vertices of a path", "type": "array", "items": POINT, "minItems": 2, "maxItems": 256},
    "baseline": POINT,
    "target": {"type": "integer", "minimum": 0},
    "facts": {"type": "array", "maxItems": 8, "items": NAMED},
    "model": {
        "description": "a model by name",
        "type": "object",
        "required": ["source", "weights", "inputs", "sha256", "shape", "out_features"],
        "additionalProperties": False,
        "properties": {
            **{name: {"type": "string"} for name in ("source", "weights", "inputs")},
            "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            **{name: {"type": "string"} for name in ("explains", "embedding", "held", "output")},
            "shape": {"type": "array", "minItems": 1, "maxItems": 4, "items": {"type": "integer", "minimum": 1}},
            "out_features": {"type": "integer", "minimum": 1},
        },
    },
    "wiring": {
        **NAMED,
        "description": "what is built of the model, with its numbers and names",
        "additionalProperties": {
            "if": {"type": ["number", "string"]},
            "else": {"type": "array", "items": {"type": "number"}},
        },
    },
    "exchanges": {
        "type": "array",
        "maxItems": 8,
        "items": {
            "type": "object",
            "required": ["name", "place", "amount"],
            "additionalProperties": False,
            "properties": {
                "name": {"type": "string"},
                "place": {"type": "string"},
                "amount": {"type": "integer", "minimum": 0},
            },
        },
    },
}
"""What an object that holds a case has; of inputs and path it has one, and networks or a model."""
OF_NETWORKS, OF_MODEL = ("networks", "rewrites", "facts"), ("model", "exchanges")
"""What tells the two kinds of case apart."""
OF_SOME_MODELS = ("wiring",)
"""What cases of models may have."""


@singledispatch
def case_data(case: Case | ModelCase) -> Data:
    """Return what is asked about, the inputs or the path, the baseline and the target, as JSON knows them."""
    raise NotImplementedError(type(case).__name__)


@case_data.register
def _(case: ModelCase) -> Data:
    points = {"path": case.path.vertices} if case.path else {"inputs": case.inputs}
    return {
        "model": plain_fields(case.model),
        "exchanges": [plain_fields(exchange) for exchange in case.exchanges],
        **({} if case.wiring is None else {"wiring": named_data(case.wiring)}),
        **{name: [list(point) for point in values] for name, values in points.items()},
        "baseline": list(case.baseline),
        "target": case.target,
    }


@case_data.register
def _(case: Case) -> Data:
    """Return the networks, the rewrites, the inputs or the path, the baseline, the target and the facts."""
    points = {"path": case.path.vertices} if case.path else {"inputs": case.inputs}
    return {
        "networks": [network_data(network) for network in case.networks],
        "rewrites": [named_data(rewrite) for rewrite in case.rewrites],
        **{name: [list(point) for point in values] for name, values in points.items()},
        "baseline": list(case.baseline),
        "target": case.target,
        "facts": [named_data(fact) for fact in case.facts],
    }


def case_of(data: Mapping[str, Any]) -> Case | ModelCase:
    """Return the case that ``case_data`` wrote; ``AxiomcheckError`` if its parts do not fit each other."""
    return _model_case(data) if "model" in data else _network_case(data)


def _model_case(data: Mapping[str, Any]) -> ModelCase:
    """Return the case of a model by its name: nothing of it is loaded."""
    name = ModelName(**{**data["model"], "shape": tuple(data["model"]["shape"])})
    case = ModelCase(
        name,
        baseline=frozen(data["baseline"]),
        inputs=frozen(data.get("inputs", [])),
        path=Path(frozen(data["path"])) if "path" in data else None,
        target=data["target"],
        exchanges=tuple(Exchange(**exchange) for exchange in data["exchanges"]),
        wiring=wiring_of(data["wiring"]) if "wiring" in data else None,
    )
    if case.target >= name.out_features:
        raise AxiomcheckError(f"there is no output {case.target}, the model has {name.out_features}")
    if case.wiring is not None:
        case.wiring.require(Sizes(name.shape, name.out_features, case.target))
    if any(len(point) != prod(case.shape) for point in (*case.points, case.baseline)):
        raise AxiomcheckError(f"its points do not have the {prod(case.shape)} variables of its model")
    for exchange in case.exchanges:
        require_exchange(exchange.name)
    return case


def _network_case(data: Mapping[str, Any]) -> Case:
    network = network_of(data["networks"][0])
    rewrites = tuple(map(rewrite_of, data["rewrites"]))
    _require_small(network, rewrites)
    case = Case(
        network,
        baseline=frozen(data["baseline"]),
        inputs=frozen(data.get("inputs", [])),
        path=Path(frozen(data["path"])) if "path" in data else None,
        target=data["target"],
        rewrites=rewrites,
        facts=tuple(map(fact_of, data["facts"])),
    )
    if any(len(point) != network.in_features for point in (*case.points, case.baseline)):
        raise AxiomcheckError(f"its points do not have the {network.in_features} variables of its network")
    if case.target >= network.out_features:
        raise AxiomcheckError(f"there is no output {case.target}, the network has {network.out_features}")
    if not all(np.isfinite(other.outputs(np.array([*case.points, case.baseline]))).all() for other in case.networks):
        raise AxiomcheckError("its numbers are too large: an output is infinite")
    if case.networks[1:] != tuple(map(network_of, data["networks"][1:])):
        raise AxiomcheckError("its second network is not what its rewrites make of the first")
    if is_contradicted(case):
        raise AxiomcheckError("its network is not as it says of its variables")
    return case


def _require_small(network: Network, rewrites: Sequence[Rewrite]) -> None:
    """Raise ``AxiomcheckError`` for networks that a file of a few lines makes larger than any that is drawn."""
    for rewrite in (None, *rewrites):
        network = network if rewrite is None else rewrite.apply(network)
        if sum(1 for _ in every_layer(network.layers)) > DEEPEST:
            raise AxiomcheckError(f"a network of it has more than {DEEPEST} layers")
        if connections(network.layers, network.shape) > LARGEST:
            raise AxiomcheckError(f"a network of it has more than {LARGEST:,} connections")
