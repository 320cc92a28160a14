"""Equal layers made smaller together, so that they stay one layer that is used again."""

from collections.abc import Iterator
from dataclasses import replace

from ..case import Case
from ..layers import Branch, Conv, Layer, Linear, Shape
from .edits import Edited, tried, with_layers
from .input_restriction import reading
from .origin import Origin, Places
from .output_restriction import giving


def smaller_together(case: Case) -> Iterator[Case]:
    """Yield the case without one unit of all its equal square layers, if these are the first that read the input."""
    layers, shape = case.network.layers, case.network.shape
    first = next((layer for layer in layers if isinstance(layer, (Linear, Conv))), None)
    if first is None or layers.count(first) < 2 or not _keeps_channels(layers[: _behind(layers, first)], shape):
        return
    for gone in reversed(range(shape[0] if shape[0] > 1 else 0)):
        kept = tuple(unit for unit in range(shape[0]) if unit != gone)
        before = Origin.same(shape).with_channels(kept, shape[0])
        for new, behind in tried(lambda before=before: _narrowed(layers, first, before)):  # type: ignore[misc]
            yield from with_layers(case, new, behind, before)


def _behind(layers: Branch, layer: Layer) -> int:
    """Return the place behind the last layer that equals ``layer``."""
    return len(layers) - layers[::-1].index(layer)


def _keeps_channels(layers: Branch, shape: Shape) -> bool:
    channels = shape[0]
    for layer in layers:
        shape = layer.shape_after(shape)
        if shape[0] != channels:
            return False
    return True


def _narrowed(layers: Branch, square: Layer, origin: Origin) -> Edited:
    stop = _behind(layers, square)
    kept = origin.channels
    new = tuple(_square(layer, kept) if layer == square else layer for layer in layers[:stop])
    whole = origin
    for layer in layers[:stop]:
        whole = Origin.same(layer.shape_after(whole.old)).with_channels(kept, whole.old[0])
    behind, end = reading(layers[stop:], whole)
    return (*new, *behind), end


def _square(layer: Layer, kept: Places) -> Layer:
    assert isinstance(layer, (Linear, Conv))
    (fewer,) = giving((layer,), kept)
    assert isinstance(fewer, (Linear, Conv))
    return replace(fewer, weight=tuple(tuple(row[i] for i in kept) for row in fewer.weight))
