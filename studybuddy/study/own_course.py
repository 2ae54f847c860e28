"""What a learner does to the course itself: lessons are brought in, and their code is allowed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from studybuddy.course.index import load_index
from studybuddy.course.looks import half_done, look_at_root
from studybuddy.study.catalogue import Catalogue
from studybuddy.study.desk import OWN, Desk

if TYPE_CHECKING:
    from pathlib import Path

    from studybuddy.store.log import EventLog
    from studybuddy.study.import_plan import ImportPlan
    from studybuddy.study.imports import Imports
    from studybuddy.study.places import Places


def read_catalogue(content: Path, places: Places) -> Catalogue:
    """What there is in the course and on the learner's shelf."""
    shelf = look_at_root(os.fspath(places.lessons))
    return Catalogue(load_index(content, places.cache, places.lessons), shelf)


def settled(places: Places, log: EventLog) -> bool:
    """Finish or take back an import that a crash left half done; whether there was one."""
    if not half_done(places.lessons):
        return False
    from studybuddy.study.import_saving import settle

    return settle(places.lessons, log)


class OwnCourse:
    """The part of the study that changes what the course is."""

    desk: Desk

    def reload_course(self) -> None:
        """Read the course again where it was changed: lessons were imported, edited or taken away."""
        desk = self.desk
        desk.catalogue = read_catalogue(desk.content, desk.places)
        desk.store.queue.keep_to(desk.catalogue.card_ids, OWN)
        for name in ("siblings", "concepts", "queue", "repair"):
            vars(desk).pop(name, None)
        for name, end in (("library", "forget"), ("browser", "close")):
            if (use := vars(self).get(name)) is not None:
                getattr(use, end)()
        for name in vars(self).keys() - {"desk", "library", "lab"}:
            del vars(self)[name]

    def refresh_course(self) -> bool:
        """Read the course again if a file on the learner's shelf looks changed; whether one did."""
        changed = look_at_root(os.fspath(self.desk.places.lessons)) != self.desk.catalogue.shelf
        if changed:
            self.reload_course()
        return changed

    @property
    def imports(self) -> Imports:
        """What importing files would do to the learner's lessons, as they are now."""
        from studybuddy.study.imports import Imports

        return Imports(self.desk.places.lessons, self.desk.content, self.desk.store.log)

    def save_import(self, plan: ImportPlan) -> ImportPlan:
        """Write the lessons of a plan, all or none, and have them in the course. Returns what was written.

        Raises:
            UsageError: there is a lesson among them that cannot be imported.
            StoreError: it could not be saved.
        """
        from studybuddy.study.import_saving import save

        written = save(self.desk, plan)
        self.reload_course()
        return written
