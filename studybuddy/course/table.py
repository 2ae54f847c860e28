"""Reads the tables of a TOML file key by key, and says where one is missing, wrong or unknown."""

from __future__ import annotations

import re
import tomllib
from functools import cached_property
from typing import TYPE_CHECKING, Any

from studybuddy.core.phrase import Phrase
from studybuddy.course.parser import MAX_BLOCK_BYTES
from studybuddy.course.report import shorten
from studybuddy.course.source import CONTROL_CODES, Source
from studybuddy.course.toml_lines import Place, toml_lines
from studybuddy.course.toml_mistakes import EATEN, control_code, eaten_backslash, syntax_error, unclosed
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Callable

    from studybuddy.course.report import FileReport, Message

LANGUAGES = ("zh", "en")

MAX_DEPTH = 24
MAX_ROWS = 2000

_ERROR_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")


class TomlFile:
    """A TOML file: its findings, and the lines of its keys (looked up only when something is wrong)."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.report: FileReport = source.report

    @cached_property
    def _lines(self) -> dict[Place, int]:
        return toml_lines(self._source.text)

    def line(self, place: Place) -> int:
        """The line of a key, or of the nearest table around it that the file writes out."""
        while place and place not in self._lines:
            place = place[:-1]
        return self._lines.get(place, 1)


def read_toml(source: Source) -> Table:
    """The file's own table; empty after a syntax error, which is said with its line."""
    try:
        data = tomllib.loads(source.text)
    except RecursionError:
        source.report.error(1, "toml-syntax", N_("the values are nested too deeply"))
        data = {}
    except ValueError as error:  # a TOMLDecodeError, or a number with thousands of digits
        found = _ERROR_PLACE.search(str(error))
        line, column = (int(found[1]), int(found[2])) if found else (source.text.count("\n") + 1, 1)
        message = _ERROR_PLACE.sub("", str(error)).strip()
        if not found and (start := unclosed(message, source.text)) is not None:
            line, column = source.text.count("\n", 0, start) + 1, 1
        source.report.error(line, "toml-syntax", syntax_error(message), column)
        data = {}
    if not _is_tame(data):
        source.report.error(1, "toml-value", N_("a value is nested too deeply, or a number too large"))
        data = {}
    return Table(TomlFile(source), data)


def _is_tame(data: dict[str, Any]) -> bool:
    """Whether the values can be walked, printed and handed on without surprises."""
    level: list[Any] = [data]
    for _ in range(MAX_DEPTH):
        below: list[Any] = []
        for value in level:
            if isinstance(value, dict):
                below += value.values()
            elif isinstance(value, list):
                below += value
            elif isinstance(value, int) and not -(2**63) <= value < 2**63:
                return False
        level = below
    return not level


class Table:
    """A table of a TOML file. Every read says what is wrong with the key and goes on with a stand-in."""

    def __init__(self, file: TomlFile, data: dict[str, Any], place: Place = ()) -> None:
        self._file = file
        self._data = data
        self._place = place
        self._asked: set[str] = set()

    @property
    def line(self) -> int:
        """The line where the table begins."""
        return self._file.line(self._place)

    @property
    def names(self) -> tuple[str, ...]:
        """The keys it has."""
        return tuple(self._data)

    def error(self, code: str, message: Message, *keys: str | int) -> None:
        """Say what is wrong with this table, or with a key of it."""
        self._file.report.error(self._file.line(self._place + keys), code, message)

    def warning(self, code: str, message: Message, *keys: str | int) -> None:
        """Say what an author should look at."""
        self._file.report.warning(self._file.line(self._place + keys), code, message)

    def value(self, key: str) -> Any:
        """Whatever stands there, None when nothing does."""
        self._asked.add(key)
        return self._data.get(key)

    def text(self, key: str, default: str | None = None) -> str:
        """A string; with no `default` it must be there and not be empty."""
        value = self.value(key)
        if value is None and default is not None:
            return default
        if not isinstance(value, str) or (default is None and not value.strip()):
            if value is None:
                self.error("missing-key", Phrase.of(N_("`{key}` is missing"), key=key), key)
            else:
                self.error(
                    "wrong-type",
                    Phrase.of(N_("`{key}` must be a string, and not an empty one"), key=key),
                    key,
                )
            return ""
        if len(value.encode()) > MAX_BLOCK_BYTES:
            self.error(
                "block-too-long",
                Phrase.of(N_("`{key}` is longer than {limit} KiB"), key=key, limit=MAX_BLOCK_BYTES // 1024),
                key,
            )
            return ""
        if (found := CONTROL_CODES.search(value)) is not None:
            self.error(
                "control-code",
                control_code(key, found[0]),
                key,
            )
            return ""
        if eaten_backslash(value):
            self.error("control-code", Phrase.of(EATEN, key=key), key)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of strings; empty when it is not there."""
        value = self.value(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.error("wrong-type", Phrase.of(N_("`{key}` must be a list of strings"), key=key), key)
            return ()
        return tuple(value)

    def flag(self, key: str) -> bool:
        """True or false; false when it is not there."""
        value = self.value(key)
        if value is not None and not isinstance(value, bool):
            self.error("wrong-type", Phrase.of(N_("`{key}` must be true or false"), key=key), key)
        return value is True

    def number(self, key: str, default: float, minimum: float = 0.0) -> float:
        """A finite number of at least `minimum`."""
        value = self.value(key)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int | float) or not minimum <= value < 1e12:
            self.error(
                "wrong-type",
                Phrase.of(N_("`{key}` must be a number of at least {minimum:g}"), key=key, minimum=minimum),
                key,
            )
            return default
        return float(value)

    def integer(self, key: str, default: int, minimum: int = 0) -> int:
        """A whole number of at least `minimum`."""
        value = self.value(key)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int) or not minimum <= value < 10**12:
            self.error(
                "wrong-type",
                Phrase.of(
                    N_("`{key}` must be a whole number of at least {minimum}"), key=key, minimum=minimum
                ),
                key,
            )
            return default
        return value

    def choice(self, key: str, choices: tuple[str, ...]) -> str:
        """One of some words; empty after saying that it is another."""
        word = self.text(key)
        if word and word not in choices:
            message = Phrase.of(
                N_("`{key}` is {word!r}; it must be {known}"),
                key=key,
                word=shorten(word),
                known=" or ".join(choices),
            )
            self.error("unknown-word", message, key)
            return ""
        return word

    def table(self, key: str) -> Table | None:
        """The table under a key, None when it is not there."""
        value = self.value(key)
        if value is None:
            return None
        if not isinstance(value, dict):
            self.error("wrong-type", Phrase.of(N_("`{key}` must be a table: [{key}]"), key=key), key)
            return None
        return Table(self._file, value, (*self._place, key))

    def tables(self, key: str) -> list[Table]:
        """The tables of a list `[[key]]`; empty when it is not there."""
        value = self.value(key)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.error("wrong-type", Phrase.of(N_("`{key}` must be written as [[{key}]]"), key=key), key)
            return []
        if len(value) > MAX_ROWS:
            self.error(
                "too-many",
                Phrase.of(N_("there are more than {limit} [[{key}]]"), limit=MAX_ROWS, key=key),
                key,
            )
            return []
        return [Table(self._file, item, (*self._place, key, number)) for number, item in enumerate(value)]

    def language(self, language: str) -> str:
        """Of `zh` and `en` the one to read: the wanted one, or after a warning the other, or neither."""
        self._asked.update(LANGUAGES)
        for candidate in (language, *LANGUAGES):
            if candidate in self._data:
                if candidate != language:
                    self.warning(
                        "translation-missing",
                        Phrase.of(
                            N_("`{language}` is missing; `{candidate}` is shown"),
                            language=language,
                            candidate=candidate,
                        ),
                    )
                return candidate
        self.error("missing-key", N_("`zh` and `en` are missing"))
        return ""

    def words(self, language: str) -> str:
        """The string in a language, or in the other one."""
        found = self.language(language)
        return self.text(found) if found else ""

    def told(self, key: str, language: str) -> str:
        """The string in a language of a table that has to be there; empty after saying that it is not."""
        below = self.table(key)
        if below is None:
            self.error("missing-key", Phrase.of(N_("`{key}` is missing"), key=key), key)
            return ""
        text = below.words(language)
        below.close()
        return text

    def rewritten(self, change: Callable[[str, str], str]) -> Table:
        """The table with each string, also in tables below, as `change` gives it for its key."""

        def walk(key: str, value: Any) -> Any:
            if isinstance(value, str):
                return change(key, value)
            if isinstance(value, dict):
                return {name: walk(name, inner) for name, inner in value.items()}
            return [walk(key, inner) for inner in value] if isinstance(value, list) else value

        other = Table(self._file, walk("", self._data), self._place)
        other._asked = self._asked
        return other

    def close(self) -> None:
        """Say which keys nobody asked for: a misspelt key would else be lost in silence."""
        for key in self._data:
            if key not in self._asked:
                self.error(
                    "unknown-key", Phrase.of(N_("nothing reads the key {key!r}"), key=shorten(key)), key
                )
