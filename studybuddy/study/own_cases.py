"""Cases of one's own: inputs the learner keeps. The judge asks the reference what is expected of them."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, NamedTuple

from studybuddy.core.errors import UsageError
from studybuddy.core.event import Event, EventKind
from studybuddy.core.exercise import Case, Exercise
from studybuddy.core.verdict import Counterexample
from studybuddy.study.desk import Desk
from studybuddy.study.own_cards import OwnCards

MOST_CASES = 50
"""Of one exercise: each costs time in every run."""
TRIED = "tried"
"""Name of a case that is tried once and not kept."""
_NAME = "own-"


class Kept(NamedTuple):
    """What became of a counter-example: the case, whether it is new, and its card, if one could be made."""

    case: Case
    new: bool
    card: str | None


class OwnCases:
    """Keeps, lists and drops the learner's cases. They live in the log, so undo takes back what was done."""

    def __init__(self, desk: Desk, cards: OwnCards) -> None:
        self._desk = desk
        self._cards = cards

    def cases(self, exercise: Exercise) -> tuple[Case, ...]:
        """The cases kept for an exercise, oldest first; what is expected is not known yet."""
        arity = len(exercise.signature.parameters) if exercise.signature else 0
        kept: dict[str, Case] = {}
        for event in self._events(exercise.id):
            name, arguments = str(event.body.get("name", "")), event.body.get("arguments")
            if event.body.get("do") == "remove":
                kept.pop(name, None)
            elif isinstance(arguments, list) and len(arguments) == arity:  # else it is of another signature
                kept[name] = Case(name, tuple(arguments), None)
        return tuple(kept.values())

    def equipped(self, exercise: Exercise, *tried: tuple[Any, ...]) -> Exercise:
        """The exercise as the judge gets it: with the cases kept, then others that are tried once."""
        once = tuple(Case(f"{TRIED}-{n}", arguments, None) for n, arguments in enumerate(tried, start=1))
        return replace(exercise, own=(*self.cases(exercise), *once))

    def read(self, exercise: Exercise, text: str) -> tuple[Any, ...]:
        """The input in a text.

        Raises:
            UsageError: it cannot be read, or the exercise does not allow it.
        """
        from studybuddy.runner.own_inputs import read_input

        return read_input(exercise, text)

    def add(self, exercise: Exercise, arguments: tuple[Any, ...]) -> tuple[Case, bool]:
        """Keep an input as a case; says whether it is new. One that is kept already stays as it is.

        Raises:
            UsageError: there are too many already.
        """
        cases = self.cases(exercise)
        same = _key(arguments)
        if known := next((case for case in cases if _key(case.arguments) == same), None):
            return known, False
        if len(cases) >= MOST_CASES:
            raise UsageError("an exercise may have {limit} cases of your own", limit=MOST_CASES)
        numbers = [_number(str(event.body.get("name", ""))) for event in self._events(exercise.id)]
        name = f"{_NAME}{1 + max(numbers, default=0)}"
        body: dict[str, object] = {"do": "add", "name": name, "arguments": list(arguments)}
        self._desk.record(EventKind.CASE, exercise.id, body)
        return Case(name, arguments, None), True

    def remove(self, exercise: Exercise, number: int) -> Case:
        """Drop a case by the number in its name.

        Raises:
            UsageError: there is no such case.
        """
        name = f"{_NAME}{number}"
        found = next((case for case in self.cases(exercise) if case.name == name), None)
        if found is None:
            raise UsageError("there is no case {number} of your own", number=number)
        self._desk.record(EventKind.CASE, exercise.id, {"do": "remove", "name": name})
        return found

    def keep(self, exercise: Exercise, example: Counterexample) -> Kept:
        """Keep a counter-example as a case, and as a card that asks for it once more; neither twice.

        Raises:
            UsageError: there are too many cases already.
        """
        from studybuddy.study.counterexample_words import card_sides

        case, new = self.add(exercise, example.arguments)
        about = f"{exercise.id} {_key(example.arguments)}"
        card = self._cards.made_of(about)
        sides = card_sides(exercise, example)
        if card is None and sides is not None:
            tags = (exercise.id.rpartition("/")[2], "counter-example")
            card = self._cards.add(*sides, tags, exercise.section, about)
            new = True
        return Kept(case, new, card)

    def _events(self, exercise: str) -> list[Event]:
        return list(self._desk.store.log.events(EventKind.CASE, exercise))


def case_number(case: Case) -> int:
    """The number of a case of one's own."""
    return _number(case.name)


def _number(name: str) -> int:
    digits = name.removeprefix(_NAME)
    return int(digits) if digits.isdecimal() and len(digits) < 7 else 0


def _key(arguments: tuple[Any, ...] | list[Any]) -> str:
    return json.dumps(list(arguments), sort_keys=True)
