"""What a case is composed of: kinds of layers, their options, styles and rewrites, as certificates count them."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from .case import Case
from .layers import catalogue
from .network import Network
from .style import OPTIONS, PLAIN
from .tree import every_layer

OUTSIDE = {"LayerNorm": "layernorm", "GELU": "gelu", "attention": "attention", "LSTM": "lstm"}
"""What people ship and few families have, or none, with the items that it needs."""


def outside(items: Iterable[str]) -> list[str]:
    """Return what people ship and a family of some ``items`` does not have: no verdict there speaks of it.

    >>> outside(["mlp", "gelu"])
    ['LayerNorm', 'attention', 'LSTM']
    """
    known = set(items)
    return [name for name, item in OUTSIDE.items() if item not in known]


@lru_cache(maxsize=256)
def composition(case: Case) -> frozenset[str]:
    """Return what the case's first network is made of, how it is written, and what rewrites it.

    >>> from . import Linear, ReLU
    >>> network = Network((Linear(((1.0,),), (0.0,)), ReLU()))
    >>> sorted(composition(Case(network, (0.0,), ((1.0,),))))
    ['linear', 'relu']
    """
    network, rewrites = case.network, (f"rewrite: {rewrite.name}" for rewrite in case.rewrites)
    return frozenset((*_layers(network), *_size(network), *_style(network), *rewrites))


def _layers(network: Network) -> Iterator[str]:
    for layer in every_layer(network.layers):
        yield layer.kind
        yield from (f"{layer.kind}: {option}" for option in layer.options)


def _size(network: Network) -> Iterator[str]:
    """Yield in what respect the network is larger than most."""
    units = max(layer.units for layer in network.leaves)
    large = {
        "6 layers or more": network.depth >= 6,
        "16 units or more": units >= 16,
        "more than 4 outputs": network.out_features > 4,
        "more than 16 variables": network.in_features > 16,
    }
    yield from (f"network: {name}" for name, is_so in large.items() if is_so)


def _style(network: Network) -> Iterator[str]:
    for name, usual in vars(PLAIN).items():
        if name in OPTIONS and (value := getattr(network.style, name)) != usual:
            yield f"style: {name}={value}"


def undrawn(evidence: Mapping[str, int], items: Iterable[str]) -> list[str]:
    """Return the kinds of layers of a family's ``items`` that were never drawn, a class for all its dimensions.

    >>> undrawn({"linear": 3, "relu": 2, "dropout": 1, "flatten": 1}, ["mlp", "maxpool"])
    ['MaxPool']
    """
    admitted = (layer for layer in catalogue.LAYERS if layer.needs().name in set(items))
    return [layer.__name__ for layer in admitted if not any(evidence.get(kind) for kind in layer.kinds())]
