"""Networks, rewrites and facts as JSON knows them, there and back."""

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, asdict, fields
from typing import Any

from .derivations import Combined, OthersScaled, Scaled, Shifted
from .errors import AxiomcheckError, UnknownName
from .facts import Fact, Irrelevant, Monotone, OnKinks, Symmetric
from .layers import Branch, Layer, frozen, layer_kinds
from .network import Network
from .rewrites import REWRITES, Rewrite
from .style import PLAIN, Style

Data = dict[str, Any]

FACTS: dict[str, type[Fact]] = {
    fact.name: fact for fact in (Irrelevant, Symmetric, Monotone, OnKinks, Scaled, Combined, OthersScaled, Shifted)
}


def network_data(network: Network) -> Data:
    """Return the shape of its inputs, its style where that is not plain, and its layers.

    >>> from axiomcheck.networks import ReLU
    >>> network_data(Network((ReLU(),), shape=(1,)))
    {'shape': [1], 'style': {}, 'layers': [{'kind': 'relu'}]}
    """
    style = {name: value for name, value in asdict(network.style).items() if value != getattr(PLAIN, name)}
    return {"shape": list(network.shape), "style": style, "layers": [_layer_data(layer) for layer in network.layers]}


def network_of(data: Mapping[str, Any]) -> Network:
    """Return the network that ``network_data`` describes; ``AxiomcheckError`` if its layers do not fit each other."""
    return Network(_branch(data["layers"]), tuple(map(int, data["shape"])), Style(**data["style"]))


def named_data(of: Any) -> Data:
    """Return the name and the fields of a rewrite, a fact, or another dataclass that has a name."""
    return {"name": of.name} | _fields_data(of)


def named(what: str, data: Mapping[str, Any], kinds: Mapping[str, Any]) -> Any:
    """Return the instance of one of ``kinds`` that ``named_data`` describes; ``what`` says what they are."""
    return _instance(_look_up(what, data["name"], kinds), data)


def rewrite_of(data: Mapping[str, Any]) -> Rewrite:
    """Return the rewrite that ``named_data`` describes."""
    rewrite: Rewrite = named("rewrite", data, REWRITES)
    return rewrite


def fact_of(data: Mapping[str, Any]) -> Fact:
    """Return the fact that ``named_data`` describes."""
    fact: Fact = named("fact", data, FACTS)
    return fact


def _layer_data(layer: Layer) -> Data:
    """Return a layer's kind and fields; a block's branches are lists of layers."""
    if layer.branches:
        return {"kind": layer.kind, "branches": [[_layer_data(inner) for inner in branch] for branch in layer.branches]}
    return {"kind": layer.kind} | _fields_data(layer)


def _fields_data(of: Any) -> Data:
    return {field.name: _as_lists(getattr(of, field.name)) for field in fields(of)}


def _as_lists(value: Any) -> Any:
    return [_as_lists(inner) for inner in value] if isinstance(value, tuple) else value


def _branch(layers: Sequence[Mapping[str, Any]]) -> Branch:
    return tuple(map(_layer, layers))


def _layer(data: Mapping[str, Any]) -> Layer:
    kind = _look_up("kind of layer", data["kind"], layer_kinds())
    layer: Layer = _instance(kind, data)
    if layer.kind != data["kind"]:
        raise AxiomcheckError(f"a {data['kind']} has the sizes of a {layer.kind}")
    return layer


def _look_up(what: str, name: str, registry: Mapping[str, Any]) -> Any:
    if name not in registry:
        raise UnknownName(what, name, registry)
    return registry[name]


def _instance(kind: Any, data: Mapping[str, Any]) -> Any:
    """Return an instance; branches are layers, names texts, counts and sizes whole, all else are floats.

    What has a default may be left out, as files do that are older than a field.
    """
    wanted = {field.name: field.type for field in fields(kind)}
    optional = {field.name for field in fields(kind) if field.default is not MISSING}
    values = {name: value for name, value in data.items() if name not in ("kind", "name")}
    if wrong := sorted((wanted.keys() ^ values.keys()) - (optional - values.keys())):
        raise AxiomcheckError(f"a {data.get('kind') or data['name']} has {', '.join(wanted) or 'nothing'}, not {wrong}")
    return kind(**{name: _value(name, wanted[name], value) for name, value in values.items()})


def _value(name: str, kind: Any, value: Any) -> Any:
    if name == "branches":
        return tuple(map(_branch, value))
    if kind in (str, bool):
        return _of_type(name, kind, value)
    return _whole(value) if kind in (int, tuple[int, ...]) else frozen(value)


def _of_type(name: str, kind: type, value: Any) -> Any:
    if not isinstance(value, kind):
        raise AxiomcheckError(f"{name} is {value!r}, no {kind.__name__}")
    return value


def _whole(value: Any) -> Any:
    return tuple(map(int, value)) if isinstance(value, list) else int(value)
