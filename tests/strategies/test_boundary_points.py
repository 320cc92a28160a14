"""Inputs at zero pre-activations and on kinks, paths through them, patterns that move."""

from fractions import Fraction
from itertools import pairwise
from math import prod
from random import Random

import pytest

from axiomcheck.networks import Linear, MaxPool, Network, Path, ReLU
from axiomcheck.networks.family import PRESETS
from axiomcheck.strategies.boundary_points import (
    FACTORS,
    FINEST,
    at_equal_preactivation,
    at_zero_denominator,
    at_zero_preactivation,
    moving,
    on_kink,
    through,
)
from axiomcheck.strategies.codec import block_size, draw_network, draw_points

TWO = Linear(((1.0, -1.0), (3.0, 0.5)), (0.0, 2.0))
TOP = Linear(((1.0, 1.0),), (0.0,))


def test_one_coordinate_is_moved_to_a_zero():
    """x1 - x2 is 0 at (1, 1), 3·x1 + x2/2 + 2 at (-1, 2): one coordinate of (5, 1) or (-1, 1) is another."""
    linear = Network((TWO, TOP))
    assert at_zero_preactivation(linear, (5.0, 1.0), 0) == (1.0, 1.0)
    assert at_zero_preactivation(linear, (-1.0, 1.0), 1) == (-1.0, 2.0)


def test_one_coordinate_is_moved_to_the_pre_activation_of_the_baseline():
    """x1 - x2 is -1 at (0, 1), and at (1, 2) and (4, 5) too; that there is a ReLU behind it is nothing to it."""
    for layers in ((TWO, TOP), (TWO, ReLU(), TOP)):
        assert at_equal_preactivation(Network(layers), (5.0, 2.0), (0.0, 1.0), 0) == (1.0, 2.0)
    assert at_equal_preactivation(Network((TOP,)), (5.0, 2.0), (0.0, 1.0), 0) == (5.0, 2.0)


def test_inputs_are_not_moved_further_than_they_are_drawn():
    """3·x1 + x2/2 + 2 is 0 at (5, -34) too, where no box holds the inputs: it is the other unit that is 0."""
    assert at_zero_preactivation(Network((TWO, TOP)), (5.0, 1.0), 1) == (1.0, 1.0)


def test_paths_through_a_point_end_within_reach():
    """From (5, 0) half the way to (-5, 0) and as far back leads to (10, 0), a quarter of it to (7.5, 0)."""
    assert through((5.0, 0.0), (-5.0, 0.0)) == Path(((7.5, 0.0), (2.5, 0.0)))


def test_layers_with_a_relu_are_left_alone():
    """Behind a ReLU a zero pre-activation is a kink: there the input stays."""
    assert at_zero_preactivation(Network((TWO, ReLU(), TOP)), (5.0, 1.0), 0) == (5.0, 1.0)


def test_weights_that_cannot_be_divided_by_exactly_are_left_alone():
    """With 3 the coordinate would be no dyadic number: the input stays."""
    assert at_zero_preactivation(Network((Linear(((3.0,),), (1.0,)), Linear(((1.0,),), (0.0,)))), (5.0,), 0) == (5.0,)


def test_random_networks_are_met_exactly(draw_blocks):
    """On random linear layers a moved input differs in one coordinate, and makes some unit exactly 0."""
    random, moved = Random(131), 0
    for block in draw_blocks(200, seed=131):
        drawn = draw_network(block, PRESETS["biased"])
        alone = Network((drawn.linears[0],))
        network = Network((drawn.linears[0], Linear(((1.0,) * alone.out_features,), (0.0,))))
        (x,) = draw_points(block, PRESETS["biased"], network.in_features, 1)
        aimed = at_zero_preactivation(network, x, random.randrange(256))
        if aimed != x:
            moved += 1
            assert sum(a != b for a, b in zip(aimed, x, strict=True)) == 1
            assert 0 in alone.exact(aimed)
    assert moved > 100


def test_one_coordinate_is_moved_to_a_zero_denominator():
    """5/4·x1 - 2·x2 is 0 at (4, 5/2), 2·x1 - 2·x2 at (1, 1), 3/2·x1 - 2·x2 at (4, 3); 8/5 and 4/3 are no floats."""
    difference = Network((Linear(((1.0, -2.0),), (0.0,)),))
    assert at_zero_denominator(difference, (4.0, 1.0), 0) == (4.0, 2.5)
    assert at_zero_denominator(difference, (4.0, 1.0), 2) == (1.0, 1.0)
    assert at_zero_denominator(difference, (4.0, 1.0), 4) == (4.0, 3.0)


def test_denominators_of_every_layer_are_aimed_at():
    """Behind relu(x1) and relu(x2), which one weight each makes, an even choice is x1 - 2·x2, an odd one x1 - x2."""
    eye, both = Linear(((1.0, 0.0), (0.0, 1.0)), (0.0, 0.0)), Linear(((1.0, -2.0), (1.0, -1.0)), (0.0, 0.0))
    network = Network((eye, ReLU(), both))
    assert at_zero_denominator(network, (4.0, 1.0), 0) == (4.0, 2.5)
    assert at_zero_denominator(network, (4.0, 1.0), 1) == (4.0, 5.0)


def test_denominators_that_no_input_meets_are_not_aimed_at():
    """Weights of one sign are 0 with the unit itself; a negative coordinate is none of images."""
    assert at_zero_denominator(Network((Linear(((1.0, 2.0),), (0.0,)),)), (4.0, 1.0), 0) == (4.0, 1.0)
    raised = Network((Linear(((1.0, -1.0),), (4.0,)),))
    assert at_zero_denominator(raised, (1.0, 2.5), 0) == (-2.0, 2.5)
    assert at_zero_denominator(raised, (1.0, 2.5), 0, nonnegative=True) == (1.0, 6.25)


def test_denominators_are_met_exactly(draw_blocks):
    """On random layers a moved input differs in one coordinate; some unit is 0 with larger positive weights alone."""
    random, moved, nonzero = Random(135), 0, 0
    for block in draw_blocks(200, seed=135):
        layer = draw_network(block, PRESETS["bias-free"]).linears[0]
        (x,) = draw_points(block, PRESETS["bias-free"], layer.in_features, 1)
        choice = random.randrange(256)
        aimed = at_zero_denominator(Network((layer,)), x, choice)
        if aimed != x:
            moved += 1
            factor = FACTORS[choice // 2 % len(FACTORS)]
            larger = Linear(
                tuple(tuple(w * float(factor) if w > 0 else w for w in row) for row in layer.weight), layer.bias
            )
            zeros = [unit for unit, value in enumerate(Network((larger,)).exact(aimed)) if value == 0]
            assert sum(a != b for a, b in zip(aimed, x, strict=True)) == 1
            assert zeros
            nonzero += any(Network((layer,)).exact(aimed)[unit] for unit in zeros)
    assert moved > 60
    assert nonzero > 0.9 * moved


def test_one_coordinate_is_moved_onto_a_kink():
    """relu(x1 - x2) has its kink at x1 = x2, relu(3·x1 + x2/2 + 2) at (-1, 2): each choice is another unit."""
    network = Network((TWO, ReLU(), TOP))
    assert on_kink(network, (5.0, 1.0), 0) == (1.0, 1.0)
    assert on_kink(network, (-1.0, 1.0), 1) == (-1.0, 2.0)
    assert on_kink(network, (5.0, 1.0), 2) == (1.0, 1.0)


def test_a_tie_of_a_maximum_is_a_kink():
    """The larger of (5, 1) is made equal to the other."""
    network = Network((MaxPool((2,), (2,)), *_head(1)), (1, 2))
    assert on_kink(network, (5.0, 1.0), 0) in ((1.0, 1.0), (5.0, 5.0))


def _head(features):
    from axiomcheck.networks import Flatten

    return Flatten(), Linear(((1.0,) * features,), (0.0,))


def test_kinks_that_no_input_meets_are_not_aimed_at():
    """Without a kink there is no point; with a third there is none in floats; below 0 there is none for images."""
    assert on_kink(Network((TWO, TOP)), (5.0, 1.0), 0) is None
    assert on_kink(Network((Linear(((3.0,),), (1.0,)), ReLU())), (5.0,), 0) is None
    negative = Network((Linear(((1.0,),), (1.0,)), ReLU()))
    assert on_kink(negative, (5.0,), 0) == (-1.0,)
    assert on_kink(negative, (5.0,), 0, nonnegative=True) is None


def test_a_coordinate_that_floats_cannot_hold_is_not_aimed_at():
    """At (5, 0) the kink of relu(3·x1 + 1) is at a third; that relu(x2) has its kink there is no reason to go."""
    network = Network((Linear(((3.0, 0.0), (0.0, 1.0)), (1.0, 0.0)), ReLU(), TOP))
    assert on_kink(network, (5.0, 0.0), 0) == (5.0, 0.0)


BENT = [name for name in PRESETS if name not in ("smooth", "attention")]
"""The presets whose networks have kinks that are known, most of them."""


@pytest.mark.parametrize("preset", BENT)
def test_aimed_points_are_exactly_on_a_kink(preset, draw_blocks):
    """On random networks a moved input differs in one coordinate, stays in the family and is on a kink, exactly."""
    family, met = PRESETS[preset], 0
    for block in draw_blocks(150, 132, block_size(family)):
        network = draw_network(block, family)
        (x,) = draw_points(block, family, network.in_features, 1)
        aimed = on_kink(network, x, block[0], nonnegative=family.inputs == "nonnegative")
        if aimed is not None:
            met += 1
            assert network.on_kink(aimed)
            assert sum(a != b for a, b in zip(aimed, x, strict=True)) <= 1
            assert family.admits_point(aimed)
            assert max(Fraction(value).denominator for value in aimed) <= FINEST
            assert network.margin(aimed) == 0
    assert met > 60


@pytest.mark.parametrize("preset", BENT)
def test_paths_through_kinks_cross_them_in_the_middle(preset, draw_blocks):
    """The kink is met at t = ½ of one segment, which is as long on both sides and is not a point."""
    family, met = PRESETS[preset], 0
    for block in draw_blocks(100, 133, block_size(family)):
        network = draw_network(block, family)
        x, towards = draw_points(block, family, network.in_features, 2)
        aimed = on_kink(network, x, block[0])
        if aimed is not None:
            met += 1
            path = through(aimed, towards)
            assert path.segments == 1
            assert path.vertices[0] != path.vertices[1]
            assert path.point(Fraction(1, 2)) == aimed
            assert network.on_kink(path.point(Fraction(1, 2)))
            assert any(kink.at <= Fraction(1, 2) <= kink.until for kink in network.kinks(path))
    assert met > 40


def test_a_path_through_a_point_leaves_it_in_the_direction_of_another():
    """From (1, 1) towards (5, -1) it goes half the way, and as far back; towards itself it goes diagonally."""
    assert through((1.0, 1.0), (5.0, -1.0)) == Path(((-1.0, 2.0), (3.0, 0.0)))
    assert through((1.0, 1.0), (1.0, 1.0)) == Path(((0.0, 0.0), (2.0, 2.0)))


def test_a_pattern_moves_over_an_image():
    """The first of two columns of a 2 x 3 image goes from left to right over nothing."""
    path = moving((1.0, 9.0, 9.0, 2.0, 9.0, 9.0), (1, 2, 3))
    assert path == Path(
        ((1.0, 0.0, 0.0, 2.0, 0.0, 0.0), (0.0, 1.0, 0.0, 0.0, 2.0, 0.0), (0.0, 0.0, 1.0, 0.0, 0.0, 2.0))
    )


@pytest.mark.parametrize("shape", [(1, 2), (2, 4), (1, 5), (1, 2, 3), (2, 2, 2), (1, 4, 4)], ids=str)
def test_patterns_move_by_one_column_a_segment(shape):
    """Each vertex is the one before, shifted; every row keeps its mass, half-way between two places as well."""
    random, columns, size = Random(134), shape[-1], prod(shape)
    for _ in range(20):
        path = moving(tuple(random.randint(-9, 9) / 4 for _ in range(size)), shape)
        if path is None:
            continue
        assert path.segments == columns - max(columns // 2, 1)
        rows = [[vertex[i : i + columns] for i in range(0, size, columns)] for vertex in path.vertices]
        for before, behind in pairwise(rows):
            assert [(0.0, *row[:-1]) for row in before] == behind
            assert [row[-1] for row in before] == [0.0] * len(before)
        middle = path.point(Fraction(1, 2))
        assert [sum(middle[i : i + columns]) for i in range(0, size, columns)] == [sum(row) for row in rows[0]]


def test_what_is_empty_does_not_move():
    """A pattern of zeros, or one that fills the whole width, goes nowhere."""
    assert moving((0.0, 5.0, 0.0, 5.0), (1, 2, 2)) is None
    assert moving((3.0, 3.0), (2, 1)) is None
