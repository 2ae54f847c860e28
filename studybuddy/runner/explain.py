"""From what the harness or the system reports to a verdict that a learner understands."""

from __future__ import annotations

import signal
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from studybuddy.core.exercise import Exercise
from studybuddy.core.verdict import Verdict
from studybuddy.runner import messages
from studybuddy.runner.finding import Finding
from studybuddy.runner.notices import phrase
from studybuddy.runner.session import MOST_PROCESSES, Cause, Ending

_OUT_OF_MEMORY = ("bad_alloc", "Memory allocation still failed", "Cannot allocate memory")
"""What libraries print before they abort because the address space is used up."""
_CRASHES = ("SIGSEGV", "SIGABRT", "SIGBUS", "SIGFPE", "SIGILL")
_CPU_SLACK = 0.9
_LONGEST = 500
_LONGEST_LINE = 200


def of_ending(
    ending: Ending, exercise: Exercise, time_message: Finding, cpu_s: float, output: str
) -> Finding:
    """A child that ended, or was ended, without its result.

    `time_message` is what to say if the time was up; `cpu_s` what the child has used.
    """
    limits = exercise.limits
    if ending.cause is Cause.ENDED:
        return _of_status(ending.status, exercise, cpu_s, output)
    if ending.cause is Cause.TIME:
        return time_message
    if ending.cause is Cause.MEMORY:
        return memory(exercise)
    simple = {
        Cause.STOPPED: Finding(Verdict.STOP, messages.STOPPED),
        Cause.OUTPUT: Finding(
            Verdict.OLE, messages.OUTPUT, messages.LESS_OUTPUT, {"kilobytes": limits.output_kb}
        ),
        Cause.CROWD: Finding(Verdict.RTE, messages.CROWD, parameters={"count": MOST_PROCESSES}),
        Cause.TAMPERED: Finding(Verdict.NR, messages.TAMPERED),
        Cause.LOST: Finding(Verdict.IE, messages.WORKER_LOST, messages.RUN_AGAIN),
    }
    return simple[ending.cause]


def _of_status(status: int, exercise: Exercise, cpu_s: float, output: str) -> Finding:
    if status >= 0:
        return Finding(Verdict.NR, messages.EXITED, messages.DO_NOT_EXIT)
    name = _signal_name(-status)
    out_of_time = cpu_s >= _CPU_SLACK * exercise.limits.cpu_s
    if name == "SIGXCPU" or (name == "SIGKILL" and out_of_time):
        return replace(cpu_time(exercise), signal=name)
    if any(words in output[-2000:] for words in _OUT_OF_MEMORY):
        return replace(memory(exercise), signal=name)
    if name == "SIGSYS":
        return Finding(Verdict.BLK, messages.TRIED_CALL, messages.BEHIND_A_WALL, signal=name)
    hint = {"SIGKILL": messages.KILLED_OUTSIDE}.get(name, messages.CRASHED_IN_C if name in _CRASHES else "")
    return Finding(Verdict.RTE, messages.KILLED, hint, {"signal": name}, signal=name)


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def cpu_time(exercise: Exercise) -> Finding:
    """Too much processor time."""
    return Finding(Verdict.TLE, messages.CPU_TIME, messages.ENDLESS, {"seconds": exercise.limits.cpu_s})


def memory(exercise: Exercise, stack: str = "") -> Finding:
    """Too much memory."""
    parameters: dict[str, object] = {"megabytes": exercise.limits.memory_mb}
    return Finding(Verdict.MLE, messages.MEMORY, messages.LESS_MEMORY, parameters, stack)


def of_syntax(fields: Mapping[str, Any]) -> Finding:
    """A program that does not compile."""
    line = fields.get("line")
    message = messages.SYNTAX if line else messages.UNREADABLE
    parameters: dict[str, object] = {"line": line, "text": _text(fields, "text")}
    return Finding(Verdict.CE, message, "", parameters, _text(fields, "stack", 4000))


def of_failure(fields: Mapping[str, Any], exercise: Exercise, broken: Mapping[str, str]) -> Finding:
    """An exception that nobody caught. `broken`: packages that could not be loaded, and why."""
    return replace(_of_exception(fields, exercise, broken), exception=_text(fields, "type"))


def _of_exception(fields: Mapping[str, Any], exercise: Exercise, broken: Mapping[str, str]) -> Finding:
    stack = _text(fields, "stack", 20_000)
    code = fields.get("exit")
    if code is not None:
        parameters: dict[str, object] = {"code": code}
        if code == 0:
            return Finding(Verdict.NR, messages.EXITED, messages.DO_NOT_EXIT, parameters, stack)
        return Finding(Verdict.RTE, messages.EXIT_CODE, messages.DO_NOT_EXIT, parameters, stack)
    if fields.get("memory"):
        return memory(exercise, stack)
    if isinstance(blocked := fields.get("blocked"), dict):
        tried = phrase(blocked)
        return Finding(Verdict.BLK, tried.message, messages.BEHIND_A_WALL, dict(tried.parameters), stack)
    kind, line = _text(fields, "type"), fields.get("line")
    text = next(iter(_text(fields, "text").splitlines()), "")[:_LONGEST_LINE]
    parameters = {"error": f"{kind}: {text}" if text else kind, "type": kind, "line": line}
    message = messages.RAISED_AT if line else messages.RAISED
    hint, more = _hint(fields, exercise, broken)
    return Finding(Verdict.RTE, message, hint, parameters | more, stack)


def _hint(
    fields: Mapping[str, Any], exercise: Exercise, broken: Mapping[str, str]
) -> tuple[str, dict[str, object]]:
    module = _text(fields, "module")
    if module in exercise.packages:
        return messages.INSTALL, {"package": module}
    raised = f"{fields.get('type')}: {fields.get('text')}"[:_LONGEST]
    for package, why in broken.items():
        if fields.get("import") or raised == why:
            return messages.REINSTALL, {"package": package, "why": why}
    if module:
        return messages.UNKNOWN_MODULE, {"package": module}
    if fields.get("recursion"):
        return messages.DEEP, {}
    if fields.get("end_of_file"):
        return messages.INPUT, {}
    signature = exercise.signature
    if signature and not fields.get("line") and fields.get("type") == "TypeError":
        return messages.CALLED_AS, {
            "entry": signature.entry,
            "arity": len(signature.parameters),
            "signature": one_line(signature.text),
        }
    return "", {}


def one_line(text: str) -> str:
    """A signature for a sentence: `class Solution: def maxDepth(...) -> int: ...`."""
    return " ".join(text.split())


def _text(fields: Mapping[str, Any], name: str, longest: int = _LONGEST) -> str:
    value = fields.get(name)
    return value[:longest] if isinstance(value, str) else ""
