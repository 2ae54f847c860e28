"""How each card is studied: the default preset, as the settings have it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studybuddy.core.preset import Preset

if TYPE_CHECKING:
    from studybuddy.study.preferences import Preferences

PRESET_KEYS = tuple(field for field in Preset._fields if field != "name")
"""The settings that a preset may change; a field of it each."""


class Presets:
    """Answers for every card which preset holds. A value of the settings in force when it was made."""

    def __init__(self, default: Preset) -> None:
        self.default = default

    def of(self, card: str) -> Preset:
        """The preset of a card."""
        return self.default


def default_preset(preferences: Preferences) -> Preset:
    """What holds for a card that no preset of the learner's is about."""
    return Preset(**{key: preferences[key] for key in PRESET_KEYS})
