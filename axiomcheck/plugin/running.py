"""The test that runs, and what it was told on the command line."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from ..cell import Budget

_RUNNING: ContextVar[pytest.Item | None] = ContextVar("_RUNNING", default=None)


@contextmanager
def running(item: pytest.Item) -> Iterator[None]:
    """Say that ``item`` runs."""
    token = _RUNNING.set(item)
    try:
        yield
    finally:
        _RUNNING.reset(token)


def the_running() -> pytest.Item | None:
    """Return the test that runs, or None outside pytest."""
    return _RUNNING.get()


def budget(asked: int | None) -> "Budget":
    """Return how many cases a check draws, and from which seed.

    The command line has the first word, then what the test asked for, then the profile of Hypothesis.
    """
    from hypothesis import settings

    from ..cell import Budget

    item = the_running()
    told = item.config.getoption("axioms_examples") if item else None
    return Budget(told or asked or settings().max_examples, seed_of(item))


def seed_of(item: pytest.Item | None) -> int:
    """Return the seed of Hypothesis' option if that is a number, else 0."""
    told = item.config.getoption("--hypothesis-seed", None) if item else None
    try:
        return int(str(told))
    except ValueError:
        return 0
