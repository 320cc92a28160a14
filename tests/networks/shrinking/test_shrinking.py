"""Simpler neighbours of drawn cases: all well-formed, all simpler, all about the same thing."""

from itertools import islice
from random import Random

import pytest

from axiomcheck.networks import AxiomcheckError, simpler_cases
from axiomcheck.networks.facts import Irrelevant
from axiomcheck.networks.family import PRESETS
from axiomcheck.networks.shrinking.candidates import MOVES
from axiomcheck.strategies.cases import irrelevant_variables, one_network, one_path, one_twin
from axiomcheck.strategies.codec import block_size

MOST = 40
"""How many candidates of each move are looked at."""


def _drawn(draw, draw_blocks, seed=31, count=3):
    for preset in PRESETS.values():
        for block in draw_blocks(count, seed, block_size(preset)):
            yield preset, draw(block, preset)


def _neighbours(case):
    """Return the first candidates of every move that are simpler."""
    for move in MOVES:
        for candidate in islice(move(case), MOST):
            try:
                simpler = candidate.simplicity < case.simplicity
            except AxiomcheckError:
                continue
            if simpler:
                yield candidate


def _is_well_formed(case):
    sizes = {len(point) for point in (*case.points, case.baseline)}
    return (
        sizes == {case.network.in_features}
        and case.points
        and 0 <= case.target < case.network.out_features
        and all(0 <= i < case.network.in_features for i in case.variables(Irrelevant))
        and len({network.in_features for network in case.networks}) == 1
        and len({network.out_features for network in case.networks}) == 1
    )


@pytest.mark.parametrize("draw", [one_network, one_twin, one_path, irrelevant_variables])
def test_candidates_are_simpler_and_well_formed(draw, draw_blocks):
    """Every candidate is strictly simpler, and its networks, points and target fit each other."""
    for _, case in _drawn(draw, draw_blocks):
        for candidate in islice(simpler_cases(case), MOST):
            assert candidate.simplicity < case.simplicity
        assert all(map(_is_well_formed, _neighbours(case)))


@pytest.mark.parametrize("draw", [one_network, one_path])
def test_candidates_compute_something(draw, draw_blocks):
    """The network of every candidate can be asked at its points, and the path of one has kinks or none."""
    for _, case in _drawn(draw, draw_blocks, seed=35, count=2):
        for candidate in islice(_neighbours(case), 0, None, 9):
            assert len(candidate.network.value(candidate.points[0])) == candidate.network.out_features
            assert isinstance(candidate.kinks, tuple)


def test_candidates_stay_in_a_family(draw_blocks):
    """Of the simpler neighbours many are of the family that the case was drawn from."""
    for preset, case in _drawn(one_network, draw_blocks, seed=36):
        found = list(_neighbours(case))
        assert sum(candidate.belongs_to(preset) for candidate in found) >= len(found) / 4


def test_candidates_of_twins_are_twins(draw_blocks):
    """Whatever is made simpler, the two networks stay one function where they belong to the family."""
    random = Random(32)
    for preset, case in _drawn(one_twin, draw_blocks, seed=32):
        for candidate in islice(_neighbours(case), 0, None, 7):
            if candidate.belongs_to(preset) and candidate.network.is_exact:
                one, *other = candidate.networks
                x = tuple(random.randint(0, 48) / 16 for _ in candidate.baseline)
                assert all(network.exact(p) == one.exact(p) for network in other for p in (x, *candidate.points))


def test_candidates_keep_what_is_irrelevant(draw_blocks):
    """A candidate of the family does not depend on the variables that it calls irrelevant."""
    for preset, case in _drawn(irrelevant_variables, draw_blocks, seed=33):
        for candidate in islice(_neighbours(case), 0, None, 7):
            if candidate.belongs_to(preset) and candidate.network.is_exact:
                x = candidate.points[0]
                moved = tuple(v + 3 * (i in candidate.variables(Irrelevant)) for i, v in enumerate(x))
                assert all(
                    network.exact(x)[candidate.target] == network.exact(moved)[candidate.target]
                    for network in candidate.networks
                )


@pytest.mark.parametrize("draw", [one_network, one_twin, one_path])
def test_descent_ends_small(draw, draw_blocks):
    """Going to the first candidate again and again ends at one or two layers, one variable, one output, and zeros."""
    for preset, case in _drawn(draw, draw_blocks, seed=34, count=2):
        current, steps = case, 0
        while (following := _first_of(preset, current)) is not None:
            current, steps = following, steps + 1
            assert steps < 500
        kinks, variables, outputs, cost, *_ = current.network.size
        assert (variables, outputs) == (1, 1)
        assert kinks + cost <= 4
        assert not any(number for point in current.points for number in point)


def _first_of(family, case):
    return next((candidate for candidate in simpler_cases(case) if _belongs(candidate, family)), None)


def _belongs(case, family):
    try:
        return case.belongs_to(family)
    except AxiomcheckError:
        return False
