"""Which values no other beats, and what is traded for what; certificates are made by hand."""

import io

import pytest
from rich.console import Console

from axiomcheck.reports.selection import Selection, interval, is_better, rate
from axiomcheck.reports.selection_terminal import print_selection
from axiomcheck.results.certificate import Cell, Certificate, Environment

HELD = ("holds", 0)


def _cell(explainer, axiom, verdict, violations=0, effective=100):
    screen = {"drawn": effective, "effective": effective, "violations": violations, "timed_out": 0}
    return Cell(explainer, axiom, "biased", verdict, f"it is {verdict}", screen=screen)


def _selection(**outcomes):
    """Return a selection; for each value what it does on conservation and on continuity."""
    cells = [
        _cell(f"e:p={value}", axiom, *told)
        for value, pair in outcomes.items()
        for axiom, told in zip(("conservation", "continuity"), pair, strict=True)
    ]
    environment = Environment({}, "a machine", "float64", 100, "a distribution")
    certificate = Certificate(environment, 0, tuple(cells))
    return Selection(certificate, "e", "p", tuple(outcomes), tuple(f"e:p={value}" for value in outcomes))


def test_a_value_that_keeps_more_beats_one_that_keeps_less():
    """Nothing is lost by taking a: it keeps what b keeps, and continuity."""
    selection = _selection(a=(HELD, HELD), b=(HELD, ("violated", 50)))
    assert selection.beats("a", "b")
    assert not selection.beats("b", "a")
    assert selection.unbeaten == ("a",)


def test_a_trade_leaves_both():
    """Each keeps what the other loses."""
    selection = _selection(a=(HELD, ("violated", 50)), b=(("violated", 50), HELD))
    assert selection.unbeaten == ("a", "b")
    assert list(selection.sentences()) == [
        "In biased, p = a keeps conservation and loses continuity; p = b keeps continuity and loses conservation."
    ]


def test_who_alone_keeps_an_axiom_is_not_beaten():
    """However rarely the other breaks it: there is a counterexample to show."""
    selection = _selection(a=(HELD, ("violated", 50)), b=(("violated", 1), HELD), c=(HELD, ("violated", 90)))
    assert selection.unbeaten == ("a", "b")


def test_fewer_violations_are_better_only_beyond_chance():
    """Of 100 cases 10 and 60 are apart, 10 and 14 are not."""
    rare, more, often = (_cell("e", "continuity", "violated", count) for count in (10, 14, 60))
    assert is_better(rare, often)
    assert not is_better(often, rare)
    assert not is_better(rare, more)
    assert not is_better(rare, rare)
    assert not is_better(_cell("e", "continuity", "holds"), _cell("e", "continuity", "violated", 1))


def test_what_was_not_judged_neither_beats_nor_is_beaten():
    """Unsupported and inconclusive cells say nothing of a value."""
    held, unknown = _cell("e", "continuity", "holds"), _cell("e", "continuity", "unsupported", effective=0)
    assert not is_better(held, unknown)
    assert not is_better(unknown, _cell("e", "continuity", "violated", 100))
    assert rate(unknown) is None
    assert interval(unknown) == (0.0, 1.0)


def test_errors_are_no_better_than_violations():
    """A value on which the explainer raises loses the axiom."""
    selection = _selection(a=(HELD, HELD), b=(HELD, ("error", 0)))
    assert selection.unbeaten == ("a",)


def test_the_interval_is_that_of_clopper_and_pearson():
    """For none of n it ends where (1 - p)^n = 2.5 %; for n of n it begins where p^n is."""
    assert interval(_cell("e", "continuity", "holds", 0)) == pytest.approx((0, 1 - 0.025 ** (1 / 100)))
    assert interval(_cell("e", "continuity", "violated", 100)) == pytest.approx((0.025 ** (1 / 100), 1))


def test_all_values_alike_are_told_in_one_clause():
    """With one outcome there is no trade."""
    selection = _selection(a=(HELD, HELD), b=(HELD, HELD))
    assert selection.unbeaten == ("a", "b")
    assert list(selection.sentences()) == [
        "In biased, all values: p = a, b keeps conservation and continuity and loses none."
    ]


def test_the_terminal_shows_verdicts_shares_and_the_trade():
    """Everything that the decision rests on is on the screen."""
    out = io.StringIO()
    print_selection(_selection(a=(HELD, ("violated", 50)), b=(("violated", 20), HELD)), Console(file=out, width=100))
    text = " ".join(out.getvalue().split())
    assert "✘ 50 %" in text
    assert "✘ 20 %" in text
    assert "No other value beats p = a, b on all axioms by more than chance." in text
