"""What the axioms ask for, drawn from blocks of bytes."""

from fractions import Fraction
from random import Random

import numpy as np
import pytest

from axiomcheck.networks import Family, Linear, Network
from axiomcheck.networks.exact import evaluate, outputs
from axiomcheck.networks.facts import Irrelevant, OnKinks
from axiomcheck.networks.family import PRESETS
from axiomcheck.strategies.boundary_points import REACH, within_reach
from axiomcheck.strategies.cases import SPECIAL, irrelevant_variables, one_network, one_path, one_twin
from axiomcheck.strategies.codec import MAX_POINTS, MAX_WIDTH, block_size
from axiomcheck.strategies.draws import replace_bytes
from axiomcheck.strategies.layout import LIKE_INPUT

DRAWS = [one_network, one_twin, one_path, irrelevant_variables]
BLOCKS = 150
FAR = 101
"""Inputs of many variables are up to 100 in size, and a path through a kink goes a step beyond."""


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("draw", DRAWS)
def test_cases_belong_to_their_family(draw, preset, draw_blocks):
    """Networks, points, baselines and the domains of rewrites are the family's, and all fit each other."""
    family = PRESETS[preset]
    for block in draw_blocks(BLOCKS, 121, block_size(family)):
        case = draw(block, family)
        assert case.belongs_to(family)
        assert {len(point) for point in (*case.points, case.baseline)} == {case.network.in_features}
        assert 0 <= case.target < case.network.out_features
        assert bool(case.inputs) is (case.path is None)
        reach = REACH if case.network.in_features <= MAX_WIDTH else FAR
        assert all(within_reach(point, reach) for point in (*case.points, case.baseline))


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("draw", DRAWS)
def test_the_block_of_zeros_is_a_case(draw, preset):
    """Zero bytes are no exception, and mean the simplest there is: every number of the network 0, but for signs."""
    family = PRESETS[preset]
    case = draw(bytes(block_size(family)), family)
    assert case.belongs_to(family)
    assert len(case.points) == (1 if case.path is None else 2)
    assert not any(case.network.numbers)


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("draw", DRAWS)
def test_the_same_block_is_the_same_case(draw, preset, draw_blocks):
    """Drawing has no memory and no chance of its own."""
    family = PRESETS[preset]
    for block in draw_blocks(50, 122, block_size(family)):
        assert draw(block, family) == draw(bytes(block), family)


def _assert_equal(one, other):
    """Exact values are equal, others up to their errors."""
    for values, others, errors in zip(one.fractions(), other.fractions(), one.errors() + other.errors(), strict=True):
        assert all(abs(a - b) <= error for a, b, error in zip(values, others, errors.tolist(), strict=True))


@pytest.mark.parametrize("preset", PRESETS)
def test_twins_are_equal_at_all_their_points(preset, draw_blocks):
    """At the inputs, the baseline and on the way between, both networks are equal, up to proved errors."""
    rewritten, family = 0, PRESETS[preset]
    for block in draw_blocks(BLOCKS, 123, block_size(family)):
        case = one_twin(block, family)
        rewritten += bool(case.rewrites)
        thirds = [
            [Fraction(a) + Fraction(1, 3) * (Fraction(b) - Fraction(a)) for a, b in zip(case.baseline, x, strict=True)]
            for x in case.inputs
        ]
        points = [*case.points, case.baseline, *thirds]
        _assert_equal(*(outputs(network.steps, points) for network in case.twin))
    assert rewritten > BLOCKS * 0.9


@pytest.mark.parametrize("preset", PRESETS)
def test_irrelevant_variables_are_irrelevant(preset, draw_blocks, draw_point):
    """However they are changed, neither network of the case gives another output."""
    random, functional, family = Random(124), 0, PRESETS[preset]
    for block in draw_blocks(BLOCKS, 124, block_size(family)):
        case = irrelevant_variables(block, family)
        functional += case.networks[-1].influence[list(case.variables(Irrelevant))].any()
        points = [list(x) for x in case.inputs for _ in range(3)]
        moved = [
            [v if i not in case.variables(Irrelevant) else random.randint(0, 99) for i, v in enumerate(x)]
            for x in points
        ]
        for network in case.networks:
            _assert_equal(*(outputs(network.steps, at) for at in (points, moved)))
    # Norms and blocks leave less room for a pair that cancels.
    assert functional > BLOCKS / (12 if preset == "smooth" else 6)


@pytest.mark.parametrize("preset", PRESETS)
def test_some_variable_is_irrelevant_and_some_is_not(preset, draw_blocks):
    """Neither none nor all variables are irrelevant."""
    for block in draw_blocks(BLOCKS, 125, block_size(PRESETS[preset])):
        case = irrelevant_variables(block, PRESETS[preset])
        assert 0 < len(set(case.variables(Irrelevant))) < case.network.in_features


@pytest.mark.parametrize("preset", PRESETS)
def test_paths_go_somewhere(preset, draw_blocks):
    """A path has one to three segments, or one for each step of a moving pattern; not all its vertices are one."""
    segments = set()
    for block in draw_blocks(BLOCKS, 126, block_size(PRESETS[preset])):
        case = one_path(block, PRESETS[preset])
        columns = case.network.shape[-1]
        assert case.path.segments in {1, 2, 3, columns - columns // 2}
        segments.add(case.path.segments)
        assert len(set(case.path.vertices)) > 1
    assert segments >= {1, 2, 3}


def test_one_to_four_inputs_are_drawn(draw_blocks):
    """Every number of inputs comes."""
    counts = {len(one_network(block, PRESETS["biased"]).inputs) for block in draw_blocks(100, seed=127)}
    assert counts == set(range(1, MAX_POINTS + 1))


def test_rectified_outputs_are_alive_where_a_sign_can_do_it(draw_blocks):
    """An output that is 0 at the first input would be 0 with the other sign of the last weights as well."""
    dead = 0
    for block in draw_blocks(200, seed=128):
        case = one_network(block, PRESETS["deep-taylor"])
        x = case.inputs[0]
        if case.network.exact(x)[case.target] == 0:
            dead += 1
            *below, last, relu = case.network.layers
            negated = Linear(tuple(tuple(-w for w in row) for row in last.weight), last.bias)
            assert Network((*below, negated, relu)).exact(x)[case.target] == 0
    assert 0 < dead < 80


def test_some_twins_are_aimed_at_zero_pre_activations(draw_blocks):
    """Of the twins that begin with a linear layer, about half have an input at which one of its units is 0."""
    linear, zero = 0, 0
    for block in draw_blocks(600, seed=129):
        case = one_twin(block, PRESETS["bias-free"])
        layers = case.networks[-1].layers
        if case.rewrites and len(layers) > 1 and layers[1].kind == "linear":
            linear += 1
            zero += any(0 in evaluate(case.networks[-1].steps[:1], [x])[0] for x in case.inputs)
    assert linear > 40
    assert zero > linear / 2


@pytest.mark.parametrize("family", ["bias=none,outputs=1", "bias=none,inputs=nonnegative,outputs=1"])
def test_some_inputs_are_aimed_at_zero_denominators(family, draw_blocks):
    """Where a byte asks for it, w1·x1 - w2·x2 would be 0 at inputs other than the first if w1 were larger.

    It is left alone where the coordinate would be larger than 8.
    """
    family, mixed, met = Family.parse(family), 0, 0
    for block in draw_blocks(1500, seed=136):
        case = one_network(replace_bytes(block, {SPECIAL.place: SPECIAL.table.index("zero denominators")}), family)
        row = case.network.linears[0].weight[0]
        if len(case.network.linears) == 1 and len(row) == 2 and max(row) > 0 and min(row) in (-2, -1, -0.5):
            for x in case.inputs[1:]:
                weighed = [[factor * w if w > 0 else w for w in row] for factor in (1.25, 1.5, 2.0)]
                mixed += 1
                met += 0 in [sum(w * v for w, v in zip(larger, x, strict=True)) for larger in weighed]
    assert mixed > 20
    assert met > 0.7 * mixed


def test_some_inputs_have_equal_variables(draw_blocks):
    """Where a byte asks for ties, the second of two variables is as the first in all inputs but the first."""
    byte = {SPECIAL.place: SPECIAL.table.index("ties")}
    cases = [one_network(replace_bytes(block, byte), PRESETS["biased"]) for block in draw_blocks(60, seed=137)]
    moved = [x for case in cases if case.network.in_features > 1 for x in case.inputs[1:]]
    assert len(moved) > 30
    assert all(x[0] == x[1] for x in moved)


def test_some_inputs_have_a_pre_activation_of_the_baseline(draw_blocks):
    """Where a byte asks for it, a hidden unit of most inputs but the first is as at the baseline, which x is not."""
    byte, met, moved = {SPECIAL.place: SPECIAL.table.index("pre-activations of the baseline")}, 0, 0
    for block in draw_blocks(300, seed=138):
        case = one_network(replace_bytes(block, byte), PRESETS["bias-free"])
        first = case.network.linears[0]
        live = [row for row in first.weight if sum(weight != 0 for weight in row) > 1]
        if len(case.network.linears) > 1 and live:
            for x in case.inputs[1:]:
                changes = [sum(w * (a - b) for w, a, b in zip(row, x, case.baseline, strict=True)) for row in live]
                moved += 1
                met += 0 in changes and x != case.baseline
    assert moved > 60
    assert met > moved / 2


def test_some_baselines_are_in_part_as_the_first_input(draw_blocks):
    """Where a byte asks for it, one variable of several is as in the first input, or all but one; inputs stay."""
    for block in draw_blocks(100, seed=139):
        draws = [replace_bytes(block, {LIKE_INPUT.place: byte}) for byte in (100, 240)]
        plain, mixed = (one_network(drawn, PRESETS["biased"]) for drawn in draws)
        alike = [one == other for one, other in zip(mixed.inputs[0], mixed.baseline, strict=True)]
        assert plain.inputs[0] == mixed.inputs[0]
        assert any(alike) or mixed.network.in_features == 1


BASELINES = Family.parse("baselinekinks")


def test_baselines_are_put_on_kinks(draw_blocks):
    """Where a family asks for it most baselines lie on a kink, for paths too, and inputs where they were."""
    on = 0
    for drawn in draw_blocks(60, 211, block_size(BASELINES)):
        block = replace_bytes(drawn, {SPECIAL.place: 0})
        for draws in (one_network, one_path):
            case, plain = draws(block, BASELINES), draws(block, PRESETS["biased"])
            on += case.network.on_kink(case.baseline)
            assert case.inputs == plain.inputs
            assert not case.fact(OnKinks)
            assert case.belongs_to(BASELINES)
            assert case.belongs_to(PRESETS["biased"])
    assert on > 90


def test_inputs_alone_are_put_on_kinks(draw_blocks):
    """Inputs on kinks leave baselines where they are."""
    kinks = Family.parse("kinks")
    for block in draw_blocks(40, 212, block_size(kinks)):
        assert one_network(block, kinks).baseline == one_network(block, PRESETS["biased"]).baseline


def test_paths_from_and_around_baselines(draw_blocks):
    """Of the paths some start at the baseline, and some end opposite to their start as seen from it."""
    cases = [one_path(block, BASELINES) for block in draw_blocks(60, 213, block_size(BASELINES))]
    ends = [(np.array(case.path.vertices[0]), np.array(case.path.vertices[-1]), case.baseline) for case in cases]
    assert sum(np.array_equal(start, baseline) for start, _, baseline in ends) > 5
    assert sum(np.array_equal(start + stop, 2 * np.array(baseline)) for start, stop, baseline in ends) > 5
