"""`[[derivation]]` of lesson.toml: quantities, and the goal and answer of each step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studybuddy.core.derivation import Misconception, Quantities, StepGoal
from studybuddy.core.phrase import Phrase
from studybuddy.course.ids import read_id
from studybuddy.course.markdown import read_inline
from studybuddy.course.report import shorten
from studybuddy.course.spans import balanced
from studybuddy.course.table import LANGUAGES
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from studybuddy.course.table import Table

DRAWN = ("onehot", "positive")
SHAPES = ("", "indexed", "matrix", "product")


@dataclass(frozen=True, slots=True)
class StepFacts:
    """A step of a derivation before its words; `id` as written. Without a goal nothing checks it."""

    id: str
    answer: str
    given: bool
    table: Table
    goal: StepGoal | None = None


@dataclass(frozen=True, slots=True)
class DerivationFacts:
    """A derivation before its words; `id` as written."""

    id: str
    steps: tuple[StepFacts, ...]
    table: Table
    quantities: Quantities | None = None


def read_derivation(table: Table, taken: set[str], language: str, *, worded: bool = False) -> DerivationFacts:
    """A derivation with what is wrong with it said; `worded`: its steps bear their words themselves."""
    derivation_id = read_id(table, taken)
    quantities = read_quantities(table)
    steps = []
    names: set[str] = set()
    for row in table.tables("step"):
        step = _read_step(row, names, language)
        if step.id:
            steps.append(step)
        for key in LANGUAGES if worded else ():
            row.value(key)
        row.close()
    if not steps:
        table.error("missing-key", N_("a derivation needs at least one [[derivation.step]]"))
    table.close()
    return DerivationFacts(derivation_id, tuple(steps), table, quantities)


def _read_step(row: Table, names: set[str], language: str) -> StepFacts:
    word, answer = read_id(row, names), row.text("answer")
    if not balanced(answer):
        row.error("formula-braces", N_("the braces of the answer do not match"), "answer")
    return StepFacts(word, answer, row.flag("given"), row, _read_goal(row, language))


def _read_goal(row: Table, language: str) -> StepGoal | None:
    formula = row.text("goal", "")
    derivatives = tuple(_read_pair(pair, row) for pair in row.texts("derivatives"))
    contains, shape = row.texts("contains"), row.text("shape", "")
    misconceptions = tuple(_read_misconception(part, language) for part in row.tables("misconception"))
    if shape not in SHAPES:
        row.error(
            "unknown-word",
            Phrase.of(
                N_("`shape` is {shape!r}; it must be indexed, matrix or product"), shape=shorten(shape)
            ),
            "shape",
        )
        shape = ""
    if not formula:
        return None
    return StepGoal(formula, tuple(pair for pair in derivatives if pair), contains, shape, misconceptions)


def _read_pair(text: str, row: Table) -> tuple[str, str]:
    top, mark, bottom = text.partition("/")
    if not mark or not top or not bottom:
        row.error(
            "bad-derivative",
            Phrase.of(N_("{text!r} is no pair such as L/Z"), text=shorten(text)),
            "derivatives",
        )
    return top, bottom


def _read_misconception(table: Table, language: str) -> Misconception:
    answer = table.text("answer")
    found = table.language(language)
    words = table.text(found) if found else ""
    inlines = read_inline(words, lambda code, message: table.warning(code, message, found))
    table.close()
    return Misconception(answer, inlines)


def read_quantities(table: Table) -> Quantities | None:
    """What a table declares of tensors and what follows from them; None where it declares no tensors."""
    tensors = table.table("tensors")
    definitions, drawn, others = (_strings(table, key) for key in ("definitions", "drawn", "others"))
    batch, upstream, loss = table.text("batch", "N"), table.text("upstream", ""), table.text("loss", "L")
    dimensions = table.texts("dimensions")
    if tensors is None:
        return None
    axes = {name: tensors.texts(name) for name in tensors.names}
    tensors.close()
    for name, kind in drawn.items():
        if kind not in DRAWN or name not in axes:
            table.error(
                "unknown-word",
                Phrase.of(N_("`drawn` of {name!r} must be onehot or positive"), name=shorten(name)),
                "drawn",
            )
    return Quantities(axes, definitions, drawn, others, dimensions, batch, upstream, loss)


def _strings(table: Table, key: str) -> dict[str, str]:
    inner = table.table(key)
    if inner is None:
        return {}
    found = {name: inner.text(name) for name in inner.names}
    inner.close()
    return found
