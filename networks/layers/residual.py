"""Residual sums."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from ..steps import Affine, Step
from .aligned import Aligned
from .item import RESIDUAL, Item
from .layer import Branch
from .linear import Linear
from .origin import Shape
from .relu import ReLU

if TYPE_CHECKING:
    from ..style import Style


@dataclass(frozen=True)
class Residual(Aligned):
    """The sum of its branches: ``body(x) + x`` with ``branches=(body, ())``."""

    kind: ClassVar[str] = "residual"
    family_item: ClassVar[Item] = RESIDUAL
    style: ClassVar[str] = "residual"
    adds: ClassVar[bool] = True
    joins: ClassVar[str] = "residual sum"

    def joint(self, sizes: Sequence[int]) -> tuple[Step, ...]:
        """Return the sum."""
        size = sizes[0]
        return (Affine(np.vstack([np.eye(size, dtype=np.int64)] * len(sizes)), np.zeros(size, dtype=np.int64)),)

    def expression(self, values: Sequence[str], style: "Style") -> str:
        """Return ``a + b``, or calls of a module that adds."""
        if style.residual == "operator":
            return " + ".join(values)
        return reduce(lambda total, value: f"self.add({total}, {value})", values)

    @classmethod
    def skeletons(cls) -> Iterator[tuple[Branch, Shape]]:
        """Yield x + a x, and x + relu(a x)."""
        one = Linear.ones(1, 1)
        yield from (((cls(((one, *last), ())),), (1,)) for last in ((), (ReLU(),)))
