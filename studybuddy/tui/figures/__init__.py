"""The figures of the statistics screen: a framed pane each, with a sentence that says what it tells."""

from __future__ import annotations
