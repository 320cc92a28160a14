"""Self-attention of a few tokens."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, ClassVar

import numpy as np

from ..errors import AxiomcheckError
from ..steps import Affine, Multiply, Step
from ..steps import Softmax as Shares
from .flatten import Flatten
from .item import Item
from .layer import Branch, Layer, require_fit
from .linear import Linear, Matrix
from .origin import Origin, Places, Shape
from .values import Array

DEFINITION = """class Attention(nn.Module):
    def __init__(self, inputs, keys, values, outputs):
        super().__init__()
        self.query = nn.Linear(inputs, keys, bias=False)
        self.key = nn.Linear(inputs, keys, bias=False)
        self.value = nn.Linear(inputs, values, bias=False)
        self.out = nn.Linear(values, outputs, bias=False)
        self.scale = keys**-0.5

    def forward(self, x):
        scores = self.query(x) @ self.key(x).transpose(1, 2) * self.scale
        return self.out(torch.softmax(scores, -1) @ self.value(x))

"""


@dataclass(frozen=True)
class Attention(Layer):
    """``softmax(Q Kᵀ / √H) V outᵀ`` with ``Q = X queryᵀ`` and so on, for tokens X (T, D) (Vaswani et al. 2017).

    ``query`` and ``key`` are (H, D), ``value`` (E, D), ``out`` (O, E); what leaves is (T, O).
    """

    query: Matrix
    key: Matrix
    value: Matrix
    out: Matrix
    kind: ClassVar[str] = "attention"
    family_item: ClassVar[Item] = Item(
        "attention", "self-attention of up to three tokens", "attention", "there is attention", is_curved=True
    )
    is_homogeneous: ClassVar[bool] = False
    numeric: ClassVar[tuple[str, ...]] = ("query", "key", "value", "out")
    cost: ClassVar[int] = 6
    definition: ClassVar[str] = DEFINITION
    is_same_when_flat: ClassVar[bool] = False

    def __post_init__(self) -> None:
        query, key, value, out = (np.shape(part) for part in self.parts)
        if query != key or query[-1:] != value[-1:] or value[:1] != out[-1:] or len(query) != 2:
            sizes = f"query {query}, key {key}, value {value}, out {out}"
            raise AxiomcheckError(f"Expected matrices (H, D), (H, D), (E, D) and (O, E) but got {sizes}")

    @classmethod
    def ones(cls, size: int) -> "Attention":
        """Return the layer of tokens of ``size`` numbers with one key and one value, and weights of 1."""
        row, column = ((1.0,) * size,), ((1.0,),) * size
        return cls(row, row, row, column)

    @property
    def parts(self) -> tuple[Matrix, Matrix, Matrix, Matrix]:
        """The four matrices."""
        return self.query, self.key, self.value, self.out

    @property
    def sizes(self) -> tuple[int, int, int, int]:
        """D, H, E and O."""
        return len(self.query[0]), len(self.query), len(self.value), len(self.out)

    def shape_after(self, shape: Shape) -> Shape:
        """Return as many tokens of the size of the outputs."""
        size = self.sizes[0]
        fits = len(shape) == 2 and shape[1] == size
        require_fit(fits, self, shape, f"it reads tokens of {size} numbers")
        return (shape[0], len(self.out))

    def connections(self, shape: Shape) -> int:
        """Return the numbers in the matrices between its pairs of tokens."""
        tokens, (size, keys, values, outputs) = shape[0], self.sizes
        pairs, passed = tokens**2, tokens * values
        widths = tokens * size, 2 * pairs * keys + passed, pairs + passed, 2 * pairs * values, tokens * outputs
        return sum(one * other for one, other in pairwise(widths))

    def steps(self, shape: Shape) -> tuple[Step, ...]:
        """Return the pairs of queries and keys, their products, the scores and shares, and the same with values."""
        tokens, (_, keys, values, _) = shape[0], self.sizes
        query, key, value, out = (np.array(part).T for part in self.parts)
        own, every, passed = np.eye(tokens), np.ones((1, tokens)), np.eye(tokens * values)
        # Behind the factors, of each pair of tokens (i, j), stand the values; factors are copies, over j or over i.
        read = [np.kron(np.kron(own, every), query), np.kron(np.kron(every, own), key), np.kron(own, value)]
        scored = _beside(np.kron(np.eye(tokens**2), np.ones((keys, 1)) * keys**-0.5), passed)
        shares = (
            Shares(tokens, is_inner=True).embedded(tokens * i, tokens * (tokens - 1 - i + values))
            for i in range(tokens)
        )
        weighed = [np.kron(np.eye(tokens**2), np.ones((1, values))), np.kron(every, passed)]
        summed = np.kron(own, np.kron(np.ones((tokens, 1)), out))
        return (
            _affine(np.hstack(read)),
            Multiply(tokens**2 * keys, after=tokens * values),
            _affine(scored),
            *shares,
            _affine(_beside(*weighed)),
            Multiply(tokens**2 * values),
            _affine(summed),
        )

    def constructor(self, shape: Shape) -> str:
        """Return ``Attention(D, H, E, O)``."""
        return f"Attention({', '.join(map(str, self.sizes))})"

    @property
    def state(self) -> Mapping[str, Any]:
        """The weights of its four layers."""
        return {f"{name}.weight": part for name, part in zip(self.numeric, self.parts, strict=True)}

    def restrict_inputs(self, origin: Origin) -> tuple[Layer, Origin]:
        """Return it for fewer tokens, or for tokens of fewer numbers."""
        tokens, kept = origin.axes if len(origin.axes) == 2 else (0, 0)
        if not (isinstance(tokens, tuple) and isinstance(kept, tuple) and min(kept) >= 0):
            raise AxiomcheckError("attention reads tokens")
        query, key, value = (_columns(part, kept) for part in self.parts[:3])
        everything = tuple(range(len(self.out)))
        return Attention(query, key, value, self.out), Origin((origin.old[0], len(everything)), (tokens, everything))

    def restrict_outputs(self, kept: Places) -> Layer:
        """Raise: which tokens go is decided below."""
        raise AxiomcheckError(f"{self.kind} gives all of its units")

    def flatten(self, shape: Shape) -> Branch:
        """Raise: it reads tokens, and has no equal that does not."""
        raise AxiomcheckError("attention reads tokens")

    def plainer(self) -> Iterator[Layer]:
        """Yield it with one key, or one value, less."""
        if len(self.query) > 1:
            yield Attention(self.query[:-1], self.key[:-1], self.value, self.out)
        if len(self.value) > 1:
            yield Attention(self.query, self.key, self.value[:-1], tuple(row[:-1] for row in self.out))

    @classmethod
    def skeletons(cls) -> Iterator[tuple[Branch, Shape]]:
        """Yield the sum of what comes out for one or two tokens of one number."""
        for tokens in (1, 2):
            yield (cls.ones(1), Flatten(), Linear.ones(tokens, 1)), (tokens, 1)


def _affine(weight: Array) -> Affine:
    return Affine.of_floats(weight, np.zeros(weight.shape[1]))


def _beside(one: Array, other: Array) -> Array:
    """Return both on their own parts of a vector."""
    both = np.zeros((one.shape[0] + other.shape[0], one.shape[1] + other.shape[1]))
    both[: one.shape[0], : one.shape[1]], both[one.shape[0] :, one.shape[1] :] = one, other
    return both


def _columns(matrix: Matrix, kept: Places) -> Matrix:
    return tuple(tuple(row[column] for column in kept) for row in matrix)
