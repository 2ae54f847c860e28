"""The labels that begin parts of a lesson: `**考察点**：`, `*答案：…*`, `Hint:`, in their usual spellings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum, auto


class Mark(Enum):
    """What a labelled part is for."""

    EXAM_POINT = auto()
    REFERENCE = auto()
    WRONG_POINT = auto()
    COMMON_WRONG = auto()
    FOLLOW_UP = auto()
    KEY_POINTS = auto()
    THINK = auto()
    ANSWER = auto()
    CHALLENGE = auto()
    HINT = auto()
    DRAFT = auto()
    GOAL = auto()
    GIVENS = auto()
    STEP = auto()
    EXPLANATION = auto()
    PROBLEM = auto()
    IDEA = auto()
    ACTION = auto()


_SPELLINGS = (
    (Mark.EXAM_POINT, r"考察点|考查点|考点|exam points?|what it tests"),
    (Mark.REFERENCE, r"参考答案|标准答案|reference answer|reference|model answer"),
    (Mark.WRONG_POINT, r"错误要点|wrong point"),
    (
        Mark.COMMON_WRONG,
        r"常见错误|常见错答|易错点?|误区|common wrong(?: answers?)?|common mistakes?|pitfalls?",
    ),
    (Mark.FOLLOW_UP, r"追问|follow-?\s?ups?"),
    (Mark.KEY_POINTS, r"要点|key points?"),
    (Mark.THINK, r"思考题|思考|think|thinking question"),
    (Mark.ANSWER, r"答案|解答|答|answer|A"),
    (Mark.CHALLENGE, r"进阶挑战|进阶|挑战|challenge|bonus"),
    (Mark.HINT, r"提示|hint"),
    (Mark.DRAFT, r"你的推导|your derivation"),
    (Mark.GOAL, r"推导目标|目标|goal"),
    (Mark.GIVENS, r"设定|已知|givens?|setting|setup"),
    (Mark.STEP, r"步骤|step"),
    (Mark.EXPLANATION, r"解释|explanation"),
    (Mark.PROBLEM, r"题目|problem"),
    (Mark.IDEA, r"思路|idea|approach"),
    (Mark.ACTION, r"行动|action"),
)
_ORDINAL = r"\s*[\d一二三四五六七八九十]{0,3}"
_ASIDE = r"(?:\s*[（(][^（）()\n]{0,80}[)）])?"
_MARKS = tuple(
    (mark, re.compile(rf"(?:[本课今日后的]{{0,3}})(?:{words}){_ORDINAL}{_ASIDE}\s*\Z", re.IGNORECASE))
    for mark, words in _SPELLINGS
)
_BOLD = re.compile(
    r"(?:\*\*|__)\s*(?P<label>[^*_：:\n]{1,80}?)\s*(?P<inner>[：:])?\s*(?:\*\*|__)"
    rf"\s*(?:\{{#(?P<id>[\w-]{{1,64}})\}})?{_ASIDE}\s*(?P<outer>[：:])?\s*"
)
_WHOLLY_BOLD = re.compile(
    r"(?:\*\*|__)\s*(?P<label>[^*_：:\n]{1,80}?)\s*[：:]\s*(?P<text>[^\n]*?)(?:\*\*|__)\s*\Z"
)
_BULLET = re.compile(r"^[-*+]\s+(?=\*\*|__)")
_SLANTED = re.compile(r"[*_](?![*_\s])\s*(?P<label>[^*_：:\n]{1,40}?)\s*[：:]\s*")
_PLAIN = re.compile(r"(?P<label>[^*_：:\n`$\[]{1,30}?)\s*[：:]\s*")
_PLAIN_MARKS = frozenset(Mark) - {Mark.STEP, Mark.PROBLEM, Mark.IDEA, Mark.GOAL, Mark.ACTION}


@dataclass(slots=True)
class Labelled:
    """A labelled part. `mark` is None for words without a label that is known; `at` is its first line."""

    mark: Mark | None
    at: int
    lines: list[str] = field(default_factory=list)
    id: str = ""
    slanted: bool = False
    label: str = ""

    @property
    def text(self) -> str:
        """Its words, without the stars that slant them as a whole."""
        text = "\n".join(self.lines).strip()
        if self.slanted and text.endswith(("*", "_")):
            text = text[:-1].rstrip()
        return text


def mark_of(label: str) -> Mark | None:
    """What a label is for, None for one of the author's own."""
    return next((mark for mark, pattern in _MARKS if pattern.match(label)), None)


def read_label(line: str, at: int) -> Labelled | None:
    """The part that a line opens, None where it begins with no label that is known."""
    line = _BULLET.sub("", line.strip(), count=1)
    if line.startswith(("**", "__")):
        return _read_bold(line, at)
    slanted = _SLANTED.match(line) if line.startswith(("*", "_")) else None
    found = slanted or _PLAIN.match(line)
    mark = mark_of(found["label"]) if found else None
    if found is None or mark is None or mark not in _PLAIN_MARKS:
        return None
    return Labelled(mark, at, [line[found.end() :]], slanted=slanted is not None, label=found["label"])


def _read_bold(line: str, at: int) -> Labelled | None:
    found = _BOLD.match(line)
    if found is not None and (mark := mark_of(found["label"])) is not None:
        rest = line[found.end() :]
        if found["inner"] or found["outer"] or not rest or found["id"]:
            return Labelled(mark, at, [rest], found["id"] or "", label=found["label"])
    whole = _WHOLLY_BOLD.match(line)
    if whole is not None and (mark := mark_of(whole["label"])) is not None:
        return Labelled(mark, at, [whole["text"]], label=whole["label"])
    return None


def read_labelled(lines: Iterable[str], at: int) -> list[Labelled]:
    """The parts of some lines in their order; what stands before the first label is one without a mark."""
    parts: list[Labelled] = []
    for number, line in enumerate(lines, at):
        part = read_label(line, number)
        if part is not None:
            parts.append(part)
        elif parts:
            parts[-1].lines.append(line)
        elif line.strip():
            parts.append(Labelled(None, number, [line]))
    return parts
