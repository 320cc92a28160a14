"""What tests beside other libraries share: random cases of families, calls as the engine makes them, comparisons."""

import pytest
import torch

from axiomcheck.engine.runtime.threads import one_thread
from axiomcheck.explainers import declaration
from axiomcheck.networks import Family
from axiomcheck.strategies.cases import one_network
from axiomcheck.strategies.codec import block_size

PERCEPTRONS = ("bias-free", "deep-taylor", "biased")


@pytest.fixture(autouse=True)
def _one_thread():
    """Compute in one thread, as the engine does."""
    with one_thread():
        yield


@pytest.fixture(scope="session")
def drawn(draw_blocks):
    """Return a function that draws ``count`` cases of each of some families, by their names."""

    def draw(families, count, seed):
        parsed = [Family.parse(family) for family in families]
        return [one_network(block, of) for of in parsed for block in draw_blocks(count, seed, block_size(of))]

    return draw


@pytest.fixture(scope="session")
def given():
    """Return a function for what an explainer is called with on a case: model, inputs, targets, keywords."""

    def call(explain, case, dtype=torch.float64):
        said = declaration(explain)
        inputs = torch.tensor(case.inputs, dtype=dtype).reshape(-1, *case.network.shape)
        keywords = {"seed": 0} if said.samples else {}
        if said.has_baseline:
            baseline = torch.tensor(case.baseline, dtype=dtype).reshape(1, *case.network.shape)
            keywords["baseline"] = baseline.expand_as(inputs)
        return case.network.module().to(dtype), inputs, torch.full((len(inputs),), case.target), keywords

    return call


@pytest.fixture(scope="session")
def scores(given):
    """Return a function for the scores of an explainer on a case, times f(x) where it puts in one unit."""

    def explained(explain, case):
        model, inputs, target, keywords = given(explain, case)
        found = explain(model, inputs, target, **keywords).detach()
        if declaration(explain).conserves != "unit":
            return found
        outputs = case.network.module()(inputs).gather(1, target[:, None]).detach()
        return found * outputs.reshape(-1, *[1] * (found.dim() - 1))

    return explained


@pytest.fixture(scope="session")
def assert_same(scores):
    """Return a function that compares two explainers on cases, to 1e-9 of the largest score of an input.

    Where f(x) is shared out, it counts too: parts of it may cancel. Inputs at which ``where(case, x)`` does not hold
    are left out, and those with |f(x)| < 1e-6: of a unit that is divided there one of the two has nothing left.
    """

    def compare(one, other, cases, where=lambda _case, _x: True, at_least=250):
        compared, shares = 0, declaration(one).conserves is not None
        for case in cases:
            for x, first, second in zip(case.inputs, scores(one, case), scores(other, case), strict=True):
                output = abs(float(case.network.exact(x)[case.target]))
                if output < 1e-6 or not where(case, x):
                    continue
                compared += 1
                scale = max(first.abs().max(), second.abs().max(), output if shares else 0.0)
                assert (first - second).abs().max() <= 1e-9 * scale, f"{case.network} at {x}, output {case.target}"
        assert compared >= at_least

    return compare
