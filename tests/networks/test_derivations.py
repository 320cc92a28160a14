"""Derivations: the second function is what it is said to be, exactly."""

import pytest

from axiomcheck.networks import BatchNorm, Conv, DoesNotApply, Flatten, Linear, MaxPool, Network, ReLU, Residual
from axiomcheck.networks.derivations import Combined, Scaled, Shifted
from axiomcheck.networks.family import PRESETS
from axiomcheck.networks.serialization import named_data
from axiomcheck.strategies.codec import block_size
from axiomcheck.strategies.related import combined_outputs, scaled_functions, shifted_inputs

TWO = Network((Linear(((1.0, -1.0), (0.0, 2.0)), (1.0, 0.0)), ReLU(), Linear(((1.0, 1.0), (-1.0, 2.0)), (0.0, 3.0))))
CHANNELS = Network((Conv.of([[[1.0, 2.0]], [[0.0, -1.0]]], [1.0, 0.0]), ReLU(), Flatten()), (1, 3))


def test_scaled():
    """Three times each output, also through a ReLU, a pool and a convolution."""
    x = (2.0, 0.5)
    assert Scaled(3.0).of(TWO, 0).exact(x) == tuple(3 * value for value in TWO.exact(x))
    pooled = Network((*CHANNELS.layers[:2], MaxPool((2,), (2,)), Flatten()), (1, 3))
    y = (1.0, -2.0, 3.0)
    assert Scaled(0.5).of(pooled, 0).exact(y) == tuple(value / 2 for value in pooled.exact(y))


def test_combined():
    """2 f - h, of outputs in either order; behind a ReLU by one more layer."""
    x = (2.0, 0.5)
    first, second = TWO.exact(x)
    assert Combined(2.0, -1.0, 1).of(TWO, 0).exact(x) == (2 * first - second,)
    assert Combined(2.0, -1.0, 0).of(TWO, 1).exact(x) == (2 * second - first,)
    bent = Network((*TWO.layers, ReLU()))
    assert Combined(1.0, 3.0, 1).of(bent, 0).exact(x) == (bent.exact(x)[0] + 3 * bent.exact(x)[1],)
    assert Combined(1.0, 3.0, 1).of(bent, 0).ends_in_relu
    assert not Combined(1.0, -3.0, 1).of(bent, 0).ends_in_relu


def test_shifted():
    """g(x - s) = f(x), through Linear, a convolution with one shift for its channel, and both branches of a sum."""
    assert Shifted((1.0, -2.0)).of(TWO, 0).exact((1.0, 2.5)) == TWO.exact((2.0, 0.5))
    assert Shifted((2.0,) * 3).of(CHANNELS, 0).exact((-1.0, -4.0, 1.0)) == CHANNELS.exact((1.0, -2.0, 3.0))
    norm = BatchNorm.of((1.0, 0.0), (2.0, 0.5), (1.0, 1.0), (0.0, 2.0))
    both = Network((Residual(((Linear(((1.0, 2.0), (0.0, 1.0)), (0.0, 0.0)),), (norm,))),), (2,))
    assert Shifted((1.0, 3.0)).of(both, 0).exact((0.0, 0.0)) == both.exact((1.0, 3.0))


@pytest.mark.parametrize(
    ("derivation", "network"),
    [
        (Scaled(0.0), TWO),
        (Scaled(2.0), Network((ReLU(),), (1,))),
        (Combined(1.0, 0.0, 1), TWO),
        (Combined(1.0, 1.0, 2), TWO),
        (Combined(1.0, 1.0, 1), CHANNELS),
        (Shifted((1.0, 0.0, 0.0)), CHANNELS),
        (Shifted((1.0,) * 3), Network((Conv.of([[[1.0, 2.0]]], padding=1), Flatten()), (1, 3))),
        (Shifted((1.0,)), Network((Residual(((Linear(((1.0,),), (0.0,)),), ())),), (1,))),
    ],
)
def test_where_there_is_none(derivation, network):
    """No weights, no other output, a padding, one bias for unequal shifts, a way around all biases."""
    with pytest.raises(DoesNotApply):
        derivation.of(network, 0)


def test_as_data():
    """Names and numbers, as JSON knows them."""
    assert named_data(Shifted((1.0, 0.0))) == {"name": "shifted", "shift": [1.0, 0.0]}
    assert named_data(Combined(1.0, -2.0, 3)) == {"name": "combined", "a": 1.0, "b": -2.0, "second": 3}
    assert (Combined(1.0, -2.0, 3).formula, Scaled(3.0).formula) == ("f - 2 h", "3 f")


@pytest.mark.parametrize("preset", ["deep-taylor", "biased", "ordinary"])
def test_drawn_functions_are_what_they_are_said_to_be(preset, draw_blocks):
    """Exactly, at every drawn input; networks with an average over three, or a softmax, up to rounding."""
    family = PRESETS[preset]
    for block in draw_blocks(25, 160, block_size(family)):
        scaled, combined, shifted = (d(block, family) for d in (scaled_functions, combined_outputs, shifted_inputs))
        for x in scaled.inputs if isinstance(scaled.derivation, Scaled) else ():
            f, g = scaled.networks[0].value(x), scaled.networks[1].value(x)
            assert list(map(float, g)) == pytest.approx([scaled.derivation.factor * float(value) for value in f])
        for x in combined.inputs if isinstance(combined.derivation, Combined) else ():
            derived, f = combined.derivation, combined.networks[0].value(x)
            wanted = derived.a * float(f[combined.target]) + derived.b * float(f[derived.second])
            assert float(combined.networks[1].value(x)[0]) == pytest.approx(wanted, abs=1e-9)
        for x in shifted.inputs if isinstance(shifted.derivation, Shifted) else ():
            g = shifted.networks[1].value(shifted.derivation.moved(x))
            assert list(map(float, g)) == pytest.approx(list(map(float, shifted.networks[0].value(x))))


def test_a_shift_of_other_variables_does_not_apply():
    """As many numbers as the network has variables, or there is no such network."""
    with pytest.raises(DoesNotApply, match="3 variables are shifted, and the network has 2"):
        Shifted((1.0, 0.0, 2.0)).of(TWO, 0)
