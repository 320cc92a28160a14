"""Calls of what is an explainer's own: timed, and what it raises is a refusal or its error."""

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from ..explainers import Unsupported
from ..networks import UnknownName
from .runtime.calls import Guard, is_for_others, message, where


class ExplainerError(Exception):
    """The explainer raised, or returned what is no explanation; the message says which."""


class Refused(Unsupported):
    """The explainer said of itself that it does not do this case; the message is its own."""


@dataclass
class Clock:
    """The seconds spent inside an explainer."""

    seconds: float = 0.0


def call_own(
    work: Callable[..., object], clock: Clock, disturbances: set[str], *arguments: Any, **keywords: Any
) -> object:
    """Return what ``work`` returns; raise ``Refused`` for a refusal, ``ExplainerError`` for all else that it raises.

    The time is added to ``clock``; a recursion limit that it leaves too low is noted in ``disturbances``.
    """
    start = perf_counter()
    try:
        return _guarded(work, disturbances, *arguments, **keywords)
    except UnknownName:
        raise
    except Unsupported as refusal:
        raise Refused(str(refusal)) from refusal
    except NotImplementedError as refusal:
        raise Refused(f"it does not implement this: {message(refusal)}") from refusal
    except BaseException as error:
        if is_for_others(error):
            raise
        raise ExplainerError(f"it raised {message(error)}{where(error)}") from error
    finally:
        clock.seconds += perf_counter() - start


def _guarded(work: Callable[..., object], disturbances: set[str], *arguments: Any, **keywords: Any) -> object:
    """Call ``work``; a process that it has copied ends here, and a recursion limit that is too low."""
    guard = Guard()
    try:
        return work(*arguments, **keywords)
    finally:
        if guard.end():
            disturbances.add("the recursion limit changed")
