"""Observations: what an axiom saw, by name, and the sentence that tells it."""

from dataclasses import fields

import pytest

from axiomcheck.axioms import AXIOMS, OBSERVATIONS, CallError, MethodDifference
from axiomcheck.axioms.batch_consistency import BatchDifference
from axiomcheck.axioms.conservation import Sum
from axiomcheck.axioms.continuity import Jump
from axiomcheck.axioms.demand_monotonicity import ScoreFall
from axiomcheck.axioms.observation import names


def test_sentences_are_filled_from_the_fields():
    """Numbers as readers want them; names stand as they are, whatever they hold."""
    assert Sum((1.0, 2.0), (3.0, -1.5), 1.5, "f(x)", 2.0).sentence() == (
        "at x = (1, 2) the scores sum to 1.5 where f(x) = 2"
    )
    assert MethodDifference((1.0,), (2.0,), (3.0,), "{mine}").sentence() == (
        "at x = (1) the scores are (2), and those of {mine} are (3)"
    )
    assert CallError("it raised ValueError: {").sentence() == "it raised ValueError: {"


def test_sentences_say_what_follows_from_the_fields():
    """The verb of a break, the other items of a batch, the name of a variable."""
    sides = ((0.0,), (2.0,))
    assert (
        "the scores grow without bound, from (1) to (9)"
        in Jump((1.0,), (1.0,), (9.0,), 0.5, "blow-up", sides).sentence()
    )
    batch = BatchDifference((1.0,), (4.0,), (0.0,), ((1.0,), (5.0,), (3.0,)))
    assert batch.sentence() == "at x = (1) the scores are (0) alone, and (4) in a batch with (5), (3)"
    assert (
        ScoreFall((0.0,), (1.0,), 2.0, 1.0, 0).sentence().startswith("f never falls in x1, but its score falls from 2")
    )
    assert names((0, 2)) == "x1, x3"


@pytest.mark.parametrize("name", AXIOMS)
def test_labels_name_fields(name):
    """What drawings show is a field; a file finds the class by its name."""
    kind = AXIOMS[name].observes
    assert set(kind.labels) <= {field.name for field in fields(kind)}
    assert OBSERVATIONS[kind.__name__] is kind


def test_each_axiom_has_a_class_of_its_own():
    """The name in a file says which axiom wrote it."""
    assert len(OBSERVATIONS) == len(AXIOMS) + 2


def test_an_exception_is_one_event_whatever_its_message():
    """Sizes in a message of torch differ from case to case; what returns no scores is told by what it returns."""
    assert CallError("it raised RuntimeError: 3 channels, not 2\n(mine.py:4)").event == "it raised RuntimeError"
    assert CallError("it returned None").event == "it returned None"
