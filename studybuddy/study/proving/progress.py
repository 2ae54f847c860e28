"""Several runs at a time, and how far they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from studybuddy.runner.warm.workers import Workers

T = TypeVar("T")
HANDS = 2
"""How many programs run at a time: their figures must not depend on how busy the machine is."""


class Crew:
    """Runs programs side by side in children of warm processes. Use as a context manager.

    `told` hears how many of the runs known so far are done, from any thread.
    """

    def __init__(self, told: Callable[[int, int], None] | None = None) -> None:
        self._told = told or (lambda done, known: None)
        self._lock = Lock()
        self._done = self._known = 0
        self._pool = ThreadPoolExecutor(HANDS, thread_name_prefix="proving")
        self._workers: Workers | None = None

    @property
    def workers(self) -> Workers:
        """The warm processes, started with the first run."""
        with self._lock:
            if self._workers is None:
                from studybuddy.runner.warm.workers import Workers

                self._workers = Workers(ahead=False)
            return self._workers

    def all(self, tasks: Sequence[Callable[[], T]]) -> list[T]:
        """The results of some tasks, in their order."""
        self._known += len(tasks)
        return list(self._pool.map(self._run, tasks))

    def _run(self, task: Callable[[], T]) -> T:
        result = task()
        with self._lock:
            self._done += 1
            self._told(self._done, self._known)
        return result

    def __enter__(self) -> Crew:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(cancel_futures=True)
        if self._workers is not None:
            self._workers.close()
