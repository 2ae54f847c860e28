"""Work in a thread of its own, of which nobody has to see the end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from typing import TypeVar

T = TypeVar("T")


async def beside(work: Callable[[], T]) -> T:
    """Do something beside the screen; whoever stops waiting, and the end of the app, leave it alone.

    A pool of threads would be waited for when the app ends, and a file system that does not answer with it.
    """
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()

    def deliver(result: T | None, error: BaseException | None) -> None:
        if future.done():
            return
        if error is not None:
            future.set_exception(error)
        else:
            future.set_result(result)  # type: ignore[arg-type]  # a T where there is no error

    def run() -> None:
        result, error = None, None
        try:
            result = work()
        except BaseException as failed:
            error = failed
        with suppress(RuntimeError):  # the app has ended
            loop.call_soon_threadsafe(deliver, result, error)

    Thread(target=run, name="beside", daemon=True).start()
    return await future
