"""What a case cannot do without: the largest families that leave it out, by one thing less."""

from collections.abc import Iterator
from dataclasses import replace

from .case import Case
from .family import ITEMS, Family


def without_ingredients(case: Case, family: Family) -> Iterator[Family]:
    """Yield ``family`` less one item, or less its biases, wherever ``case`` is then no longer one of its."""
    if family.bias != "none":
        yield from _unless_in(case, replace(family, bias="none", items=family.items - {"softmax"}))
    for item in ITEMS:
        if item in family.items - {"mlp"}:
            yield from _unless_in(case, replace(family, items=family.items - {item}))


def lacks(narrow: Family, wide: Family) -> str:
    """Return in words what ``narrow`` leaves out of ``wide``.

    >>> lacks(Family.parse("conv,bias=none"), Family.parse("conv,residual,styles"))
    'biases, residual, styles'
    """
    biases = ["biases"] if narrow.bias != wide.bias else []
    softmax = {"softmax"} if biases else set()
    return ", ".join(biases + [item for item in ITEMS if item in wide.items - narrow.items - softmax])


def _unless_in(case: Case, family: Family) -> Iterator[Family]:
    if not case.belongs_to(family):
        yield family
