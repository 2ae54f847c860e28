"""Runs the learner's program in one thread while the harness watches and reports from another.

A script runs in the main thread, as it would anywhere. Functions run in a thread with a big stack, so that a
right recursion over 10,000 nodes does not fail. Results are encoded and sent by the other thread, which a
trace function, a replaced builtin or an exhausted stack of the learner's does not reach; those of a batch by
the learner's own, for speed, and the judge asks again where a batch says that an answer is wrong.

Messages: `ready`, then `syntax` or `compiled`. A script goes on with an `observed` for each step that is
watched and a `trained` (or with those of `xray`, where it is looked into), then `failed` or `finished`;
functions with `failed` or `loaded`, then one `result` for each `case` asked for, and for each input of a
`batch` with `batched` behind them. At last `end`. `broken` is the harness's own failure. A request of the
kind `tensors` brings no program and is answered by one message of its own.
"""

from __future__ import annotations

import builtins
import importlib
import json
import sys
import types
from _thread import allocate_lock, stack_size, start_new_thread
from collections.abc import Callable
from os import _exit
from sys import setrecursionlimit
from typing import Any

from studybuddy.runner.harness.arrays import Copier
from studybuddy.runner.harness.bounds import (
    MB,
    Memory,
    adopt,
    die_with,
    leave_last_words,
    peak_kb,
    restrict,
)
from studybuddy.runner.harness.calls import Calls, flush
from studybuddy.runner.harness.failure import FILE, describe, syntax
from studybuddy.runner.harness.namespace import Namespace
from studybuddy.runner.harness.notices import notices
from studybuddy.runner.harness.probes import Instrumented
from studybuddy.runner.harness.program_text import Program
from studybuddy.runner.harness.recorder import Recorder
from studybuddy.runner.harness.sketches import Diary, Sketcher
from studybuddy.runner.harness.tensors import answer
from studybuddy.runner.harness.trees import TreeNode, fell
from studybuddy.runner.harness.values import decode, encode
from studybuddy.runner.harness.wall import Standing, raise_wall
from studybuddy.runner.harness.wire import Wire
from studybuddy.runner.harness.xray import Xray

STACK_MB = (512, 256, 64)
"""Stack of the thread that runs functions: the first size the system grants."""
RECURSION_LIMIT = 50_000
"""With 512 MB it leaves 10 KB a level, enough for recursion that goes through C (`max(map(...))`).

Python 3.12 and 3.13 bound recursion through C by themselves, at about 10,000 levels, and nothing raises that.
"""
NO_OUTCOME: dict[str, Any] = {"type": "", "text": "", "line": 0, "stack": "", "exit": 0}

PRELUDE = compile(
    """
import collections, functools, heapq, itertools, math
from collections import Counter, OrderedDict, defaultdict, deque
from functools import cache, lru_cache
from typing import Any, Dict, List, Optional, Set, Tuple
""",
    "<prelude>",
    "exec",
)
"""What the judges of algorithm problems put before a solution."""

Task = Callable[[], Any]
Outcome = tuple[bool, Any]
"""Whether the task returned, and what; or what it raised. A task that was torn away leaves None."""


class Stage:
    """Hands tasks to the learner's thread and waits for their outcome."""

    def __init__(self, memory: Memory, recursion_limit: int) -> None:
        self._memory = memory
        self._recursion_limit = recursion_limit
        self._task: Task | None = None
        self._outcome: Outcome | None = None
        self._start = allocate_lock()
        self._done = allocate_lock()
        self._start.acquire()
        self._done.acquire()

    def play(self) -> None:
        """The learner's thread: run one task after another, for ever."""
        while True:
            self._start.acquire()
            task, self._task = self._task, None
            try:
                self._outcome = (True, task() if task else None)
            except BaseException as error:
                self._outcome = (False, error)
            finally:
                task = None
                self._done.release()

    def run(self, task: Task) -> Outcome | None:
        """The harness's thread: have one task run, within the learner's memory."""
        self._task, self._outcome = task, None
        setrecursionlimit(self._recursion_limit)
        self._memory.tighten()
        self._start.release()
        self._done.acquire()
        self._memory.relax()
        setrecursionlimit(RECURSION_LIMIT)
        outcome, self._outcome = self._outcome, None
        return outcome


class Performance:
    """One run, from the request to the last message."""

    def __init__(self, wire: Wire, request: dict[str, Any], stage: Stage, copier: Copier) -> None:
        self._wire = wire
        self._request = request
        self._stage = stage
        self._copier = copier

    def serve(self) -> None:
        """Do everything, then leave at once: no thread or `atexit` of the learner's holds it up."""
        status = 70
        try:
            self._serve()
            self._wire.send("end", {"peak_kb": peak_kb()})
            status = 0
        except (EOFError, OSError):  # the judge is gone, or the learner has closed the way to it
            status = 1
        except BaseException as error:
            self._wire.send("broken", describe(error, []))
        finally:
            _exit(status)

    def _serve(self) -> None:
        if self._request["kind"] == "tensors":
            outcome = self._stage.run(lambda: answer(self._request))
            if outcome is None or not outcome[0]:
                self._wire.send("broken", describe(outcome[1], []) if outcome else NO_OUTCOME)
            else:
                fields, data = outcome[1]
                self._wire.send("tensors", fields, [data])
            return
        try:
            program = Program(self._request["source"])
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            self._wire.send("syntax", syntax(error, self._request["source"]))
            return
        observed = self._request["names"] + self._request["gradients"]
        self._wire.send("compiled", program.facts(self._request["requires"], observed))
        if self._request.get("xray"):
            self._look_into(program)
        elif self._request["kind"] == "script":
            self._script(program)
        else:
            self._functions(program)

    def _script(self, program: Program) -> None:
        names, gradients, steps = (self._request[key] for key in ("names", "gradients", "steps"))
        recorder = Recorder(names, gradients, steps, self._copier, self._wire.send, self._diary())
        namespace = Namespace(recorder)
        _install("__main__", namespace)
        outcome = self._stage.run(lambda: _execute(program, namespace))
        namespace.tell()
        if outcome is not None and outcome[0]:
            self._wire.send("finished", {})
        else:
            self._wire.send("failed", _failure(outcome, program))

    def _diary(self) -> Diary | None:
        """What keeps a sketch of each step, for a run that is compared step by step."""
        numpy = self._copier.numpy
        return Diary(Sketcher(numpy), numpy) if numpy and self._request.get("sketch") else None

    def _look_into(self, program: Program) -> None:
        """Run a script with probes in it, which tell of its arrays."""
        try:
            instrumented = Instrumented(program.source)
            xray = Xray(instrumented, self._wire.send)
            program.code = xray.compiled(instrumented)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            self._wire.send("xray_unfit", {})
            return
        namespace: dict[str, Any] = {}
        _install("__main__", namespace)
        outcome = self._stage.run(lambda: _execute(program, namespace))
        xray.close(outcome[1] if outcome is not None and not outcome[0] else None)
        if outcome is not None and outcome[0]:
            self._wire.send("finished", {})
        else:
            self._wire.send("failed", _failure(outcome, program))

    def _functions(self, program: Program) -> None:
        namespace: dict[str, Any] = {}
        exec(PRELUDE, namespace)
        namespace["TreeNode"] = TreeNode
        _install("solution", namespace)
        outcome = self._stage.run(lambda: _execute(program, namespace))
        if outcome is None or not outcome[0]:
            self._wire.send("failed", _failure(outcome, program))
            return
        signature = (self._request[key] for key in ("entry", "parameters", "returns"))
        entry, parameters, returns = signature
        calls = Calls(entry, namespace, parameters, returns, program.lines)
        found = self._stage.run(calls.look)
        self._wire.send("loaded", {"entry": found[1] if found and found[0] else "missing"})
        while "done" not in (request := self._wire.receive()):
            if "batch" in request:
                self._batch(request["batch"], program, calls)
            else:
                self._case(request["case"], program, calls)

    def _numpy(self) -> Any:
        """NumPy as the harness knows it, or as the learner imported it where the exercise does not."""
        return self._copier.numpy or sys.modules.get("numpy")

    def _case(self, case: list[Any], program: Program, calls: Calls) -> None:
        arguments, forests = decode(case, self._request["parameters"], self._numpy())
        outcome = self._stage.run(lambda: calls.call(arguments))
        fields: dict[str, Any]
        if outcome is not None and outcome[0]:
            fields = {"value": encode(outcome[1], self._request["returns"], self._numpy())}
        else:
            fields = {"failure": _failure(outcome, program)}
        outcome = None
        arguments.clear()
        for nodes in forests:
            fell(nodes)
        self._wire.send("result", {**fields, "peak_kb": peak_kb()})

    def _batch(self, inputs: list[list[Any]], program: Program, calls: Calls) -> None:
        """A `result` for each input that was called, then how many there were, and why no more."""
        numpy = self._numpy()
        outcome = self._stage.run(lambda: calls.row(inputs, self._wire.send, numpy, RECURSION_LIMIT))
        failure = {} if outcome and outcome[0] else {"failure": _failure(outcome, program)}
        self._wire.send("batched", {"count": calls.position, "peak_kb": peak_kb(), **failure})


def _install(name: str, namespace: dict[str, Any]) -> None:
    """Make a namespace look like the module `name`, with the builtins that a learner may change."""
    module = types.ModuleType(name)
    dict.update(
        namespace,
        {"__name__": name, "__builtins__": builtins, "__file__": FILE, "__doc__": None},
    )

    def find(attribute: str) -> Any:
        if attribute in namespace:
            return namespace[attribute]
        raise AttributeError(attribute)

    vars(module)["__getattr__"] = find
    sys.modules[name] = module
    sys.argv = [FILE]


def _execute(program: Program, namespace: dict[str, Any]) -> None:
    try:
        exec(program.code, namespace)
    finally:
        flush()


def _failure(outcome: Outcome | None, program: Program) -> dict[str, Any]:
    return describe(outcome[1], program.lines) if outcome else NO_OUTCOME


def import_packages(packages: list[str], path: list[str]) -> dict[str, str]:
    """Import what the exercise is about, before limits and clock start. Says which package is broken."""
    sys.path.extend(entry for entry in path if entry not in sys.path)
    broken: dict[str, str] = {}
    for package in packages:
        try:
            importlib.import_module(package)
        except ModuleNotFoundError as error:
            if error.name != package:
                broken[package] = str(error)
        except BaseException as error:
            broken[package] = f"{type(error).__name__}: {error}"[:500]
    return broken


def reseed() -> None:
    """After a fork: random numbers of one's own, as a fresh process would have them."""
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed()


def _big_stack(play: Callable[[], None], megabytes: int) -> None:
    stack_size(megabytes * MB)
    start_new_thread(play, ())
    stack_size(0)


def main(arguments: list[str]) -> None:
    """Serve one run. Arguments: descriptors of job, result, stack, the judge's process id, packages, paths.

    The packages are imported at once, so that a process started ahead of time waits with them ready.
    """
    job, result, stack, parent = map(int, arguments[:4])
    perform(job, result, stack, parent, import_packages(json.loads(arguments[4]), json.loads(arguments[5])))


def perform(job: int, result: int, stack: int, parent: int, broken: dict[str, str]) -> None:
    """Run the program that comes on `job`, in a process that has imported its packages. Never returns."""
    wire = Wire(adopt(job), adopt(result))
    leave_last_words(adopt(stack))
    try:
        wire.greet()
        request = wire.receive()
    except (EOFError, OSError):  # nobody needed this process
        _exit(0)
    die_with(parent)
    script = request["kind"] == "script"
    memory = Memory(request["memory_mb"] + (0 if script else STACK_MB[0]))
    stage = Stage(memory, sys.getrecursionlimit() if script else RECURSION_LIMIT)
    performance = Performance(wire, request, stage, Copier())
    restrict(request["cpu_s"])
    standing = raise_wall() if request.get("walled", True) else Standing()
    notices().watch(standing, wire.send)
    wire.send("ready", {"broken": broken, "wall": standing.fields()})
    if script:
        start_new_thread(performance.serve, ())
        stage.play()
    for megabytes in STACK_MB:
        try:
            _big_stack(stage.play, megabytes)
            break
        except (RuntimeError, ValueError):
            continue
    performance.serve()
