"""Softmax."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NoReturn

from torch import Tensor

from ...protocol import Unsupported
from ..softmax_quadrature import mean_slopes
from .impassable import Impassable
from .operation import MeanSlopes


@dataclass(frozen=True, eq=False)
class Softmax(Impassable):
    """Probabilities, or their logarithms: no piecewise linear function."""

    name: str
    function: Callable[[Tensor], Tensor]

    def __call__(self, z: Tensor) -> Tensor:
        """Return the probabilities."""
        return self.function(z)

    @property
    def end_slopes(self) -> MeanSlopes:
        """The mean slopes along pieces, by quadrature that is exact to rounding."""
        return partial(mean_slopes, self.function)

    def obstacle(self, method: str, *, at_end: bool = False) -> str:
        """Return that it can be left out at the end, and elsewhere that it is not piecewise linear."""
        if at_end:
            return f"{method} starts from the logits, not behind a softmax: leave out {self.name}"
        return f"{method} cannot propagate through {self.name}, which is not piecewise linear"

    def signed_change(self, changes: Sequence[Any], at_reference: Sequence[Any]) -> NoReturn:
        """Raise: Shrikumar et al. 2017 do not speak of it."""
        raise Unsupported("the reveal-cancel rule knows no Softmax")
