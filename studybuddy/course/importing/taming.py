"""Foreign Markdown as a lesson of our own format may hold it: its labels, ids and headings mean things there.

What is still not readable after the known cures is fenced or escaped, so that a lesson that was imported
always opens.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from studybuddy.core.block import Block, ListBlock, MathSpan, Paragraph
from studybuddy.course.blocks import Prose, read_blocks
from studybuddy.course.labels import LABELS, read_parts
from studybuddy.course.parser import Node, parse_blocks
from studybuddy.course.report import Report
from studybuddy.course.spans import balanced

MOST_BYTES = 48_000
"""Of one block; the reader takes 64 KiB."""
MOST_CHARACTERS = 12_000
"""Of one line in a block that is too long."""
QUESTION_LEVEL = 3

_HIDDEN = re.compile(r"(?P<tick>`+)[^`]+(?P=tick)|\$\$?[^$]+\$\$?|\[[^\]\n]*\]\([^)\n]*\)")
_ANCHOR = re.compile(r"\s*\{#[^{}\n]*\}")
_LABEL = re.compile(
    r"(?P<lead>\s*(?:>\s?)*)(?:\*\*|__)(?P<label>[^*_\n]{1,60}?)(?P<in>[:：])?(?:\*\*|__)(?P<out>\s*[:：])?"
)
_INLINE = re.compile(r"\\\((?P<latex>[^\n]*?)\\\)")
_LOOSE = re.compile(r"(?<![\\$])\$(?P<latex>[^$\n]+)\$(?!\$)")
_LESSON = re.compile(
    r"\bWeek\s+(?P<week>\d{1,3})\s+Day\s+(?P<day>[1-7])\b|第\s*(?P<zw>\d{1,3})\s*周第?\s*(?P<zd>[1-7])\s*天"
)
_FORMULA = re.compile(r"\$\$(?P<display>[^$]+)\$\$|\$(?P<inline>[^$\n]+)\$")
_MARKS = re.compile(r"([\\`*_{}\[\]<>#$|~:!&^+.()=-])")


class Tamer:
    """Makes foreign text fit for a lesson of season `season`."""

    def __init__(self, season: int) -> None:
        self._season = season

    def prose(self, lines: Iterable[str]) -> str:
        """A block of Markdown that stands by itself in a section."""
        pieces = []
        for chunk in _chunks(lines):
            text = "\n".join(self._line(line) for line in chunk)
            pieces.append(text if _read(text, None) is not None else fenced("text", text.split("\n")))
        return "\n\n".join(pieces)

    def part(self, text: str, label: str) -> str:
        """The words of a labelled part: blocks of Markdown without labels of their own."""
        tamed = "\n".join(_unlabelled(self._line(line)) for line in text.split("\n")).strip()
        return tamed if _is_part(tamed, label) else escaped(text)

    def sentence(self, text: str) -> str:
        """One paragraph on one line."""
        line = " ".join(_unlabelled(self._line(part)).strip() for part in text.split("\n")).strip()
        blocks = _read(line, None)
        return line if blocks and len(blocks) == 1 and isinstance(blocks[0], Paragraph) else escaped(text)

    def point(self, text: str) -> str:
        """One paragraph as an item of a list."""
        line = self.sentence(text)
        return line if _is_item(line) else escaped(text)

    def heading(self, text: str) -> str:
        """The words of a heading; empty for none."""
        line = _ANCHOR.sub("", " ".join(text.split())).strip().rstrip("#").strip()
        if not line:
            return ""
        nodes = parse_blocks(f"### {line}", slots=True).nodes
        right = len(nodes) == 1 and nodes[0].kind == "heading" and nodes[0].content.strip() == line
        return line if right and len(line.encode()) < MOST_BYTES else escaped(line)[:500]

    def _line(self, line: str) -> str:
        """A line with the cures that need no second look."""
        text = line[:MOST_CHARACTERS]
        if text.lstrip().startswith("#"):
            text = re.sub(r"^(\s*)#{1,2}(?=\s)", r"\1###", _ANCHOR.sub("", text))
        if text.lstrip(" >").startswith(":::"):
            text = text.replace(":::", "\\:::", 1)
        found = _LABEL.match(text)
        if found is not None and (
            found["label"].strip().lower() in LABELS or _ANCHOR.match(text, found.end())
        ):
            colon = found["in"] or found["out"] or ""
            text = found["lead"] + found["label"].strip() + colon.strip() + text[found.end() :]
            text = _ANCHOR.sub("", text, count=1)
        if "\\(" in text:
            text = _INLINE.sub(lambda math: f"${math['latex'].strip()}$", text)
        if "$" in text:
            text = _LOOSE.sub(_tight, text)
        return self._linked(text)

    def _linked(self, text: str) -> str:
        """The line with other lessons of the season as links, outside code and formulas."""
        if not _LESSON.search(text):
            return text
        pieces: list[str] = []
        start = 0
        for hidden in _HIDDEN.finditer(text):
            pieces += [_LESSON.sub(self._link, text[start : hidden.start()]), hidden[0]]
            start = hidden.end()
        return "".join([*pieces, _LESSON.sub(self._link, text[start:])])

    def _link(self, found: re.Match[str]) -> str:
        week, day = int(found["week"] or found["zw"]), int(found["day"] or found["zd"])
        return f"[{found[0]}](lesson:s{self._season}w{week}d{day})"


def _tight(found: re.Match[str]) -> str:
    """A formula without the blanks at both ends, with which our reader would not know it."""
    latex = found["latex"]
    return f"${latex.strip()}$" if latex[0] in " \t" and latex[-1] in " \t" and latex.strip() else found[0]


def fenced(language: str, lines: Iterable[str], label: str = "") -> str:
    """Code or output in fences that nothing in it can close, several where it is too long for one."""
    chunks = list(_chunks(lines))
    longest = max(
        (len(run) for chunk in chunks for line in chunk for run in re.findall(r"`+", line)), default=0
    )
    mark = "`" * max(3, longest + 1)
    head = mark + " ".join(filter(None, (language, label)))
    return "\n\n".join("\n".join([head, *chunk, mark]) for chunk in chunks)


def unasked(block: str) -> str:
    """A block of an interview section none of whose headings is read as a question."""
    lines = block.split("\n")
    for node in parse_blocks(block, slots=True).nodes:
        if node.kind == "heading" and node.level == QUESTION_LEVEL:
            lines[node.line - 1] = lines[node.line - 1].replace("###", "####", 1)
    return "\n".join(lines)


def _chunks(lines: Iterable[str]) -> Iterator[list[str]]:
    """The lines in portions that a block can hold, very long lines broken."""
    chunk: list[str] = []
    size = 0
    for line in lines:
        for start in range(0, max(1, len(line)), MOST_CHARACTERS):
            text = line[start : start + MOST_CHARACTERS]
            room = len(text.encode(errors="replace")) + 1
            if chunk and size + room > MOST_BYTES:
                yield chunk
                chunk, size = [], 0
            chunk.append(text)
            size += room
    yield chunk


def escaped(text: str) -> str:
    """A text as one paragraph in which nothing means anything."""
    words = " ".join(text.split())[:MOST_CHARACTERS]
    return _MARKS.sub(r"\\\1", words)


def formula_in(text: str) -> str:
    """The last formula of a text as one line of LaTeX, empty where it has none that can be read."""
    for found in reversed(list(_FORMULA.finditer(text))):
        latex = " ".join((found["display"] or found["inline"]).split())
        if latex and balanced(latex) and _is_formula(latex):
            return latex
    return ""


def _is_formula(latex: str) -> bool:
    blocks = _read(f"${latex}$", None)
    match blocks:
        case [Paragraph((MathSpan(),))]:
            return True
    return False


def _unlabelled(line: str) -> str:
    """A line that opens no part: words in bold at its beginning are bold no more where a colon follows."""
    found = _LABEL.match(line)
    if found is None or not (found["in"] or found["out"] or not line[found.end() :].strip()):
        return line
    colon = (found["in"] or found["out"] or "").strip()
    return f"{found['lead']}{found['label']}{colon}{line[found.end() :]}"


def _read(text: str, wanted: Callable[[list[Node]], bool] | None) -> list[Block] | None:
    """The blocks that our own reader makes of a text, None where it finds an error or an id."""
    if len(text.encode(errors="replace")) > MOST_BYTES or not text.strip():
        return None
    document = parse_blocks(text, slots=True)
    report = Report()
    prose = Prose("s1w1d1", document.env, report.file(Path()))
    blocks = read_blocks(document.nodes, prose)
    if report.failed or prose.taken or prose.slots or not blocks:
        return None
    return list(blocks) if wanted is None or wanted(document.nodes) else None


def _is_part(text: str, label: str) -> bool:
    """Whether a text makes exactly one part of a quotation, under its label."""
    if not text or _read(text, None) is None:
        return False
    nodes = parse_blocks("\n".join(quotation(label, text)), slots=True).nodes
    return len(nodes) == 1 and nodes[0].kind == "blockquote" and len(read_parts(nodes[0])) == 1


def _is_item(line: str) -> bool:
    blocks = _read(f"- {line}", None)
    match blocks:
        case [ListBlock(((Paragraph(),),))]:
            return True
    return False


def quotation(label: str, text: str) -> list[str]:
    """The lines of a labelled part in a quotation; what is no sentence begins on a line of its own."""
    lines = text.split("\n")
    apart = re.match(r"\s*(?:[-*+] |\d{1,9}[.)]\s|```|~~~|\$\$|\||#|>| {4})", lines[0])
    texts = [label, "", *lines] if apart else [label + lines[0], *lines[1:]]
    return [f"> {line}".rstrip() for line in texts]
