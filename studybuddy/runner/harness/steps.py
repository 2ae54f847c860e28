"""Where a program is, as the x-ray sees it."""

from __future__ import annotations

from studybuddy.runner.harness.shapes import Described


class Step:
    """A statement as it is carried out once. `number` is negative where it is not reported."""

    __slots__ = ("bound", "dirty", "failed", "number", "passes", "statement", "turned", "values")

    def __init__(self, statement: int, passes: list[list[int]]) -> None:
        self.statement = statement
        self.passes = passes
        self.number = -1
        self.values: dict[int, Described] = {}
        self.bound: list[tuple[str, Described]] = []
        self.failed: int | None = None
        self.turned = False
        self.dirty = True


class State:
    """A call of one of the learner's functions, or the module: where it is, and the turns of its loops."""

    __slots__ = ("passes", "serial", "step")

    def __init__(self, serial: int) -> None:
        self.serial = serial
        self.step = Step(-1, [])
        self.passes: dict[int, int] = {}
