"""The judge's ends of a child's pipes, read without ever waiting for their end.

A process that the program left behind may hold a pipe open for as long as it likes, so the end of a pipe
means nothing here; time and the child's own end do.
"""

from __future__ import annotations

import os
import queue
import selectors
import sys
import threading
from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Protocol

CHUNK = 256 * 1024


class Source(Enum):
    """Which pipe: what the program prints, the harness's messages, Python stacks."""

    OUTPUT = "output"
    RESULT = "result"
    STACK = "stack"


Arrived = tuple[Source, bytes]


class Channels(Protocol):
    """Pipes of one child. Closing them is the last thing done to a run."""

    def poll(self, seconds: float) -> Iterable[Arrived]:
        """What has arrived, waiting at most `seconds` for something to do so."""

    def send(self, data: bytes) -> None:
        """Give the child a request, now or as soon as it reads."""

    @property
    def all_ended(self) -> bool:
        """Whether nobody can write to any of the pipes any more."""

    def close(self) -> None:
        """Give the descriptors back."""


def open_channels(readers: Mapping[Source, int], job: int) -> Channels:
    """Channels over these descriptors, which they own from now on."""
    if sys.platform == "win32":
        return ThreadedChannels(readers, job)
    return SelectedChannels(readers, job)


class SelectedChannels:
    """Channels of POSIX: one selector."""

    def __init__(self, readers: Mapping[Source, int], job: int) -> None:
        self._selector = selectors.DefaultSelector()
        self._readers = dict(readers)
        self._job = job
        self._pending = b""
        for source, descriptor in readers.items():
            os.set_blocking(descriptor, False)
            self._selector.register(descriptor, selectors.EVENT_READ, source)
        os.set_blocking(job, False)

    @property
    def all_ended(self) -> bool:
        """Whether every pipe has come to its end."""
        return not self._readers

    def poll(self, seconds: float) -> list[Arrived]:
        """One read of each pipe that has something, and one write if a request waits."""
        arrived: list[Arrived] = []
        for key, _ in self._selector.select(max(0.0, seconds)):
            if key.fd == self._job:
                self._write()
                continue
            try:
                data = os.read(key.fd, CHUNK)
            except BlockingIOError:
                continue
            if data:
                arrived.append((key.data, data))
            else:
                self._forget(key.data)
        return arrived

    def send(self, data: bytes) -> None:
        """Write what the pipe takes at once, the rest while polling."""
        if not self._pending:
            self._selector.register(self._job, selectors.EVENT_WRITE)
        self._pending += data
        self._write()

    def _write(self) -> None:
        try:
            self._pending = self._pending[os.write(self._job, self._pending) :]
        except BlockingIOError:
            return
        except OSError:  # the child has ended or closed its end; its own end tells the rest
            self._pending = b""
        if not self._pending:
            self._selector.unregister(self._job)

    def _forget(self, source: Source) -> None:
        descriptor = self._readers.pop(source)
        self._selector.unregister(descriptor)
        os.close(descriptor)

    def close(self) -> None:
        """Close every pipe that is still open."""
        for source in list(self._readers):
            self._forget(source)
        os.close(self._job)
        self._selector.close()


class ThreadedChannels:
    """Channels where pipes cannot be selected (Windows): a reading thread for each and one that writes.

    A thread ends with its pipe; it closes its descriptor itself, since closing under a read is not safe.
    """

    def __init__(self, readers: Mapping[Source, int], job: int) -> None:
        self._arrived: queue.Queue[tuple[Source, bytes]] = queue.Queue(maxsize=16)
        self._requests: queue.Queue[bytes] = queue.Queue()
        self._open = set(readers)
        self._closed = threading.Event()
        for source, descriptor in readers.items():
            threading.Thread(target=self._read, args=(source, descriptor), daemon=True).start()
        threading.Thread(target=self._write, args=(job,), daemon=True).start()

    @property
    def all_ended(self) -> bool:
        """Whether every pipe has come to its end."""
        return not self._open

    def poll(self, seconds: float) -> list[Arrived]:
        """The next piece that a thread has read, if it comes in time."""
        try:
            source, data = self._arrived.get(timeout=max(0.001, seconds))
        except queue.Empty:
            return []
        if not data:
            self._open.discard(source)
            return []
        return [(source, data)]

    def send(self, data: bytes) -> None:
        """Leave the request to the writing thread."""
        self._requests.put(data)

    def close(self) -> None:
        """Let the threads end."""
        self._closed.set()
        self._requests.put(b"")

    def _read(self, source: Source, descriptor: int) -> None:
        data = b"-"
        while data and not self._closed.is_set():
            try:
                data = os.read(descriptor, CHUNK)
            except OSError:
                data = b""
            self._put((source, data))
        os.close(descriptor)

    def _put(self, item: Arrived) -> None:
        while not self._closed.is_set():
            try:
                self._arrived.put(item, timeout=0.1)
                return
            except queue.Full:
                continue

    def _write(self, descriptor: int) -> None:
        while data := self._requests.get():
            try:
                while data:
                    data = data[os.write(descriptor, data) :]
            except OSError:
                break
        os.close(descriptor)
