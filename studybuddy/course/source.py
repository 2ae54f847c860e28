"""Takes a file of a lesson from the disk, with its limits."""

from __future__ import annotations

import re
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from pathlib import Path

    from studybuddy.course.report import FileReport, Report

MAX_FILE_BYTES = 5_000_000
MAX_PROSE_BYTES = 1_000_000
"""Markdown costs about 10 s a megabyte at its very worst; a real lesson has a tenth of one."""

CONTROL_CODES = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""Codes that steer a terminal or turn the direction of text. No lesson needs one."""


@dataclass(frozen=True, slots=True)
class Source:
    """A text file as read: line ends are newlines, and `report` takes what is found in it."""

    path: Path
    text: str
    report: FileReport


def read_source(path: Path, report: Report, max_bytes: int = MAX_FILE_BYTES) -> Source | None:
    """The text of an existing file, or None after saying why it cannot be read."""
    data = _read_bytes(path, report.file(path), max_bytes)
    if data is None:
        return None
    data = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    findings = report.file(path, data.count(b"\n") + (not data.endswith(b"\n")))
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        findings.error(line, "not-utf8", N_("this line is not UTF-8 text; save the file as UTF-8"))
        return None
    for match in CONTROL_CODES.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        findings.error(
            line,
            "control-code",
            Phrase.of(N_("control code U+{sign:04X} in the text; remove it"), sign=ord(match[0])),
        )
        return None
    return Source(path, text, findings)


def _read_bytes(path: Path, findings: FileReport, max_bytes: int) -> bytes | None:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            findings.error(1, "not-a-file", N_("this should be a file"))
            return None
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)
    except OSError as error:
        findings.error(
            1,
            "unreadable",
            Phrase.of(N_("the file cannot be read: {reason}"), reason=str(error.strerror or error)),
        )
        return None
    if len(data) > max_bytes:
        findings.error(
            1, "too-large", Phrase.of(N_("the file is larger than {limit} MB"), limit=max_bytes // 1000000)
        )
        return None
    return data
