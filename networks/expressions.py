"""Expressions: which units of a network are the same function of the input, as far as its weights show it.

Each unit gets a number, that of the expression it computes; sums know no order, and equal terms are counted together.
So equal numbers mean equal functions. The converse does not hold: that two expressions differ says nothing.
"""

from collections.abc import Hashable, Sequence

from .network import Network

Pair = tuple[int, ...]


class Expressions:
    """The expressions met so far, each with its number."""

    def __init__(self) -> None:
        self._numbers: dict[Hashable, int] = {}

    def outputs(self, network: Network, order: Sequence[int]) -> list[int]:
        """Return the numbers of the outputs (K,), where the k-th input is variable ``order[k]``."""
        values = [self._number(("variable", name)) for name in order]
        for step in network.steps:
            values = step.expressions(values, self._number)
        return values

    def _number(self, expression: Hashable) -> int:
        return self._numbers.setdefault(expression, len(self._numbers))


def is_symmetric(network: Network, target: int, pair: Pair) -> bool:
    """Return whether the weights show that the output stays the same when two variables change places."""
    i, j = pair
    order = list(range(network.in_features))
    order[i], order[j] = j, i
    expressions = Expressions()
    straight = expressions.outputs(network, range(network.in_features))
    return straight[target] == expressions.outputs(network, order)[target]


def is_irrelevant(network: Network, target: int, variables: Sequence[int]) -> bool:
    """Return whether the weights show that the output stays the same with others in place of some variables."""
    order = list(range(network.in_features))
    expressions = Expressions()
    straight = expressions.outputs(network, order)
    others = [-1 - name if name in variables else name for name in order]
    return straight[target] == expressions.outputs(network, others)[target]
