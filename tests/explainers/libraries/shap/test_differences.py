"""Where ours and SHAP's differ: the smallest networks of docs/differences/shap.md, both sides by hand."""

import pytest
import torch
from torch import nn

from axiomcheck.explainers import Unsupported, locate
from axiomcheck.explainers.libraries.shap import shap_method

pytest.importorskip("shap", exc_type=ImportError)

SMALL = 1 / 128
"""Changes of the output below the 0.01 up to which DeepExplainer lets its sum be wrong."""


@pytest.fixture(autouse=True)
def _double():
    """Compute in float64, which GradientExplainer does if that is the default."""
    torch.set_default_dtype(torch.float64)


class _Function(nn.Module):
    def forward(self, x):
        return torch.relu(x)


class _Twice(nn.Module):
    """relu(relu(x) - 1), by one module."""

    def __init__(self):
        super().__init__()
        self.relu = nn.ReLU()

    def forward(self, x):
        return self.relu(self.relu(x) - 1)


def _affine(weight, bias=None):
    layer = nn.Linear(len(weight[0]), len(weight), bias=bias is not None).double()
    layer.weight.data.copy_(torch.tensor(weight))
    if bias is not None:
        layer.bias.data.copy_(torch.tensor(bias))
    return layer


def _pooled(size, stride, *after):
    return nn.Sequential(nn.Unflatten(1, (1, size)), nn.MaxPool1d(2, stride), nn.Flatten(), *after)


UNCHANGED = nn.Sequential(_affine([[1.0, -1.0], [0.0, 0.0]], [0.0, -1.0]), *_pooled(2, 2))
TINY, FINE = 2.0**-22, 2.0**-17
BLIND = "DeepExplainer:check_additivity=False"
ROWS = {
    # The output rises by 2. Without a hook there is only the derivative at the baseline, 0.
    "a function": (_Function(), [2.0], [-2.0], "deeplift", [2.0], BLIND, [0.0]),
    "a function, unseen": (_Function(), [SMALL], [0.0], "deeplift", [SMALL], "DeepExplainer", [0.0]),
    # First call 2 -> 2 from 0 -> 0, second 1 -> 1 from -1 -> 0: 1 · 1/2 · 2. SHAP has the second twice: 1/2 · 1/2 · 2.
    "used twice": (_Twice(), [2.0], [0.0], "deeplift", [1.0], BLIND, [0.5]),
    # The derivative at the baseline is 0, that at x 1.
    "PReLU": (nn.Sequential(nn.PReLU(init=0.0).double()), [SMALL], [0.0], "deeplift", [SMALL], "DeepExplainer", [0.0]),
    "ReLU6": (nn.Sequential(nn.ReLU6()), [SMALL], [0.0], "deeplift", [SMALL], "DeepExplainer", [0.0]),
    "Hardtanh": (nn.Sequential(nn.Hardtanh(0.0)), [SMALL], [0.0], "deeplift", [SMALL], "DeepExplainer", [0.0]),
    # Both windows are won by x2 and gain 1/256; SHAP writes one gain over the other.
    "windows that overlap": (
        _pooled(3, 1, _affine([[1.0, 1.0]])),
        [0.0, SMALL / 2, 0.0],
        [0.0, 0.0, 0.0],
        "deeplift",
        [0.0, SMALL, 0.0],
        "DeepExplainer",
        [0.0, SMALL / 2, 0.0],
    ),
    # x1 - x2 is 0 at both ends and wins against -1: its derivative is 1, and SHAP's quotient 0 / 0 is 0.
    "a pool's input that stays": (
        UNCHANGED,
        [1.0, 1.0],
        [0.0, 0.0],
        "deeplift",
        [1.0, -1.0],
        "DeepExplainer",
        [0.0, 0.0],
    ),
    # Δz is 2⁻²¹, less than SHAP's 10⁻⁶ and more than our 10⁻⁹: the derivative at the baseline, or Δa.
    "a small change": (nn.Sequential(nn.ReLU()), [TINY], [-TINY], "deeplift", [TINY], "DeepExplainer", [0.0]),
    # f is 2¹⁷·x1, which rises by 1.
    "a variable nearly as before": (
        _affine([[2.0**17]]),
        [1 + FINE],
        [1.0],
        "shapley",
        [1.0],
        "KernelExplainer",
        [0.0],
    ),
    "the same, by orders": (_affine([[2.0**17]]), [1 + FINE], [1.0], "shapley", [1.0], "PermutationExplainer", [0.0]),
    "the same, by samples": (_affine([[2.0**17]]), [1 + FINE], [1.0], "shapley", [1.0], "SamplingExplainer", [0.0]),
    # The correlations of both are below the 1.2·10⁻⁷ at which the path of the lasso ends.
    "a small function": (
        _affine([[2.0**-24, 2.0**-24]]),
        [1.0, 1.0],
        [0.0, 0.0],
        "shapley",
        [2.0**-24, 2.0**-24],
        "KernelExplainer",
        [0.0, 0.0],
    ),
    "a small function, no lasso": (
        _affine([[2.0**-24, 2.0**-24]]),
        [1.0, 1.0],
        [0.0, 0.0],
        "shapley",
        [2.0**-24, 2.0**-24],
        "KernelExplainer:l1_reg=0",
        [2.0**-24, 2.0**-24],
    ),
    # What is below 10⁻¹⁰ becomes 0.
    "a smaller function": (
        _affine([[2.0**-34, 2.0**-34]]),
        [1.0, 1.0],
        [0.0, 0.0],
        "shapley",
        [2.0**-34, 2.0**-34],
        "KernelExplainer:l1_reg=0",
        [0.0, 0.0],
    ),
}


def _scores(asked, model, x, start, target=0):
    given = torch.tensor([x]), torch.tensor([target])
    found = locate(asked).explain(model, *given, baseline=torch.tensor([start]))
    return found[0].tolist()


@pytest.mark.parametrize("row", ROWS)
def test_both_sides(row):
    """Ours and SHAP's are the numbers that the page tells."""
    model, x, start, ours, expected, theirs, other = ROWS[row]
    assert _scores(ours, model, x, start) == pytest.approx(expected, rel=1e-9, abs=0)
    assert _scores(f"shap:{theirs}", model, x, start) == pytest.approx(other, rel=1e-9, abs=0)


@pytest.mark.parametrize("row", ["a function", "used twice"])
def test_a_wrong_sum_is_refused(row):
    """SHAP compares its sum with the change of the output, unless it is told not to."""
    model, x, start, *_ = ROWS[row]
    with pytest.raises(Unsupported, match="its scores do not sum to the change of the output, which it checks"):
        _scores("shap:DeepExplainer", model, x, start)


def test_whether_a_sum_is_wrong_depends_on_the_unit_of_f():
    """The 0.01 is no share: a hundred times the function is refused, with the same relative error."""
    model = nn.Sequential(nn.PReLU(init=0.0), _affine([[100.0]]))
    with pytest.raises(Unsupported, match="its scores do not sum"):
        _scores("shap:DeepExplainer", model, [SMALL], [0.0])


def test_a_softmax_is_taken_for_a_function_of_each_unit():
    """softmax(x1, 0) of the second unit falls by 0.008; its logit does not move, so that x1 gets 0."""
    model = nn.Sequential(_affine([[1.0], [0.0]]), nn.Softmax(1))
    with torch.no_grad():
        change = model(torch.tensor([[1 / 32]])) - model(torch.zeros(1, 1))
    assert change[0, 1].item() == pytest.approx(-0.0078, abs=1e-4)
    assert _scores("shap:DeepExplainer", model, [1 / 32], [0.0], target=1) == [0.0]
    with pytest.raises(Unsupported, match="DeepLIFT starts from the logits"):
        _scores("deeplift", model, [1 / 32], [0.0], target=1)


def test_kernel_explainer_keeps_ten_variables():
    """Eleven variables have 1 each: SHAP gives one of them nothing, and what is left over to ten."""
    model, x = _affine([[1.0] * 11]), [1.0] * 11
    assert _scores("shapley", model, x, [0.0] * 11) == pytest.approx([1.0] * 11)
    assert sorted(_scores("shap:KernelExplainer", model, x, [0.0] * 11)) == pytest.approx([0.0, *[1.1] * 10])
    assert _scores("shap:KernelExplainer:l1_reg=0", model, x, [0.0] * 11) == pytest.approx([1.0] * 11)


def test_sampling_explainer_leaves_a_millionth():
    """relu(x1 + x2) from (0, 0) at (1, -1) is 0 at both, and Shapley values are ±1/2; SHAP's do not sum to 0."""
    model = nn.Sequential(_affine([[1.0, 1.0]]), nn.ReLU())
    assert _scores("shapley", model, [1.0, -1.0], [0.0, 0.0]) == [0.5, -0.5]
    found = _scores("shap:SamplingExplainer", model, [1.0, -1.0], [0.0, 0.0])
    assert found == pytest.approx([0.5, -0.5], abs=0.05)
    assert 0 < abs(sum(found)) < 1e-6


class _Counted(nn.Module):
    """relu(x1 + x2 + x3), and how many points were asked for at once."""

    def __init__(self):
        super().__init__()
        self.asked = []

    def forward(self, x):
        self.asked.append(len(x))
        return torch.relu(x.sum(1, keepdim=True))


def test_permutation_explainer_has_fewer_orders_than_asked():
    """Of ten pairs of orders 10·3 // 7 = 4 are drawn, 7 points each: so all scores are eighths, and 5/6 is none."""
    model, x = _Counted(), [1.0, 1.0, -1.0]
    assert _scores("shapley", model, x, [0.0] * 3) == pytest.approx([5 / 6, 5 / 6, -2 / 3])
    model.asked.clear()
    found = _scores("shap:PermutationExplainer:npermutations=10", model, x, [0.0] * 3)
    assert model.asked == [7, 7, 7, 7]
    assert all((8 * score).is_integer() for score in found)
    inputs, two = torch.tensor([x], dtype=torch.float64), shap_method("Permutation", {"npermutations": 2})
    with pytest.raises(ValueError, match="max_evals=6 is too low"):
        two(model, inputs, torch.tensor([0]), baseline=0 * inputs)


def test_gradient_explainer_does_not_seed_its_smoothing():
    """Torch's generator draws the noise, and ``rseed`` seeds that of numpy."""
    method, model, x = shap_method("Gradient", {"local_smoothing": 0.5, "nsamples": 5}), _Function(), torch.ones(1, 1)
    found = [method(model, x, torch.tensor([0]), baseline=0 * x, seed=0).item() for _ in range(2)]
    assert found[0] != found[1]


@pytest.mark.parametrize("name", ["Deep", "Kernel", "Permutation", "Sampling"])
def test_float32_becomes_float64(name):
    """SHAP fills arrays of float64."""
    x = torch.ones(1, 2, dtype=torch.float32)
    found = shap_method(name)(nn.Linear(2, 1, dtype=torch.float32), x, torch.tensor([0]), baseline=0 * x)
    assert found.dtype == torch.float64


class _Block(nn.Module):
    """What users write around a layer."""

    def __init__(self, layer):
        super().__init__()
        self.layer = layer

    def forward(self, x):
        return self.layer(x)


class _Scaled(nn.Module):
    """A layer that calls its own buffer ``x``."""

    def __init__(self):
        super().__init__()
        self.register_buffer("x", torch.tensor([2.0]))

    def forward(self, x):
        return self.x * x


def _deep(model):
    shap_method("Deep")(model, torch.ones(1, 1), torch.tensor([0]), baseline=torch.zeros(1, 1))


def test_deep_explainer_leaves_parameters_in_blocks():
    """It clears what it noted on the layers of containers of torch alone."""
    plain, nested = nn.Sequential(nn.ReLU()), nn.Sequential(_Block(nn.ReLU()))
    _deep(plain)
    _deep(nested)
    assert list(plain.state_dict()) == []
    assert list(nested.state_dict()) == ["0.layer.x", "0.layer.y"]


def test_deep_explainer_deletes_what_is_called_x():
    """It takes an attribute ``x`` of a layer for its own, before the layer's own code has asked for it."""
    model = nn.Sequential(_Scaled(), nn.Linear(1, 1))
    with pytest.raises(AttributeError, match="has no attribute 'x'"):
        _deep(model)
    assert list(model.state_dict()) == ["1.weight", "1.bias"]


def test_deep_explainer_leaves_hooks_after_an_exception():
    """One forward hook and one backward hook on each layer, if the model raises where the gradient is asked for."""

    class _Fails(nn.Linear):
        def forward(self, x):
            if len(x) > 1:
                raise RuntimeError("provoked")
            return super().forward(x)

    model = nn.Sequential(_Fails(1, 1))
    with pytest.raises(RuntimeError, match="provoked"):
        _deep(model)
    assert (len(model[0]._forward_hooks), len(model[0]._backward_hooks)) == (1, 1)


@pytest.mark.parametrize("name", ["Deep", "Gradient"])
def test_gradients_and_the_mode_of_training_are_lost(name):
    """Both call ``eval`` and ``zero_grad`` on the caller's model."""
    model = nn.Sequential(nn.Linear(1, 1)).train()
    model[0].weight.grad = torch.ones(1, 1)
    shap_method(name)(model, torch.ones(1, 1), torch.tensor([0]), baseline=torch.zeros(1, 1))
    assert not model.training
    assert model[0].weight.grad is None
