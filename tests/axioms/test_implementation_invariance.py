"""Implementation invariance."""

from dataclasses import replace

import pytest
import torch

from axiomcheck.explainers.methods.grad_x_input import grad_x_input
from axiomcheck.explainers.methods.gradient import gradient
from axiomcheck.explainers.methods.integrated_gradients import IntegratedGradients
from axiomcheck.explainers.methods.lrp_0 import LRP0
from axiomcheck.explainers.methods.lrp_epsilon import LRPEpsilon
from axiomcheck.explainers.methods.lrp_gamma import LRPGamma
from axiomcheck.explainers.methods.lrp_z_plus import LRPZPlus
from axiomcheck.explainers.methods.smoothgrad import SmoothGrad
from axiomcheck.explainers.methods.uniform import uniform
from axiomcheck.networks import REWRITES, Case, Linear, Network, ReLU
from axiomcheck.networks.facts import OnKinks
from axiomcheck.networks.family import PRESETS
from axiomcheck.strategies.cases import one_twin
from axiomcheck.strategies.codec import block_size, is_wide

NAME = "implementation_invariance"
EXACT = IntegratedGradients()
INVARIANT = {"uniform": uniform, "gradient": gradient, "grad-x-input": grad_x_input, "integrated-gradients": EXACT}


@pytest.fixture
def guard(guarded):
    """Return the guard pair at (3, 1)."""
    return Case(guarded, (0.0, 0.0), inputs=((3.0, 1.0),), rewrites=(REWRITES["guarded-bias"](1, 0, 0),))


@pytest.fixture
def maximum(larger):
    """Return the max pair at (2, 1)."""
    return Case(larger, (0.0, 0.0), inputs=((2.0, 1.0),), rewrites=(REWRITES["max-pair"](0, 0, 1),))


@pytest.mark.parametrize("explain", [*INVARIANT.values(), LRP0()], ids=[*INVARIANT, "lrp-0"])
def test_the_textbook_pairs_keep(judged, guard, maximum, explain):
    """Uniform, gradient, gradient × input, LRP-0 and exact IG are the same on either pair."""
    assert judged(explain, NAME, guard).kind == "holds"
    assert judged(explain, NAME, maximum).kind == "holds"


@pytest.mark.parametrize(
    ("explain", "gap"), [(LRPEpsilon(), 2.6393 - 2.5974), (LRPGamma(), 2.2727 - 2.1429)], ids=["epsilon", "gamma"]
)
def test_the_guard_pair_breaks(judged, guard, explain, gap):
    """ε and γ score the guard pair differently, by the difference of the reference values."""
    outcome = judged(explain, NAME, guard)
    assert outcome.kind == "violated"
    assert outcome.gap == pytest.approx(gap, abs=1e-4)


@pytest.mark.parametrize(
    ("explain", "gap"), [(LRPZPlus(), 0.5), (LRPGamma(), 1.8333 - 1.6667)], ids=["z-plus", "gamma"]
)
def test_the_max_pair_breaks(judged, maximum, explain, gap):
    """z⁺ and γ score the max pair differently, by the difference of the reference values."""
    outcome = judged(explain, NAME, maximum)
    assert outcome.kind == "violated"
    assert outcome.gap == pytest.approx(gap, abs=1e-4)


def test_the_violation_is_told(judged, maximum):
    """The sentence has the input and both scores."""
    reason = judged(LRPZPlus(), NAME, maximum).reason
    assert "at x = (2, 1) the scores are (1, 1), and (1.5, 0.5) on a network that" in reason


def test_a_case_without_rewrites_is_rejected(judged, larger):
    """One network alone has nothing to be compared with."""
    outcome = judged(gradient, NAME, Case(larger, (0.0, 0.0), inputs=((2.0, 1.0),)))
    assert (outcome.kind, outcome.reason) == ("rejected", "no rewrite changes the network")


def test_a_rewrite_that_does_not_apply_is_rejected(judged, larger):
    """Shrinking may break a side condition: that is no verdict."""
    broken = Case(larger, (0.0, 0.0), inputs=((2.0, 1.0),), rewrites=(REWRITES["split"](0, 5, 0.5),))
    assert judged(gradient, NAME, broken).kind == "rejected"


def test_on_a_kink_the_gradient_is_a_convention(judged, larger):
    """max(x1, x2) at (1, 1) is on a kink: that the gradients differ there counts for nothing."""
    pair = (REWRITES["max-pair"](0, 0, 1),)
    on_kink = Case(larger, (0.0, 0.0), inputs=((1.0, 1.0),), rewrites=pair)
    assert judged(gradient, NAME, on_kink).kind == "rejected"


def test_generic_inputs_are_judged_without_the_others(judged, larger):
    """Of (1, 1) and (2, 1) the second is judged, and the first left out."""
    pair = (REWRITES["max-pair"](0, 0, 1),)
    case = Case(larger, (0.0, 0.0), inputs=((1.0, 1.0), (2.0, 1.0)), rewrites=pair)
    assert judged(gradient, NAME, case).kind == "holds"
    assert judged(LRPZPlus(), NAME, case).observed.x == (2.0, 1.0)


def test_a_way_along_a_kink_is_rejected_for_who_goes_it(judged):
    """Half of the way from 0 to (1, 1) is on a kink: IG is not asked, gradient × input is."""
    network = Network(
        (
            Linear(((1.0, 0.0), (0.0, 1.0), (1.0, 1.0)), (0.0, 0.0, -1.0)),
            ReLU(),
            Linear(((1.0, -1.0, 1.0),), (0.0,)),
            ReLU(),
        )
    )
    case = Case(network, (0.0, 0.0), inputs=((1.0, 1.0),), rewrites=(REWRITES["split"](0, 0, 0.5),))
    assert judged(EXACT, NAME, case).kind == "rejected"
    assert judged(grad_x_input, NAME, case).kind == "holds"


def test_dead_twins_are_vacuous(judged, linear):
    """Where f is 0 and flat, equal scores of 0 show nothing; different scores are different."""
    dead = Case(linear(1, relu=True), (0.0,), inputs=((-3.0,),), rewrites=(REWRITES["guard"](0, 0, 1.0),))
    assert judged(gradient, NAME, dead).kind == "vacuous"

    def layers(model, inputs, target):
        return torch.full_like(inputs, float(len(model)))

    assert judged(layers, NAME, dead).kind == "violated"


def test_rounding_is_allowed(judged, maximum):
    """Scores that differ in the last places are the same, in a thousandth part they are not."""

    def off_by(share):
        return lambda model, inputs, target: (
            grad_x_input(model, inputs, target) * (1 + share * len(model.linear1.weight))
        )

    assert judged(off_by(1e-9), NAME, maximum).kind == "holds"
    assert judged(off_by(1e-3), NAME, maximum).kind == "violated"


KNOWN = [
    (name, preset)
    for preset, family in PRESETS.items()
    for name in INVARIANT
    if not (name == "integrated-gradients" and is_wide(family))
]


@pytest.mark.parametrize(("name", "preset"), KNOWN)
def test_where_it_is_known_to_hold(judged, name, preset, draw_blocks):
    """Uniform and gradients are properties of the function, of all families; exact IG is told of perceptrons alone."""
    family = PRESETS[preset]
    outcomes = [
        judged(INVARIANT[name], NAME, one_twin(block, family)) for block in draw_blocks(60, 142, block_size(family))
    ]
    assert not any(outcome.fails for outcome in outcomes)
    assert sum(outcome.kind == "holds" for outcome in outcomes) > 20


@pytest.mark.parametrize("explain", [LRPEpsilon(), LRPGamma(), LRPZPlus(), LRP0()], ids=["eps", "gamma", "z-plus", "0"])
def test_where_it_is_known_to_fail(judged, explain, draw_blocks):
    """Among random twins without biases there are some that ε, γ, z⁺ and, at zero pre-activations, LRP-0 tell apart."""
    family = PRESETS["bias-free"]
    assert any(
        judged(explain, NAME, one_twin(block, family)).kind == "violated" for block in draw_blocks(200, seed=143)
    )


def _hooks(model, inputs, target):
    """Return the number of ReLU modules that are called, as a score: the code decides, not the function."""
    called = []
    for module in model.modules():
        if isinstance(module, torch.nn.ReLU):
            module.register_forward_hook(lambda *_: called.append(1))
    model(inputs)
    return torch.full_like(inputs, float(len(called)))


@pytest.mark.parametrize("style", ["style-relu-functional", "style-relu-clamp"])
def test_another_style_is_another_implementation(judged, maximum, style):
    """What counts modules tells F.relu from nn.ReLU; the gradient does not."""
    styled = replace(maximum, rewrites=(REWRITES[style](),))
    outcome = judged(_hooks, NAME, styled)
    assert (outcome.kind, outcome.gap) == ("violated", 1.0)
    assert judged(gradient, NAME, styled).kind == "holds"


def test_inputs_on_kinks_count_where_they_are_asked_for(judged, larger):
    """At (1, 1) the gradients of max(x1, x2) and its twin are two conventions; on_kinks says that they count."""
    pair = (REWRITES["max-pair"](0, 0, 1),)
    case = Case(larger, (0.0, 0.0), inputs=((1.0, 1.0),), rewrites=pair, facts=(OnKinks(),))
    assert judged(gradient, NAME, case).kind == "violated"
    assert judged(uniform, NAME, case).kind == "holds"


def test_signs_count(judged, linear):
    """Scores that turn their sign with the order of the units are as large, and not the same."""
    network = Network((Linear(((1.0,), (2.0,)), (0.0, 0.0)), ReLU(), Linear(((1.0, 1.0),), (0.0,))))
    case = Case(network, (0.0,), inputs=((2.0,),), rewrites=(REWRITES["permute"](0, 0, 1),))

    def turning(model, inputs, target):
        return uniform(model, inputs, target) * (1 if next(model.parameters())[0, 0].item() == 1 else -1)

    outcome = judged(turning, "implementation_invariance", case)
    assert (outcome.kind, outcome.gap) == ("violated", 12.0)


def test_who_asks_where_the_two_differ_is_not_convicted(judged, larger):
    """The max pair is equal on inputs of at least 0: noise around (0.25, 0.5) leads out of that, a mean within not."""
    case = Case(larger, (0.0, 0.0), inputs=((0.25, 0.5),), rewrites=(REWRITES["max-pair"](0, 0, 1),))
    outcome = judged(SmoothGrad(), "implementation_invariance", case)
    assert (outcome.kind, outcome.reason) == (
        "rejected",
        "the explainer asks where the two are not equal: at inputs below 0",
    )
    assert judged(SmoothGrad(), "implementation_invariance", replace(case, inputs=((64.0, 16.0),))).kind == "holds"
    assert judged(LRPZPlus(), "implementation_invariance", case).kind == "violated"
