"""Strategies for tests of one's own."""

import subprocess
import sys
from fractions import Fraction
from itertools import product

import pytest
import torch
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

from axiomcheck.networks import (
    AxiomcheckError,
    Block,
    Family,
    Flatten,
    Linear,
    MaxPool,
    Network,
    Path,
    ReLU,
    Residual,
    UnknownName,
)
from axiomcheck.networks.family import PRESETS
from axiomcheck.strategies import baselines, input_paths, inputs, relu_networks, twins
from axiomcheck.strategies.boundary_points import on_kink


@pytest.mark.parametrize("family", [*PRESETS, "bias=none,outputs=1", Family(bias="none")], ids=str)
def test_networks_are_the_familys(family):
    """A family may be named or given; every network is one of it."""
    chosen = family if isinstance(family, Family) else Family.parse(family)

    @given(relu_networks(family=family))
    def check(network):
        assert network in chosen

    check()


@given(st.data(), st.integers(1, 4))
def test_inputs_have_the_size_asked_for(data, variables):
    """An input is a tuple of as many floats, at least 0 where the family says so."""
    x = data.draw(inputs(variables=variables, family="deep-taylor"))
    assert len(x) == variables
    assert min(x) >= 0


@given(st.data(), st.integers(1, 3))
def test_paths_have_the_segments_asked_for(data, segments):
    """No segment of a path is a point."""
    path = data.draw(input_paths(variables=2, segments=segments))
    assert path.segments == segments
    assert all(a != b for a, b in zip(path.vertices, path.vertices[1:], strict=False))


@given(st.data(), twins())
def test_twins_are_one_function(data, twin):
    """The two networks are equal wherever the twin says they are."""
    family = "inputs=nonnegative" if twin.on_nonnegative else "biased"
    x = data.draw(inputs(variables=twin.network.in_features, family=family))
    assert twin.rewrites
    assert twin.network.value(x) == twin.rewritten.value(x)


@given(twins(rewrites=["split", "guard"], family="biased"))
def test_twins_by_chosen_rewrites(twin):
    """Only the rewrites that are asked for are used."""
    assert {rewrite.name for rewrite in twin.rewrites} <= {"split", "guard"}


def test_twins_of_given_networks():
    """Networks may come from another strategy."""
    network = Network((Linear(((1.0,),), (0.0,)), ReLU(), Linear(((1.0,),), (0.0,))))

    @given(twins(st.just(network), rewrites=["split"]))
    def check(twin):
        assert twin.network == network

    check()


@settings(max_examples=40)
@given(st.data(), twins(rewrites=["style-relu-functional"], family="ordinary"))
def test_twins_of_another_style(data, twin):
    """Both networks have the same layers; one is written with functions where the other has modules, or the like."""
    (rewrite,) = {rewrite.name for rewrite in twin.rewrites}
    assert rewrite == "style-relu-functional"
    assert twin.rewritten.style.relu == "functional" != twin.network.style.relu
    assert (twin.network.layers, twin.network.shape) == (twin.rewritten.layers, twin.rewritten.shape)
    x = data.draw(inputs(twin.network))
    assert twin.network.value(x) == twin.rewritten.value(x)


@settings(max_examples=40)
@given(st.data(), relu_networks(family="ordinary"))
def test_inputs_fit_their_network(data, network):
    """Inputs, baselines and batches have as many coordinates as a network of any shape has variables."""
    batch = data.draw(st.lists(inputs(network), min_size=1, max_size=3))
    assert {len(x) for x in (*batch, data.draw(baselines(network)))} == {network.in_features}
    assert torch.tensor(batch).reshape(-1, *network.shape).shape == (len(batch), *network.shape)


@settings(max_examples=40)
@given(st.data(), relu_networks(family="ordinary"))
def test_generic_inputs_are_off_every_kink(data, network):
    """In generic position the gradient is no convention."""
    assert not network.on_kink(data.draw(inputs(network, position="generic")))


def _cornered(x, half, corner):
    """Return the way from ``x`` to a corner of the cube with sides of 2·``half`` around it, in rationals."""
    return Path((x, tuple(Fraction(v) + half * sign for v, sign in zip(x, corner, strict=True))))


@settings(max_examples=40)
@given(st.data(), relu_networks(family="ordinary").filter(lambda network: network.in_features <= 6))
def test_the_margin_is_the_largest_cube_without_a_kink(data, network):
    """On ways into all corners of a larger cube, the first kink is met just at the margin, and none before."""
    x = data.draw(inputs(network, position="generic", margin=1 / 64))
    margin = network.margin(x)
    if margin is None:
        half = Fraction(100)
    else:
        assert margin > Fraction(1, 64)
        half = margin * Fraction(9, 8)
    paths = [_cornered(x, half, corner) for corner in product((-1, 1), repeat=len(x))]
    met = [kink.at * half for path in paths for kink in network.kinks(path)[:1]]
    assert min(met, default=None) == margin


@settings(max_examples=40)
@given(st.data(), relu_networks(family="ordinary"), st.randoms(use_true_random=False))
def test_nothing_within_the_margin_is_a_kink(data, network, random):
    """Ways between points inside of the cube meet no kink; some point of its faces lies on one."""
    x = data.draw(inputs(network, position="generic"))
    margin = network.margin(x)
    inner = (margin or 9) * Fraction(4095, 4096)
    for _ in range(5):
        ends = [tuple(Fraction(v) + inner * Fraction(random.randint(-8, 8), 8) for v in x) for _ in range(2)]
        assert network.kinks(Path(tuple(ends))) == ()
    if margin is not None:
        value, slope = min(network.hinges(x), key=lambda hinge: abs(hinge[0]) / sum(map(abs, hinge[1])))
        signs = [0 if s == 0 else (1 if (s > 0) == (value < 0) else -1) for s in slope]
        assert network.on_kink([Fraction(v) + margin * sign for v, sign in zip(x, signs, strict=True)])


KINKED = relu_networks(family="ordinary").filter(lambda network: on_kink(network, (1.0,) * network.in_features, 0))


@settings(max_examples=40)
@given(st.data(), KINKED)
def test_inputs_on_kinks_are_exactly_there(data, network):
    """However the network is built, the point is on a kink of it, in exact arithmetic."""
    assert network.on_kink(data.draw(inputs(network, position="kink")))


def test_inputs_on_kinks_keep_to_the_family():
    """Where inputs are at least 0, those on kinks are too."""
    network = Network((Linear(((1.0, -1.0), (1.0, 1.0)), (0.0, 3.0)), ReLU()))

    @given(inputs(network, position="kink", family="deep-taylor"))
    def check(x):
        assert min(x) >= 0
        assert x[0] == x[1]

    check()


@pytest.mark.parametrize("variables", [1, 4, 5, 16])
def test_baselines_are_zero_in_two_of_five(variables):
    """Zero hides defects, and is what most people take."""
    drawn = []

    @settings(max_examples=300)
    @given(baselines(variables=variables))
    def collect(baseline):
        assert len(baseline) == variables
        drawn.append(any(baseline))

    collect()
    assert 0.3 < drawn.count(False) / len(drawn) < 0.5


@given(st.data(), st.sampled_from(["biased", "deep-taylor"]), st.integers(1, 16))
def test_paths_from_a_baseline(data, family, variables):
    """One segment, of which no end is outside of the family."""
    path = data.draw(input_paths(variables=variables, course="from-baseline", family=family))
    assert path.segments == 1
    assert path.vertices[0] != path.vertices[1]
    assert all(map(PRESETS[family].admits_point, path.vertices))


def test_some_paths_begin_at_the_zero_baseline():
    """Of those from a baseline, some begin at 0."""
    assert find(
        input_paths(variables=6, course="from-baseline"),
        lambda path: not any(path.vertices[0]),
        settings=settings(phases=[Phase.generate]),
    )


@settings(max_examples=40)
@given(st.data(), KINKED)
def test_paths_through_a_kink(data, network):
    """One segment, in the middle of which is a kink."""
    path = data.draw(input_paths(network, course="through-kink"))
    assert path.segments == 1
    assert network.on_kink(path.point(Fraction(1, 2)))


@given(st.data(), relu_networks(family="conv,maxpool").filter(lambda network: len(network.shape) > 1))
def test_paths_of_a_moving_pattern(data, network):
    """On signals and images some columns move by one a segment."""
    path = data.draw(input_paths(network, course="moving-pattern"))
    columns = network.shape[-1]
    shifted = [(0.0, *vertex[:-1]) for vertex in path.vertices[:-1]]
    assert path.segments == columns - columns // 2
    assert list(path.vertices[1:]) == shifted


@given(st.data(), st.integers(1, 3), relu_networks(family="ordinary"))
def test_polylines_of_networks(data, segments, network):
    """Paths of any number of segments run through inputs of networks of any shape."""
    path = data.draw(input_paths(network, segments=segments))
    assert {len(vertex) for vertex in path.vertices} == {network.in_features}
    assert path.segments == segments


PLAIN = Network((Linear(((1.0, 2.0),), (0.0,)),))
IMAGE = Network((Flatten(), Linear(((1.0, 2.0, 0.0, 1.0),), (0.0,))), (1, 2, 2))


@pytest.mark.parametrize(
    ("make", "hint"),
    [
        (lambda: relu_networks(family="bias-fre"), "did you mean 'bias-free'?"),
        (lambda: relu_networks(family="ordinry"), "did you mean 'ordinary'?"),
        (lambda: relu_networks(family="convs,maxpool"), "did you mean 'conv'?"),
        (lambda: twins(family="nowhere"), "unknown family 'nowhere'"),
        (lambda: twins(rewrites=["splitt"]), "did you mean 'split'?"),
        (lambda: twins(rewrites=["style-relu-function"]), "did you mean 'style-relu-functional'?"),
        (lambda: inputs(variables=0), "variables=0"),
        (lambda: inputs(variables=65), "variables=65"),
        (lambda: inputs(variables=99), "variables=99"),
        (inputs, "variables=None"),
        (lambda: inputs(PLAIN, variables=2), "variables=2 and a network"),
        (lambda: baselines(variables=99), "variables=99"),
        (baselines, "variables=None"),
        (lambda: inputs(variables=2, position="kinky"), "did you mean 'kink'?"),
        (lambda: inputs(variables=2, position="kink"), "position='kink'"),
        (lambda: inputs(variables=2, position="generic"), "position='generic'"),
        (lambda: inputs(PLAIN, position="kink"), "no kink"),
        (lambda: inputs(variables=2, family="bised"), "did you mean 'biased'?"),
        (lambda: input_paths(variables=2, segments=0), "segments=0"),
        (lambda: input_paths(variables=2, segments=4), "segments=4"),
        (lambda: input_paths(variables=2, segments=9), "segments=9"),
        (lambda: input_paths(variables=99), "variables=99"),
        (lambda: input_paths(variables=2, course="through-kinks"), "did you mean 'through-kink'?"),
        (lambda: input_paths(variables=2, course="through-kink"), "course='through-kink'"),
        (lambda: input_paths(PLAIN, course="through-kink"), "no kink"),
        (lambda: input_paths(variables=4, course="moving-pattern"), "course='moving-pattern'"),
        (lambda: input_paths(PLAIN, course="moving-pattern"), "a network of images or signals"),
        (lambda: twins(rewrites=["move-bias"], family="bias-free"), "admits the rewrites move-bias"),
        (lambda: twins(rewrites=["style-blocks"]), "admits the rewrites style-blocks"),
        (lambda: twins(rewrites=["conv-as-dense", "fold-batch-norm"]), "admits the rewrites conv-as-dense, fold-"),
        (lambda: twins(rewrites=[]), "(none)"),
    ],
)
def test_what_cannot_be_drawn_is_told_at_once(make, hint):
    """A wrong name, size or combination raises when the strategy is made, with one sentence."""
    with pytest.raises(AxiomcheckError) as told:
        make()
    assert hint in str(told.value)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("network", [Network((Linear(((1.0,),), (0.0,)), ReLU())), IMAGE], ids=["relu", "linear"])
def test_a_margin_may_be_wide(network):
    """Inputs of relu(x1) lie beyond the margin; a network without a kink has them as far from one as anybody likes."""

    # Of the points of relu(x1) a third lie within the margin; Hypothesis would call that filtering too much.
    @settings(max_examples=20, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
    @given(inputs(network, position="generic", margin=2.0))
    def check(x):
        assert network is IMAGE or abs(x[0]) > 2

    check()


def test_a_path_through_the_kink_at_the_border():
    """relu(x1) has its only kink at the border of the inputs of at least 0: no path runs through it, which is told."""
    with pytest.raises(AxiomcheckError):
        input_paths(Network((Linear(((1.0,),), (0.0,)), ReLU())), family="deep-taylor", course="through-kink")


def test_a_pattern_of_one_column_cannot_move():
    """An image of one column has no room, which is told."""
    with pytest.raises(AxiomcheckError):
        input_paths(Network((Flatten(), Linear(((1.0, 1.0),), (0.0,))), (1, 2, 1)), course="moving-pattern")


def _all(layers):
    for layer in layers:
        yield layer
        for branch in layer.branches if isinstance(layer, Block) else ():
            yield from _all(branch)


SOUGHT = {
    "a residual block": (lambda network: any(isinstance(layer, Residual) for layer in _all(network.layers)), 4),
    "overlapping maxima": (lambda network: any(_overlaps(layer) for layer in network.leaves), 3),
    "a positive output": (lambda network: network.value((1.0,) * network.in_features)[0] > 0, 1),
    "an image": (lambda network: len(network.shape) == 3, 2),
    "clamps": (lambda network: network.style.relu == "clamp", 1),
}


def _overlaps(layer):
    return isinstance(layer, MaxPool) and layer.stride < layer.kernel


LONG = {"overlapping maxima", "an image", "clamps"}


@pytest.mark.parametrize("sought", [pytest.param(one, marks=[pytest.mark.long] * (one in LONG)) for one in SOUGHT])
def test_a_search_of_ones_own_ends_at_a_small_network(sought):
    """What Hypothesis finds and shrinks has no layer and no number more than the property asks for.

    Zero bytes mean empty slots, one linear layer as head, one variable and zero weights; what is sought needs a block
    with a layer, its ReLU and a head; a pool, a row and a head; a weight; a row and a head; a ReLU at most.
    """
    holds, layers = SOUGHT[sought]
    found = find(relu_networks(family="ordinary"), holds)
    assert holds(found)
    assert len(found.leaves) <= layers
    assert sum(number != 0 for number in found.numbers) <= (sought == "a positive output")
    assert found.out_features == 1
    assert found.in_features == {"an image": 4, "overlapping maxima": 2}.get(sought, 1)
    assert found.style.cost == (sought == "clamps")


def test_twins_found_by_ones_own_search_are_small():
    """The smallest network whose unit is split has one variable and one hidden unit."""
    twin = find(twins(rewrites=["split"], family="biased"), lambda _: True)
    assert len(twin.network.leaves) <= 3
    assert twin.network.in_features == 1


def test_unknown_rewrites_are_of_their_own_kind():
    """A rewrite that nothing answers to raises UnknownName."""
    with pytest.raises(UnknownName):
        twins(rewrites=["splitt"])


def test_the_codec_needs_no_hypothesis():
    """Hypothesis is loaded with the first strategy, not with the package."""
    code = "import sys, axiomcheck.strategies, axiomcheck.strategies.cases; print('hypothesis' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"


def test_other_names_are_none():
    """What is not there is an AttributeError, as of any module."""
    import axiomcheck.strategies as package

    with pytest.raises(AttributeError, match="no attribute 'networks'"):
        _ = package.networks
