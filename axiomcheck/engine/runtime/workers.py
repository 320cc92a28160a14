"""Workers: one process a task at a time, so that it is known which task a process died of."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

DIED = "the process that judged it died: it ran out of memory, or code below Python ended it"


def in_processes(
    work: Callable[[T], R], tasks: Sequence[T], jobs: int, died: Callable[[T], R]
) -> Iterator[tuple[int, R]]:
    """Yield the number and the result of each task as it is done, worked on in ``jobs`` fresh processes.

    Where the process died of a task, ``died`` says what its result is, and another process takes over.
    """
    pool = _Pool(work, min(jobs, len(tasks)))
    try:
        waiting = list(enumerate(tasks))[::-1]
        while waiting or pool.running:
            while waiting and pool.idle:
                pool.start(*waiting.pop())
            for number, task, future in pool.done():
                try:
                    yield number, future.result()
                except BrokenProcessPool:
                    yield number, died(task)
    finally:
        pool.close()


class _Pool(Generic[T, R]):
    """Executors of one process each: those that are idle, and those that run with their task."""

    def __init__(self, work: Callable[[T], R], size: int) -> None:
        self._work = work
        self.idle = [_executor() for _ in range(size)]
        self.running: dict[Future[R], tuple[ProcessPoolExecutor, int, T]] = {}

    def start(self, number: int, task: T) -> None:
        """Give the task to an idle process."""
        executor = self.idle.pop()
        self.running[executor.submit(self._work, task)] = (executor, number, task)

    def done(self) -> list[tuple[int, T, Future[R]]]:
        """Wait for a task, and return those that are done; a process that died is replaced."""
        found = []
        for future in wait(self.running, return_when=FIRST_COMPLETED).done:
            executor, number, task = self.running.pop(future)
            if isinstance(future.exception(), BrokenProcessPool):
                executor.shutdown()
                executor = _executor()
            self.idle.append(executor)
            found.append((number, task, future))
        return found

    def close(self) -> None:
        """End all processes."""
        for executor in (*self.idle, *(executor for executor, _, _ in self.running.values())):
            executor.shutdown(cancel_futures=True)


def _executor() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=_end_with_parent)


def _end_with_parent() -> None:
    """End this process when the one that started it is gone, however that ended: nobody waits for its task any more."""

    def watch() -> None:
        parent = parent_process()
        if parent is not None:
            parent.join()
            os._exit(1)

    Thread(target=watch, daemon=True).start()
