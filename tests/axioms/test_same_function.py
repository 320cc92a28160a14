"""Same function."""

import copy

import pytest
import torch
from torch import nn

from axiomcheck.axioms import AXIOMS
from axiomcheck.engine.cell import run
from axiomcheck.engine.question import Budget, Question
from axiomcheck.explainers import locate
from axiomcheck.explainers.methods.grad_x_input import grad_x_input
from axiomcheck.explainers.methods.lrp_0 import LRP0
from axiomcheck.explainers.methods.uniform import uniform
from axiomcheck.networks import BatchNorm, Case, Family, Linear, Network, ReLU, Style

IN_PLACE = Network((ReLU(), Linear(((2.0, 1.0),), (0.0,))), (2,), Style(relu="inplace"))
NORMAL = Network((BatchNorm.of((0.0, 0.0), (1.0, 1.0), (1.0, 1.0), (0.0, 0.0)), Linear(((2.0, 1.0),), (0.0,))), (2,))


class Soft(nn.Module):
    """Softplus in the place of a ReLU."""

    def forward(self, x):
        """Return log(1 + exp(x))."""
        return nn.functional.softplus(x)


def softened(model, inputs, target):
    """Exchange the ReLUs for softplus, for the sake of a smooth gradient."""
    for name, module in list(model.named_modules()):
        if isinstance(module, nn.ReLU):
            setattr(model, name, Soft())
    return grad_x_input(model, inputs, target)


def hooked(model, inputs, target):
    """Halve what the layers return, by hooks that it removes."""
    handles = [layer.register_forward_hook(lambda *seen: seen[-1] / 2) for layer in model.children()]
    try:
        return grad_x_input(model, inputs, target)
    finally:
        for handle in handles:
            handle.remove()


def without_bias(model, inputs, target):
    """Set the biases to 0."""
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if name.endswith("bias"):
                parameter.zero_()
    return grad_x_input(model, inputs, target)


def training(model, inputs, target):
    """Explain the model in training mode."""
    entering = inputs.detach().requires_grad_()
    (slopes,) = torch.autograd.grad(model.train()(entering).gather(1, target[:, None]).sum(), entering)
    return slopes * inputs


def afterwards(model, inputs, target):
    """Ask the model first, and change it then: of two calls the second is not the model's."""
    scores = grad_x_input(model, inputs, target)
    without_bias(model, inputs, target)
    return scores


def with_others(model, inputs, target):
    """Ask about the inputs among other points, with the biases at 0."""
    return without_bias(model, torch.cat([inputs * 2, inputs]), torch.cat([target] * 2))[len(inputs) :]


def on_a_copy(model, inputs, target):
    """Leave the model alone and change a copy of it."""
    uniform(model, inputs, target)
    return softened(copy.deepcopy(model), inputs, target)


@pytest.fixture
def case(linear):
    """Return the case of relu(2·x1 - x2 - 1) at (3, 1), where f = 4."""
    return Case(linear(2, -1, bias=-1.0, relu=True), (0.0, 0.0), inputs=((3.0, 1.0),))


@pytest.mark.parametrize("explain", [uniform, grad_x_input, on_a_copy])
def test_who_leaves_the_model_alone_holds(judged, case, explain):
    """A copy that the explainer makes is its own."""
    assert judged(explain, "same_function", case).kind == "holds"


@pytest.mark.parametrize(
    ("explain", "gap"),
    [
        (hooked, 3.0),  # (5 - 1)/2 = 2, of which the ReLU's hook leaves 1
        (without_bias, 1.0),  # 5 where it is 4
        (afterwards, 1.0),
        (with_others, 1.0),
    ],
)
def test_a_changed_model_is_seen(judged, case, explain, gap):
    """f(3, 1) is 4, and something else while it is explained."""
    outcome = judged(explain, "same_function", case)
    assert (outcome.kind, outcome.gap) == ("violated", gap)


def test_it_is_told(judged, case):
    """The sentence has both outputs."""
    told = "while it is explained the model's outputs at x = (3, 1) are (5), where they are (4)"
    assert judged(without_bias, "same_function", case).reason == told


def test_another_layer_is_seen(judged, case):
    """softplus(4) is above 4 by log(1 + exp(-4))."""
    outcome = judged(softened, "same_function", case)
    assert (outcome.kind, outcome.gap) == ("violated", pytest.approx(0.0181499, rel=1e-5))


def test_training_mode_is_seen(judged):
    """A batch-norm that looks at the batch makes ∓1/√(1 + ε) of 0 and 2: 3 times that where f is 0 and 6, ε = 2⁻¹⁰."""
    case = Case(NORMAL, (0.0, 0.0), inputs=((0.0, 0.0), (2.0, 2.0)))
    outcome = judged(training, "same_function", case)
    assert (outcome.kind, outcome.gap) == ("violated", pytest.approx(6 - 3 / (1 + 2**-10) ** 0.5))


def test_layers_that_work_in_place_are_no_change(judged):
    """A first ReLU in place turns (-1, 1) into (0, 1): the question is what the model was asked, and f is 1."""
    case = Case(IN_PLACE, (0.0, 0.0), inputs=((-1.0, 1.0),))
    assert judged(uniform, "same_function", case).kind == "holds"


def test_in_place_layers_may_change_the_inputs(judged):
    """Who hands over its inputs themselves has asked about (-1, 1) once, and about (0, 1) then."""

    def careless(model, inputs, target):
        model(inputs)
        model(inputs)
        return inputs

    assert judged(careless, "same_function", Case(IN_PLACE, (0.0, 0.0), inputs=((-1.0, 1.0),))).kind == "holds"


def _unasked(model, inputs, target):
    """Look at the weights alone."""
    return inputs * sum(float(parameter.detach().sum()) for parameter in model.parameters())


def test_who_reads_layers_asks_whether_they_are_the_model(judged, case):
    """LRP calls the model once, to see that the layers that it read compute the same."""
    assert judged(LRP0(), "same_function", case).kind == "holds"


@pytest.mark.parametrize("explain", [_unasked, lambda model, inputs, target: inputs])
def test_who_never_asks_shows_nothing(judged, case, explain):
    """Who reads weights, or does not look at the model at all, cannot be judged, and the reason says so."""
    outcome = judged(explain, "same_function", case)
    assert (outcome.kind, outcome.reason) == ("unsupported", "it never calls the model on the inputs themselves")


def test_other_points_are_nobodys_business(judged, case):
    """What the model gives elsewhere is not compared."""

    def elsewhere(model, inputs, target):
        without_bias(model, inputs + 1, target)
        return inputs

    assert judged(elsewhere, "same_function", case).kind == "unsupported"


def test_an_output_that_is_none_is_no_equal_one(judged, case):
    """NaN is far from every number."""

    def poisons(model, inputs, target):
        with torch.no_grad():
            next(model.parameters()).fill_(torch.nan)
        model(inputs)
        return inputs

    assert judged(poisons, "same_function", case).kind == "violated"


def test_outputs_of_zero_show_nothing(judged, linear):
    """Half of 0 is 0."""
    dead = Case(linear(1, relu=True), (0.0,), inputs=((-1.0,),))
    assert judged(hooked, "same_function", dead).kind == "vacuous"


@pytest.mark.parametrize("explain", [softened, hooked, without_bias])
def test_a_cell_shrinks(explain):
    """One variable and one layer are enough: one with a bias, or a ReLU to exchange."""
    cell = run(Question(locate(explain), AXIOMS["same_function"], Family.parse("biased"), Budget(60)))
    assert cell.verdict == "violated"
    assert len(cell.counterexample.case.network.layers) == 1
    assert cell.counterexample.case.network.in_features == len(cell.counterexample.case.inputs) == 1


def test_a_cell_without_a_case_is_unsupported():
    """Where no case shows anything the cell says why."""
    cell = run(Question(locate(_unasked), AXIOMS["same_function"], Family.parse("bias-free"), Budget(60)))
    assert (cell.verdict, cell.reason) == ("unsupported", "it never calls the model on the inputs themselves")


def test_one_wrong_call_among_right_ones(judged, linear):
    """An explainer that asks twice, and only the first time another function, is seen."""

    def once(model, inputs, target):
        handle = next(model.children()).register_forward_hook(lambda *seen: seen[-1] / 2)
        model(inputs)
        handle.remove()
        return grad_x_input(model, inputs, target)

    outcome = judged(once, "same_function", Case(linear(2, 1), (0.0, 0.0), inputs=((1.0, 1.0),)))
    assert (outcome.kind, outcome.gap) == ("violated", 1.5)


def test_outputs_that_are_no_number(judged, linear):
    """NaN where the model has 0 is another function."""

    def lost(model, inputs, target):
        handle = next(model.children()).register_forward_hook(lambda *seen: seen[-1] * torch.nan)
        model(inputs)
        handle.remove()
        return inputs

    assert judged(lost, "same_function", Case(linear(1, -1), (0.0, 0.0), inputs=((1.0, 1.0),))).kind == "violated"
