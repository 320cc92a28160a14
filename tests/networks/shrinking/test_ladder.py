"""The ladder of smallest cases: in order, bounded, the same for every start."""

from itertools import islice

import pytest

from axiomcheck.engine.judge import Outcome
from axiomcheck.engine.shrink import shrink
from axiomcheck.networks import REWRITES, Case, Conv, Family, Linear, Network, Path, ReLU
from axiomcheck.networks.facts import OnKinks
from axiomcheck.networks.family import PRESETS
from axiomcheck.networks.shrinking import renumber, smallest_cases
from axiomcheck.networks.shrinking.assignments import assignments, level
from axiomcheck.networks.shrinking.symmetry import is_first, symmetries
from axiomcheck.strategies.cases import irrelevant_variables, one_network, one_path, one_twin
from axiomcheck.strategies.codec import block_size

LARGE = Network(
    (
        Linear(((1.0,) * 4,) * 4, (0.5,) * 4),
        ReLU(),
        Linear(((2.0,) * 4,) * 4, (0.5,) * 4),
        ReLU(),
        Linear(((1.0,) * 4,), (0.0,)),
    )
)
START = Case(LARGE, (0.0,) * 4, inputs=((1.0,) * 4,))
MOST = 400


@pytest.mark.parametrize("preset", PRESETS.values(), ids=str)
@pytest.mark.parametrize("draw", [one_network, one_path, one_twin, irrelevant_variables])
def test_the_ladder_depends_on_form_and_family_alone(draw, preset, draw_blocks):
    """From any two large cases of one form and kind of rewrite the first rungs are the same cases of the family."""
    found = {}
    for block in draw_blocks(6, 41, block_size(preset)):
        case = draw(block, preset)
        form = ({rewrite.level for rewrite in case.rewrites} or "", case.fact(OnKinks))
        rungs = list(islice(smallest_cases(case, preset, measured=False), 25)) if case.network.size[0] > 12 else None
        if rungs is not None:
            assert rungs == found.setdefault(str(form), rungs)
            assert all(rung.belongs_to(preset) for rung in rungs)
            assert len(set(rungs)) == len(rungs)


def test_one_rung_is_in_order():
    """The cases of one network come in the order of simplicity."""
    rung = list(islice(smallest_cases(START, PRESETS["biased"], measured=True), MOST))
    first = [case.simplicity for case in rung if case.network.layers[0] == case.network.layers[-1]][:30]
    assert first == sorted(first)


def test_no_variable_and_no_unit_is_idle():
    """What nothing reads would be there for nothing."""
    for case in islice(smallest_cases(START, PRESETS["biased"], measured=False), MOST):
        for number, layer in enumerate(case.network.linears):
            read = all(any(column) for column in zip(*layer.weight, strict=True))
            assert read or (number == 0 and case.network.in_features == 1)


def test_assignments_are_all_there_in_order():
    """Three places of three values: by numbers learnt, by rank, without repetition."""
    found = list(assignments([(0.0, 1.0, -1.0)] * 3, 2))
    assert len(found) == len(set(found)) == 27
    levels = [level(numbers, 2) for numbers in found]
    assert levels == sorted(levels)
    assert list(assignments([(0.0, 1.0, -1.0)] * 3, 2, until=(1, 2))) == [f for f in found if level(f, 2) <= (1, 2)]


def test_orders_that_make_no_difference():
    """Two variables may change places; of both orders one is the first."""
    case = Case(Network((Linear(((0.0, 0.0),), (0.0,)),)), (0.0, 0.0), inputs=((0.0, 0.0),))
    alike = symmetries(case)
    assert alike == [(1, 0, 2, 4, 3, 6, 5)]
    assert is_first((1.0, 2.0, 0.0, 3.0, 0.0, 0.0, 0.0), alike)
    assert not is_first((2.0, 1.0, 0.0, 0.0, 3.0, 0.0, 0.0), alike)


def test_paths_on_the_ladder_lead_somewhere():
    """No path stays where it is, and none comes in both directions."""
    case = Case(LARGE, (0.0,) * 4, path=Path(((0.0,) * 4, (1.0,) * 4)))
    found = [c.path.vertices for c in islice(smallest_cases(case, PRESETS["biased"], measured=False), 60)]
    assert all(start != stop for start, stop in found)


def test_rewrites_on_the_ladder_keep_their_level():
    """For a twin whose code differs the ladder has no twin of another function."""
    case = Case(LARGE, (0.0,) * 4, inputs=((1.0,) * 4,), rewrites=(REWRITES["style-forward"](),))
    found = list(islice(smallest_cases(case, PRESETS["ordinary"], measured=False), MOST))
    assert {rewrite.level for twin in found for rewrite in twin.rewrites} == {"code"}


def test_all_numbers_are_chosen_anew():
    """relu(2·x1 - 2) at 3 is a case of the structure of relu(x1) at 1, which comes earlier."""
    case = Case(Network((Linear(((2.0,),), (-2.0,)), ReLU())), (0.0,), inputs=((3.0,),))
    found = list(renumber(case, PRESETS["biased"], measured=False))
    assert Case(Network((Linear(((1.0,),), (0.0,)), ReLU())), (0.0,), inputs=((1.0,),)) in found
    assert found[0].simplicity < case.simplicity


def _judge(fails):
    calls = []

    def judge(case):
        calls.append(case)
        return Outcome("violated" if fails(case) else "holds")

    return judge, calls


@pytest.mark.parametrize("draw", [one_network, one_twin, one_path])
def test_a_judge_that_always_fails_gets_the_smallest_case(draw, draw_blocks):
    """Whatever the case and its layers were: one Linear layer, one variable, zeros."""
    preset = PRESETS["ordinary"]
    for block in draw_blocks(4, 43, block_size(preset)):
        judge, _ = _judge(lambda _: True)
        small = shrink(draw(block, preset), preset, judge)
        assert small.network == Network((Linear(((0.0,),), (0.0,)),))
        assert not any(map(any, small.points))


def test_what_is_off_the_ladder_is_small_too(draw_blocks):
    """Networks with two convolutions end as two of one weight each, judged no more often than the budget says."""
    preset = PRESETS["ordinary"]
    judge, calls = _judge(lambda case: sum(isinstance(leaf, Conv) for leaf in case.network.leaves) > 1)
    ends, calls_of_shrinking = set(), 0
    for block in draw_blocks(40, 44, block_size(preset)):
        case = one_network(block, preset)
        if judge(case).fails and calls_of_shrinking < 2:
            calls.clear()
            calls_of_shrinking += 1
            ends.add(shrink(case, preset, judge, budget=1500))
            assert len(calls) <= 1510
    (end,) = ends
    assert (end.network.size[:3], len(end.network.numbers)) == ((0, 1, 1), 4)


def test_shrinking_keeps_the_kind_of_failure():
    """An error does not become a violation."""

    def judge(case):
        return Outcome("error" if case.network.size[0] else "violated")

    assert judge(shrink(START, Family(), judge)).kind == "error"
