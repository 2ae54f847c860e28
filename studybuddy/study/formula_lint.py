"""Proves what lesson files declare: each answer is right by its own checker, each misconception wrong.

This needs the checker, so it stands beside `course.lint`, which reads files alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studybuddy.core.derivation import AskedStep, Judgement, Quantities, StepGoal
from studybuddy.core.errors import ContentError
from studybuddy.core.phrase import Phrase
from studybuddy.course.declarations import (
    Declarations,
    declared_by_drills,
    declared_by_lesson,
    drills_at,
)
from studybuddy.course.lint import lessons_at
from studybuddy.course.report import Report, shorten
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
    from studybuddy.derivation.source import UnreadableError
    from studybuddy.derivation.values import MistakeError
    from studybuddy.study.derivation_exercises import exercise_of_goal

    plain = StepGoal("1")
    for wanted, table, key in ((plain, facts.table, "definitions"), (goal, row, "goal")):
        try:
            _ = exercise_of_goal(quantities, wanted).truths
        except (UnreadableError, MistakeError) as error:
            table.error("formula-unread", Phrase.of(N_("this cannot be read: {why}"), why=error.reason), key)
            return False
    return True


def _prove_step(quantities: Quantities, goal: StepGoal, step: StepFacts) -> None:
    verdict = judge_asked(AskedStep(quantities, goal, step.answer), step.answer, hint=False)
    if not verdict.right:
        words = N_("the checker does not accept this answer: {why}")
        step.table.error("answer-wrong", Phrase.of(words, why=verdict.reason or ""), "answer")
    for row in step.table.tables("misconception"):
        typed = row.text("answer", "")
        bare = StepGoal(goal.formula, goal.derivatives)
        found = judge_asked(AskedStep(quantities, bare, step.answer), typed, hint=False)
        if found.judgement is Judgement.RIGHT:
            row.error("misconception-right", N_("this misconception is a right answer"), "answer")
        elif found.judgement is Judgement.UNREADABLE:
            words = N_("this cannot be read: {why}")
            row.error("formula-unread", Phrase.of(words, why=found.reason or ""), "answer")


def _prove_card(card: CardContent, row: Table) -> None:
    assert card.asked is not None
    try:
        for answer in card.accept:
            if not judge_asked(card.asked, answer, hint=False).right:
                words = N_("the checker does not accept {answer!r}")
                row.error("answer-wrong", Phrase.of(words, answer=shorten(answer)), "accept")
        shown = card.back.strip().removeprefix("$").partition("$")[0]
        if card.back.strip().startswith("$") and not judge_asked(card.asked, shown, hint=False).right:
            row.error("answer-wrong", Phrase.of(N_("the checker does not accept {answer!r}"), answer=shown))
    except ContentError:
        return  # said where the step stands
