"""What each move does to a case written by hand: layers, units, points, rewrites, numbers."""

from axiomcheck.networks import REWRITES, Case, Linear, Network, Path, ReLU, simpler_cases
from axiomcheck.networks.facts import Irrelevant


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
    case = Case(network, (0.0, 0.0, 0.0), inputs=((1.0, 1.0, 1.0),), facts=(Irrelevant((2,)),))
    left = Network((Linear(((2.0, 0.0),), (0.0,)),))
    assert _reaches(case, Case(left, (0.0, 0.0), inputs=((1.0, 1.0),), facts=(Irrelevant((1,)),)))


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


def test_sites_follow_when_units_change_places():
    """With units 0 and 1 exchanged, the rewrite that splits unit 1 splits unit 0."""
    network = Network((Linear(((-1.0,), (1.0,)), (0.0, 0.0)), ReLU(), Linear(((1.0, 1.0),), (0.0,))))
    case = Case(network, (0.0,), inputs=((1.0,),), rewrites=(REWRITES["split"](0, 1, 0.5),))
    turned = Network((Linear(((1.0,), (-1.0,)), (0.0, 0.0)), ReLU(), Linear(((1.0, 1.0),), (0.0,))))
    assert _reaches(case, Case(turned, (0.0,), inputs=((1.0,),), rewrites=(REWRITES["split"](0, 0, 0.5),)))


def test_rewrites_move_down_with_their_layer():
    """When the first layer goes, what rescaled the second layer rescales the first."""
    middle = (Linear(((2.0,),), (0.0,)), ReLU(), Linear(((3.0,),), (0.0,)))
    network = Network((Linear(((5.0,),), (0.0,)), ReLU(), *middle))
    case = Case(network, (0.0,), inputs=((1.0,),), rewrites=(REWRITES["rescale"](1, 0, 2.0),))
    assert _reaches(case, Case(Network(middle), (0.0,), inputs=((1.0,),), rewrites=(REWRITES["rescale"](0, 0, 2.0),)))


def test_another_target_is_tried():
    """A softmax of two equal units may be asked about the first one."""
    network = Network((Linear(((1.0,), (1.0,)), (0.0, 0.0)),))
    case = Case(network, (0.0,), inputs=((1.0,),), target=1)
    assert _reaches(case, Case(network, (0.0,), inputs=((1.0,),), target=0))


def test_the_order_is_total_over_signs_and_directions():
    """1 stands before -1, and a path before its reverse, one way or the other but not both."""
    network = Network((ONE,))
    there, back = (Case(network, (0.0,), path=Path(vertices)) for vertices in (((0.0,), (1.0,)), ((1.0,), (0.0,))))
    assert there.simplicity != back.simplicity
    assert Case(network, (0.0,), ((1.0,),)).simplicity < Case(network, (0.0,), ((-1.0,),)).simplicity


def test_two_units_go_together():
    """Of (x1) - (x1) + (-x1) - (-x1) + 1 those two that cancel, while one alone would change the function."""
    pair, two = Linear(((1.0,), (1.0,)), (0.0, 0.0)), ((1.0, -1.0),)
    whole = Network((Linear(((1.0,), (1.0,), (-1.0,), (-1.0,)), (0.0,) * 4), Linear(((1.0, -1.0) * 2,), (1.0,))))
    case = Case(whole, (0.0,), inputs=((1.0,),), facts=(Irrelevant((0,)),))
    assert _reaches(
        case, Case(Network((pair, Linear(two, (1.0,)))), (0.0,), inputs=((1.0,),), facts=(Irrelevant((0,)),))
    )
