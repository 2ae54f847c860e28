"""The one tree of errors.

    StudybuddyError            3  internal, or data could not be opened or saved
    ├── UsageError             2  the command line was wrong
    │   └── UnknownIdError     2  no such lesson, card, exercise or item; offers the nearest
    ├── ContentError           2  a lesson file is wrong; names file and line
    ├── RunnerError            3  the learner's code could not be started at all
    ├── UntrustedError         4  code of an imported lesson that the learner has not allowed
    └── StoreError             3
        ├── StoreBusyError        another process is writing; names it
        ├── StoreDamagedError     the database does not read as one
        ├── StoreNewerError       written by a newer studybuddy
        ├── StoreReadOnlyError    the folder or file cannot be written
        └── StoreFullError        the disk is full

An error keeps its message as a catalogue id with parameters, so that whoever shows it words it in the
learner's language. It says what happened and what to do next.
"""

from __future__ import annotations

from typing import ClassVar


class StudybuddyError(Exception):
    """Something the learner should be told in one line."""

    exit_code: ClassVar[int] = 3

    def __init__(self, message: str, **parameters: object) -> None:
        super().__init__(message)
        self.message = message
        self.parameters = parameters

    def __str__(self) -> str:
        return self.message.format(**self.parameters)


class UsageError(StudybuddyError):
    """The request itself cannot be understood."""

    exit_code = 2


class UnknownIdError(UsageError):
    """Nothing bears this id; `nearest` is offered instead."""

    def __init__(self, kind: str, wanted: str, nearest: tuple[str, ...] = ()) -> None:
        message = "no {kind} {wanted}"
        if nearest:
            message += "; nearest: {nearest}"
        super().__init__(message, kind=kind, wanted=wanted, nearest=", ".join(nearest))
        self.nearest = nearest


class ContentError(StudybuddyError):
    """A lesson file is wrong at a place that can be pointed at."""

    exit_code = 2

    def __init__(self, path: str, line: int, message: str, **parameters: object) -> None:
        super().__init__("{path}:{line}: " + message, path=path, line=line, **parameters)


class RunnerError(StudybuddyError):
    """The process that runs a learner's code could not be started."""


class UntrustedError(StudybuddyError):
    """The code came with an imported lesson, and the learner has not allowed it to run."""

    exit_code = 4


class StoreError(StudybuddyError):
    """The learner's data could not be opened or saved."""


class StoreBusyError(StoreError):
    """Another process holds the right to write."""


class StoreDamagedError(StoreError):
    """The database file does not read as a database. It is never overwritten."""


class StoreNewerError(StoreError):
    """The database was written by a newer version of this program."""


class StoreReadOnlyError(StoreError):
    """The data folder cannot be written."""


class StoreFullError(StoreError):
    """There is no room left on the disk."""
