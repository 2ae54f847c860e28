"""Whether a card asks one thing, in a way that cannot be guessed: what Anki's authors call atomic."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studybuddy.core.card_content import CardKind
from studybuddy.core.gaps import read_gaps
from studybuddy.core.phrase import Phrase
from studybuddy.course.report import shorten
from studybuddy.course.source import read_source
from studybuddy.course.table import LANGUAGES, read_toml
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from pathlib import Path

    from studybuddy.course.report import Report
    from studybuddy.course.table import Table

LONGEST_GAP = 6
"""Words of a gap, two Chinese characters counting as one."""
LONGEST_REASONLESS = 6
"""An answer to a yes-or-no question of so few words gives no reason."""
LONGEST_SIDE = 80
MOST_ITEMS = 4
_MARKUP = re.compile(r"```.*?```|`[^`]*`|\$[^$]*\$", re.DOTALL)
_WORD = re.compile(r"[A-Za-z0-9_'’-]+|[\u4e00-\u9fff]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_QUESTION = re.compile(r"[?？]")
_ASKING = "is|are|was|were|do|does|did|can|could|must|may|should|will|would|has|have"
_YES_NO = re.compile(
    rf"(?:^|[.!。！,，:：] *)(?i:{_ASKING})\b[^.?？]*[?？]\s*\Z"
    r"|吗[?？]?\s*\Z|(?:是否|是不是|能不能|会不会|对不对)[^？?]*[？?]?\s*\Z"
)
_ITEM = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s", re.MULTILINE)


def check_atomic(folder: Path, report: Report) -> None:
    """Say which cards of a lesson ask several things, hide too much, or can be answered by a guess."""
    path = folder / "cards.toml"
    source = read_source(path, report) if path.is_file() else None
    if source is None:
        return
    for row in read_toml(source).tables("card"):
        for language in LANGUAGES:
            sides = row.value(language)
            if isinstance(sides, dict) and isinstance(sides.get("front"), str):
                back = sides.get("back")
                _check(row, language, (sides["front"], back if isinstance(back, str) else ""))


def _check(row: Table, language: str, sides: tuple[str, str]) -> None:
    front, back = sides
    kind = row.value("kind")
    if kind == CardKind.CLOZE:
        for gap in read_gaps(front):
            if words_in(gap.answer) > LONGEST_GAP:
                words = N_("the gap {gap!r} hides more than a few words: hide what is to be remembered alone")
                row.warning("card-cloze", Phrase.of(words, gap=shorten(gap.answer)), language, "front")
        return
    asked = _MARKUP.sub("x", front)
    if len(_QUESTION.findall(asked)) > 1:
        words = N_("this card asks more than one question: make a card of each")
        row.warning("card-several", words, language, "front")
    if kind == CardKind.BASIC and _YES_NO.search(asked.strip()) and words_in(back) <= LONGEST_REASONLESS:
        words = N_("yes or no can be guessed: ask why, or let the back say why")
        row.warning("card-yes-no", words, language, "back")
    if len(_ITEM.findall(back)) > MOST_ITEMS:
        words = N_(
            "the back is a list of more than {limit}: nobody remembers that as one; make several cards"
        )
        row.warning("card-list", Phrase.of(words, limit=MOST_ITEMS), language, "back")
    for name, text in (("front", front), ("back", back)):
        if words_in(text) > LONGEST_SIDE:
            words = N_("the {side} has more than {limit} words: one fact a card is enough")
            row.warning("card-long", Phrase.of(words, side=name, limit=LONGEST_SIDE), language, name)


def words_in(text: str) -> float:
    """How many words a text has; a formula or a piece of code is one, two Chinese characters are one."""
    plain = _MARKUP.sub(" x ", text)
    han = len(_HAN.findall(plain))
    return len(_WORD.findall(plain)) - han / 2
