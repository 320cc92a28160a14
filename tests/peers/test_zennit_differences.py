"""Where ours and Zennit's differ: the smallest network of each, and both sides by hand, as in docs/differences."""

from functools import partial

import pytest
import torch
from torch import nn

from axiomcheck.explainers import declaration, locate
from axiomcheck.networks import AvgPool, Flatten, LeakyReLU, Linear, Network, ReLU, Residual, Style

pytestmark = pytest.mark.peers

close = partial(pytest.approx, rel=1e-5, abs=1e-5)
"""Zennit's 1e-6 in denominators is told apart nowhere below, but where it is what is asked."""


def _scores(name, model, x, baseline=None):
    """Return the scores of an explainer for the first output, times f(x) where it puts in one unit."""
    explain = locate(name).explain
    inputs, said = torch.tensor([x], dtype=torch.float64), declaration(explain)
    keywords = {"seed": 0} if said.samples else {}
    if said.has_baseline:
        keywords["baseline"] = torch.tensor([baseline], dtype=torch.float64)
    found = explain(model, inputs, torch.tensor([0]), **keywords).detach()
    return (found * model(inputs)[0, 0].item() if said.conserves == "unit" else found).flatten().tolist()


def _both(theirs, ours, network, x, baseline=None):
    """Return what Zennit's method and ours say, each of a model of its own."""
    return tuple(_scores(name, network.module(), x, baseline) for name in (f"zennit:{theirs}", ours))


def _sum_of(*weights, bias=0.0, **style):
    return Network((Linear((weights,), (bias,)),), style=Style(**style))


def test_a_stabilizer_is_lost_relevance():
    """x₁ at 1: 1/(1 + 1e-6) of the unit, where LRP-0 gives 1."""
    zennit, ours = _both("Epsilon", "lrp-0", _sum_of(1.0), (1.0,))
    assert zennit == pytest.approx([1 / (1 + 1e-6)], rel=1e-9)
    assert ours == [1.0]


def test_no_stabilizer_is_no_number_at_zero():
    """x₁ - x₂ at (1, 1): 1/0 and -1/0, where ours ends relevance; with 1e-6 a unit becomes ±10⁶."""
    model, inputs = _sum_of(1.0, -1.0).module(), torch.ones(1, 2, dtype=torch.float64)
    bare, stabilised = (
        locate(f"zennit:Epsilon:epsilon={e}").explain(model, inputs, torch.tensor([0]))[0].tolist() for e in (0, 1e-6)
    )
    assert bare == [float("inf"), -float("inf")]
    assert stabilised == pytest.approx([1e6, -1e6])
    assert _scores("lrp-0", model, (1.0, 1.0)) == [0.0, 0.0]


def test_gamma_at_a_negative_input():
    """x₁ - x₂ at (1, -1): contributions of 1 each; ours favours the positive weight, Zennit both contributions."""
    zennit, ours = _both("Gamma", "lrp-gamma", _sum_of(1.0, -1.0), (1.0, -1.0))
    assert ours == close([2 * 1.25 / 2.25, 2 * 1 / 2.25])
    assert zennit == close([2 * 1.25 / 2.5, 2 * 1.25 / 2.5])


def test_gamma_at_a_negative_output():
    """x₁ - x₂ at (1, 2): 1.25 - 2 of ours; Zennit favours what agrees with the output's sign, 1 - 2.5."""
    zennit, ours = _both("Gamma", "lrp-gamma", _sum_of(1.0, -1.0), (1.0, 2.0))
    assert ours == close([-1 * 1.25 / -0.75, -1 * -2 / -0.75])
    assert zennit == close([-1 * 1 / -1.5, -1 * -2.5 / -1.5])


def test_w_square_with_a_bias():
    """x₁ + 1 at 0: 1²/1² of ours; Zennit has b² in the denominator, 1²/(1² + 1²)."""
    zennit, ours = _both("WSquare", "lrp-w-square", _sum_of(1.0, bias=1.0), (0.0,))
    assert ours == [1.0]
    assert zennit == close([0.5])
    assert _both("WSquare:zero_params='bias'", "uniform", _sum_of(1.0, bias=1.0), (0.0,))[0] == close([1.0])


@pytest.mark.parametrize("rule", ["WSquare", "Flat"])
def test_what_the_first_layer_is(rule):
    """-relu(x₁) at 1: Zennit's first layer is the first module with weights, ours what reads the input itself."""
    network = Network((ReLU(), Linear(((-1.0,),), (0.0,))), (1,))
    zennit, ours = _both(rule, {"WSquare": "lrp-w-square", "Flat": "lrp-flat"}[rule], network, (1.0,))
    assert ours == [0.0]
    assert zennit == close([-1.0])


class _Backwards(nn.Module):
    """Its layers are written down in another order than they are computed in."""

    def __init__(self):
        super().__init__()
        self.last, self.first = nn.Linear(2, 1, bias=False), nn.Linear(2, 2, bias=False)
        self.last.weight.data, self.first.weight.data = torch.tensor([[1.0, 3.0]]), torch.eye(2)

    def forward(self, x):
        return self.last(self.first(x))


def test_the_order_in_which_modules_are_written():
    """x₁ + 3x₂ at (1, 1): Zennit has w² on top, 1/10 and 9/10, and z⁺ at the input; ours 1/4 and 3/4 of 4."""
    model = _Backwards().double()
    assert _scores("lrp-w-square", model, (1.0, 1.0)) == close([1.0, 3.0])
    assert _scores("zennit:WSquare", model, (1.0, 1.0)) == close([0.4, 3.6])


def test_an_average_pool():
    """x₁ at -1: no contribution is positive, so that z⁺ has nothing to share; Zennit has LRP-0 on average pools."""
    network = Network((AvgPool(kernel=(1,), stride=(1,)), Flatten()), (1, 1))
    model, inputs = network.module(), torch.full((1, 1, 1), -1.0, dtype=torch.float64)
    found = [locate(name).explain(model, inputs, torch.tensor([0])).item() for name in ("zennit:ZPlus", "lrp-z-plus")]
    assert found == close([1.0, 0.0])


def test_a_batch_norm():
    """x₁ + 1 at 1, the 1 from a batch norm: it has half of 2; Zennit passes a batch norm by."""
    model = nn.Sequential(nn.BatchNorm1d(1, eps=0.0)).double().eval()
    model[0].bias.data.fill_(1.0)
    assert _scores("lrp-0", model, (1.0,)) == close([1.0])
    assert _scores("zennit:Epsilon", model, (1.0,)) == close([2.0])


def test_a_sum_without_a_module():
    """x₁ + x₁ at 1: each summand has half of the unit; Zennit sees no layer, and both keep all of it."""
    zennit, ours = _both("Epsilon", "lrp-0", Network((Residual(((), ())),), (1,)), (1.0,))
    assert ours == [2.0]
    assert zennit == [4.0]


def test_a_linear_layer_without_a_module():
    """x₁ + x₂ at (1, 0) by functional.linear: it is a gradient that Zennit gives, times f(x) = 1."""
    zennit, ours = _both("Epsilon", "lrp-0", _sum_of(1.0, 1.0, linear="functional"), (1.0, 0.0))
    assert ours == [1.0, 0.0]
    assert zennit == [1.0, 1.0]


def test_a_relu_without_a_module():
    """-relu(x₁) at 1, and relu(x₁) at -1: by functional.relu both are the gradient."""
    network = Network((ReLU(), Linear(((-1.0,),), (0.0,))), (1,), Style(relu="functional"))
    assert _both("GuidedBackprop", "guided-backprop", network, (1.0,)) == ([-1.0], [0.0])
    network = Network((ReLU(),), (1,), Style(relu="functional"))
    assert _both("DeconvNet", "deconvnet", network, (-1.0,)) == ([0.0], [1.0])


def test_a_layer_that_is_used_again():
    """-(-x₁) at 1: no contribution of the lower layer is positive; Zennit takes the upper one's input, -1, for it."""
    minus = Linear(((-1.0,),), (0.0,))
    zennit, ours = _both("ZPlus", "lrp-z-plus", Network((minus, minus), style=Style(weights="shared")), (1.0,))
    assert ours == [0.0]
    assert zennit == close([1.0])
    assert _both("ZPlus", "lrp-z-plus", Network((minus, minus)), (1.0,))[0] == close([0.0])


def test_excitation_backprop_at_another_activation_than_relu():
    """LeakyReLU(x₁) at -1: z⁺ passes an activation by; Zennit takes its slope of 1/4 too."""
    zennit, ours = _both("ExcitationBackprop", "lrp-z-plus", Network((LeakyReLU(0.25),), (1,)), (-1.0,))
    assert ours == [-0.25]
    assert zennit == [-0.25 * 0.25]


def test_integrated_gradients_are_a_right_sum_of_20():
    """relu(x₁) from 1 to -1: exactly -2 · 1/2; of the points -1, -0.9, …, 0.9 nine are above 0, -2 · 9/20."""
    network = Network((ReLU(),), (1,))
    zennit, ours = _both("IntegratedGradients", "integrated-gradients", network, (-1.0,), (1.0,))
    assert ours == pytest.approx([-1.0], rel=1e-9)
    assert zennit == pytest.approx([-0.9], rel=1e-9)


def test_occlusion_keeps_the_window():
    """1 at 0 from 0: nothing changes, ours says; Zennit gives f of the input outside of which all is the baseline."""
    zennit, ours = _both("Occlusion:window=1,stride=1", "occlusion", _sum_of(0.0, bias=1.0), (0.0,), (0.0,))
    assert ours == [0.0]
    assert zennit == [1.0]


def test_a_window_of_occlusion_goes_round():
    """x₁ + x₂ + x₃ at (1, 2, 4) in windows of two from 0: the second window holds x₃ and x₁, 4 + 1, not 4."""
    zennit, _ = _both("Occlusion:window=2,stride=2", "occlusion", _sum_of(1.0, 1.0, 1.0), (1.0, 2.0, 4.0), (0.0,) * 3)
    assert zennit == [3.0 + 5.0, 3.0, 5.0]


def test_smoothgrad_has_no_noise_for_one_variable():
    """relu(x₁) at 1/8: P(x₁ + n/4 > 0) = Φ(1/2) = 0.6915; of one variable Zennit's range is 0, and so is its noise."""
    zennit, ours = _both("SmoothGrad:n_iter=1000", "smoothgrad:samples=10000", Network((ReLU(),), (1,)), (0.125,))
    assert ours == pytest.approx([0.6915], abs=5 * (0.6915 * 0.3085 / 10_000) ** 0.5)
    assert zennit == close([1.0])


def test_the_last_sample_of_smoothgrad_has_no_noise():
    """relu(x₁) at (1/8, -100), where noise is wide: one sample is the gradient, 1; of ours half are 0."""
    network, x = Network((Linear(((1.0, 0.0),), (0.0,)), ReLU())), (0.125, -100.0)
    model, inputs = network.module(), torch.tensor([x], dtype=torch.float64)
    one_sample = locate("zennit:SmoothGrad:n_iter=1").explain
    zennit = {one_sample(model, inputs, torch.tensor([0]), seed=seed)[0, 0].item() for seed in range(20)}
    ours = {_scores(f"smoothgrad:samples=1,sigma=10.0,seed={seed}", model, x)[0] for seed in range(20)}
    assert zennit == {1.0}
    assert ours == {0.0, 1.0}
