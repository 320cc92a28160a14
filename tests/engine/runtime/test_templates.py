"""Templates: what several tasks need is prepared once, and each is answered in a copy that can harm nothing."""

import os
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from axiomcheck.engine.runtime.child import Limits
from axiomcheck.engine.runtime.supervisor import Answer
from axiomcheck.engine.runtime.templates import supervise_batches

if sys.platform != "linux":
    pytest.skip("processes are looked up in /proc, which only Linux has", allow_module_level=True)

PREPARED = []


def _prepare(task):
    PREPARED.append(f"{os.getpid()} for {task}")


def _die(_):
    os._exit(1)


def _fail(_):
    raise ZeroDivisionError


def _work(task):
    """Do what the task says."""
    deed, _, argument = task.partition(" ")
    return {"prepared": _prepared, "exit": _exit, "sleep": _sleep, "upper": str.upper, "pid": _pid}[deed](argument)


def _prepared(_):
    told = " ".join(PREPARED)
    PREPARED.append("of a copy")
    return told


def _exit(status):
    os._exit(int(status))


def _sleep(seconds):
    time.sleep(float(seconds))
    return "slept"


def _pid(path):
    Path(path).with_suffix(".part").write_text(str(os.getpid()), encoding="ascii")
    Path(path).with_suffix(".part").rename(path)
    return _sleep(1000)


def _answers(*batches, prepare=_prepare, limits=None):
    return dict(supervise_batches(_work, prepare, batches, 2, limits or Limits()))


def test_what_a_batch_needs_is_prepared_once():
    """For its first task, in a process of its own; a task that stands alone is answered without."""
    answers = _answers({4: "prepared x", 2: "prepared y"}, {1: "prepared z"})
    assert answers[4].result == answers[2].result
    assert answers[4].result.endswith(" for prepared x")
    assert not answers[4].result.startswith(f"{os.getpid()} ")
    assert answers[1] == Answer("")
    assert answers.keys() == {1, 2, 4}


def test_a_task_that_dies_or_is_late_leaves_the_others_of_its_batch():
    """Each has a process and a clock of its own."""
    died, late, done = _answers({0: "exit 3", 1: "sleep 1000", 2: "upper a"}, limits=Limits(seconds=8.0)).values()
    assert died == Answer(ending="ended its process with status 3")
    assert (late.timed_out, late.ending) == (True, "timed out after 8 s and was killed")
    assert done == Answer("A")


@pytest.mark.parametrize("prepare", [_die, _fail])
def test_nothing_depends_on_what_is_prepared(prepare):
    """Where that fails, or dies, the tasks are answered as any others."""
    assert _answers({0: "upper a", 1: "upper b"}, prepare=prepare) == {0: Answer("A"), 1: Answer("B")}


def test_nothing_is_left_where_nobody_waits_any_more(tmp_path):
    """Neither the template nor the copy that is at work."""
    path = tmp_path / "pid"
    answers = supervise_batches(_work, _prepare, [{0: "prepared", 1: f"pid {path}"}], 2, Limits())
    template = int(next(answers)[1].result.split()[0])
    _wait_until(path.exists)
    answers.close()
    _wait_until(lambda: _is_gone(template) and _is_gone(int(path.read_text(encoding="ascii"))))


def _is_gone(pid):
    with suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] == "Z"
    return True


def _wait_until(condition):
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)
