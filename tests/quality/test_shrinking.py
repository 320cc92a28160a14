"""What is found is shrunk to the bone, whatever the seed."""

import pytest

from axiomcheck.axioms import AXIOMS
from axiomcheck.engine.hunt import hunt
from axiomcheck.engine.question import Budget, Question
from axiomcheck.explainers import locate
from axiomcheck.networks import Family, Linear, Network, ReLU

SEEDS = [*range(3), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(3, 10))]
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


def _smallest(explainer, axiom, family, seed):
    question = Question(locate(explainer), AXIOMS[axiom], Family.parse(family), Budget(500, seed))
    _, finding = hunt(question)
    assert finding.kind == "violated"
    return finding.counterexample.case


def _relus(case):
    return sum(network.size[0] for network in case.networks)


def _units(network):
    return max(len(layer.bias) for layer in network.leaves if isinstance(layer, Linear))


def _parameters(case):
    return sum(number != 0 for network in case.networks for number in network.numbers)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("family", ["bias-free", "biased"])
def test_the_uniform_explainer_fails_on_one_weight(family, seed):
    """Uniform on selectivity: f(x1, x2) = x1, one weight and one variable that does not matter."""
    case = _smallest("uniform", "selectivity", family, seed)
    assert (_relus(case), _parameters(case), case.network.in_features) == (0, 1, 2)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("explainer", ["gradient", "grad-x-input"])
def test_conservation_fails_on_one_parameter(explainer, seed):
    """The gradient and gradient × input on conservation with biases: a constant."""
    case = _smallest(explainer, "conservation", "biased", seed)
    assert (_relus(case), _parameters(case), case.network.in_features, len(case.inputs)) == (0, 1, 1, 1)


@pytest.mark.parametrize("seed", SEEDS)
def test_continuity_fails_on_one_relu_of_two_variables(seed):
    """Gradient × input on continuity without biases: one ReLU and two variables, one straight path."""
    case = _smallest("grad-x-input", "continuity", "bias-free", seed)
    assert (_relus(case), case.network.in_features, case.path.segments) == (1, 2, 1)
    assert _parameters(case) == 2


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("family", ["bias-free", "deep-taylor", "biased"])
def test_invariance_fails_on_at_most_the_max_pair(family, seed):
    """LRP-z⁺ on invariance: a twin no larger than the two max networks, with a ReLU at the end where it must be."""
    case = _smallest("lrp-z-plus", "implementation_invariance", family, seed)
    at_end = sum(network.ends_in_relu for network in case.networks)
    assert _relus(case) - at_end <= sum(network.size[0] for network in MAX_PAIR)
    assert _parameters(case) <= sum(number != 0 for network in MAX_PAIR for number in network.numbers)
    assert len(case.rewrites) == 1


@pytest.mark.parametrize("seed", SEEDS)
def test_a_null_player_fails_on_two_units_that_cancel(seed):
    """LRP-z⁺ with biases: x1 - x1 + 1, or the same by a rewrite; 1 may be a unit of its own, in both networks then."""
    case = _smallest("lrp-z-plus", "null_player", "biased", seed)
    assert (case.network.in_features, len(case.inputs)) == (1, 1)
    own_unit = any(any(network.linears[0].bias) for network in case.networks)
    assert _parameters(case) <= 6 + own_unit * len(case.networks)
    assert all(_units(network) <= 3 for network in case.networks)
