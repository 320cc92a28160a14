"""Deadline: when the time of a cell is up, and how a call that goes on is ended."""

import signal
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import inf
from threading import current_thread, main_thread
from time import monotonic, process_time
from types import FrameType
from typing import Any, Literal, TypeVar

R = TypeVar("R")

AGAIN = 0.5
"""Seconds after which an alarm rings again: the first may ring where Python drops what is raised.

That is in ``__del__``, and in a callback of the garbage collector, such as the one by which Hypothesis takes its time.
"""


Timed = Literal["elapsed", "processor"]
"""Which time is meant: what a clock on the wall shows, or what the processor spent on this process.

The second is the same on a busy machine; a call that waits for something spends none.
"""
TIMERS: Mapping[Timed, str] = {"elapsed": "ITIMER_REAL", "processor": "ITIMER_PROF"}
ALARMS: Mapping[Timed, str] = {"elapsed": "SIGALRM", "processor": "SIGPROF"}
"""By name: Windows has none of them."""


class TimedOut(BaseException):
    """The time is up. It is no ``Exception``, so that an explainer that catches those does not keep it."""


@dataclass(frozen=True)
class Deadline:
    """A moment of the monotonic clock, or of the processor's time, in seconds; none by default."""

    at: float = inf
    timed: Timed = "elapsed"

    @classmethod
    def after(cls, seconds: float | None, timed: Timed = "elapsed") -> "Deadline":
        """Return the moment so many seconds from now; None: never."""
        return cls() if seconds is None else cls(_now(timed) + seconds, timed)

    @property
    def left(self) -> float:
        """The seconds until then."""
        return self.at - _now(self.timed)

    def keep(self, work: Callable[[], R]) -> R:
        """Return what ``work`` returns; raise ``TimedOut`` in it when the moment comes.

        Where there are no alarm signals, on Windows and off the main thread, it is only seen at the beginning.
        """
        if self.left <= 0:
            raise TimedOut
        if self.at == inf or not hasattr(signal, "setitimer") or current_thread() is not main_thread():
            return work()
        return self._under_alarm(work)

    def _under_alarm(self, work: Callable[[], R]) -> R:
        """Do it with the alarm set: that is put off however it ends, and raises nothing once ``armed`` is false.

        It is a call and no ``with`` block: between a block and the methods it calls, an alarm could escape both. Inside
        another one, that rings when its own moment comes.
        """
        armed = True
        timer, alarm = getattr(signal, TIMERS[self.timed]), getattr(signal, ALARMS[self.timed])

        def ring(_signal: int, _frame: FrameType | None) -> None:
            if armed:
                raise TimedOut

        before, tell = signal.getsignal(alarm), sys.unraisablehook
        start, (outer, again) = _now(self.timed), signal.getitimer(timer)
        try:
            signal.signal(alarm, ring)
            sys.unraisablehook = _of_others(tell)
            signal.setitimer(timer, max(self.left, 1e-6), AGAIN)
            return work()
        finally:
            armed = False
            signal.setitimer(timer, 0)
            signal.signal(alarm, before)
            if outer:
                signal.setitimer(timer, max(outer - (_now(self.timed) - start), 1e-6), again)
            sys.unraisablehook = tell


def _now(timed: Timed) -> float:
    return monotonic() if timed == "elapsed" else process_time()


def _of_others(tell: Callable[[Any], object]) -> Callable[[Any], object]:
    """Return a hook that tells, of what Python drops, all but an alarm: that rings again."""
    return lambda dropped: None if dropped.exc_type is TimedOut else tell(dropped)
