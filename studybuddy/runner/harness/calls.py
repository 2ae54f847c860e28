"""Calls of the learner's function: one at a time, or many in a row without a word from the judge between."""

from __future__ import annotations

import sys
from collections.abc import Callable
from sys import setrecursionlimit
from types import CoroutineType
from typing import Any

from studybuddy.runner.harness.failure import describe
from studybuddy.runner.harness.trees import fell
from studybuddy.runner.harness.values import decode, encode

Send = Callable[[str, dict[str, Any]], None]


class Calls:
    """What calling the function of one program needs.

    `parameters` and `returns` are the types of its signature, `lines` those of its source.
    """

    def __init__(
        self, entry: str, namespace: dict[str, Any], parameters: list[str], returns: str, lines: list[str]
    ) -> None:
        self._owner, _, self._name = entry.rpartition(".")
        self._namespace = namespace
        self._parameters = parameters
        self._returns = returns
        self._lines = lines
        self.position = 0
        """The input of the row that is being called."""

    def look(self) -> str:
        """`ok`, `bare` (the function stands outside its class) or `missing`."""
        found = self._namespace.get(self._name)
        if not self._owner:
            return "ok" if callable(found) else "missing"
        if callable(getattr(self._namespace.get(self._owner), self._name, None)):
            return "ok"
        return "bare" if callable(found) else "missing"

    def call(self, arguments: list[Any]) -> Any:
        """Call it once, as a judge does: a method on a fresh object."""
        try:
            owner = self._namespace[self._owner]() if self._owner else None
            answer = (getattr(owner, self._name) if self._owner else self._namespace[self._name])(*arguments)
            if type(answer) is CoroutineType:
                answer.close()  # or Python would warn of it, with a line of ours
            return answer
        finally:
            flush()

    def row(self, inputs: list[list[Any]], send: Send, numpy: Any, depth: int) -> None:
        """Call it with one input after another; each result is sent before the next call begins.

        Runs in the learner's thread: handing over to the harness's at every call would cost more than most
        calls do. `depth`: the recursion limit, set anew before each call.
        """
        for self.position, values in enumerate(inputs):
            arguments, forests = decode(values, self._parameters, numpy)
            setrecursionlimit(depth)
            fields: dict[str, Any]
            try:
                fields = {"value": encode(self.call(arguments), self._returns, numpy)}
            except BaseException as error:
                fields = {"failure": describe(error, self._lines)}
            arguments.clear()
            for nodes in forests:
                fell(nodes)
            send("result", fields)
        self.position = len(inputs)


def flush() -> None:
    """Let out what the program has printed."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BaseException:  # replaced or closed by the learner, who may do so
            continue
