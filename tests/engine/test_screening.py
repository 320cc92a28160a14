"""The bound, and the sample it rests on."""

from random import Random

import pytest
from scipy.stats import binomtest

from axiomcheck.axioms import AXIOMS
from axiomcheck.explainers import locate
from axiomcheck.judging import Judge
from axiomcheck.networks import Family
from axiomcheck.screening import rate_upper_bound, screen


@pytest.mark.parametrize(("violations", "effective"), [(0, 500), (0, 59), (3, 100), (99, 100), (100, 100)])
def test_the_bound_is_clopper_and_pearson_s(violations, effective):
    """It is the upper end of scipy's one-sided exact interval."""
    exact = binomtest(violations, effective, alternative="less").proportion_ci(0.95, method="exact").high
    assert rate_upper_bound(violations, effective) == pytest.approx(exact, rel=1e-9)


def test_nothing_seen_bounds_nothing():
    """Without an effective case the rate may be anything."""
    assert rate_upper_bound(0, 0) == 1.0


@pytest.mark.parametrize("rate", [0.005, 0.02, 0.3])
def test_the_bound_covers(rate):
    """In at least 95 % of samples of 200 the bound is above the true rate (3,000 samples, three standard errors)."""
    random = Random(7)
    samples = [sum(random.random() < rate for _ in range(200)) for _ in range(3000)]
    covered = sum(rate_upper_bound(violations, 200) >= rate for violations in samples) / 3000
    assert covered >= 0.95 - 3 * (0.95 * 0.05 / 3000) ** 0.5


def test_a_screen_never_stops_early():
    """It judges every case, and keeps the first violation."""
    judge = Judge(locate("gradient").explain, AXIOMS["conservation"])
    result = screen(judge, Family.parse("biased"), 60, Random(1))
    assert (result.drawn, result.timed_out) == (60, 0)
    assert 1 < result.violations <= result.effective <= 60
    assert judge(result.failed).kind == "violated"
