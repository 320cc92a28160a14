"""Where ours and Captum's differ: the smallest networks of docs/differences/captum.md, both sides by hand."""

from pathlib import Path

import pytest
import torch
from torch import nn

from axiomcheck.explainers import declaration, locate


class _Function(nn.Module):
    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, x):
        return self.function(x)


class _Doubled(nn.Module):
    """x + x, one of them through a layer of weight 1."""

    def __init__(self):
        super().__init__()
        self.layer = _affine(1.0)

    def forward(self, x):
        return self.layer(x) + x


def _affine(weight, bias=None):
    layer = nn.Linear(1, 1, bias=bias is not None).double()
    layer.weight.data.fill_(weight)
    if bias is not None:
        layer.bias.data.fill_(bias)
    return layer


def _relu(*layer):
    return nn.Sequential(_affine(*layer), nn.ReLU())


def _pool(x):
    return nn.functional.max_pool1d(x[:, None], 2).flatten(1)


POOL = nn.Sequential(nn.Unflatten(1, (1, 2)), nn.MaxPool1d(2), nn.Flatten())
DEEPLIFT, GAMMA = "captum:DeepLift", "captum:LRP:rule=GammaRule"
ALPHA, DECONVOLUTION = "captum:LRP:rule=Alpha1_Beta0_Rule", "captum:Deconvolution"
ROWS = {
    # x + 1: contributions 5/4·x and the bias 5/4·1 or 1; f = 2 is shared by 5/4 / (5/4 + 5/4) or by 5/4 / (5/4 + 1).
    "γ and a bias": (nn.Sequential(_affine(1.0, 1.0)), [1.0], None, "lrp-gamma", [1.0], GAMMA, [10 / 9]),
    # f = 1: 2 of 2, or 2 of 2 - 1.
    "αβ and a negative bias": (_relu(1.0, -1.0), [2.0], None, "lrp-z-plus", [1.0], ALPHA, [2.0]),
    # f = 1: -1 times -1 is positive, and the weight is negative.
    "αβ and a negative input": (_relu(-1.0), [-1.0], None, "lrp-z-plus", [1.0], ALPHA, [0.0]),
    # f = 2: each side of the sum gets half of it, or all of it.
    "a sum in a forward": (_Doubled(), [1.0], None, "lrp-epsilon:epsilon=1e-9", [2.0], "captum:LRP", [4.0]),
    # The output falls from 1 to 0.
    "two ReLUs": (nn.Sequential(nn.ReLU(), nn.ReLU()), [-1.0], [1.0], "deeplift", [-1.0], DEEPLIFT, [0.0]),
    # The output rises from 1 to 2, by x1 alone; the gradient at (2, 0) times the way of 2.
    "a pool behind a ReLU": (
        nn.Sequential(nn.Unflatten(1, (1, 2)), nn.ReLU(), nn.MaxPool1d(2), nn.Flatten()),
        [2.0, 0.0],
        [0.0, 1.0],
        "deeplift",
        [1.0, 0.0],
        DEEPLIFT,
        [2.0, 0.0],
    ),
    # The output rises from 0 to 2; the gradient at 2 times the way of 4.
    "a ReLU as a function": (_Function(torch.relu), [2.0], [-2.0], "deeplift", [2.0], DEEPLIFT, [4.0]),
    # The output stays 1: what x1 gains, x2 loses, each against the larger of both, which is 1.
    "a pool as a function": (
        _Function(_pool),
        [1.0, 0.0],
        [0.0, 1.0],
        "deeplift",
        [0.0, 0.0],
        DEEPLIFT,
        [1.0, 0.0],
    ),
    "a pool as a module": (POOL, [1.0, 0.0], [0.0, 1.0], "deeplift", [0.0, 0.0], DEEPLIFT, [0.0, 0.0]),
    # On the way back 1 is positive; the gradient at -1 is 0.
    "deconvnet of a function": (_Function(torch.relu), [-1.0], None, "deconvnet", [1.0], DECONVOLUTION, [0.0]),
    # As before, with modules; by one of them alone, 1 goes back.
    "deconvnet of two ReLUs": (
        nn.Sequential(nn.ReLU(), nn.ReLU()),
        [-1.0],
        None,
        "deconvnet",
        [1.0],
        DECONVOLUTION,
        [0.0],
    ),
    "deconvnet of a ReLU": (nn.Sequential(nn.ReLU()), [-1.0], None, "deconvnet", [1.0], DECONVOLUTION, [1.0]),
}
"""Network, input, baseline; ours and its scores, Captum's and its scores."""


def _explained(name, model, x, baseline):
    explain = locate(name).explain
    given = {"baseline": torch.tensor([baseline]).double()} if declaration(explain).has_baseline else {}
    return explain(model, torch.tensor([x]).double(), torch.tensor([0]), **given)[0].tolist()


@pytest.mark.parametrize("row", ROWS)
def test_both_sides_by_hand(row):
    """Each computes what is written, up to Captum's 1e-9."""
    model, x, baseline, ours, expected, theirs, seen = ROWS[row]
    assert _explained(ours, model, x, baseline) == pytest.approx(expected, abs=1e-8)
    assert _explained(theirs, model, x, baseline) == pytest.approx(seen, abs=1e-8)


def test_fifty_points_miss_the_kink():
    """relu(x) from -2 to 1: the integral is 1; those of 50 Gauss-Legendre points above 2/3 weigh more than a third."""
    model = nn.Sequential(nn.ReLU())
    assert _explained("integrated-gradients", model, [1.0], [-2.0]) == pytest.approx([1.0])
    (found,) = _explained("captum:IntegratedGradients", model, [1.0], [-2.0])
    assert 0.03 < found - 1.0 < 0.05


@pytest.mark.parametrize("name", ["Occlusion", "ShapleyValues"])
def test_a_third_in_float32(name):
    """x/3 at 1 is 1/3 to seven digits."""
    (found,) = _explained(f"captum:{name}", _affine(1 / 3), [1.0], [0.0])
    assert found == torch.tensor(1 / 3, dtype=torch.float32).item()
    assert found != 1 / 3


def test_kernel_shap_of_one_variable():
    """It draws the size of a coalition from no sizes: torch says so when it checks, or when it draws."""
    with pytest.raises((ValueError, RuntimeError), match=r"Categorical|probability tensor"):
        locate("captum:KernelShap").explain(
            _affine(1.0),
            torch.ones(1, 1).double(),
            torch.tensor([0]),
            baseline=torch.zeros(1, 1).double(),
            seed=0,
        )


def test_the_page_has_a_row_for_each():
    """docs/differences/captum.md tells them."""
    page = Path(__file__).parents[4].joinpath("docs", "differences", "captum.md").read_text(encoding="utf-8")
    assert sum(line.startswith("| `") for line in page.splitlines()) == 13
