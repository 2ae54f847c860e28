"""A preset as the learner made it: what it is about, and which settings it changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from studybuddy.core.errors import UsageError
from studybuddy.core.preset import Preset
from studybuddy.study.settings import BY_KEY

PRESET_KEYS = tuple(field for field in Preset._fields if field != "name")
"""The settings that a preset may change; a field of `Preset` each."""
LONGEST_NAME = 40
LONGEST_WORD = 60
LONGEST_ENTRY = 1000
MOST_PARTS = 100
"""Lessons, or tags, of one preset."""


class PresetRule(NamedTuple):
    """A preset. `lessons`: ids, `tags`: as typed, `changes`: values in their own types, by key."""

    name: str
    lessons: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    changes: Mapping[str, Any] = {}

    def preset(self, default: Preset) -> Preset:
        """What holds for its cards, where `default` holds for all others."""
        return default._replace(name=self.name, **self.changes)

    def body(self) -> dict[str, Any]:
        """What the log keeps; `read_rule` takes it back."""
        changes = {key: BY_KEY[key].plain(value) for key, value in self.changes.items()}
        return {"lessons": list(self.lessons), "tags": list(self.tags), "set": changes}

    def changed(self, key: str, value: Any) -> PresetRule:
        """The same with another value of a setting; None leaves it to the default preset.

        Raises:
            UsageError: a preset does not change this, or the value is not for it.
        """
        changes = {known: kept for known, kept in self.changes.items() if known != key}
        if value is not None:
            changes |= _changes({key: value})
        return self._replace(changes={known: changes[known] for known in PRESET_KEYS if known in changes})

    def about(self, lessons: object = None, tags: object = None) -> PresetRule:
        """The same about other lessons or tags, each a sequence of words; None leaves them as they are.

        Raises:
            UsageError: they are too many, or are no words.
        """
        return self._replace(
            lessons=self.lessons if lessons is None else _words(lessons, str.lower),
            tags=self.tags if tags is None else _words(tags, lambda word: word.lstrip("#")),
        )


def read_name(name: object) -> str:
    """The name of a preset.

    Raises:
        UsageError: it is none.
    """
    kept = name.strip() if isinstance(name, str) else ""
    if not kept or len(kept) > LONGEST_NAME or not kept.isprintable():
        raise UsageError("the name of a preset has 1 to {limit} characters", limit=LONGEST_NAME)
    return kept


def read_rule(name: str, kept: Any) -> PresetRule:
    """A preset from what the log keeps of it.

    Raises:
        UsageError: something in it cannot be used.
    """
    if not isinstance(kept, dict):
        raise UsageError("it is no preset")
    changes = kept.get("set", {})
    if not isinstance(changes, dict):
        raise UsageError("it is no preset")
    rule = PresetRule(read_name(name)).about(kept.get("lessons"), kept.get("tags"))
    return rule._replace(changes=_changes(changes))


def _changes(values: dict[str, Any]) -> dict[str, Any]:
    for key in values:
        if key not in PRESET_KEYS:
            raise UsageError(
                "a preset does not change {key}; it changes {choices}",
                key=str(key)[:LONGEST_NAME],
                choices=", ".join(PRESET_KEYS),
            )
    return {key: BY_KEY[key].read(values[key]) for key in PRESET_KEYS if key in values}


def _words(words: object, form: Callable[[str], str]) -> tuple[str, ...]:
    """Words in one form, each once, in their order; an entry with spaces or commas is several."""
    if not isinstance(words, list | tuple) or len(words) > MOST_PARTS:
        raise UsageError("a preset has at most {limit} lessons and as many tags", limit=MOST_PARTS)
    found: dict[str, None] = {}
    for entry in words:
        if not isinstance(entry, str) or len(entry) > LONGEST_ENTRY or not entry.isprintable():
            raise UsageError("a lesson or a tag is a word of at most {limit} characters", limit=LONGEST_WORD)
        found |= dict.fromkeys(form(word)[:LONGEST_WORD] for word in entry.replace(",", " ").split())
    return tuple(word for word in found if word)[:MOST_PARTS]
