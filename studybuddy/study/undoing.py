"""How a thing taken back is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studybuddy.core.errors import StudybuddyError
from studybuddy.core.event import PRESET, Event, EventKind
from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_
from studybuddy.store.bodies import named
from studybuddy.text import cell_width, clean_line, truncate

if TYPE_CHECKING:
    from studybuddy.study.wiring import Study

_WORDS = {
    EventKind.REVIEW: N_("undone: review of {id}"),
    EventKind.TICK: N_("undone: tick of {id}"),
    EventKind.UNTICK: N_("undone: untick of {id}"),
    EventKind.INTERVIEW: N_("undone: interview answer {id}"),
    EventKind.STEP: N_("undone: derivation step {id}"),
    EventKind.SECTION: N_("undone: reading of {id}"),
    EventKind.CARD_NEW: N_("undone: new card {id}"),
    EventKind.CARD_EDIT: N_("undone: edit of {id}"),
    EventKind.RESCHEDULE: N_("undone: rescheduling"),
    EventKind.LEECH: N_("undone: decision about {id}"),
    EventKind.FIT: N_("undone: fit of the memory model"),
    EventKind.ALLOWANCE: N_("undone: more for today"),
    EventKind.REPAIR: N_("undone: the repair path of {id} is offered again"),
    EventKind.CASE: N_("undone: change of your own cases for {id}"),
    EventKind.FORGET: N_("undone: {id} is remembered again as before"),
    EventKind.CARD_TAG: N_("undone: tags of {id}"),
    EventKind.SETTING: N_("undone: change of the preset {id}"),
}
_STATE_WORDS = {
    ("suspended", True): N_("undone: {id} is asked again"),
    ("suspended", False): N_("undone: {id} is suspended again"),
    ("buried", True): N_("undone: {id} is asked again"),
    ("buried", False): N_("undone: {id} is put aside again"),
    ("flag", True): N_("undone: flag of {id}"),
    ("flag", False): N_("undone: {id} is flagged again"),
}
"""What was done to a card, and whether it was set or lifted."""
_GROUP_WORDS = {
    ("suspended", True): Phrase.of(
        N_("undone: {n} card is asked again"), plural=N_("undone: {n} cards are asked again"), n=0
    ),
    ("suspended", False): Phrase.of(
        N_("undone: {n} card is suspended again"), plural=N_("undone: {n} cards are suspended again"), n=0
    ),
    ("buried", True): Phrase.of(
        N_("undone: {n} card is asked again"), plural=N_("undone: {n} cards are asked again"), n=0
    ),
    ("buried", False): Phrase.of(
        N_("undone: {n} card is put aside again"), plural=N_("undone: {n} cards are put aside again"), n=0
    ),
    ("flag", True): Phrase.of(N_("undone: flag of {n} card"), plural=N_("undone: flags of {n} cards"), n=0),
    ("flag", False): Phrase.of(
        N_("undone: {n} card is flagged again"), plural=N_("undone: {n} cards are flagged again"), n=0
    ),
}
"""The same of a group."""
_DEED_WORDS = {
    EventKind.FORGET: Phrase.of(
        N_("undone: {n} card is remembered again as before"),
        plural=N_("undone: {n} cards are remembered again as before"),
        n=0,
    ),
    EventKind.CARD_TAG: Phrase.of(
        N_("undone: tags of {n} card"), plural=N_("undone: tags of {n} cards"), n=0
    ),
    EventKind.RESCHEDULE: Phrase.of(
        N_("undone: due day of {n} card"), plural=N_("undone: due days of {n} cards"), n=0
    ),
}
"""What else was done to a group."""
LONGEST_NAME = 44
"""Cells of a name; of a card its first words."""


def undo(study: Study) -> Phrase:
    """Take back the newest thing that can be taken back, and say what it was."""
    return undone(study, study.review.undo())


def undone(study: Study, event: Event | None) -> Phrase:
    """What was taken back, by the name a learner knows it by, or that there was nothing."""
    if event is None:
        return Phrase(N_("nothing to undo"))
    if event.kind is EventKind.CARD_STATE and not event.subject:
        return _group_words(event)
    if event.kind in _DEED_WORDS and (not event.subject or event.kind is EventKind.RESCHEDULE):
        return _deed_words(event)
    return Phrase.of(_WORDS.get(event.kind) or _state_words(event), id=name_of(study, event))


def _state_words(event: Event) -> str:
    found = (_STATE_WORDS.get((column, bool(value))) for column, value in event.body.items())
    return next(filter(None, found), N_("undone: change of {id}"))


def _group_words(event: Event) -> Phrase:
    found = (_GROUP_WORDS.get((column, bool(value))) for column, value in event.body.items())
    said = next(filter(None, found), _GROUP_WORDS["suspended", True])
    return said._replace(parameters=(("n", len(event.body.get("cards", ()))),))


def _deed_words(event: Event) -> Phrase:
    if event.kind is EventKind.RESCHEDULE and not event.body.get("set"):
        return Phrase(_WORDS[event.kind])
    return _DEED_WORDS[event.kind]._replace(parameters=(("n", len(named(event.body))),))


def name_of(study: Study, event: Event) -> str:
    """An item by its label, a section by its title, a card or question by its first words.

    What the course no longer has keeps its id.
    """
    try:
        name = clean_line(_name(study, event), 400)
    except (StudybuddyError, StopIteration):
        return event.subject
    return name if cell_width(name) <= LONGEST_NAME else truncate(name, LONGEST_NAME)


def _name(study: Study, event: Event) -> str:
    subject = event.subject
    if event.kind is EventKind.SETTING:
        return subject.removeprefix(PRESET)
    if event.kind in (EventKind.TICK, EventKind.UNTICK):
        lesson = study.desk.catalogue.lesson_of(subject)
        return next(item.label for item in lesson.checklist if item.id == subject)
    if event.kind is EventKind.SECTION:
        plan = study.day.lesson_plan(study.desk.catalogue.lesson_of(subject))
        return next((section.title for section in plan.sections if section.id == subject), plan.code)
    if event.kind is EventKind.REPAIR:
        return study.desk.concepts.title(subject, study.desk.language)
    if event.kind is EventKind.CARD_NEW and event.body.get("front"):
        return str(event.body["front"])
    from studybuddy.study.paper import one_line

    if event.kind is EventKind.STEP:
        derivation, step = study.derivations.find(subject)
        return derivation.title if len(derivation.steps) == 1 else one_line(step.prompt)
    return one_line(study.question(subject)[1])
