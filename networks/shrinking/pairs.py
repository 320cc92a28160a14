"""Equal layers made smaller together, so that they stay one layer that is used again."""

from collections.abc import Iterator

from ..case import Case
from ..layers import Branch, Shape, Weighted, as_weighted
from ..layers.origin import Origin, Places
from ..layers.sequence import restrict_inputs
from .edits import Edited, attempt, with_layers


def smaller_together(case: Case) -> Iterator[Case]:
    """Yield the case without one unit of all its equal square layers, if these are the first that read the input."""
    layers, shape = case.network.layers, case.network.shape
    weighted = map(as_weighted, layers)
    first = next((layer for layer in weighted if layer is not None and not layer.is_transposed), None)
    if first is None or layers.count(first) < 2 or not _keeps_channels(layers[: _behind(layers, first)], shape):
        return
    for gone in reversed(range(shape[0] if shape[0] > 1 else 0)):
        kept = tuple(unit for unit in range(shape[0]) if unit != gone)
        before = Origin.same(shape).with_channels(kept, shape[0])
        for new, behind in attempt(lambda before=before: _narrow(layers, first, before)):  # type: ignore[misc]
            yield from with_layers(case, new, behind, before)


def _behind(layers: Branch, layer: Weighted) -> int:
    """Return the place behind the last layer that equals ``layer``."""
    return len(layers) - layers[::-1].index(layer)


def _keeps_channels(layers: Branch, shape: Shape) -> bool:
    channels = shape[0]
    for layer in layers:
        shape = layer.shape_after(shape)
        if shape[0] != channels:
            return False
    return True


def _narrow(layers: Branch, square: Weighted, origin: Origin) -> Edited:
    stop = _behind(layers, square)
    kept = origin.channels
    new = tuple(_square(square, kept) if layer == square else layer for layer in layers[:stop])
    whole = origin
    for layer in layers[:stop]:
        whole = Origin.same(layer.shape_after(whole.old)).with_channels(kept, whole.old[0])
    behind, end = restrict_inputs(layers[stop:], whole)
    return (*new, *behind), end


def _square(layer: Weighted, kept: Places) -> Weighted:
    """Return the layer with some units, which read those alone."""
    fewer = as_weighted(layer.restrict_outputs(kept))
    assert fewer is not None
    return fewer.with_weight(fewer.array[:, list(kept)])
