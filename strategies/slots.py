"""What a slot of a wide network holds: one layer, or a few that belong together, from a stretch of bytes."""

from collections.abc import Iterator

from ..networks import Branch, Family, Shape
from ..networks.layers import Layer, catalogue
from .makers import MAKERS, Make
from .slot_reader import KIND, LAYOUT, MAX_UNITS, SLOT, SlotReader

__all__ = ["MAX_UNITS", "SLOT", "makers", "slot"]

SAMPLE = LAYOUT.index("which sample", 1, "proportion")
"""Of a kind of layer that says itself what is drawn of it."""


def slot(block: bytes, shape: Shape, family: Family, *, first: bool = False) -> Branch:
    """Return the layers that ``block`` stands for on inputs of ``shape``; none where they would not fit.

    The ``first`` slot of a network has shares of its own.
    """
    choices = list(makers(family, shape, first=first))
    index = KIND(block, len(choices) + 1)
    return choices[index - 1](SlotReader(block, family), shape) if index else ()


def makers(family: Family, shape: Shape, *, first: bool = False) -> Iterator[Make]:
    """Yield what may fill a slot on inputs of ``shape``, a kind of layer as often as it is likely."""
    for maker in MAKERS:
        if maker.is_for(family, shape):
            yield from [maker.make] * maker.shares[not first]
    for kind in catalogue.LAYERS:
        if kind.needs().name in family.items and kind.samples(shape):
            yield _sampler(kind)


def _sampler(kind: type[Layer]) -> Make:
    """Return what draws one of the samples of a kind that the family admits."""

    def make(read: SlotReader, shape: Shape) -> Branch:
        admitted = [layer for layer in kind.samples(shape) if read.family.admits(layer)]
        return (SAMPLE.of(read.block, admitted),) if admitted else ()

    return make
