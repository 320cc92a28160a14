"""Defects that people reported, each in a cell of its own, and the right method beside it in the same cell."""

import pytest

from axiomcheck.engine.cell import run
from axiomcheck.engine.hunt import Hunt
from axiomcheck.engine.question import Budget
from axiomcheck.engine.resolve import question, reference
from axiomcheck.networks import AxiomcheckError
from tests.quality.published import calls, forms, functions, integrals, lrp, maps

HOLDING = {
    "the mean over items": (integrals.mean_over_items, integrals.midpoints, "conservation", "biased"),
    "times the input": (integrals.raw_difference, integrals.midpoints, "conservation", "biased"),
    "through the way": (integrals.derivative_through_the_way, integrals.midpoints, "conservation", "biased"),
    "trapezoids lost": (integrals.trapezoids(lost=True), integrals.trapezoids(lost=False), "conservation", "bias-free"),
    "without the way": (integrals.without_the_way, integrals.midpoints, "conservation", "biased"),
    "from zero": (integrals.from_zero, integrals.midpoints, "conservation", "biased"),
    "added to the baseline": (functions.added_to_the_baseline, functions.both_halves, "conservation", "biased"),
    "steps and items": (integrals.steps_and_items_mixed, integrals.midpoints, "batch_consistency", "biased"),
    "the whole batch": (calls.of_the_whole_batch, calls.right, "batch_consistency", "biased"),
    "training mode": (calls.in_training, calls.right, "purity", "mlp,batchnorm"),
    "training mode, put back": (calls.in_training_and_back, calls.right, "purity", "mlp,batchnorm"),
    "gradients pile up": (calls.piling_up, calls.right, "purity", "biased"),
    "hooks pile up": (calls.guided(leave=True), calls.guided(leave=False), "purity", "biased"),
    "a right way to clamp": (calls.guided(leave=True), calls.guided(leave=False, where="in"), "purity", "biased"),
    "noise behind norms": (calls.noise_behind_norms, calls.right, "determinism", "smooth"),
    "γ of negative weights": (
        lrp.gamma_of_negative_weights,
        lrp.gamma_of_positive_weights,
        "continuity",
        "deep-taylor",
    ),
    "a small map": (maps.small, maps.everywhere, "output_form", "conv"),
    "a map that is NaN": (maps.normalised, maps.everywhere, "output_form", "conv"),
    "one channel is judged": (maps.small, maps.one_channel, "output_form", "conv"),
    "no channel is judged": (maps.small, maps.no_channel, "output_form", "conv"),
}
"""By what goes wrong: who does it, who does not, the axiom and the family."""
QUICK = {
    "the mean over items",
    "from zero",
    "added to the baseline",
    "the whole batch",
    "γ of negative weights",
    "one channel is judged",
}
"""Those of the default suite."""


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.long] * (name not in QUICK)) for name in HOLDING]
)
def test_the_wrong_one_fails_where_the_right_one_holds(name):
    """With 60 cases."""
    wrong, right, axiom, family = HOLDING[name]
    cells = [run(question(explain, axiom, family, Budget(60))) for explain in (wrong, right)]
    assert [cell.verdict in ("violated", "error") for cell in cells] == [True, False], [cell.reason for cell in cells]
    assert cells[1].verdict == "holds", cells[1].reason


@pytest.mark.parametrize("explain", [integrals.mean_over_items, integrals.raw_difference, integrals.without_the_way])
def test_a_bug_is_no_quadrature(explain):
    """More steps do not help, and no cause says so."""
    finding = next(iter(Hunt(question(explain, "conservation", "biased", Budget(60)))))
    assert finding.cause.severity == "gross"
    assert "quadrature" not in finding.cause.where


@pytest.mark.long
def test_lost_trapezoids_are_no_quadrature():
    """They are lost however many steps there are."""
    asked = question(integrals.trapezoids(lost=True), "conservation", "bias-free", Budget(100))
    causes = [finding.cause.where for finding in Hunt(asked)]
    assert causes
    assert not any("quadrature" in where for where in causes)


def test_noise_is_never_heard_where_no_norm_is_drawn():
    """Among perceptrons it holds, and the verdict says that neither LayerNorm nor GELU was drawn."""
    cell = run(question(calls.noise_behind_norms, "determinism", "biased", Budget(60)))
    assert cell.verdict == "holds"


@pytest.mark.long
def test_weights_of_the_wrong_gradient_are_told_beside_the_right_ones():
    """Where the right map keeps an axiom, the wrong one breaks it."""
    asked = question(maps.weights_of_the_picture, "implementation_invariance", "conv", Budget(100))
    found = list(Hunt(asked, reference(asked, maps.everywhere)))
    differ = question(maps.weights_of_the_picture, None, "conv", Budget(100), equals=maps.everywhere)
    assert found or run(differ).verdict == "violated"


def test_reversed_masks_are_told_beside_the_right_ones():
    """Of f(x1) = x1 the right ones credit x1 with all of f(x1), the reversed ones with f(0) = 0."""
    asked = question(functions.masks_reversed, "sensitivity", "bias-free", Budget(60))
    found = [finding.counterexample for finding in Hunt(asked, reference(asked, functions.masks_right))]
    assert found
    assert found[0].case.network.in_features == 1


@pytest.mark.parametrize(
    ("explain", "dtype", "says"),
    [
        (forms.of_length_one, "float64", "NaN"),
        (forms.a_tuple, "float64", "tuple"),
        (forms.always_double, "float32", "it returned float64 for inputs of float32"),
    ],
)
def test_what_is_no_tensor_of_scores_is_told_in_words(explain, dtype, says):
    """With the contract on the form of the output."""
    cell = run(question(explain, "output_form", "biased", Budget(60, dtype=dtype)))
    assert cell.verdict in ("violated", "error")
    assert says in cell.reason


@pytest.mark.parametrize("explain", [forms.of_tokens, forms.without_target])
def test_another_signature_is_refused_before_any_search(explain):
    """In a sentence that says what it takes."""
    with pytest.raises(AxiomcheckError, match=rf"{explain.__name__} cannot be called as \(model, inputs, target\)"):
        question(explain, "output_form", "biased", Budget(60))


def test_items_that_are_mixed_are_not_told_at_a_saturated_softmax():
    """What breaks conservation is shrunk to a sum that is missed by much, not to one of 2e-9."""
    asked = question(integrals.steps_and_items_mixed, "conservation", "softmax", Budget(60))
    finding = next(iter(Hunt(asked)))
    assert finding.cause.severity == "gross"
    assert finding.counterexample.gap > 1e-3
