"""Small dyadic rationals: how they are ordered by simplicity, shortened and written."""

from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache

HALVING_COST = 64


@lru_cache(maxsize=65536)
def rank(value: float) -> int:
    """Return how complicated ``value`` is: 0, 1, -1, 2, -2, … come first, fractions after integers.

    >>> sorted([0.5, -1.0, 3.0, 0.0, 1.0], key=rank)
    [0.0, 1.0, -1.0, 3.0, 0.5]
    """
    numerator, denominator = abs(value).as_integer_ratio()
    if numerator == 0:
        return 0
    return HALVING_COST * (denominator.bit_length() - 1) + 2 * numerator - (value > 0)


def order(value: float) -> tuple[bool, int]:
    """Return the key by which one number stands before another at the same place: what is not 0 comes first.

    >>> sorted([0.0, -1.0, 2.0, 1.0], key=order)
    [1.0, -1.0, 2.0, 0.0]
    """
    return value == 0, rank(value)


@lru_cache(maxsize=65536)
def simpler(value: float) -> tuple[float, ...]:
    """Return a few values simpler than ``value``, simplest first.

    >>> simpler(2.5)
    (0.0, 1.0, -1.0, 2.0, -2.0, 3.0, -3.0, 0.5)
    """
    shorter: dict[int, float] = {}
    for near in _nearby(value):
        shorter.setdefault(rank(near), near)
    return tuple(near for place, near in sorted(shorter.items()) if place < rank(value))


def _nearby(value: float) -> Iterator[float]:
    yield from (0.0, 1.0, -1.0, 2.0, -2.0)
    _, denominator = value.as_integer_ratio()
    for bits in range(min(denominator.bit_length() - 1, 8)):
        below = float((value * 2**bits) // 1) / 2**bits
        yield from (below, below + 0.5**bits, -below, -below - 0.5**bits)
    whole = float(int(value))
    yield from (-value, whole - 1.0, whole + 1.0, float(int(value / 2)), value - whole)


def decimal(value: Fraction | float) -> str:
    """Return ``value`` as people write it: ``3``, ``-0.5``, and a fraction where decimals end nowhere.

    >>> decimal(0.375), decimal(Fraction(1, 3)), decimal(-0.0)
    ('0.375', '1/3', '0')
    """
    if isinstance(value, Fraction) and Fraction(float(value)) != value:
        return str(value)
    return f"{float(value) + 0.0:.10g}"
