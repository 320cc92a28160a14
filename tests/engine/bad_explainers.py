"""Explainers that hang, crash, leave things behind or return nonsense, and two good ones.

Each behaves on its first two calls in a process. ``EXPECTED`` says for each the verdict of its cell, conservation on
perceptrons with biases, and words of the reason.
"""

import ctypes
import os
import re
import signal
import subprocess
import sys
import threading
import time
import warnings
from contextlib import suppress

import torch

CALLS = {}


def is_due(name):
    """Count a call; the first two are innocent."""
    CALLS[name] = CALLS.get(name, 0) + 1
    return CALLS[name] > 2


def uniform(model, inputs, target):
    """Return f/d for every variable, which conserves."""
    output = model(inputs).gather(1, target[:, None]).detach()
    return (output / inputs[0].numel()).reshape(-1, *[1] * (inputs.dim() - 1)).expand_as(inputs).clone()


def nothing(model, inputs, target):
    """Return 0, which does not."""
    return torch.zeros_like(inputs)


def _bad(deed):
    """Make an explainer that does something, and returns the uniform scores unless the deed returns others."""

    def explain(model, inputs, target):
        scores = uniform(model, inputs, target)
        found = deed(scores, model, inputs) if is_due(deed) else None
        return scores if found is None else found

    return explain


def _raiser(error):
    def deed(*_):
        raise error() if isinstance(error, type) else error

    return _bad(deed)


class Mute(Exception):
    """An exception that cannot be printed."""

    def __str__(self):
        raise RuntimeError("no words")

    __repr__ = __str__


class Own(BaseException):
    """One that ``except Exception`` lets pass."""


class Hostile(torch.Tensor):
    """A tensor with which nothing can be done."""

    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        raise RuntimeError("hands off")


def _forever(*_):
    while True:
        pass


def _swallow(*_):
    while True:
        with suppress(BaseException):
            time.sleep(0.01)


def _deadlock(*_):
    lock = threading.Lock()
    lock.acquire()
    lock.acquire()


def _take_the_alarm(*_):
    signal.signal(signal.SIGALRM, signal.SIG_IGN)
    signal.setitimer(signal.ITIMER_REAL, 0)
    _forever()


def _exhaust_memory(*_):
    chunks = []
    while True:
        chunks.append(bytearray(256 << 20))


def _patch_linear(*_):
    old = torch.nn.Linear.forward
    if not hasattr(old, "is_ours"):
        torch.nn.Linear.forward = lambda self, x: old(self, x) * 1.5
        torch.nn.Linear.forward.is_ours = True


def _change_globals(*_):
    torch.set_default_dtype(torch.float16)
    torch.set_num_threads(2)
    torch.use_deterministic_algorithms(True)
    warnings.simplefilter("error")
    os.environ["HOME"] = "/nonexistent"
    os.chdir("/")
    sys.path.insert(0, "/nonexistent")


def _leave_children(*_):
    if not CALLS.get("children"):
        CALLS["children"] = subprocess.Popen(["sleep", "4242"])


def _fork(*_):
    if not CALLS.get("forked"):
        CALLS["forked"] = 1
        os.fork()


def _leave_threads(*_):
    if CALLS.get("threads", 0) < 3:
        CALLS["threads"] = CALLS.get("threads", 0) + 1
        threading.Thread(target=time.sleep, args=(100_000,)).start()


def _print_much(*_):
    if not CALLS.get("printed"):
        CALLS["printed"] = sys.stdout.write("x" * 20_000_000)


BAD = {
    "loops": (_bad(_forever), "inconclusive", "time"),
    "sleeps": (_bad(lambda *_: time.sleep(100_000)), "inconclusive", "time"),
    "swallows": (_bad(_swallow), "inconclusive", "timed out"),
    "deadlocks": (_bad(_deadlock), "inconclusive", "time"),
    "takes_the_alarm": (_bad(_take_the_alarm), "inconclusive", "timed out"),
    "backtracks": (_bad(lambda *_: re.match(r"(a+)+$", "a" * 60 + "b")), "inconclusive", "timed out"),
    "exits_with_0": (_bad(lambda *_: os._exit(0)), "error", "ended its process with status 0"),
    "exits_with_3": (_bad(lambda *_: os._exit(3)), "error", "ended its process with status 3"),
    "kills_itself": (_bad(lambda *_: os.kill(os.getpid(), signal.SIGKILL)), "error", "died of SIGKILL"),
    "reads_at_0": (_bad(lambda *_: ctypes.string_at(0)), "error", "died of SIGSEGV"),
    "aborts": (_bad(lambda *_: os.abort()), "error", "died of SIGABRT"),
    "calls_exit": (_raiser(SystemExit(7)), "error", "SystemExit: 7"),
    "recurses": (_bad(lambda *_: _recurse(0)), "error", "RecursionError"),
    "wants_all_memory": (_bad(lambda *_: torch.zeros(10**13)), "error", "RuntimeError"),
    "wants_more_memory": (_bad(_exhaust_memory), "error|inconclusive", "MemoryError|timed out"),
    "raises": (_raiser(ValueError("no such layer")), "error", "ValueError: no such layer"),
    "raises_what_is_mute": (_raiser(Mute), "error", "Mute"),
    "raises_its_own": (_raiser(Own("mine")), "error", "Own: mine"),
    "ends_a_generator": (_raiser(GeneratorExit), "error", "GeneratorExit"),
    "interrupts": (_raiser(KeyboardInterrupt), "error", "KeyboardInterrupt"),
    "stops_an_iteration": (_raiser(StopIteration), "error", "StopIteration"),
    "raises_many": (_raiser(ExceptionGroup("many", [ValueError("a")])), "error", "ExceptionGroup: many"),
    "shouts": (_raiser(ValueError("A" * 3_000_000)), "error", "ValueError: AAA"),
    "paints": (_raiser(ValueError("\x1b[31mred\u202e")), "error", "ValueError: "),
    "asks_for_input": (_bad(lambda *_: input("go on? ")), "error", "EOFError"),
    "prints_much": (_bad(_print_much), "holds", ""),
    "closes_the_output": (_bad(lambda *_: sys.stdout.close()), "holds", ""),
    "closes_all_files": (_bad(lambda *_: os.closerange(0, 256)), "holds", ""),
    "leaves_threads": (_bad(_leave_threads), "holds", ""),
    "leaves_children": (_bad(_leave_children), "holds", ""),
    "forks": (_bad(_fork), "holds", ""),
    "changes_globals": (_bad(_change_globals), "holds", ""),
    "patches_torch": (_bad(_patch_linear), "holds|inconclusive|violated", ""),
    "returns_nan": (_bad(lambda scores, *_: scores * float("nan")), "error", "NaN"),
    "returns_inf": (_bad(lambda scores, *_: scores + float("inf")), "error", "infinite"),
    "returns_nothing": (lambda *_: None, "error", "NoneType"),
    "returns_a_number": (_bad(lambda *_: torch.tensor(1.0)), "error", "shape"),
    "returns_too_little": (_bad(lambda scores, *_: scores[:, :0]), "error", "shape"),
    "returns_sparse": (_bad(lambda scores, *_: scores.to_sparse()), "error", "sparse"),
    "returns_complex": (_bad(lambda scores, *_: scores.to(torch.complex128)), "error", "complex"),
    "returns_quantised": (
        _bad(lambda scores, *_: torch.quantize_per_tensor(scores.float(), 0.1, 0, torch.qint8)),
        "error",
        "",
    ),
    "returns_nested": (_bad(lambda scores, *_: torch.nested.nested_tensor(list(scores))), "error", ""),
    "returns_what_resists": (_bad(lambda scores, *_: scores.as_subclass(Hostile)), "holds|error", ""),
    "returns_endless": (_bad(lambda *_: torch.ones(1).expand(10**12)), "error", "shape"),
}


def _recurse(depth):
    return _recurse(depth + 1)


globals().update({name: explain for name, (explain, _, _) in BAD.items()})
EXPECTED = {name: (verdict, words) for name, (_, verdict, words) in BAD.items()}
GOOD = {"uniform": "holds", "nothing": "violated"}
