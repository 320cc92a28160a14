"""Deadline: when the time of a cell is up, and how a call that goes on is ended."""

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import inf
from time import monotonic
from types import FrameType
from typing import Any

AGAIN = 0.5
"""Seconds after which an alarm rings again: the first may ring where Python drops what is raised.

That is in ``__del__``, and in a callback of the garbage collector, such as the one by which Hypothesis takes its time.
"""


class TimedOut(BaseException):
    """The time is up. It is no ``Exception``, so that an explainer that catches those does not keep it."""


@dataclass(frozen=True)
class Deadline:
    """A moment of the monotonic clock, in seconds; none by default."""

    at: float = inf

    @classmethod
    def after(cls, seconds: float | None) -> "Deadline":
        """Return the moment so many seconds from now; None: never."""
        return cls() if seconds is None else cls(monotonic() + seconds)

    @property
    def left(self) -> float:
        """The seconds until then."""
        return self.at - monotonic()

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Raise ``TimedOut`` in what runs inside when the moment comes.

        Where there are no alarm signals, on Windows and off the main thread, it is only seen at the beginning.
        """
        if self.at == inf:
            yield
            return
        if self.left <= 0:
            raise TimedOut
        if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
            yield
            return
        ring, tell = signal.signal(signal.SIGALRM, _ring), sys.unraisablehook
        sys.unraisablehook = _of_others(tell)
        signal.setitimer(signal.ITIMER_REAL, max(self.left, 1e-6), AGAIN)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, ring)
            sys.unraisablehook = tell


def _ring(_signal: int, _frame: FrameType | None) -> None:
    raise TimedOut


def _of_others(tell: Callable[[Any], object]) -> Callable[[Any], object]:
    """Return a hook that tells, of what Python drops, all but an alarm: that rings again."""
    return lambda dropped: None if dropped.exc_type is TimedOut else tell(dropped)
