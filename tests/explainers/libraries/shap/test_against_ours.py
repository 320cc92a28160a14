"""Ours against SHAP's, on 300 random networks for each method that both have; where SHAP samples, in distribution."""

from itertools import combinations
from random import Random

import pytest
import torch
from torch import nn

from axiomcheck.explainers import declaration, locate
from axiomcheck.explainers.libraries.shap import shap_method
from axiomcheck.networks.family import PRESETS
from axiomcheck.strategies.cases import one_network
from axiomcheck.strategies.codec import block_size

pytest.importorskip("shap", exc_type=ImportError)

COUNT = 300
PERCEPTRONS = ("bias-free", "deep-taylor", "biased")
SEEDS, ERRORS = 30, 5
"""How many standard errors the mean of so many seeds may be off: by chance once in 40,000 (Student's t)."""


@pytest.fixture(autouse=True)
def _double():
    """Compute in float64, which GradientExplainer does if that is the default."""
    torch.set_default_dtype(torch.float64)


def _drawn(purpose, count, admitted=lambda case: True):
    """Yield ``count`` admitted cases, of each family of perceptrons in turn."""
    random = Random(f"against shap {purpose}")
    while count:
        family = PRESETS[PERCEPTRONS[count % 3]]
        case = one_network(random.randbytes(block_size(family)), family)
        if admitted(case):
            count -= 1
            yield case


def _explained(explain, case, **given):
    inputs, start = torch.tensor(case.inputs[:1]), torch.tensor([case.baseline])
    return explain(case.network.module(), inputs, torch.tensor([case.target]), baseline=start, **given)[0]


def _assert_one(ours, theirs, cases):
    for case in cases:
        mine, other = (_explained(explain, case) for explain in (ours, theirs))
        scale = max(mine.abs().max(), other.abs().max())
        # Scores that cancel to 0 are as exact as what is added up on the way, and no more.
        allowed = 1e-9 * scale + 1e-14 * case.magnitude(case.inputs[0])
        assert (mine - other).abs().max() <= allowed, f"{case.network}: {mine} {other}"


def test_kernel_explainer_enumerates_shapley_values():
    """With all coalitions of up to four variables the weighted least squares have the Shapley values as solution."""
    _assert_one(locate("shapley").explain, shap_method("Kernel"), _drawn("kernel", COUNT))


@pytest.mark.long
def test_permutation_explainer_has_all_orders_of_two():
    """An order and its reverse are all orders of up to two variables."""
    cases = _drawn("permutation", COUNT, lambda case: case.network.in_features <= 2)
    _assert_one(locate("shapley").explain, shap_method("Permutation"), cases)


class _Pairs(nn.Module):
    """A sum over all pairs of four variables: relu(a·x_i + b·x_j + c)."""

    def __init__(self, random):
        super().__init__()
        self.terms = [(i, j, *(random.uniform(-2, 2) for _ in range(3))) for i, j in combinations(range(4), 2)]

    def forward(self, x):
        return sum(torch.relu(a * x[:, i] + b * x[:, j] + c) for i, j, a, b, c in self.terms)[:, None]


def test_permutation_explainer_is_exact_where_two_variables_act_together():
    """For x_i every other x_j comes first in one of an order and its reverse: half each, which is Shapley's share."""
    random = Random("pairs")
    for _ in range(10):
        model, given = _Pairs(random), torch.tensor([[random.uniform(-3, 3) for _ in range(4)] for _ in range(2)])
        mine, other = (
            explain(model, given[:1], torch.tensor([0]), baseline=given[1:])
            for explain in (locate("shapley").explain, shap_method("Permutation"))
        )
        assert (mine - other).abs().max() <= 1e-9 * mine.abs().max()


def test_deep_explainer_is_deeplift_on_chains_of_modules():
    """One background row, every ReLU a module of its own: the rescale rule."""
    _assert_one(locate("deeplift").explain, shap_method("Deep"), _drawn("deep", COUNT))


@pytest.mark.parametrize("count", [5, pytest.param(50, marks=pytest.mark.long)])
@pytest.mark.parametrize(
    ("name", "ours", "options"),
    [
        ("SamplingExplainer", "shapley", {"nsamples": 200}),
        ("GradientExplainer", "integrated-gradients", {"nsamples": 20}),
    ],
    ids=["Sampling", "Gradient"],
)
def test_what_is_sampled_has_ours_as_its_mean(name, ours, options, count):
    """The mean over seeds is within five standard errors, computed from them, on networks of several variables."""
    method, exact = shap_method(name, options), locate(ours).explain
    assert declaration(method).samples

    def admitted(case):
        generic = case.input_is_generic(case.inputs[0], from_baseline=True)
        return generic and case.network.in_features > 1 and not case.is_dead(case.inputs[0])

    spread = 0
    for case in _drawn(name, count, admitted):
        drawn = torch.stack([_explained(method, case, seed=seed) for seed in range(SEEDS)])
        error, expected = drawn.std(0) / SEEDS**0.5, _explained(exact, case)
        # SamplingExplainer leaves up to a millionth of its error in the sum.
        allowed = ERRORS * error + 1e-6 * expected.abs().max() + 1e-12 * case.magnitude(case.inputs[0])
        assert ((drawn.mean(0) - expected).abs() <= allowed).all(), f"{case}: {drawn.mean(0)} {expected} {error}"
        spread += bool((error > 1e-3 * expected.abs().max()).any())
    assert spread >= count / 5
