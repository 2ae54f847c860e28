"""Every card there is, with its words: what `card_search` looks through beside the learner's database.

It is a projection of the course and of the log, in a file of its own in the cache: it may be deleted at any
time and is made anew then, also by a command that must not write to the learner's data. Each part is kept
with the state it was made from, a lesson with its files and the learner's own words with the end of the log,
so that a refresh touches only what changed. The full text is indexed when words are first looked for.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from studybuddy.store.card_text import BREAK, plain, words
from studybuddy.store.connection import immediate, translated

FORMAT = 1
"""To be raised whenever a table or `plain` changes."""
PATIENCE_S = 20.0
"""How long to wait for another process that is making the index."""
DDL = """
CREATE TABLE entry (
    id INTEGER PRIMARY KEY, card TEXT NOT NULL UNIQUE, part TEXT NOT NULL, place INTEGER NOT NULL,
    lesson TEXT NOT NULL, kind TEXT NOT NULL, concept TEXT NOT NULL, tags TEXT NOT NULL, plain TEXT NOT NULL,
    digest BLOB NOT NULL
) STRICT;
CREATE INDEX entry_place ON entry (place, card);
CREATE INDEX entry_part ON entry (part);
CREATE TABLE term (word TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE known (part TEXT PRIMARY KEY, state TEXT NOT NULL) STRICT;
CREATE VIRTUAL TABLE words USING fts5 (
    plain, content='entry', content_rowid='id', tokenize='unicode61 remove_diacritics 2'
);
"""
OWN_PART = ""
"""The part that holds the learner's own cards; any other is a lesson."""


class Entry(NamedTuple):
    """A card as it is looked for. `place`: where it stands among all; `texts`: every wording of it."""

    card: str
    place: int
    lesson: str
    kind: str
    concept: str
    tags: tuple[str, ...]
    texts: tuple[str, ...]


class CardIndex:
    """The index, open for a refresh. Everything between opening and closing is one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        row = connection.execute("SELECT 1 FROM known WHERE part = '!words'").fetchone()
        self._has_words = row is not None

    def states(self) -> dict[str, str]:
        """From which state each part was made."""
        return dict(self._db.execute("SELECT part, state FROM known WHERE part NOT LIKE '!%'"))

    def keep(self, part: str, state: str) -> None:
        """Note the state that a part is made from."""
        self._db.execute("INSERT OR REPLACE INTO known VALUES (?, ?)", (part, state))

    def drop_part(self, part: str) -> None:
        """Drop a part that is gone, with its cards."""
        self.replace_part(part, ())
        self._db.execute("DELETE FROM known WHERE part = ?", (part,))

    def replace_part(self, part: str, entries: Iterable[Entry]) -> None:
        """Make the cards of a part be these."""
        gone = {card for (card,) in self._db.execute("SELECT card FROM entry WHERE part = ?", (part,))}
        for entry in entries:
            gone.discard(entry.card)
            self.put(part, entry)
        for card in gone:
            self.drop(card)

    def put(self, part: str, entry: Entry) -> None:
        """Add a card, or word it anew. One that did not change costs a look-up."""
        text = f" {BREAK} ".join(map(plain, dict.fromkeys(entry.texts)))
        tags = _tag_text(entry.tags)
        row = (part, entry.place, entry.lesson, entry.kind, entry.concept.lower(), tags, text)
        digest = blake2b(repr(row).encode(), digest_size=16).digest()
        old = self._db.execute("SELECT id, plain, digest FROM entry WHERE card = ?", (entry.card,)).fetchone()
        if old is not None:
            if old[2] == digest:
                return
            self._forget_words(old[0], old[1])
            self._db.execute(
                "UPDATE entry SET part = ?, place = ?, lesson = ?, kind = ?, concept = ?, tags = ?, "
                "plain = ?, digest = ? WHERE id = ?",
                (*row, digest, old[0]),
            )
            self._index_words(old[0], text)
            return
        cursor = self._db.execute(
            "INSERT INTO entry (card, part, place, lesson, kind, concept, tags, plain, digest) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (entry.card, *row, digest),
        )
        self._index_words(int(cursor.lastrowid or 0), text)

    def retag(self, tagged: Iterable[tuple[str, Sequence[str]]]) -> None:
        """Give cards other tags; their words stay, so that nothing is indexed anew."""
        self._db.executemany(
            "UPDATE entry SET tags = ?, digest = x'' WHERE card = ?",
            ((_tag_text(tags), card) for card, tags in tagged),
        )

    def drop(self, card: str) -> None:
        """Take a card out."""
        old = self._db.execute("SELECT id, plain FROM entry WHERE card = ?", (card,)).fetchone()
        if old is not None:
            self._forget_words(*old)
            self._db.execute("DELETE FROM entry WHERE id = ?", (old[0],))

    def of_note(self, note: str) -> list[str]:
        """The cards of a note: its own id, and those with a `~` behind it."""
        rows = self._db.execute(
            "SELECT card FROM entry WHERE card = ? OR (card >= ? AND card < ?)",
            (note, f"{note}~", f"{note}\x7f"),
        )
        return [card for (card,) in rows]

    def index_words(self) -> None:
        """Make the full text searchable, if it is not; from then on every `put` keeps it so."""
        if self._has_words:
            return
        self._db.execute("INSERT INTO words (words) VALUES ('rebuild')")
        found: set[str] = set()
        for (text,) in self._db.execute("SELECT plain FROM entry"):
            found.update(words(text))
        self._add_terms(found)
        self.keep("!words", "")
        self._has_words = True

    def _index_words(self, number: int, text: str) -> None:
        if self._has_words:
            self._db.execute("INSERT INTO words (rowid, plain) VALUES (?, ?)", (number, text))
            self._add_terms(set(words(text)))

    def _forget_words(self, number: int, text: str) -> None:
        if self._has_words:
            self._db.execute(
                "INSERT INTO words (words, rowid, plain) VALUES ('delete', ?, ?)", (number, text)
            )

    def _add_terms(self, found: set[str]) -> None:
        self._db.executemany("INSERT OR IGNORE INTO term VALUES (?)", ((word,) for word in sorted(found)))


def _tag_text(tags: Sequence[str]) -> str:
    """Tags as they are looked for: a space before and after each."""
    return "".join(f" {plain(tag)}" for tag in tags) + " "


@contextmanager
def refreshing(path: Path) -> Iterator[CardIndex]:
    """The index for a refresh; made anew where it is missing, damaged or of another format.

    Raises:
        StoreDamagedError: it turned out to be damaged; `remove` it and begin again.
        StoreError: it cannot be written there.
    """
    with translated(path):
        connection = _open(path)
    try:
        with immediate(connection, path):
            yield CardIndex(connection)
    finally:
        connection.close()


def remove(path: Path) -> None:
    """Delete the index; it is made anew when it is next needed."""
    for suffix in ("", "-wal", "-shm"):
        with suppress(OSError):
            path.with_name(path.name + suffix).unlink()


def _open(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(_OtherFileError):
        return _connect(path)
    remove(path)
    return _connect(path)


class _OtherFileError(Exception):
    """The file is no index of this format."""


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=PATIENCE_S, isolation_level=None)
    try:
        connection.execute("PRAGMA synchronous = off")
        path.chmod(0o600)
        connection.execute("PRAGMA journal_mode = wal")
        connection.execute("BEGIN IMMEDIATE")
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        if tables and version != FORMAT:
            raise _OtherFileError
        if not tables:
            for statement in DDL.split(";\n"):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {FORMAT}")
        connection.execute("COMMIT")
    except sqlite3.OperationalError:
        connection.close()
        raise
    except sqlite3.DatabaseError as error:
        connection.close()
        raise _OtherFileError from error
    except BaseException:
        connection.close()
        raise
    return connection
