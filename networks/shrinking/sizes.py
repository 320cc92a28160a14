"""Smaller layers: fewer outputs, units and variables, smaller kernels."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from ..case import Case
from ..layers import Branch, Shape, after
from ..layers.origin import Origin, Places, without
from ..layers.sequence import restrict_inputs, restrict_outputs
from ..rewrites import LayerRewrite, Rewrite
from .edits import Edited, attempt, edit_network, with_layers
from .geometry import plainer_geometry
from .inputs import fewer_variables


def smaller(case: Case) -> Iterator[Case]:
    """Yield the case with smaller layers and inputs."""
    yield from _fewer_outputs(case)
    yield from fewer_variables(case)
    yield from _fewer_units(case)
    yield from edit_network(case, plainer_geometry)


def _fewer_outputs(case: Case) -> Iterator[Case]:
    """Yield the case with the target alone, without one output, or asked about another one."""
    layers, size = case.network.layers, case.network.out_features
    ways = [(case.target,), *(without(size, i) for i in reversed(range(size)))] if size > 1 else []
    for kept in ways:
        for fewer, origin in attempt(lambda kept=kept: (restrict_outputs(layers, kept), Origin((size,), (kept,)))):  # type: ignore[misc]
            for new in with_layers(case, fewer, origin, Origin.same(case.network.shape)):
                yield replace(new, rewrites=tuple(_without_outputs(rewrite, case, kept) for rewrite in case.rewrites))
    yield from (replace(case, target=target) for target in range(case.target))


def _without_outputs(rewrite: Rewrite, case: Case, kept: Places) -> Rewrite:
    number = LayerRewrite.count(case.network) - 1
    for output in reversed(range(case.network.out_features)):
        if output not in kept:
            rewrite = rewrite.without_unit(number, output)
    return rewrite


def widest(case: Case) -> int:
    """Return the most units that a layer with weights has."""
    return max((layer.units for layer in case.network.leaves), default=0)


def _fewer_units(case: Case) -> Iterator[Case]:
    for unit in reversed(range(widest(case))):
        yield from _without(case, unit)


def fewer_pairs(case: Case) -> Iterator[Case]:
    """Yield the case without two units of a layer: of two that cancel neither can go alone."""
    for first, second in combinations(reversed(range(widest(case))), 2):
        yield from _without(case, first, second)


def _without(case: Case, *units: int) -> Iterator[Case]:
    """Yield the case without ``units``, the last one first, of each layer that has more of them."""
    for new in edit_network(case, lambda layers, shape: _without_units(layers, shape, units)):
        yield new
        yield from _with_moved_sites(new, units)


def _with_moved_sites(case: Case, units: Places) -> Iterator[Case]:
    """Yield the case with sites moved, for each layer that may be the one that lost ``units``."""
    numbers = {r.layer + offset for r in case.rewrites if isinstance(r, LayerRewrite) for offset in r.sites.values()}
    for number in sorted(numbers):
        rewrites = case.rewrites
        for unit in units:
            rewrites = tuple(rewrite.without_unit(number, unit) for rewrite in rewrites)
        yield replace(case, rewrites=rewrites)


def _without_units(layers: Branch, shape: Shape, units: Places) -> Iterator[Edited]:
    for i, layer in enumerate(layers):
        if max(units) < layer.units > len(units):
            kept = tuple(unit for unit in range(layer.units) if unit not in units)
            yield from attempt(lambda i=i, kept=kept: keep_units(layers, shape, i, kept))  # type: ignore[misc]


def keep_units(layers: Branch, shape: Shape, position: int, kept: Places) -> Edited:
    """Return ``layers`` with the units ``kept`` of the layer at ``position``, in this order."""
    old = after(layers[: position + 1], shape)
    below = restrict_outputs(layers[: position + 1], kept)
    behind, origin = restrict_inputs(layers[position + 1 :], Origin.same(old).with_channels(kept, old[0]))
    return (*below, *behind), origin
