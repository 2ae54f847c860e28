"""The learner's settings: defaults, then `settings.toml` in the data folder, then what they set in the app.

What is set in the app is an event, so it survives, can be merged and is part of the log. The file is for
those who like files; it is read and never written. A value that cannot be used keeps the default and is said.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from studybuddy.core.errors import UnknownIdError, UsageError
from studybuddy.core.phrase import Phrase
from studybuddy.core.settings import Setting
from studybuddy.i18n import N_
from studybuddy.store.store import Store

FILE_NAME = "settings.toml"
THEMES = ("auto", "dark", "light", "high-contrast", "terminal")

RETENTION_HELP = N_("Probability of recall at which a card comes back; higher means more reviews")
LANGUAGE_HELP = N_("Of interface and course; auto follows the system")
SIGNS_HELP = N_("plain uses ASCII signs only; auto does so on a text console")
THEME_HELP = N_("auto is dark, or the terminal's own colours where there are few")
SETTINGS = (
    Setting("name", "text", "", N_("Name"), N_("How the app calls you")),
    Setting("language", "choice", "auto", N_("Language"), LANGUAGE_HELP, ("auto", "zh", "en")),
    Setting("minutes", "whole", 60, N_("Minutes a day"), N_("What you plan to give each day"), (), 5, 960),
    Setting(
        "new_cards",
        "whole",
        15,
        N_("New cards a day"),
        N_("At most so many cards begin each day"),
        (),
        0,
        500,
    ),
    Setting("desired_retention", "share", 0.9, N_("Desired retention"), RETENTION_HELP, (), 0.7, 0.97),
    Setting("rollover", "whole", 4, N_("Day begins at"), N_("Hour at which the study day turns"), (), 0, 12),
    Setting("zone", "zone", "", N_("Time zone"), N_("Such as Asia/Shanghai; empty follows the system")),
    Setting("glyphs", "choice", "auto", N_("Signs"), SIGNS_HELP, ("auto", "unicode", "plain")),
    Setting("theme", "choice", "auto", N_("Theme"), THEME_HELP, THEMES),
    Setting("animations", "yesno", True, N_("Motion"), N_("Whether things move where it informs")),
    Setting("editor", "text", "", N_("Editor"), N_("Command for your programs; empty follows $EDITOR")),
)
BY_KEY = {setting.key: setting for setting in SETTINGS}


def setting(key: str) -> Setting:
    """A setting by key.

    Raises:
        UnknownIdError: there is none; the nearest are offered.
    """
    if key not in BY_KEY:
        from difflib import get_close_matches

        near = get_close_matches(key, BY_KEY, n=3, cutoff=0.4) or list(BY_KEY)[:3]
        raise UnknownIdError(N_("setting"), key[:60], tuple(near))
    return BY_KEY[key]


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
        for key, text in stored.items():
            if key in BY_KEY:
                self._take(key, json.loads(text), N_("the log"))

    def __getitem__(self, key: str) -> Any:
        """The value in force."""
        return self._values[key]

    def chosen(self, key: str) -> bool:
        """Whether the learner set it, in the app or in the file."""
        return key in self._chosen

    def all(self) -> dict[str, Any]:
        """Every value in force, by key."""
        return dict(self._values)

    def _take(self, key: str, value: Any, where: str) -> None:
        try:
            self._values[key] = BY_KEY[key].read(value)
            self._chosen.add(key)
        except UsageError as error:
            self.notes.append(
                Phrase.of(
                    N_("{where}: {problem}; the default is kept"),
                    where=Phrase(where),
                    problem=Phrase(error.message, tuple(error.parameters.items())),
                )
            )

    def _read_file(self, path: Path) -> None:
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return
        except OSError as error:
            self._unusable(error.strerror or str(error))
            return
        import tomllib

        try:
            content = tomllib.loads(data[: 1 << 20].decode())
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
            self._unusable(_why(error))
            return
        for key, value in content.items():
            if key == "keys" and isinstance(value, dict):
                self.keys = {str(name): str(keys) for name, keys in value.items() if isinstance(keys, str)}
            elif key in BY_KEY:
                self._take(key, value, FILE_NAME)
            else:
                self.notes.append(
                    Phrase.of(N_("{file}: there is no setting {key}"), file=FILE_NAME, key=key[:60])
                )

    def _unusable(self, reason: str | Phrase) -> None:
        self.notes.append(Phrase.of(N_("{file} cannot be used: {reason}"), file=FILE_NAME, reason=reason))


def _why(error: Exception) -> Phrase:
    """Why a text is no TOML; the reader says more, in English."""
    if isinstance(error, UnicodeDecodeError):
        return Phrase(N_("it is not UTF-8 text"))
    at = re.search(r"line (\d+), column (\d+)", str(error))
    if at is None:
        return Phrase(N_("it ends too early or is nested too deeply"))
    return Phrase.of(N_("line {line}, column {column} is no TOML"), line=at[1], column=at[2])


def load_preferences(store: Store, folder: Path) -> Preferences:
    """The settings of the learner whose data is open."""
    return Preferences(store.settings(), folder)
