"""Facts of theory that are no cells: explainers that are one, where that ends, values by hand, growth."""

from dataclasses import dataclass

import pytest
import torch

from axiomcheck import find_counterexample
from axiomcheck.axioms import AXIOMS
from axiomcheck.axioms.equality import equality
from axiomcheck.engine.judge import Judge
from axiomcheck.engine.question import Budget, Question
from axiomcheck.engine.runtime.threads import one_thread
from axiomcheck.engine.screen import screen
from axiomcheck.explainers import locate
from axiomcheck.networks import Case, Family, Linear, Network, Path, ReLU
from axiomcheck.networks.tent import tent_map

DRAWN = 220
"""Networks on which two explainers are compared."""
MONTAVON = "bias=nonpositive,output=relu"
GENERALIZED = "deep-taylor:root='generalized',bias='kept'"
LOGIT = "conv,convtranspose,maxpool,avgpool,batchnorm,residual,concat,shared,styles"


@dataclass(frozen=True)
class Equal:
    """An explainer that is ``other`` in a family of perceptrons, and in a wider one if it is named."""

    explainer: str
    other: str
    family: str
    wide: str = ""
    off_zeros: bool = False


EQUAL = {
    "LRP-0 is G×I off zeros": Equal("lrp-0", "grad-x-input", "biased", LOGIT, off_zeros=True),
    "IG(0) is G×I": Equal("integrated-gradients", "grad-x-input", "bias-free", f"{LOGIT},bias=none"),
    "DeepLIFT(0) is G×I": Equal("deeplift", "grad-x-input", "bias-free", "conv,avgpool,residual,concat,bias=none"),
    "γ = 1 of deep Taylor is LRP-0": Equal(f"{GENERALIZED},gamma=1.0", "lrp-0", "biased", LOGIT),
    "γ = 1 of deep Taylor is G×I off zeros": Equal(
        f"{GENERALIZED},gamma=1.0", "grad-x-input", "biased", off_zeros=True
    ),
    "γ = 0 of deep Taylor is z⁺ on activations of at least 0": Equal(
        f"{GENERALIZED},gamma=0.0", "lrp-z-plus", "inputs=nonnegative"
    ),
    # 4/5 is no float: where a denominator is 0, one of the two divides by a rounding error. Here it is at least z > 0.
    "γ = 4/5 of deep Taylor is LRP-1/4": Equal(f"{GENERALIZED},gamma=0.8", "lrp-gamma", "deep-taylor"),
    "γ = 1/4 of deep Taylor is LRP-3": Equal(f"{GENERALIZED},gamma=0.25", "lrp-gamma:gamma=3.0", "biased", LOGIT),
    "z⁺ is αβ(1, 0)": Equal("lrp-z-plus", "lrp-alpha-beta:alpha=1.0,beta=0.0", "biased", LOGIT),
    "a bias of at most 0 has no share in z⁺": Equal("deep-taylor", "lrp-z-plus", "bias=nonpositive"),
    "flat at every dense layer is f/d": Equal("lrp-flat:everywhere=True", "uniform", "biased"),
    "flat under z⁺ is f/d where nothing is lost": Equal("lrp-flat", "uniform", MONTAVON),
}


def _assert_equal(fact, family):
    of, other = locate(fact.explainer), locate(fact.other)
    asked = equality(of, other, off_zeros=fact.off_zeros)
    question = Question(of, asked, Family.parse(family), Budget(DRAWN))
    with one_thread():
        screened = screen(question.judge, question.family, DRAWN, question.random("screen"))
    assert screened.failed is None, question.judge(screened.failed).reason
    assert screened.effective >= 200


@pytest.mark.parametrize("name", EQUAL)
def test_they_are_one_explainer(name):
    """The scores are the same on two hundred perceptrons and more."""
    _assert_equal(EQUAL[name], EQUAL[name].family)


@pytest.mark.long
@pytest.mark.parametrize("name", [name for name, fact in EQUAL.items() if fact.wide])
def test_they_are_one_explainer_of_wide_networks(name):
    """The scores are the same on two hundred networks of other layers too."""
    _assert_equal(EQUAL[name], EQUAL[name].wide)


@dataclass(frozen=True)
class End:
    """Two explainers that are not one in a family, and the smallest network that tells them apart: its formula."""

    explainer: str
    other: str
    family: str
    formula: str
    examples: int = 500


ENDS = {
    # At (1, -1) the output is 0, and relevance ends.
    "LRP-0 and G×I at a zero pre-activation": End("lrp-0", "grad-x-input", "bias-free", "f(x1, x2) = x1 + x2", 3000),
    # At -2 the ReLU is closed, and was open at 0.
    "IG(0) and G×I with a bias": End("integrated-gradients", "grad-x-input", "biased", "f(x1) = relu(x1 + 1)"),
    "DeepLIFT(0) and G×I with a bias": End("deeplift", "grad-x-input", "biased", "f(x1) = relu(x1 + 1)"),
    # At (-2, -1) the loss goes to the winner at the baseline, where all are 0.
    "DeepLIFT(0) and G×I at a max pool": End(
        "deeplift", "grad-x-input", "maxpool,bias=none", "f(x1, x2) = max(x1, x2)"
    ),
    # At -1 a positive weight contributes what is negative.
    "γ = 0 of deep Taylor and z⁺ at negative inputs": End(
        f"{GENERALIZED},gamma=0.0", "lrp-z-plus", "bias-free", "f(x1) = x1"
    ),
}


@pytest.mark.parametrize("name", ENDS)
def test_where_they_are_two(name):
    """The search finds where an equality ends, and shrinks it to the network that a hand would take."""
    end = ENDS[name]
    found = find_counterexample(end.explainer, equals=end.other, family=end.family, examples=end.examples)
    assert found.formula == end.formula


SATURATED = Network((Linear(((-1.0,),), (1.0,)), ReLU(), Linear(((-1.0,),), (1.0,))))
"""1 - relu(1 - x)."""


def _explained(explainer, network, x, baseline=None):
    located = locate(explainer).explain
    given = {} if baseline is None else {"baseline": torch.tensor([baseline], dtype=torch.float64)}
    inputs = torch.tensor([x], dtype=torch.float64)
    return located(network.module(), inputs, torch.tensor([0]), **given)[0].tolist()


@pytest.mark.parametrize(
    "explainer", ["lrp-0", "lrp-epsilon", "lrp-gamma", "lrp-alpha-beta", "lrp-z-plus", "lrp-0:bias='dropped'"]
)
def test_shares_of_what_is_there_are_blind_to_saturation(explainer):
    """1 - relu(1 - x) at 2: all that the input is multiplied by is closed, so it gets 0."""
    assert _explained(explainer, SATURATED, (2.0,)) == [0.0]


@pytest.mark.parametrize("explainer", ["integrated-gradients", "deeplift", "shapley", "occlusion"])
def test_measured_from_a_baseline_saturation_is_seen(explainer):
    """1 - relu(1 - x) at 2 from 0: it rose from 0 to 1."""
    assert _explained(explainer, SATURATED, (2.0,), (0.0,)) == pytest.approx([1.0])


@pytest.mark.parametrize("depth", range(1, 9))
def test_on_tent_maps_gradients_grow_and_z_plus_does_not(depth):
    """At x in the middle of a piece G×I is 2^depth x in size, z⁺ no more than f, which is at most 1."""
    x = 0.5 + 2.0 ** -(depth + 1)
    network = tent_map(depth)
    assert abs(_explained("grad-x-input", network, (x,))[0]) == pytest.approx(2**depth * x)
    assert 0 <= _explained("lrp-z-plus", network, (x,))[0] <= float(network.exact((x,))[0]) * (1 + 1e-12)


def test_a_linear_hidden_layer_costs_z_plus_its_conservation():
    """h = -x, relu(-h) at 1: neither layer's input contributes what is positive to both."""
    network = Network((Linear(((-1.0,),), (0.0,)), Linear(((-1.0,),), (0.0,)), ReLU()))
    assert network.exact((1.0,)) == (1,)
    assert _explained("lrp-z-plus", network, (1.0,)) == [0.0]


@pytest.mark.parametrize("explainer", ["integrated-gradients", "deeplift"])
@pytest.mark.parametrize(("baseline", "kind"), [((0.0, 0.0), "violated"), ((2.0, 0.0), "holds"), ((0.0, 1.0), "holds")])
def test_a_baseline_on_a_kink_costs_continuity(explainer, baseline, kind):
    """relu(x1 - x2) along a path over the diagonal: a jump from (0, 0), which lies on it; none from beside it."""
    network = Network((Linear(((1.0, -1.0),), (0.0,)), ReLU()))
    case = Case(network, baseline, path=Path(((2.0, 1.0), (1.0, 2.0))))
    with one_thread():
        assert Judge(locate(explainer).explain, AXIOMS["continuity"])(case).kind == kind


GUARD_PAIR = tuple(
    Network((Linear(((1.0, 0.0), (0.0, 1.0)), below), ReLU(), Linear(((1.0, -1.0),), above), ReLU()))
    for below, above in (((0.0, 0.0), (-1.0,)), ((-1.0, 0.0), (0.0,)))
)
"""relu(relu(x1) - 1 - relu(x2)) and relu(relu(x1 - 1) - relu(x2)), equal where x2 is at least 0."""
MAX_PAIR = (
    Network((Linear(((1.0, -1.0), (0.0, 1.0)), (0.0, 0.0)), ReLU(), Linear(((1.0, 1.0),), (0.0,)))),
    Network(
        (
            Linear(((1.0, -1.0), (-1.0, 1.0), (1.0, 1.0)), (0.0, 0.0, 0.0)),
            ReLU(),
            Linear(((0.5, 0.5, 0.5),), (0.0,)),
        )
    ),
)
ON_THE_GUARD_PAIR = {
    "gradient": ((1, -1), (1, -1)),
    "grad-x-input": ((3, -1), (3, -1)),
    "lrp-0": ((3, -1), (3, -1)),
    "lrp-0:bias='dropped'": ((1.5, -0.5), (2, -1)),
    "deeplift": ((1.5, -0.5), (2, -1)),
    "lrp-epsilon": ((2.6393, -0.8264), (2.5974, -0.8264)),
    "lrp-gamma": ((2.1429, -0.5714), (2.2727, -0.6667)),
    "lrp-z-plus": ((1, 0), (1, 0)),
    "integrated-gradients": ((1.5, -0.5), (1.5, -0.5)),
    "shapley": ((1.5, -0.5), (1.5, -0.5)),
}
"""At (3, 1), from (0, 0): Sundararajan et al. 2017, and by hand."""
ON_THE_MAX_PAIR = {
    "lrp-z-plus": ((1, 1), (1.5, 0.5)),
    "lrp-gamma": ((1.6667, 0.3333), (1.8333, 0.1667)),
    "integrated-gradients": ((2, 0), (2, 0)),
    "shapley": ((1.5, 0.5), (1.5, 0.5)),
}
"""At (2, 1), from (0, 0), by hand."""


def _assert_values(explainer, networks, x, expected):
    baseline = (0.0, 0.0) if Judge(locate(explainer).explain, AXIOMS["conservation"]).declared.has_baseline else None
    for network, scores in zip(networks, expected, strict=True):
        assert _explained(explainer, network, x, baseline) == pytest.approx(scores, abs=5e-5)


@pytest.mark.parametrize("explainer", ON_THE_GUARD_PAIR)
def test_values_on_the_guard_pair(explainer):
    """They are those of the literature, to four places."""
    _assert_values(explainer, GUARD_PAIR, (3.0, 1.0), ON_THE_GUARD_PAIR[explainer])


@pytest.mark.parametrize("explainer", ON_THE_MAX_PAIR)
def test_values_on_the_max_pair(explainer):
    """They are those worked out by hand, to four places."""
    _assert_values(explainer, MAX_PAIR, (2.0, 1.0), ON_THE_MAX_PAIR[explainer])
