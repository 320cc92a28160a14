"""What tests of axioms share: the networks of the literature, and a short way to a verdict."""

import pytest

from axiomcheck.axioms import AXIOMS
from axiomcheck.engine.judge import Judge
from axiomcheck.networks import Linear, Network, ReLU


@pytest.fixture(scope="session")
def judged():
    """Return a function that gives the outcome of an explainer and an axiom on a case."""

    def judge(explain, axiom, case, dtype="float64"):
        return Judge(explain, AXIOMS[axiom], dtype)(case)

    return judge


@pytest.fixture(scope="session")
def linear():
    """Return a function that makes a network of one affine layer with one output."""

    def make(*weights, bias=0.0, relu=False):
        return Network((Linear((tuple(map(float, weights)),), (bias,)), *([ReLU()] if relu else [])))

    return make


@pytest.fixture(scope="session")
def guarded():
    """Return relu(relu(x1) - 1 - relu(x2)), of Sundararajan et al. 2017."""
    return Network((Linear(((1.0, 0.0), (0.0, 1.0)), (0.0, 0.0)), ReLU(), Linear(((1.0, -1.0),), (-1.0,)), ReLU()))


@pytest.fixture(scope="session")
def larger():
    """Return relu(x1 - x2) + relu(x2), the larger of two inputs of at least 0."""
    return Network((Linear(((1.0, -1.0), (0.0, 1.0)), (0.0, 0.0)), ReLU(), Linear(((1.0, 1.0),), (0.0,))))
