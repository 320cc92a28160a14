"""Cases."""

from dataclasses import replace
from fractions import Fraction

import pytest

from axiomcheck.networks import REWRITES, Case, Family, Linear, Network, Path, ReLU
from axiomcheck.networks.facts import Irrelevant, Monotone, Symmetric

LARGER = Network((Linear(((1.0, -1.0), (0.0, 1.0)), (0.0, 0.0)), ReLU(), Linear(((1.0, 1.0),), (0.0,))))
ZERO = (0.0, 0.0)
AT_TWO_ONE = Case(LARGER, ZERO, inputs=((2.0, 1.0),))
MAX_PAIR = replace(AT_TWO_ONE, rewrites=(REWRITES["max-pair"](0, 0, 1),))
FLAT_HALF = Network(
    (
        Linear(((1.0, 0.0), (0.0, 1.0), (1.0, 1.0)), (0.0, 0.0, -1.0)),
        ReLU(),
        Linear(((1.0, -1.0, 1.0),), (0.0,)),
        ReLU(),
    )
)


def _is_generic(case, *, from_baseline):
    """Whether every input of the case is."""
    return all(case.input_is_generic(x, from_baseline=from_baseline) for x in case.inputs)


def test_networks_are_one_or_two():
    """A case without rewrites has one network, a twin has two."""
    assert AT_TWO_ONE.networks == (LARGER,)
    assert len(MAX_PAIR.networks) == 2
    assert MAX_PAIR.networks[0] == LARGER


def test_points_are_inputs_or_vertices():
    """A path's points are its vertices."""
    path = Path(((0.0, 1.0), (1.0, 0.0)))
    assert AT_TWO_ONE.points == ((2.0, 1.0),)
    assert Case(LARGER, ZERO, path=path).points == path.vertices


def test_kinks_are_those_of_the_path():
    """From (0, 1) to (1, 0) the maximum changes its argument half-way, and x2 is 0 at the end."""
    case = Case(LARGER, ZERO, path=Path(((0.0, 1.0), (1.0, 0.0))))
    assert [kink.at for kink in case.kinks] == [Fraction(1, 2), 1]
    assert AT_TWO_ONE.kinks == ()


@pytest.mark.parametrize(
    ("case", "family", "belongs"),
    [
        (AT_TWO_ONE, "bias-free", True),
        (AT_TWO_ONE, "deep-taylor", False),
        (replace(AT_TWO_ONE, inputs=((-2.0, 1.0),)), "bias-free", True),
        (replace(AT_TWO_ONE, inputs=((-2.0, 1.0),)), "inputs=nonnegative", False),
        (replace(AT_TWO_ONE, baseline=(-1.0, 0.0)), "inputs=nonnegative", False),
        (MAX_PAIR, "bias-free", True),
        (replace(MAX_PAIR, inputs=((-2.0, 1.0),)), "bias-free", False),
        (replace(MAX_PAIR, baseline=(0.0, -1.0)), "bias-free", False),
        (replace(AT_TWO_ONE, rewrites=(REWRITES["move-bias"](0, 0, 1.0),)), "bias-free", False),
        (replace(AT_TWO_ONE, facts=(Irrelevant((0,)),)), "biased", False),
    ],
)
def test_belonging(case, family, belongs):
    """Both networks, all points, the rewrite's domain and what is called irrelevant are looked at."""
    assert case.belongs_to(Family.parse(family)) is belongs


def test_irrelevant_columns_belong():
    """A variable of zero weights may be called irrelevant."""
    network = Network((Linear(((1.0, 0.0),), (0.0,)),))
    assert Case(network, ZERO, inputs=((1.0, 1.0),), facts=(Irrelevant((1,)),)).belongs_to(Family())


def test_inputs_on_a_kink_are_not_generic():
    """(1, 1) is on a kink of the maximum, (2, 1) is not."""
    assert _is_generic(AT_TWO_ONE, from_baseline=False)
    assert not _is_generic(replace(AT_TWO_ONE, inputs=((2.0, 1.0), (1.0, 1.0))), from_baseline=False)


def test_kinks_of_the_re_implementation_count():
    """(1, -1) is on no kink of relu(x1) but on one of its double that reads a unit of x1 + x2."""
    network = Network((Linear(((1.0, 0.0),), (0.0,)), ReLU(), Linear(((1.0,),), (0.0,))))
    pair = REWRITES["cancelling-pair"](0, 1, 1.0, 1.0, 0, 1.0)
    case = Case(network, ZERO, inputs=((1.0, -1.0),))
    assert _is_generic(case, from_baseline=False)
    assert not _is_generic(replace(case, rewrites=(pair,)), from_baseline=False)


def test_the_way_from_the_baseline_counts_if_asked():
    """(1, 1) is generic, but half of the segment from 0 runs along a kink."""
    case = Case(FLAT_HALF, ZERO, inputs=((1.0, 1.0),))
    assert _is_generic(case, from_baseline=False)
    assert not _is_generic(case, from_baseline=True)


def test_a_baseline_on_a_kink_alone_is_generic():
    """Almost every point of the way is enough: 0 is on all kinks of a network without biases."""
    assert _is_generic(AT_TWO_ONE, from_baseline=True)


def test_dead_cases():
    """Dead is 0 at the input and at the baseline, with no slope at the input."""
    network = Network((Linear(((1.0,),), (-1.0,)), ReLU()))
    assert Case(network, (0.0,)).is_dead((0.5,))
    assert not Case(network, (0.0,)).is_dead((2.0,))
    assert not Case(network, (3.0,)).is_dead((0.5,))
    assert not Case(Network((Linear(((1.0,),), (0.0,)),)), (0.0,)).is_dead((0.0,))


def test_dead_is_said_of_the_target():
    """Another output that is alive does not matter."""
    network = Network((Linear(((1.0,), (0.0,)), (0.0, 0.0)),))
    assert Case(network, (0.0,), target=1).is_dead((1.0,))
    assert not Case(network, (0.0,), target=0).is_dead((1.0,))


def test_magnitude_is_the_largest_of_all_networks_and_both_points():
    """The baseline at (0, 5) has more to add up than the input: 1 + 6 and 6 at |x| + 1."""
    assert replace(AT_TWO_ONE, inputs=(ZERO,), baseline=(0.0, 5.0)).magnitude(ZERO) == 13.0


@pytest.mark.parametrize(
    "simpler",
    [
        replace(MAX_PAIR, rewrites=()),
        replace(MAX_PAIR, inputs=((1.0, 1.0),)),
        replace(MAX_PAIR, inputs=((2.0, 0.0),)),
        replace(MAX_PAIR, network=Network((*LARGER.layers[:2], Linear(((1.0, 1.0),), (0.0,))))),
    ],
)
def test_simplicity_orders(simpler):
    """No rewrite, smaller numbers and zeros are simpler; the same is as simple."""
    assert simpler.simplicity < MAX_PAIR.simplicity or simpler == MAX_PAIR


@pytest.mark.parametrize(
    "named",
    [{"facts": (Monotone(2),)}, {"facts": (Irrelevant((2,)),)}, {"facts": (Symmetric(0, 2),)}, {"target": 1}],
)
def test_a_case_that_names_what_its_network_lacks_is_of_no_family(named):
    """A third variable of two, or a second output of one, may be left over where a network was made smaller."""
    network = Network((Linear(((1.0, 1.0),), (0.0,)),))
    path = Path(((0.0, 0.0), (1.0, 0.0))) if named.get("facts") == (Monotone(2),) else None
    case = Case(network, (0.0, 0.0), inputs=() if path else ((1.0, 1.0),), path=path, **named)
    assert not case.belongs_to(Family())


def test_one_unit_is_lost_where_the_output_is_zero():
    """Also where a sum that passes no ReLU is 0 on the way; a ReLU that is off loses nothing."""
    line = Case(Network((Linear(((1.0, -1.0),), (0.0,)),)), (0.0, 0.0))
    assert line.is_spent((1.0, 1.0))
    assert not line.is_spent((2.0, 1.0))
    deep = Network((Linear(((1.0, -1.0), (1.0, 0.0)), (0.0, 0.0)), Linear(((1.0, 1.0),), (0.0,))))
    assert Case(deep, (0.0, 0.0)).is_spent((1.0, 1.0))
    rectified = Network((deep.layers[0], ReLU(), deep.layers[1]))
    assert not Case(rectified, (0.0, 0.0)).is_spent((1.0, 1.0))
