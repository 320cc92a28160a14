"""The stage that a cell is in: told to whoever listens, so that a process that is killed has said what it was at."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

_listener: Callable[[str], object] | None = None


def enter(stage: str) -> None:
    """Say what is done from now on, as in "search"."""
    if _listener is not None:
        _listener(stage)


@contextmanager
def listening(listener: Callable[[str], object]) -> Iterator[None]:
    """Hand every stage to ``listener``."""
    global _listener  # noqa: PLW0603 - one process works on one cell
    before, _listener = _listener, listener
    try:
        yield
    finally:
        _listener = before
