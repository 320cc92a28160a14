"""Self-attention in primitive steps, on flat vectors."""

from collections.abc import Iterator, Sequence

import numpy as np

from ..steps import Affine, Multiply, Step
from ..steps import Softmax as Shares
from .linear import Matrix
from .values import Array, Vector


def attention_steps(
    parts: Sequence[Matrix], tokens: int, *, heads: int, is_causal: bool, key_bias: Vector
) -> Iterator[Step]:
    """Yield the pairs of queries and keys, their products, the scores and shares, and the same with values.

    Of each head and each pair of tokens (i, j) of which i sees j, in the order of i, stand both factors, copies; behind
    them the values of all tokens. A token that is masked has no pair: its share is no number that is 0, it is none.
    """
    pairs = [(i, j) for i in range(tokens) for j in range(i + 1 if is_causal else tokens)]
    seeing, seen = (np.eye(tokens)[:, [pair[side] for pair in pairs]] for side in (0, 1))
    query, key, value, out = (np.array(part).T for part in parts)
    count, passed = len(pairs), tokens * value.shape[1]
    keys, values = query.shape[1] // heads, value.shape[1] // heads
    # Each head has columns of its own of query, key and value, and rows of out.
    asked = [np.kron(seeing, part) for part in np.split(query, heads, axis=1)]
    known = [np.kron(seen, part) for part in np.split(key, heads, axis=1)]
    shift = np.zeros(2 * heads * count * keys + passed)
    if key_bias:
        biases = np.split(np.array(key_bias), heads)
        shift[heads * count * keys : 2 * heads * count * keys] = np.concatenate([np.tile(b, count) for b in biases])
    yield Affine.of_floats(np.hstack([*asked, *known, np.kron(np.eye(tokens), value)]), shift)
    yield Multiply(heads * count * keys, after=passed)
    yield _affine(_diagonal([np.kron(np.eye(heads * count), np.ones((keys, 1)) * keys**-0.5), np.eye(passed)]))
    sizes = [sum(i == own for i, _ in pairs) for _ in range(heads) for own in range(tokens)]
    total = heads * count + passed
    for before, size in zip(np.cumsum([0, *sizes]), sizes, strict=False):
        yield Shares(size, is_inner=True).embedded(int(before), total - int(before) - size)
    own = np.split(np.eye(value.shape[1]), heads, axis=1)
    shares = np.kron(np.eye(heads * count), np.ones((1, values)))
    yield _affine(_diagonal([shares, np.hstack([np.kron(seen, part) for part in own])]))
    yield Multiply(heads * count * values)
    yield _affine(np.vstack([np.kron(seeing.T, part) for part in np.split(out, heads, axis=0)]))


def _affine(weight: Array) -> Affine:
    return Affine.of_floats(weight, np.zeros(weight.shape[1]))


def _diagonal(blocks: Sequence[Array]) -> Array:
    """Return matrices on their own parts of a vector."""
    both = np.zeros(np.sum([block.shape for block in blocks], axis=0))
    row = column = 0
    for block in blocks:
        both[row : row + block.shape[0], column : column + block.shape[1]] = block
        row, column = row + block.shape[0], column + block.shape[1]
    return both
