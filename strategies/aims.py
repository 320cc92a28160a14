"""Aims: blocks read so that a network has the layer that a rewrite is about.

Left to chance, most rewrites of one kind of layer would find none in most networks. A block that is aimed has some of
its bytes exchanged; the others mean what they mean in any block.
"""

from collections.abc import Callable, Mapping, Sequence

from ..networks import Family, Shape
from ..networks.layers import after
from .codec import SIZE, WIDE_POINTS, draw_perceptron, is_wide
from .convolutions import conv, convtranspose
from .draws import replace_bytes
from .layout import DEPTH, WIDTHS
from .makers import CEIL_MODE, POOL_KERNEL, POOL_PADDED, Make, adaptive, avgpool, maxpool, residual, shared
from .slot_reader import KIND
from .slots import makers, slot
from .wide import DEEP_HEAD, FORM, INPUT, SHARED, SLOT_SPANS, entering

Aim = Callable[[bytes, Family], bytes]
SLOT_PLACES = tuple(SIZE + span.place for span in SLOT_SPANS)
"""Where the slots begin in a block."""


def aimed(block: bytes, family: Family, rewrites: Sequence[str]) -> bytes:
    """Return ``block`` such that its network has what each of ``rewrites`` needs, the first of them for certain."""
    for aim in [AIMS[name] for name in reversed(rewrites) if name in AIMS] if is_wide(family) else ():
        block = aim(block, family)
    return block


def _at_perceptron(units: int) -> Aim:
    """Return the aim at a perceptron of two layers or more, the first of so many units or more."""

    def aim(block: bytes, _family: Family) -> bytes:
        deep = WIDTHS[1].at_least(DEPTH.at_least(block, 2), units)
        return _with_form(deep, "perceptron")

    return aim


def _at_deep_head(block: bytes, _family: Family) -> bytes:
    """Return the block such that two linear layers with a ReLU between them are the last."""
    return replace_bytes(DEPTH.at_least(block, 2), {SIZE + DEEP_HEAD.place: 255})


def _at_layer(*kinds: Make, number: int = 0, even: bool = False, alone: bool = False) -> Aim:
    """Return the aim at one of ``kinds`` in a slot, on more than vectors where it is for those alone.

    ``even``: with windows of two places that are all inputs; ``alone``: nothing stands in the slots behind.
    """
    start = SLOT_PLACES[number]

    def aim(block: bytes, family: Family) -> bytes:
        slots = replace_bytes(_with_form(block, "slots"), dict.fromkeys(SLOT_PLACES[number + 1 :] if alone else (), 0))
        for raised in (slots, replace_bytes(slots, {SIZE + INPUT.place: _spatial(slots)})):
            choices = list(makers(family, _before(raised, family, number), first=number == 0))
            if chosen := [index for index, make in enumerate(choices, start=1) if make in kinds]:
                kind = KIND.of(raised[start:], chosen)
                windows = {start + draw.place: 0 for draw in (POOL_KERNEL, POOL_PADDED, CEIL_MODE) if even}
                return replace_bytes(raised, {start: KIND.byte(kind, len(choices) + 1)} | windows)
        return block

    return aim


def _before(block: bytes, family: Family, number: int) -> Shape:
    """Return the shape of what enters a slot."""
    wide = block[SIZE:WIDE_POINTS]
    shape = entering(wide, family, draw_perceptron(block, family))
    for earlier, span in enumerate(SLOT_SPANS[:number]):
        shape = after(slot(span(wide), shape, family, first=earlier == 0), shape)
    return shape


def _unshared(aim: Aim) -> Aim:
    """Return the aim that has equal layers written as copies too."""
    return lambda block, family: replace_bytes(aim(block, family), {SIZE + SHARED.place: 0})


def _with_form(block: bytes, form: str) -> bytes:
    return replace_bytes(block, {SIZE + FORM.place: FORM.table.index(form)})


def _spatial(block: bytes) -> int:
    """Return a byte for signals, images or volumes."""
    first = INPUT.table.index("signal")
    return first + block[SIZE + INPUT.place] * (len(INPUT.table) - first) // len(INPUT.table)


AIMS: Mapping[str, Aim] = {
    "guarded-bias": _at_deep_head,
    "max-pair": _at_perceptron(2),
    "max-tree": _at_perceptron(3),
    "conv-as-dense": _at_layer(conv, convtranspose, alone=True),
    "tail-as-dense": _at_layer(conv, convtranspose, avgpool, adaptive, alone=True),
    "average-as-conv": _at_layer(avgpool, even=True),
    "max-pool-as-relu": _at_layer(maxpool),
    "residual-as-plain": _at_layer(residual),
    "style-residual-module": _at_layer(residual, number=1),
    "style-pool-functional": _at_layer(maxpool, avgpool, number=1),
    "style-shared": _unshared(_at_layer(shared, number=1)),
}
"""What each rewrite looks for; the others find it in most networks, or put it there."""
