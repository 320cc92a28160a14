"""The test that runs, and what it was told on the command line."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from typing import TYPE_CHECKING
from zlib import crc32

import pytest

if TYPE_CHECKING:
    from ..engine.question import Budget
    from ..engine.runtime.child import Limits

_RUNNING: ContextVar[pytest.Item | None] = ContextVar("_RUNNING", default=None)


@contextmanager
def running(item: pytest.Item) -> Iterator[None]:
    """Say that ``item`` runs."""
    token = _RUNNING.set(item)
    try:
        yield
    finally:
        _RUNNING.reset(token)


def current_item() -> pytest.Item | None:
    """Return the test that runs, or None outside pytest."""
    return _RUNNING.get()


def budget(own: "Budget | None" = None, examples: int | None = None) -> "Budget":
    """Return how many cases a check draws, and from which seed.

    The command line has the first word, then what the test asked for, then the profile of Hypothesis: but no fewer
    cases than it takes to show that an axiom holds.
    """
    from hypothesis import settings

    from ..engine.question import Budget
    from ..engine.search import ENOUGH

    item = current_item()
    wanted = own or Budget(examples or max(ENOUGH, settings().max_examples))
    option = item.config.getoption("axioms_examples") if item else None
    timeout = item.config.getoption("axioms_timeout") if item else None
    seed = seed_of(item, wanted.seed)
    return replace(wanted, examples=option or wanted.examples, seed=seed, timeout=timeout or wanted.timeout)


def worker_limits() -> "Limits | None":
    """Return the limits of the process in which a cell is judged; None if it is judged in that of the test."""
    from ..engine.runtime.child import Limits, memory_share

    item = current_item()
    if item is None or not (item.config.getoption("axioms_isolate") or item.config.getini("axiomcheck_isolate")):
        return None
    return Limits(item.config.getoption("axioms_timeout"), memory_share(1))


def seed_of(item: pytest.Item | None, own: int) -> int:
    """Return the seed of Hypothesis' option, which may be any text, or else one's own."""
    option = item.config.getoption("--hypothesis-seed", None) if item else None
    if option is None:
        return own
    return int(option) if re.fullmatch(r"-?\d+", str(option)) else crc32(str(option).encode())
