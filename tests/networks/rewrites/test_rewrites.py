"""What all rewrites promise: the function is kept, exactly, and the network is another one."""

from dataclasses import fields
from random import Random

import pytest

from axiomcheck.networks import REWRITES, DoesNotApply
from axiomcheck.networks.exact import evaluate
from axiomcheck.networks.family import PRESETS
from axiomcheck.strategies.codec import draw_network
from axiomcheck.strategies.rewriting import draw_twin

BLOCKS = 120
POINTS = 12


@pytest.fixture(scope="session")
def twins_of(draw_blocks):
    """Return a function that lists the twins by one rewrite, on random networks of every preset family."""

    def twins(name):
        drawn = [
            draw_twin(block, draw_network(block, family), family, kinds=(name,), count=1)
            for preset, family in PRESETS.items()
            for block in draw_blocks(BLOCKS, seed=preset + name)
        ]
        return [twin for twin in drawn if twin.rewrites]

    return twins


@pytest.mark.parametrize("name", REWRITES)
def test_the_function_is_kept(name, twins_of, draw_point):
    """Both networks are equal at many rational points of the rewrite's domain, in exact arithmetic."""
    random, twins = Random(41), twins_of(name)
    assert len(twins) >= 20
    for twin in twins:
        size = twin.network.in_features
        points = [draw_point(random, size, nonnegative=twin.on_nonnegative) for _ in range(POINTS)]
        one, other = (evaluate(network.steps, points) for network in twin)
        assert one == other


@pytest.mark.parametrize("name", REWRITES)
def test_the_network_is_another(name, twins_of):
    """What comes out of a rewrite is not the network that went in: nothing would be tested by it."""
    for twin in twins_of(name):
        assert twin.rewritten != twin.network


@pytest.mark.parametrize("name", REWRITES)
def test_layers_that_are_not_there_are_told(name, draw_networks):
    """A layer past the end, or before the beginning, raises; max-tree has no site to be wrong about."""
    kind = REWRITES[name]
    arguments = [0] * (len(fields(kind)) - 1)
    for network in draw_networks(5, seed=42, presets=("biased",)):
        for layer in (-1, 7) if name != "max-tree" else ():
            with pytest.raises(DoesNotApply):
                kind(layer, *arguments).apply(network)


@pytest.mark.parametrize("name", REWRITES)
def test_applying_twice_gives_the_same(name, twins_of):
    """Rewrites are values: the same one on the same network has the same result, and is equal to its copy."""
    for twin in twins_of(name)[:5]:
        (rewrite,) = twin.rewrites
        assert rewrite.apply(twin.network) == rewrite.apply(twin.network)
        assert eval(repr(rewrite), {type(rewrite).__name__: REWRITES[name]}) == rewrite


def test_names_are_the_keys():
    """Each rewrite stands in the catalogue under its own name."""
    assert all(kind.name == name for name, kind in REWRITES.items())


def test_only_maxima_ask_for_a_domain():
    """All but the maxima keep the function on every input."""
    assert {name for name, kind in REWRITES.items() if kind.keeps != "every input"} == {"max-pair", "max-tree"}
