"""Calls: what an explainer may raise or do to the process while it is called, and what is said of it."""

import os
import sys
from dataclasses import dataclass, field

from . import child
from .deadline import TimedOut

LONGEST = 500
"""Letters of a message that are told."""
OUTCOMES = "_pytest.outcomes"
"""Where the exceptions live by which pytest skips a test or lets it fail: they are meant for pytest."""


def is_for_others(error: BaseException) -> bool:
    """Return whether what an explainer raised, or was interrupted by, is not for its own account.

    That is the alarm of a deadline, an outcome of pytest's, and Ctrl-C, but for a worker, which no keyboard reaches.
    """
    if isinstance(error, KeyboardInterrupt):
        return not child.is_child
    return isinstance(error, TimedOut) or any(kind.__module__ == OUTCOMES for kind in type(error).__mro__)


def message(error: BaseException) -> str:
    r"""Return the type of an exception and the first line of its message, whatever that does when it is asked for.

    >>> message(ValueError("one line\nand another"))
    'ValueError: one line'
    """
    try:
        text = str(error)[: 4 * LONGEST]
    except TimedOut:
        raise
    except BaseException:  # noqa: BLE001 - the message of a stranger may raise anything
        text = "<no message>"
    first = (text.splitlines() or [""])[0]
    return f"{type(error).__name__}: {first if len(first) <= LONGEST else first[:LONGEST] + '…'}"


@dataclass
class Guard:
    """Begins before a call: what a call has done to the process that would keep anything else from running."""

    limit: int = field(default_factory=sys.getrecursionlimit)
    process: int = field(default_factory=os.getpid)

    def end(self) -> bool:
        """End this process if it is a copy that the call has made; return whether the recursion limit was lowered."""
        is_lowered = sys.getrecursionlimit() < self.limit
        if is_lowered:
            sys.setrecursionlimit(self.limit)
        if os.getpid() != self.process:
            os._exit(0)
        return is_lowered
