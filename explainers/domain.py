"""Domain: which models an explainer is for. Networks outside are not drawn for it, and never held against it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from ..networks import Family, Shape, UnknownName
from ..networks.family import ITEMS

DIMENSIONS = {"vectors": 1, "sequences": 2, "images": 3, "volumes": 4}
"""The dimensions of one input, by what people call it: an image is (C, H, W)."""
HOWEVER_WRITTEN = ("mlp", "shared", "styles", "kinks", "baselinekinks")
"""Items that are no layers: how networks are written, and where their inputs lie."""


@dataclass(frozen=True)
class Domain:
    """What models take, one of ``DIMENSIONS``, and which layers they have, by items of families; empty for any.

    ``UnknownName`` for names of neither. Linear layers and ReLUs are in every domain.

    >>> Domain("images", ("conv", "maxpool"))
    Domain(inputs='images', layers=('conv', 'maxpool'))
    """

    inputs: str = ""
    layers: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.inputs and self.inputs not in DIMENSIONS:
            raise UnknownName("kind of inputs", self.inputs, DIMENSIONS)
        for layer in self.layers:
            if layer not in ITEMS:
                raise UnknownName("layer", layer, ITEMS)

    @cached_property
    def family(self) -> Family:
        """The widest family of these layers."""
        return Family(items=frozenset((*HOWEVER_WRITTEN, *(self.layers or ITEMS))))

    def misfit(self, shape: Shape, belongs_to: Callable[[Family], bool]) -> str:
        """Return why a case, with inputs of ``shape``, is not one for the explainer, or nothing.

        ``belongs_to`` says whether a family may draw it.
        """
        if self.inputs and len(shape) != DIMENSIONS[self.inputs]:
            return f"it is for {self.inputs} alone"
        if self.layers and not belongs_to(self.family):
            return f"it is for models of {', '.join(self.layers)} alone"
        return ""


ANY = Domain()
"""The domain of an explainer that says nothing of it."""
