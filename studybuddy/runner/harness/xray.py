"""Hears the probes of an instrumented program and reports its steps: lines with the shapes of their arrays.

Messages: `xray_step`, one for each statement as it was carried out (again when there is more to say of it,
under the same number); `xray_sizes`, ints that may be sizes, by name; `xray_still` when a loop has been seen
often enough; `xray_full` when no more steps are kept. A statement is reported in the first two turns of its
loop, and the one that fails always. No value is held on to, and none is asked for more than its type.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from sys import _getframe
from types import CodeType, FrameType
from typing import Any

from studybuddy.runner.harness.failure import FILE
from studybuddy.runner.harness.probes import Instrumented, Statement
from studybuddy.runner.harness.shapes import Described, Describer
from studybuddy.runner.harness.steps import State, Step

PASSES = 2
MOST_STEPS = 2000
MOST_TIMES = 40
"""Of one statement, however often its function is called."""
MOST_PARTS = 60
MOST_STATES = 10_000
MOST_BOUND = 24
_LOOPS = ("For", "AsyncFor", "While")
_NOT_SHOWN = (*_LOOPS, "Try", "TryStar")
_ODD = (TypeError, ValueError, KeyError, AttributeError, IndexError, RuntimeError)
"""What looking at a value may raise: the value is then not described."""

Send = Callable[[str, dict[str, Any]], None]


class Xray:
    """Follows one run of a program."""

    def __init__(self, program: Instrumented, send: Send) -> None:
        self._nodes = program.nodes
        self._statements = program.statements
        self._sized = program.sized
        self._send = send
        self._describer = Describer()
        self._states: dict[int, State] = {}
        self._module: State | None = None
        self._serials = 0
        self._steps = 0
        self._times = [0] * len(program.statements)
        self._quiet: tuple[State, int] | None = None
        self._said_still = False
        self._sizes: dict[str, int] = {}
        self._unsure: set[str] = set()

    def compiled(self, program: Instrumented) -> CodeType:
        """The program's code, bound to this x-ray."""
        names = ("begin", "enter", "probe", "bound", "turn", "over", "leave", "caught")
        return program.compiled({name: getattr(self, name) for name in names})

    # ---- the probes: called from the learner's frames, each in the frame it tells of

    def begin(self, number: int, *target: Any) -> None:
        """A statement is about to be carried out. `target`: what an augmented assignment will change."""
        state = self._state(_getframe(1))
        statement = self._statements[number]
        if self._quiet is not None and self._quiet[0] is state and self._quiet[1] not in statement.loops:
            self._quiet = None
        if statement.kind in _LOOPS:
            state.passes[number] = 0
        self._open(state, number, shown=statement.kind not in _NOT_SHOWN)
        if target:
            state.step.values[statement.target] = self._describe(target[0])

    def probe(self, number: int, value: Any) -> Any:
        """An expression has this value, which is handed on."""
        state = self._states.get(id(_getframe(1)))
        if state is not None:
            statement = self._nodes[number].statement
            if state.step.statement != statement or state.step.turned:
                self._open(state, statement, shown=False)
            state.step.values[number] = self._describe(value)
            state.step.dirty = True
        return value

    def bound(self, number: int, *values: Any) -> None:
        """An assignment has given its names these values."""
        state = self._states.get(id(_getframe(1)))
        if state is not None and state.step.statement == number:
            statement = self._statements[number]
            self._bind(state.step, statement, values, sizes=True)
            if statement.change >= 0:
                state.step.values[statement.change] = state.step.bound[0][1]

    def enter(self, number: int, *values: Any) -> None:
        """A function was called with these arguments."""
        state = self._new_state(_getframe(1))
        self._open(state, number, shown=True)
        self._bind(state.step, self._statements[number], values, sizes=True)

    def turn(self, number: int, *values: Any) -> None:
        """A loop begins a turn; its target has these values."""
        state = self._state(_getframe(1))
        statement = self._statements[number]
        state.passes[number] = count = state.passes.get(number, 0) + 1
        quiet = self._quiet
        if quiet is not None and quiet[0] is state and quiet[1] not in (number, *statement.loops):
            self._quiet = None
        if count > PASSES and self._quiet is None and not statement.yields:
            self._be_quiet(state, number)
        first = state.step
        self._open(state, number, shown=count <= PASSES, turn=True)
        if first.statement == number and not first.turned:
            state.step.values = first.values
        state.step.turned = True
        self._bind(state.step, statement, values, sizes=False)

    def over(self, number: int) -> None:
        """A loop has ended."""
        if self._quiet is not None and self._quiet == (self._states.get(id(_getframe(1))), number):
            self._quiet = None

    def leave(self, number: int, value: Any) -> Any:
        """A function is about to return this value, which is handed on."""
        state = self._states.get(id(_getframe(1)))
        if state is not None:
            if self._quiet is not None and self._quiet[0] is state:
                self._quiet = None
            if state.step.statement == number:
                state.step.bound = [("return", self._describe(value))]
                self._report(state)
        return value

    def caught(self) -> None:
        """An exception may have ended the function whose loop was quiet."""
        if self._quiet is None:
            return
        frame: FrameType | None = _getframe(1)
        while frame is not None:
            if self._states.get(id(frame)) is self._quiet[0]:
                return
            frame = frame.f_back
        self._quiet = None

    # ---- steps

    def _state(self, frame: FrameType) -> State:
        return self._states.get(id(frame)) or self._new_state(frame)

    def _new_state(self, frame: FrameType) -> State:
        if len(self._states) >= MOST_STATES:
            self._states = {key: state for key, state in self._states.items() if state is self._module}
        elif (old := self._states.get(id(frame))) is not None:
            self._report(old)
        self._serials += 1
        self._states[id(frame)] = state = State(self._serials)
        if self._module is None:
            self._module = state
        return state

    def _open(self, state: State, number: int, *, shown: bool, turn: bool = False) -> None:
        """Begin a step; the one before it in the same frame is over."""
        self._report(state)
        statement = self._statements[number]
        loops = (*statement.loops, number) if turn else statement.loops
        turns = [(loop, state.passes.get(loop, 1)) for loop in loops]
        around = self._module.step.passes if self._module is not None and self._module is not state else []
        state.step = step = Step(number, [*around, *[[self._statements[loop].first, n] for loop, n in turns]])
        if shown and self._quiet is None and all(n <= PASSES for _, n in turns):
            self._number(step)

    def _number(self, step: Step) -> None:
        if self._steps >= MOST_STEPS or self._times[step.statement] >= MOST_TIMES:
            return
        self._times[step.statement] += 1
        step.number = self._steps
        self._steps += 1
        if self._steps == MOST_STEPS:
            self._say("xray_full", {})

    def _bind(self, step: Step, statement: Statement, values: tuple[Any, ...], *, sizes: bool) -> None:
        pairs = zip(statement.names[:MOST_BOUND], values, strict=False)
        step.bound = [(name, self._describe(value)) for name, value in pairs]
        step.dirty = True
        if sizes:
            for name, described in step.bound:
                if name in self._sized and name not in self._unsure and "i" in described:
                    self._size(name, described["i"])

    def _size(self, name: str, size: int) -> None:
        if self._sizes.get(name, size) != size:
            del self._sizes[name]
            self._unsure.add(name)
        elif name not in self._sizes and len(self._sizes) < MOST_BOUND:
            self._sizes[name] = size
        else:
            return
        self._say("xray_sizes", {"sizes": dict(self._sizes)})

    def _describe(self, value: Any) -> Described:
        try:
            return self._describer.describe(value)
        except _ODD:
            return {}

    def _be_quiet(self, state: State, loop: int) -> None:
        self._quiet = (state, loop)
        self._flush()
        if not self._said_still:
            self._said_still = True
            self._say("xray_still", {})

    def _flush(self) -> None:
        waiting = [state for state in list(self._states.values()) if state.step.number >= 0]
        for state in sorted(waiting, key=lambda state: state.step.number):
            self._report(state)

    def _report(self, state: State) -> None:
        step = state.step
        if step.number < 0 or not step.dirty:
            return
        step.dirty = False
        statement = self._statements[step.statement]
        self._say(
            "xray_step",
            {
                "number": step.number,
                "sort": statement.kind,
                "lines": [statement.first, statement.last],
                "function": statement.function,
                "call": state.serial,
                "passes": step.passes,
                "parts": self._parts(step),
                "bound": [[name, described] for name, described in step.bound],
                "failed": step.failed,
            },
        )

    def _parts(self, step: Step) -> list[dict[str, Any]]:
        """The expressions that have a value, the constants among their parts, and the one that failed."""
        wanted = list(islice(step.values, MOST_PARTS))
        if step.failed is not None and step.failed >= 0 and step.failed not in wanted:
            wanted.append(step.failed)
        shown = {part: None for number in wanted for part in (*self._nodes[number].parts, number)}
        return [
            {
                "id": number,
                "at": list(self._nodes[number].place),
                "does": self._nodes[number].operation,
                "to": self._nodes[number].parts,
                "is": step.values.get(number),
            }
            for number in shown
        ]

    def _say(self, kind: str, fields: dict[str, Any]) -> None:
        try:
            self._send(kind, fields)
        except OSError:  # the judge has gone; the harness finds that out by itself
            return

    # ---- the end

    def close(self, error: BaseException | None) -> None:
        """The program is over. `error`: what it raised; the step that raised it is marked."""
        if error is not None and not isinstance(error, SystemExit):
            self._blame(error)
        self._flush()

    def _blame(self, error: BaseException) -> None:
        trace, last, state = error.__traceback__, None, None
        while trace is not None:
            found = self._states.get(id(trace.tb_frame))
            if found is not None and trace.tb_frame.f_code.co_filename == FILE:
                last, state = trace, found
            trace = trace.tb_next
        if last is None or state is None or state.step.statement < 0:
            return
        step = state.step
        statement = self._statements[step.statement]
        if not statement.first <= (last.tb_lineno or 0) <= statement.last:
            return
        step.failed = self._failing(step, last.tb_frame.f_code, last.tb_lasti)
        step.dirty = True
        if step.number < 0:
            step.number = self._steps

    def _failing(self, step: Step, code: CodeType, instruction: int) -> int:
        """The expression that raised: by its place (PEP 657), else the first that was ready for it."""
        place = next(islice(code.co_positions(), instruction // 2, None), None)
        open_ones = [
            number
            for number, node in enumerate(self._nodes)
            if node.statement == step.statement and number not in step.values and node.operation != "const"
        ]
        if place is not None:
            first, last, column, end = place
            for number in open_ones:
                if self._nodes[number].place == (first, column, last, end):
                    return number
        ready = (
            number
            for number in open_ones
            if (parts := self._nodes[number].parts)
            and all(part in step.values or self._nodes[part].operation == "const" for part in parts)
        )
        return next(ready, -1)
