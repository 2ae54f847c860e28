"""The one thread that touches the learner's data, so that the screen never waits for a disk."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from studybuddy.core.errors import StoreReadOnlyError
from studybuddy.study.launch import Launch
from studybuddy.study.wiring import Study, understood

T = TypeVar("T")


def _opened(launch: Launch, writer: str) -> Study:
    """The learner's study; for reading alone where there is data and nothing can be saved."""
    try:
        return Study(launch, writer=writer, running_clock=True)
    except StoreReadOnlyError:
        study = Study(launch, running_clock=True)
        if study.desk.store.log.last_instant_ms():
            return study
        study.close()
        raise


class StudyThread:
    """Owns a `Study` and runs questions to it one after the other."""

    def __init__(self, launch: Launch, *, writer: str = "studybuddy") -> None:
        """Open the data in the thread. `opened` raises what went wrong with it."""
        self.launch = launch
        """What the learner said about data and language when they started the app."""
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="study")
        self._study: Future[Study] = self._executor.submit(_opened, launch, writer)
        self._closed = False

    def now(self, question: Callable[[Study], T]) -> T:
        """Ask and wait, for use before the app runs.

        Raises:
            StudybuddyError: the data could not be opened, or whatever the question raises.
        """
        self._study.result()
        return self._executor.submit(self._answer, question).result()

    def _answer(self, question: Callable[[Study], T]) -> T:
        try:
            return question(self._study.result())
        except Exception as error:
            raise understood(error) from error

    async def ask(self, question: Callable[[Study], T]) -> T:
        """Ask from the app without blocking it."""
        return await asyncio.wrap_future(self._executor.submit(self._answer, question))

    def close(self) -> None:
        """Finish what is asked, let go of the data, and end the thread. Closing twice does nothing."""
        if self._closed:
            return
        self._closed = True

        def release() -> None:
            if self._study.exception() is None:
                self._study.result().close()

        self._executor.submit(release)
        self._executor.shutdown(wait=True)
