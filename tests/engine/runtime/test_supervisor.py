"""Worker processes: each task has its own, and nothing that happens there reaches another, or is left."""

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from axiomcheck.engine.runtime.child import Limits
from axiomcheck.engine.runtime.stage import enter
from axiomcheck.engine.runtime.supervisor import Answer, supervise

if sys.platform != "linux":
    pytest.skip("processes are looked up in /proc, which only Linux has", allow_module_level=True)


def _work(task):
    """Do what the task says, one of the things that go wrong in workers."""
    deed, _, argument = task.partition(" ")
    enter(f"stage of {deed}")
    return _DEEDS[deed](argument)


def _exhaust_memory(_):
    chunks = []
    try:
        while True:
            chunks.append(bytearray(64 << 20))
    except MemoryError:
        return "MemoryError"


def _leave_a_child(path):
    Path(path).write_text(str(subprocess.Popen(["sleep", "4242"]).pid), encoding="ascii")
    return "done"


def _leave_a_thread(_):
    from threading import Thread

    Thread(target=time.sleep, args=(100_000,)).start()
    return "done"


def _swallow(_):
    while True:
        with suppress(BaseException):
            time.sleep(0.01)


_DEEDS = {
    "upper": str.upper,
    "exit": lambda status: os._exit(int(status)),
    "kill": lambda name: os.kill(os.getpid(), signal.Signals[name]),
    "raise": lambda _: 1 / 0,
    "sleep": lambda seconds: time.sleep(float(seconds)),
    "backtrack": lambda _: str(re.match(r"(a+)+$", "a" * 60 + "b")),
    "swallow": _swallow,
    "memory": _exhaust_memory,
    "print": lambda count: str(sys.stdout.write("x" * int(count))),
    "shout": lambda words: print(words) or os._exit(4),
    "input": lambda _: repr(sys.stdin.read()),
    "close": lambda _: os.closerange(0, 256) or "still here",
    "folder": lambda _: Path("made here").write_text("x", encoding="ascii") and str(Path.cwd()),
    "child": _leave_a_child,
    "thread": _leave_a_thread,
}


def _answers(tasks, jobs=2, limits=None):
    found = supervise(_work, tasks, jobs, limits or Limits())
    return [answer for _, answer in sorted(found, key=lambda pair: pair[0])]


def _is_gone(pid):
    stat = Path(f"/proc/{pid}/stat")
    return not stat.exists() or stat.read_text(encoding="ascii").rpartition(")")[2].split()[0] == "Z"


def _wait_until(condition):
    end = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_each_task_has_its_answer():
    """In whatever order they are done."""
    assert _answers(["upper a", "upper b", "upper c"]) == [Answer("A"), Answer("B"), Answer("C")]


def test_without_tasks_nothing_is_started():
    """Not a process."""
    assert _answers([]) == []


@pytest.mark.parametrize(
    ("task", "ending"),
    [
        ("exit 0", "ended its process with status 0"),
        ("exit 3", "ended its process with status 3"),
        ("kill SIGSEGV", "died of SIGSEGV"),
        ("kill SIGKILL", "died of SIGKILL"),
        ("raise", "failed: ZeroDivisionError: division by zero"),
    ],
)
def test_the_death_of_one_is_no_matter_of_the_others(task, ending):
    """How its process ended is said, and at which stage; the others have their answers."""
    first, dead, last = _answers(["upper a", task, "upper b"])
    assert (first.result, last.result) == ("A", "B")
    assert (dead.result, dead.ending, dead.stage) == ("", ending, f"stage of {task.split()[0]}")


@pytest.mark.parametrize("task", ["sleep 1000", "backtrack", "swallow"])
def test_what_is_late_is_killed_by_the_clock(task):
    """Though it sleeps, never leaves C, or swallows whatever is raised in it."""
    start = time.monotonic()
    late, other = _answers([task, "upper a"], limits=Limits(seconds=1))
    assert (late.ending, late.timed_out) == ("timed out after 1 s and was killed", True)
    assert other.result == "A"
    assert time.monotonic() - start < 10


def test_memory_is_limited():
    """An explainer that takes all there is gets a ``MemoryError``, and the machine goes on."""
    (answer,) = _answers(["memory"], limits=Limits(memory=1 << 29))
    assert answer.result == "MemoryError"


def test_the_end_of_the_output_is_kept_and_no_more():
    """Fifty megabytes do not fill the parent, and what a process said before it died is told."""
    assert _answers(["print 50000000"])[0].result == "50000000"
    dead = _answers(["shout no such file"])[0]
    assert (dead.ending, dead.output) == ("ended its process with status 4", "no such file")


def test_there_is_no_standard_input():
    """What asks for some gets none, and does not wait."""
    assert _answers(["input"])[0].result == "''"


def test_closing_all_files_does_not_close_the_way_back():
    """Its pipe has a number that nobody thinks of."""
    assert _answers(["close"])[0].result == "still here"


def test_each_has_a_folder_of_its_own_which_goes_with_it():
    """What is written there is gone, and the current directory of the parent is as before."""
    before = Path.cwd()
    one, other = (Path(answer.result) for answer in _answers(["folder", "folder"]))
    assert one != other
    assert not one.exists()
    assert not other.exists()
    assert Path.cwd() == before


def test_what_a_task_has_started_ends_with_it(tmp_path):
    """Its processes are killed, its threads keep nothing alive."""
    path = tmp_path / "pid"
    assert [answer.result for answer in _answers([f"child {path}", "thread"])] == ["done", "done"]
    _wait_until(lambda: _is_gone(path.read_text(encoding="ascii")))


def test_nothing_is_left_where_nobody_waits_any_more():
    """The generator is closed after the first answer: the task that still runs is killed."""
    answers = supervise(_work, ["upper a", "sleep 1000"], 2, Limits())
    assert next(answers)[1].result == "A"
    start = time.monotonic()
    answers.close()
    assert time.monotonic() - start < 10


PARENT = """
import sys
sys.path.insert(0, {folder!r})
from sleeping import work
from axiomcheck.engine.runtime.child import Limits
from axiomcheck.engine.runtime.supervisor import supervise

if __name__ == "__main__":
    list(supervise(work, ["60"], 1, Limits()))
"""
CHILD = """
import os, time
from pathlib import Path

def work(seconds):
    path = Path(__file__).with_name("pid")
    path.with_suffix(".part").write_text(str(os.getpid()))
    path.with_suffix(".part").rename(path)
    time.sleep(float(seconds))
"""


def test_a_process_does_not_outlive_who_waits_for_it(tmp_path):
    """Killed without a chance to say so, it takes its workers along, whatever they are at."""
    (tmp_path / "sleeping.py").write_text(CHILD)
    (tmp_path / "parent.py").write_text(PARENT.format(folder=str(tmp_path)))
    parent = subprocess.Popen([sys.executable, str(tmp_path / "parent.py")], cwd=tmp_path)
    _wait_until((tmp_path / "pid").exists)
    child = int((tmp_path / "pid").read_text())
    assert not _is_gone(child)
    parent.kill()
    parent.wait()
    _wait_until(lambda: _is_gone(child))


def test_the_main_module_is_not_run_again(tmp_path):
    """A script without a guard, or one that was read from standard input, would do all that it does once more."""
    script = (
        "from axiomcheck.engine.runtime.child import Limits\n"
        "from axiomcheck.engine.runtime.supervisor import supervise\n"
        "print([answer.result for _, answer in supervise(str.upper, ['a'], 1, Limits())])\n"
    )
    (tmp_path / "unguarded.py").write_text(script)
    for command, text in ((["unguarded.py"], None), (["-"], script)):
        done = subprocess.run(
            [sys.executable, *command], input=text, cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert (done.stdout, done.stderr) == ("['A']\n", "")


def test_locks_that_a_task_leaves_are_no_leak(tmp_path):
    """Those of progress bars, say, are made as in any process, so that nothing is told of them at the end."""
    (tmp_path / "locking.py").write_text(
        "from multiprocessing import RLock\n\nkept = []\n\n\n"
        "def lock(text):\n    kept.append(RLock())\n    return text\n",
        encoding="utf-8",
    )
    script = (
        "from axiomcheck.engine.runtime.child import Limits\n"
        "from axiomcheck.engine.runtime.supervisor import supervise\n"
        "from locking import lock\n"
        "print([answer.result for _, answer in supervise(lock, ['a'], 1, Limits())])\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("['a']\n", "")
