"""Workers: tasks in processes, one of which dies."""

import os
import signal

from axiomcheck.workers import in_processes


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
