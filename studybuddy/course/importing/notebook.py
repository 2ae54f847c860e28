"""A Jupyter notebook (nbformat 4) -> blocks. Its code is framed already; its Markdown goes through the lexer.

The file is JSON of a known form, so the standard library reads it; `nbformat` with its validator would tell
no more than the few checks here, which know the cell and the line.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from studybuddy.core.phrase import Phrase
from studybuddy.course.importing.blocks import Block, BlockKind
from studybuddy.course.importing.decoding import (
    MAX_LINE,
    MAX_LINES,
    control_code,
    control_words,
    long_line_words,
)
from studybuddy.course.importing.findings import Code, Findings
from studybuddy.course.importing.lexer import Lexer
from studybuddy.course.importing.lines import Lines, without_edges
from studybuddy.course.source import CONTROL_CODES
from studybuddy.i18n import N_

OLDEST = 4
_ANSI = re.compile(r"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])")
_OTHER_LANGUAGE = re.compile(
    r"%%(?P<magic>bash|sh|html|javascript|js|latex|markdown|svg|writefile|cython|perl|ruby)\b"
)


@dataclass(slots=True)
class Notebook:
    """A notebook on its way to blocks."""

    lines: Lines = field(default_factory=lambda: Lines([]))
    language: str = "python"
    blocks: list[Block] = field(default_factory=list)


def read_notebook(text: str, notebook: Notebook, findings: Findings) -> bool:
    """Fill `notebook` from its file; False after saying why that cannot be."""
    data = _load(text, notebook, findings)
    if data is None:
        return False
    notebook.language = _language(data)
    cells = enumerate(data["cells"], 1)
    return all(_read_cell(cell, number, notebook, findings) for number, cell in cells)


def _load(text: str, notebook: Notebook, findings: Findings) -> dict[str, Any] | None:
    """The JSON of a notebook of version 4, None after saying what it is instead."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        notebook.lines.texts[:], notebook.lines.origins[:] = [""], [(0, error.lineno)]
        message = Phrase.of(N_("the notebook is not valid JSON: {reason}"), reason=error.msg)
        findings.error(Code.NB_JSON, 0, message, error.colno)
        return None
    except (ValueError, RecursionError, MemoryError):
        findings.error(Code.NB_JSON, 0, N_("the notebook's JSON is nested too deeply, or a number too long"))
        return None
    if not isinstance(data, dict):
        data = {}
    version = data.get("nbformat")
    if not isinstance(version, int) or isinstance(version, bool):
        findings.error(Code.NB_JSON, 0, N_("this is JSON, but no notebook: it has no nbformat"))
        return None
    if version < OLDEST:
        words = N_(
            "a notebook of version {version}: open it in Jupyter and save it, which makes it version 4"
        )
        findings.error(Code.NB_VERSION, 0, Phrase.of(words, version=version))
        return None
    if not isinstance(data.get("cells"), list):
        findings.error(Code.NB_JSON, 0, N_("this notebook has no cells"))
        return None
    return data


def _language(data: dict[str, Any]) -> str:
    """The language of the notebook's code."""
    metadata = data.get("metadata")
    for key, name in (("kernelspec", "language"), ("language_info", "name")):
        section = metadata.get(key) if isinstance(metadata, dict) else None
        found = section.get(name) if isinstance(section, dict) else None
        if isinstance(found, str) and found:
            return found.lower()[:40]
    return "python"


def _read_cell(cell: Any, number: int, notebook: Notebook, findings: Findings) -> bool:
    kind = cell.get("cell_type") if isinstance(cell, dict) else None
    source = _joined(cell.get("source", "")) if isinstance(cell, dict) else None
    if not isinstance(kind, str) or source is None:
        at = _append(notebook, number, "")
        findings.error(Code.NB_JSON, at, N_("this cell has no type, or its source is no text"))
        return False
    source = source.replace("\r\n", "\n").replace("\r", "\n")
    start = _append(notebook, number, source)
    if kind in ("markdown", "code") and not _is_tame(source, start, notebook, findings):
        return False
    if kind == "markdown":
        if cell.get("attachments"):
            findings.warning(Code.ATTACH, start, N_("the pictures attached to this cell are left out"))
        notebook.blocks += Lexer(notebook.lines, findings, start).read()
    elif kind == "code":
        _read_code(cell, source, start, notebook, findings)
    return True


def _append(notebook: Notebook, number: int, source: str) -> int:
    """Put the lines of a cell behind those of the others; where they begin."""
    start = len(notebook.lines.texts)
    texts = source.split("\n")
    notebook.lines.texts += texts
    notebook.lines.origins += [(number, line) for line in range(1, len(texts) + 1)]
    return start


def _is_tame(source: str, start: int, notebook: Notebook, findings: Findings) -> bool:
    if (found := control_code(source)) is not None:
        before = source[: found[0]]
        at, column = start + before.count("\n"), len(before) - before.rfind("\n")
        findings.error(Code.ENCODING, at, control_words(found[1]), column)
        return False
    if len(notebook.lines.texts) > MAX_LINES:
        words = Phrase.of(N_("the file has more than {limit} lines"), limit=MAX_LINES)
        findings.error(Code.TOO_BIG, start, words)
        return False
    for at in range(start, len(notebook.lines.texts)):
        if len(notebook.lines.texts[at]) > MAX_LINE:
            findings.error(Code.TOO_BIG, at, long_line_words())
            return False
    return True


def _read_code(cell: dict[str, Any], source: str, start: int, notebook: Notebook, findings: Findings) -> None:
    skipped, texts = without_edges(source.split("\n"))
    count = cell.get("execution_count")
    if texts:
        magic = _OTHER_LANGUAGE.match(texts[0])
        block = Block(BlockKind.CODE, start + skipped, texts, language=notebook.language)
        block.language = magic["magic"] if magic else notebook.language
        block.execution = str(count) if isinstance(count, int) and 0 <= count < 10**6 else ""
        block.end = start + skipped + len(texts)
        notebook.blocks.append(block)
    printed, failed, pictures = _printed(cell.get("outputs"))
    if pictures:
        findings.warning(Code.ATTACH, start, N_("the pictures among this cell's output are left out"))
    _, lines = without_edges([line[:MAX_LINE] for line in printed.split("\n")])
    if lines:
        notebook.blocks.append(Block(BlockKind.OUTPUT, start, lines, failed=failed, end=start + 1))


def _printed(outputs: Any) -> tuple[str, bool, bool]:
    """What a cell had printed as harmless text, whether it ended in an error, whether pictures were there."""
    text, failed, pictures = "", False, False
    for output in outputs if isinstance(outputs, list) else []:
        kind = output.get("output_type") if isinstance(output, dict) else None
        if kind == "stream":
            text += _joined(output.get("text", "")) or ""
            continue
        more = ""
        if kind in ("execute_result", "display_data") and isinstance(data := output.get("data"), dict):
            more = _joined(data.get("text/plain", "")) or ""
            pictures = pictures or any(str(name).startswith("image/") for name in data)
        elif kind == "error":
            failed = True
            traceback = output.get("traceback")
            more = "\n".join(map(str, traceback)) if isinstance(traceback, list) else ""
        if more:
            text += ("" if not text or text.endswith("\n") else "\n") + more + "\n"
    return _harmless(text), failed, pictures


def _harmless(text: str) -> str:
    """Output without colours and control codes; of a line that was written over, what was left of it."""
    text = _ANSI.sub("", text).replace("\r\n", "\n")
    if "\r" in text:
        text = "\n".join(line.rstrip("\r").rpartition("\r")[2] for line in text.split("\n"))
    return CONTROL_CODES.sub("", text).encode(errors="replace").decode()


def _joined(source: Any) -> str | None:
    """A text that is one string or a list of them; None for anything else."""
    if isinstance(source, str):
        return source
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        return "".join(source)
    return None
