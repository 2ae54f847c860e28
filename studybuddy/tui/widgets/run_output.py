"""What a running program prints, as it prints it."""

from __future__ import annotations

import threading
import time
from collections import deque

from textual.content import Content
from textual.widget import Widget

from studybuddy.i18n import _
from studybuddy.study.printed import printed_lines
from studybuddy.tui.widgets.printed import printed_content

KEPT = 16 * 1024
"""Characters of the newest output that are kept for the view."""
INTERVAL_S = 1 / 15
"""How often the view looks for news: a flood of prints costs no more than a drop."""


class Feed:
    """Takes text from the thread of the judge and gives its newest part to the screen."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pieces: deque[str] = deque()
        self._size = 0
        self._news = False

    def write(self, text: str) -> None:
        """Take in a piece; from any thread."""
        text = text[-KEPT:]
        with self._lock:
            self._pieces.append(text)
            self._size += len(text)
            while self._size - len(self._pieces[0]) >= KEPT:
                self._size -= len(self._pieces.popleft())
            self._news = True

    def read(self) -> str | None:
        """The newest output, None if there was none since the last time."""
        with self._lock:
            if not self._news:
                return None
            self._news = False
            text = "".join(self._pieces)[-KEPT:]
            self._pieces = deque([text])
            self._size = len(text)
        return text


class RunOutput(Widget):
    """How long a program has been running, and the last lines it printed. Gone when nothing runs."""

    DEFAULT_CSS = """
    RunOutput {
        height: 12;
        max-height: 100%;
        display: none;
        &.-following { display: block; }
        &.-short { height: 5; }
    }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._feed: Feed | None = None
        self._text = ""
        self._began = 0.0
        self._stopping = False

    def on_mount(self) -> None:
        """Look for news from time to time, while there is something to follow."""
        self._timer = self.set_interval(INTERVAL_S, self._look, pause=True)

    def follow(self, feed: Feed) -> None:
        """Show what comes through `feed` from now on."""
        self._feed, self._text, self._stopping = feed, "", False
        self._began = time.monotonic()
        self.add_class("-following")
        self._timer.resume()

    def say_stopping(self) -> None:
        """The learner asked for the end."""
        self._stopping = True
        self.refresh()

    def end(self) -> None:
        """The program has ended."""
        self._timer.pause()
        self._feed = None
        self.remove_class("-following", "-short")

    def _look(self) -> None:
        if self._feed is not None:
            if (text := self._feed.read()) is not None:
                self._text = text
            self.refresh()

    def render(self) -> Content:
        """A line that says it runs, and the newest lines that fit, each cut to the width."""
        width, height = self.size
        seconds = f"{time.monotonic() - self._began:.1f}"
        head = _("stopping…") if self._stopping else _("running {seconds} s · Esc stops it", seconds=seconds)
        lines = [Content.styled(f"▸ {head}", "bold $accent"), Content()]
        lines += [printed_content(line) for line in printed_lines(self._text, height - len(lines))]
        return Content("\n").join(line.truncate(width, ellipsis=True) for line in lines)
