"""Edits: a change somewhere among the layers, what follows adapted to it, and the case that comes of it."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from ..case import Case
from ..errors import AxiomcheckError
from ..layers import Branch, Flatten, Shape, after, as_block
from ..layers.origin import Origin
from ..layers.sequence import restrict_inputs
from ..network import Network
from ..rewrites import LayerRewrite, Rewrite
from ..tree import count_weighted
from .points import with_points

Edited = tuple[Branch, Origin]
Edit = Callable[[Branch, Shape], Iterator[Edited]]


def substitute(layers: Branch, shape: Shape, start: int, stop: int, new: Branch) -> Edited:
    """Return ``layers`` with ``new`` ones in place of those from ``start`` to ``stop``."""
    before, passed = layers[:start], after(layers[:start], shape)
    origin = Origin.overlap(after(layers[start:stop], passed), after(new, passed))
    behind, origin = restrict_inputs(layers[stop:], origin)
    return (*before, *new, *behind), origin


def everywhere(layers: Branch, shape: Shape, edit: Edit) -> Iterator[Edited]:
    """Yield every edit of ``layers``, and of those inside its blocks."""
    yield from _fitting(edit(layers, shape))
    for position, layer in enumerate(layers):
        before = after(layers[:position], shape) if layer.branches else ()
        for index, branch in enumerate(layer.branches):
            for inner in everywhere(branch, before, edit):
                yield from _fitting(_around(layers, shape, position, index, inner))


def _around(layers: Branch, shape: Shape, position: int, index: int, inner: Edited) -> Iterator[Edited]:
    block, before = as_block(layers[position]), after(layers[:position], shape)
    assert block is not None
    branches = [(branch, Origin.same(after(branch, before))) for branch in block.branches]
    new, origin = block.join([*branches[:index], inner, *branches[index + 1 :]])
    behind, origin = restrict_inputs(layers[position + 1 :], origin)
    yield (*layers[:position], new, *behind), origin


def _fitting(edits: Iterator[Edited]) -> Iterator[Edited]:
    """Yield edits up to one that fits nowhere; an edit that may not fit is best yielded by an iterator of its own."""
    try:
        yield from edits
    except AxiomcheckError:
        return


def attempt(make: Callable[[], Edited]) -> Iterator[Edited]:
    """Yield what ``make`` returns, or nothing if it does not fit."""
    try:
        yield make()
    except AxiomcheckError:
        return


def edit_network(case: Case, edit: Edit) -> Iterator[Case]:
    """Yield ``case`` with every edit of its network."""
    for layers, origin in everywhere(case.network.layers, case.network.shape, edit):
        if layers:
            yield from with_layers(case, layers, origin, Origin.same(case.network.shape))


def with_layers(case: Case, layers: Branch, behind: Origin, before: Origin) -> Iterator[Case]:
    """Yield ``case`` with other ``layers``: ``before`` is where its variables come from, ``behind`` its outputs.

    With rewrites, once with their sites as they are and once moved down by as many layers as are gone.
    """
    if len(behind.shape) > 1:
        layers, behind = (*layers, Flatten()), behind.flattened
    try:
        network = Network(layers, before.shape, case.network.style)
    except AxiomcheckError:
        return
    places, outputs = before.flat, behind.flat
    new = replace(
        case,
        network=network,
        target=outputs.index(case.target) if case.target in outputs else 0,
        facts=tuple(filter(None, (fact.within(places, outputs) for fact in case.facts))),
    )
    new = with_points(new, lambda x: tuple(x[i] if i >= 0 else 0.0 for i in places))
    yield new
    gone = count_weighted(case.network.layers) - count_weighted(layers)
    if case.rewrites and gone > 0:
        yield replace(new, rewrites=tuple(_move_down(rewrite, gone) for rewrite in case.rewrites))


def _move_down(rewrite: Rewrite, gone: int) -> Rewrite:
    """Return the rewrite for a network that lost ``gone`` layers with weights below its site."""
    return replace(rewrite, layer=max(rewrite.layer - gone, 0)) if isinstance(rewrite, LayerRewrite) else rewrite
