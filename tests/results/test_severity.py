"""How badly and how often an axiom is violated."""

import pytest

from axiomcheck.engine.campaign import Campaign
from axiomcheck.engine.question import Budget
from axiomcheck.explainers import explainer
from axiomcheck.results.certificate_reader import certificate_of
from axiomcheck.results.severity import Severity, interval, severity_of


@pytest.mark.parametrize(
    ("gap", "name"),
    [(0.0, "numerical"), (1e-3, "numerical"), (1.001e-3, "approximate"), (0.05, "approximate"), (0.0501, "gross")],
)
def test_gaps_have_names(gap, name):
    """Up to a thousandth a gap is numerical, up to a twentieth approximate, else gross."""
    assert severity_of(gap) == name


def test_the_interval_is_that_of_clopper_and_pearson():
    """Of 3 in 20 (Clopper & Pearson 1934): 3.2 % to 37.9 %; nothing of n ends at 1 - (α/2)^(1/n)."""
    assert interval(3, 20) == pytest.approx((0.0321, 0.3789), abs=5e-5)
    assert interval(0, 10) == (0.0, pytest.approx(1 - 0.025**0.1))
    assert interval(10, 10) == (pytest.approx(0.025**0.1), 1.0)


def test_the_median_names_the_severity_and_the_worst_is_a_tail():
    """Also where the search alone met it."""
    assert Severity.of([1e-4, 2e-4], 10).name == "numerical"
    assert not Severity.of([1e-4, 2e-4], 10).has_tail
    rare = Severity.of([1e-4, 2e-4], 10, searched=0.5)
    assert (rare.name, rare.has_tail, rare.worst) == ("numerical", True, 0.5)
    assert Severity.of([], 10, searched=0.02) == Severity("approximate", 0.0, interval(0, 10), 0.02, 0.02)


def _off_by(share, tolerance=0.0):
    @explainer(tolerance=tolerance)
    def off(model, inputs, target):
        output = model(inputs).gather(1, target[:, None]) * (1 + share)
        return (output / inputs[0].numel()).expand(-1, inputs[0].numel()).reshape(inputs.shape)

    return off


def _cell(explain, within=0.0):
    budget = Budget(60, within=within)
    certificate = Campaign.of([explain], ["conservation"], ["bias-free"], budget).run()
    assert certificate_of(certificate.as_data()) == certificate
    return certificate.cells[0]


@pytest.mark.parametrize(("share", "name"), [(1e-4, "numerical"), (0.02, "approximate"), (0.5, "gross")])
def test_a_cell_says_how_badly_and_how_often(share, name):
    """Scores that sum to (1 + share) f violate all cases, by that share."""
    severity = _cell(_off_by(share)).severity
    assert (severity.name, severity.share) == (name, 1.0)
    assert severity.median == pytest.approx(share)
    assert severity.worst == pytest.approx(share)


def test_a_tolerance_may_be_asked_for():
    """What is off by 2 % holds within 3 %, is violated within 1 %; and a wider one that is declared stays."""
    assert _cell(_off_by(0.02), 0.03).verdict == "holds"
    assert "within 0.03 of the scale" in _cell(_off_by(0.02), 0.03).reason
    assert _cell(_off_by(0.02), 0.01).verdict == "violated"
    assert _cell(_off_by(0.02, tolerance=0.03), 0.01).verdict == "holds"


def test_what_holds_has_no_severity():
    """There is nothing to tell."""
    assert _cell(_off_by(0.0)).severity is None
