"""Writes what an import planned: every lesson and the events that tell of them, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studybuddy.core.errors import UsageError
from studybuddy.core.event import EventKind, NewEvent
from studybuddy.course.shelf.writing import make_ready, recover
from studybuddy.study.imports import Imports

if TYPE_CHECKING:
    from pathlib import Path

    from studybuddy.store.log import EventLog
    from studybuddy.study.desk import Desk
    from studybuddy.study.import_plan import ImportPlan, PlannedLesson


def save(desk: Desk, plan: ImportPlan) -> ImportPlan:
    """Write what was planned, as the shelf is now: every lesson and the events that tell of them, or nothing.

    The course's index is to be loaded again afterwards.

    Returns:
        What was written.

    Raises:
        UsageError: a lesson of the plan cannot be imported.
        StoreError: it could not be saved.
    """
    shelf = desk.places.lessons
    settle(shelf, desk.store.log)
    imports = Imports(shelf, desk.content, desk.store.log)
    now = imports.planned([lesson.given for lesson in plan.lessons], plan.wanted, force=plan.force)
    if not now.ready:
        raise UsageError("there are errors; nothing was imported")
    ready = make_ready(shelf, [lesson.folder for lesson in now.lessons if lesson.folder is not None])
    ready.put()
    try:
        moment = desk.moment()
        events = [_event(lesson, ready.name) for lesson in now.lessons]
        desk.store.append_all(events, moment.now, moment.day)
    except BaseException:
        ready.take_back()
        raise
    ready.finish()
    return now


def settle(shelf: Path, log: EventLog) -> bool:
    """Finish or take back an import that a crash left half done; whether there was one."""

    def logged(name: str) -> bool:
        return any(event.body.get("import") == name for event in log.events(EventKind.IMPORT))

    return recover(shelf, logged)


def _event(lesson: PlannedLesson, name: str) -> NewEvent:
    """What the log keeps of an import."""
    given = lesson.given
    body: dict[str, object] = {
        "v": 1,
        "source": given.imported.name,
        "hash": given.hash,
        "code": given.imported.code,
        "counts": given.imported.counts.as_dict(),
        "import": name,
    }
    for what in ("added", "changed", "removed"):
        body[what] = sum(len(getattr(change, what)) for change in lesson.changes)
    return NewEvent(EventKind.IMPORT, lesson.id, body)
