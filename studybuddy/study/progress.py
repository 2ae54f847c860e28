"""How far a learner is in a section: asked of the log, worded by whoever shows it."""

from __future__ import annotations

from typing import NamedTuple

from studybuddy.core.event import EventKind
from studybuddy.core.phrase import Phrase
from studybuddy.course.indexed import IndexedExercise, IndexedLesson, IndexedSection
from studybuddy.i18n import N_
from studybuddy.store.log import EventLog
from studybuddy.study.step_log import standing


class Progress(NamedTuple):
    """Whether a section is done or at least begun, and a few words on it."""

    done: bool
    begun: bool
    detail: Phrase


def progress(lesson: IndexedLesson, section: IndexedSection, ticked: int, log: EventLog) -> Progress:
    """How far the learner is in `section`; `ticked` counts the lesson's ticked items, for the summary."""
    read = log.latest(EventKind.SECTION, section.id) is not None
    reading = Progress(read, read, Phrase(N_("read")) if read else Phrase(N_("not read")))
    if section.kind == "derivation":
        steps = [step for derivation in lesson.derivations for step in derivation.steps]
        made = sum(standing(log, step).derived for step in steps)
        return _counted(reading, made, len(steps), N_("{done} of {total} steps"))
    if section.kind == "interview":
        answered = sum(log.latest(EventKind.INTERVIEW, question) is not None for question in lesson.questions)
        return _counted(reading, answered, len(lesson.questions), N_("{done} of {total} answered"))
    if section.kind == "summary":
        total = len(lesson.checklist)
        words = Phrase.of(N_("{done} of {total} ticked"), done=ticked, total=total)
        return Progress(0 < total == ticked, ticked > 0, words)
    exercises = [exercise for exercise in lesson.exercises if exercise.section == section.id]
    return _tried(reading, exercises, log) if exercises else reading


def attempt(exercise: str, log: EventLog) -> tuple[bool, Phrase] | None:
    """Whether the learner's own program was accepted, and how their best attempt reads; None before one.

    Runs of the lesson's own program say nothing about the learner and are passed over.
    """
    best, own = None, False
    for event in log.events(EventKind.ATTEMPT, exercise):
        if event.body.get("reference") or not isinstance(event.body.get("verdict"), str):
            continue
        best, own = event, event.body["verdict"] == "AC"
        if own:
            break
    if best is None:
        return None
    if losses := best.body.get("losses"):
        first, last = losses[0][1], losses[-1][1]
        return own, Phrase.of(N_("loss {first:.2g} → {last:.2g}"), first=first, last=last)
    from studybuddy.study.outcome_words import (
        RAN,
        VERDICT_WORDS,
    )  # not needed for the first picture of most days

    verdict = best.body["verdict"]
    said = Phrase(RAN if own and best.body.get("judged") is False else VERDICT_WORDS.get(verdict, verdict))
    return own, said if own else Phrase.of(N_("last run: {verdict}"), verdict=said)


def _counted(reading: Progress, made: int, total: int, words: str) -> Progress:
    if not made:
        return reading._replace(done=False)
    return Progress(made == total, True, Phrase.of(words, done=made, total=total))


def _tried(reading: Progress, exercises: list[IndexedExercise], log: EventLog) -> Progress:
    """A section with programs is done when those that are not optional were accepted."""
    wanted = [exercise for exercise in exercises if not exercise.optional] or exercises
    results = [attempt(exercise.id, log) for exercise in wanted]
    shown = next((result[1] for result in results if result is not None), None)
    done = all(result is not None and result[0] for result in results)
    detail = _with_badge(shown or reading.detail, [e for e in exercises if e not in wanted], log, done=done)
    return Progress(done, reading.begun or shown is not None, detail)


def _with_badge(detail: Phrase, challenges: list[IndexedExercise], log: EventLog, *, done: bool) -> Phrase:
    """What is said of a section, and how its challenges stand, which have a sign of their own."""
    results = [attempt(exercise.id, log) for exercise in challenges]
    if any(result is not None and result[0] for result in results):
        return Phrase.of(N_("{said} · challenge ✓"), said=detail)
    return Phrase.of(N_("{said} · challenge open"), said=detail) if done and challenges else detail
