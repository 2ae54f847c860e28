"""What the judges say of a gradient, and where it is wrong, as lines of text."""

from __future__ import annotations

from collections.abc import Iterable

from studybuddy.core.phrase import Phrase
from studybuddy.core.verdict import ErrorMap, GradientCheck, GradientJudge, Opinion
from studybuddy.i18n import N_, _, ngettext, say

SHADES = "·░▒▓█"
"""Signs of the levels of an error map: right, then a quarter of the levels each."""
_LEVELS = 8
_TIGHT = 1e-3
"""An error from here on is written as a plain number."""
_CAPTION = N_("where {name} is wrong: {rows} rows down, {columns} columns across")
_JUDGES = {
    GradientJudge.RULE: N_("derivation"),
    GradientJudge.DIFFERENCES: N_("central differences"),
    GradientJudge.AUTOGRAD: N_("torch autograd"),
}


def mistake_of(check: GradientCheck) -> str:
    """What is wrong with a gradient, worded; empty if it is right."""
    return say(Phrase(check.reason, tuple(check.parameters.items()))) if check.reason else ""


def opinions_of(check: GradientCheck) -> list[str]:
    """A line for each judge: `✗ central differences: relative error 0.99 · 100000 entries`.

    None where all is well and nobody asked for the doctor.
    """
    if check.ok and all(opinion.judge is not GradientJudge.AUTOGRAD for opinion in check.opinions):
        return []
    return [_opinion(opinion) for opinion in check.opinions]


def shade(level: int) -> str:
    """The sign of one block."""
    return SHADES[0] if level <= 0 else SHADES[min(4, (min(level, _LEVELS) + 1) // 2)]


def map_rows(drawn: ErrorMap) -> list[str]:
    """The map as rows of signs; none where all blocks look the same."""
    rows = ["".join(shade(level) for level in row) for row in drawn.rows]
    return rows if len(set("".join(rows))) > 1 else []


def map_caption(check: GradientCheck, drawn: ErrorMap) -> str:
    """What the rows and columns of a map are, or that there is no need for one."""
    if not map_rows(drawn):
        return _("{name} is wrong alike everywhere: {shade}", name=check.name, shade=shade(drawn.levels[0]))
    rows, columns = check.shape
    return _(_CAPTION, name=check.name, rows=rows, columns=columns)


def map_legend() -> str:
    """What the signs of a map mean."""
    return _("· right   relative error: ░ to 25 %   ▒ to 50 %   ▓ to 75 %   █ more")


def check_json(check: GradientCheck) -> dict[str, object]:
    """A gradient in the words of the command line's contract."""
    drawn = check.error_map
    return {
        "name": check.name,
        "shape": list(check.shape),
        "relative_error": _finite(check.relative_error),
        "ok": check.ok,
        "reason": mistake_of(check),
        "judges": [_opinion_json(opinion) for opinion in check.opinions],
        "error_map": [list(row) for row in drawn.rows] if drawn else None,
    }


def text_lines(checks: Iterable[GradientCheck]) -> list[str]:
    """Gradients for a plain terminal."""
    lines: list[str] = []
    last = 0
    for check in checks:
        said = mistake_of(check) or _error(check.relative_error)
        lines.append(f"  {'✓' if check.ok else '✗'} {check.name} {shape_of(check)} {said}")
        lines += [f"      {line}" for line in opinions_of(check)]
        if check.error_map is not None:
            lines.append(f"      {map_caption(check, check.error_map)}")
            lines += [f"      {row}" for row in map_rows(check.error_map)]
            last = len(lines)
    return [*lines[:last], *([f"      {map_legend()}"] if last else []), *lines[last:]]


def shape_of(check: GradientCheck) -> str:
    """A shape as NumPy's users write it; empty for what is no array."""
    return f"({', '.join(map(str, check.shape))})" if check.shape else ""


def _opinion(opinion: Opinion) -> str:
    judge = _(_JUDGES[opinion.judge])
    if opinion.absent:
        return "· " + _("{label}: {text}", label=judge, text=_(opinion.absent))
    if not opinion.entries:
        return "· " + _("{label}: {text}", label=judge, text=_("every entry lies at a kink of the ReLU"))
    entries = ngettext("{n} entry", "{n} entries", opinion.entries)
    text = f"{_error(opinion.relative_error)} · {entries}"
    if opinion.kinks:
        text += " · " + ngettext("{n} at a kink left out", "{n} at kinks left out", opinion.kinks)
    return ("✓ " if opinion.ok else "✗ ") + _("{label}: {text}", label=judge, text=text)


def _error(error: float) -> str:
    return _("relative error {error}", error=f"{error:.2g}" if error >= _TIGHT else f"{error:.1e}")


def _opinion_json(opinion: Opinion) -> dict[str, object]:
    return {
        "judge": opinion.judge.value,
        "ok": opinion.ok,
        "relative_error": _finite(opinion.relative_error),
        "entries": opinion.entries,
        "kinks": opinion.kinks,
        "absent": _(opinion.absent),
    }


def _finite(number: float) -> float | None:
    """JSON has no infinity and no NaN."""
    return number if abs(number) < float("inf") else None
