"""Where a failure arises."""

import pytest
import torch
from torch import nn

from axiomcheck.axioms import AXIOMS
from axiomcheck.engine.causes.cause import cause_of
from axiomcheck.engine.judge import Judge
from axiomcheck.explainers.loading.locate import locate
from axiomcheck.explainers.methods.grad_x_input import grad_x_input
from axiomcheck.explainers.methods.integrated_gradients import IntegratedGradients
from axiomcheck.networks import Case, Network
from axiomcheck.networks.layers import Flatten, Linear, MaxPool, ReLU, Residual

EXACT = IntegratedGradients()


def _cause(explainer, case, axiom="conservation"):
    judge = Judge(explainer, AXIOMS[axiom])
    outcome = judge(case)
    assert outcome.fails
    return cause_of(judge, case, outcome)


def doubled_at_pools(model, inputs, target, *, baseline):
    """Return exact integrated gradients, doubled if there is a max pool."""
    pools = any(isinstance(module, nn.MaxPool1d) for module in model.modules())
    return EXACT(model, inputs, target, baseline=baseline) * (1 + pools)


POOLED = Network((ReLU(), MaxPool((2,), (1,)), Flatten(), Linear(((1.0, 1.0),), (0.0,))), (1, 3))


def test_a_layer_is_named_from_which_on_it_fails():
    """The flattening and the layer behind the pool are right alone; that its windows overlap is said."""
    cause = _cause(doubled_at_pools, Case(POOLED, (0.0,) * 3, inputs=((1.0, 2.0, 3.0),)))
    assert cause.where == "at maxpool"
    assert cause.traits == ("overlapping",)
    assert cause.severity == "gross"


def test_a_layer_is_named_inside_a_block():
    """The pool in the branch of a sum doubles all by itself."""
    one_pool = Residual(((MaxPool((1,), (1,)),), ()))
    network = Network((one_pool, Flatten(), Linear(((1.0, 1.0),), (0.0,))), (1, 2))
    assert _cause(doubled_at_pools, Case(network, (0.0, 0.0), inputs=((1.0, 2.0),))).where == "at maxpool"


def test_a_block_is_named_whose_branches_are_right_alone():
    """x + x gets 4 x from Captum's LRP, which hands all relevance to both; each branch by itself is right."""
    network = Network((Residual(((Linear(((1.0,),), (0.0,)),), ())), Linear(((1.0,),), (0.0,))), (1,))
    cause = _cause(locate("captum:LRP").explain, Case(network, (0.0,), inputs=((1.0,),)))
    assert cause.where == "at residual"


def test_a_bias_is_lost_at_its_layer():
    """G×I leaves the second bias out, the first layer has none."""
    network = Network((Linear(((1.0,),), (0.0,)), ReLU(), Linear(((1.0,),), (4.0,))))
    cause = _cause(grad_x_input, Case(network, (0.0,), inputs=((1.0,),)))
    assert (cause.where, "biases" in cause.conditions) == ("at linear", True)


def halved(model, inputs, target, *, baseline):
    """Return half of exact integrated gradients."""
    return EXACT(model, inputs, target, baseline=baseline) / 2


def halved_and_lost_at_pools(model, inputs, target, *, baseline):
    """Return 99 % of exact integrated gradients, and nothing if there is a max pool."""
    pools = any(isinstance(module, nn.MaxPool1d) for module in model.modules())
    return EXACT(model, inputs, target, baseline=baseline) * (0.99 - 0.99 * pools)


def test_what_fails_for_a_plain_sum_fails_everywhere():
    """Halves are wrong for x1 + x2 + x3 too; the 1 % that is missing of that is no reason why all is at a pool."""
    case = Case(POOLED, (0.0,) * 3, inputs=((1.0, 2.0, 3.0),))
    assert _cause(halved, case).where == "everywhere"
    assert _cause(halved_and_lost_at_pools, case).where == "at maxpool"


def of_the_softmax(model, inputs, target):
    """Return the softmax of the outputs as the score of every variable, shared alike."""
    score = model(inputs).softmax(1).gather(1, target[:, None]).detach()
    return (score / inputs.shape[1]).expand_as(inputs)


def test_a_softmax_that_nobody_asked_for_is_named():
    """The scores sum to the probability, where the output was meant."""
    network = Network((Linear(((1.0,), (-1.0,)), (0.0, 0.0)),))
    case = Case(network, (0.0,), inputs=((1.0,),))
    assert _cause(of_the_softmax, case).where == "where the softmax of the outputs is explained, not the output"


@pytest.mark.parametrize("seed", [0, 1])
def test_noise_is_named_by_its_event(seed):
    """Scores that differ in the next call."""

    def noisy(model, inputs, target):
        return torch.rand(inputs.shape, dtype=inputs.dtype) + seed

    network = Network((Linear(((1.0, 2.0),), (0.0,)),))
    cause = _cause(noisy, Case(network, (0.0, 0.0), inputs=((1.0, 1.0),)), "determinism")
    assert cause.where == "everywhere in the next"
