"""Proves what lesson files declare: each answer is right by its own checker, each misconception wrong.

This needs the checker, so it stands beside `course.lint`, which reads files alone.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studybuddy.core.card_content import CardKind
from studybuddy.core.derivation import AskedStep, Judgement, Quantities, StepGoal
from studybuddy.core.phrase import Phrase
from studybuddy.course.declarations import (
    Declarations,
    declared_by_drills,
    declared_by_lesson,
    drills_at,
)
from studybuddy.course.lint import lessons_at
from studybuddy.course.report import Report, shorten
from studybuddy.course.spans import balanced
from studybuddy.course.table import LANGUAGES
from studybuddy.i18n import N_
from studybuddy.study.checking import judge_asked

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from studybuddy.core.card_content import CardContent
    from studybuddy.core.diagnostic import Diagnostic
    from studybuddy.course.derivation_facts import DerivationFacts, StepFacts
    from studybuddy.course.table import Table

UNREAD = N_("this cannot be read: {why}")


def lint_formulas(paths: Iterable[Path]) -> tuple[Diagnostic, ...]:
    """What is untrue in the declarations of some lessons and drills; the rest is left to `lint`."""
    found: dict[Diagnostic, None] = {}
    for path in paths:
        for language in LANGUAGES:
            for folder in lessons_at(path):
                report = Report()
                found |= _proved(declared_by_lesson(folder, language, report), report)
            if (root := drills_at(path)) is not None:
                report = Report()
                found |= _proved(declared_by_drills(root, language, report), report)
    return tuple(sorted(found, key=lambda one: (one.path, one.line, one.column)))


def _proved(declared: Declarations, report: Report) -> dict[Diagnostic, None]:
    """What proving adds to what reading had found."""
    before = set(report.diagnostics)
    for derivation in declared.derivations:
        _prove_derivation(derivation)
    for card, row in declared.cards:
        _prove_card(card, row)
    return dict.fromkeys(one for one in report.diagnostics if one not in before)


def _prove_derivation(facts: DerivationFacts) -> None:
    asked = [step for step in facts.steps if step.goal is not None]
    if facts.quantities is None:
        for step in asked:
            words = N_("a goal needs tensors: [derivation.tensors] is missing")
            step.table.error("goal-unfounded", words, "goal")
        return
    for step in asked:
        if step.goal is not None and _can_be_read(facts.quantities, step.goal, facts, step.table):
            _prove_step(facts.quantities, step.goal, step)


def _can_be_read(quantities: Quantities, goal: StepGoal, facts: DerivationFacts, row: Table) -> bool:
    """Whether definitions and goal are formulas that have a value; says where they are not."""
    if _why_unread(quantities, StepGoal("1")) or _open_indices(quantities):
        _name_definition(quantities, facts.table)
        return False
    if why := _why_unread(quantities, goal):
        row.error("formula-unread", Phrase.of(UNREAD, why=why), "goal")
        return False
    return True


def _why_unread(quantities: Quantities, goal: StepGoal) -> Phrase | None:
    """Why a goal, or what is defined for it, has no value; None where it has one."""
    from studybuddy.derivation.source import UnreadableError
    from studybuddy.derivation.values import MistakeError
    from studybuddy.study.derivation_exercises import exercise_of_goal

    try:
        _ = exercise_of_goal(quantities, goal).truths
    except (UnreadableError, MistakeError) as error:
        return error.reason
    return None


def _open_indices(quantities: Quantities) -> tuple[str, ...]:
    """The indices of definitions that have a value and yet are no whole tensors, such as `e^{Z_{ij}}`."""
    from studybuddy.study.derivation_exercises import exercise_of_goal

    world = exercise_of_goal(quantities, StepGoal("1")).worlds[0]
    return tuple(label for name in quantities.definitions for label in world.values[name].labels)


def _name_definition(quantities: Quantities, table: Table) -> None:
    """Say which definition is the first that is wrong."""
    for count, name in enumerate(quantities.definitions, 1):
        known = dict(list(quantities.definitions.items())[:count])
        part = replace(quantities, definitions=known)
        if why := _why_unread(part, StepGoal("1")):
            table.error("formula-unread", Phrase.of(UNREAD, why=why), "definitions", name)
            return
        if labels := _open_indices(part):
            words = N_(
                "the indices {labels} stay open here: define whole tensors, as in softmax(Z) or exp(Z)"
            )
            said = Phrase.of(words, labels=", ".join(labels))
            table.error("formula-unread", said, "definitions", name)
            return
    table.error("formula-unread", Phrase.of(UNREAD, why=_why_unread(quantities, StepGoal("1"))), "tensors")


def _prove_step(quantities: Quantities, goal: StepGoal, step: StepFacts) -> None:
    verdict = judge_asked(AskedStep(quantities, goal, step.answer), step.answer, hint=False)
    if not verdict.right and balanced(step.answer):  # else it was said where it was read
        words = N_("the checker does not accept this answer: {why}")
        step.table.error("answer-wrong", Phrase.of(words, why=verdict.reason or ""), "answer")
    for row in step.table.tables("misconception"):
        typed = row.text("answer", "")
        bare = StepGoal(goal.formula, goal.derivatives)
        found = judge_asked(AskedStep(quantities, bare, step.answer), typed, hint=False)
        if found.judgement is Judgement.RIGHT:
            row.error("misconception-right", N_("this misconception is a right answer"), "answer")
        elif found.judgement is Judgement.UNREADABLE:
            row.error("formula-unread", Phrase.of(UNREAD, why=found.reason or ""), "answer")


def _prove_card(card: CardContent, row: Table) -> None:
    assert card.asked is not None
    if why := _why_unread(card.asked.quantities, card.asked.goal):
        if row.value("derivation") is None:  # else it is said where the step stands
            row.error("formula-unread", Phrase.of(UNREAD, why=why), "goal" if row.value("goal") else "accept")
        return
    mark = "`" if card.kind is CardKind.CODE else "$"
    shown = card.back.strip().removeprefix(mark).partition(mark)[0]
    backs = [(shown, "")] if card.back.strip().startswith(mark) else []
    for answer, key in [*((one, "accept") for one in card.accept), *backs]:
        verdict = judge_asked(card.asked, answer, hint=False)
        if not verdict.right:
            words = N_("the checker does not accept {answer}: {why}")
            said = Phrase.of(words, answer=shorten(answer), why=verdict.reason or "")
            row.error("answer-wrong", said, *([key] if key else []))
