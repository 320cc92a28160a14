"""Purity."""

import copy
import random
from types import MethodType

import numpy as np
import pytest
import torch
from torch import nn

from axiomcheck.axioms import AXIOMS
from axiomcheck.engine.bound_explainer import BoundExplainer
from axiomcheck.engine.cell import run
from axiomcheck.engine.question import Budget, Question
from axiomcheck.explainers import declaration, locate
from axiomcheck.explainers.methods.deeplift import deeplift
from axiomcheck.explainers.methods.grad_x_input import grad_x_input
from axiomcheck.explainers.methods.gradient import gradient
from axiomcheck.explainers.methods.integrated_gradients import IntegratedGradients
from axiomcheck.explainers.methods.lrp_0 import LRP0
from axiomcheck.explainers.methods.occlusion import occlusion
from axiomcheck.explainers.methods.shapley_sampling import ShapleySampling
from axiomcheck.explainers.methods.smoothgrad import SmoothGrad
from axiomcheck.networks import Case, Family


class Other(nn.Sequential):
    """A Sequential of another class."""


def _trains(model, inputs, target):
    model.train()


def _freezes(model, inputs, target):
    model.requires_grad_(False)


def _sets_weights(model, inputs, target):
    with torch.no_grad():
        model.linear1.weight.mul_(2)


def _exchanges_weights(model, inputs, target):
    model.linear1.weight = nn.Parameter(model.linear1.weight.detach().clone())


def _leaves_gradients(model, inputs, target):
    model(inputs.clone()).sum().backward()


def _hooks_a_layer(model, inputs, target):
    model.relu1.register_forward_hook(lambda *_: None)
    model.relu1.register_forward_hook(lambda *_: None)


def _hooks_a_layers_gradient(model, inputs, target):
    model.relu1.register_full_backward_hook(lambda *_: None)


def _hooks_the_model(model, inputs, target):
    model.register_forward_pre_hook(lambda *_: None)


def _hooks_a_parameter(model, inputs, target):
    model.linear1.weight.register_hook(lambda gradient: gradient)


def _hooks_the_state(model, inputs, target):
    model.register_state_dict_post_hook(lambda *_: None)


def _hooks_all_modules(model, inputs, target):
    nn.modules.module.register_module_forward_hook(lambda *_: None)


def _adds_an_attribute(model, inputs, target):
    model.linear1.activations = inputs


def _exchanges_an_attribute(model, inputs, target):
    model.linear1.in_features = 7


def _removes_an_attribute(model, inputs, target):
    del model.relu1.inplace


def _exchanges_a_layer(model, inputs, target):
    model.relu1 = nn.ReLU().eval()


def _swaps_a_class(model, inputs, target):
    model.__class__ = Other


def _patches_forward(model, inputs, target):
    model.relu1.forward = nn.functional.relu


def _adds_a_buffer(model, inputs, target):
    model.register_buffer("mean", inputs.mean())


def _draws_from_torch(model, inputs, target):
    torch.rand(())


def _draws_from_numpy(model, inputs, target):
    np.random.rand()  # noqa: NPY002


def _draws_from_python(model, inputs, target):
    random.random()


def _sets_the_dtype(model, inputs, target):
    torch.set_default_dtype(torch.float32 if torch.get_default_dtype() == torch.float64 else torch.float64)


def _switches_gradients_off(model, inputs, target):
    torch.set_grad_enabled(False)


def _writes_on_the_inputs(model, inputs, target):
    inputs.mul_(2)


def _asks_for_their_gradient(model, inputs, target):
    inputs.requires_grad_()


def _leaves_their_gradient(model, inputs, target):
    model(inputs.requires_grad_().clone()).sum().backward()
    inputs.requires_grad_(False)


def _writes_on_the_target(model, inputs, target):
    target.add_(1)


VANDALS = {
    _trains: "training of the model is now True; training of linear1 is now True; training of relu1 is now True",
    _freezes: "requires_grad of linear1.weight is now False; requires_grad of linear1.bias is now False",
    _sets_weights: "linear1.weight changed",
    _exchanges_weights: "the tensor linear1.weight exchanged",
    _leaves_gradients: "the gradient of linear1.weight left; the gradient of linear1.bias left",
    _hooks_a_layer: "2 forward hooks on relu1 left",
    _hooks_a_layers_gradient: "1 backward hook on relu1 left",
    _hooks_the_model: "1 forward pre hook on the model left",
    _hooks_a_parameter: "1 hook on linear1.weight left",
    _hooks_the_state: "1 state dict hook on the model left",
    _hooks_all_modules: "1 global forward hook for all modules left",
    _adds_an_attribute: "the attribute activations of linear1 left",
    _exchanges_an_attribute: "the attribute in_features of linear1 changed",
    _removes_an_attribute: "the attribute inplace of relu1 gone",
    _exchanges_a_layer: "the module relu1 exchanged",
    _swaps_a_class: "the class of the model exchanged",
    _patches_forward: "the attribute forward of relu1 left",
    _adds_a_buffer: "mean left",
    _draws_from_torch: "the random state of torch changed",
    _draws_from_numpy: "the random state of numpy changed",
    _draws_from_python: "the random state of Python changed",
    _switches_gradients_off: "grad mode is now False",
    _writes_on_the_inputs: "the inputs changed",
    _asks_for_their_gradient: "requires_grad of the inputs is now True",
    _leaves_their_gradient: "the gradient of the inputs left",
    _writes_on_the_target: "the target changed",
}
"""What each of them leaves behind, in words."""


def _after(damage):
    """Return an explainer that gives zeros, after the damage."""

    def explain(model, inputs, target):
        damage(model, inputs, target)
        return torch.zeros_like(inputs)

    return explain


def hooking(model, inputs, target):
    """Take its hooks away where all goes well."""
    hooks = [module.register_forward_hook(lambda *_: None) for module in model.children()]
    scores = grad_x_input(model, inputs, target)
    for hook in hooks:
        hook.remove()
    return scores


def tidy(model, inputs, target):
    """Take its hooks away whatever happens."""
    hooks = [module.register_full_backward_hook(lambda *_: None) for module in model.children()]
    try:
        return grad_x_input(model, inputs, target)
    finally:
        for hook in hooks:
            hook.remove()


def patching(model, inputs, target):
    """Put another forward into the model, and take it away whatever happens."""
    model.forward = MethodType(type(model).forward, model)
    try:
        return grad_x_input(model, inputs, target)
    finally:
        del model.forward


def copying(model, inputs, target):
    """Do what it likes with a copy."""
    model = copy.deepcopy(model)
    _hooks_a_layer(model, inputs, target)
    return grad_x_input(model.train(), inputs, target)


def _observed(explain, case, trouble=""):
    bound = BoundExplainer(explain, declaration(explain), case)
    return bound.observe(case.network, np.array(case.inputs), trouble=trouble)


@pytest.fixture
def case(linear):
    """Return the case of relu(2·x1 - x2 - 1) at (3, 1)."""
    return Case(linear(2, -1, bias=-1.0, relu=True), (0.5, 0.0), inputs=((3.0, 1.0),))


@pytest.mark.parametrize("damage", VANDALS, ids=lambda damage: damage.__name__)
def test_what_is_left_behind_is_told(judged, case, damage):
    """Any change is a violation, whatever the scores are, and the sentence says what it is."""
    outcome = judged(_after(damage), "purity", case)
    assert (outcome.kind, outcome.gap) == ("violated", 1.0)
    assert outcome.reason.startswith(VANDALS[damage])


def test_the_default_dtype(judged, case):
    """It is seen before it is put back."""
    before = torch.get_default_dtype()
    assert judged(_after(_sets_the_dtype), "purity", case).reason.startswith("the default dtype is now torch.float")
    assert torch.get_default_dtype() == before


def test_the_baseline(judged, case):
    """The baseline is the caller's too."""

    def explain(model, inputs, target, *, baseline):
        return baseline.mul_(0)

    assert judged(explain, "purity", case).reason == "the baseline changed"


@pytest.mark.parametrize("explain", [hooking, tidy, patching, copying, gradient, occlusion, SmoothGrad()])
def test_who_clears_up_leaves_nothing_after_a_call(case, explain):
    """Without an exception nothing is left by any of these."""
    assert _observed(explain, case).changes == ()


@pytest.mark.parametrize(
    "explain",
    [tidy, patching, copying, gradient, occlusion, deeplift, LRP0(), IntegratedGradients(), ShapleySampling()],
)
def test_who_clears_up_whatever_happens_holds(judged, case, explain):
    """Exceptions are no excuse, and no accusation."""
    assert judged(explain, "purity", case).kind == "holds"


def test_after_an_exception(judged, case):
    """Hooks that an exception leaves behind are told, with what raised."""
    outcome = judged(hooking, "purity", case)
    assert outcome.kind == "violated"
    assert outcome.reason == (
        "after an exception, for a target that the model does not have: 1 forward hook on linear1 left; "
        "1 forward hook on relu1 left"
    )


@pytest.mark.parametrize(
    ("trouble", "raised_in"),
    [("target", "gather"), ("forward", "first"), ("second forward", "second"), ("backward", "grad")],
)
def test_every_way_to_an_exception(case, trouble, raised_in):
    """What is left open while one step runs is left behind if that step raises, and only then."""

    def step(number, model, action):
        hook = model.relu1.register_forward_hook(lambda *_: None) if number == raised_in else None
        result = action()
        if hook:
            hook.remove()
        return result

    def explain(model, inputs, target):
        leaf = inputs.clone().requires_grad_()
        step("first", model, lambda: model(leaf.clone()))
        outputs = step("second", model, lambda: model(leaf.clone()))
        chosen = step("gather", model, lambda: outputs.gather(1, target[:, None]))
        return step("grad", model, lambda: torch.autograd.grad(chosen.sum(), leaf)[0])

    seen = {t: _observed(explain, case, t).changes for t in ("", "target", "forward", "second forward", "backward")}
    assert {t for t, changes in seen.items() if changes} == {trouble}
    assert seen[trouble] == ("1 forward hook on relu1 left",)


def test_an_exception_of_its_own_is_an_error(judged, case):
    """Who raises without being provoked is an error, here as everywhere."""

    def raises(model, inputs, target):
        raise KeyError("scores")

    assert judged(raises, "purity", case).kind == "error"


@pytest.mark.parametrize(
    "explain", [pytest.param(hooking, marks=pytest.mark.long), _after(_trains), _after(_draws_from_numpy)]
)
def test_a_cell_shrinks(explain):
    """One variable and one layer are enough."""
    cell = run(Question(locate(explain), AXIOMS["purity"], Family.parse("bias-free"), Budget(60)))
    assert cell.verdict == "violated"
    assert len(cell.counterexample.case.network.layers) == 1
    assert cell.counterexample.case.network.in_features == len(cell.counterexample.case.inputs) == 1


def test_what_is_left_after_a_usual_call_alone(judged, linear):
    """Two forwards and a way back, so that all that is made to fail fails, and an attribute once all has gone well."""

    def noting(model, inputs, target):
        model(inputs.clone())
        scores = gradient(model, inputs, target)
        model.note = 1
        return scores

    case = Case(linear(1, 1), (0.0, 0.0), inputs=((1.0, 1.0),))
    assert judged(noting, "purity", case).kind == "violated"


def test_who_patches_once_is_impure_ever_after(judged, case):
    """What a call in the same process has patched is put back, and told in every later case."""
    calls = []

    def patches_once(model, inputs, target):
        if not calls:
            nn.Linear.forward = lambda self, x: x
        calls.append(1)
        return torch.zeros_like(inputs)

    for _ in range(2):
        outcome = judged(patches_once, "purity", case)
        assert outcome.kind == "violated"
        assert outcome.reason.endswith("a patch of torch.nn.Linear.forward left")
    assert nn.Linear(1, 2)(torch.ones(1, 1)).shape == (1, 2)
