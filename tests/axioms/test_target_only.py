"""Target only."""

from dataclasses import replace

import pytest
import torch

from axiomcheck.engine.cell import run
from axiomcheck.engine.question import Budget
from axiomcheck.engine.resolve import question
from axiomcheck.explainers.methods.grad_x_input import grad_x_input
from axiomcheck.explainers.methods.lrp_z_plus import LRPZPlus
from axiomcheck.explainers.methods.uniform import uniform
from axiomcheck.networks import Case, Linear, Network, ReLU, Softmax
from axiomcheck.networks.derivations import OthersScaled, Scaled
from axiomcheck.networks.errors import DoesNotApply
from axiomcheck.networks.family import PRESETS
from axiomcheck.strategies.codec import block_size
from axiomcheck.strategies.related import scaled_others

NAME = "target_only"
TWO = Network((Linear(((1.0,), (2.0,)), (0.0, 1.0)),))
"""f(x) = x, beside 2 x + 1."""


@pytest.fixture
def tripled():
    """Return f(x) = x at 2, the other output three times what it is."""
    return Case(TWO, (0.0,), inputs=((2.0,),), facts=(OthersScaled(3.0),))


def softmax_behind(model, inputs, target):
    """Return gradient × input of the probability of the target in place of the output."""
    leaf = inputs.detach().clone().requires_grad_()
    chosen = torch.softmax(model(leaf), 1).gather(1, target[:, None]).sum()
    return torch.autograd.grad(chosen, leaf)[0] * inputs


def margin(model, inputs, target):
    """Return gradient × input of the target less the mean of all outputs."""
    leaf = inputs.detach().clone().requires_grad_()
    outputs = model(leaf)
    return torch.autograd.grad((outputs.gather(1, target[:, None]) - outputs.mean(1, True)).sum(), leaf)[0] * inputs


def test_the_other_rows_are_scaled():
    """(x, 2 x + 1) becomes (x, 6 x + 3), and about the second output (3 x, 2 x + 1); a ReLU may follow."""
    assert OthersScaled(3.0).of(TWO, 0).exact((2.0,)) == (2, 15)
    assert OthersScaled(3.0).of(TWO, 1).exact((2.0,)) == (6, 5)
    behind = replace(TWO, layers=(*TWO.layers, ReLU()))
    assert OthersScaled(-1.0).of(behind, 0).exact((2.0,)) == (2, 0)


@pytest.mark.parametrize(
    "network", [Network((Linear(((1.0,),), (0.0,)),)), replace(TWO, layers=(*TWO.layers, Softmax()))]
)
def test_there_must_be_others_apart(network):
    """One output has none beside it, and those of a softmax are not computed apart."""
    with pytest.raises(DoesNotApply):
        OthersScaled(3.0).of(network, 0)


@pytest.mark.parametrize("explain", [uniform, grad_x_input, LRPZPlus()])
def test_methods_of_the_target(judged, tripled, explain):
    """They begin with one at the target, and with nothing elsewhere."""
    assert judged(explain, NAME, tripled).kind == "holds"


def test_all_outputs_less_their_mean(judged, tripled):
    """At 2 the slope 1 - 3/2 gives -1, and 1 - 7/2 gives -5."""
    outcome = judged(margin, NAME, tripled)
    assert (outcome.kind, outcome.gap) == ("violated", 4.0)
    assert outcome.reason == (
        "at x = (2) the scores of f are (-1), and (-5) once the other outputs are 3 times what they were"
    )


def test_the_sign_counts(judged, tripled):
    """Scores that turn their sign beside other outputs are as large as before, and wrong."""

    def turning(model, inputs, target):
        scores = grad_x_input(model, inputs, target)
        return -scores if float(model(inputs).detach().max()) > 6 else scores

    outcome = judged(turning, NAME, tripled)
    assert (outcome.kind, outcome.gap) == ("violated", 4.0)


def test_a_softmax_is_told(judged, tripled):
    """The probability of the target depends on all outputs."""
    assert judged(softmax_behind, NAME, tripled).kind == "violated"


def test_other_cases_are_rejected(judged, tripled):
    """Another derivation says nothing of other outputs; a dead target has no scores that could change."""
    assert judged(uniform, NAME, replace(tripled, facts=(Scaled(2.0),))).kind == "rejected"
    dead = Case(replace(TWO, layers=(*TWO.layers, ReLU())), (0.0,), ((-1.0,),), facts=(OthersScaled(3.0),))
    assert judged(grad_x_input, NAME, dead).kind == "vacuous"


@pytest.mark.parametrize("preset", PRESETS)
def test_draws(judged, preset, draw_blocks):
    """Drawn cases are of their family, the target is as it was, others are not, and gradient × input keeps it."""
    family = PRESETS[preset]
    cases = [scaled_others(block, family) for block in draw_blocks(40, 158, block_size(family))]
    assert all(case.belongs_to(family) for case in cases)
    for case in cases:
        one, other = (network.value(case.inputs[0]) for network in case.networks)
        assert one[case.target] == other[case.target]
    changed = [case for case in cases if len({network.value(case.inputs[0]) for network in case.networks}) == 2]
    assert len(changed) > 20  # others may be 0 there, behind a ReLU
    kinds = [judged(grad_x_input, NAME, case).kind for case in cases]
    assert kinds.count("holds") > 32
    assert "violated" not in kinds


def test_the_smallest_network():
    """Two outputs of one variable are enough, and the script prints the gap."""
    cell = run(question(margin, NAME, "biased", Budget(100)))
    assert cell.verdict == "violated"
    assert cell.counterexample.case.network.size <= TWO.size
    assert "gap(scores, model, other, x)" in cell.counterexample.code()
