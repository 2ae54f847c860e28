"""One child under supervision: its messages, or the reason why there will be none.

Every wait has a deadline on the monotonic clock. Shortly before it the child is asked for its Python stacks,
so that the learner sees where the program was; at the deadline its processes are killed.
"""

from __future__ import annotations

import sys
import threading
import time
from collections import deque
from dataclasses import dataclass
from enum import Enum
from typing import Any

from studybuddy.runner.channels import Source, open_channels
from studybuddy.runner.launch import Child
from studybuddy.runner.output import Output
from studybuddy.runner.processes import direct_children, peak_mb
from studybuddy.runner.protocol import FrameReader, Message, ProtocolError, request

TICK_S = 1 / 30
LOOK_S = 0.1
"""How often memory and the number of processes are looked at."""
LEAD_S = 0.25
"""How long before a deadline the stacks are asked for, at most a fifth of the time there is."""
DRAIN_S = 0.1
END_TICK_S = 0.0005
LEAVE_S = 0.25
"""How long a child that has said `end` may take to do so."""
STREAM = 16
"""After this many pieces of output in a row ..."""
BREATH_S = 0.002
"""... more is let come together before it is read: a flood of prints must not keep this process busy."""
MOST_PROCESSES = 64
_STACK_BYTES = 64 * 1024
_MOST_WAITING = 20_000
"""Messages that have come and were not asked for yet."""
_MOST_NOTICED = 64
"""Attempts of one child; the harness tells of 8."""
_LARGEST_PEAK_KB = 1 << 40


class Cause(Enum):
    """Why no further message comes."""

    STOPPED = "stopped"
    OUTPUT = "output"
    TIME = "time"
    CROWD = "crowd"
    MEMORY = "memory"
    TAMPERED = "tampered"
    ENDED = "ended"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Ending:
    """The end of a child. `status`: exit code, negative for a signal; of use for ENDED alone."""

    cause: Cause
    status: int = 0


class Session:
    """Starts a child, talks to it, and leaves nothing of it behind. Use as a context manager."""

    def __init__(self, child: Child, output: Output, stop: threading.Event, memory_mb: float) -> None:
        """Take over a child. `memory_mb`: what it and its family may hold beyond what it holds now."""
        self._output = output
        self._stop = stop
        self._memory_mb = memory_mb
        self._place = child.place
        self._process = child.process
        pipes = child.pipes
        readers = {Source.OUTPUT: pipes.output, Source.RESULT: pipes.result, Source.STACK: pipes.stack}
        try:
            self._channels = open_channels(readers, pipes.job)
        except BaseException:
            self._process.end()
            self._place.close()
            raise
        self._greeted = False
        self._channels.send(request({"nonce": child.nonce.hex()}))
        self._frames = FrameReader(child.nonce)
        self._stream = 0
        self._inbox: deque[Message] = deque()
        self._tampered = False
        self._stacks = bytearray()
        self._looked = 0.0
        self._held_mb: float | None = None
        self._closed = False
        self.cpu_s = 0.0
        self.peak_mb = 0.0
        self.noticed: list[dict[str, Any]] = []
        """What the program tried and was refused, in the child's words."""

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def stacks(self) -> str:
        """What the child wrote of its stacks, as it wrote it."""
        return self._stacks.decode("utf-8", "replace")

    def greeted(self, seconds: float) -> bool:
        """Whether the child gives a sign of life in time. A deadlocked fork gives none, ever."""
        limit = time.monotonic() + seconds
        while not self._greeted and (now := time.monotonic()) < limit:
            self._pump(min(TICK_S, limit - now))
            if self._stop.is_set() or self._tampered or (self._process.has_ended() and not self._greeted):
                break
        return self._greeted or self._stop.is_set()

    def ask(self, fields: dict[str, Any]) -> None:
        """Send a request."""
        self._channels.send(request(fields))

    def next(self, deadline: float) -> Message | Ending:
        """The next message, or why none will come. `deadline`: monotonic seconds."""
        now = time.monotonic()
        warning = deadline - min(LEAD_S, (deadline - now) / 5)
        while True:
            self._pump(0.0 if self._inbox else min(TICK_S, deadline - now, max(0.0, warning - now)))
            if self._stream > STREAM and not self._inbox:
                time.sleep(BREATH_S)
            if cause := self._interruption():
                return self._finish(cause)
            if not self._inbox and self._process.has_ended():
                self._drain()
                if self._tampered or not self._inbox:
                    return self._finish(Cause.TAMPERED if self._tampered else Cause.ENDED)
            if self._inbox:
                return self._inbox.popleft()
            now = time.monotonic()
            if now >= deadline:
                return self._finish(Cause.TIME)
            if now >= warning:
                warning = deadline + 1
                self._stacks.clear()
                self._process.dump_stacks()

    def waiting(self) -> list[Message]:
        """The messages that have come along with the one just taken, without a look at anything else."""
        messages = list(self._inbox)
        self._inbox.clear()
        return messages

    def _interruption(self) -> Cause | None:
        if self._stop.is_set():
            return Cause.STOPPED
        if self._output.flooded:
            return Cause.OUTPUT
        if self._tampered:
            return Cause.TAMPERED
        now = time.monotonic()
        if now - self._looked >= LOOK_S:
            self._looked = now
            self.peak_mb = max(self.peak_mb, peak_mb(self._process.pid))
            if self._process.crowded(MOST_PROCESSES):
                return Cause.CROWD
            if self._holds_too_much():
                return Cause.MEMORY
        return None

    def _holds_too_much(self) -> bool:
        """Whether the run holds more memory than it may, where the kernel does not see to that itself."""
        if sys.platform == "linux" and not direct_children(self._process.pid):
            return False  # RLIMIT_AS of the one process there is
        held = self._process.resident_mb()
        self._held_mb = held if self._held_mb is None else self._held_mb
        return held > self._held_mb + self._memory_mb

    def _pump(self, seconds: float) -> bool:
        """Take in what has arrived; whether anything has."""
        arrived = printed = False
        for source, data in self._channels.poll(seconds):
            arrived, printed = True, printed or source is Source.OUTPUT
            if source is Source.OUTPUT:
                self._output.feed(data)
            elif source is Source.STACK:
                self._stacks += data[: max(0, _STACK_BYTES - len(self._stacks))]
            elif not self._tampered:
                self._take(data)
        self._stream = self._stream + 1 if printed else 0
        self._output.hand_on(time.monotonic())
        return arrived

    def _take(self, data: bytes) -> None:
        try:
            messages = self._frames.feed(data)
        except ProtocolError:
            self._tampered = True
            return
        for message in messages:
            self._greeted = True
            peak_kb = message.fields.get("peak_kb", 0)
            if not isinstance(peak_kb, int) or not 0 <= peak_kb <= _LARGEST_PEAK_KB:
                self._tampered = True
                return
            self.peak_mb = max(self.peak_mb, peak_kb / 1024)
        self.noticed += [message.fields for message in messages if message.kind == "noticed"]
        self._inbox.extend(message for message in messages if message.kind not in ("hello", "noticed"))
        self._tampered = len(self.noticed) > _MOST_NOTICED or len(self._inbox) > _MOST_WAITING

    def settle_output(self) -> None:
        """Take in all that was printed before the message just received; the child must be waiting."""
        limit = time.monotonic() + DRAIN_S
        while not self._closed and self._pump(0.0) and time.monotonic() < limit:
            continue

    def _drain(self) -> None:
        limit = time.monotonic() + DRAIN_S
        while not self._channels.all_ended and (now := time.monotonic()) < limit:
            self._pump(min(0.01, limit - now))

    def _finish(self, cause: Cause) -> Ending:
        self.close()
        lost = cause is Cause.ENDED and self._process.lost
        return Ending(Cause.LOST if lost else cause, self._process.status)

    def leave(self) -> None:
        """Give a child that has said all a moment to leave by itself, then close."""
        limit = time.monotonic() + LEAVE_S
        while time.monotonic() < limit and not self._process.has_ended():
            self._pump(END_TICK_S)
        self.close()

    def close(self) -> None:
        """Kill what is left, read what it printed, give everything back. May be called again."""
        if self._closed:
            return
        self._closed = True
        try:
            self.peak_mb = max(self.peak_mb, peak_mb(self._process.pid))
            used = self._process.end()
            self.cpu_s = used.cpu_s
            self.peak_mb = self.peak_mb or used.peak_mb
            self._drain()
            self._output.end_of_process()
        finally:
            self._channels.close()
            self._place.close()
