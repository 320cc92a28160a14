"""Wirings of variables that do not matter: they stand behind those of the model, and are proved to be irrelevant."""

from abc import abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from ...networks import Array, AxiomcheckError, DoesNotApply, Shape
from ...networks.facts import Fact, Irrelevant
from ..exchange import require_exchange
from .wiring import Sizes, Wiring

if TYPE_CHECKING:
    from torch import nn

LARGEST = 512
"""Variables, or channels, that one layer mixes at most: it has as many weights squared."""
MOST = 4096
"""Variables, or channels, that are wired in at most."""


def widened(data: Array, shape: Shape, extra: int) -> Array:
    """Return inputs (N, d) with ``extra`` more variables, or channels, which are as in other inputs.

    >>> widened(np.array([[1.0, 2.0], [3.0, 4.0]]), (2,), 1).tolist()
    [[1.0, 2.0, 3.0], [3.0, 4.0, 1.0]]
    """
    blocks = data.reshape(len(data), *shape)
    places = [(channel % shape[0], 1 + channel // shape[0]) for channel in range(extra)]
    others = [np.roll(blocks, -rolled, 0)[:, [channel]] for channel, rolled in places]
    return np.concatenate([blocks, *others], 1).reshape(len(data), -1)


@dataclass(frozen=True)
class Extra(Wiring):
    """More variables, or channels, behind those of the model, on which the outputs do not depend."""

    @abstractmethod
    def more(self, shape: Shape) -> int:
        """Return how many variables, or channels, there are more."""

    def fact(self, shape: Shape) -> Fact:
        """Return that those variables are irrelevant."""
        return Irrelevant(tuple(range(prod(shape), prod(self.shape(shape)))))

    def shape(self, shape: Shape) -> Shape:
        """Return the shape with them."""
        return (shape[0] + self.more(shape), *shape[1:])

    def points(self, data: Array, shape: Shape) -> Iterator[Array]:
        """Yield the data with other data in them, and with quite other numbers."""
        known = data.shape[1]
        wide = widened(data, shape, self.more(shape))
        yield wide
        yield np.concatenate([wide[:, :known], 1 - 2 * wide[:, known:]], 1)

    def require(self, sizes: Sizes) -> None:
        """Raise unless there are some, and not too many."""
        if not 0 < (more := self.more(sizes.shape)) <= MOST:
            raise AxiomcheckError(f"Expected {self.name} of 1 to {MOST} variables but got {more}")


@dataclass(frozen=True)
class Counted(Extra):
    """So many more variables, or channels."""

    count: int

    def more(self, shape: Shape) -> int:  # noqa: ARG002
        """Return the count."""
        return self.count

    def simpler(self) -> Iterator[Wiring]:
        """Yield one variable that nothing reads, then one of the same kind."""
        yield from (wiring for wiring in (Unread(1), type(self)(1)) if wiring != self)


@dataclass(frozen=True)
class Unread(Counted):
    """g(x, e) = f(x), and nothing reads e."""

    name: ClassVar[str] = "unread"
    proof: ClassVar[str] = "The model gets the first variables alone: g(x, e) = f(x)."

    def module(self, model: "nn.Module", sizes: Sizes) -> "nn.Module":
        """Return the model behind what takes its variables out."""
        from .modules import FirstOnly

        return FirstOnly(model, sizes.shape[0])


@dataclass(frozen=True)
class ZeroWeights(Counted):
    """g(x, e) = f(I x + 0 e), by one more layer."""

    name: ClassVar[str] = "zero-weights"
    proof: ClassVar[str] = "The first layer is (I, 0), and 1 x + 0 e = x without a rounding error: g(x, e) = f(x)."

    def module(self, model: "nn.Module", sizes: Sizes) -> "nn.Module":
        """Return the layer, and the model behind it."""
        from .modules import behind_zero_weights

        return behind_zero_weights(model, sizes.shape, _mixed(self, sizes.shape))


@dataclass(frozen=True)
class CancelledPair(Counted):
    """g(x, e) = f(x + v a - v a) with a = relu(Σ e), by two layers more."""

    name: ClassVar[str] = "cancelled-pair"
    proof: ClassVar[str] = (
        "Two units are both a = relu(Σ e), and the layer (I, v, -v) adds v a and takes it away: "
        "g(x, e) = f(x + v a - v a) = f(x)."
    )

    def module(self, model: "nn.Module", sizes: Sizes) -> "nn.Module":
        """Return the units, the layer, and the model behind them."""
        from .modules import CancelledUnits

        return CancelledUnits(model, sizes.shape, _mixed(self, sizes.shape))


@dataclass(frozen=True)
class TakenAway(Extra):
    """g(x, e) = f(x) + f(e) - f'(e), where f' is f with an exchange, the model again if that has no name."""

    exchange: str
    place: str
    amount: int
    name: ClassVar[str] = "taken-away"
    is_guessed: ClassVar[bool] = True
    proof: ClassVar[str] = "A twin f' of the model computes what that does: g(x, e) = f(x) + f(e) - f'(e) = f(x)."

    def more(self, shape: Shape) -> int:
        """Return as many as the model has."""
        return shape[0]

    def module(self, model: "nn.Module", sizes: Sizes) -> "nn.Module":
        """Return the model three times, the last one rewritten."""
        from .modules import AddedAndTaken

        return AddedAndTaken(model, sizes.shape[0], self.exchange, self.place, self.amount)

    def require(self, sizes: Sizes) -> None:
        """Raise unless the exchange is known."""
        super().require(sizes)
        if self.exchange:
            require_exchange(self.exchange)

    def simpler(self) -> Iterator[Wiring]:
        """Yield what has fewer variables, then no exchange."""
        yield Unread(1)
        yield CancelledPair(1)
        if self.exchange:
            yield TakenAway("", "", 0)


def _mixed(wiring: Counted, shape: Shape) -> int:
    """Return how many variables are wired in; ``DoesNotApply`` where one layer cannot mix them with the model's."""
    if shape[0] + wiring.count > LARGEST or len(shape) > 4:
        raise DoesNotApply(f"{wiring.name} would need a layer of more than {LARGEST}² weights")
    return wiring.count
