"""Known bugs of a library come out by themselves, from a hunt in the default family."""

import pytest

from axiomcheck.commands.hunt import HUNTED
from axiomcheck.engine.hunt import Hunt
from axiomcheck.engine.question import Budget
from axiomcheck.engine.resolve import question
from axiomcheck.networks import Block


def _found(explainer, axiom, seed):
    hunt = Hunt(question(explainer, axiom, HUNTED, Budget(500, seed)))
    return [finding.counterexample.case.network for finding in hunt]


def _leaves_and_blocks(layers):
    inner = [_leaves_and_blocks(branch) for layer in layers if isinstance(layer, Block) for branch in layer.branches]
    return len(layers) + sum(inner)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(1))
def test_captums_deeplift_loses_completeness_with_a_functional_relu(seed):
    """One ReLU that is called as a function, and nothing else."""
    networks = _found("captum:DeepLift", "conservation", seed)
    functional = [network for network in networks if network.style.relu in ("functional", "clamp")]
    assert functional
    assert _leaves_and_blocks(functional[0].layers) <= 4


@pytest.mark.long
@pytest.mark.parametrize("seed", range(1))
def test_captums_lrp_loses_conservation_with_a_plain_residual_sum(seed):
    """A sum written as `+`, without biases, and no style of code but the plain one."""
    networks = _found("captum:LRP", "conservation", seed)
    sums = [n for n in networks if any(layer.kind == "residual" for layer in n.layers) and not any(_biases(n))]
    assert sums
    assert sums[0].style.residual == "operator"
    assert _leaves_and_blocks(sums[0].layers) <= 4


def _biases(network):
    return [bias for layer in network.linears for bias in layer.bias]
