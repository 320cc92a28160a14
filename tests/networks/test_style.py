"""Styles of code."""

from itertools import product

import pytest

from axiomcheck.networks import Style, UnknownName
from axiomcheck.networks.style import OPTIONS, PLAIN

ALL = [Style(*values) for values in product(*OPTIONS.values())]


def test_there_are_two_hundred_and_forty():
    """Three layouts, five ReLUs, and four times two of the others: 3 · 5 · 2⁴."""
    assert len(set(ALL)) == 240
    assert ALL[0] == PLAIN


@pytest.mark.parametrize("name", OPTIONS)
def test_unknown_values_are_told(name):
    """A value that an option has not is told with those that it has."""
    with pytest.raises(UnknownName, match=f"unknown style {name}= 'new'; known are {', '.join(OPTIONS[name])}"):
        Style(**{name: "new"})


def test_misspelt_values_are_guessed():
    """One letter wrong is told with the right word."""
    with pytest.raises(UnknownName, match="did you mean 'functional'"):
        Style(relu="functionl")


def test_only_the_plain_style_costs_nothing():
    """The cost counts the options that are not the plain ones."""
    assert [style for style in ALL if not style.cost] == [PLAIN]
    assert max(style.cost for style in ALL) == len(OPTIONS)
    assert all(
        Style(**{name: value}).cost == (value != values[0]) for name, values in OPTIONS.items() for value in values
    )


@pytest.mark.parametrize(
    ("style", "forward"),
    [
        (PLAIN, False),
        (Style(relu="reused", residual="module", weights="shared"), False),
        (Style(relu="inplace"), False),
        (Style(layout="forward"), True),
        (Style(layout="blocks"), True),
        (Style(relu="functional"), True),
        (Style(relu="clamp"), True),
        (Style(linear="functional"), True),
        (Style(pool="functional"), True),
    ],
)
def test_functions_need_a_forward(style, forward):
    """An ``nn.Sequential`` holds modules; what calls functions is a forward, whatever the layout says."""
    assert style.has_forward is forward
