"""The bound, and the sample it rests on."""

from math import inf
from random import Random

import pytest
from scipy.stats import binomtest

from axiomcheck.axioms import AXIOMS, Gap
from axiomcheck.axioms.axiom import axiom
from axiomcheck.axioms.observation import Observation
from axiomcheck.engine.judge import Judge, Outcome
from axiomcheck.engine.screen import Screen, quantiles, rate_upper_bound, screen
from axiomcheck.explainers import locate
from axiomcheck.networks import Case, Family, Linear, Network


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
    """It judges as many effective cases as were asked for, and keeps the first violation."""
    judge = Judge(locate("gradient").explain, AXIOMS["conservation"])
    result = screen(judge, Family.parse("biased"), 60, Random(1))
    assert (result.effective, result.timed_out) == (60, 0)
    assert 1 < result.violations <= 60 <= result.drawn
    assert judge(result.failed).kind == "violated"


NETWORK = Network((Linear(((1.0,),), (0.0,)),))


def _of_known_rate(rate, vacuous):
    """Return a judge of cases of which a known share is vacuous, and of the others a known share violated."""

    def draws(block, family):
        return Case(NETWORK, (int.from_bytes(block[:4]) / 2**32,), ((int.from_bytes(block[4:8]) / 2**32,),))

    @axiom(cites="nobody", draws=draws, observes=Observation, script=str, verb="is")
    def sometimes(explain, case):
        """Hold in a known share of cases."""
        yield Gap(float(case.baseline[0] < rate), 0.0, vacuous=case.inputs[0][0] < vacuous)

    return Judge(locate("uniform").explain, sometimes)


@pytest.mark.parametrize(("rate", "vacuous"), [(0.01, 0.0), (0.05, 0.6), (0.3, 0.3)])
def test_the_bound_of_a_screen_covers_the_known_rate(rate, vacuous):
    """Whole screens, vacuous cases among them, bound the true rate in 95 % of 400 runs (less three standard errors)."""
    judge = _of_known_rate(rate, vacuous)
    screens = [screen(judge, Family(), 60, Random(number)) for number in range(400)]
    covered = sum(rate_upper_bound(found.violations, found.effective) >= rate for found in screens) / 400
    assert covered >= 0.95 - 3 * (0.95 * 0.05 / 400) ** 0.5
    assert {found.effective for found in screens} == {60}


def test_rare_cases_end_a_screen():
    """Where next to nothing shows anything it ends after four cases for each that was wanted, and says why."""
    result = screen(_of_known_rate(0.0, 0.99), Family(), 100, Random(1))
    assert result.drawn == 400
    assert result.effective < 20
    assert result.silent.most_common(1) == [("vacuous", 400 - result.effective)]


def test_figures_are_those_of_the_effective_cases():
    """The median and the maximum of each are told."""
    counted = Screen()
    for kind, value in (("holds", 1.0), ("violated", 4.0), ("holds", 2.0), ("vacuous", 9.0)):
        counted.count(Case(NETWORK, (0.0,)), Outcome(kind, figures={"length": value}))
    assert counted.figures == {"length": {"median": 2.0, "max": 4.0}}


def test_curves_are_medians_place_by_place():
    """Of effective cases alone, where at least five have a number; a number that is none is left out."""
    counted = Screen()
    for value in (1.0, 5.0, 2.0, 4.0, 3.0, inf):
        curves = {"size over depth": [(1.0, value), (2.0, 10 * value)][: 2 if value > 1 else 1]}
        counted.count(Case(NETWORK, (0.0,)), Outcome("holds", gap=value, curves=curves))
    counted.count(Case(NETWORK, (0.0,)), Outcome("vacuous", gap=99.0, curves={"size over depth": [(1.0, 99.0)]}))
    assert counted.curves["size over depth"] == [(1.0, 3.0)]


def test_gaps_are_told_in_their_order():
    """Of the numbers 0 to 20 every twentieth is one of them; of two the smaller fills the first half."""
    assert quantiles([float(number) for number in reversed(range(21))]) == [(n / 20, float(n)) for n in range(21)]
    assert [gap for _, gap in quantiles([7.0, 1.0])] == [1.0] * 11 + [7.0] * 10
    assert Screen().curves == {}
