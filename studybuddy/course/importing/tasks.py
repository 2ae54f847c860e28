"""Items of the day's checklist, in the spellings that people give a box."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studybuddy.core.phrase import Phrase
from studybuddy.course.importing.blocks import TASK, Block
from studybuddy.course.importing.findings import Code
from studybuddy.course.importing.model import Task
from studybuddy.course.report import shorten
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from studybuddy.course.importing.findings import Findings
    from studybuddy.course.importing.lines import Lines

_LOOSE = re.compile(
    r"\s*(?:(?:[-*+]|\d{1,3}[.)])\s*)?(?:[□☐◻▢☑☒✅]|[(（]\s*(?P<round>[xX√✓✔]?)\s*[)）]|【\s*(?P<thick>[xX√✓✔]?)\s*】"
    r"|[\[［]\s*(?P<square>[xX√✓✔]?)\s*[\]］](?!\()|[\[［]\s*(?P<open>[xX√✓✔]?)\s+(?=[^\]］]*\Z))\s*(?P<text>\S.*)\Z"
)
_DONE = "☑☒✅"
_LABEL = re.compile(
    r"(?:\*\*|__)\s*(?P<label>[^*_\n]{1,40}?)\s*[：:]?\s*(?:\*\*|__)\s*[：:]?\s*(?P<text>.*)\Z", re.DOTALL
)
_PLAIN = re.compile(r"(?P<label>[^\s：:*`$]{1,20})\s*[：:]\s*(?P<text>.*)\Z", re.DOTALL)
_KINDS = (
    ("math", r"math|数学|推导|deriv"),
    ("interview", r"interview|面试|问答"),
    ("algo", r"algo|算法|leetcode|力扣|刷题"),
    ("code", r"code|coding|代码|编程|numpy|pytorch|工程"),
)
_WORDS = tuple((kind, re.compile(words, re.IGNORECASE)) for kind, words in _KINDS)


def kind_of(label: str) -> str:
    """What an item is about, by its label: math, code, interview, algo, or other."""
    return next((kind for kind, pattern in _WORDS if pattern.search(label)), "other")


def read_task(block: Block, lines: Lines, findings: Findings) -> Task:
    """The item that a block is."""
    found = TASK.match(block.lines[0])
    assert found is not None, "the lexer saw a box"
    text = "\n".join([found["text"], *(line.strip() for line in block.lines[1:])]).strip()
    return _task(text, bool(found["done"]), block.at, lines, findings)


def read_loose_task(line: str, at: int, lines: Lines, findings: Findings) -> Task | None:
    """The item that a line was meant to be whose box is written in another way; None for other lines."""
    found = _LOOSE.match(line)
    if found is None:
        return None
    marks = (found["round"], found["thick"], found["square"], found["open"])
    done = any(marks) or any(mark in line[: found.start("text")] for mark in _DONE)
    form = f"- [{'x' if done else ' '}] {shorten(found['text'])}"
    words = N_("this looks like an item of the checklist and was read as one; it is written {form}")
    findings.warning(Code.TASK_FORM, at, Phrase.of(words, form=form))
    return _task(found["text"].strip(), done, at, lines, findings)


def _task(text: str, done: bool, at: int, lines: Lines, findings: Findings) -> Task:
    place = lines.place(at)
    if (found := _LABEL.match(text)) is not None:
        return Task(place, found["label"], found["text"].strip(), kind_of(found["label"]), done)
    words = N_("this item has no bold label; what it is about is guessed: write {form}")
    plain = _PLAIN.match(text)
    kind = kind_of(plain["label"]) if plain else "other"
    form = f"- [ ] **{shorten(plain['label'], 20) if plain and kind != 'other' else 'Math'}**: …"
    findings.warning(Code.TASK_LABEL, at, Phrase.of(words, form=form))
    if plain is not None and kind != "other":
        return Task(place, plain["label"], plain["text"].strip(), kind, done)
    return Task(place, "", text, kind_of(text[:200]), done)
