"""A run beside its twin, as lines of text."""

from __future__ import annotations

from studybuddy.core.twin import Parting, TwinRow, TwinRun
from studybuddy.i18n import N_, _, ngettext, say
from studybuddy.text import cell_width, pad

_STEP_CELLS = 6
_CELLS = 11
_FACTOR = N_("at that step {weight} moves by {here} times its gradient; before, it was {before}")


_PARTED = N_(
    "the two part at step {step}: {names} (relative difference {difference}; rounding explains {allowed})"
)


def head_line(run: TwinRun) -> str:
    """What was run beside what."""
    rates = ", ".join(f"{weight} {rate:.6g}" for weight, rate in run.rates)
    return _(
        "the same network in torch, from the same arrays, with the same learning rates: {rates}", rates=rates
    )


def verdict_lines(run: TwinRun) -> list[str]:
    """Whether the two part, where, and what may be behind it. The first begins with its sign."""
    parting = run.parting
    if parting is not None:
        return [_parted(parting), *_causes(parting, run.names[: len(run.names) // 2])]
    if run.trouble is not None:
        return [f"· {say(run.trouble)}"]
    steps = ngettext("{n} step", "{n} steps", run.steps)
    return [f"✓ {_('over {steps} the two never part by more than rounding', steps=steps)}"]


def table_lines(run: TwinRun) -> list[str]:
    """Some of the steps: the twin's loss, and how far each gradient and weight is from the twin's."""
    if not run.rows:
        return []
    title = _("relative difference from the twin, at some of the steps")
    columns = ("".join(pad(name, _CELLS) for name in (_("loss"), *run.names))).rstrip()
    parted = run.parting.step if run.parting else -1
    step = _("step")
    head = " " * max(0, _STEP_CELLS - cell_width(step)) + step
    return [title, f"  {head}  {columns}", *(_row(row, parted) for row in run.rows)]


def twin_lines(run: TwinRun) -> list[str]:
    """The whole comparison."""
    head = [head_line(run)] if run.rates else []
    return [*head, *table_lines(run), *verdict_lines(run)]


def twin_json(run: TwinRun) -> dict[str, object]:
    """The comparison in the words of the command line's contract."""
    parting = run.parting
    return {
        "steps": run.steps,
        "rates": dict(run.rates),
        "trouble": say(run.trouble),
        "parting": None
        if parting is None
        else {
            "step": parting.step,
            "names": list(parting.names),
            "difference": _finite(parting.difference),
            "allowed": _finite(parting.allowed),
            "paces": {pace.weight: [pace.before, pace.here] for pace in parting.paces},
        },
        "rows": [
            {
                "step": row.step,
                "loss": _finite(row.loss),
                "differences": {
                    name: _finite(value) for name, value in zip(run.names, row.differences, strict=True)
                },
            }
            for row in run.rows
        ],
    }


def _parted(parting: Parting) -> str:
    return "✗ " + _(
        _PARTED,
        step=parting.step,
        names=", ".join(parting.names),
        difference=f"{parting.difference:.1e}",
        allowed=f"{parting.allowed:.1e}",
    )


def _causes(parting: Parting, gradients: tuple[str, ...]) -> list[str]:
    first = parting.names[0]
    if first == "loss":
        return ["  " + _("the loss that is printed is not that of the weights")]
    if first in gradients:
        return ["  " + _("up to there all weights agree, so look at how {name} is computed", name=first)]
    moved = [
        _(_FACTOR, weight=pace.weight, here=f"{pace.here:.4g}", before=f"{pace.before:.4g}")
        for pace in parting.paces
    ]
    lines = [_("the gradients still agree there, so look at the update"), *moved]
    return ["  " + line for line in lines]


def _row(row: TwinRow, parted: int) -> str:
    cells = [f"{row.loss:.3g}", *(f"{difference:.1e}" for difference in row.differences)]
    sign = "✗" if row.step == parted else " "
    return f"{sign} {row.step:>{_STEP_CELLS}}  " + "".join(pad(cell, _CELLS) for cell in cells).rstrip()


def _finite(number: float) -> float | None:
    """JSON has no infinity and no NaN."""
    return number if abs(number) < float("inf") else None
