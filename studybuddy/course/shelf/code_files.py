"""The files of a lesson that decide what is run: its programs, and how they are run."""

from __future__ import annotations

import os
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

SUFFIXES = (".py", ".toml")
MOST_BYTES = 5_000_000


def code_files(folder: Path) -> dict[str, str]:
    """The digests of the files below `exercises` and `numbers`, by their paths in the lesson's folder.

    Links are followed as the reader of exercises follows them. A file that cannot be read, or is larger than
    the reader takes, has the digest of none.
    """
    found = {}
    for path in (*_files(folder / "exercises"), *_files(folder / "numbers")):
        digest = blake2b(digest_size=16)
        try:
            with path.open("rb") as file:
                digest.update(file.read(MOST_BYTES + 1))
        except OSError:
            continue
        found[path.relative_to(folder).as_posix()] = digest.hexdigest()
    return found


def code_state(files: dict[str, str]) -> str:
    """One digest for the names and contents of all."""
    digest = blake2b(digest_size=16)
    for name, mark in sorted(files.items()):
        digest.update(f"{name}\0{mark}\0".encode("utf-8", "replace"))
    return digest.hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    try:
        with os.scandir(folder) as children:
            found = sorted(children, key=lambda child: child.name)
    except OSError:
        return
    for child in found:
        if child.is_dir(follow_symlinks=False):
            yield from _files(Path(child.path))
        elif child.name.endswith(SUFFIXES) and Path(child.path).is_file():
            yield Path(child.path)
