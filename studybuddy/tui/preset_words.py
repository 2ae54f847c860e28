"""Presets in words: what each is about, what it changes, and what was taken back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_, _
from studybuddy.study.presets import undo_preset
from studybuddy.study.settings import BY_KEY
from studybuddy.text import clean_line
from studybuddy.tui.setting_words import value_words

if TYPE_CHECKING:
    from studybuddy.study.preset_rules import PresetRule
    from studybuddy.study.wiring import Study


def about_words(rule: PresetRule, codes: Mapping[str, str]) -> str:
    """Its lessons by their codes, its tags with their sign: `S3W10D1 #hard`."""
    words = [codes.get(lesson, lesson) for lesson in rule.lessons] + [f"#{tag}" for tag in rule.tags]
    return clean_line(" ".join(words)) or _("no card yet")


def change_words(rule: PresetRule, values: Mapping[str, Any]) -> list[str]:
    """A sentence for each value it changes, beside what holds for other cards."""
    return [
        _(
            "{setting} {value} instead of {usual}",
            setting=_(BY_KEY[key].label),
            value=value_words(BY_KEY[key], value),
            usual=value_words(BY_KEY[key], values[key]),
        )
        if value != values[key]
        else _(
            "{setting} {value}, as elsewhere",
            setting=_(BY_KEY[key].label),
            value=value_words(BY_KEY[key], value),
        )
        for key, value in rule.changes.items()
    ]


def taken_back(study: Study) -> tuple[Phrase, str]:
    """Take the last change back if it was one of a preset; what to say of it, and in which tone."""
    from studybuddy.study.undoing import undone

    event = undo_preset(study.desk)
    if event is None:
        return Phrase(N_("the last thing done was no change of a preset")), ""
    return undone(study, event), "good"
