"""What takes long beside the explainer is ended by the clock too."""

from dataclasses import replace
from random import Random
from time import sleep

import pytest

from axiomcheck.axioms import AXIOMS
from axiomcheck.engine.causes import set_aside
from axiomcheck.engine.causes.set_aside import SetAside
from axiomcheck.engine.judge import Judge
from axiomcheck.engine.population import RandomNetworks
from axiomcheck.engine.question import LEAST, Budget
from axiomcheck.engine.runtime.deadline import Deadline, TimedOut
from axiomcheck.engine.runtime.supervisor import Answer
from axiomcheck.engine.screen import screen
from axiomcheck.engine.search import search
from axiomcheck.engine.tasks import LOADING, ending
from axiomcheck.explainers import locate
from axiomcheck.networks import Case, Family, Linear, Network
from axiomcheck.results.cause import Cause


class _Slow(RandomNetworks):
    """A population whose cases take an hour to draw."""

    def draw(self, axiom, block):
        """Sleep."""
        sleep(3600)


def test_a_draw_that_takes_long_is_ended():
    """Neither a search nor a screen waits for a case for longer than there is time."""
    judge = Judge(locate("gradient").explain, AXIOMS["conservation"], deadline=Deadline.after(0.05))
    population = _Slow(Family.parse("biased"))
    searched = search(judge, population, 5, Random(0))
    screened = screen(judge, population, 5, Random(0))
    assert (searched.drawn, screened.effective, screened.timed_out) == (0, 0, 5)


class _Told(Deadline):
    """A deadline that has come when somebody says so."""

    come: bool = False

    @property
    def left(self):
        """Nothing, once it has come."""
        return 0.0 if type(self).come else 1.0


def test_a_cause_that_was_cut_short_is_none(monkeypatch):
    """A failure whose cause was still sought when time was up is neither known nor new."""

    def slow(*_):
        monkeypatch.setattr(_Told, "come", True)
        return Cause("Sum", "somewhere", (), (), "gross")

    monkeypatch.setattr(set_aside, "cause_of", slow)
    case = Case(Network((Linear(((1.0,),), (1.0,)),)), (0.0,), ((1.0,),))
    judge = SetAside.of(Judge(locate("grad-x-input").explain, AXIOMS["conservation"], deadline=_Told()))
    known = judge.without([Cause("Sum", "elsewhere", (), (), "gross")])
    assert known(case).kind == "timed out"
    assert replace(known, deadline=Deadline())(case).kind == "violated"


def test_an_outer_moment_rings_after_an_inner_one_was_kept():
    """Work that keeps another deadline inside is ended by its own."""

    def work():
        Deadline.after(3600).keep(lambda: None)
        sleep(3600)

    with pytest.raises(TimedOut):
        Deadline.after(0.05).keep(work)


def test_loading_counts():
    """Of a budget is left what loading has not taken, and a little at least; where none was set there is none."""
    assert Budget(timeout=60.0).less(20).timeout == 40
    assert Budget(timeout=60.0).less(90).timeout == LEAST
    assert Budget().less(90).timeout is None


def test_a_process_that_ended_while_it_loaded_says_so():
    """It blames no explainer."""
    answer = Answer(ending="timed out after 4 s and was killed", stage=LOADING, timed_out=True)
    assert ending(answer) == (
        "the process that judged it timed out after 4 s and was killed, loading the model: it takes longer than "
        "--timeout to begin"
    )
