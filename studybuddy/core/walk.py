"""A walk through a program line by line: of each line its shape, then the line itself, then why it is so."""

from __future__ import annotations

from dataclasses import dataclass

from studybuddy.core.block import Blocks
from studybuddy.core.card_content import CardContent


@dataclass(frozen=True, slots=True)
class WalkStep:
    """A line of the program. `shape` and `line` are judged as cards are; the reason is for the learner."""

    id: str
    title: str
    name: str
    """What the line assigns to."""
    value: str
    """What it assigns, as the course writes it."""
    shape: CardContent
    line: CardContent
    question: Blocks
    """Why the line is as it is."""
    reason: Blocks
    """The course's answer."""


@dataclass(frozen=True, slots=True)
class Walk:
    """The steps of a walk, in the order in which the program has them."""

    id: str
    title: str
    section: str
    exercise: str
    """Full id of the exercise that asks for the whole program."""
    given: str
    """Lines that stand before the first step."""
    steps: tuple[WalkStep, ...]
