"""What code is written of: layers in a style, on inputs of a shape."""

from typing import Protocol

from ..layers import Branch, Shape
from ..style import Style


class Model(Protocol):
    """What a writer of code reads of a network."""

    @property
    def layers(self) -> Branch:
        """The layers, one upon the other."""

    @property
    def leaves(self) -> Branch:
        """The layers, those inside blocks in their place, the blocks themselves not."""

    @property
    def shape(self) -> Shape:
        """The shape of one input."""

    @property
    def style(self) -> Style:
        """How they are written."""

    @property
    def is_plain(self) -> bool:
        """Whether they are a chain of Linear and ReLU that begins with a Linear."""
