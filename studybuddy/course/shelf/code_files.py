"""The files of a lesson that decide what is run: its programs, and how they are run."""

from __future__ import annotations

from hashlib import blake2b
from itertools import chain
from pathlib import Path

from studybuddy.course.shelf.folders import files_below

SUFFIXES = (".py", ".toml")
MOST_BYTES = 5_000_000


def code_files(folder: Path) -> dict[str, str]:
    """The digests of the files below `exercises` and `numbers`, by their paths in the lesson's folder.

    Links are followed as the reader of exercises follows them. A file that cannot be read, or is larger than
    the reader takes, has the digest of none.
    """
    found = {}
    below = (files_below(folder / name, caches=True) for name in ("exercises", "numbers"))
    for path in chain.from_iterable(below):
        if not (path.name.endswith(SUFFIXES) and path.is_file()):
            continue
        digest = blake2b(digest_size=16)
        try:
            with path.open("rb") as file:
                digest.update(file.read(MOST_BYTES + 1))
        except OSError:
            continue
        found[path.relative_to(folder).as_posix()] = digest.hexdigest()
    return found
