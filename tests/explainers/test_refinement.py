"""An explainer with more points is the same explainer."""

from dataclasses import dataclass

import pytest
import torch
from torch import nn

from axiomcheck.explainers import declaration, explainer
from axiomcheck.explainers.refinement import points_of, refined, steps_of


@explainer(tolerance=0.25)
def count(model, inputs, target, *, baseline, n_steps=7):
    """Return how many points it has."""
    return torch.full_like(inputs, n_steps)


def unsaid(model, inputs, target, *, baseline, steps):
    """Say not how many points there are unless it is told."""


def switched(model, inputs, target, *, baseline, steps=True):
    """Have a switch that is called so, and no count."""


@dataclass(frozen=True)
class Own:
    """It says itself how it is refined."""

    count: int = 2

    @property
    def steps(self):
        """The name of its option."""
        return "points"

    def refined(self, factor):
        """Return it with more points."""
        return Own(self.count * factor)

    @property
    def points(self):
        """How many there are."""
        return self.count

    def __call__(self, model, inputs, target):
        """Explain nothing."""


def test_the_option_is_multiplied_and_all_else_stays():
    """Three times 7 points are 21, and what it declares is as before."""
    more = refined(count, 3)
    ones = torch.ones(1, 2)
    assert more(nn.Identity(), ones, torch.zeros(1), baseline=ones).tolist() == [[21.0, 21.0]]
    assert declaration(more) == declaration(count)
    assert steps_of(more) == steps_of(count) == "n_steps"


@pytest.mark.parametrize("explain", [unsaid, switched, lambda model, inputs, target: inputs])
def test_where_nothing_says_how_many_there_is_no_option(explain):
    """An option without a default, a switch, and none at all."""
    assert steps_of(explain) == ""


def test_explainers_may_say_it_themselves():
    """By a property and a method."""
    assert (steps_of(Own()), refined(Own(), 5)) == ("points", Own(10))
    assert (points_of(Own()), points_of(count)) == (2, 7)
