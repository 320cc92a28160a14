"""Integrated gradients where nothing is piecewise linear: beside integrals that one knows."""

import pytest
import torch
from torch import nn

from axiomcheck.explainers import Unsupported, locate
from axiomcheck.explainers.methods.integrated_gradients import IntegratedGradients
from axiomcheck.networks import Attention, Flatten, LayerNorm, Linear, Network, ReLU, RMSNorm

EXACT = IntegratedGradients()
WEIGHT = torch.tensor([[3.0, -2.0, 0.5]], dtype=torch.float64)
KINDS = (nn.GELU(), nn.GELU("tanh"), nn.SiLU(), nn.Sigmoid(), nn.Tanh(), nn.Softplus(threshold=40))


def _ridge(activation, weight=WEIGHT, bias=0.0):
    """Return g(w·x + b)."""
    layer = nn.Linear(3, 1).double()
    layer.load_state_dict({"weight": weight, "bias": torch.tensor([bias], dtype=torch.float64)})
    return nn.Sequential(layer, activation).double().eval()


def _assert_shares(model, weight, x, start):
    """From x̃ to x the gradient is g'(z) w all along, so that R_i = w_i Δx_i / Δz · Δg."""
    scores = EXACT(model, x, torch.tensor([0]), baseline=start)[0]
    way = weight[0] * (x - start)[0]
    change = (model(x) - model(start))[0, 0]
    assert scores.tolist() == pytest.approx((way / way.sum() * change).tolist(), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("activation", KINDS, ids=repr)
@pytest.mark.parametrize("steepness", [1.0, 1e3, 1e6])
def test_functions_of_one_sum(activation, steepness):
    """However steep it is, and wherever on the way."""
    weight = WEIGHT * steepness
    model = _ridge(activation, weight, 0.37 * steepness)
    x, start = torch.tensor([[1.0, -1.0, 0.25], [-2.0, 0.5, 3.0]], dtype=torch.float64)[:, None]
    _assert_shares(model, weight, x, start)


def test_a_relu_behind_a_gelu():
    """relu(gelu(z) - 1/4) has a kink that is found by refining."""
    model = nn.Sequential(_ridge(nn.GELU()), nn.Linear(1, 1).double(), nn.ReLU())
    model[1].load_state_dict({"weight": torch.ones(1, 1), "bias": torch.tensor([-0.25])})
    _assert_shares(model, WEIGHT, torch.ones(1, 3).double(), torch.zeros(1, 3).double())


def test_a_spike_that_cancels():
    """Next to 0 an RMSNorm turns; -f - h/2 has no share of its own, and the scores of f and of h cancel likewise."""
    below = (RMSNorm((-1.0, 0.0, 0.0)), LayerNorm((-2.0, 1.0, 0.0), (0.5, -2.0, 1.0), 0.5))
    hidden = Linear(((1.0, -0.5, -1.0), (0.5, 1.0, 2.0)), (0.0, 0.0))
    x, start = torch.tensor([[-4.0, 0.0, 1.0]], dtype=torch.float64), torch.zeros(1, 3, dtype=torch.float64)

    def scores(*rows):
        model = Network((*below, hidden, ReLU(), Linear(rows, (0.0,) * len(rows))), (3,)).module()
        return EXACT(model, x, torch.tensor([0]), baseline=start)[0]

    combined = scores((2.0, -4.0))
    assert combined.tolist() == pytest.approx((-scores((-2.0, 3.0)) - scores((0.0, 2.0)) / 2).tolist(), abs=1e-9)
    assert combined.abs().max() > 1e-4


def test_attention_is_complete():
    """The scores of tokens sum to what changes."""
    attention = Attention(((1.0, -2.0),), ((0.5, 1.0),), ((2.0, 1.0),), ((1.0,), (-2.0,)))
    network = Network((attention, Flatten(), Linear(((1.0, 2.0, -1.0, 0.5),), (0.0,))), (2, 2))
    x, start = (
        torch.tensor(p, dtype=torch.float64).reshape(1, 2, 2) for p in ((1.0, 2.0, -3.0, 0.5), (0.0, 1.0, 1.0, 0.0))
    )
    model = network.module()
    change = float((model(x) - model(start)).detach())
    assert float(EXACT(model, x, torch.tensor([0]), baseline=start).sum()) == pytest.approx(change, rel=1e-9)


REFUSED = {
    "GELU": nn.GELU(),
    "SiLU": nn.SiLU(),
    "Sigmoid": nn.Sigmoid(),
    "Tanh": nn.Tanh(),
    "Softplus": nn.Softplus(),
    "LayerNorm": nn.LayerNorm(1),
}


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("explainer", ["lrp-epsilon", "lrp-gamma", "deep-taylor"])
def test_rules_for_piecewise_linear_models_refuse(explainer, name):
    """In one sentence that names the layer."""
    model = _ridge(REFUSED[name])
    with pytest.raises(Unsupported, match=f"cannot propagate through {name}, which is not piecewise linear"):
        locate(explainer).explain(model, torch.ones(1, 3).double(), torch.tensor([0]))
