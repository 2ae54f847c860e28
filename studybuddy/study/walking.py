"""A walk through a program as it goes: of each line the shape, the line, the reason."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, field
from enum import IntEnum

from studybuddy.core.errors import UnknownIdError
from studybuddy.core.lesson import Lesson
from studybuddy.core.walk import Walk, WalkStep
from studybuddy.study.answers.judged import Judged
from studybuddy.study.answers.judges import judge
from studybuddy.study.desk import Desk
from studybuddy.study.library import Library

OPEN, OWN, SHOWN = "·", "✓", "~"
"""Signs of a step: to do, all by oneself, something of it was shown."""


class Stage(IntEnum):
    """What is asked of a step, one after the other."""

    SHAPE = 0
    LINE = 1
    WHY = 2
    REASON = 3
    """The reason is there to be compared; nothing more is asked."""


@dataclass
class Walking:
    """Where a learner is on a walk. Nothing of it is evidence, so it is kept like a draft."""

    walk: Walk
    index: int = 0
    stage: Stage = Stage.SHAPE
    signs: list[str] = field(default_factory=list)
    helped: bool = False
    """Whether something of this step was shown."""

    def __post_init__(self) -> None:
        if len(self.signs) != len(self.walk.steps) or not set(self.signs) <= {OPEN, OWN, SHOWN}:
            self.signs = [OPEN] * len(self.walk.steps)

    @property
    def step(self) -> WalkStep:
        """The step in front."""
        return self.walk.steps[self.index]

    @property
    def finished(self) -> bool:
        """Whether every step was walked."""
        return OPEN not in self.signs

    @property
    def program(self) -> str:
        """The lines so far, the one in front open where it is still to be found."""
        lines = [self.walk.given.rstrip("\n")] if self.walk.given.strip() else []
        for number, step in enumerate(self.walk.steps[: self.index + 1]):
            done = number < self.index or self.stage > Stage.LINE
            known = number < self.index or self.stage > Stage.SHAPE
            shape = f"  # {step.shape.back}" if known else ""
            lines.append(f"{step.name} = {step.value if done else '____'}{shape}")
        return "\n".join(lines)

    def answer(self, typed: str) -> Judged | None:
        """Judge what was typed; a right answer goes on to the next stage. None where nothing was typed."""
        judged = judge(self.step.shape if self.stage is Stage.SHAPE else self.step.line, typed)
        if judged is not None and judged.right:
            self._on()
        return judged

    def show(self) -> None:
        """Show what is asked, and go on."""
        self.helped = True
        self._on()

    def reason(self) -> None:
        """Show the course's reason beside the learner's."""
        self.stage = Stage.REASON

    def _on(self) -> None:
        self.stage = Stage(self.stage + 1)
        if self.stage is Stage.WHY:
            self.signs[self.index] = SHOWN if self.helped else OWN

    def go(self, index: int) -> None:
        """To the beginning of a step."""
        if 0 <= index < len(self.walk.steps):
            self.index, self.stage, self.helped = index, Stage.SHAPE, False


class Walks:
    """Finds walks, and keeps where they were left."""

    def __init__(self, desk: Desk, library: Library) -> None:
        self._desk = desk
        self._library = library

    def begin(self, walk: str) -> Walking:
        """A walk where it was left; what cannot be read of that is its beginning.

        Raises:
            UnknownIdError: there is no such walk.
        """
        found = self.find(walk)
        with suppress(ValueError, TypeError, AttributeError, KeyError):
            kept = json.loads(self._desk.store.draft(_scratch(walk)) or "{}")
            index = int(kept["index"])
            if 0 <= index < len(found.steps):
                return Walking(found, index, signs=[str(sign) for sign in kept["signs"]])
        return Walking(found)

    def find(self, walk: str) -> Walk:
        """A walk in the language in use."""
        walks = self.lesson(walk).walks
        known = next((one for one in walks if one.id == walk), None)
        if known is None:
            raise UnknownIdError("walk", walk, tuple(one.id for one in walks))
        return known

    def lesson(self, walk: str) -> Lesson:
        """The lesson of a walk."""
        return self._library.lesson(walk.split("/", 1)[0])

    def keep(self, walking: Walking) -> None:
        """Keep where a walk is, where anything can be kept."""
        if self._desk.store.writable:
            kept = json.dumps({"index": walking.index, "signs": walking.signs})
            self._desk.store.save_draft(_scratch(walking.walk.id), kept, self._desk.now())


def _scratch(walk: str) -> str:
    return f"{walk}#walk"
