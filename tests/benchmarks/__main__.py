"""`python -m tests.benchmarks [NAME...] [--json]`: every number the project promises, beside its peer."""

from __future__ import annotations

import sys

from tests.benchmarks.answering import answer_100k, answer_commit, answer_growth, first_queue_100k
from tests.benchmarks.checking import check_right, check_wrong
from tests.benchmarks.drawing import layout
from tests.benchmarks.feeling import key_to_paint, memory, memory_100k, review_paint, section
from tests.benchmarks.figuring import statistics_keys, statistics_million
from tests.benchmarks.finding import find_100k, find_state_100k
from tests.benchmarks.fitting import fit, fit_loss, simulate_year
from tests.benchmarks.flooding import key_under_flood
from tests.benchmarks.importing import import_20k, import_20k_memory, import_lesson
from tests.benchmarks.measure import Figure, Measure
from tests.benchmarks.opening import course_open
from tests.benchmarks.replaying import replay
from tests.benchmarks.running import (
    first_output_numpy,
    first_output_torch,
    judge_max_depth,
    training_loop,
    training_loop_cpu,
)
from tests.benchmarks.searching import search
from tests.benchmarks.starting import start, today

MEASURES: dict[str, Measure] = {
    "start": start,
    "today": today,
    "answer-100k": answer_100k,
    "answer-commit": answer_commit,
    "first-queue-100k": first_queue_100k,
    "answer-growth": answer_growth,
    "replay": replay,
    "find-100k": find_100k,
    "find-state-100k": find_state_100k,
    "key-to-paint": key_to_paint,
    "review-paint": review_paint,
    "section": section,
    "layout": layout,
    "statistics-million": statistics_million,
    "statistics-keys": statistics_keys,
    "memory": memory,
    "memory-100k": memory_100k,
    "first-output-numpy": first_output_numpy,
    "first-output-torch": first_output_torch,
    "training-loop": training_loop,
    "training-loop-cpu": training_loop_cpu,
    "judge-max-depth": judge_max_depth,
    "search": search,
    "fit": fit,
    "fit-loss": fit_loss,
    "simulate-year": simulate_year,
    "key-under-flood": key_under_flood,
    "course-open": course_open,
    "import-lesson": import_lesson,
    "import-20k": import_20k,
    "import-20k-memory": import_20k_memory,
    "check": check_right,
    "check-wrong": check_wrong,
}


def main(arguments: list[str]) -> int:
    """Run the named measures, or all of them; the exit code is 1 where a goal is missed."""
    as_json = "--json" in arguments
    names = [argument for argument in arguments if not argument.startswith("--")] or list(MEASURES)
    unknown = [name for name in names if name not in MEASURES]
    if unknown:
        print(f"no measure {unknown[0]}; there are: {', '.join(MEASURES)}", file=sys.stderr)
        return 2
    figures = []
    if not as_json:
        print(f"{'measure':<18}{'ours':>12}{'peer':>12}{'unit':>6}{'ratio':>8}{'goal':>7}  ok")
    for name in names:
        figure = MEASURES[name]()
        figures.append(figure)
        print(figure.line() if as_json else _row(figure), flush=True)
    return int(any(figure.ok is False for figure in figures))


def _row(figure: Figure) -> str:
    def number(value: float | None, digits: int) -> str:
        return "-" if value is None else f"{value:.{digits}f}"

    ok = {True: "yes", False: "NO", None: "?"}[figure.ok]
    return (
        f"{figure.name:<18}{number(figure.ours, 6):>12}{number(figure.peer, 6):>12}{figure.unit:>6}"
        f"{number(figure.ratio, 3):>8}{figure.goal:>7.3f}  {ok} {figure.why}{figure.note}"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
