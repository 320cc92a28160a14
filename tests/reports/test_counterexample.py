"""Counterexamples: what they say, and the code that shows them."""

import contextlib
import io

import pytest

from axiomcheck import find_counterexample


def _printed(code):
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(code, {})  # as a user who pastes it
    return float(out.getvalue().split("gap:")[1])


@pytest.mark.parametrize(
    ("explainer", "axiom", "family"),
    [
        ("grad-x-input", "conservation", "biased"),
        ("lrp-epsilon:epsilon=0.5", "conservation", "biased"),
        ("captum:IntegratedGradients:n_steps=5", "conservation", "biased"),
        ("grad-x-input", "continuity", "bias-free"),
        ("captum:InputXGradient", "continuity", "deep-taylor"),
        ("lrp-z-plus", "implementation_invariance", "deep-taylor"),
        ("lrp-gamma", "implementation_invariance", "biased"),
        ("uniform", "selectivity", "bias-free"),
        ("lrp-z-plus", "selectivity", "deep-taylor"),
    ],
)
def test_its_code_runs_alone_and_shows_the_same_gap(explainer, axiom, family):
    """The script needs nothing but torch and the explainer, and prints the gap that was found."""
    found = find_counterexample(explainer, axiom, family=family)
    assert _printed(found.code()) == pytest.approx(found.gap, rel=1e-9)
    assert found.gap > found.tolerance


def test_a_twin_is_told_as_two_functions():
    """f and g, and the rewrite between them."""
    found = find_counterexample("lrp-epsilon", "implementation_invariance", family="bias-free")
    first, second = found.formula.splitlines()
    assert first.startswith("f(x1")
    assert second.startswith("g(x1")
    assert found.as_data()["rewrites"][0]["name"] in ("factorise", "rescale", "identity")


def test_a_users_function_is_imported_by_its_module():
    """The code of a callable that Python can import imports it; of any other it says what to fill in."""
    from axiomcheck.explainers.gradient import gradient

    assert "from axiomcheck.explainers.gradient import gradient" in find_counterexample(gradient, "conservation").code()
    local = find_counterexample(lambda model, inputs, target: inputs, "conservation")
    assert "explain = ..." in local.code()
