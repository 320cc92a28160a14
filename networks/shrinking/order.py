"""Neighbours that differ in an order: of variables, units, branches, points."""

from collections.abc import Iterator
from dataclasses import replace

from ..case import Case
from ..layers import Branch, Convolution, Linear, Residual, Shape
from ..path import Path
from ..rewrites import LayerRewrite, Rewrite
from .edits import Edited, edited, exchanged, tried, with_layers
from .input_restriction import reading
from .origin import Origin, Places
from .sizes import ordered, widest


def reordered(case: Case) -> Iterator[Case]:
    """Exchange neighbouring variables, units and points, so that equal cases end in one order."""
    if case.path is not None:
        yield replace(case, path=Path(case.path.vertices[::-1]))
    yield from _variables(case)
    for unit in range(widest(case) - 1):
        for new in edited(case, lambda layers, shape, unit=unit: _units(layers, shape, unit)):  # type: ignore[misc]
            yield new
            yield from _with_exchanged_sites(new, unit)
    yield from edited(case, _branches)
    yield from edited(case, _neighbours)


def _variables(case: Case) -> Iterator[Case]:
    layers, shape = case.network.layers, case.network.shape
    for axis, size in enumerate(shape):
        for i in range(size - 1):
            whole = Origin.same(shape)
            before = Origin(shape, (*whole.axes[:axis], _exchanged(size, i), *whole.axes[axis + 1 :]))
            for new, behind in tried(lambda before=before: reading(layers, before)):  # type: ignore[misc]
                for other in with_layers(case, new, behind, before):
                    yield other
                    yield from _with_exchanged_sites(other, i)


def _units(layers: Branch, shape: Shape, unit: int) -> Iterator[Edited]:
    for i, layer in enumerate(layers):
        if isinstance(layer, (Linear, Convolution)) and unit + 1 < (size := len(layer.bias)):
            yield from tried(lambda i=i, n=size: ordered(layers, shape, i, _exchanged(n, unit)))  # type: ignore[misc]


def _branches(layers: Branch, shape: Shape) -> Iterator[Edited]:
    for i, layer in enumerate(layers):
        if isinstance(layer, Residual):
            turned = replace(layer, branches=layer.branches[::-1])
            yield from tried(lambda i=i, t=turned: exchanged(layers, shape, i, i + 1, (t,)))  # type: ignore[misc]


def _neighbours(layers: Branch, shape: Shape) -> Iterator[Edited]:
    """Yield the layers with two that follow one another exchanged."""
    for i in range(len(layers) - 1):
        turned = layers[i : i + 2][::-1]
        yield from tried(lambda i=i, t=turned: exchanged(layers, shape, i, i + 2, t))  # type: ignore[misc]


def _with_exchanged_sites(case: Case, unit: int) -> Iterator[Case]:
    """Yield the case with its rewrites at the exchanged units, for each layer that may be the one."""
    found = [rewrite for rewrite in case.rewrites if isinstance(rewrite, LayerRewrite)]
    for number in sorted({rewrite.layer + offset for rewrite in found for offset in rewrite.sites.values()}):
        yield replace(case, rewrites=tuple(_at_exchanged(rewrite, number, unit) for rewrite in case.rewrites))


def _at_exchanged(rewrite: Rewrite, number: int, unit: int) -> Rewrite:
    if not isinstance(rewrite, LayerRewrite):
        return rewrite
    swap = {unit: unit + 1, unit + 1: unit}
    here = [field for field, offset in rewrite.sites.items() if rewrite.layer + offset == number]
    moved = {field: swap.get(getattr(rewrite, field), getattr(rewrite, field)) for field in here}
    return replace(rewrite, **moved)


def _exchanged(size: int, i: int) -> Places:
    return (*range(i), i + 1, i, *range(i + 2, size))
