"""What tells one failure from another."""

from dataclasses import replace

import pytest

from axiomcheck.results.cause import Cause

CAUSE = Cause("Sum", "at conv", ("padded",), ("biases", "f = 0"), "approximate")


def test_a_cause_accounts_for_itself_and_for_less():
    """Also for what needs more conditions, is about a stranger layer, or is less grave."""
    for other in (
        CAUSE,
        replace(CAUSE, conditions=("an input is 0", "biases", "f = 0")),
        replace(CAUSE, traits=("padded", "with a stride")),
        replace(CAUSE, severity="numerical"),
    ):
        assert CAUSE.accounts_for(other)


@pytest.mark.parametrize(
    "change",
    [
        {"failure": "Sum jump"},
        {"where": "at linear"},
        {"traits": ()},
        {"conditions": ("f = 0",)},
        {"severity": "gross"},
    ],
)
def test_what_is_new_is_not_accounted_for(change):
    """Another failure, another place, fewer conditions, or a graver one."""
    assert not CAUSE.accounts_for(replace(CAUSE, **change))


def test_two_cases_have_a_cause_in_common():
    """Conditions that one of them does without are not needed; the graver one counts."""
    other = replace(CAUSE, traits=("padded", "in groups"), conditions=("f = 0",), severity="gross")
    assert CAUSE.common(other) == Cause("Sum", "at conv", ("padded",), ("f = 0",), "gross")
