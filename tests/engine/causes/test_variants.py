"""What still fails without a condition does not need it."""

import torch

from axiomcheck.axioms import AXIOMS
from axiomcheck.engine.causes.variants import generalise
from axiomcheck.engine.judge import Judge
from axiomcheck.explainers.methods.lrp_epsilon import LRPEpsilon
from axiomcheck.networks import Case, Family, Network
from axiomcheck.networks.layers import Linear

LINE = Network((Linear(((1.0, 1.0),), (1.0,)),))
CASE = Case(LINE, (0.0, 0.0), inputs=((0.0, 0.0),))
ONE = Network((Linear(((1.0,),), (0.0,)),))
BIASED = Family.parse("biased")


def nothing(model, inputs, target):
    """Give no relevance to anybody."""
    return torch.zeros_like(inputs)


def wrong_at_zero(model, inputs, target):
    """Give all of it to each variable where one of them is 0, and else share alike."""
    output = model(inputs).gather(1, target[:, None]).detach()
    zero = (inputs == 0).any(1, keepdim=True)
    return torch.where(zero, output, output / 2).expand_as(inputs)


def _conditions(explainer):
    judge = Judge(explainer, AXIOMS["conservation"])
    return generalise(judge, CASE, judge(CASE), BIASED).conditions


def test_positions_that_are_not_needed_are_dropped():
    """Scores of 0 are wrong everywhere: of the position (0, 0), and of the bias, nothing is left."""
    assert _conditions(nothing) == ()


def test_a_position_that_is_needed_stays():
    """Nothing is wrong off the zeros."""
    assert "an input is 0" in _conditions(wrong_at_zero)


def wrong_with_two(model, inputs, target):
    """Give all of it to each variable where no weight is 0 as well as where one is."""
    return model(inputs).gather(1, target[:, None]).detach().expand_as(inputs) * 2


def test_what_comes_of_zero_weights_is_dropped():
    """A pre-activation that is 0 because all weights are is no condition of scores that are wrong with any weights."""
    nil = Network((Linear(((0.0,),), (0.0,)), Linear(((1.0,),), (1.0,))))
    case = Case(nil, (0.0,), inputs=((1.0,),))
    judge = Judge(wrong_with_two, AXIOMS["conservation"])
    cause = generalise(judge, case, judge(case), BIASED)
    assert "a pre-activation is 0" not in cause.conditions


def test_what_is_needed_to_be_as_bad_stays():
    """ε = 0.01 takes 14 % of a pre-activation of 1/16, and 1 % of one of 1: gross is it where that is small alone."""
    judge, small = Judge(LRPEpsilon(epsilon=0.01), AXIOMS["conservation"]), Case(ONE, (0.0,), inputs=((0.0625,),))
    cause = generalise(judge, small, judge(small), BIASED)
    assert (cause.severity, "a pre-activation is small" in cause.conditions) == ("gross", True)
