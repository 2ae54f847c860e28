"""An exception as the learner should see it: their own frames, the line, the message.

Written without `traceback`, whose Python code would stumble over builtins that the learner replaced.
"""

from __future__ import annotations

from itertools import islice
from types import CodeType
from typing import Any

from studybuddy.runner.harness.notices import notices
from studybuddy.runner.harness.values import type_name

FILE = "solution.py"
FIRST_FRAMES = 8
LAST_FRAMES = 12
LONGEST_LINE = 200
LONGEST_MESSAGE = 4000


def describe(error: BaseException, lines: list[str]) -> dict[str, Any]:
    """Fields of a message: type, text, line, the learner's frames, and what the verdict depends on."""
    kind = type(error)
    frames = _frames(error)
    name, text = type_name(kind), _text(error)
    fields: dict[str, Any] = {
        "type": name,
        "text": text,
        "line": frames[-1][1] if frames else 0,
        "stack": _stack(frames, lines) + (f"{name}: {text}" if text else name),
        "memory": issubclass(kind, MemoryError) or _allocator(kind, text),
        "recursion": issubclass(kind, RecursionError),
        "end_of_file": issubclass(kind, EOFError),
        "import": issubclass(kind, (ImportError, OSError)),
        "blocked": _blocked(error),
        "module": "",
        "exit": None,
    }
    if issubclass(kind, ModuleNotFoundError):
        module = getattr(error, "name", None)
        fields["module"] = module if type(module) is str else ""
    if issubclass(kind, SystemExit):
        code = getattr(error, "code", None)
        fields["exit"] = 0 if code is None else code if type(code) is int else 1
    return fields


def syntax(error: BaseException, source: str) -> dict[str, Any]:
    """Fields for a program that does not compile: line, text of the line, caret under the place."""
    if not isinstance(error, SyntaxError):
        too_deep = isinstance(error, (RecursionError, MemoryError))
        return {"line": 0, "text": "nested too deeply" if too_deep else _text(error), "stack": ""}
    line, offset = error.lineno or 0, error.offset or 0
    lines = source.splitlines()
    shown = lines[line - 1] if 0 < line <= len(lines) else (error.text or "")
    bare = shown.strip()
    stack = f'  File "{FILE}", line {line}\n    {bare[:LONGEST_LINE]}\n'
    column = offset - 1 - (len(shown) - len(shown.lstrip()))
    if 0 <= column < LONGEST_LINE and bare.isascii():
        stack += "    " + " " * column + "^\n"
    return {"line": line, "text": error.msg, "stack": f"{stack}{type_name(type(error))}: {error.msg}"}


def _blocked(error: BaseException) -> dict[str, str] | None:
    attempt = notices().cause(error)
    return {"act": attempt[0], "target": attempt[1]} if attempt else None


def _text(error: BaseException) -> str:
    try:
        text: str = str(error)
    except BaseException:
        return ""
    return text[:LONGEST_MESSAGE] if type(text) is str else ""


def _allocator(kind: type, text: str) -> bool:
    """Whether torch, whose allocator has no exception of its own, ran out of memory."""
    return kind is RuntimeError and ("can't allocate memory" in text or "not enough memory" in text)


Frame = tuple[CodeType, int, int]
"""A code object, a line and the last instruction."""


def _frames(error: BaseException) -> list[Frame]:
    frames = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if code.co_filename == FILE:
            frames.append((code, trace.tb_lineno or 0, trace.tb_lasti))
        trace = trace.tb_next
    return frames


def _stack(frames: list[Frame], lines: list[str]) -> str:
    left_out = len(frames) - FIRST_FRAMES - LAST_FRAMES
    if left_out <= 0:
        return "".join([_frame(frame, lines) for frame in frames])
    first = [_frame(frame, lines) for frame in frames[:FIRST_FRAMES]]
    last = [_frame(frame, lines) for frame in frames[-LAST_FRAMES:]]
    return "".join(first) + f"  …(+{left_out})\n" + "".join(last)


def _frame(frame: Frame, lines: list[str]) -> str:
    code, line, instruction = frame
    head = f'  File "{FILE}", line {line}, in {code.co_qualname}\n'
    if not 0 < line <= len(lines):
        return head
    text = lines[line - 1]
    bare = text.strip()
    return f"{head}    {bare[:LONGEST_LINE]}\n{_carets(code, instruction, line, text)}"


def _carets(code: CodeType, instruction: int, line: int, text: str) -> str:
    """Carets under the expression that failed (PEP 657), where they say more than the line itself."""
    position = next(islice(code.co_positions(), instruction // 2, None), None)
    if position is None:
        return ""
    start, end, column, stop = position
    if start != line or end != line or column is None or stop is None or not text.isascii():
        return ""
    indent = len(text) - len(text.lstrip())
    if stop - column >= len(text.strip()) or stop - indent > LONGEST_LINE:
        return ""
    return "    " + " " * (column - indent) + "^" * (stop - column) + "\n"
