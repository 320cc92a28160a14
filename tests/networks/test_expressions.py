"""Expressions, and the signs of ways through a network: what is said of a function is so."""

import numpy as np
import pytest

from axiomcheck.networks import Concat, Flatten, Linear, MaxPool, Network, ReLU
from axiomcheck.networks.expressions import is_irrelevant, is_symmetric
from axiomcheck.networks.facts import Symmetric
from axiomcheck.networks.family import PRESETS
from axiomcheck.strategies.codec import block_size
from axiomcheck.strategies.monotone import monotone_functions
from axiomcheck.strategies.symmetric import symmetric_variables

PLAIN = (0.0, 0.0)


def _two(first, second):
    return Network((Linear(first, (0.0,) * len(first)), ReLU(), Linear((second,), (0.0,))))


@pytest.mark.parametrize(
    ("network", "expected"),
    [
        (_two(((1.0, 1.0),), (1.0,)), True),
        (_two(((1.0, 2.0),), (1.0,)), False),
        (_two(((1.0, -2.0), (-2.0, 1.0)), (3.0, 3.0)), True),
        (_two(((1.0, -2.0), (-2.0, 1.0)), (3.0, 2.0)), False),
        (_two(((1.0, 2.0), (1.0, 2.0), (2.0, 1.0)), (1.0, 1.0, 2.0)), True),
        (Network((MaxPool((2,), (2,)), Flatten()), (1, 2)), True),
        (Network((Concat(((Linear(((1.0, 1.0),), (0.0,)),), ())), Linear(((1.0, 2.0, 2.0),), (0.0,))), (2,)), True),
    ],
)
def test_symmetry_is_seen(network, expected):
    """Equal columns, mirrored units, units that count together, maxima and sums; unequal weights are none."""
    assert is_symmetric(network, 0, (0, 1)) is expected


def test_cancelling_is_seen():
    """relu(x2) - relu(x2) is nothing, relu(x2) - relu(x1) is something."""
    assert is_irrelevant(_two(((1.0, 0.0), (0.0, 1.0), (0.0, 1.0)), (1.0, 2.0, -2.0)), 0, (1,))
    assert not is_irrelevant(_two(((1.0, 0.0), (0.0, 1.0)), (-1.0, 1.0)), 0, (1,))


@pytest.mark.parametrize("preset", PRESETS)
def test_what_is_seen_is_so(preset, draw_blocks):
    """Drawn symmetric functions have equal values when the two variables change places."""
    family = PRESETS[preset]
    for block in draw_blocks(20, 161, block_size(family)):
        case = symmetric_variables(block, family)
        order = np.arange(case.network.in_features)
        order[list(case.variables(Symmetric))] = order[list(case.variables(Symmetric))][::-1]
        x = (np.random.default_rng(0).integers(-8, 8, (10, len(order))) / 4.0).astype(float)
        values = case.network.outputs(x)[:, case.target]
        assert values == pytest.approx(case.network.outputs(x[:, order])[:, case.target])


def test_trends():
    """-relu(x2 - x1) rises in x1 and falls in x2; x1 - relu(x1) does both, by its signs."""
    scarce = _two(((-1.0, 1.0),), (-1.0,))
    assert (scarce.rises(0, 0), scarce.rises(1, 0)) == (True, False)
    both = _two(((1.0,), (1.0,)), (1.0, -1.0))
    assert not both.rises(0, 0)
    assert [part.tolist() for part in both.trends] == [[[True]], [[True]]]
    assert not _two(((1.0, 0.0),), (1.0,)).rises(1, 0)


@pytest.mark.parametrize("preset", PRESETS)
def test_what_rises_never_falls(preset, draw_blocks):
    """Along the drawn paths the output does not fall."""
    family = PRESETS[preset]
    for block in draw_blocks(20, 162, block_size(family)):
        case = monotone_functions(block, family)
        if case.path is not None:
            points = case.path.points(np.linspace(0, 1, 9))
            assert np.diff(case.network.outputs(points)[:, case.target]).min() >= -1e-9
