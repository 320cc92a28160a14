"""Smaller layers: fewer outputs, units and variables, smaller images, kernels, strides and paddings."""

from collections.abc import Iterator
from dataclasses import replace

from ..case import Case
from ..layers import (
    AdaptiveAvgPool,
    BatchNorm,
    Branch,
    Conv,
    Convolution,
    Layer,
    Linear,
    Shape,
    after,
    frozen,
)
from ..layers.pooling import Pool
from ..rewrites import LayerRewrite, Rewrite
from .edits import Edited, edited, exchanged, tried, with_layers
from .groups import ungrouped
from .origin import Origin, Places
from .reading import reading
from .writing import giving


def smaller(case: Case) -> Iterator[Case]:
    """Yield the case with smaller layers and inputs."""
    yield from _fewer_outputs(case)
    yield from _fewer_variables(case)
    yield from _fewer_units(case)
    yield from edited(case, _plainer_geometry)


def _fewer_outputs(case: Case) -> Iterator[Case]:
    layers, size = case.network.layers, case.network.out_features
    yield from (replace(case, target=target) for target in range(case.target))
    ways = [(case.target,), *(without(range(size), i) for i in reversed(range(size)))] if size > 1 else []
    for kept in ways:
        for fewer, origin in tried(lambda kept=kept: (giving(layers, kept), Origin((size,), (kept,)))):  # type: ignore[misc]
            for new in with_layers(case, fewer, origin, Origin.same(case.network.shape)):
                rewrites = tuple(_without_outputs(rewrite, case, kept) for rewrite in case.rewrites)
                yield replace(new, rewrites=rewrites)


def _without_outputs(rewrite: Rewrite, case: Case, kept: Places) -> Rewrite:
    number = LayerRewrite.count(case.network) - 1
    for output in reversed(range(case.network.out_features)):
        if output not in kept:
            rewrite = rewrite.without_unit(number, output)
    return rewrite


def _fewer_variables(case: Case) -> Iterator[Case]:
    """Yield the case on a part of its input: without one channel, row or column, or on one of them alone."""
    layers, shape = case.network.layers, case.network.shape
    for before in _parts(shape):
        ways = (layers, *_with_smaller_kernel(layers, before))
        for new, behind in (
            done
            for way in ways
            for done in tried(lambda way=way, before=before: reading(way, before))  # type: ignore[misc]
        ):
            for smaller_case in with_layers(case, new, behind, before):
                yield smaller_case
                if case.rewrites and len(shape) == 1:
                    (gone,) = set(range(shape[0])) - set(before.flat)
                    moved = tuple(rewrite.without_unit(-1, gone) for rewrite in case.rewrites)
                    yield replace(smaller_case, rewrites=moved)


def _with_smaller_kernel(layers: Branch, before: Origin) -> Iterator[Branch]:
    """Yield ``layers`` with the first kernel smaller along the axis that lost places, so that as much comes out."""
    position = next((i for i, layer in enumerate(layers) if isinstance(layer, (Conv, Pool))), None)
    if position is None:
        return
    found = layers[position]
    assert isinstance(found, (Conv, Pool))
    for axis, (old, kept) in enumerate(zip(before.old[1:], before.axes[1:], strict=True)):
        if isinstance(kept, tuple) and len(kept) < old and axis < len(found.kernel) and found.kernel[axis] > 1:
            for smaller_layer in _smaller_along(found, axis):
                yield (*layers[:position], smaller_layer, *layers[position + 1 :])


def _smaller_along(layer: Conv | Pool, axis: int) -> Iterator[Layer]:
    if isinstance(layer, Conv):
        whole: list[slice] = [slice(None)] * (len(layer.kernel) + 2)
        for cut in (slice(0, layer.kernel[axis] - 1), slice(1, None)):
            whole[axis + 2] = cut
            yield replace(layer, weight=frozen(layer.array[tuple(whole)]))
    else:
        kernel = (*layer.kernel[:axis], layer.kernel[axis] - 1, *layer.kernel[axis + 1 :])
        yield replace(layer, kernel=kernel)


def _parts(shape: Shape) -> Iterator[Origin]:
    whole = Origin.same(shape)
    for axis in range(1, len(shape)) if len(shape) > 2 else ():
        for place in range(shape[axis]):
            yield Origin(shape, (*whole.axes[:axis], place, *whole.axes[axis + 1 :]))
    for axis, size in enumerate(shape):
        ends = (0, size - 1) if axis else reversed(range(size))
        for gone in ends if size > 1 else ():
            yield Origin(shape, (*whole.axes[:axis], without(range(size), gone), *whole.axes[axis + 1 :]))


def _fewer_units(case: Case) -> Iterator[Case]:
    most = max(
        (len(layer.bias) for layer in case.network.leaves if isinstance(layer, (Linear, Convolution))), default=0
    )
    for unit in reversed(range(most)):
        for new in edited(case, lambda layers, shape, unit=unit: _without_unit(layers, shape, unit)):  # type: ignore[misc]
            yield new
            yield from _with_moved_sites(new, unit)


def _with_moved_sites(case: Case, unit: int) -> Iterator[Case]:
    """Yield the case with sites moved, for each layer that may be the one that lost ``unit``."""
    numbers = {r.layer + offset for r in case.rewrites if isinstance(r, LayerRewrite) for offset in r.sites.values()}
    for number in sorted(numbers):
        yield replace(case, rewrites=tuple(rewrite.without_unit(number, unit) for rewrite in case.rewrites))


def _without_unit(layers: Branch, shape: Shape, unit: int) -> Iterator[Edited]:
    for i, layer in enumerate(layers):
        if isinstance(layer, (Linear, Convolution)) and unit < (size := len(layer.bias)) > 1:
            yield from tried(lambda i=i, n=size: ordered(layers, shape, i, without(range(n), unit)))  # type: ignore[misc]


def ordered(layers: Branch, shape: Shape, position: int, kept: Places) -> Edited:
    """Return ``layers`` with the units ``kept`` of the layer at ``position``, in this order."""
    old = after(layers[: position + 1], shape)
    below = giving(layers[: position + 1], kept)
    behind, origin = reading(layers[position + 1 :], Origin.same(old).with_channels(kept, old[0]))
    return (*below, *behind), origin


def _plainer_geometry(layers: Branch, shape: Shape) -> Iterator[Edited]:
    for i, layer in enumerate(layers):
        for new in _plainer(layer):
            yield from tried(lambda i=i, new=new: exchanged(layers, shape, i, i + 1, (new,)))  # type: ignore[misc]


def _plainer(layer: Layer) -> Iterator[Layer]:
    """Yield a layer with a smaller kernel, or a more usual geometry."""
    if isinstance(layer, Convolution):
        yield from _of_one_place(layer)
        yield from _smaller_kernels(layer)
        yield from (replace(layer, padding=(0,) * len(layer.padding)),) if any(layer.padding) else ()
        yield from (replace(layer, stride=(1,) * len(layer.stride)),) if max(layer.stride) > 1 else ()
        yield from (ungrouped(layer),) if isinstance(layer, Conv) and layer.groups > 1 else ()
    elif isinstance(layer, Pool):
        for axis, size in enumerate(layer.kernel):
            kernel = (*layer.kernel[:axis], size - 1, *layer.kernel[axis + 1 :])
            yield from (replace(layer, kernel=kernel, stride=kernel), replace(layer, kernel=kernel)) if size > 1 else ()
        yield from (replace(layer, stride=layer.kernel),) if layer.stride != layer.kernel else ()
    elif isinstance(layer, BatchNorm):
        yield BatchNorm.of(layer.mean, (1.0,) * len(layer.mean), layer.weight, layer.bias)
    elif isinstance(layer, AdaptiveAvgPool) and max(layer.size) > 1:
        yield AdaptiveAvgPool((1,) * len(layer.size))


def _of_one_place(layer: Convolution) -> Iterator[Layer]:
    """Yield the layer with the place of its kernel that sees the input where padding surrounds it, and no padding."""
    if max(layer.kernel) > 1:
        seen = tuple(min(p, k - 1) for p, k in zip(layer.padding, layer.kernel, strict=True))
        weight = layer.array[(slice(None), slice(None), *(slice(i, i + 1) for i in seen))]
        yield replace(layer, weight=frozen(weight), padding=(0,) * len(seen))


def _smaller_kernels(layer: Convolution) -> Iterator[Layer]:
    """Yield the layer with one place of its kernel, or without the first or the last along one axis."""
    for axis, size in enumerate(layer.kernel):
        whole: list[slice] = [slice(None)] * (len(layer.kernel) + 2)
        cuts = [slice(k, k + 1) for k in range(size)] + [slice(0, size - 1), slice(1, size)] if size > 1 else []
        for cut in cuts:
            whole[axis + 2] = cut
            yield replace(layer, weight=frozen(layer.array[tuple(whole)]))


def without(places: range, gone: int) -> Places:
    """Return all of ``places`` but one."""
    return tuple(place for place in places if place != gone)
