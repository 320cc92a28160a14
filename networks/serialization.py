"""Networks, rewrites and facts as JSON knows them, there and back."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

from .derivations import Combined, Scaled, Shifted
from .errors import AxiomcheckError, UnknownName
from .facts import Fact, Irrelevant, OnKinks, Rising, Symmetric
from .layers import (
    AdaptiveAvgPool,
    AvgPool,
    BatchNorm,
    Block,
    Branch,
    Concat,
    Conv,
    ConvTranspose,
    Dropout,
    Flatten,
    Hardtanh,
    Layer,
    LeakyReLU,
    Linear,
    MaxPool,
    PReLU,
    ReLU,
    ReLU6,
    Residual,
    Softmax,
    frozen,
)
from .network import Network
from .rewrites import REWRITES, Rewrite
from .style import PLAIN, Style

Data = dict[str, Any]

_OF_ONE_KIND: tuple[type[Layer], ...] = (
    *(Linear, ReLU, LeakyReLU, PReLU, Hardtanh, ReLU6, Softmax),
    *(Flatten, BatchNorm, Dropout, Residual, Concat),
)
_OF_DIMENSIONS: dict[str, type[Layer]] = {
    "conv": Conv,
    "convtranspose": ConvTranspose,
    "maxpool": MaxPool,
    "avgpool": AvgPool,
    "adaptiveavgpool": AdaptiveAvgPool,
}
KINDS: dict[str, type[Layer]] = {layer.kind: layer for layer in _OF_ONE_KIND} | {
    f"{name}{dimensions}d": layer for name, layer in _OF_DIMENSIONS.items() for dimensions in (1, 2)
}
"""The layers, by what their data calls them."""
FACTS: dict[str, type[Fact]] = {
    fact.name: fact for fact in (Irrelevant, Symmetric, Rising, OnKinks, Scaled, Combined, Shifted)
}


def network_data(network: Network) -> Data:
    """Return the shape of its inputs, its style where that is not plain, and its layers.

    >>> network_data(Network((ReLU(),), shape=(1,)))
    {'shape': [1], 'style': {}, 'layers': [{'kind': 'relu'}]}
    """
    style = {name: value for name, value in asdict(network.style).items() if value != getattr(PLAIN, name)}
    return {"shape": list(network.shape), "style": style, "layers": [_layer_data(layer) for layer in network.layers]}


def network_of(data: Mapping[str, Any]) -> Network:
    """Return the network that ``network_data`` told; ``AxiomcheckError`` if its layers do not fit each other."""
    return Network(_branch(data["layers"]), tuple(map(int, data["shape"])), Style(**data["style"]))


def named_data(of: Rewrite | Fact) -> Data:
    """Return the name and the fields of a rewrite or a fact."""
    return {"name": of.name} | _fields_data(of)


def rewrite_of(data: Mapping[str, Any]) -> Rewrite:
    """Return the rewrite that ``named_data`` told."""
    rewrite: Rewrite = _made(_known("rewrite", data["name"], REWRITES), data)
    return rewrite


def fact_of(data: Mapping[str, Any]) -> Fact:
    """Return the fact that ``named_data`` told."""
    fact: Fact = _made(_known("fact", data["name"], FACTS), data)
    return fact


def _layer_data(layer: Layer) -> Data:
    """Return a layer's kind and fields; a block's branches are lists of layers."""
    if isinstance(layer, Block):
        return {"kind": layer.kind, "branches": [[_layer_data(inner) for inner in branch] for branch in layer.branches]}
    return {"kind": layer.kind} | _fields_data(layer)


def _fields_data(of: Any) -> Data:
    return {field.name: _listed(getattr(of, field.name)) for field in fields(of)}


def _listed(value: Any) -> Any:
    return [_listed(inner) for inner in value] if isinstance(value, tuple) else value


def _branch(layers: Sequence[Mapping[str, Any]]) -> Branch:
    return tuple(map(_layer, layers))


def _layer(data: Mapping[str, Any]) -> Layer:
    kind = _known("kind of layer", data["kind"], KINDS)
    layer: Layer = kind(tuple(map(_branch, data["branches"]))) if issubclass(kind, Block) else _made(kind, data)
    if layer.kind != data["kind"]:
        raise AxiomcheckError(f"a {data['kind']} has the sizes of a {layer.kind}")
    return layer


def _known(what: str, name: str, registry: Mapping[str, Any]) -> Any:
    if name not in registry:
        raise UnknownName(what, name, registry)
    return registry[name]


def _made(kind: Any, data: Mapping[str, Any]) -> Any:
    """Return an instance; counts and sizes are whole, all else are floats."""
    wanted = {field.name: field.type for field in fields(kind)}
    given = {name: value for name, value in data.items() if name not in ("kind", "name")}
    if wrong := sorted(wanted.keys() ^ given.keys()):
        raise AxiomcheckError(f"a {data.get('kind') or data['name']} has {', '.join(wanted) or 'nothing'}, not {wrong}")
    whole = (int, tuple[int, ...])
    return kind(**{name: _whole(v) if wanted[name] in whole else frozen(v) for name, v in given.items()})


def _whole(value: Any) -> Any:
    return tuple(map(int, value)) if isinstance(value, list) else int(value)
