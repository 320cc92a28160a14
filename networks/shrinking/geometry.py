"""Plainer geometry: smaller kernels, usual strides, no padding, no groups."""

from collections.abc import Iterator
from dataclasses import replace

from ..layers import AdaptiveAvgPool, BatchNorm, Branch, Conv, Convolution, Layer, Shape, frozen
from ..layers.pooling import Pool
from .channels import ungrouped
from .edits import Edited, exchanged, tried


def plainer_geometry(layers: Branch, shape: Shape) -> Iterator[Edited]:
    """Yield ``layers`` with one of them in a plainer geometry; a batch normalisation with plainer statistics."""
    for i, layer in enumerate(layers):
        for new in _plainer(layer):
            yield from tried(lambda i=i, new=new: exchanged(layers, shape, i, i + 1, (new,)))  # type: ignore[misc]


def _plainer(layer: Layer) -> Iterator[Layer]:
    if isinstance(layer, Convolution):
        yield from _of_convolution(layer)
    elif isinstance(layer, Pool):
        for axis, size in enumerate(layer.kernel):
            for smaller in smaller_along(layer, axis) if size > 1 else ():
                yield from (replace(smaller, stride=smaller.kernel), smaller)
        yield replace(layer, stride=layer.kernel)
        yield replace(layer, stride=(1,) * len(layer.kernel))
    elif isinstance(layer, BatchNorm):
        yield BatchNorm.of(layer.mean, (1.0,) * len(layer.mean), layer.weight, layer.bias)
    elif isinstance(layer, AdaptiveAvgPool):
        yield AdaptiveAvgPool((1,) * len(layer.size))


def _of_convolution(layer: Convolution) -> Iterator[Layer]:
    dimensions = len(layer.kernel)
    if max(layer.kernel) > 1:
        yield _of_one_place(layer)
    for axis, size in enumerate(layer.kernel):
        for place in range(size if size > 1 else 0):
            yield _cut(layer, axis, slice(place, place + 1))
        yield from smaller_along(layer, axis) if size > 1 else ()
    yield replace(layer, padding=(0,) * dimensions)
    yield replace(layer, stride=(1,) * dimensions)
    if isinstance(layer, Conv) and layer.groups > 1:
        yield ungrouped(layer)


def _of_one_place(layer: Convolution) -> Layer:
    """Return the layer without padding and with one place of its kernel: the one that padding puts on the input."""
    seen = tuple(min(p, k - 1) for p, k in zip(layer.padding, layer.kernel, strict=True))
    weight = layer.array[(slice(None), slice(None), *(slice(i, i + 1) for i in seen))]
    return replace(layer, weight=frozen(weight), padding=(0,) * len(seen))


def smaller_along(layer: Convolution | Pool, axis: int) -> Iterator["Convolution | Pool"]:
    """Yield the layer with a kernel smaller by one along an axis, at either end."""
    size = layer.kernel[axis]
    if isinstance(layer, Pool):
        yield replace(layer, kernel=(*layer.kernel[:axis], size - 1, *layer.kernel[axis + 1 :]))
    else:
        yield from (_cut(layer, axis, part) for part in (slice(0, size - 1), slice(1, size)))


def _cut(layer: Convolution, axis: int, part: slice) -> Convolution:
    places: list[slice] = [slice(None)] * (len(layer.kernel) + 2)
    places[axis + 2] = part
    return replace(layer, weight=frozen(layer.array[tuple(places)]))
