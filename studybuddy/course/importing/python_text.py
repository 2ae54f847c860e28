"""Whether a text is Python, without ever running it: IPython's own commands are masked first."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Sequence
from typing import NamedTuple

LONGEST = 1_000_000
"""Characters that are parsed at most: the tree of a program takes a hundred times its room."""

_COMMAND = re.compile(r"(?P<indent>\s*)(?:[%!].*|\?{1,2}[\w.]+|[\w.]+\?{1,2})\s*\Z")
_ASSIGNED = re.compile(r"(?P<indent>\s*)(?P<names>[\w, ]{1,80}?)\s*=\s*[!%].*\Z")
_STATEMENT = re.compile(
    r"\s*(?:import\s+\w[\w.]*|from\s+[\w.]+\s+import\b|(?:async\s+)?def\s+\w+\s*\(|class\s+\w+\s*[(:]"
    r"|(?:async\s+)?for\s.+\sin\s.+:|(?:while|if|elif|with)\s.+:\s*(?:#.*)?\Z|(?:try|else|finally)\s*:"
    r"|@\w[\w.]*\s*(?:\(|\Z)|print\s*\(|assert\s+\w"
    r"|[A-Za-z_][\w.]*(?:\[[^\]]*\])?(?:\s*,\s*[A-Za-z_][\w.]*)*\s*(?:[-+*/@%&|^]|//|\*\*|>>|<<)?=(?!=)"
    r"|[A-Za-z_][\w.]*\(.*\)\s*(?:#.*)?\Z)"
)


class Flaw(NamedTuple):
    """Where a program stops being Python; the line counts from 0, the column from 1."""

    line: int
    column: int
    reason: str


def masked(lines: Sequence[str]) -> list[str]:
    """The lines with `%magic`, `!command` and `name?` replaced by statements that do nothing."""
    return [_masked(line) for line in lines]


def _masked(line: str) -> str:
    if "%" not in line and "!" not in line and "?" not in line:
        return line
    if (found := _COMMAND.match(line)) is not None:
        return f"{found['indent']}pass"
    if (found := _ASSIGNED.match(line)) is not None:
        return f"{found['indent']}{found['names']} = None"
    return line


def commented(lines: Sequence[str]) -> list[str]:
    """The lines as a program: IPython's commands become comments, which a plain Python passes over."""
    pairs = zip(lines, masked(lines), strict=True)
    return [line if line == mask else f"{mask}  # {line.strip()}" for line, mask in pairs]


def parse(lines: Sequence[str]) -> ast.Module | Flaw:
    """The tree of a program whose lines are masked already, or where it goes wrong."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse("\n".join(lines))
    except SyntaxError as error:
        line = min(max(1, error.lineno or 1), max(1, len(lines)))
        return Flaw(line - 1, max(1, error.offset or 1), error.msg)
    except (ValueError, RecursionError, MemoryError, OverflowError):
        return Flaw(0, 1, "too deeply nested")


def flaw_of(lines: Sequence[str]) -> Flaw | None:
    """Where a program as written goes wrong, None for one that is right, or too long to be looked at."""
    if sum(map(len, lines)) > LONGEST:
        return None
    magic = next((line.strip() for line in lines if line.strip()), "")
    if magic.startswith("%%") and not magic.startswith(("%%time", "%%capture", "%%prun")):
        return None  # another language, or a file that is written
    parsed = parse(masked(lines))
    return parsed if isinstance(parsed, Flaw) else None


def looks_like_python(line: str) -> bool:
    """Whether a line can hardly be anything but a statement; a bare word or number is none."""
    return _STATEMENT.match(line[:500]) is not None
