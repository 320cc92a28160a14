"""Settings that all share: each is seen when it changes, and put back."""

import locale
import os
import signal
import sys
import warnings

import numpy as np
import pytest
import torch
from torch import nn

from axiomcheck.engine.runtime.isolation import global_state, isolated
from axiomcheck.engine.runtime.pristine import is_pristine, patches
from axiomcheck.engine.runtime.process_state import SETTINGS


def _filter():
    warnings.filters.insert(0, ("ignore", None, UserWarning, None, 0))


DISTURBANCES = {
    "the recursion limit": lambda: sys.setrecursionlimit(sys.getrecursionlimit() + 5000),
    "the modules that are gone": lambda: sys.modules.pop("axiomcheck.networks"),
    "the default dtype": lambda: torch.set_default_dtype(torch.bfloat16),
    "the number of threads": lambda: torch.set_num_threads(torch.get_num_threads() + 1),
    "deterministic algorithms": lambda: torch.use_deterministic_algorithms(True),
    "anomaly mode": lambda: torch.autograd.set_detect_anomaly(not torch.is_anomaly_enabled(), check_nan=False),
    "the precision of matrix products": lambda: torch.set_float32_matmul_precision("medium"),
    "autocast": lambda: torch.set_autocast_enabled("cpu", True),
    "the default device or another mode of torch": lambda: torch.set_default_device("meta"),
    "the environment": lambda: os.environ.update(HOME="/nonexistent"),
    "the warning filters": _filter,
    "the working directory": lambda: os.chdir("/"),
    "the module search path": lambda: sys.path.insert(0, "/nonexistent"),
    "the signal handlers": lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),
    "the alarm": lambda: signal.setitimer(signal.ITIMER_REAL, 1000),
    "the locale": lambda: locale.setlocale(locale.LC_ALL, "C.UTF-8" if locale.setlocale(locale.LC_ALL) == "C" else "C"),
    "the standard streams": lambda: setattr(sys, "stdin", None),
}
PATCHES = {
    "torch.nn.functional.relu": nn.functional,
    "torch.nn.Module.__call__": nn.Module,
    "torch.nn.Linear.forward": nn.Linear,
    "torch.nn.MaxPool2d.forward": nn.MaxPool2d,
    "torch.relu": torch,
    "torch.Tensor.backward": torch.Tensor,
    "torch.autograd.grad": torch.autograd,
    "numpy.abs": np,
}


def test_every_setting_is_tried():
    """None is left out below."""
    assert DISTURBANCES.keys() == {setting.name for setting in SETTINGS}


@pytest.mark.parametrize("name", DISTURBANCES)
def test_a_setting_is_seen_and_put_back(name):
    """It differs inside, and afterwards it is what it was; what torch imports for the first time may change others."""
    with isolated():
        DISTURBANCES[name]()
    before = global_state()
    with isolated():
        inside = global_state()
        DISTURBANCES[name]()
        after = global_state()
    assert {key for key in after if after[key] != inside[key]} == {name}
    assert global_state() == before


@pytest.mark.parametrize("path", PATCHES)
@pytest.mark.parametrize("deleted", [False, True])
def test_a_patch_is_named_and_undone(path, deleted):
    """Also where the function was deleted."""
    owner, name = PATCHES[path], path.rpartition(".")[2]
    known = vars(owner)[name]
    with isolated():
        delattr(owner, name) if deleted else setattr(owner, name, lambda *_: 0)
        assert (is_pristine(), list(patches())) == (False, [path])
    assert vars(owner)[name] is known
    assert (is_pristine(), list(patches())) == (True, [])


def test_what_comes_is_nobody_s_concern():
    """A name that is new in torch, as that of a module that is imported, is no patch."""
    torch.something_new = abs
    try:
        assert is_pristine()
    finally:
        del torch.something_new
