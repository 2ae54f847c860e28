"""What is proposed for a card that keeps being forgotten, and on what grounds.

The most telling evidence decides: what was typed, then what the card asks, then what it rests on. Where there
is none, another way to word it is proposed: most leeches are badly put (Anki's manual, "leeches").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TYPE_CHECKING

from studybuddy.core.card import Rating
from studybuddy.core.card_content import CardContent, CardKind
from studybuddy.core.errors import StudybuddyError
from studybuddy.study.answers.judged import Mark
from studybuddy.study.answers.judges import judge
from studybuddy.study.faces import TYPED
from studybuddy.study.leeches import Leech, Remedy
from studybuddy.study.remembered import Remembered
from studybuddy.study.splitting import asks_much, parts

if TYPE_CHECKING:
    from studybuddy.study.own_cards import Sides
    from studybuddy.study.wiring import Study

NEARLY = 0.75
"""How alike two answers are, by the letters they share in order, from which on one is nearly the other."""
MOST_TYPED = 20
"""Typed answers that are looked at, the newest."""
MOST_MATES = 200
"""Cards of one concept that are looked at."""
LONGEST_COMPARED = 200
_WRONG = (Mark.CLOSE, Mark.WRONG)
"""What cannot be read counts for nothing."""


class Ground(StrEnum):
    """Why something is proposed."""

    NEARLY_RIGHT = "nearly-right"
    MIXED_UP = "mixed-up"
    ASKS_MUCH = "asks-much"
    WEAK_GROUND = "weak-ground"
    NO_WORDS = "no-words"
    NOTHING_ELSE = "nothing-else"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed, and everything that is possible.

    `parts`: cards to make of it, `near`: typed answers that nearly are right, `concept`: what is weak,
    `mate`: the card that it is mixed up with, `wrong`: typed answers that were not right, the newest first.
    """

    leech: Leech
    question: str
    remedy: Remedy
    ground: Ground
    possible: tuple[Remedy, ...]
    content: CardContent | None = None
    parts: tuple[Sides, ...] = ()
    near: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    concept: str = ""
    mate: str = ""

    @property
    def query(self) -> str:
        """What the browser is to show: the two cards that are mixed up, or those of the weak concept."""
        if self.mate:
            return f'id:"{self.leech.card}" or id:"{self.mate}"'
        return f'concept:"{self.concept}"' if self.concept else ""


def propose(study: Study, leech: Leech) -> Proposal:
    """What the log, the card and its concept speak for."""
    from studybuddy.study.why import question_of

    content = _content(study, leech.card)
    typed = list(_typed_wrong(content, leech))
    near = tuple(answer for answer in typed if content is not None and _nearly(content, answer))
    mate = _mixed_up_with(study, leech.card, typed) if typed else ""
    made = parts(content) if content is not None else ()
    weak = weak_ground(study, leech.card)
    worded = content is not None and not content.exercise
    grounds = {
        Ground.NEARLY_RIGHT: (bool(near) and 2 * len(near) >= len(typed), Remedy.ACCEPT),
        Ground.MIXED_UP: (bool(mate), Remedy.LOOK),
        Ground.ASKS_MUCH: (content is not None and bool(made) and asks_much(content), Remedy.SPLIT),
        Ground.WEAK_GROUND: (bool(weak), Remedy.LOOK),
        Ground.NO_WORDS: (not worded, Remedy.LEAVE),
        Ground.NOTHING_ELSE: (True, Remedy.REWRITE),
    }
    ground, (_, remedy) = next((name, found) for name, found in grounds.items() if found[0])
    can = {
        Remedy.REWRITE: worded,
        Remedy.SPLIT: bool(made),
        Remedy.ACCEPT: bool(near),
        Remedy.LOOK: bool(mate or weak),
        Remedy.SUSPEND: True,
        Remedy.LEAVE: True,
    }
    return Proposal(
        leech=leech,
        question=question_of(study, leech.card),
        remedy=remedy,
        ground=ground,
        possible=tuple(remedy for remedy, possible in can.items() if possible),
        content=content,
        parts=made,
        near=tuple(dict.fromkeys(near)),
        wrong=tuple(dict.fromkeys(typed)),
        concept=weak,
        mate=mate,
    )


def weak_ground(study: Study, card: str) -> str:
    """The concept that a card's concept rests on and that is recalled least, if less than is asked for.

    A concept with cards of which none was learnt counts as not recalled at all, one whose cards are all
    suspended does not count; empty where none is weak.
    """
    desk = study.desk
    remembered = Remembered(desk)
    found: list[tuple[float, int, str]] = []
    for concept in desk.concepts.prerequisites(desk.concepts.of(card)):
        cards = desk.concepts.cards(concept)[:MOST_MATES]
        if not cards:
            continue
        standings = desk.store.slips.standings(cards).values()
        if standings and all(one.suspended for one in standings):
            continue
        chances = [chance for one in standings if (chance := remembered.chance(one.memory)) is not None]
        mean = sum(chances) / len(chances) if chances else 0.0
        if mean < desk.preset_of(cards[0]).desired_retention:
            found.append((mean, desk.concepts.rank(concept), concept))
    return min(found)[2] if found else ""


def _content(study: Study, card: str) -> CardContent | None:
    try:
        return study.library.card(card)
    except StudybuddyError:
        return None


def _typed_wrong(content: CardContent | None, leech: Leech) -> Iterator[str]:
    """What was typed and not right, the newest first."""
    if content is None or content.kind not in TYPED or content.exercise:
        return
    typed = [
        answer.typed for answer in reversed(leech.answers) if answer.typed and answer.rating is Rating.AGAIN
    ]
    judged = ((answer, judge(content, answer, hint=False)) for answer in typed[:MOST_TYPED])
    yield from (answer for answer, found in judged if found is not None and found.mark in _WRONG)


def _nearly(content: CardContent, typed: str) -> bool:
    """Whether a typed answer differs from a right one by little; numbers and trees are right or not."""
    if content.kind in (CardKind.NUMERIC, CardKind.TREE):
        return False
    judged = judge(content, typed, hint=False)
    if judged is not None and judged.mark is Mark.CLOSE:
        return True
    given = _bare(typed)
    return any(_alike(given, _bare(right)) for right in (content.back, *content.accept))


def _alike(one: str, other: str) -> bool:
    if not one or not other:
        return False
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.quick_ratio() >= NEARLY and matcher.ratio() >= NEARLY


def _bare(text: str) -> str:
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text[:LONGEST_COMPARED])).lower()


def _mixed_up_with(study: Study, card: str, typed: Iterable[str]) -> str:
    """The card of the same concept, or of one it rests on, whose answer was typed; empty without one."""
    concepts = study.desk.concepts
    concept = concepts.of(card)
    if not concept:
        return ""
    around = [concept, *concepts.prerequisites(concept)]
    mates = [mate for one in around for mate in concepts.cards(one)[:MOST_MATES] if mate != card]
    answers = list(typed)
    for mate in mates:
        content = _content(study, mate)
        if content is not None and not content.exercise and content.kind is not CardKind.CLOZE:
            letters = CardContent(mate, CardKind.TYPE_IN, "", content.back, "", accept=content.accept)
            known = letters if content.asked is None else content
            found = (judge(known, answer, hint=False) for answer in answers)
            if any(one is not None and one.right for one in found):
                return mate
    return ""
