"""Whatever an explainer raises, does to the process or returns, is its own error in one sentence."""

import os
import sys

import pytest
import torch

from axiomcheck.axioms import AXIOMS
from axiomcheck.engine.judge import Judge
from axiomcheck.engine.runtime import child
from axiomcheck.engine.runtime.calls import is_for_others, message
from axiomcheck.engine.runtime.deadline import TimedOut
from axiomcheck.networks import Case, Linear, Network

CASE = Case(Network((Linear(((1.0,),), (0.0,)),)), (0.0,), inputs=((1.0,),))


class Weird(Exception):
    """It cannot be printed."""

    def __str__(self):
        raise RuntimeError

    __repr__ = __str__


class Own(BaseException):
    """No Exception."""


class Hostile(torch.Tensor):
    """A tensor that nothing can be done with."""

    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        """Raise."""
        raise RuntimeError("hostile")


def _judged(act):
    return Judge(lambda model, inputs, target: act(inputs), AXIOMS["conservation"])(CASE)


def _raising(error):
    def act(_):
        raise error

    return act


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (Weird(), "Weird: <no message>"),
        (Own("mine"), "Own: mine"),
        (GeneratorExit(), "GeneratorExit: "),
        (StopIteration(), "StopIteration: "),
        (SystemExit(7), "SystemExit: 7"),
        (ValueError("A" * 10**7), f"ValueError: {'A' * 500}…"),
        (ExceptionGroup("several", [ValueError()]), "ExceptionGroup: several (1 sub-exception)"),
    ],
)
def test_what_is_raised_is_told(error, told):
    """With its type and the first line of its message, if it has one, cut at 500 letters."""
    outcome = _judged(_raising(error))
    assert (outcome.kind, outcome.reason.startswith(f"it raised {told}")) == ("error", True)
    assert message(error) == told


def test_what_is_meant_for_others_passes(monkeypatch):
    """Ctrl-C, but in a worker; outcomes of pytest; the alarm."""
    for error in (pytest.skip.Exception("no"), TimedOut(), KeyboardInterrupt()):
        assert is_for_others(error)
    monkeypatch.setattr(child, "is_child", True)
    assert not is_for_others(KeyboardInterrupt())
    assert _judged(_raising(KeyboardInterrupt())).kind == "error"


def test_a_deep_recursion_is_told_quickly():
    """Of a thousand calls inside each other the first are looked at."""

    def deeper(inputs):
        return deeper(inputs)

    assert _judged(deeper).reason.startswith("it raised RecursionError: maximum recursion depth exceeded")


def test_a_low_recursion_limit_is_put_back():
    """Nothing could be judged with it."""
    limit = sys.getrecursionlimit()

    def lower(inputs):
        sys.setrecursionlimit(limit - 300)
        return inputs

    assert _judged(lower).kind == "holds"
    assert sys.getrecursionlimit() == limit


def test_a_copy_of_the_process_ends(tmp_path):
    """One that a call has made and not ended does not judge on: it writes no second line."""
    children = []

    def forks(inputs):
        children.append(os.fork())
        return inputs

    assert _judged(forks).kind == "holds"
    with (tmp_path / "judged").open("a") as file:
        file.write(f"{os.getpid()}\n")
    assert os.waitpid(children[0], 0)[1] == 0
    assert (tmp_path / "judged").read_text() == f"{os.getpid()}\n"


@pytest.mark.filterwarnings("ignore")  # torch warns of nested and quantized tensors, which are what is returned here
@pytest.mark.parametrize(
    ("form", "told"),
    [
        (
            lambda inputs: torch.quantize_per_tensor(inputs.float(), 0.1, 0, torch.qint8),
            "it returned a quantized Tensor",
        ),
        (lambda inputs: torch.nested.nested_tensor([inputs[0]]), "it returned a nested Tensor"),
        (lambda inputs: inputs.to_sparse(), "it returned a sparse Tensor"),
    ],
)
def test_tensors_of_other_forms_are_named(form, told):
    """They hold no scores one by one."""
    assert _judged(form).reason == told


def test_a_class_of_its_own_does_not_matter():
    """The numbers of a tensor are read, whatever its class makes of it."""
    assert _judged(lambda inputs: inputs.as_subclass(Hostile)).kind == "holds"
