"""Power at each kind of layer and each option: a defect there is caught, and shrunk to a network that has it."""

import pytest

from axiomcheck.axioms import AXIOMS
from axiomcheck.engine.question import Budget, Question
from axiomcheck.engine.runtime.threads import one_thread
from axiomcheck.engine.search import search
from axiomcheck.engine.shrink import shrink
from axiomcheck.explainers import locate
from axiomcheck.networks import Family
from axiomcheck.networks.tree import every_layer

from .mutants import OF_LAYERS

EXAMPLES = 500
SEEDS = 5
CAUGHT = 0.95
"""Of all mutants on all seeds."""
QUICK = tuple(OF_LAYERS)[:: len(OF_LAYERS) // 6]


def _question(mutant, seed):
    return Question(locate(mutant.explainer), AXIOMS[mutant.axiom], Family.parse(mutant.family), Budget(EXAMPLES, seed))


def _found(mutant, seed):
    question = _question(mutant, seed)
    with one_thread():
        return search(question.judge, question.family, EXAMPLES, question.random("search")).violation


def _has(case, layer):
    kind, option = layer
    layers = [inner for network in case.networks for inner in every_layer(network.layers)]
    return any(inner.kind.startswith(kind) and (not option or option in inner.options) for inner in layers)


def test_there_are_enough():
    """There are forty or more, of all kinds of layers with weights, windows or branches."""
    assert len(OF_LAYERS) >= 40
    kinds = {mutant.layer[0] for mutant in OF_LAYERS.values()}
    assert kinds == {"conv", "convtranspose", "maxpool", "avgpool", "adaptiveavgpool", "batchnorm", "concat"}


@pytest.mark.parametrize("name", QUICK)
def test_a_defect_of_a_layer_is_caught(name):
    """Within 500 cases, on a network that has the layer with the option."""
    case = _found(OF_LAYERS[name], 0)
    assert case is not None
    assert _has(case, OF_LAYERS[name].layer)


@pytest.mark.long
def test_nearly_all_defects_of_layers_are_caught():
    """At least 95 % on five seeds."""
    caught = [_found(OF_LAYERS[name], seed) is not None for name in OF_LAYERS for seed in range(SEEDS)]
    assert sum(caught) >= CAUGHT * len(caught)


@pytest.mark.long
@pytest.mark.parametrize("name", [*OF_LAYERS][::2])
def test_the_smallest_network_has_the_layer(name):
    """What it is shrunk to holds the kind of layer with the option that the defect is about."""
    mutant = OF_LAYERS[name]
    question = _question(mutant, 0)
    case = next(case for seed in range(SEEDS) if (case := _found(mutant, seed)) is not None)
    with one_thread():
        smallest = shrink(case, question.family, question.judge)
    assert _has(smallest, mutant.layer)
