"""Process state: the settings of Python, torch and the process that all share, each with a way to put it back."""

import locale
import os
import signal
import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from threading import current_thread, main_thread
from time import monotonic
from typing import Any

import torch

SIGNALS = tuple(
    getattr(signal, name)
    for name in ("SIGINT", "SIGTERM", "SIGALRM", "SIGCHLD", "SIGUSR1", "SIGUSR2", "SIGHUP", "SIGPIPE")
    if hasattr(signal, name)
)
CLOSE = 0.05
"""Seconds by which two readings of one alarm may differ."""
_MODULES = dict(sys.modules)


@dataclass(frozen=True)
class Setting:
    """Something global: its ``name`` in a sentence, what it is now, and how it gets to be ``value`` again."""

    name: str
    get: Callable[[], Any]
    put: Callable[[Any], object]


def _environment() -> dict[Any, Any]:
    return dict(os.environ._data)  # type: ignore[attr-defined]  # noqa: SLF001 - 30 times as fast as by its items


def _set_environment(value: dict[Any, Any]) -> None:
    decoded = {os.fsdecode(name): os.fsdecode(text) for name, text in value.items()}
    for name in set(os.environ) - decoded.keys():
        del os.environ[name]
    os.environ.update(decoded)


def _folder() -> str:
    try:
        return os.getcwd()  # noqa: PTH109
    except OSError:
        return ""


def _set_folder(value: str) -> None:
    if value:
        os.chdir(value)


def _filters() -> list[Any]:
    return list(warnings.filters)


def _set_filters(value: list[Any]) -> None:
    warnings.filters[:] = value  # type: ignore[index]
    warnings._filters_mutated()  # type: ignore[attr-defined]  # noqa: SLF001 - else a cache keeps the others


def _set_path(value: list[str]) -> None:
    sys.path[:] = value


def _handlers() -> tuple[Any, ...]:
    return tuple(map(signal.getsignal, SIGNALS))


def _set_handlers(value: tuple[Any, ...]) -> None:
    if current_thread() is main_thread():
        for number, handler in zip(SIGNALS, value, strict=True):
            if handler is not None:
                signal.signal(number, handler)


@dataclass(frozen=True, eq=False)
class Alarm:
    """When the process has set itself an alarm for, in seconds of the monotonic clock or None, and how often again."""

    end: float | None
    interval: float

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Alarm) or self.interval != other.interval or self.end is None or other.end is None:
            return isinstance(other, Alarm) and self.end is other.end
        return abs(self.end - other.end) < CLOSE

    def __hash__(self) -> int:
        return hash(self.interval)


def _alarm() -> Alarm:
    if not hasattr(signal, "getitimer"):
        return Alarm(None, 0.0)
    left, interval = signal.getitimer(signal.ITIMER_REAL)
    return Alarm(monotonic() + left if left else None, interval)


def _set_alarm(value: Alarm) -> None:
    """Set it again; one that is over has rung, and rings after its interval."""
    left = 0.0 if value.end is None else max(value.end - monotonic(), value.interval, 1e-3)
    signal.setitimer(signal.ITIMER_REAL, left, value.interval)


def _modules_gone() -> tuple[str, ...]:
    """Return which modules are gone; those that have come are noted, and kept from then on."""
    global _MODULES  # noqa: PLW0603
    if len(sys.modules) == len(_MODULES):
        return ()
    gone = tuple(sorted(_MODULES.keys() - sys.modules.keys()))
    if not gone:
        _MODULES = dict(sys.modules)
    return gone


def _bring_modules_back(_: object) -> None:
    for name, known in _MODULES.items():
        sys.modules.setdefault(name, known)


def _deterministic() -> tuple[bool, bool]:
    return torch.are_deterministic_algorithms_enabled(), torch.is_deterministic_algorithms_warn_only_enabled()


def _set_deterministic(value: tuple[bool, bool]) -> None:
    torch.use_deterministic_algorithms(value[0], warn_only=value[1])


def _modes() -> int:
    return int(torch._C._len_torch_function_stack())  # noqa: SLF001


def _set_modes(value: int) -> None:
    while _modes() > value:
        torch._C._pop_torch_function_stack()  # noqa: SLF001


def _streams() -> tuple[Any, Any, Any]:
    return sys.stdin, sys.stdout, sys.stderr


def _set_streams(value: tuple[Any, Any, Any]) -> None:
    sys.stdin, sys.stdout, sys.stderr = value


SETTINGS = (
    Setting("the recursion limit", sys.getrecursionlimit, sys.setrecursionlimit),  # first: else the rest cannot run
    Setting("the modules that are gone", _modules_gone, _bring_modules_back),
    Setting("the default dtype", torch.get_default_dtype, torch.set_default_dtype),
    Setting("the number of threads", torch.get_num_threads, torch.set_num_threads),
    Setting("deterministic algorithms", _deterministic, _set_deterministic),
    Setting("anomaly mode", torch.is_anomaly_enabled, torch.autograd.set_detect_anomaly),
    Setting("the precision of matrix products", torch.get_float32_matmul_precision, torch.set_float32_matmul_precision),
    Setting("autocast", lambda: torch.is_autocast_enabled("cpu"), lambda was: torch.set_autocast_enabled("cpu", was)),
    Setting("the default device or another mode of torch", _modes, _set_modes),
    Setting("the environment", _environment, _set_environment),
    Setting("the warning filters", _filters, _set_filters),
    Setting("the working directory", _folder, _set_folder),
    Setting("the module search path", lambda: list(sys.path), _set_path),
    Setting("the signal handlers", _handlers, _set_handlers),
    Setting("the alarm", _alarm, _set_alarm),
    Setting("the locale", lambda: locale.setlocale(locale.LC_ALL), lambda was: locale.setlocale(locale.LC_ALL, was)),
    Setting("the standard streams", _streams, _set_streams),
)
"""All of them; random generators, hooks and patches have ways of their own."""


def settings() -> list[Any]:
    """Return what all settings are now."""
    return [setting.get() for setting in SETTINGS]


def put_settings_back(before: list[Any]) -> None:
    """Make every setting what it was."""
    for setting, value in zip(SETTINGS, before, strict=True):
        if setting.get() != value:
            setting.put(value)
