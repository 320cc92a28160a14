"""Models as people write them: what is read is what they compute, or it is refused."""

import operator
import warnings

import pytest
import torch
from torch import nn
from torch.nn import functional

from axiomcheck.explainers import Unsupported
from axiomcheck.explainers.graphs.graph import graph, read
from axiomcheck.explainers.graphs.linear_regions import regions
from axiomcheck.explainers.methods.grad_x_input import grad_x_input
from axiomcheck.explainers.methods.input_gradient import input_gradient
from axiomcheck.explainers.methods.integrated_gradients import IntegratedGradients
from axiomcheck.explainers.methods.lrp_0 import LRP0

INPUTS = torch.tensor([[1.0, -2.0], [0.5, 3.0], [-1.5, -0.25], [2.0, 1.0]], dtype=torch.float64)
TARGET = torch.zeros(4, dtype=torch.int64)


class _Model(nn.Module):
    """Layers ``lower`` (2 to 3) and ``upper`` (3 to 1) without biases, and what is done with them."""

    def __init__(self, function):
        super().__init__()
        self.function = function
        with torch.random.fork_rng():
            torch.manual_seed(4)
            self.lower, self.upper = nn.Linear(2, 3, bias=False), nn.Linear(3, 1, bias=False)
        self.double().eval()

    def forward(self, x):
        return self.function(self, x)


def _in_place_on_another_name(of, x):
    h = of.lower(x)
    g = h
    g *= 3
    return of.upper(torch.relu(h + g))


def _difference_and_quotient_in_place(of, x):
    h = of.lower(x)
    g = h
    h -= 2 * x[:, :1]
    h /= 4
    h += g
    return of.upper(h)


def _by_position(of, x):
    h = of.lower(x)
    functional.relu(h, True)
    return of.upper(h)


def _through_a_view_that_stays(of, x):
    return of.upper(functional.relu(of.lower(x).view(-1, 3), inplace=True))


def _stored(of, x):
    of.hidden = of.lower(x)
    of.detached = of.hidden.detach()
    of.hidden.norm()
    return of.upper(torch.relu(of.hidden))


def _turned(of, x):
    return of.upper(torch.relu(of.lower(x).T).T)


READ = {
    "in place on another name": _in_place_on_another_name,
    "difference and quotient in place": _difference_and_quotient_in_place,
    "in place by position": _by_position,
    "in place on a view that stays": _through_a_view_that_stays,
    "stored, detached and measured on the way": _stored,
    "turned by T": _turned,
    "turned by t()": lambda of, x: of.upper(torch.relu(of.lower(x).t()).t()),
    "torch.mul(h, other=c)": lambda of, x: of.upper(torch.mul(of.lower(x), other=3.0)),
    "h.mul(other=c)": lambda of, x: of.upper(of.lower(x).mul(other=3.0)),
    "torch.div(h, other=c)": lambda of, x: of.upper(torch.div(of.lower(x), other=4.0)),
    "torch.add(h, other=h)": lambda of, x: of.upper(torch.add(of.lower(x), other=of.lower(x), alpha=2)),
}


@pytest.mark.parametrize("name", READ)
def test_lrp_0_is_gradient_x_input(name):
    """Without biases they are the same, however the model is written: every factor and every kink was read."""
    model = _Model(READ[name])
    expected = grad_x_input(model, INPUTS, TARGET)
    assert expected.abs().max() > 0.1
    assert torch.allclose(LRP0()(model, INPUTS, TARGET), expected, rtol=0, atol=1e-12)


@pytest.mark.parametrize("name", [name for name in READ if not name.startswith("turned")])
def test_exact_integrals_are_those_of_the_gradient(name):
    """A midpoint rule of 20,000 points comes as near as its width to what is found piece by piece."""
    model, start, count = _Model(READ[name]), INPUTS.flip(0), 20_000
    exact = IntegratedGradients()(model, INPUTS, TARGET, baseline=start)
    ts = (torch.arange(count, dtype=torch.float64) + 0.5) / count
    points = (start[:, None] + ts[:, None] * (INPUTS - start)[:, None]).flatten(0, 1)
    gradients = input_gradient(model, points, TARGET.repeat_interleave(count)).reshape(4, count, 2).mean(1)
    assert torch.allclose(exact, (INPUTS - start) * gradients, rtol=0, atol=1e-3)


@pytest.mark.parametrize("name", ["turned by T", "turned by t()"])
def test_a_batch_on_another_axis_has_no_pieces(name):
    """A graph that turns it is integrated by quadrature."""
    model = _Model(READ[name])
    with pytest.raises(Unsupported, match="moves its batch"):
        regions(graph(model), INPUTS.flip(0), INPUTS - INPUTS.flip(0))
    scores = IntegratedGradients(steps=2000)(model, INPUTS, TARGET, baseline=INPUTS.flip(0))
    change = (model(INPUTS) - model(INPUTS.flip(0)))[:, 0]
    assert torch.allclose(scores.sum(1), change, rtol=0, atol=1e-2)


def _through_a_view(of, x):
    h = of.lower(x)
    functional.relu(h.view(-1), inplace=True)
    return of.upper(h)


def _one_column(of, x):
    h = of.lower(x)
    h[:, :1].relu_()
    return of.upper(h)


def _linear_through_a_view(of, x):
    h = of.lower(x)
    h.narrow(1, 0, 1).mul_(5)
    return of.upper(h)


def _under_a_view(of, x):
    h = of.lower(x)
    g = h.flatten(1)
    functional.relu(h, inplace=True)
    return of.upper(g)


def _hooked(model):
    model.lower.register_forward_hook(lambda module, args, result: 2 * result)
    return model


def _hooked_before(model):
    model.upper.register_forward_pre_hook(lambda module, args: (2 * args[0],))
    return model


def _hooked_as_a_whole(_):
    model = nn.Sequential(nn.Linear(2, 3, dtype=torch.float64), nn.ReLU(), nn.Linear(3, 1, dtype=torch.float64))
    model.register_forward_hook(lambda module, args, result: 2 * result)
    return model


class _Doubled(nn.Conv1d):
    def _conv_forward(self, x, weight, bias):
        return 2 * super()._conv_forward(x, weight, bias)


class _Called(nn.Sequential):
    def __call__(self, x):
        return 2 * super().__call__(x)


def _convolved(_):
    return nn.Sequential(nn.Unflatten(1, (1, 2)), _Doubled(1, 2, 2), nn.Flatten(), nn.ReLU()).double()


def _scripted(model):
    with warnings.catch_warnings(action="ignore"):
        return torch.jit.trace(model, INPUTS)


CHANGED = "through a view of it"
HOOKS = "computes something else than its layers: hooks or changed methods"
REFUSED = {
    "ReLU through a view": (_through_a_view, None, CHANGED),
    "ReLU of one column": (_one_column, None, CHANGED),
    "product through a view": (_linear_through_a_view, None, CHANGED),
    "ReLU under a view": (_under_a_view, None, CHANGED),
    "no gradient": (lambda of, x: of.upper(of.lower(x).data), None, "'data'"),
    "a hook": (lambda of, x: of.upper(torch.relu(of.lower(x))), _hooked, HOOKS),
    "a hook before": (lambda of, x: of.upper(torch.relu(of.lower(x))), _hooked_before, HOOKS),
    "a hook on a Sequential": (None, _hooked_as_a_whole, HOOKS),
    "a layer with other code": (None, _convolved, HOOKS),
    "a Sequential with other code": (
        None,
        lambda _: _Called(nn.Linear(2, 1), nn.ReLU(), nn.Linear(1, 1)).double(),
        HOOKS,
    ),
    "compiled": (lambda of, x: of.upper(torch.relu(of.lower(x))), _scripted, "torch.jit compiled"),
    "softmax on the way": (lambda of, x: of.upper(of.lower(x).softmax(1)), None, "cannot propagate through softmax"),
    "unpacked": (lambda of, x: operator.add(*of.upper(of.lower(x)).chunk(2)), None, "'chunk'"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused(name):
    """Scores of another function than the model's are never returned."""
    function, change, told = REFUSED[name]
    model = _Model(function)
    with pytest.raises(Unsupported, match=told):
        LRP0()(change(model) if change else model, INPUTS, TARGET)


def test_a_forward_of_one_layer_alone_is_read():
    """The code that somebody puts in the place of a layer's is what counts."""
    model = _Model(lambda of, x: of.upper(torch.relu(of.lower(x))))
    inner = model.lower.forward
    model.lower.forward = lambda x: 2 * inner(x)
    found = LRP0()(model, INPUTS, TARGET)
    assert torch.allclose(found, grad_x_input(model, INPUTS, TARGET), rtol=0, atol=1e-12)
    assert torch.equal(LRP0()(nn.Sequential(model), INPUTS, TARGET), found)


def test_hooks_that_only_look_are_left_alone():
    """They see what the model computes, and never what stands for it while it is read."""
    model, seen = _Model(lambda of, x: of.upper(torch.relu(of.lower(x)))), []
    model.lower.register_forward_hook(lambda module, args, result: seen.append(float(result.detach().norm())))
    assert torch.allclose(LRP0()(model, INPUTS, TARGET), grad_x_input(model, INPUTS, TARGET), rtol=0, atol=1e-12)
    assert len(set(seen)) == 1


def test_weights_that_a_hook_makes_are_up_to_date():
    """The old weight norm makes them of two parameters whenever the layer is called."""
    model = _Model(lambda of, x: of.upper(torch.relu(of.lower(x))))
    with warnings.catch_warnings(action="ignore"):
        nn.utils.weight_norm(model.lower)
    with torch.no_grad():
        model.lower.weight_g.mul_(3)
    assert torch.allclose(LRP0()(model, INPUTS, TARGET), grad_x_input(model, INPUTS, TARGET), rtol=0, atol=1e-12)


def test_what_a_model_stores_is_its_own():
    """Attributes that its forward sets are tensors, or not set, after it was read."""
    model = _Model(_stored)
    graph(model)
    assert not hasattr(model, "hidden")
    read(model, INPUTS)
    assert torch.equal(model.hidden, model.lower(INPUTS))


def test_a_size_beside_the_input_is_not_read_over():
    """An output size decides what a transposed convolution computes."""

    def sized(of, x):
        return of.upper(of.wide(x[:, None], output_size=[6]).flatten(1)[:, 3:])

    model = _Model(sized)
    model.wide = nn.ConvTranspose1d(1, 1, 3, stride=3, bias=False, dtype=torch.float64)
    with pytest.raises(Unsupported, match="cannot be traced"):
        LRP0()(model, INPUTS, TARGET)


def test_rounding_is_no_defect_of_reading():
    """In float32 the output is 3 of terms of 1e4, and no two orders of summing agree to seven digits of it."""
    model = nn.Sequential(nn.Linear(200, 200), nn.ReLU(), nn.Linear(200, 1))
    with torch.random.fork_rng():
        torch.manual_seed(0)
        inputs = 1e4 * torch.randn(50, 200)
        for parameter in model.parameters():
            nn.init.normal_(parameter)
    with torch.no_grad():
        model[2].bias.sub_(model(inputs[:1])[0])
    nodes, values = read(model, inputs)
    assert len(nodes) == 3
    assert values[-1].shape == (50, 1)
