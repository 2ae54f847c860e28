"""Where the program was when it was stopped, out of what `faulthandler` wrote."""

from __future__ import annotations

import re

FILE = "solution.py"
MOST_FRAMES = 20
MOST_THREADS = 3
_FRAME = re.compile(r'  File "(.*)", line (\d+) in (.*)')


def learner_stack(dump: str, source: str) -> str:
    """The learner's own frames, the innermost last, each with its line of `source`; empty if none."""
    lines = source.removeprefix("\ufeff").splitlines()
    threads: list[list[str]] = [[]]
    for row in dump.splitlines():
        found = _FRAME.fullmatch(row)
        if found is None:
            threads.append([])
        elif found[1] == FILE:
            threads[-1].append(_frame(int(found[2]), found[3], lines))
    shown = [frames[:MOST_FRAMES][::-1] for frames in threads if frames][:MOST_THREADS]
    return "\n".join("".join(frames) for frames in shown)


def _frame(number: int, name: str, lines: list[str]) -> str:
    text = lines[number - 1].strip()[:200] if 0 < number <= len(lines) else ""
    return f'  File "{FILE}", line {number}, in {name}\n    {text}\n'
