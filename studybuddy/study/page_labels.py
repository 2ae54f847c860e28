"""The words that a page adds to a lesson's own, in the learner's language."""

from __future__ import annotations

from studybuddy.i18n import _
from studybuddy.study.page import Labels


def page_labels(titles: dict[str, str]) -> Labels:
    """The labels of a page whose slots bear `titles`, by id."""
    return Labels(
        thinking_question=_("Thinking question"),
        answer=_("Answer"),
        answer_hidden=_("[o] answer first, then see the course's answer"),
        exercise=_("Exercise"),
        derivation=_("Derivation"),
        walk=_("Step by step"),
        stuck=_("Stuck? In small numbers"),
        interview=_("Mock interview"),
        checklist=_("Checklist"),
        lesson=_("Other lesson"),
        titles=titles,
    )
