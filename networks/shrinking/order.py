"""Neighbours that differ in an order: of variables, units, branches, points."""

from collections.abc import Iterator
from dataclasses import replace

from ..case import Case
from ..layers import Branch, Shape
from ..layers.origin import Origin, Places
from ..layers.sequence import restrict_inputs
from ..path import Path
from ..rewrites import LayerRewrite, Rewrite
from .edits import Edited, attempt, edit_network, substitute, with_layers
from .sizes import keep_units, widest


def reorder(case: Case) -> Iterator[Case]:
    """Exchange neighbouring variables, units and points, so that equal cases end in one order."""
    if case.path is not None:
        yield replace(case, path=Path(case.path.vertices[::-1]))
    yield from _variables(case)
    for unit in range(widest(case) - 1):
        for new in edit_network(case, lambda layers, shape, unit=unit: _units(layers, shape, unit)):  # type: ignore[misc]
            yield new
            yield from _with_swapped_sites(new, unit)
    yield from edit_network(case, _branches)
    yield from edit_network(case, _neighbours)


def _variables(case: Case) -> Iterator[Case]:
    layers, shape = case.network.layers, case.network.shape
    for axis, size in enumerate(shape):
        for i in range(size - 1):
            whole = Origin.same(shape)
            before = Origin(shape, (*whole.axes[:axis], _swap(size, i), *whole.axes[axis + 1 :]))
            for new, behind in attempt(lambda before=before: restrict_inputs(layers, before)):  # type: ignore[misc]
                for other in with_layers(case, new, behind, before):
                    yield other
                    yield from _with_swapped_sites(other, i)


def _units(layers: Branch, shape: Shape, unit: int) -> Iterator[Edited]:
    for i, layer in enumerate(layers):
        if unit + 1 < layer.units:
            order = _swap(layer.units, unit)
            yield from attempt(lambda i=i, order=order: keep_units(layers, shape, i, order))  # type: ignore[misc]


def _branches(layers: Branch, shape: Shape) -> Iterator[Edited]:
    for i, layer in enumerate(layers):
        if layer.adds:
            turned = layer.with_branches(layer.branches[::-1])
            yield from attempt(lambda i=i, t=turned: substitute(layers, shape, i, i + 1, (t,)))  # type: ignore[misc]


def _neighbours(layers: Branch, shape: Shape) -> Iterator[Edited]:
    """Yield the layers with two that follow one another exchanged."""
    for i in range(len(layers) - 1):
        turned = layers[i : i + 2][::-1]
        yield from attempt(lambda i=i, t=turned: substitute(layers, shape, i, i + 2, t))  # type: ignore[misc]


def _with_swapped_sites(case: Case, unit: int) -> Iterator[Case]:
    """Yield the case with its rewrites at the exchanged units, for each layer that may be the one."""
    placed = [rewrite for rewrite in case.rewrites if isinstance(rewrite, LayerRewrite)]
    for number in sorted({rewrite.layer + offset for rewrite in placed for offset in rewrite.sites.values()}):
        yield replace(case, rewrites=tuple(_swap_sites(rewrite, number, unit) for rewrite in case.rewrites))


def _swap_sites(rewrite: Rewrite, number: int, unit: int) -> Rewrite:
    if not isinstance(rewrite, LayerRewrite):
        return rewrite
    swap = {unit: unit + 1, unit + 1: unit}
    here = [field for field, offset in rewrite.sites.items() if rewrite.layer + offset == number]
    moved = {field: swap.get(getattr(rewrite, field), getattr(rewrite, field)) for field in here}
    return replace(rewrite, **moved)


def _swap(size: int, i: int) -> Places:
    return (*range(i), i + 1, i, *range(i + 2, size))
