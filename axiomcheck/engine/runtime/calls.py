"""Calls: what an explainer may raise or do to the process while it is called, and what is said of it."""

import os
import sys
import sysconfig
import traceback
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from . import child
from .deadline import TimedOut

INSTALLED = (str(Path(__file__).parents[2]), *{sysconfig.get_path(name) for name in ("purelib", "platlib", "stdlib")})
"""Where code lies that is not somebody's own."""
FRAMES = 200
"""Calls inside each other that are looked at for where an exception arose: one recursion is like another."""
PATCHED: dict[int, tuple[object, set[str]]] = {}
"""By the identity of an explainer, which is kept, what it has patched."""
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


def where(error: BaseException) -> str:
    """Return the file and the line of somebody's own code in which an exception arose, or nothing."""
    frames = islice(traceback.walk_tb(error.__traceback__), FRAMES)
    places = [(frame.f_code.co_filename, line) for frame, line in frames]
    own = [(name, line) for name, line in places if not name.startswith((*INSTALLED, "<"))]
    return f" ({Path(own[-1][0]).name}:{own[-1][1]})" if own else ""


def patched_by(explainer: object) -> set[str]:
    """Return the set of what an explainer has patched in this process."""
    return PATCHED.setdefault(id(explainer), (explainer, set()))[1]
