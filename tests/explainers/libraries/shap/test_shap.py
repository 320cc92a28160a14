"""SHAP's explainers as explainers: names, options, seeds, shapes, what they say of themselves."""

import numpy as np
import pytest
import torch
from torch import nn

from axiomcheck.explainers import Unsupported, declaration, locate
from axiomcheck.explainers.libraries.shap import ShapMethodWithSeed, shap_method
from axiomcheck.explainers.libraries.shap.names import KINDS
from axiomcheck.explainers.validation import WrongInput
from axiomcheck.networks import UnknownName

pytest.importorskip("shap", exc_type=ImportError)
SAMPLING = [name for name, kind in KINDS.items() if kind.samples]


def _state():
    """Return the state of numpy's global generator."""
    return repr(np.random.get_state())  # noqa: NPY002


@pytest.fixture(autouse=True)
def _double():
    """Compute in float64, which GradientExplainer does if that is the default."""
    torch.set_default_dtype(torch.float64)


@pytest.fixture
def images():
    """Return a model of images of 4 pixels, a batch of two, their own targets and baselines."""
    with torch.random.fork_rng():
        torch.manual_seed(3)
        model = nn.Sequential(nn.Conv2d(1, 2, 2), nn.ReLU(), nn.Flatten(), nn.Linear(2, 3)).eval()
        return model, *torch.randn(2, 2, 1, 2, 2), torch.tensor([0, 2])


def test_long_names_and_short_ones():
    """``Deep`` is ``DeepExplainer``, and that is what it is called."""
    assert shap_method("Deep") == shap_method("DeepExplainer")
    assert shap_method("Deep").name == "DeepExplainer"
    assert set(KINDS) == {f"{name}Explainer" for name in ("Deep", "Gradient", "Kernel", "Permutation", "Sampling")}


def test_methods_are_values():
    """Options in another order make the same method, and its repr rebuilds it."""
    one = shap_method("Kernel", {"nsamples": 9, "l1_reg": 0})
    other = shap_method("KernelExplainer", {"l1_reg": 0, "nsamples": 9})
    assert one == other
    assert hash(one) == hash(other)
    assert eval(repr(one), {"ShapMethodWithSeed": ShapMethodWithSeed}) == one


@pytest.mark.parametrize(
    ("name", "options", "hint"),
    [
        ("KernlExplainer", {}, "did you mean 'KernelExplainer'?"),
        ("TreeExplainer", {}, "unknown method of shap 'TreeExplainer'"),
        ("Kernel", {"nsample": 3}, "did you mean 'nsamples'?"),
        ("Deep", {"ranked_outputs": 1}, "unknown option of shap:DeepExplainer 'ranked_outputs'"),
        ("Gradient", {"rseed": 1}, "unknown option of shap:GradientExplainer 'rseed'"),
        ("Sampling", {"data": 1}, "unknown option of shap:SamplingExplainer 'data'"),
    ],
)
def test_unknown_methods_and_options_are_told(name, options, hint):
    """Explainers of trees, and options that are ours to give, are no choice."""
    with pytest.raises(UnknownName) as told:
        shap_method(name, options)
    assert hint in str(told.value)


@pytest.mark.parametrize("name", KINDS)
def test_what_is_said_of_itself(name):
    """All measure from a baseline; all but one sample; only expected gradients promise no sum."""
    said = declaration(locate(f"shap:{name}").explain)
    assert said.has_baseline
    assert said.samples == (name != "DeepExplainer")
    assert said.conserves == (None if name == "GradientExplainer" else "change")


@pytest.mark.parametrize("name", KINDS)
def test_each_input_has_its_own_baseline_and_target(name, images):
    """A batch gives what its items give, in their shape; the sums are the changes where that is promised."""
    model, x, start, target = images
    method = shap_method(name)
    found = method(model, x, target, baseline=start)
    alone = [method(model, x[i : i + 1], target[i : i + 1], baseline=start[i : i + 1]) for i in range(2)]
    assert found.shape == x.shape
    assert torch.equal(found, torch.cat(alone))
    change = (model(x) - model(start)).gather(1, target[:, None])[:, 0]
    if declaration(method).conserves:
        assert torch.allclose(found.flatten(1).sum(1), change, rtol=1e-6)


@pytest.mark.parametrize("name", KINDS)
def test_two_x_minus_y(name):
    """2·x1 - x2 + 1 from (1, 1) at (3, -2) rose by 7: 4 and 3, by every method."""
    model = nn.Linear(2, 1)
    with torch.no_grad():
        model.weight.copy_(torch.tensor([[2.0, -1.0]]))
        model.bias.fill_(1.0)
    x, start = torch.tensor([[3.0, -2.0]]), torch.tensor([[1.0, 1.0]])
    found = shap_method(name)(model, x, torch.tensor([0]), baseline=start)
    assert found[0].tolist() == pytest.approx([4.0, 3.0], rel=1e-9)


def test_log_odds_are_shared_by_the_link_of_logits():
    """x1·x2 rose from 1/5 to 1/2: its log-odds from -log 4 to 0; SHAP promises no change of f then."""

    class _Product(nn.Module):
        def forward(self, x):
            return x.prod(1, keepdim=True)

    method = shap_method("Kernel", {"link": "logit"})
    assert declaration(method).conserves is None
    x, start = torch.tensor([[0.5, 1.0]]), torch.tensor([[0.5, 0.4]])
    found = method(_Product(), x, torch.tensor([0]), baseline=start)
    assert found[0].tolist() == pytest.approx([0.0, np.log(4)])


@pytest.mark.parametrize("name", SAMPLING)
def test_seeds_are_heeded(name):
    """The same seed gives the same scores whatever was drawn before, another gives others where numbers are drawn."""
    method = shap_method(name, {"nsamples": 20} if name != "PermutationExplainer" else {})
    with torch.random.fork_rng():
        torch.manual_seed(4)
        model = nn.Sequential(nn.Linear(6, 8), nn.ReLU(), nn.Linear(8, 1))
        x, start = torch.randn(2, 1, 6)
    found = []
    for seed in (1, 1, 2):
        np.random.random()  # noqa: NPY002
        found.append(method(model, x, torch.tensor([0]), baseline=start, seed=seed))
    assert torch.equal(found[0], found[1])
    assert not torch.equal(found[0], found[2])


def test_seeding_is_no_trace_where_nothing_is_drawn():
    """KernelExplainer enumerates the coalitions of two variables, and draws those of twelve from numpy's generator."""
    for size, drawn in ((2, False), (12, True)):
        before = _state()
        x = torch.ones(1, size)
        shap_method("Kernel", {"nsamples": 100})(nn.Linear(size, 1), x, torch.tensor([0]), baseline=0 * x)
        assert (_state() != before) == drawn


def test_nothing_is_printed(capfd):
    """Neither bars of progress, nor warnings, nor what SHAP prints when a model raises."""
    model, x = nn.Linear(2, 1), torch.ones(1, 2)
    for name in KINDS:
        shap_method(name)(model, x, torch.tensor([0]), baseline=0 * x)
        with pytest.raises(WrongInput, match="Expected targets from 0 to 0 but got target=5"):
            shap_method(name)(model, x, torch.tensor([5]), baseline=0 * x)
    assert capfd.readouterr() == ("", "")


def test_gradient_explainer_in_another_dtype_is_told():
    """It makes its inputs itself, of the default dtype."""
    torch.set_default_dtype(torch.float32)
    x = torch.ones(1, 2, dtype=torch.float64)
    with pytest.raises(Unsupported, match="shap:GradientExplainer makes float32 of all inputs"):
        shap_method("Gradient")(nn.Linear(2, 1).double(), x, torch.tensor([0]), baseline=0 * x)
    assert shap_method("Gradient")(nn.Linear(2, 1), x.float(), torch.tensor([0]), baseline=0 * x.float()).shape == (
        1,
        2,
    )


def test_layers_that_work_in_place_are_told():
    """Torch does not let DeepExplainer hook them."""
    model, x = nn.Sequential(nn.Linear(2, 1), nn.ReLU(inplace=True)), torch.ones(1, 2)
    with pytest.raises(Unsupported, match="does not let it hook layers that work in place"):
        shap_method("Deep")(model, x, torch.tensor([0]), baseline=0 * x)
