"""Smooth activations, on their way through everything."""

import json
from dataclasses import replace
from random import Random

import pytest
import torch

from axiomcheck.networks import (
    GELU,
    AxiomcheckError,
    Case,
    Family,
    Flatten,
    GroupNorm,
    InstanceNorm,
    LayerNorm,
    Linear,
    Network,
    ReLU,
    RMSNorm,
    Sigmoid,
    SiLU,
    Softplus,
    Style,
    Tanh,
    UnknownName,
)
from axiomcheck.networks.ingredients import needed_by
from axiomcheck.networks.layers.origin import Origin
from axiomcheck.networks.rewrites.units import CancellingPair, DeadUnit, Permute, Rescale, Split
from axiomcheck.networks.serialization import network_data, network_of
from axiomcheck.networks.shrinking import simpler_cases, smallest_cases
from axiomcheck.strategies.cases import one_network, one_twin
from axiomcheck.strategies.codec import block_size

LAYERS = (GELU(), GELU("tanh"), SiLU(), Sigmoid(), Tanh(), Softplus())
PLAIN = Style()
STYLES = (PLAIN, Style(layout="forward"), Style(layout="blocks"), Style(relu="functional"), Style(relu="clamp"))
SMOOTH = Family.parse("smooth")


def _network(layer, style=PLAIN):
    first, last = Linear(((1.0, -2.0), (0.5, 1.0)), (0.25, -1.0)), Linear(((2.0, 1.0),), (0.5,))
    return Network((first, layer, last), style=style)


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.text)
@pytest.mark.parametrize("layer", LAYERS, ids=repr)
def test_pytorch_computes_the_same_in_every_style(layer, style):
    """Within four times the proved bound, also where exp overflows; printed code gives the same model."""
    network, random = _network(layer, style), Random(84)
    points = [tuple(random.uniform(-s, s) for _ in range(2)) for s in (1, 8, 1e3, 1e-6) for _ in range(10)]
    namespace = {}
    exec(network.code(), namespace)
    inputs = torch.tensor(points, dtype=torch.float64)
    for model in (network.module(), namespace["model"]):
        for x, output in zip(points, model(inputs)[:, 0].tolist(), strict=True):
            assert abs(output - float(network.value(x)[0])) <= 4 * network.error(x)[0]


@pytest.mark.parametrize("layer", LAYERS, ids=repr)
def test_files_formulas_and_families(layer):
    """JSON gives the network back, people read its name, and its family is the narrowest with its item."""
    network = _network(layer)
    assert network_of(json.loads(json.dumps(network_data(network)))) == network
    (step,) = layer.steps((2,))
    assert f"2*{step.function.name}(x1 - 2*x2 + 0.25)" in network.formula()
    family = needed_by(Case(network, (0.0, 0.0), ((-1.0, 1.0),)))
    assert family.items == {"mlp", layer.kind}
    assert network in SMOOTH
    assert network not in Family.parse("ordinary")
    assert not network.is_exact
    assert network.knows_its_kinks


@pytest.mark.parametrize("name", ["gelu", "silu", "sigmoid", "tanh", "softplus"])
def test_they_need_any_biases_and_outputs(name):
    """Where biases are restricted, or all ends in ReLUs, they are refused in one sentence."""
    for option in ("bias=none", "bias=nonpositive", "output=relu"):
        with pytest.raises(AxiomcheckError, match="is no ReLU and not homogeneous: it needs bias=any and output=any"):
            Family.parse(f"{name},{option}")


def test_a_gelu_has_two_forms():
    """Any other is refused; the approximation is less plain."""
    with pytest.raises(UnknownName, match="unknown approximation of GELU 'tahn'; did you mean 'tanh'"):
        GELU("tahn")
    assert (list(GELU("tanh").plainer()), list(GELU().plainer())) == ([GELU()], [])
    assert GELU("tanh").options == ("by tanh",)


@pytest.mark.parametrize("layer", LAYERS, ids=repr)
def test_values_that_one_knows(layer):
    """At 0, and far out on both sides, where they are the identity or a constant."""
    known = {
        "gelu": (0, 50, 0),
        "silu": (0, 50, 0),
        "sigmoid": (0.5, 1, 0),
        "tanh": (0, 1, -1),
        "softplus": (0.6931471805599453, 50, 0),
    }
    found = [float(Network((layer,), (1,)).value((x,))[0]) for x in (0.0, 50.0, -50.0)]
    assert found == pytest.approx(known[layer.kind], abs=1e-12)


def test_a_softplus_of_pytorch_does_not_jump():
    """Its own threshold of 20 makes the function jump by 2e-9; at 40 rounding hides the change."""
    model = Network((Softplus(),), (1,)).module()
    sides = torch.tensor([[40.0], [40.0 + 2.0**-40]], dtype=torch.float64)
    below, above = model(sides)[:, 0].tolist()
    assert above - below == 2.0**-40


REWRITES = (Permute(0, 0, 1), Split(0, 1, 0.25), CancellingPair(0, 1, 2.0, -1.0, 0, 3.0))


@pytest.mark.parametrize("rewrite", REWRITES, ids=lambda rewrite: rewrite.name)
def test_rewrites_of_any_function_of_units(rewrite):
    """What does not depend on the function of a unit is done to smooth ones, and keeps the values."""
    network, random = _network(Tanh()), Random(85)
    rewritten = rewrite.apply(network)
    for _ in range(20):
        x = (random.uniform(-3, 3), random.uniform(-3, 3))
        gap = abs(network.value(x)[0] - rewritten.value(x)[0])
        assert gap <= network.error(x)[0] + rewritten.error(x)[0]


@pytest.mark.parametrize("rewrite", [DeadUnit(0, -1.0, 0, 1.0), Rescale(0, 0, 2.0)], ids=lambda rewrite: rewrite.name)
def test_rewrites_of_relu_alone(rewrite):
    """A unit below 0 is not dead, and no factor passes."""
    with pytest.raises(AxiomcheckError, match="layer 0 has no ReLU behind it"):
        rewrite.apply(_network(GELU()))


def _drawn(make, family, count, seed):
    random = Random(seed)
    return [make(random.randbytes(block_size(family)), family) for _ in range(count)]


def test_each_kind_is_drawn_with_relus_and_without():
    """In the family of all, each kind is in one network of 20 or more; some have ReLUs as well, and most have none."""
    networks = [case.network for case in _drawn(one_network, SMOOTH, 400, 86)]
    kinds = [{layer.kind for layer in network.leaves} for network in networks]
    for name in ("gelu", "silu", "sigmoid", "tanh", "softplus"):
        assert sum(name in kind for kind in kinds) >= 20
    assert 200 > sum("relu" in kind for kind in kinds) > 50
    assert sum(not network.is_exact for network in networks) > 320
    assert all(network in SMOOTH for network in networks)


def test_twins_are_equal_within_their_errors():
    """Whatever rewrites are drawn, both networks have one value up to the proved bounds."""
    for case in _drawn(one_twin, SMOOTH, 150, 87):
        for x in case.inputs:
            values, errors = ([of(x)[case.target] for of in part] for part in _parts(case))
            assert abs(values[0] - values[-1]) <= sum(errors)


def _parts(case):
    yield [network.value for network in case.networks]
    yield [network.error for network in case.networks]


def test_shrinking_leads_to_the_smallest():
    """The first cases that are tried have one unit; neighbours of a larger one are simpler."""
    start = Case(_network(GELU("tanh")), (0.0, 0.0), ((-1.0, 1.0),))
    kinds = {
        tuple(layer.kind for layer in case.network.layers) for case in smallest_cases(start, SMOOTH, measured=True)
    }
    assert {("gelu",), ("linear", "tanh"), ("linear", "softplus", "linear")} <= kinds
    neighbours = list(simpler_cases(start))
    assert neighbours
    assert all(case.simplicity < start.simplicity for case in neighbours)
    assert any(GELU() in case.network.layers for case in neighbours)


def test_a_relu_and_a_gelu_share_nothing():
    """A network with both needs both items, of which one is in every family."""
    network = Network((Linear(((1.0,),), (0.0,)), ReLU(), Linear(((1.0,),), (0.0,)), GELU()))
    assert network in Family.parse("gelu")
    assert network not in Family.parse("silu")


NORMS = (*LayerNorm.samples((3,)), *RMSNorm.samples((3,)), *GroupNorm.samples((3,)))


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.text)
@pytest.mark.parametrize("norm", NORMS, ids=repr)
def test_norms_are_those_of_pytorch(norm, style):
    """Within four times the proved bound, of vectors of every size; code and files give the same network."""
    first, last = Linear(((1.0, -2.0), (0.5, 1.0), (1.0, 0.0)), (0.25, -1.0, 0.0)), Linear(((2.0, 1.0, -1.0),), (0.5,))
    network, random, namespace = Network((first, norm, last), style=style), Random(88), {}
    exec(network.code(), namespace)
    assert network_of(json.loads(json.dumps(network_data(network)))) == network
    points = [tuple(random.uniform(-s, s) for _ in range(2)) for s in (1, 8, 1e3) for _ in range(10)]
    for model in (network.module(), namespace["model"]):
        for x, output in zip(points, model(torch.tensor(points, dtype=torch.float64))[:, 0].tolist(), strict=True):
            assert abs(output - float(network.value(x)[0])) <= 4 * network.error(x)[0]


@pytest.mark.parametrize("norm", [*GroupNorm.samples((4, 2)), *InstanceNorm.samples((4, 2))], ids=repr)
def test_norms_of_images_are_those_of_pytorch(norm):
    """Within four times the proved bound; flat, in shrinking, they are group norms of the same value."""
    last, random = Linear((tuple(each / 2 for each in range(-4, 4)),), (0.5,)), Random(89)
    network = Network((norm, Flatten(), last), (4, 2))
    assert network_of(json.loads(json.dumps(network_data(network)))) == network
    points = [tuple(random.uniform(-s, s) for _ in range(8)) for s in (1, 8, 1e3) for _ in range(10)]
    outputs = network.module()(torch.tensor(points, dtype=torch.float64).reshape(-1, 4, 2))[:, 0].tolist()
    flat = Network((*norm.flatten((4, 2)), last), (8,))
    for x, output in zip(points, outputs, strict=True):
        assert abs(output - float(network.value(x)[0])) <= 4 * network.error(x)[0]
        assert flat.value(x) == network.value(x)


def test_each_group_has_statistics_of_its_own():
    """Two groups of two units: each ends at (-1, 1) or at (1, -1), less what eps takes, whatever the other is."""
    network = Network((replace(GroupNorm.of(4, 2.0**-40), num_groups=2),), (4,))
    assert network.value((1.0, 3.0, 1000.0, 0.0))[:4] == pytest.approx((-1, 1, 1, -1), abs=1e-9)
    assert Network((GroupNorm.of(4),), (4,)).value((1.0, 3.0, 1000.0, 0.0))[1] < 0


def test_norms_of_groups_shrink_to_one_group():
    """What is plainer has one group; with three channels of four left, no two groups are equal, and one is all."""
    two = replace(GroupNorm.of(4), num_groups=2)
    assert GroupNorm.of(4) in two.plainer()
    layer, _ = two.restrict_inputs(Origin.same((4,)).with_channels((0, 1, 3), 4))
    assert layer == GroupNorm.of(3)


def test_norms_that_cannot_be():
    """An eps of 0, biases of an RMSNorm and too few of a LayerNorm are refused, and so is another size."""
    for make in (
        lambda: LayerNorm((1.0,), (0.0,), 0.0),
        lambda: RMSNorm((1.0,), (0.0,)),
        lambda: LayerNorm((1.0, 1.0), (0.0,)),
        lambda: replace(GroupNorm.of(3), num_groups=2),
    ):
        with pytest.raises(AxiomcheckError, match="Expected"):
            make()
    with pytest.raises(AxiomcheckError, match=r"nn.LayerNorm\(2\) does not fit inputs of shape \(3,\): it reads 2"):
        LayerNorm.of(2).shape_after((3,))
    with pytest.raises(AxiomcheckError, match="it reads images"):
        InstanceNorm.of(2).shape_after((2,))
    with pytest.raises(AxiomcheckError, match="one unit alone has no deviation"):
        replace(GroupNorm.of(2), num_groups=2).shape_after((2,))
