"""Strategies for tests of one's own."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from axiomcheck.networks import AxiomcheckError, Family, Linear, Network, ReLU, UnknownName
from axiomcheck.networks.family import PRESETS
from axiomcheck.strategies import input_paths, inputs, relu_networks, twins


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
    assert twin.network.exact(x) == twin.rewritten.exact(x)


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


@pytest.mark.parametrize(
    ("make", "hint"),
    [
        (lambda: relu_networks(family="bias-fre"), "did you mean 'bias-free'?"),
        (lambda: twins(rewrites=["splitt"]), "did you mean 'split'?"),
        (lambda: inputs(variables=0), "variables=0"),
        (lambda: inputs(variables=9), "variables=9"),
        (lambda: input_paths(variables=2, segments=0), "segments=0"),
        (lambda: input_paths(variables=2, segments=4), "segments=4"),
        (lambda: twins(rewrites=["move-bias"], family="bias-free"), "admits the rewrites move-bias"),
        (lambda: twins(rewrites=[]), "(none)"),
    ],
)
def test_what_cannot_be_drawn_is_told_at_once(make, hint):
    """A wrong name, size or combination raises when the strategy is made, with one sentence."""
    with pytest.raises(AxiomcheckError) as told:
        make()
    assert hint in str(told.value)
    assert "\n" not in str(told.value)


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
