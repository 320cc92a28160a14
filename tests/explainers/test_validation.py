"""Wrong input: one clear sentence from every explainer that comes with axiomcheck."""

import inspect
import re

import pytest
import torch
from torch import nn
from torch.nn import functional

from axiomcheck.explainers import CATALOGUE, Unsupported, declaration, locate
from axiomcheck.explainers.validation import WrongInput


@pytest.fixture(params=CATALOGUE)
def explain(request):
    """Return a function that calls one of the explainers, from a baseline of zeros if it has one."""
    explainer = locate(request.param).explain

    def call(model, inputs, target, **given):
        if declaration(explainer).has_baseline:
            given = {"baseline": torch.zeros_like(inputs) if isinstance(inputs, torch.Tensor) else None} | given
        return explainer(model, inputs, target, **given)

    call.has_baseline = declaration(explainer).has_baseline
    return call


def _model(*more):
    return nn.Sequential(nn.Linear(3, 4), nn.ReLU(), *more, nn.Linear(4, 2)).double()


class _Flat(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(3, 2).double()

    def forward(self, x):
        return self.linear(x)[:, 0]


class _Unrolled(_Flat):
    def forward(self, x):
        return self.linear(x).reshape(-1, 1)


class _Two(_Flat):
    def forward(self, x):
        return self.linear(x), x


class _Whole(_Flat):
    def forward(self, x):
        return self.linear(x).long()


class _Dropping(_Flat):
    def forward(self, x):
        return self.linear(functional.dropout(x))


class _DroppingInTraining(_Flat):
    def forward(self, x):
        return self.linear(functional.dropout(x, training=self.training))


class _One(_Flat):
    def forward(self, x):
        return self.linear(x.view(1, 3))


class _Detached(_Flat):
    def forward(self, x):
        return self.linear(x.detach())


class _WithoutGradient(_Flat):
    def forward(self, x):
        with torch.no_grad():
            return self.linear(x)


X, TARGET = torch.ones(5, 3, dtype=torch.float64), torch.tensor([0, 1, 0, 1, 0])
WRONG = {
    "a target that is no output": (_model, X, TARGET + 1, "Expected targets from 0 to 1 but got target=2"),
    "a negative target": (_model, X, TARGET - 1, "Expected targets from 0 to 1 but got target=-1"),
    "one target for all": (_model, X, 1, r"Expected target as a Tensor \(5,\) of int64, one a row, but got int 1"),
    "too few targets": (_model, X, TARGET[:2], r"Expected target .* but got int64 of shape \(2,\)"),
    "targets that are floats": (_model, X, TARGET.double(), r"Expected target .* but got float64 of shape \(5,\)"),
    "too many variables": (
        _model,
        torch.ones(5, 4).double(),
        TARGET,
        r"the model does not take inputs of shape \(5, 4\)",
    ),
    "no batch": (_model, X[0], TARGET[:1], r"Expected at least one input .* of shape \(3,\)"),
    "an empty batch": (_model, X[:0], TARGET[:0], r"Expected at least one input .* of shape \(0, 3\)"),
    "whole numbers": (_model, X.long(), TARGET, r"Expected inputs as a Tensor of floats but got int64"),
    "an array": (_model, X.numpy(), TARGET, "Expected inputs as a Tensor of floats but got ndarray"),
    "another dtype": (_model, X.float(), TARGET, "like the model's parameters, float64 on cpu, but got float32 on cpu"),
    "a model in training mode": (
        lambda: _model(nn.Dropout()),
        X,
        TARGET,
        "its Dropout is in training mode: model.eval()",
    ),
    "a batch norm in training mode": (
        lambda: _model(nn.BatchNorm1d(4)),
        X,
        TARGET,
        "its BatchNorm1d is in training mode",
    ),
    "a batch norm without statistics": (
        lambda: _model(nn.BatchNorm1d(4, track_running_stats=False)).eval(),
        X,
        TARGET,
        "its BatchNorm1d mixes those of a batch",
    ),
    "a function": (lambda: torch.relu, X, TARGET, "Expected model as a torch.nn.Module but got builtin"),
    "an output without targets": (_Flat, X, TARGET * 0, r"Expected a model that returns \(5, K\)"),
    "more outputs than inputs": (
        _Unrolled,
        X,
        TARGET * 0,
        r"returns \(5, K\) but it returned float64 of shape \(10, 1\)",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_input_gets_one_sentence(name, explain):
    """What was expected, and what came."""
    model, inputs, target, told = WRONG[name]
    with pytest.raises(WrongInput, match=told) as raised:
        explain(model(), inputs, target)
    assert len(str(raised.value).splitlines()) == 1


@pytest.mark.parametrize("model", [_Dropping(), _DroppingInTraining().train()], ids=["always", "in training mode"])
def test_a_model_that_draws_random_numbers(model, explain):
    """No two scores of it are the same, whichever function of it is dropout."""
    with pytest.raises((WrongInput, Unsupported), match=r"random.*model\.eval\(\)"):
        explain(model, X, TARGET)


def test_a_model_of_whole_numbers(explain):
    """It is refused; some who read it say that they know no such function."""
    with pytest.raises((WrongInput, Unsupported), match=r"returns floats but it returned int64|through 'long'"):
        explain(_Whole(), X, TARGET)


def test_a_model_of_one_input_at_once(explain):
    """Who needs more points at once tells it, the others explain it."""
    try:
        assert explain(_One(), X[:1], TARGET[:1]).shape == (1, 3)
    except WrongInput as told:
        assert str(told) == "Expected a model of any number of inputs at once but it takes no 2"  # noqa: PT017


@pytest.mark.parametrize("model", [_Detached(), _WithoutGradient()], ids=["detached", "under no_grad"])
def test_a_model_without_a_gradient(model, explain):
    """Who needs none explains it; nobody takes it for a gradient of zeros."""
    try:
        assert explain(model, X, TARGET).any()
    except (WrongInput, Unsupported) as told:
        assert re.search("a model with a gradient|through 'detach'", str(told))  # noqa: PT017


@pytest.mark.parametrize("mode", [torch.no_grad, torch.inference_mode])
def test_no_mode_of_torch_changes_the_scores(mode, explain):
    """Gradients are asked of the model also where nobody else may."""
    expected = explain(model := _model(), 2 * X, TARGET)
    with mode():
        assert torch.equal(explain(model, 2 * X, TARGET), expected)
    assert not expected.requires_grad


def test_a_model_of_two_outputs(explain):
    """It is refused, by those that read its code as by those that call it."""
    with pytest.raises(
        (WrongInput, Unsupported), match=r"returns \(5, K\) but it returned tuple|does not return one tensor"
    ):
        explain(_Two(), X, TARGET)


def test_a_model_that_takes_more(explain):
    """What it misses is told, or that the layer is not known."""
    with pytest.raises((WrongInput, Unsupported), match=r"missing 1 required|through Bilinear"):
        explain(nn.Bilinear(3, 3, 2).double(), X, TARGET)


def test_a_baseline_of_another_dtype(explain):
    """It is like the inputs."""
    if explain.has_baseline:
        with pytest.raises(WrongInput, match="baseline like the inputs, float64 on cpu, but got float32 on cpu"):
            explain(_model(), X, TARGET, baseline=X.float())


def test_a_baseline_of_another_shape(explain):
    """It has one for each input."""
    if explain.has_baseline:
        with pytest.raises(WrongInput, match=r"baseline of the inputs' shape \(5, 3\) but got float64 of shape \(3,\)"):
            explain(_model(), X, TARGET, baseline=X[0])


def test_nothing_is_refused_for_its_flag_alone(explain):
    """A model that computes the same in training mode is explained as it is."""
    assert explain(_model().train(), X, TARGET).shape == X.shape


def test_arguments_may_be_named(explain):
    """Checks see them as well."""
    model = _model()
    assert torch.equal(explain(model, inputs=X, target=TARGET), explain(model, X, TARGET))
    with pytest.raises(WrongInput, match="Expected targets from 0 to 1"):
        explain(_model(), inputs=X, target=TARGET + 1)


@pytest.mark.parametrize("name", CATALOGUE)
def test_signatures_stay(name):
    """What an explainer takes can still be read from it."""
    names = list(inspect.signature(locate(name).explain).parameters)
    assert names[:3] == ["model", "inputs", "target"]


def test_an_error_of_the_explainer_stays_what_it_is():
    """Where the input is right, what went wrong is told as it was."""

    class Broken(nn.Module):
        calls = 0

        def forward(self, x):
            Broken.calls += 1
            if Broken.calls == 1:
                raise RuntimeError("out of order")
            return x

    with pytest.raises(RuntimeError, match="out of order"):
        locate("gradient").explain(Broken(), X, TARGET)
