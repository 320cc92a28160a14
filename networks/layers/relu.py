"""The ReLU."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING, ClassVar

from ..steps import Rectify, Step
from .activation import Activation
from .item import MLP, Item
from .layer import Branch
from .linear import Linear
from .origin import Shape

if TYPE_CHECKING:
    from ..style import Style

CALLS = {"functional": "F.relu({})", "clamp": "{}.clamp(min=0)"}


@dataclass(frozen=True)
class ReLU(Activation):
    """``a = max(z, 0)``."""

    kind: ClassVar[str] = "relu"
    family_item: ClassVar[Item] = MLP
    is_homogeneous: ClassVar[bool] = True
    style: ClassVar[str] = "relu"
    is_plain: ClassVar[bool] = True
    rectifies: ClassVar[bool] = True
    is_nonnegative: ClassVar[bool] = True

    def steps(self, shape: Shape) -> tuple[Step, ...]:
        """Return the ReLU of every unit."""
        return (Rectify.all(prod(shape)),)

    def constructor(self, shape: Shape) -> str:
        """Return ``nn.ReLU()``."""
        return "nn.ReLU()"

    def functional(self, style: "Style", name: str) -> str | None:
        """Return ``F.relu({})`` or ``{}.clamp(min=0)``."""
        return CALLS.get(style.relu)

    @classmethod
    def skeletons(cls) -> Iterator[tuple[Branch, Shape]]:
        """Yield ReLUs of the input itself, and a chain that ends in one."""
        one, relu = Linear.ones(1, 1), cls()
        yield from (((*layers,), (1,)) for layers in ((relu,), (relu, relu), (one, relu, one, relu)))
