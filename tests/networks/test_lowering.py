"""Networks as one sequence of steps."""

from random import Random

from axiomcheck.networks import Concat, Dropout, Flatten, Linear, MaxPool, Network, ReLU, Residual
from axiomcheck.networks.exact import evaluate
from axiomcheck.networks.lowering import lower
from axiomcheck.networks.steps import Affine, Max, Rectify

PAIR = Linear(((1.0, -1.0), (2.0, 0.0)), (0.0, 1.0))


def test_steps_are_what_plain_loops_do(random_networks, draw_point, naive):
    """The steps of random networks, blocks inside blocks among them, give what the definitions give."""
    random = Random(50)
    for network in random_networks(80, 50, thirds=True):
        x = draw_point(random, network.in_features)
        assert evaluate(lower(network.layers, network.shape), [x]) == [tuple(naive(network, x)[-1])]


def test_each_step_reads_what_the_last_wrote(random_networks):
    """Widths follow one another from inputs to outputs."""
    for network in random_networks(100, 51, softmax=True):
        width = network.in_features
        for step in network.steps:
            assert step.width[0] == width
            width = step.width[1]
        assert width == network.out_features


def test_steps_bear_the_numbers_of_their_leaves(random_networks):
    """Every ReLU and pool of the network has its steps under its own number, in order, with all its units."""
    for network in random_networks(100, 52):
        numbers = [step.layer for step in network.steps if not isinstance(step, Affine)]
        kinks = [
            number
            for number, leaf in enumerate(network.leaves)
            if leaf.kind in {"relu", "leakyrelu", "prelu", "relu6", "hardtanh"} or leaf.kind.startswith("maxpool")
        ]
        assert numbers == kinks


def test_a_chain_is_not_touched():
    """A perceptron's steps are its layers, one each."""
    steps = lower((PAIR, ReLU(), PAIR), (2,))
    assert [type(step) for step in steps] == [Affine, Rectify, Affine]
    assert [step.layer for step in steps] == [0, 1, 2]


def test_flatten_and_dropout_cost_nothing():
    """They leave no step, but keep their number."""
    (step,) = lower((Flatten(), Dropout(), PAIR), (2, 1))
    assert step.layer == 2


def test_a_block_copies_works_and_joins():
    """A residual sum of two units copies them, works on one copy, and adds; a concatenation need not add."""
    steps = lower((Residual(((PAIR, ReLU()), ())),), (2,))
    assert [(type(step), step.width) for step in steps] == [
        (Affine, (2, 4)),
        (Affine, (4, 4)),
        (Rectify, (4, 4)),
        (Affine, (4, 2)),
    ]
    assert [step.width for step in lower((Concat(((PAIR,), ())),), (2,))] == [(2, 4), (4, 4)]


def test_units_of_the_second_branch_have_their_own_names():
    """A pool in the second branch tells its windows from 0, though other units stand before them."""
    pool = MaxPool((2,), (1,))
    network = Network((Concat(((pool, ReLU()), (pool,))), Flatten()), (1, 3))
    first, rectify, second = (step for step in network.steps if not isinstance(step, Affine))
    assert isinstance(first, Max)
    assert [step.layer for step in (first, rectify, second)] == [0, 1, 2]
    assert [len(step.groups[step.first]) for step in (first, second)] == [2, 2]
    assert rectify.names.tolist() == [0, 1]
