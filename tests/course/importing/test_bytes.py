"""What is no lesson file at all: encodings, sizes, control codes, files that cannot be opened."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from studybuddy.core.errors import UsageError
from studybuddy.course.importing.decoding import MAX_FILE_BYTES
from studybuddy.course.importing.opening import is_lesson_folder, read_bytes
from tests.course.importing.asking import codes, one, read
from tests.course.importing.sample import COUNTS, text_export


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_and_bom(end: str) -> None:
    plain = read(text_export())
    other = read(b"\xef\xbb\xbf" + text_export().replace("\n", end).encode())
    assert other.counts.as_dict() == COUNTS
    assert other.findings == plain.findings
    assert other.parts == plain.parts


def test_gb18030_is_recognised_read_and_said() -> None:
    imported = read(text_export().encode("gb18030"))
    found = one(imported, "ENCODING")
    assert (found.place[:2], found.severity) == ((1, 10), "error")
    assert "GB18030" in found.said.english()
    assert imported.counts.as_dict() == COUNTS
    assert imported.failed


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf16_is_named(codec: str) -> None:
    found = one(read("# S3W10D2 name of it\n\ntext\n".encode(codec)), "ENCODING")
    assert "UTF-16" in found.said.english()


@pytest.mark.parametrize(
    "data",
    ["# S3W10D2 déjà vu, café, où".encode("latin-1"), b"# S3W10D2\n\xff\xfe\xfd", b"# S3W10D2\n\xc3\x28"],
)
def test_other_encodings_are_refused_with_their_line(data: bytes) -> None:
    found = one(read(data), "ENCODING")
    assert "not UTF-8" in found.said.english()
    assert found.place.line == 1 + data[: data.find(b"\n") + 1].count(b"\n") * (b"\n" in data)


@pytest.mark.parametrize(
    ("sign", "name"),
    [
        ("\x00", "NUL"),
        ("\x07", "U+0007"),
        ("\x1b", "U+001B"),
        ("\x7f", "U+007F"),
        ("\u202e", "U+202E"),
        ("\x85", "U+0085"),
    ],
)
def test_control_codes_are_refused_with_their_place(sign: str, name: str) -> None:
    imported = read(f"# S3W10D2：名\n\n文字{sign}字\n")
    found = one(imported, "ENCODING")
    assert (found.place[:2], name in found.said.english()) == ((3, 3), True)
    assert codes(imported, missing=True) == ["ENCODING"]


def test_a_file_that_is_too_big() -> None:
    assert codes(read(b"x\n" * (MAX_FILE_BYTES // 2 + 1)), missing=True) == ["TOO-BIG"]
    assert codes(read(b"a\n" * 200_002), missing=True) == ["TOO-BIG"]


def test_a_line_of_a_megabyte() -> None:
    found = one(read("# S3W10D2：名\n" + "长" * 350_000), "TOO-BIG")
    assert found.place.line == 2


def test_a_folder_and_what_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is a folder"):
        read_bytes(tmp_path)
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    with pytest.raises(UsageError, match="no ordinary file"):
        read_bytes(fifo)
    with pytest.raises(UsageError, match="No such file"):
        read_bytes(tmp_path / "absent.txt")


def test_a_circle_of_links(tmp_path: Path) -> None:
    loop = tmp_path / "loop.txt"
    loop.symlink_to(loop)
    with pytest.raises(UsageError, match="Too many levels"):
        read_bytes(loop)
    assert not is_lesson_folder(loop)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "lesson.txt"
    path.write_text("x", encoding="utf-8")
    path.chmod(0)
    with pytest.raises(UsageError, match="Permission denied"):
        read_bytes(path)


def test_names_that_no_system_knows(tmp_path: Path) -> None:
    for name in ("a\0b", "x" * 300):
        with pytest.raises(UsageError):
            read_bytes(tmp_path / name)
