"""What tests of explainers share: random cases, calling an explainer, and comparing it with a slow oracle.

An oracle computes in plain loops over fractions, one neuron and one input at a time.
"""

from fractions import Fraction
from random import Random

import pytest
import torch

from axiomcheck.networks import Linear, Network, ReLU
from axiomcheck.networks.family import PRESETS
from axiomcheck.strategies.cases import one_network

PERCEPTRONS = ("bias-free", "deep-taylor", "biased")
CLOSE = {torch.float64: 1e-9, torch.float32: 1e-3}


@pytest.fixture(scope="session")
def guard_pair():
    """Return the two networks of Sundararajan et al. 2017, appendix B; both are 1 at (3, 1)."""
    identity, minus = ((1.0, 0.0), (0.0, 1.0)), ((1.0, -1.0),)
    return tuple(
        Network((Linear(identity, below), ReLU(), Linear(minus, above), ReLU()))
        for below, above in (((0.0, 0.0), (-1.0,)), ((-1.0, 0.0), (0.0,)))
    )


@pytest.fixture(scope="session")
def max_pair():
    """Return the tutorial's two networks for max(x1, x2)."""
    two = Linear(((1.0, -1.0), (0.0, 1.0)), (0.0, 0.0))
    three = Linear(((1.0, -1.0), (-1.0, 1.0), (1.0, 1.0)), (0.0, 0.0, 0.0))
    return (
        Network((two, ReLU(), Linear(((1.0, 1.0),), (0.0,)))),
        Network((three, ReLU(), Linear(((0.5, 0.5, 0.5),), (0.0,)))),
    )


@pytest.fixture(scope="session")
def explained():
    """Return a function that calls an explainer on a network at some points, and gives lists."""

    def call(explain, network, points, target=0, baseline=None, *, dtype=torch.float64):
        model = network.module().to(dtype)
        inputs = torch.tensor([[float(value) for value in x] for x in points], dtype=dtype)
        targets = torch.full((len(points),), target)
        if baseline is None:
            return explain(model, inputs, targets).tolist()
        start = torch.tensor([float(value) for value in baseline], dtype=dtype).expand_as(inputs)
        return explain(model, inputs, targets, baseline=start).tolist()

    return call


@pytest.fixture(scope="session")
def cases(draw_blocks):
    """Return a function that draws ``count`` cases of each preset family of perceptrons."""

    def draw(count, seed):
        return [one_network(block, PRESETS[name]) for name in PERCEPTRONS for block in draw_blocks(count, seed)]

    return draw


@pytest.fixture(scope="session", params=[torch.float64, torch.float32], ids=["float64", "float32"])
def agree(request, cases, explained):
    """Return a function that compares an explainer with an oracle, on 150 random networks with up to 4 inputs each.

    ``oracle(network, x, target, baseline)`` gives the relevance and the largest number on the way to it, or None for a
    point that it leaves out. It is called in float64 and in float32.
    """

    def compare(explain, oracle, seed, *, with_baseline=False, at_least=100):
        compared = 0
        for case in cases(50, seed):
            baseline = case.baseline if with_baseline else None
            found = explained(explain, case.network, case.inputs, case.target, baseline, dtype=request.param)
            for x, scores in zip(case.inputs, found, strict=True):
                expected = oracle(case.network, x, case.target, case.baseline)
                if expected is not None:
                    compared += 1
                    allowed = CLOSE[request.param] * max(float(expected[1]), *(abs(float(r)) for r in expected[0]))
                    assert scores == pytest.approx([float(r) for r in expected[0]], rel=0, abs=allowed)
        assert compared >= at_least

    return compare


@pytest.fixture(scope="session")
def propagated(naive):
    """Return the backward pass that LRP's rules share, by a function for the shares of one neuron.

    ``shares(a, w, b)`` gives what the inputs ``a`` get of a unit of relevance at a neuron of weights ``w``.
    """

    def relevance(network, x, target, shares):
        entering = naive(network, x)
        output = entering[-1]
        upper = [output[k] if k == target else Fraction(0) for k in range(len(output))]
        largest = abs(output[target])
        for layer, a in zip(reversed(network.layers), reversed(entering[:-1]), strict=True):
            if not isinstance(layer, Linear):
                continue
            lower = [Fraction(0)] * len(a)
            for j, (row, bias) in enumerate(zip(layer.weight, layer.bias, strict=True)):
                for i, share in enumerate(shares(a, [Fraction(w) for w in row], Fraction(bias))):
                    lower[i] += share * upper[j]
                    largest = max(largest, abs(share * upper[j]))
            upper = lower
        return upper, largest

    return relevance


@pytest.fixture(scope="session")
def slopes(naive):
    """Return a function for the exact derivatives of an output by differences so small that no kink is between."""

    def differences(network, x, target):
        step = Fraction(1, 2**120)
        found = []
        for i in range(len(x)):
            right, left = ([Fraction(v) + sign * step * (i == k) for k, v in enumerate(x)] for sign in (1, -1))
            found.append((naive(network, right)[-1][target] - naive(network, left)[-1][target]) / (2 * step))
        return found

    return differences


@pytest.fixture
def random():
    """Return a seeded generator."""
    return Random(60)


@pytest.fixture(scope="session")
def entering():
    """Return a function that lists all values of a plan at a flat input."""

    def values(plan, x):
        found = [x]
        for kind, data, sources in plan:
            found.append(_computed(kind, data, [found[source] for source in sources]))
        return found

    return values


@pytest.fixture(scope="session")
def by_neurons(entering):
    """Return relevance by a function for the shares of one neuron, ``shares(a, w, b)``; a list of flat scores.

    ``lowest``, if given, is used in place of it where a layer reads the input alone.
    """

    def relevance(plan, x, target, shares, lowest=None):
        values = entering(plan, x)
        found = [[0.0] * len(value) for value in values]
        found[-1][target] = values[-1][target]
        for number, (kind, data, sources) in reversed(list(enumerate(plan))):
            first = lowest is not None and kind == "affine" and sources == (0,)
            inputs = [values[source] for source in sources]
            for source, sent in zip(
                sources, _sent(kind, data, inputs, found[number + 1], lowest if first else shares), strict=True
            ):
                found[source] = [old + new for old, new in zip(found[source], sent, strict=True)]
        return found[0]

    return relevance


def _computed(kind, data, inputs):
    a = inputs[0]
    if kind == "affine":
        return [bias + sum(w * v for w, v in zip(row, a, strict=True)) for row, bias in zip(*data, strict=True)]
    if kind == "sum":
        return [one + other for one, other in zip(*inputs, strict=True)]
    if kind == "max":
        return [max(a[k] for k in window) for window in data]
    return a + inputs[1] if kind == "cat" else [v if v > 0 else data * v for v in a]


def _sent(kind, data, inputs, arrived, shares):
    sent = [[0.0] * len(a) for a in inputs]
    for j, r in enumerate(arrived):
        if kind == "affine":
            for i, share in enumerate(shares(inputs[0], data[0][j], data[1][j])):
                sent[0][i] += share * r
        elif kind == "sum":
            for part, share in zip(sent, shares([a[j] for a in inputs], [1.0] * len(inputs), 0.0), strict=True):
                part[j] += share * r
        elif kind == "max":
            sent[0][max(data[j], key=lambda i: inputs[0][i])] += r
        elif kind == "cat":
            size = len(inputs[0])
            sent[j >= size][j % size if j < size else j - size] += r
        else:
            sent[0][j] += r
    return sent
