"""What is global: the same for every call, and afterwards as before."""

import random

import numpy as np
import pytest
import torch
from torch import nn

from axiomcheck.engine.runtime.isolation import GLOBAL_HOOKS, global_state, isolated

DRAWS = {
    "torch": lambda: float(torch.rand(())),
    "numpy": np.random.rand,
    "Python": random.random,
}


@pytest.mark.parametrize("generator", DRAWS)
def test_a_seed_is_a_state_of_every_generator(generator):
    """The same seed gives the same numbers, another one others."""
    drawn = []
    for seed in (0, 0, 1):
        with isolated(seed):
            drawn.append(DRAWS[generator]())
    assert drawn[0] == drawn[1] != drawn[2]


def test_numpy_draws_what_it_draws_for_everybody():
    """The generator that stands in for numpy's own gives the numbers that the seed gives there."""
    before = np.random.get_state()  # noqa: NPY002
    try:
        np.random.seed(1)  # noqa: NPY002
        expected = np.random.rand(3)  # noqa: NPY002
    finally:
        np.random.set_state(before)  # noqa: NPY002
    with isolated(1):
        assert np.random.rand(3).tolist() == expected.tolist()  # noqa: NPY002


def _disturb():
    for draw in DRAWS.values():
        draw()
    torch.set_default_dtype(torch.float32 if torch.get_default_dtype() == torch.float64 else torch.float64)
    torch.set_grad_enabled(False)
    torch.set_num_threads(torch.get_num_threads() + 1)
    nn.modules.module.register_module_forward_hook(lambda *_: None)


@pytest.mark.parametrize("raised", [False, True])
def test_all_is_put_back(raised):
    """Generators, dtype, gradients, threads and hooks for all modules are as before, also after an exception."""
    before = global_state()
    try:
        with isolated():
            _disturb()
            if raised:
                raise KeyError
    except KeyError:
        pass
    assert global_state() == before
    assert not any(GLOBAL_HOOKS.values())


def test_what_is_disturbed_shows():
    """Each of them is part of the state that is compared."""
    with isolated():
        before = global_state()
        _disturb()
        after = global_state()
    shown = {f"the random state of {name}" for name in DRAWS}
    shown |= {"the default dtype", "grad mode", "the number of threads"}
    assert {name for name in before if before[name] != after[name]} == shown


def test_gradients_are_on_inside():
    """Whatever the caller does."""
    with torch.no_grad():
        with isolated():
            assert torch.is_grad_enabled()
        assert not torch.is_grad_enabled()
