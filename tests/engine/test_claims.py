"""Claims: upheld, refuted or open."""

import pytest
import torch

import axiomcheck as ac
from axiomcheck.engine.claims import check_claims
from axiomcheck.explainers import locate
from axiomcheck.networks import AxiomcheckError, Family
from axiomcheck.results.claim import Claim, overall


def _gradient_times_input(model, inputs, target):
    entering = inputs.detach().requires_grad_()
    (slopes,) = torch.autograd.grad(model(entering).gather(1, target[:, None]).sum(), entering)
    return slopes * inputs


def _claiming(**claims):
    def claimed(model, inputs, target):
        return _gradient_times_input(model, inputs, target)

    return ac.explainer(claims=claims)(claimed)


def _claim(explain, axiom, family, examples=100):
    (cell,) = ac.certify(explain, axioms=[axiom], families=[family], examples=examples).cells
    return cell


def test_a_claim_is_upheld_where_the_cell_holds():
    """Gradient × input conserves without biases, as it says."""
    cell = _claim(_claiming(conservation="bias=none"), "conservation", "bias-free")
    assert (cell.verdict, cell.claim.verdict, cell.claim.counterexample) == ("holds", "upheld", None)


def test_a_part_of_the_family_is_searched_by_itself():
    """With biases it does not conserve, and never said so: what it promised is searched apart."""
    cell = _claim(_claiming(conservation="bias=none"), "conservation", "biased")
    assert (cell.verdict, cell.claim.verdict) == ("violated", "upheld")
    assert cell.claim.family == "bias-free"
    assert "100 effective cases" in cell.claim.reason


def test_a_counterexample_refutes():
    """That of the cell, if it lies in the promised family; else that of the search there."""
    inside = _claim(_claiming(conservation="biased"), "conservation", "deep-taylor").claim
    assert (inside.verdict, inside.counterexample) == ("refuted", None)
    apart = _claim(_claiming(continuity="bias=none,inputs=nonnegative"), "continuity", "bias-free")
    assert (apart.verdict, apart.claim.verdict) == ("violated", "refuted")
    found = apart.claim.counterexample or apart.counterexample
    assert found.case.belongs_to(Family.parse("bias=none,inputs=nonnegative"))


def test_too_little_leaves_it_open():
    """Fewer cases than a bound needs uphold nothing."""
    assert _claim(_claiming(conservation="bias=none"), "conservation", "bias-free", examples=30).claim.verdict == "open"


def test_what_is_not_promised_has_no_claim():
    """Another axiom's cell says nothing of it."""
    assert _claim(_claiming(conservation="bias=none"), "selectivity", "bias-free").claim is None


@pytest.mark.parametrize(
    ("claims", "told"),
    [
        ({"conservatio": "biased"}, "did you mean 'conservation'?"),
        ({"conservation": "bised"}, "claims conservation in 'bised': unknown family 'bised'; did you mean 'biased'?"),
    ],
)
def test_claims_of_what_there_is_not_are_told(claims, told):
    """Before anything runs, in a sentence."""
    with pytest.raises(AxiomcheckError) as raised:
        check_claims(locate(_claiming(**claims)))
    assert told in str(raised.value)


def test_the_certificate_says_what_came_of_them():
    """For each explainer and axiom: refuted if one cell refutes it, else upheld if one upholds it; in the data too."""
    certificate = ac.certify(
        _claiming(conservation="bias=none"), axioms=["conservation"], families=["bias-free", "biased"], examples=100
    )
    ((_, claim),) = certificate.claims.items()
    assert claim.verdict == "upheld"
    assert certificate.as_data()["cells"][0]["claim"]["verdict"] == "upheld"
    kinds = [Claim("biased", verdict, "") for verdict in ("open", "upheld", "refuted")]
    assert overall(kinds).verdict == "refuted"
    assert overall(kinds[:2]).verdict == "upheld"
    assert overall(kinds[:1]).verdict == "open"
