"""Conservation."""

import pytest
import torch

from axiomcheck.explainers import Unsupported, explainer
from axiomcheck.explainers.methods.grad_x_input import grad_x_input
from axiomcheck.explainers.methods.gradient import gradient
from axiomcheck.explainers.methods.input_gradient import target_output
from axiomcheck.explainers.methods.integrated_gradients import IntegratedGradients
from axiomcheck.explainers.methods.lrp_0 import LRP0
from axiomcheck.explainers.methods.lrp_epsilon import LRPEpsilon
from axiomcheck.explainers.methods.lrp_z_plus import LRPZPlus
from axiomcheck.explainers.methods.uniform import uniform
from axiomcheck.networks import Case, Flatten, Linear, Network, ReLU, Softmax
from axiomcheck.networks.family import PRESETS
from axiomcheck.strategies.cases import one_network
from axiomcheck.strategies.codec import block_size, is_wide

EXACT = IntegratedGradients()
PERCEPTRONS = [name for name, family in PRESETS.items() if not is_wide(family)]


def _summing_to(first, second):
    """Return an explainer whose two scores are f + first and second."""

    def explain(model, inputs, target):
        output = target_output(model, inputs, target).detach()
        return torch.stack([output + first, torch.full_like(output, second)], 1)

    return explain


@pytest.fixture
def case(linear):
    """Return the case of 2·x1 - x2 at (3, 1), where f = 5."""
    return Case(linear(2, -1), (0.0, 0.0), inputs=((3.0, 1.0),))


def test_uniform_conserves(judged, case):
    """Half of f for each of two variables sums to f."""
    assert judged(uniform, "conservation", case).kind == "holds"


def test_the_gradient_does_not(judged, case):
    """(2, -1) sums to 1 where f is 5."""
    outcome = judged(gradient, "conservation", case)
    assert (outcome.kind, outcome.gap) == ("violated", 4.0)
    assert outcome.reason.endswith("the scores sum to 1 where f(x) = 5")


def test_a_bias_costs_gradient_x_input_its_conservation(judged, linear):
    """relu(x1 - 1) at 2 is 1, and the score 2."""
    biased = Case(linear(1, bias=-1.0, relu=True), (0.0,), inputs=((2.0,),))
    assert judged(grad_x_input, "conservation", biased).kind == "violated"


def test_of_several_inputs_the_worst_is_told(judged, linear):
    """At 1, 5 and 3 relu(x1) has the gradient 1: the sum is off by 0, 4 and 2."""
    outcome = judged(gradient, "conservation", Case(linear(1, relu=True), (0.0,), inputs=((1.0,), (5.0,), (3.0,))))
    assert (outcome.kind, outcome.gap, outcome.observed.x) == ("violated", 4.0, (5.0,))


def test_the_target_is_the_cases(judged):
    """With target 1 the second output is accounted for."""
    two = Network((Linear(((1.0,), (3.0,)), (0.0, 2.0)),))
    assert judged(uniform, "conservation", Case(two, (0.0,), inputs=((1.0,),), target=1)).kind == "holds"
    assert judged(grad_x_input, "conservation", Case(two, (0.0,), inputs=((1.0,),), target=1)).gap == 2.0


def test_large_scores_excuse_no_large_gap(judged, case):
    """R = (f + 2e9 + 1000, -2e9) is off by 1000: far more than rounding, however large the scores are."""
    outcome = judged(_summing_to(2e9 + 1000, -2e9), "conservation", case)
    assert (outcome.kind, outcome.gap) == ("violated", 1000.0)


def test_large_scores_that_sum_up_are_fine(judged, case):
    """R = (f + 2e9, -2e9) sums to f exactly."""
    assert judged(_summing_to(2e9, -2e9), "conservation", case).kind == "holds"


def test_a_gap_that_may_be_rounding_is_neither(judged, case):
    """Off by 2^-17 at scores of 2e6, two units in a million million: nobody can say, for the explainer is so loud."""
    outcome = judged(_summing_to(2e6 + 2.0**-17, -2e6), "conservation", case)
    assert (outcome.kind, outcome.is_open) == ("rejected", True)


def test_louder_scores_excuse_no_more(judged, case):
    """Off by 2^-10 at scores of 2e9, beyond a million times the network's magnitude: that is no rounding of its own."""
    assert judged(_summing_to(2e9 + 2.0**-10, -2e9), "conservation", case).kind == "violated"


def test_a_gap_within_a_millionth_is_none(judged, case):
    """A gap of 0.9e-6·|f| is allowed, one of 1.1e-6·|f| is not."""
    assert judged(_summing_to(4.5e-6, 0.0), "conservation", case).kind == "holds"
    assert judged(_summing_to(5.5e-6, 0.0), "conservation", case).kind == "violated"


def test_rounding_around_zero_is_no_crime(judged):
    """relu(relu(x1) - relu(2·x1 - 1)) is 0 at 0 and at 1.5, with kinks at thirds: exact IG is not convicted."""
    tent = Network((Linear(((1.0,), (2.0,)), (0.0, -1.0)), ReLU(), Linear(((1.0, -1.0),), (0.0,)), ReLU()))
    outcome = judged(EXACT, "conservation", Case(tent, (0.0,), inputs=((1.5,),)))
    assert not outcome.fails


def test_from_a_baseline_the_change_is_conserved(judged, linear):
    """relu(x1) + nothing from 1 to 3 changed by 2; from -1 by 3."""
    for start in (1.0, -1.0):
        assert judged(EXACT, "conservation", Case(linear(1, relu=True), (start,), inputs=((3.0,),))).kind == "holds"


def test_what_ignores_its_baseline_does_not_sum_to_the_change(judged, linear):
    """Uniform shares of f(x) = 3 are not the change of 2 from the baseline 1."""

    def explain(model, inputs, target, *, baseline):
        return uniform(model, inputs, target)

    outcome = judged(explain, "conservation", Case(linear(1), (1.0,), inputs=((3.0,),)))
    assert (outcome.kind, outcome.gap) == ("violated", 1.0)
    assert outcome.reason.endswith("the scores sum to 3 where f(x) - f(baseline) = 2")


def test_a_declared_output_beats_the_signature(judged, linear):
    """An explainer with a baseline that says it conserves the output is measured by the output."""

    @explainer(conserves="output")
    def explain(model, inputs, target, *, baseline):
        return uniform(model, inputs, target)

    assert judged(explain, "conservation", Case(linear(1), (1.0,), inputs=((3.0,),))).kind == "holds"


def _units(total):
    @explainer(conserves="unit")
    def explain(model, inputs, target):
        return torch.full_like(inputs, total / inputs.shape[1])

    return explain


def test_units(judged, case):
    """Who says that scores sum to one unit is held to it, whatever f is."""
    assert judged(_units(1.0), "conservation", case).kind == "holds"
    outcome = judged(_units(2.0), "conservation", case)
    assert (outcome.kind, outcome.gap) == ("violated", 1.0)
    assert outcome.reason.endswith("the scores sum to 2 where one unit = 1")


def test_a_large_output_excuses_no_wrong_unit(judged, linear):
    """Scores that sum to 2 are no unit where f is four million either."""
    outcome = judged(_units(2.0), "conservation", Case(linear(1), (0.0,), inputs=((2.0**22,),)))
    assert outcome.kind == "violated"


def test_a_unit_has_nothing_to_be_shares_of_where_the_output_is_zero(judged, linear):
    """Shares of 0 are 0 of 0: the case is vacuous, whatever the scores; beside it two units are told."""
    nothing, beside = (Case(linear(1, -1), (0.0, 0.0), inputs=((1.0 + step, 1.0),)) for step in (0.0, 1.0))
    assert judged(_units(1.0), "conservation", nothing).kind == "vacuous"
    assert judged(_units(2.0), "conservation", nothing).kind == "vacuous"
    assert judged(_units(1.0), "conservation", beside).kind == "holds"
    assert judged(_units(2.0), "conservation", beside).kind == "violated"


def test_a_unit_has_no_shares_of_nothing(judged, linear):
    """Where all is dead, 0·x or relu(x) at -1, there is nobody to give it to: that says nothing."""
    for network, x in ((linear(0), 1.0), (linear(1, relu=True), -1.0)):
        outcome = judged(_units(0.0), "conservation", Case(network, (0.0,), inputs=((x,),)))
        assert outcome.kind == "vacuous"


def test_who_conserves_nothing_is_not_asked(judged, case):
    """An explainer that claims no sum is no subject of the axiom, and the reason says so."""
    outcome = judged(explainer(conserves=None)(lambda model, inputs, target: inputs), "conservation", case)
    assert (outcome.kind, outcome.reason) == ("unsupported", "it does not claim to conserve anything")


def test_who_refuses_a_model_is_no_failure(judged, case):
    """What an explainer cannot read is neither for nor against it, and its words are kept."""

    def refuses(model, inputs, target):
        raise Unsupported("convolutions are not for me")

    outcome = judged(refuses, "conservation", case)
    assert (outcome.kind, outcome.reason) == ("unsupported", "convolutions are not for me")
    assert not outcome.fails
    assert not outcome.effective


def test_images_are_accounted_for_as_a_whole(judged):
    """Four places of an image have a quarter of f each; the gradient of 1 each sums to 4 where f is 10."""
    network = Network((Flatten(), Linear(((1.0,) * 4,), (0.0,))), (1, 2, 2))
    image = Case(network, (0.0,) * 4, inputs=((1.0, 2.0, 3.0, 4.0),))
    assert judged(uniform, "conservation", image).kind == "holds"
    outcome = judged(gradient, "conservation", image)
    assert (outcome.kind, outcome.gap) == ("violated", 6.0)


def test_probabilities_are_accounted_for(judged):
    """Behind a softmax f is a probability, ½ here; gradient × input is 1·¼ and no share of it."""
    network = Network((Linear(((1.0,), (1.0,)), (0.0, 0.0)), Softmax()))
    half = Case(network, (0.0,), inputs=((1.0,),))
    assert judged(uniform, "conservation", half).kind == "holds"
    assert judged(grad_x_input, "conservation", half).gap == pytest.approx(0.5)


@pytest.mark.parametrize(("off", "kind"), [(0.02, "holds"), (0.029, "holds"), (0.04, "violated")])
def test_a_declared_tolerance(judged, case, off, kind):
    """An explainer that claims 3 % is held to 3 %."""

    @explainer(tolerance=0.03)
    def explain(model, inputs, target):
        return (1 + off) * uniform(model, inputs, target)

    assert judged(explain, "conservation", case).kind == kind


def test_a_tolerance_never_narrows(judged, case):
    """Who declares less than the axiom's own millionth is given the millionth."""

    @explainer(tolerance=1e-12)
    def explain(model, inputs, target):
        return (1 + 5e-7) * uniform(model, inputs, target)

    assert judged(explain, "conservation", case).kind == "holds"


def test_nothing_from_nothing_is_vacuous(judged, linear):
    """An output of 0 with scores of 0 shows nothing; with another score it is a violation."""
    dead = Case(linear(1, relu=True), (0.0,), inputs=((-1.0,),))
    assert judged(grad_x_input, "conservation", dead).kind == "vacuous"
    assert judged(lambda model, inputs, target: inputs, "conservation", dead).kind == "violated"


def test_zero_is_not_vacuous_from_a_baseline_that_is_alive(judged, linear):
    """f(x) = 0, but f fell from 2: that could have gone wrong."""
    falls = Case(linear(1, relu=True), (2.0,), inputs=((-1.0,),))
    assert judged(EXACT, "conservation", falls).kind == "holds"


def test_float32_has_its_own_tolerance(judged, case):
    """In float32 a thousandth is allowed, and two are not."""
    assert judged(_summing_to(4e-3, 0.0), "conservation", case, "float32").kind == "holds"
    assert judged(_summing_to(1e-2, 0.0), "conservation", case, "float32").kind == "violated"


@pytest.mark.parametrize(
    ("explain", "presets"),
    [(uniform, PRESETS), (EXACT, PERCEPTRONS), (grad_x_input, ["bias-free"]), (LRPZPlus(), ["deep-taylor"])],
    ids=["uniform", "integrated-gradients", "grad-x-input", "lrp-z-plus"],
)
def test_where_it_is_known_to_hold(judged, explain, presets, draw_blocks):
    """f/d sums to f whatever f is, exact IG to the change, gradient × input without biases, z⁺ on deep Taylor nets."""
    for family in map(PRESETS.__getitem__, presets):
        blocks = draw_blocks(60, 141, block_size(family))
        outcomes = [judged(explain, "conservation", one_network(block, family)) for block in blocks]
        assert not any(outcome.fails for outcome in outcomes)
        assert sum(outcome.kind == "holds" for outcome in outcomes) > 30


@pytest.mark.parametrize("explain", [gradient, grad_x_input], ids=["gradient", "grad-x-input"])
def test_where_it_is_known_to_fail(judged, explain, draw_blocks):
    """With biases, pools and blocks on the way no gradient sums to f."""
    family = PRESETS["ordinary"]
    blocks = draw_blocks(40, 148, block_size(family))
    kinds = [judged(explain, "conservation", one_network(block, family)).kind for block in blocks]
    assert kinds.count("violated") > 20
    assert not {"error", "unsupported"} & set(kinds)


@pytest.mark.parametrize("explain", [LRP0(), LRPEpsilon(), LRPZPlus()], ids=["lrp-0", "lrp-epsilon", "lrp-z-plus"])
def test_what_cannot_be_propagated_is_no_failure(judged, explain, draw_blocks):
    """Relevance propagation does some of the ordinary networks and refuses others in words; it fails on none."""
    family = PRESETS["ordinary"]
    outcomes = [
        judged(explain, "conservation", one_network(block, family))
        for block in draw_blocks(60, 149, block_size(family))
    ]
    kinds = {outcome.kind for outcome in outcomes}
    assert "error" not in kinds
    assert {"unsupported", "violated"} <= kinds
    assert all(outcome.reason for outcome in outcomes if outcome.kind == "unsupported")


def test_the_sign_counts(judged, linear):
    """-f is not f, though it is as large."""

    def negated(model, inputs, target):
        return -uniform(model, inputs, target)

    outcome = judged(negated, "conservation", Case(linear(2, 1), (0.0, 0.0), inputs=((1.0, 1.0),)))
    assert (outcome.kind, outcome.gap) == ("violated", 6.0)


def test_the_sum_is_told_by_depth(judged, linear):
    """2·x1 - x2 at (3, 1) has one layer with weights, and 3.5 of 5 shared out; relu(relu(x1) - 1) has two."""
    case = Case(linear(2, -1), (0.0, 0.0), inputs=((3.0, 1.0),))
    assert [*judged(_summing_to(-1.0, -0.5), "conservation", case).curves.values()] == [[(1.0, 0.7)]]
    deep = Network((Linear(((1.0,),), (0.0,)), ReLU(), Linear(((1.0,),), (-1.0,)), ReLU()))
    curves = judged(grad_x_input, "conservation", Case(deep, (0.0,), inputs=((3.0,), (2.0,), (0.5,)))).curves
    assert [*curves.values()] == [[(2.0, 1.5), (2.0, 2.0)]]
