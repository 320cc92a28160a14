"""What all tests share: a deterministic Hypothesis, random networks, and evaluation in plain loops."""

from fractions import Fraction
from random import Random

import pytest
import torch
from hypothesis import settings

from axiomcheck.networks import Linear
from axiomcheck.networks.family import PRESETS
from axiomcheck.strategies.codec import SIZE, draw_network

settings.register_profile("ci", derandomize=True, deadline=None, database=None)
settings.load_profile("ci")


@pytest.fixture(autouse=True)
def _same_default_dtype():
    """Put the default dtype back, which the scripts of counterexamples set."""
    before = torch.get_default_dtype()
    yield
    torch.set_default_dtype(before)


@pytest.fixture(scope="session")
def draw_blocks():
    """Return a function that draws ``count`` random blocks of the codec."""

    def draw(count, seed=0):
        random = Random(seed)
        return [random.randbytes(SIZE) for _ in range(count)]

    return draw


@pytest.fixture(scope="session")
def draw_networks(draw_blocks):
    """Return a function that draws ``count`` random networks of each preset family."""

    def draw(count, seed=0, presets=tuple(PRESETS)):
        return [draw_network(block, PRESETS[name]) for name in presets for block in draw_blocks(count, seed)]

    return draw


@pytest.fixture(scope="session")
def draw_point():
    """Return a function that draws a rational point, many of whose coordinates are no floats."""

    def draw(random, size, *, nonnegative=False):
        return tuple(
            Fraction(random.randint(0 if nonnegative else -96, 96), random.choice((1, 3, 7, 16))) for _ in range(size)
        )

    return draw


@pytest.fixture(scope="session")
def naive():
    """Return a function that lists what enters each layer, and the output, in plain loops over fractions."""

    def values(network, x):
        found = [[Fraction(value) for value in x]]
        for layer in network.layers:
            below = found[-1]
            if isinstance(layer, Linear):
                found.append([])
                for row, bias in zip(layer.weight, layer.bias, strict=True):
                    total = Fraction(bias)
                    for weight, value in zip(row, below, strict=True):
                        total += Fraction(weight) * value
                    found[-1].append(total)
            else:
                found.append([value if value > 0 else Fraction(0) for value in below])
        return found

    return values
