"""Bytes -> text: which encoding it is, and what no lesson file may hold."""

from __future__ import annotations

from dataclasses import dataclass

from studybuddy.core.diagnostic import Severity
from studybuddy.core.phrase import Phrase
from studybuddy.course.importing.findings import Code, Finding, Place
from studybuddy.course.source import CONTROL_CODES
from studybuddy.i18n import N_

MAX_FILE_BYTES = 5_000_000
MAX_LINES = 200_000
MAX_LINE = 65_536
"""Characters of one line: no block of a lesson may be longer, and patterns stay quick."""

_UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text with newlines as line ends, None where it cannot be read, and what is said about it."""

    text: str | None
    findings: tuple[Finding, ...] = ()


def decode(data: bytes, *, notebook: bool = False) -> Decoded:
    """The text of a file. A notebook's strings are looked at when its JSON was read, not here."""
    if len(data) > MAX_FILE_BYTES:
        return _refused(
            Code.TOO_BIG, Phrase.of(N_("the file is larger than {limit} MB"), limit=MAX_FILE_BYTES // 10**6)
        )
    if data.startswith(_UTF16) or (data.count(0) > len(data) // 4 and data.count(0)):
        return _refused(Code.ENCODING, N_("this is UTF-16 text; save the file as UTF-8"))
    data = data.removeprefix(b"\xef\xbb\xbf")
    if (found := data.find(0)) >= 0:
        place = _place_of(data[:found].decode(errors="replace"))
        return _refused(Code.ENCODING, N_("a NUL byte: this is no text file, or a damaged one"), place)
    findings: tuple[Finding, ...] = ()
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        place = _place_of(data[: error.start].decode(errors="replace"))
        chinese = _from_gb18030(data)
        if chinese is None:
            words = N_("this line is not UTF-8 text; save the file as UTF-8")
            return _refused(Code.ENCODING, words, place)
        words = N_(
            "this is GB18030 (GBK) text, not UTF-8, and was read as that: look whether it reads right, then "
            "save the file as UTF-8"
        )
        text, findings = chinese, (_finding(Code.ENCODING, words, place),)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    refused = None if notebook else _limits(text)
    return Decoded(None, (*findings, refused)) if refused else Decoded(text, findings)


def control_code(text: str) -> tuple[int, str] | None:
    """Where the first control code or lone surrogate of a text stands, and how it is called."""
    found = CONTROL_CODES.search(text)
    if found is not None:
        return found.start(), f"U+{ord(found[0]):04X}"
    try:
        text.encode()
    except UnicodeEncodeError as error:
        return error.start, f"U+{ord(text[error.start]):04X}"
    return None


def control_words(name: str) -> Phrase:
    """What is said of a control code."""
    return Phrase.of(N_("the control code {name} in the text; remove it"), name=name)


def long_line_words() -> Phrase:
    """What is said of a line that is too long."""
    return Phrase.of(N_("this line is longer than {limit} KiB; break it"), limit=MAX_LINE // 1024)


def _limits(text: str) -> Finding | None:
    """What keeps a text that could be decoded from being read."""
    if (found := control_code(text)) is not None:
        return _finding(Code.ENCODING, control_words(found[1]), _place_of(text[: found[0]]))
    if text.count("\n") > MAX_LINES:
        words = Phrase.of(N_("the file has more than {limit} lines"), limit=MAX_LINES)
        return _finding(Code.TOO_BIG, words, Place(MAX_LINES))
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > MAX_LINE:
            return _finding(Code.TOO_BIG, long_line_words(), Place(number))
    return None


def _from_gb18030(data: bytes) -> str | None:
    """The text as GB18030, None unless nearly all its characters are those of everyday Chinese."""
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return None
    foreign = [char for char in text[:200_000] if ord(char) > 127]
    common = sum(bool(char.encode("gb2312", errors="ignore")) for char in foreign)
    return text if foreign and common >= 0.95 * len(foreign) else None


def _place_of(before: str) -> Place:
    """The place that follows a text."""
    text = before.replace("\r\n", "\n").replace("\r", "\n")
    return Place(text.count("\n") + 1, len(text) - text.rfind("\n"))


def _finding(code: Code, message: Phrase | str, place: Place) -> Finding:
    said = message if isinstance(message, Phrase) else Phrase(message)
    return Finding(code, Severity.ERROR, place, said)


def _refused(code: Code, message: Phrase | str, place: Place | None = None) -> Decoded:
    return Decoded(None, (_finding(code, message, place or Place(1)),))
