"""Workers: tasks in processes, one of which dies."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from time import sleep

import pytest

from axiomcheck.engine.runtime.workers import in_processes


def _square(number):
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number**2


def test_the_death_of_one_is_no_matter_of_the_others():
    """Each task has its own result, and the one that its process died of what is said of such."""
    found = dict(in_processes(_square, [1, 2, 3, 4, 5], 2, lambda task: f"{task} is dead"))
    assert found == {0: 1, 1: 4, 2: "3 is dead", 3: 16, 4: 25}


def test_no_tasks():
    """There is nothing to do, and no process is started."""
    assert list(in_processes(_square, [], 4, str)) == []


PARENT = """
import sys
sys.path.insert(0, {folder!r})
from sleeping import sleep
from axiomcheck.engine.runtime.workers import in_processes

if __name__ == "__main__":
    list(in_processes(sleep, [60], 1, str))
"""

CHILD = """
import os, time
from pathlib import Path

def sleep(seconds):
    path = Path(__file__).with_name("pid")
    path.with_suffix(".part").write_text(str(os.getpid()))
    path.with_suffix(".part").rename(path)
    time.sleep(seconds)
"""


def _wait_until(done):
    for _ in range(300):
        if done():
            return True
        sleep(0.1)
    return False


def _is_gone(pid):
    stat = Path(f"/proc/{pid}/stat")
    return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] == "Z"


@pytest.mark.skipif(
    sys.platform != "linux", reason="whether a process is gone is read from /proc, which only Linux has"
)
def test_a_process_does_not_outlive_who_waits_for_it(tmp_path):
    """Killed without a chance to say so, it takes its workers along, whatever they are at."""
    (tmp_path / "sleeping.py").write_text(CHILD)
    (tmp_path / "parent.py").write_text(PARENT.format(folder=str(tmp_path)))
    parent = subprocess.Popen([sys.executable, str(tmp_path / "parent.py")], cwd=tmp_path)
    assert _wait_until((tmp_path / "pid").exists)
    child = int((tmp_path / "pid").read_text())
    assert not _is_gone(child)
    parent.kill()
    parent.wait()
    assert _wait_until(lambda: _is_gone(child))
