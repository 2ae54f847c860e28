"""The learner's settings: defaults, then `settings.toml` in the data folder, then what they set in the app.

What is set in the app is an event, so it survives, can be merged and is part of the log. The file is for
those who like files; it is read and never written. A value that cannot be used keeps the default and is said.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from studybuddy.core.errors import UsageError
from studybuddy.core.event import PRESET
from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_
from studybuddy.store.store import Store
from studybuddy.study.settings import BY_KEY, SETTINGS

FILE_NAME = "settings.toml"
LARGEST_FILE = 1 << 20
"""Bytes."""
MOST_NOTES = 20
"""Sentences about what cannot be used; more help nobody."""


class Preferences:
    """The settings in force, and what was wrong with those that are not."""

    def __init__(self, stored: dict[str, str], folder: Path) -> None:
        """Read what there is.

        Args:
            stored: newest value of each setting in the log, as JSON text.
            folder: where `settings.toml` may be.
        """
        self.notes: list[Phrase] = []
        """One sentence for each value that cannot be used."""
        self.keys: dict[str, str] = {}
        """Keys the learner gave to commands, by the command's id."""
        self._values: dict[str, Any] = {s.key: s.default for s in SETTINGS}
        self._chosen: set[str] = set()
        self._read_file(folder / FILE_NAME)
        self.presets = {
            key.removeprefix(PRESET): text for key, text in stored.items() if key.startswith(PRESET)
        }
        """The presets in the log as JSON text, by name."""
        for key, text in stored.items():
            if key in BY_KEY:
                self._take(key, kept_value(text), N_("the log"))

    def __getitem__(self, key: str) -> Any:
        """The value in force."""
        return self._values[key]

    def chosen(self, key: str) -> bool:
        """Whether the learner set it, in the app or in the file."""
        return key in self._chosen

    def all(self) -> dict[str, Any]:
        """Every value in force, by key."""
        return dict(self._values)

    def plain(self) -> dict[str, Any]:
        """Every value in force as one would type it and as JSON holds it, by key."""
        return {key: BY_KEY[key].plain(value) for key, value in self._values.items()}

    def _take(self, key: str, value: Any, where: str) -> None:
        try:
            self._values[key] = BY_KEY[key].read(value)
            self._chosen.add(key)
        except UsageError as error:
            self._note(
                Phrase.of(
                    N_("{where}: {problem}; the default is kept"),
                    where=Phrase(where),
                    problem=Phrase(error.message, tuple(error.parameters.items())),
                )
            )

    def _read_file(self, path: Path) -> None:
        try:
            with path.open("rb") as file:
                data = file.read(LARGEST_FILE + 1)
        except FileNotFoundError:
            return
        except OSError as error:
            self._unusable(error.strerror or str(error))
            return
        if len(data) > LARGEST_FILE:
            self._unusable(Phrase(N_("it is larger than 1 MB")))
            return
        import tomllib

        try:
            content = tomllib.loads(data.decode())
        except (ValueError, RecursionError) as error:
            self._unusable(_why(error))
            return
        for key, value in content.items():
            if key == "keys" and isinstance(value, dict):
                self.keys = {str(name): str(keys) for name, keys in value.items() if isinstance(keys, str)}
            elif key in BY_KEY:
                self._take(key, value, FILE_NAME)
            else:
                self._note(Phrase.of(N_("{file}: there is no setting {key}"), file=FILE_NAME, key=key[:60]))

    def _unusable(self, reason: str | Phrase) -> None:
        self._note(Phrase.of(N_("{file} cannot be used: {reason}"), file=FILE_NAME, reason=reason))

    def _note(self, note: Phrase) -> None:
        if len(self.notes) < MOST_NOTES:
            self.notes.append(note)


def kept_value(text: str) -> Any:
    """A value as the log keeps it, None for what is no JSON."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _why(error: Exception) -> Phrase:
    """Why a text is no TOML; the reader says more, in English."""
    if isinstance(error, UnicodeDecodeError):
        return Phrase(N_("it is not UTF-8 text"))
    at = re.search(r"line (\d+), column (\d+)", str(error))
    if at is None and "Cannot" in str(error):
        return Phrase(N_("something in it is set twice"))
    if at is None:
        return Phrase(N_("it ends too early or is nested too deeply"))
    return Phrase.of(N_("line {line}, column {column} is no TOML"), line=at[1], column=at[2])


def load_preferences(store: Store, folder: Path) -> Preferences:
    """The settings of the learner whose data is open."""
    return Preferences(store.settings(), folder)
