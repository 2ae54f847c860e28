"""How each card is studied: by the preset of one of its tags, else of its lesson, else by the settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from studybuddy.core.errors import UnknownIdError, UsageError
from studybuddy.core.event import PRESET, EventKind
from studybuddy.core.phrase import Phrase
from studybuddy.core.preset import Preset
from studybuddy.i18n import N_
from studybuddy.study.card_places import CardPlaces
from studybuddy.study.own_tags import searched
from studybuddy.study.preferences import kept_value
from studybuddy.study.preset_rules import LONGEST_NAME, PRESET_KEYS, PresetRule, read_name, read_rule

if TYPE_CHECKING:
    from studybuddy.core.event import Event
    from studybuddy.study.desk import Desk
    from studybuddy.study.preferences import Preferences

MOST_NOTES = 5
"""Sentences about presets that cannot be used; more help nobody."""


class Presets:
    """Answers for every card which preset holds. A value of the settings in force when it was made.

    Of several presets about a card one alone holds: those about a tag come before those about a lesson, and
    among these the first by name.
    """

    def __init__(self, default: Preset, kept: Mapping[str, Any], places: CardPlaces) -> None:
        """Read the presets there are.

        Args:
            default: what holds for all other cards.
            kept: newest value of each preset in the log, by name; None where it was deleted.
            places: knows lesson and tags of a card.
        """
        self.default = default
        self.notes: list[Phrase] = []
        """A sentence for each preset that cannot be used."""
        self.rules: tuple[PresetRule, ...] = self._read(kept)
        """The presets there are, by name."""
        self._places = places
        self._by_lesson: dict[str, Preset] = {}
        self._by_tag: dict[str, tuple[int, Preset]] = {}
        for number, rule in enumerate(self.rules):
            preset = rule.preset(default)
            for lesson in rule.lessons:
                self._by_lesson.setdefault(lesson, preset)
            for tag in rule.tags:
                self._by_tag.setdefault(searched(tag), (number, preset))

    @property
    def all(self) -> tuple[Preset, ...]:
        """Every preset that may hold for some card, the default one first."""
        return (self.default, *(rule.preset(self.default) for rule in self.rules))

    def of(self, card: str) -> Preset:
        """The preset of a card."""
        if self._by_tag:
            tags = self._places.tags(card)
            if found := [self._by_tag[tag] for tag in tags if tag in self._by_tag]:
                return min(found, key=lambda numbered: numbered[0])[1]
        if self._by_lesson:
            return self._by_lesson.get(self._places.lesson(card), self.default)
        return self.default

    def rule(self, name: str) -> PresetRule | None:
        """A preset by its name."""
        return next((rule for rule in self.rules if rule.name == name), None)

    def _read(self, kept: Mapping[str, Any]) -> tuple[PresetRule, ...]:
        found = []
        for name in sorted(kept):
            try:
                if kept[name] is not None:
                    found.append(read_rule(name, kept[name]))
            except UsageError as error:
                if len(self.notes) < MOST_NOTES:
                    self.notes.append(_unusable(name, error))
        return tuple(found)


def _unusable(name: str, error: UsageError) -> Phrase:
    return Phrase.of(
        N_("preset {name} in the log: {problem}; it is left out"),
        name=name[:LONGEST_NAME],
        problem=Phrase(error.message, tuple(error.parameters.items())),
    )


def default_preset(preferences: Preferences) -> Preset:
    """What holds for a card that no preset of the learner's is about."""
    return Preset(**{key: preferences[key] for key in PRESET_KEYS})


def presets_of(desk: Desk) -> Presets:
    """The presets in force for the learner whose desk it is."""
    kept = {name: kept_value(text) for name, text in desk.preferences.presets.items()}
    return Presets(default_preset(desk.preferences), kept, CardPlaces(desk))


def keep_preset(desk: Desk, rule: PresetRule) -> None:
    """Make or change a preset; it holds at once and can be taken back."""
    desk.record(EventKind.SETTING, PRESET + read_name(rule.name), {"value": rule.body()})
    desk.forget_settings()


def drop_preset(desk: Desk, name: str) -> None:
    """Delete a preset; its cards go by the next one that is about them.

    Raises:
        UnknownIdError: there is none of this name.
    """
    desk.record(EventKind.SETTING, PRESET + known_rule(desk.presets, name).name, {"value": None})
    desk.forget_settings()


def undo_preset(desk: Desk) -> Event | None:
    """Take the newest undoable thing back if it was a change of a preset; None, and nothing done, if not."""
    newest = desk.store.log.last_undoable()
    return desk.undo() if newest is not None and newest.kind is EventKind.SETTING else None


def known_rule(presets: Presets, name: str) -> PresetRule:
    """A preset by its name.

    Raises:
        UnknownIdError: there is none of this name; the nearest are offered.
    """
    if (rule := presets.rule(name)) is None:
        from difflib import get_close_matches

        names = [rule.name for rule in presets.rules]
        raise UnknownIdError(
            N_("preset"), name[:LONGEST_NAME], tuple(get_close_matches(name[:LONGEST_NAME], names))
        )
    return rule
