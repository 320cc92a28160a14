"""What layers say of themselves, beside what they compute."""

from dataclasses import replace

import numpy as np
import pytest

from axiomcheck.networks import AxiomcheckError, DoesNotApply, Family, Flatten, Linear, Network, Style
from axiomcheck.networks.family import ITEMS
from axiomcheck.networks.layers import LAYERS, as_block, as_weighted
from axiomcheck.networks.layers.origin import Origin
from axiomcheck.networks.layers.values import frozen
from axiomcheck.networks.lowering import lower

POINTS = 40
WHOLE = (
    *("flatten", "concat", "adaptiveavgpool1d", "attention"),
    *("layernorm", "rmsnorm", "groupnorm", "instancenorm"),
)
"""The kinds whose outputs are all there or none."""


@pytest.fixture
def points(layer, every_kind):
    """Return some inputs of the layer, and as many of small numbers."""
    drawn = np.random.default_rng(90).integers(-32, 33, (POINTS, *every_kind[layer])) / 4
    return np.concatenate([drawn, drawn / 16]).reshape(2 * POINTS, -1)


def _outputs(layers, shape, points):
    for step in lower(layers, shape):
        points = step.forward(points)
    return points


def _without_biases(layer):
    """Return the layer with what it adds exchanged for 0."""
    added = [name for name in ("bias", "mean", "encoding") if hasattr(layer, name)]
    zeros = {name: frozen(np.zeros_like(getattr(layer, name))) for name in added}
    branches = tuple(tuple(map(_without_biases, branch)) for branch in layer.branches)
    return replace(layer.with_branches(branches), **zeros)


def test_homogeneous_layers_commute_with_factors(layer, every_kind, points):
    """c times the input makes c times the output without biases; of a layer that says otherwise some point shows it."""
    bare, shape = _without_biases(layer), every_kind[layer]
    assert not any(bare.biases)
    equal = np.allclose(_outputs((bare,), shape, 3 * points), 3 * _outputs((bare,), shape, points))
    assert equal is layer.is_homogeneous


def test_biases_are_what_is_added(layer, every_kind, points):
    """A layer that adds nothing is 0 at 0."""
    at_zero = _outputs((layer,), every_kind[layer], np.zeros_like(points[:1]))
    if not layer.branches and layer.is_homogeneous:
        assert at_zero.any() == any(layer.biases)


def test_signs_are_as_it_is_said(layer, every_kind, points):
    """What is at least 0 never falls below; what keeps signs makes none that no input of the channel has."""
    outputs = _outputs((layer,), every_kind[layer], points)
    if layer.is_nonnegative:
        assert outputs.min() >= 0
    if layer.keeps_signs:
        assert _outputs((layer,), every_kind[layer], abs(points)).min() >= 0
        assert _outputs((layer,), every_kind[layer], -abs(points)).max() <= 0


def test_rectifying_is_the_relu(layer, every_kind, points):
    """One kind alone rectifies, and does what it says."""
    outputs = _outputs((layer,), every_kind[layer], points)
    assert layer.rectifies == (outputs.shape == points.shape and np.array_equal(outputs, np.maximum(points, 0)))


def test_activations_go_unit_by_unit(layer, every_kind, points):
    """Of an activation no unit depends on another; one that treats all alike does the same to an order of them."""
    outputs, turned = (_outputs((layer,), every_kind[layer], batch) for batch in (points, points[:, ::-1]))
    if layer.is_unitwise:
        assert layer.is_activation
        np.testing.assert_array_equal(turned[:, ::-1], outputs)
    if layer.is_activation and not layer.is_last:
        changed = points.copy()
        changed[:, 0] += 1
        np.testing.assert_array_equal(_outputs((layer,), every_kind[layer], changed)[:, 1:], outputs[:, 1:])


def test_scaled_layers(layer, every_kind, points):
    """A layer with weights takes a factor in; one that commutes with it gives it back; others refuse."""
    shape = every_kind[layer]
    if (
        not (layer.numeric and layer.is_homogeneous and layer.kind not in ("prelu", "positional"))
        and not layer.is_channelwise
    ):
        with pytest.raises(DoesNotApply, match=f"{layer.kind} does not commute with a factor"):
            layer.scale(3.0)
        return
    larger = layer.scale(3.0)
    outputs = 3 * _outputs((layer,), shape, points)
    found = _outputs((layer,), shape, 3 * points) if larger is None else _outputs((larger,), shape, points)
    np.testing.assert_allclose(found, outputs)


def test_shifted_layers(layer, every_kind, points):
    """With the shift in it, or behind it, a layer makes of x what it made of x + s."""
    shape = every_kind[layer]
    by = np.repeat(np.arange(1.0, shape[0] + 1), points.shape[1] // shape[0])
    try:
        new, left = layer.shift(by, shape)
    except DoesNotApply:
        return
    outputs = _outputs((new,), shape, points) + (0 if left is None else left)
    np.testing.assert_allclose(outputs, _outputs((layer,), shape, points + by))


def test_fewer_outputs(layer, every_kind, points):
    """A layer that owns its outputs gives the channels kept, in that order, of the same input; others say they cannot,
    or read fewer channels themselves.
    """
    shape = every_kind[layer]
    after = layer.shape_after(shape)
    kept = tuple(reversed(range(after[0])))[: max(after[0] - 1, 1)]
    if layer.kind in WHOLE:
        with pytest.raises(AxiomcheckError, match=f"{layer.kind} gives all of its units"):
            layer.restrict_outputs(kept)
        return
    fewer = layer.restrict_outputs(kept)
    batch = points.reshape(len(points), *shape)
    read = batch if layer.owns_outputs else batch[:, list(kept)]
    found = _outputs((fewer,), read.shape[1:], read.reshape(len(points), -1))
    whole = _outputs((layer,), shape, points).reshape(len(points), *after)[:, list(kept)]
    if not layer.is_last:
        np.testing.assert_array_equal(found, whole.reshape(len(points), -1))


def test_other_inputs(layer, every_kind, points):
    """Adapted to channels in another order, a layer gives what it gave, at the places that the origin says."""
    shape = every_kind[layer]
    order = tuple(reversed(range(shape[0])))
    origin = Origin.same(shape).with_channels(order, shape[0])
    if getattr(layer, "is_causal", False):
        with pytest.raises(AxiomcheckError, match="attention with a causal mask reads tokens in their order"):
            layer.restrict_inputs(origin)
        return
    new, behind = layer.restrict_inputs(origin)
    batch = points.reshape(len(points), *shape)[:, list(order)].reshape(len(points), -1)
    whole = _outputs((layer,), shape, points)
    np.testing.assert_allclose(_outputs((new,), shape, batch), whole[:, list(behind.flat)])


def test_flat_layers(layer, every_kind, points):
    """On flat inputs the same comes out; of a maximum, which no linear layer is, one unit of each window."""
    shape = every_kind[layer]
    if layer.kind == "attention":
        with pytest.raises(AxiomcheckError, match="attention reads tokens"):
            layer.flatten(shape)
        return
    flat, whole = _outputs(layer.flatten(shape), (points.shape[1],), points), _outputs((layer,), shape, points)
    if layer.kind.startswith("maxpool"):
        assert ((flat <= whole).all(), (flat == whole).any()) == (True, True)
    else:
        np.testing.assert_allclose(flat, whole)


def test_plainer_layers_read_the_same_channels(layer, every_kind):
    """They are of the same kind, and as many channels come out."""
    shape = every_kind[layer]
    for plainer in layer.plainer():
        assert plainer.kind == layer.kind
        assert plainer.shape_after(shape)[0] == layer.shape_after(shape)[0]


def test_windows_are_shortened_along_an_axis(layer):
    """A layer with a window has smaller ones; others have none."""
    for axis, size in enumerate(layer.window):
        smaller = list(layer.shorten(axis)) if size > 1 else []
        assert {one.window[axis] for one in smaller} == {size - 1}
    assert layer.window or not list(layer.shorten(0)) or layer.units


def test_roles_name_the_layer_itself(layer):
    """Who has units with weights is read as such, who has branches as a block; nobody else is."""
    assert as_weighted(layer) is (layer if layer.units > 0 else None)
    assert as_block(layer) is (layer if layer.branches else None)


def test_a_style_changes_the_code_of_those_who_name_it(layer, every_kind):
    """With another value of the option that a layer names its network is written otherwise, and else is not."""
    network = Network((layer, Flatten()) if not layer.is_last else (layer,), every_kind[layer], Style(layout="forward"))
    others = {"relu": "functional", "linear": "functional", "residual": "module", "pool": "functional"}
    inside = {inner.style for branch in layer.branches for inner in branch}
    for option, value in others.items():
        styled = replace(network, style=replace(network.style, **{option: value}))
        assert (styled.code() != network.code()) == (option == layer.style or option in inside)


@pytest.mark.parametrize("kind", LAYERS, ids=lambda kind: kind.__name__)
def test_skeletons_are_networks_with_the_layer(kind):
    """They fit, end in one output or two, and have the layer in them."""
    family = Family(items=frozenset(ITEMS))
    for layers, shape in kind.skeletons():
        network = Network(layers, shape)
        assert network in family
        assert any(type(layer) is kind for layer in network.layers)


def test_linear_of_ones():
    """So many sums of all inputs."""
    assert Linear.ones(2, 1) == Linear(((1.0, 1.0),), (0.0,))
