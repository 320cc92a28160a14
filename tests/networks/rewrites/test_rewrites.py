"""What all rewrites promise: the function is kept, exactly, and the network is another one."""

from dataclasses import asdict
from itertools import islice
from random import Random

import pytest
import torch

from axiomcheck.networks import REWRITES, DoesNotApply
from axiomcheck.networks.exact import outputs
from axiomcheck.networks.family import PRESETS
from axiomcheck.strategies.codec import block_size, draw_network
from axiomcheck.strategies.rewrites import NEEDS

NETWORKS = 100
"""How many networks each rewrite is tried on."""
MANY = 500
POINTS = 6


@pytest.fixture(scope="session")
def applied(draw_general, draw_rewrite):
    """Return a function that yields rewrites of one name that apply, each with its network and the result.

    Of the networks half are those that searches draw, in every family with room for the rewrite, half are those of this
    folder.
    """

    def draw(name, count):
        random = Random(name)
        found = islice(filter(None, _tries(REWRITES[name], random, draw_general, draw_rewrite, 100 * count)), count)
        for rewrite, network in found:
            yield rewrite, network, rewrite.apply(network)

    return draw


def _tries(kind, random, draw_general, draw_rewrite, count):
    wanted = NEEDS.get(kind.name, set())
    families = [one for one in (*PRESETS.values(), *[PRESETS["ordinary"]] * 2) if wanted <= one.items]
    for _ in range(count):
        if random.random() < 0.5:
            yield draw_rewrite(kind, draw_general(random), random)
        else:
            family = random.choice(families)
            yield draw_rewrite(kind, draw_network(random.randbytes(block_size(family)), family), random)


def _assert_equal(one, other):
    for values, others, errors in zip(one.fractions(), other.fractions(), one.errors() + other.errors(), strict=True):
        assert all(abs(a - b) <= error for a, b, error in zip(values, others, errors.tolist(), strict=True))


def _assert_kept(triples, count, draw_point):
    random, seen = Random(41), 0
    for rewrite, network, rewritten in triples:
        size = network.in_features
        points = [draw_point(random, size, nonnegative=rewrite.on_nonnegative) for _ in range(POINTS)]
        _assert_equal(*(outputs(of.steps, points) for of in (network, rewritten)))
        assert rewritten != network
        assert rewritten.shape == network.shape
        assert rewrite.level == "code" or rewritten.style == network.style
        seen += 1
    assert seen == count


@pytest.mark.parametrize("name", REWRITES)
def test_the_function_is_kept(name, applied, draw_point):
    """Network and result differ, but not at rational points of the rewrite's domain, up to proved errors."""
    _assert_kept(applied(name, NETWORKS), NETWORKS, draw_point)


@pytest.mark.long
@pytest.mark.parametrize("name", REWRITES)
def test_the_function_is_kept_many_times(name, applied, draw_point):
    """The same for five hundred networks."""
    _assert_kept(applied(name, MANY), MANY, draw_point)


@pytest.mark.parametrize("name", [name for name, kind in REWRITES.items() if kind.where])
def test_places_that_are_not_there_are_told(name, applied):
    """A place past the end, or before the beginning, raises, and so it is with the units at a place."""
    for rewrite, network, _ in applied(name, 5):
        values = asdict(rewrite)
        for place in (-1, 40):
            with pytest.raises(DoesNotApply, match=f"has no .* {place}"):
                type(rewrite)(**values | {rewrite.where: place}).apply(network)
        for field, size in rewrite.choices(network, values[rewrite.where]).items():
            with pytest.raises(DoesNotApply, match=f"no unit {size}"):
                type(rewrite)(**values | {field: size}).apply(network)


@pytest.mark.parametrize("name", REWRITES)
def test_modules_agree(name, applied):
    """The modules of both networks say the same at inputs of at least 0, up to rounding."""
    generator = torch.Generator().manual_seed(42)
    for _, network, rewritten in applied(name, 5):
        inputs = torch.rand(3, *network.shape, dtype=torch.float64, generator=generator)
        one, other = (each.module()(inputs) for each in (network, rewritten))
        assert torch.allclose(
            one, other, rtol=1e-9, atol=1e-9 * max(map(network.magnitude, inputs.flatten(1).tolist()))
        )


@pytest.mark.parametrize("name", REWRITES)
def test_rewrites_are_values(name, applied):
    """The same one on the same network has the same result, and is equal to what its repr says."""
    for rewrite, network, rewritten in applied(name, 3):
        assert rewrite.apply(network) == rewritten
        assert eval(repr(rewrite), {type(rewrite).__name__: REWRITES[name]}) == rewrite


def test_names_are_the_keys():
    """Each rewrite stands in the catalogue under its own name."""
    assert all(kind.name == name for name, kind in REWRITES.items())


def test_only_maxima_ask_for_a_domain():
    """All but the maxima keep the function on every input."""
    assert {name for name, kind in REWRITES.items() if kind.keeps != "every input"} == {"max-pair", "max-tree"}


def test_styles_change_the_code_alone():
    """The names of those that rewrite code begin with style."""
    assert all((kind.level == "code") == name.startswith("style-") for name, kind in REWRITES.items())
