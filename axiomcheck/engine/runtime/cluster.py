"""Tasks on the workers of a Dask scheduler. Dask is an extra, and imported when it is asked for."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from ...networks import AxiomcheckError
from .child import Limits
from .supervisor import Answer, supervise

RETRIES = 3
"""How often a task is given to another worker when the machine of the one that had it is gone."""
CONNECT = 5
"""Seconds in which the scheduler must answer."""


def distribute(
    work: Callable[[str], str], tasks: Sequence[str], address: str, limits: Limits
) -> Iterator[tuple[int, Answer]]:
    """Yield the number of each task and what came of it, as it comes back from the cluster at ``address``."""
    distributed = _dask()
    try:
        client = distributed.Client(address, timeout=CONNECT)
    except (OSError, ValueError) as error:
        raise AxiomcheckError(
            f"no Dask scheduler answers at {address!r}: is `dask scheduler` running there?"
        ) from error
    with client:
        submit = partial(client.submit, answer_one, work, limits=limits, pure=False, retries=RETRIES)
        futures = {submit(task): number for number, task in enumerate(tasks)}
        for future in distributed.as_completed(futures):
            yield futures[future], _answer(future)


def answer_one(work: Callable[[str], str], task: str, limits: Limits) -> Answer:
    """Answer a task in a fresh process of this machine."""
    ((_, answer),) = supervise(work, [task], 1, limits)
    return answer


def _answer(future: Any) -> Answer:
    """Return what came back, or that the cluster lost it."""
    if (error := future.exception()) is None:
        answer: Answer = future.result()
        return answer
    return Answer(ending=f"was lost by the cluster: {type(error).__name__}: {error}")


def _dask() -> Any:
    try:
        import distributed
    except ImportError as error:
        raise AxiomcheckError("Dask is missing: install axiomcheck[dask]") from error
    return distributed
