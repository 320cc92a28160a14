"""Names of layers, the same in modules and in code."""

from collections.abc import Iterable, Iterator

from .layers import Layer


def layer_names(leaves: Iterable[Layer]) -> Iterator[str]:
    """Yield ``linear1, relu1, linear2, …``: the kind, and how many of that kind there were."""
    seen: dict[str, int] = {}
    for layer in leaves:
        seen[layer.kind] = seen.get(layer.kind, 0) + 1
        yield f"{layer.kind}{seen[layer.kind]}"
