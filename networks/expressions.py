"""Expressions: which units of a network are the same function of the input, as far as its weights show it.

Each unit gets a number, that of the expression it computes; sums know no order, and equal terms are counted together.
So equal numbers mean equal functions. The converse does not hold: that two expressions differ says nothing.
"""

from collections import Counter
from collections.abc import Hashable, Sequence

from .network import Network
from .steps import Affine, Largest, Rectify, Step

Pair = tuple[int, ...]


class Expressions:
    """The expressions met so far, each with its number."""

    def __init__(self) -> None:
        self._numbers: dict[Hashable, int] = {}

    def outputs(self, network: Network, order: Sequence[int]) -> list[int]:
        """Return the numbers of the outputs (K,), where the k-th input is variable ``order[k]``."""
        values = [self._number(("variable", name)) for name in order]
        for step in network.steps:
            values = self._through(step, values)
        return values

    def _number(self, expression: Hashable) -> int:
        return self._numbers.setdefault(expression, len(self._numbers))

    def _through(self, step: Step, values: list[int]) -> list[int]:
        if isinstance(step, Affine):
            columns = zip(step.weight.T.tolist(), step.bias.tolist(), strict=True)
            return [self._sum(values, column, bias, step.scale) for column, bias in columns]
        if isinstance(step, Rectify):
            return [
                self._number(("relu", value)) if rectified else value
                for value, rectified in zip(values, step.mask.tolist(), strict=True)
            ]
        if isinstance(step, Largest):
            groups = [frozenset(values[unit] for unit in group) for group in step.groups]
            return [next(iter(group)) if len(group) == 1 else self._number(("max", group)) for group in groups]
        terms = tuple(sorted(values))
        return [self._number(("softmax", value, terms)) for value in values]

    def _sum(self, values: list[int], weights: list[int], bias: int, scale: int) -> int:
        terms: Counter[int] = Counter()
        for value, weight in zip(values, weights, strict=True):
            terms[value] += weight
        found = frozenset((value, weight) for value, weight in terms.items() if weight)
        if len(found) == 1 and not bias and next(iter(found))[1] == scale:
            return next(iter(found))[0]
        return self._number(("sum", found, bias, scale))


def is_symmetric(network: Network, target: int, pair: Pair) -> bool:
    """Return whether the output is seen to be the same function when two variables change places."""
    i, j = pair
    order = list(range(network.in_features))
    order[i], order[j] = j, i
    seen = Expressions()
    straight = seen.outputs(network, range(network.in_features))
    return straight[target] == seen.outputs(network, order)[target]


def is_irrelevant(network: Network, target: int, variables: Sequence[int]) -> bool:
    """Return whether the output is seen not to depend on some variables: it is the same with others in their place."""
    order = list(range(network.in_features))
    seen = Expressions()
    straight = seen.outputs(network, order)
    others = [-1 - name if name in variables else name for name in order]
    return straight[target] == seen.outputs(network, others)[target]
