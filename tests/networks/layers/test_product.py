"""Products of branches."""

import json

import pytest
import torch

from axiomcheck.networks import (
    AxiomcheckError,
    Case,
    DoesNotApply,
    Family,
    Linear,
    Network,
    Product,
    ReLU,
    SiLU,
    Style,
)
from axiomcheck.networks.ingredients import needed_by
from axiomcheck.networks.rewrites.products import Associate, ScaleBranches
from axiomcheck.networks.serialization import network_data, network_of

FIRST, SECOND, THIRD = (
    Linear((row,), (bias,)) for row, bias in (((1.0, 2.0), 1.0), ((-1.0, 0.5), 0.0), ((3.0, 0.0), -1.0))
)


@pytest.mark.parametrize("style", [Style(), Style(layout="forward"), Style(layout="blocks"), Style(relu="functional")])
def test_it_multiplies_unit_by_unit(style):
    """Exactly: at (1, 1) the branches are 4, -1/2 and 2, so that their product is -4; PyTorch says so too."""
    network = Network((Product(((FIRST,), (SECOND,), (THIRD,))),), (2,), style)
    assert network.value((1.0, 1.0)) == (-4,)
    assert network.error((1.0, 1.0)) == (0.0,)
    namespace = {}
    exec(network.code(), namespace)
    x = torch.ones(1, 2, dtype=torch.float64)
    assert float(network.module()(x).detach()) == float(namespace["model"](x).detach()) == -4.0


def test_a_gate_is_within_proved_errors():
    """silu(4) · (-1/2) = -2 / (1 + e⁻⁴) at (1, 1)."""
    network = Network((Product(((FIRST, SiLU()), (SECOND,))),), (2,))
    assert abs(float(network.value((1.0, 1.0))[0]) + 1.9640275800758169) <= network.error((1.0, 1.0))[0] + 1e-15
    assert 0 < network.error((1.0, 1.0))[0] < 1e-12


def test_formulas_files_and_families():
    """People read a product; JSON gives it back; its item is needed."""
    network = Network((Product(((FIRST,), (SECOND,))),), (2,))
    assert network.formula() == "f(x1, x2) = (x1 + 2*x2 + 1)*(-x1 + 0.5*x2)"
    assert network_of(json.loads(json.dumps(network_data(network)))) == network
    assert needed_by(Case(network, (0.0, 0.0), ((1.0, -1.0),))).items == {"mlp", "product"}
    assert network in Family.parse("smooth")
    assert network not in Family.parse("ordinary")


def test_branches_of_two_shapes_are_told():
    """In one sentence."""
    with pytest.raises(AxiomcheckError, match="a product of branches needs branches of one shape"):
        Network((Product(((FIRST,), ())),), (2,))


def test_side_conditions_of_rewrites():
    """Three branches to associate, two with weights behind which all commutes with a factor, a factor of 2ⁿ."""
    two = Network((Product(((FIRST, ReLU()), (SECOND,))),), (2,))
    assert ScaleBranches(0, 4.0).apply(two).layers == (
        Product(
            ((Linear(((4.0, 8.0),), (4.0,)), ReLU()), (Linear(((-0.25, 0.125),), (0.0,)),)),
        ),
    )
    gated = Network((Product(((FIRST, SiLU()), (SECOND,))),), (2,))
    for rewrite, network, why in (
        (Associate(0), two, "has no three branches"),
        (ScaleBranches(0, 3.0), two, "a power of two"),
        (ScaleBranches(0, 2.0), gated, "no two branches that take a factor in"),
    ):
        with pytest.raises(DoesNotApply, match=why):
            rewrite.apply(network)
    three = Network((Product(((FIRST,), (SECOND,), (THIRD,))),), (2,))
    assert Associate(0).apply(three).layers == (Product(((FIRST,), (Product(((SECOND,), (THIRD,))),))),)
