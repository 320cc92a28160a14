"""Warnings of the code that is judged: told to whoever listens, so that they need not stand between verdicts."""

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

LONGEST = 300
"""Letters of a warning that are told."""
_listener: Callable[[str], object] | None = None


@contextmanager
def listening(listener: Callable[[str], object]) -> Iterator[None]:
    """Hand each warning to ``listener`` as a line, where it would else be printed."""
    global _listener
    before, shown = _listener, warnings.showwarning
    _listener, warnings.showwarning = listener, _show
    try:
        yield
    finally:
        _listener, warnings.showwarning = before, shown


def tell(line: str) -> None:
    """Hand a warning of another process to who listens here."""
    if _listener is not None:
        _listener(line)


def _show(  # noqa: PLR0917 - called by warnings
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,  # noqa: ARG001 - it takes the place of showwarning
    line: str | None = None,  # noqa: ARG001
) -> None:
    """Take the place of ``warnings.showwarning``."""
    tell(f"{category.__name__}: {' '.join(str(message).split())[:LONGEST]} ({filename}:{lineno})")


def mute() -> None:
    """Print no warning in this process from here on: what it imports, another one imported and told."""
    warnings.showwarning = _show
