"""What the program prints: decoded, counted, kept in part, handed on live."""

from __future__ import annotations

import codecs
from collections import deque
from collections.abc import Callable

KB = 1024
HEAD_CHARACTERS = 48 * KB
TAIL_CHARACTERS = 16 * KB
"""Of a long output its beginning and its end are kept: the first losses and the last."""
SEGMENT_CHARACTERS = 4 * KB
"""Kept of the output of one case."""
LIVE_INTERVAL_S = 1 / 30

Listener = Callable[[str], None]


class Output:
    """Collects one run's output. `cap_kb`: how much may be printed before the program is stopped."""

    def __init__(self, cap_kb: int, live: Listener | None = None, follow: Listener | None = None) -> None:
        self._cap = cap_kb * KB
        self._live = live
        self._follow = follow
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._bytes = 0
        self._head = ""
        self._tail: deque[str] = deque()
        self._tail_size = 0
        self._dropped = 0
        self._segment = ""
        self._segment_dropped = 0
        self._waiting: list[str] = []
        self._handed_on = 0
        self._last_live = float("-inf")
        self.hushed = False
        """While set, what comes is neither kept nor counted: it was printed before, by an earlier child."""

    @property
    def size(self) -> int:
        """How much was printed."""
        return self._bytes

    @property
    def flooded(self) -> bool:
        """Whether more was printed than allowed."""
        return self._bytes > self._cap

    @property
    def truncated(self) -> bool:
        """Whether `text` leaves something out."""
        return self._dropped > 0

    def feed(self, data: bytes) -> None:
        """Take in what came through the pipe."""
        if self.hushed:
            return
        self._bytes += len(data)
        self._add(self._decoder.decode(data))

    def end_of_process(self) -> None:
        """Forget half a character, so that the next process starts clean."""
        self._add(self._decoder.decode(b"", final=True))
        self._decoder.reset()

    def _add(self, text: str) -> None:
        if not text:
            return
        if self._follow:
            self._follow(text)
        kept = text[: max(0, SEGMENT_CHARACTERS - len(self._segment))]
        self._segment += kept
        self._segment_dropped += len(text) - len(kept)
        if self._live:
            self._queue_live(text)
        room = HEAD_CHARACTERS - len(self._head)
        self._head += text[:room] if room > 0 else ""
        if rest := text[max(0, room) :]:
            self._keep_tail(rest)

    def _keep_tail(self, text: str) -> None:
        self._tail.append(text)
        self._tail_size += len(text)
        while self._tail_size > TAIL_CHARACTERS:
            surplus = self._tail_size - TAIL_CHARACTERS
            oldest = self._tail.popleft()
            if len(oldest) > surplus:
                self._tail.appendleft(oldest[surplus:])
            dropped = min(surplus, len(oldest))
            self._tail_size -= dropped
            self._dropped += dropped

    def _queue_live(self, text: str) -> None:
        room = HEAD_CHARACTERS + TAIL_CHARACTERS - self._handed_on
        if room <= 0:
            return
        self._waiting.append(text[:room])
        self._handed_on += len(text[:room])
        if len(text) >= room:
            self._waiting.append("\n…\n")

    def hand_on(self, now: float, *, last: bool = False) -> None:
        """Give what waits to the live listener, about 30 times a second at most. `now`: monotonic seconds."""
        if self._live and self._waiting and (last or now - self._last_live >= LIVE_INTERVAL_S):
            text = "".join(self._waiting)
            self._waiting.clear()
            self._last_live = now
            self._live(text)

    def cut_segment(self) -> str:
        """What was printed since the last cut: the output of one case."""
        text = self._segment + (f"…(+{self._segment_dropped})" if self._segment_dropped else "")
        self._segment, self._segment_dropped = "", 0
        return text

    def text(self) -> str:
        """All that is kept; `…(+N)` stands where N characters were left out."""
        gap = f"\n…(+{self._dropped})\n" if self._dropped else ""
        return self._head + gap + "".join(self._tail)
