"""The ids of everything in an imported lesson that a learner can do or remember."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from studybuddy.course.importing.model import (
    SECTIONS,
    Derivation,
    Imported,
    Item,
    Part,
    Question,
    SymbolRow,
    Task,
    Think,
)
from studybuddy.course.importing.programs import Program, programs_of
from studybuddy.course.importing.stable_ids import Ids, KnownItem, Wanted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MOST_ROWS = 600
"""Things of one kind; the reader takes 2000 tables of a kind from a file, and cards are of three kinds."""

Named: TypeAlias = Item | SymbolRow | Part
_RESERVED = frozenset(kind.value for kind in SECTIONS)


@dataclass(slots=True)
class LessonIds:
    """Ids by the things that bear them; a program is found by its problem, or by its section's part."""

    known: tuple[KnownItem, ...] = ()
    programs: list[tuple[str, Program]] = field(default_factory=list)
    _by_thing: dict[Named, str] = field(default_factory=dict)
    _steps: dict[Derivation, list[str]] = field(default_factory=dict)

    def of(self, thing: Named) -> str:
        """The id of a thing; empty for one that has none."""
        return self._by_thing.get(thing, "")

    def steps(self, derivation: Derivation) -> list[str]:
        """The ids of a derivation's steps, without the derivation's own."""
        return self._steps.get(derivation, [])

    def give(self, ids: Ids, kind: str, prefix: str, things: Sequence[tuple[Named, Wanted]]) -> list[str]:
        """Give ids to things of one kind."""
        things = things[:MOST_ROWS]
        reserved = () if kind == "task" else _RESERVED
        words = ids.give(kind, prefix, [wanted for _, wanted in things], reserved)
        self._by_thing |= {thing: word for (thing, _), word in zip(things, words, strict=True)}
        return words


def give_ids(imported: Imported, known: Iterable[KnownItem] = ()) -> LessonIds:
    """All ids of a lesson; `known` is what it had when it was imported before."""
    ids, found = Ids(known), LessonIds()
    items = [item for part in imported.parts for item in part.items]
    found.give(ids, "task", "item-", _tasks(items))
    thinks = [(item, Wanted(item.question, item.id)) for item in items if isinstance(item, Think)]
    found.give(ids, "think", "think-", thinks)
    questions = [(item, Wanted(item.text, item.id)) for item in items if isinstance(item, Question)]
    found.give(ids, "question", "q", questions)
    derivations = [item for item in items if isinstance(item, Derivation)]
    named = [(item, Wanted(f"{item.title}\n{item.goal}")) for item in derivations]
    for derivation, word in zip(
        derivations, found.give(ids, "derivation", "derivation-", named), strict=False
    ):
        steps = [Wanted(step.text) for step in derivation.steps[:MOST_ROWS]] or [Wanted(derivation.goal)]
        found._steps[derivation] = ids.give(f"step/{word}", "step-", steps)
    programs = programs_of(imported.parts)[:MOST_ROWS]
    for prefix in dict.fromkeys(program.prefix for program in programs):
        alike = [program for program in programs if program.prefix == prefix]
        sources = [(program.source, Wanted(program.code, program.wanted)) for program in alike]
        words = found.give(ids, f"program/{prefix}", prefix, sources)
        found.programs += zip(words, alike, strict=True)
    rows = [row for part in imported.parts for row in part.symbols]
    found.give(ids, "symbol", "symbol-", [(row, Wanted(f"{row.latex} {row.shape}")) for row in rows])
    found.known = tuple(ids.items)
    return found


def _tasks(items: Sequence[Item]) -> list[tuple[Named, Wanted]]:
    """The checklist: the first item of each kind bears the kind's name."""
    taken: set[str] = set()
    wanted: list[tuple[Named, Wanted]] = []
    for item in items:
        if isinstance(item, Task):
            word = item.kind if item.kind != "other" and item.kind not in taken else ""
            taken.add(item.kind)
            wanted.append((item, Wanted(item.text, word)))
    return wanted
