"""The inside of a worker process: it gets a session, limits and streams of its own, answers one task, and ends."""

import ctypes
import fcntl
import json
import os
import resource
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from math import ceil
from multiprocessing import forkserver, set_start_method
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread
from time import sleep
from typing import Any

from . import stage, warning_listener

HIGH = 512
"""Pipes to the parent get numbers from here on: what closes all files it can think of seldom thinks of these."""
PARENT_DEATH_SIGNAL = 1
"""PR_SET_PDEATHSIG of prctl(2)."""
HEARTBEAT = 0.5
"""Seconds between two looks at whether the parent is still there."""
EXIT_GRACE = 2.0
"""Processor seconds beyond the time limit, before the kernel ends a process."""

WARNINGS = 100
"""How many different warnings of a worker are told."""

is_child = False
"""Whether this process is a worker: then Ctrl-C cannot reach it, and what looks like one is the explainer's doing."""


@dataclass(frozen=True)
class Limits:
    """What a worker may use: seconds of wall-clock, bytes of memory beyond what it starts with, None for no limit."""

    seconds: float | None = None
    memory: int | None = None


def memory_share(jobs: int) -> int | None:
    """Return the bytes of memory that each of ``jobs`` workers may use: together three quarters of what there is."""
    try:
        total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError):
        return None
    return total * 3 // 4 // jobs


def answer(  # noqa: PLR0917 - called by multiprocessing, with positions
    work: Callable[[str], str], task: str, results: Connection, output: Connection, folder: str, limits: Limits
) -> None:
    """Send ``work(task)`` as a line of JSON to ``results``, after one for each stage and warning; never return.

    What the work prints goes to ``output``; it has no standard input, and ``folder`` is its current directory.
    """
    global is_child  # noqa: PLW0603
    is_child = True
    pipe = fcntl.fcntl(results.fileno(), fcntl.F_DUPFD_CLOEXEC, HIGH)
    _detach(output, folder)
    _limit(limits)
    # The explainer's locks and processes are made as anywhere: those of a fork server would be told as leaked.
    set_start_method(None, force=True)

    def send(**message: str) -> None:
        line = json.dumps(message).encode() + b"\n"
        while line:
            line = line[os.write(pipe, line) :]

    warned: set[str] = set()

    def warn(line: str) -> None:
        if line not in warned and len(warned) < WARNINGS:
            warned.add(line)
            send(warning=line)

    try:
        with stage.listening(lambda name: send(stage=name)), warning_listener.listening(warn):
            result = work(task)
        send(result=result)
    except BaseException as fault:  # noqa: BLE001 - whatever it is, the parent is told
        with suppress(OSError):
            send(fault=f"{type(fault).__name__}: {fault}")
    # Threads that the explainer left behind would keep the interpreter from ending.
    os._exit(0)


def _detach(output: Connection, folder: str) -> None:
    os.setsid()
    _die_with_parent()
    os.chdir(folder)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    for stream in (1, 2):
        os.dup2(output.fileno(), stream)
    sys.stdin = open(0, encoding="utf-8")  # noqa: SIM115
    sys.stdout, sys.stderr = (open(stream, "w", 1, "utf-8", "backslashreplace") for stream in (1, 2))  # noqa: SIM115, PTH123


def _die_with_parent() -> None:
    """End this process group when whoever started it is gone, however that ended."""
    die_with_parent_at_once()
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            sleep(HEARTBEAT)
        os.killpg(os.getpgrp(), signal.SIGKILL)

    Thread(target=watch, daemon=True).start()


def die_with_parent_at_once() -> None:
    """Let the kernel end this process when whoever started it is gone, where it can: that needs no thread."""
    _let_fork_server_end()
    with suppress(OSError, AttributeError):  # Linux alone; it holds where a call in C keeps all threads waiting
        ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, signal.SIGKILL)


def _let_fork_server_end() -> None:
    """Close this end of the pipe by which a fork server knows that it is still needed: its end is then our signal."""
    server: Any = forkserver._forkserver  # noqa: SLF001
    if (pipe := server._forkserver_alive_fd) is not None:  # noqa: SLF001
        server._forkserver_alive_fd = server._forkserver_address = None  # noqa: SLF001
        with suppress(OSError):
            os.close(pipe)


def _limit(limits: Limits) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if limits.seconds is not None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        processors = os.cpu_count() or 1
        most = ceil(used.ru_utime + used.ru_stime + (limits.seconds + EXIT_GRACE) * processors)
        _lower(resource.RLIMIT_CPU, most)
    if limits.memory is not None and (size := _address_space()) is not None:
        _lower(resource.RLIMIT_AS, size + limits.memory)


def _lower(what: int, limit: int) -> None:
    _, hard = resource.getrlimit(what)
    resource.setrlimit(what, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))


def _address_space() -> int | None:
    """Return the bytes of address space in use; None where the system does not tell."""
    with suppress(OSError, ValueError, IndexError):
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    return None
