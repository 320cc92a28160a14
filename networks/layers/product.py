"""Products of branches: gates."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from ..steps import Multiply, Step
from .aligned import Aligned
from .item import Item
from .layer import Branch
from .linear import Linear
from .origin import Shape

if TYPE_CHECKING:
    from ..style import Style


@dataclass(frozen=True)
class Product(Aligned):
    """The product of its branches, unit by unit, the first two first: ``silu(W x) * V x`` is SwiGLU (Shazeer 2020)."""

    kind: ClassVar[str] = "product"
    family_item: ClassVar[Item] = Item(
        "product", "products of branches", "products of branches", "there is a product of branches", is_curved=True
    )
    is_homogeneous: ClassVar[bool] = False
    cost: ClassVar[int] = 3
    joins: ClassVar[str] = "product of branches"

    def joint(self, sizes: Sequence[int]) -> tuple[Step, ...]:
        """Return one product after the other, from the left; the branches that are still to come stand behind."""
        size = sizes[0]
        return tuple(Multiply(size, after=size * left) for left in reversed(range(len(sizes) - 1)))

    def expression(self, values: Sequence[str], style: "Style") -> str:
        """Return ``a * b``."""
        return " * ".join(values)

    @classmethod
    def skeletons(cls) -> Iterator[tuple[Branch, Shape]]:
        """Yield a x · b x, a x · x of one variable, and the product of two and of three."""
        one = Linear.ones(1, 1)
        yield from (((cls(((one,), (one,))),), (1,)), ((cls(((one,), ())),), (1,)))
        for size in (2, 3):
            yield (cls(((Linear.ones(size, 1),),) * size),), (size,)
