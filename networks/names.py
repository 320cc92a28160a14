"""Names of layers, the same in modules and in code."""

from collections.abc import Iterable, Iterator

from .layers import Layer


def layer_names(leaves: Iterable[Layer]) -> Iterator[str]:
    """Yield ``linear1, relu1, linear2, …``: the kind, and how many of that kind there were."""
    counts: dict[str, int] = {}
    for layer in leaves:
        counts[layer.kind] = counts.get(layer.kind, 0) + 1
        yield f"{layer.kind}{counts[layer.kind]}"
