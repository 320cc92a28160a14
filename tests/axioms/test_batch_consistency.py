"""Batch consistency."""

import pytest
import torch

from axiomcheck.axioms import AXIOMS
from axiomcheck.engine.cell import run
from axiomcheck.engine.question import Budget, Question
from axiomcheck.explainers import explainer, locate
from axiomcheck.explainers.methods.grad_x_input import grad_x_input
from axiomcheck.explainers.methods.gradient import gradient
from axiomcheck.explainers.methods.integrated_gradients import IntegratedGradients
from axiomcheck.explainers.methods.shapley_sampling import ShapleySampling
from axiomcheck.explainers.methods.smoothgrad import SmoothGrad
from axiomcheck.explainers.methods.uniform import uniform
from axiomcheck.networks import BatchNorm, Case, Family, Linear, Network
from axiomcheck.networks.facts import OnKinks

EXACT = IntegratedGradients()
TWO_OUTPUTS = Network((Linear(((1.0, 2.0), (4.0, 3.0)), (0.0, 0.0)),))
SCALED = Network((BatchNorm.of((0.0, 0.0), (1.0, 1.0), (1.0, 1.0), (0.0, 0.0)), Linear(((2.0, 1.0),), (0.0,))), (2,))


def first_target(model, inputs, target):
    """Explain the first item's target for all."""
    return grad_x_input(model, inputs, target[:1].expand_as(target))


def first_baseline(model, inputs, target, *, baseline):
    """Measure all items from the first item's baseline."""
    return EXACT(model, inputs, target, baseline=baseline[:1].expand_as(baseline))


def meaned(model, inputs, target):
    """Differentiate the mean over the batch where the sum is meant."""
    return grad_x_input(model, inputs, target) / len(inputs)


def smoothed(model, inputs, target):
    """Return the mean of the items' scores for all items."""
    scores = grad_x_input(model, inputs, target)
    return scores.mean(0, keepdim=True).expand_as(scores)


def normed(model, inputs, target):
    """Divide by the largest score of the batch."""
    scores = grad_x_input(model, inputs, target)
    return scores / scores.abs().max().clamp(min=1e-9)


def training(model, inputs, target):
    """Explain the model in training mode, where batch-norm looks at the whole batch."""
    return gradient(model.train(), inputs, target)


@pytest.fixture
def pair():
    """Return the outputs x1 + 2·x2 and 4·x1 + 3·x2 at (1, 0) and (0, 1)."""
    return Case(TWO_OUTPUTS, (0.0, 0.0), inputs=((1.0, 0.0), (0.0, 1.0)))


@pytest.mark.parametrize("explain", [uniform, gradient, grad_x_input, EXACT, ShapleySampling(), SmoothGrad()])
def test_who_treats_items_alone_holds(judged, pair, explain):
    """Formulas for one input hold, and so do noise and orders that are drawn once for all inputs."""
    assert judged(explain, "batch_consistency", pair).kind == "holds"


def test_the_first_target_for_all(judged, pair):
    """(0, 1) has the target 1 and the scores (0, 3); taken for target 0 they are (0, 2)."""
    outcome = judged(first_target, "batch_consistency", pair)
    assert (outcome.kind, outcome.gap) == ("violated", 1.0)
    assert outcome.reason == "at x = (0, 1) the scores are (0, 3) alone, and (0, 2) in a batch with (1, 0)"


def test_the_first_baseline_for_all(judged, pair):
    """The second baseline is (1, 1), from where (0, 1) scores (-4, 0); from (0, 0) it is (0, 3)."""
    outcome = judged(first_baseline, "batch_consistency", pair)
    assert (outcome.kind, outcome.gap) == ("violated", 4.0)
    assert (outcome.observed.alone, outcome.observed.relevance) == ((-4.0, 0.0), (0.0, 3.0))


@pytest.mark.parametrize(
    ("explain", "gap"),
    [
        (meaned, 1.5),  # (1, 0) and (0, 3) become halves
        (smoothed, 1.5),  # both become (0.5, 1.5)
        (normed, 2 / 3),  # (1, 0) is divided by 3 beside (0, 3), by 1 alone
    ],
)
def test_what_mixes_items(judged, pair, explain, gap):
    """Means, sums and maxima over the batch are seen."""
    outcome = judged(explain, "batch_consistency", pair)
    assert (outcome.kind, outcome.gap) == ("violated", pytest.approx(gap))


def test_training_mode(judged):
    """A batch-norm that looks at the batch cannot be called with one item alone, or tells them apart."""
    outcome = judged(training, "batch_consistency", Case(SCALED, (0.0, 0.0), inputs=((1.0, 0.0), (0.0, 1.0))))
    assert outcome.fails


def test_noise_of_the_batchs_shape_is_judged_by_its_stated_error(judged, pair):
    """Who draws noise for each item anew is no more exact than it says: 1 % here, where it says 5 % or nothing."""

    def noisy(model, inputs, target, *, seed):
        noise = torch.rand(inputs.shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)
        return grad_x_input(model, inputs, target) * (1 + 0.01 * noise)

    assert judged(noisy, "batch_consistency", pair).kind == "violated"
    assert judged(explainer(tolerance=0.05)(noisy), "batch_consistency", pair).kind == "holds"


def test_items_that_are_alike_show_nothing(judged, linear):
    """The gradient of x1 is 1 everywhere: nothing could be mixed up."""
    case = Case(linear(1), (0.0,), inputs=((1.0,), (2.0,)))
    assert judged(gradient, "batch_consistency", case).kind == "vacuous"
    assert judged(grad_x_input, "batch_consistency", case).kind == "holds"
    assert judged(meaned, "batch_consistency", case).kind == "violated"


@pytest.mark.parametrize("inputs", [((1.0, 0.0),), ((1.0, 0.0), (1.0, 0.0))])
def test_one_input_gets_another_beside_it(judged, inputs):
    """(1, 0) is judged in a batch with (2, 1), which gets the target 1 and (8, 3)."""
    outcome = judged(first_target, "batch_consistency", Case(TWO_OUTPUTS, (0.0, 0.0), inputs=inputs))
    assert (outcome.kind, outcome.gap) == ("violated", 6.0)
    assert outcome.reason == "at x = (2, 1) the scores are (8, 3) alone, and (2, 2) in a batch with (1, 0)"


def test_where_all_inputs_are_on_kinks(judged, linear):
    """relu(x1 - x2) at (1, 1) is on its kink, and so is everything beside it: there is no batch."""
    outcome = judged(gradient, "batch_consistency", Case(linear(1, -1, relu=True), (0.0, 0.0), inputs=((1.0, 1.0),)))
    assert (outcome.kind, outcome.reason) == ("rejected", "a batch of two inputs that are on no kink is needed")


def test_inputs_on_kinks_are_left_out(judged, linear):
    """Of 0, 1 and 2 the first lies on the kink of relu(x1); where kinks are asked for, it counts."""
    relu = linear(1, relu=True)
    kept = Case(relu, (0.0,), inputs=((0.0,), (1.0,), (2.0,)))
    assert judged(meaned, "batch_consistency", kept).observed.batch == ((1.0,), (2.0,))
    asked = Case(relu, (0.0,), inputs=((0.0,), (1.0,)), facts=(OnKinks(),))
    assert judged(meaned, "batch_consistency", asked).observed.batch == ((0.0,), (1.0,))


def test_in_single_precision(judged, pair):
    """A float32 batch is told from its items by more than a thousandth."""
    assert judged(EXACT, "batch_consistency", pair, "float32").kind == "holds"
    assert judged(first_target, "batch_consistency", pair, "float32").kind == "violated"


@pytest.mark.parametrize(("explain", "outputs"), [(first_target, 2), (first_baseline, 1), (meaned, 1), (smoothed, 1)])
def test_a_cell_shrinks(explain, outputs):
    """One variable, one layer and an input are enough; a mixed up target needs two outputs."""
    cell = run(Question(locate(explain), AXIOMS["batch_consistency"], Family.parse("bias-free"), Budget(60)))
    case = cell.counterexample.case
    assert cell.verdict == "violated"
    assert (case.network.in_features, case.network.out_features, len(case.inputs)) == (1, outputs, 1)
    assert len(case.network.layers) == 1
