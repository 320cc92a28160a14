"""Roles: what else may be asked about a layer, with answers that are safe for a kind that says nothing of it."""

from collections.abc import Sequence
from typing import ClassVar

from .origin import Shape
from .values import Learnt


class Roles(Learnt):
    """What a layer is to those who draw, rewrite, shrink and write networks.

    A kind that does not say that rewrites reach through it, or that it commutes with a factor, is left alone by what
    would need that.
    """

    cost: ClassVar[int] = 1
    """How much it adds to the size of a network, beside its units and numbers."""
    style: ClassVar[str] = ""
    """The option of a network's style that says how it is written, if there is one."""
    definition: ClassVar[str] = ""
    """The Python of the class that its constructor builds, if it is none of PyTorch's."""
    is_plain: ClassVar[bool] = False
    """Whether multi-layer perceptrons are made of it."""
    is_last: ClassVar[bool] = False
    """Whether it may stand at the end of a network alone."""
    is_activation: ClassVar[bool] = False
    """Whether it is a function of each unit by itself."""
    rectifies: ClassVar[bool] = False
    """Whether it is the ReLU of all units."""
    is_nonnegative: ClassVar[bool] = False
    """Whether its outputs are at least 0."""
    keeps_signs: ClassVar[bool] = False
    """Whether its outputs are units, averages or maxima of one channel each, so that no sign is new among them."""
    is_smooth: ClassVar[bool] = False
    """Whether it is a smooth function of each unit, the same for all."""
    normalises: ClassVar[bool] = False
    """Whether it belongs to the layer with weights below it, so that an activation may follow behind it."""
    is_same_when_flat: ClassVar[bool] = True
    """Whether its ``flatten`` computes the same."""
    adds: ClassVar[bool] = False
    """Whether it is the sum of its branches, whose order makes no difference."""

    @property
    def biases(self) -> Sequence[float]:
        """What it adds, which families bound."""
        return ()

    @property
    def extent(self) -> int:
        """How far its geometry reaches, beyond its numbers: the smaller, the simpler."""
        return 0

    @property
    def surcharge(self) -> int:
        """What its unusual options add to its cost."""
        return 0

    @property
    def options(self) -> tuple[str, ...]:
        """What is unusual about it, in words: what a certificate counts beside its kind."""
        return ()

    @property
    def natural_shape(self) -> Shape:
        """The one shape of inputs that it reads; empty if it reads several."""
        return ()

    @property
    def window(self) -> Shape:
        """The size of the window that moves over its inputs, along each dimension; empty if there is none."""
        return ()

    @property
    def units(self) -> int:
        """How many units, or channels, with weights it has."""
        return 0

    @property
    def owns_outputs(self) -> bool:
        """Whether its outputs are its own, so that some of them may go while it reads all that it did."""
        return False

    @property
    def is_unitwise(self) -> bool:
        """Whether it treats all units alike, each by itself."""
        return False

    @property
    def is_channelwise(self) -> bool:
        """Whether it works on each channel by itself and commutes with positive factors."""
        return self.rectifies or self.keeps_signs

    @property
    def is_shareable(self) -> bool:
        """Whether equal ones may be one object that is used again."""
        return bool(self.numeric)
