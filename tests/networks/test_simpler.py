"""Simpler neighbours of cases."""

from itertools import islice
from random import Random

import pytest

from axiomcheck.networks import REWRITES, Case, Linear, Network, Path, ReLU, simpler_cases
from axiomcheck.networks.family import PRESETS
from axiomcheck.strategies.cases import irrelevant_variables, one_network, one_path, one_twin

MOST = 250


def _drawn(draw, draw_blocks, seed=31, count=4):
    for preset in PRESETS.values():
        for block in draw_blocks(count, seed):
            yield preset, draw(block, preset)


def _is_well_formed(case):
    sizes = {len(point) for point in (*case.points, case.baseline)}
    return (
        sizes == {case.network.in_features}
        and case.points
        and 0 <= case.target < case.network.out_features
        and all(0 <= i < case.network.in_features for i in case.irrelevant)
        and len({network.in_features for network in case.networks}) == 1
        and len({network.out_features for network in case.networks}) == 1
    )


@pytest.mark.parametrize("draw", [one_network, one_twin, one_path, irrelevant_variables])
def test_candidates_are_simpler_and_well_formed(draw, draw_blocks):
    """Every candidate is strictly simpler, and its networks, points and target fit each other."""
    for _, case in _drawn(draw, draw_blocks):
        for candidate in islice(simpler_cases(case), MOST):
            assert candidate.simplicity < case.simplicity
            assert _is_well_formed(candidate)


def test_candidates_of_twins_are_twins(draw_blocks):
    """Whatever is made simpler, the two networks stay one function where they belong to the family."""
    random = Random(32)
    for preset, case in _drawn(one_twin, draw_blocks, seed=32):
        for candidate in islice(simpler_cases(case), 0, MOST, 3):
            if candidate.belongs_to(preset):
                one, *other = candidate.networks
                x = tuple(random.randint(0, 48) / 16 for _ in candidate.baseline)
                assert all(network.exact(p) == one.exact(p) for network in other for p in (x, *candidate.points))


def test_candidates_keep_what_is_irrelevant(draw_blocks):
    """A candidate of the family does not depend on the variables that it calls irrelevant."""
    for preset, case in _drawn(irrelevant_variables, draw_blocks, seed=33):
        for candidate in islice(simpler_cases(case), 0, MOST, 3):
            if candidate.belongs_to(preset):
                x = candidate.points[0]
                moved = tuple(v + 3 * (i in candidate.irrelevant) for i, v in enumerate(x))
                assert all(
                    network.exact(x)[candidate.target] == network.exact(moved)[candidate.target]
                    for network in candidate.networks
                )


def test_descent_ends(draw_blocks):
    """Going to the first candidate again and again comes to an end."""
    for _, case in _drawn(one_twin, draw_blocks, seed=34, count=2):
        current, steps = case, 0
        while (following := next(simpler_cases(current), None)) is not None:
            current, steps = following, steps + 1
            assert steps < 2000


def _reaches(case, wanted):
    return any(candidate == wanted for candidate in simpler_cases(case))


ONE = Linear(((1.0,),), (0.0,))


def test_points_are_dropped():
    """Of several inputs each alone is tried."""
    network = Network((ONE,))
    case = Case(network, (0.0,), inputs=((1.0,), (2.0,)))
    assert _reaches(case, Case(network, (0.0,), inputs=((2.0,),)))


def test_paths_are_shortened():
    """Of a path of two segments each is tried, and the straight way."""
    network = Network((ONE,))
    vertices = ((0.0,), (1.0,), (3.0,))
    case = Case(network, (0.0,), path=Path(vertices))
    for pair in (vertices[:2], vertices[1:], vertices[::2]):
        assert _reaches(case, Case(network, (0.0,), path=Path(pair)))


def test_the_target_stays_when_outputs_go():
    """The one output that is left is the one that was asked about."""
    case = Case(Network((Linear(((1.0,), (2.0,)), (0.0, 0.0)),)), (0.0,), inputs=((1.0,),), target=1)
    assert _reaches(case, Case(Network((Linear(((2.0,),), (0.0,)),)), (0.0,), inputs=((1.0,),)))


def test_layers_are_dropped_from_below():
    """Without its first layers the network is asked at what they made of the points."""
    network = Network((Linear(((2.0,),), (0.0,)), ReLU(), Linear(((3.0,),), (0.0,))))
    case = Case(network, (0.0,), inputs=((1.0,),))
    assert _reaches(case, Case(Network((Linear(((3.0,),), (0.0,)),)), (0.0,), inputs=((2.0,),)))


def test_relus_are_dropped_and_affine_layers_joined():
    """2·relu(3·x1 + 1) - 1 without its ReLU is 6·x1 + 1."""
    network = Network((Linear(((3.0,),), (1.0,)), ReLU(), Linear(((2.0,),), (-1.0,))))
    case = Case(network, (0.0,), inputs=((1.0,),))
    assert _reaches(case, Case(Network((Linear(((6.0,),), (1.0,)),)), (0.0,), inputs=((1.0,),)))


def test_sites_of_rewrites_follow_the_units():
    """When unit 0 goes, the rewrite that splits unit 1 splits what is now unit 0."""
    network = Network((Linear(((1.0,), (2.0,)), (0.0, 0.0)), ReLU(), Linear(((1.0, 3.0),), (0.0,))))
    case = Case(network, (0.0,), inputs=((1.0,),), rewrites=(REWRITES["split"](0, 1, 0.5),))
    left = Network((Linear(((2.0,),), (0.0,)), ReLU(), Linear(((3.0,),), (0.0,))))
    assert _reaches(case, Case(left, (0.0,), inputs=((1.0,),), rewrites=(REWRITES["split"](0, 0, 0.5),)))


def test_irrelevant_variables_follow_the_variables():
    """When x1 goes, the irrelevant x3 becomes x2."""
    network = Network((Linear(((1.0, 2.0, 0.0),), (0.0,)),))
    case = Case(network, (0.0, 0.0, 0.0), inputs=((1.0, 1.0, 1.0),), irrelevant=(2,))
    left = Network((Linear(((2.0, 0.0),), (0.0,)),))
    assert _reaches(case, Case(left, (0.0, 0.0), inputs=((1.0, 1.0),), irrelevant=(1,)))


def test_two_numbers_move_together():
    """relu(2·x1 - 2) becomes relu(x1 - 1) at once: either number alone would move the kink."""
    network = Network((Linear(((2.0,),), (-2.0,)), ReLU()))
    case = Case(network, (0.0,), inputs=((1.0,),))
    smaller = Network((Linear(((1.0,),), (-1.0,)), ReLU()))
    assert _reaches(case, Case(smaller, (0.0,), inputs=((1.0,),)))


def test_the_simplest_case_has_no_neighbour():
    """One zero weight at a zero point cannot be made simpler."""
    zero = Network((Linear(((0.0,),), (0.0,)),))
    assert list(simpler_cases(Case(zero, (0.0,), inputs=((0.0,),)))) == []
