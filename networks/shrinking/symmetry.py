"""Symmetry: orders of variables, units and points that make no difference."""

from collections.abc import Sequence

from ..case import Case
from ..dyadics import order
from ..facts import Monotone, Symmetric
from .order import reorder
from .points import numbers_of, with_numbers

Permutation = tuple[int, ...]


def symmetries(case: Case) -> list[Permutation]:
    """Return how the numbers of ``case`` may change places with the case still the same but for an order."""
    count = len(numbers_of(case))
    numbered = with_numbers(case, [float(place) for place in range(count)])
    plain = tuple(range(count))
    moves = [
        tuple(map(int, numbers_of(other)))
        for other in reorder(numbered)
        if (other.rewrites, other.target) == (case.rewrites, case.target)
        and all(other.variables(kind) == case.variables(kind) for kind in (Symmetric, Monotone))
    ]
    reached, new = {plain}, [plain]
    while new:
        new = [p for p in {tuple(q[i] for i in move) for q in new for move in moves} if p not in reached]
        reached.update(new)
    return sorted(reached - {plain})


def is_first(numbers: Sequence[float], alike: Sequence[Permutation]) -> bool:
    """Whether no order of ``numbers`` that makes no difference comes before this one."""
    keys = [order(number) for number in numbers]
    return all(keys <= [keys[i] for i in permutation] for permutation in alike)
