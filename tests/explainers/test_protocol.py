"""What explainers say of themselves."""

from functools import partial

import pytest

from axiomcheck.explainers import Declaration, declaration, explainer
from axiomcheck.explainers.protocol import require_signature
from axiomcheck.networks import AxiomcheckError


def _plain(model, inputs, target):
    return inputs


def _from_baseline(model, inputs, target, *, baseline):
    return inputs


def test_what_is_not_said_is_read_from_the_signature():
    """An explainer with a baseline conserves the change, another the output."""
    assert declaration(_plain) == Declaration(has_baseline=False, conserves="output")
    assert declaration(_from_baseline) == Declaration(has_baseline=True, conserves="change")


@pytest.mark.parametrize("conserves", ["output", "change", "unit", None])
def test_what_is_said_counts(conserves):
    """What is conserved, the tolerance and the claims are those of the decorator."""
    said = explainer(conserves=conserves, tolerance=0.03, claims={"conservation": "bias-free"})
    decorated = said(partial(_plain))
    assert declaration(decorated) == Declaration(
        has_baseline=False, conserves=conserves, tolerance=0.03, claims={"conservation": "bias-free"}
    )


def test_a_tolerance_alone_leaves_the_rest_to_the_signature():
    """Without ``conserves`` the signature decides."""
    decorated = explainer(tolerance=0.5)(partial(_from_baseline))
    assert declaration(decorated) == Declaration(has_baseline=True, conserves="change", tolerance=0.5)


def test_classes_are_decorated_for_their_instances():
    """A class of callables says it once for all instances."""

    @explainer(conserves="unit")
    class Shares:
        def __call__(self, model, inputs, target, *, baseline):
            return inputs

    assert declaration(Shares()) == Declaration(has_baseline=True, conserves="unit")


def test_decorating_gives_back_the_explainer():
    """A decorated function is the function itself."""

    def explain(model, inputs, target):
        return inputs

    assert explainer(conserves=None)(explain) is explain


@pytest.mark.parametrize("conserves", ["outputs", "", 1, False])
def test_other_sums_are_refused(conserves):
    """What is conserved is the output, the change, a unit, or None."""
    with pytest.raises(AxiomcheckError, match="Expected conserves to be"):
        explainer(conserves=conserves)


def test_negative_tolerances_are_refused():
    """A tolerance is at least 0."""
    with pytest.raises(AxiomcheckError, match=r"tolerance=-0\.1"):
        explainer(tolerance=-0.1)


def _tokens(model, input_ids, attention_mask, target):
    return input_ids


def _keyword_alone(model, inputs, target, *, layer):
    return inputs


@pytest.mark.parametrize("wrong", [_tokens, _keyword_alone, lambda model, inputs: inputs])
def test_a_signature_that_cannot_be_called_is_told(wrong):
    """In a sentence that says how it is called and what it takes, before anything is searched."""
    with pytest.raises(AxiomcheckError, match=r"mine cannot be called as \(model, inputs, target\): it takes \(model"):
        require_signature(wrong, "mine")


def test_signatures_that_can_be_called_pass():
    """With and without what else an explainer may ask for."""
    for right in (_plain, _from_baseline, partial(_keyword_alone, layer=1), lambda *everything: everything[1]):
        require_signature(right, "mine")
