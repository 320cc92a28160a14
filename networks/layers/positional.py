"""Positional encoding: what tells one token from another by where it stands."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import prod
from typing import Any, ClassVar

import numpy as np

from ..errors import AxiomcheckError
from ..steps import Affine, Step
from .flatten import Flatten
from .item import Item
from .layer import Branch, Layer, require_fit
from .linear import Linear
from .origin import Origin, Places, Shape
from .values import Array, frozen

Encoding = tuple[tuple[float, ...], ...]
PLACES = (1.0, -0.5, 0.0, 2.0, 0.5, -1.0, 3.0)
"""What encodings that are drawn add, again and again."""


@dataclass(frozen=True)
class PositionalEncoding(Layer):
    """``a = z + encoding`` of tokens (T, D), whatever they are: learnt, as GPT-2 and BERT have it."""

    encoding: Encoding
    kind: ClassVar[str] = "positional"
    family_item: ClassVar[Item] = Item(
        "positional", "positional encodings", "positional encodings", "there is a positional encoding"
    )
    is_homogeneous: ClassVar[bool] = True
    numeric: ClassVar[tuple[str, ...]] = ("encoding",)
    cost: ClassVar[int] = 2
    definition: ClassVar[str] = """class PositionalEncoding(nn.Module):
    def __init__(self, tokens, size):
        super().__init__()
        self.encoding = nn.Parameter(torch.zeros(tokens, size))

    def forward(self, x):
        return x + self.encoding

"""

    def __post_init__(self) -> None:
        if not self.encoding or len({len(row) for row in self.encoding}) != 1 or not self.encoding[0]:
            raise AxiomcheckError(f"Expected rows of one length, one for each token, but got {self.encoding!r}")

    @property
    def _shape(self) -> Shape:
        return len(self.encoding), len(self.encoding[0])

    def shape_after(self, shape: Shape) -> Shape:
        """Return the same shape."""
        tokens, size = self._shape
        require_fit(shape == self._shape, self, shape, f"it reads {tokens} tokens of {size} numbers")
        return shape

    def steps(self, shape: Shape) -> tuple[Step, ...]:
        """Return the one sum."""
        return (Affine.of_floats(np.eye(prod(shape)), np.ravel(self.encoding)),)

    def constructor(self, shape: Shape) -> str:
        """Return ``PositionalEncoding(T, D)``."""
        return f"PositionalEncoding{self._shape}"

    @property
    def state(self) -> Mapping[str, Any]:
        """What is added."""
        return {"encoding": self.encoding}

    @property
    def biases(self) -> Sequence[float]:
        """The same, in a row."""
        return [number for row in self.encoding for number in row]

    def restrict_inputs(self, origin: Origin) -> tuple[Layer, Origin]:
        """Return it for the tokens and the numbers that are left, each with what it got; new ones get nothing."""
        if len(origin.shape) != 2:
            raise AxiomcheckError("a positional encoding reads tokens")
        return self._of(origin.flat, origin.shape), origin

    def restrict_outputs(self, kept: Places) -> Layer:
        """Return it for some of the tokens."""
        return replace(self, encoding=tuple(self.encoding[max(token, 0)] for token in kept))

    def _of(self, places: Places, shape: Shape) -> "PositionalEncoding":
        numbers = [0.0 if place < 0 else self.biases[place] for place in places]
        return replace(self, encoding=frozen(np.reshape(numbers, shape)))

    def flatten(self, shape: Shape) -> Branch:
        """Return it as a Linear."""
        return (Linear.of(Affine.of_floats(np.eye(prod(shape)), np.ravel(self.encoding))),)

    def shift(self, by: Array, shape: Shape) -> tuple[Layer, Array | None]:
        """Return it with the shift in what it adds."""
        return replace(self, encoding=frozen(np.array(self.encoding) + by.reshape(shape))), None

    @classmethod
    def samples(cls, shape: Shape) -> Sequence[Layer]:
        """Return one that differs from token to token, and one of a single number that is not 0; none but of tokens."""
        if len(shape) != 2:
            return ()
        numbers = (PLACES * prod(shape))[: prod(shape)], (1.0,) + (0.0,) * (prod(shape) - 1)
        return tuple(cls(frozen(np.reshape(each, shape))) for each in numbers)

    @classmethod
    def skeletons(cls) -> Iterator[tuple[Branch, Shape]]:
        """Yield what it makes of one number, and the sum of what it makes of two tokens."""
        yield (cls(((1.0,),)), Flatten()), (1, 1)
        yield (cls(((1.0,), (0.0,))), Flatten(), Linear.ones(2, 1)), (2, 1)
