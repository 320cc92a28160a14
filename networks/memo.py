"""A memo of what a network says of each point, which axioms and shrinking ask for again and again."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import TypeVar

from .exact import Number

Owner = TypeVar("Owner")
Answer = TypeVar("Answer")


def memoized(method: Callable[[Owner, Sequence[Number]], Answer]) -> Callable[[Owner, Sequence[Number]], Answer]:
    """Let a method of a value that never changes answer each point once."""
    name = f"{method.__name__} by point"

    @wraps(method)
    def lookup(self: Owner, x: Sequence[Number]) -> Answer:
        known: dict[tuple[Number, ...], Answer] = self.__dict__.setdefault(name, {})
        point = tuple(x)
        if point not in known:
            known[point] = method(self, x)
        return known[point]

    return lookup
