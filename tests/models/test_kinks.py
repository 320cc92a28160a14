"""Kinks are found however a model is written, and where bisection finds them."""

from itertools import pairwise

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional

from axiomcheck.models.kinks import homes, is_on_kink, kinks_on
from axiomcheck.networks import Path

LINE = Path(((0.0, 0.0), (1.0, 0.5)))
"""x1 = t, x2 = t / 2."""

WRITTEN = {
    "a module": nn.ReLU(),
    "a function": functional.relu,
    "in place": lambda z: functional.relu(z, inplace=True),
    "a clamp": lambda z: z.clamp(min=0),
    "a method": lambda z: z.relu(),
    "a maximum": lambda z: torch.maximum(z, torch.zeros_like(z)),
    "a product": lambda z: z * (z > 0),
    "where": lambda z: torch.where(z > 0, z, 0 * z),
    "a threshold": lambda z: functional.threshold(z, 0.0, 0.0),
    "half of |z|": lambda z: (z + z.abs()) / 2,
    "a leaky ReLU": lambda z: functional.leaky_relu(z, 0.25),
    "an RReLU in evaluation mode": nn.RReLU().eval(),
    "a PReLU": nn.PReLU(dtype=torch.float64),
    "a maximum of two": lambda z: torch.stack([z, 0 * z]).amax(0),
    "a max pool of two": lambda z: functional.max_pool1d(torch.stack([z, 0 * z], 2), 2)[..., 0],
    "an image's max pool": lambda z: functional.max_pool2d(torch.stack([z, 0 * z], 2)[:, None, :1], (1, 2))[:, :, 0, 0],
}


@pytest.mark.parametrize("written", WRITTEN)
def test_a_kink_is_seen_however_it_is_written(written):
    """relu(x1 + x2 - 3/4) bends at t = 1/2, and nowhere else."""

    def run(points):
        return WRITTEN[written](points.sum(1, keepdim=True) - 0.75)

    if written == "an image's max pool":

        def run(points):
            z = points.sum(1) - 0.75
            return functional.max_pool2d(torch.stack([z, 0 * z], 1)[:, None, None], (1, 2)).flatten(1)

    ts = {float(kink.at) for kink in kinks_on(run, LINE)}
    assert len(ts) == 1
    assert abs(ts.pop() - 0.5) < 1e-15


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        (lambda z: z.clamp(0.25, 0.75), [0.25, 0.75]),
        (lambda z: functional.hardtanh(z, 0.125, 0.5), [0.125, 0.5]),
        (lambda z: functional.relu6(8 * z - 1), [1 / 8, 7 / 8]),
        (lambda z: functional.softshrink(z, 0.25), [0.25]),
        (lambda z: functional.relu(functional.relu(z - 0.25) - 0.5), [0.25, 0.75]),
        (torch.sigmoid, []),
    ],
)
def test_where_functions_of_x1_bend(function, expected):
    """The kinks of functions of x1 = t are their own, seen through an earlier kink too."""
    kinks = kinks_on(lambda points: function(points[:, :1]), LINE)
    assert np.allclose(sorted({float(kink.at) for kink in kinks}), expected, atol=1e-14, rtol=0)


def test_a_tie_of_three_is_followed():
    """The largest of 0.6 - x1, 0.25 and x1 - 0.5 is another one behind t = 0.35 and t = 0.75."""

    def run(points):
        x = points[:, 0]
        return torch.stack([0.6 - x, 0 * x + 0.25, x - 0.5], 1).amax(1, keepdim=True)

    assert np.allclose(sorted({float(kink.at) for kink in kinks_on(run, LINE)}), [0.35, 0.75], atol=1e-14, rtol=0)


def test_a_unit_fed_by_dead_units_has_no_kink():
    """relu(relu(-1 - x1)) is 0 around x1 = 0: its pre-activation is 0 there, and so is its gradient."""

    def run(points):
        return functional.relu(functional.relu(-1 - points[:, :1]))

    assert not kinks_on(run, LINE)
    assert not is_on_kink(run, np.zeros(2))
    assert is_on_kink(run, np.array([-1.0, 0.0]))


def test_a_path_along_a_kink_is_told():
    """x2 = 0 all along the path, where relu(x2) bends."""
    path = Path(((0.0, 0.0), (1.0, 0.0)))
    (kink,) = kinks_on(lambda points: functional.relu(points[:, 1:]), path)
    assert (kink.at, kink.until) == (0, 1)


@pytest.mark.parametrize("name", ["digits", "tabular"])
def test_kinks_are_where_bisection_finds_them(name, loaded):
    """On the way between two inputs each kink of a ReLU is where the sign of what enters it changes, and no other."""
    model, (start, end) = loaded(name).twins.model, loaded(name).data.inputs[:2]
    path = Path(tuple(tuple(start + t * (end - start)) for t in ((0.5, 0.52) if name == "digits" else (0.0, 1.0))))
    kinks = kinks_on(model.run, path, most=10_000)
    found = sorted(float(kink.at) for kink in kinks if model.module_of(kink.layer).startswith("ReLU"))
    expected = _by_bisection(model, path)
    assert len(found) == len(expected) > 3
    assert np.abs(np.array(found) - expected).max() < 2.0**-40


def _by_bisection(model, path, steps=1000):
    """Return every place where what enters an ``nn.ReLU`` changes its sign between neighbours of a grid."""

    def signs(ts):
        entered = []
        relus = [module for module in model.reference.modules() if type(module) is nn.ReLU]
        hooks = [
            relu.register_forward_pre_hook(lambda _, args: entered.append(args[0].flatten(1) > 0)) for relu in relus
        ]
        with torch.no_grad():
            model.run(torch.tensor(path.points(ts)))
        for hook in hooks:
            hook.remove()
        return torch.cat(entered, 1).numpy()

    grid = np.linspace(0, 1, steps)
    taken = signs(grid)
    rows, units = np.nonzero(taken[:-1] != taken[1:])
    low, high, before = grid[rows], grid[rows + 1], taken[rows, units]
    while len(low) and (high - low).max() > 2.0**-46:
        middle = (low + high) / 2
        same = signs(middle)[np.arange(len(units)), units] == before
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    return np.sort((low + high) / 2)


def test_all_that_bends_the_output_is_found(loaded):
    """Wherever the gradient of the residual network changes, clamps and pools included, a kink is known."""
    draws = loaded("residual")
    model, (start, end) = draws.twins.model, draws.data.inputs[:2]
    path = Path((tuple(start + 0.5 * (end - start)), tuple(start + 0.52 * (end - start))))
    ts = [0.0, *sorted({float(kink.at) for kink in kinks_on(model.run, path, most=10_000)}), 1.0]
    assert len(ts) > 6
    for low, high in pairwise(ts):
        first, last = path.points(np.array([low + 0.01 * (high - low), high - 0.01 * (high - low)]))
        assert np.allclose(model.gradient(tuple(first), 0), model.gradient(tuple(last), 0), atol=1e-12, rtol=0)


def test_operations_are_told_by_their_modules():
    """What bends inside a module has its kind and its path."""
    model = nn.Sequential(nn.Linear(2, 2), nn.ReLU(), nn.Sequential(nn.Hardtanh(), nn.Linear(2, 1)))
    assert homes(model.double(), torch.zeros(1, 2, dtype=torch.float64)) == ["ReLU 1", "Hardtanh 2.0", "Hardtanh 2.0"]
