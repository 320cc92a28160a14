"""How two ways of doing the same are timed: in turn, round by round, so that both meet the same machine."""

import gc
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True)
class Row:
    """One line of the table: seconds of ours and of the alternative, a sample each, and a word on the results."""

    what: str
    ours: list[float]
    alternative: list[float]
    remark: str = ""

    @property
    def ratio(self) -> float:
        """How many times longer the alternative takes, by medians."""
        return median(self.alternative) / median(self.ours)


def seconds(work: Callable[[], object]) -> float:
    """Return how long ``work`` takes; what stood in memory before is no matter of the garbage collector meanwhile."""
    gc.collect()
    gc.freeze()
    start = perf_counter()
    work()
    took = perf_counter() - start
    gc.unfreeze()
    return took


def repeated(work: Callable[[], object], times: int) -> Callable[[], None]:
    """Return what does ``work`` so many ``times`` in a row."""

    def again() -> None:
        for _ in range(times):
            work()

    return again


def side_by_side(
    ours: Callable[[], object], alternative: Callable[[], object], *, rounds: int, items: int
) -> tuple[list[float], list[float]]:
    """Return the seconds that one of ``items`` takes, in each of ``rounds``; one round before them is not counted."""
    timed = [(seconds(ours) / items, seconds(alternative) / items) for _ in range(rounds + 1)][1:]
    return [one for one, _ in timed], [other for _, other in timed]
