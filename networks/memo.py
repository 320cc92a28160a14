"""Memo: what a network says of a point is computed once, for it is asked about the same points again and again."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import TypeVar

from .steps import Number

Owner = TypeVar("Owner")
Result = TypeVar("Result")


def memoize(method: Callable[[Owner, Sequence[Number]], Result]) -> Callable[[Owner, Sequence[Number]], Result]:
    """Let a method of a value that never changes compute the result of each point once."""
    name = f"{method.__name__} by point"

    @wraps(method)
    def call(self: Owner, x: Sequence[Number]) -> Result:
        results: dict[tuple[Number, ...], Result] = self.__dict__.setdefault(name, {})
        point = tuple(x)
        if point not in results:
            results[point] = method(self, x)
        return results[point]

    return call
