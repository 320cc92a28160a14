"""The time of a cell: what ends when it is up, and what is told of it."""

import signal
import sys
from threading import Thread
from time import sleep

import pytest

from axiomcheck.axioms import AXIOMS
from axiomcheck.engine.cell import run
from axiomcheck.engine.question import Budget, Question
from axiomcheck.engine.runtime.deadline import Deadline, TimedOut
from axiomcheck.explainers import locate
from axiomcheck.networks import Family


def _cell(explain, timeout, axiom="conservation"):
    return run(Question(locate(explain), AXIOMS[axiom], Family.parse("biased"), Budget(200, timeout=timeout)))


def _shares(model, inputs, target):
    return (model(inputs).gather(1, target[:, None]).detach() / inputs.shape[1]).expand_as(inputs)


def _hanging(model, inputs, target):
    while True:
        try:
            sleep(60)
        except Exception:  # noqa: BLE001 - explainers do that
            continue


def test_none_by_default():
    """Without a limit nothing is watched."""
    assert Deadline().keep(lambda: 3) == 3
    assert Deadline.after(None) == Deadline()


def test_what_goes_on_is_ended():
    """An explainer that hangs, and catches all exceptions, is ended; the alarm of others is put back."""
    with pytest.raises(TimedOut):
        Deadline.after(0.05).keep(lambda: _hanging(None, None, None))


def _spins():
    while True:
        pass


def test_the_time_of_the_processor():
    """What waits spends no time of the processor, and what computes is ended; the timer is put back."""
    Deadline.after(0.05, "processor").keep(lambda: sleep(0.1))
    with pytest.raises(TimedOut):
        Deadline.after(0.05, "processor").keep(_spins)
    assert signal.getitimer(signal.ITIMER_PROF) == (0, 0)


class _Deaf:
    """What drops the alarm, as Python drops all that is raised in ``__del__``."""

    def __del__(self):
        sleep(0.3)


def _deaf_first():
    _Deaf()
    _hanging(None, None, None)


def test_an_alarm_that_is_dropped_rings_again(capsys):
    """Where the first one rings in ``__del__``, or in a callback of the garbage collector, another one ends it."""
    before = sys.unraisablehook
    with pytest.raises(TimedOut):
        Deadline.after(0.05).keep(_deaf_first)
    assert sys.unraisablehook is before
    assert "TimedOut" not in capsys.readouterr().err


def test_what_is_late_does_not_begin():
    """Once the time is up nothing runs any more."""
    with pytest.raises(TimedOut):
        Deadline.after(-1).keep(lambda: pytest.fail("it ran"))


def test_no_alarm_is_left_ringing():
    """Wherever it rings, also as it is set and as it is put off: it never rings again, nor in what comes after."""
    before = signal.getsignal(signal.SIGALRM)
    late = 0
    for number in range(20_000):
        try:
            Deadline.after((5 + number % 40) * 1e-6).keep(lambda: sum(range(50)))
        except TimedOut:
            late += 1
        assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
        assert signal.getsignal(signal.SIGALRM) is before
    assert late


def test_off_the_main_thread_it_is_seen_at_the_beginning():
    """Other threads get no signals; what runs there is not ended, and not begun when late."""
    seen = []

    def watched():
        Deadline.after(5).keep(lambda: seen.append("ran"))
        try:
            Deadline.after(-1).keep(lambda: seen.append("ran again"))
        except TimedOut:
            seen.append("late")

    thread = Thread(target=watched)
    thread.start()
    thread.join()
    assert seen == ["ran", "late"]


def test_a_cell_whose_explainer_hangs_is_inconclusive():
    """Its cases are counted as timed out, and the reason says so."""
    cell = _cell(_hanging, 0.4)
    assert cell.verdict == "inconclusive"
    assert cell.screen == {
        "drawn": 200,
        "effective": 0,
        "violations": 0,
        "timed_out": 200,
        "undecided": 0,
        "refused": 0,
    }
    assert cell.reason.endswith("200 cases timed out")


def test_a_violation_found_in_time_stands():
    """What was found before the time was up is confirmed, if not shrunk to the end."""

    def wrong_then_slow(model, inputs, target, calls=[]):  # noqa: B006 - it counts its calls
        calls.append(1)
        if len(calls) > 20:
            sleep(0.05)
        return _shares(model, inputs, target) + 1

    cell = _cell(wrong_then_slow, 1.0)
    assert cell.verdict == "violated"
    assert cell.counterexample is not None


def _slow_after(count):
    """Return an explainer that is wrong, and from a call on does not return; its calls, and those that ended late."""
    calls, late = [], []

    def wrong_then_hanging(model, inputs, target):
        calls.append(1)
        if len(calls) > count:
            sleep(100)
            late.append(1)
        return _shares(model, inputs, target) + 1

    return wrong_then_hanging, calls, late


def test_what_hangs_after_shrinking_leaves_the_case_as_it_was_found():
    """Judged twice before, it is the counterexample; shrinking has its end and confirming another one."""
    every, calls, _ = _slow_after(10**9)
    _cell(every, None)
    hanging, _, late = _slow_after(len(calls) - 2)
    cell = _cell(hanging, 2.0)
    assert (cell.verdict, cell.counterexample is not None) == ("violated", True)
    assert not late


def test_what_hangs_when_it_is_confirmed_is_no_counterexample():
    """A failure that was seen once is told, and convicts nobody."""
    hanging, _, late = _slow_after(1)
    cell = _cell(hanging, 1.0)
    assert not late
    assert (cell.verdict, cell.counterexample) == ("inconclusive", None)
    assert cell.reason.startswith("a failure was seen, and time was up before it could be seen again")


def test_enough_time_changes_nothing():
    """A cell that ends in time says what it says without a limit."""
    limited, free = _cell(_shares, 600), _cell(_shares, None)
    assert limited.verdict == "holds"
    assert (limited.reason, limited.search, limited.screen) == (free.reason, free.search, free.screen)
