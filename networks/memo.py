"""Remembering: what a network has once said of a point, which is asked about again and again."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import TypeVar

from .exact import Number

Owner = TypeVar("Owner")
Said = TypeVar("Said")


def remembered(method: Callable[[Owner, Sequence[Number]], Said]) -> Callable[[Owner, Sequence[Number]], Said]:
    """Let a method of a value that never changes answer each point once."""
    name = f"{method.__name__} by point"

    @wraps(method)
    def answered(self: Owner, x: Sequence[Number]) -> Said:
        known: dict[tuple[Number, ...], Said] = self.__dict__.setdefault(name, {})
        point = tuple(x)
        if point not in known:
            known[point] = method(self, x)
        return known[point]

    return answered
