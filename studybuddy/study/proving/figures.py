"""Compares the numbers in a lesson's words with what its scripts find: `numbers.toml` says which is which."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from pathlib import Path

from studybuddy.core.phrase import Phrase
from studybuddy.course.report import Report, shorten
from studybuddy.course.source import read_source
from studybuddy.course.table import LANGUAGES, Table, read_toml
from studybuddy.course.toml_lines import toml_lines
from studybuddy.i18n import N_
from studybuddy.study.proving.scripts import FOLDER, Figure
from studybuddy.study.proving.texts import Passage, one_line, passages, without_code
from studybuddy.study.proving.written import NUMBER, Written, may_be_written, read_written

FILE_NAME = "numbers.toml"
HOLDS = "holds-"
"""How the name of a statement begins that must be true and has no number in the words."""
FACT = "fact-"
"""How the name of a figure begins that stands in [facts] of lesson.toml."""
_MARKED = re.compile(r"<<(.+?)>>")
_BOUNDS = ("most", "least")
_FEW_DIGITS = 3
"""A whole number of fewer digits is a count or an index, not a figure that a run has to bear out."""
_LONGEST = 60
_MOST_TOLD = 100
FACT_TOLERANCE = 1e-6


@dataclass(slots=True)
class _Ledger:
    """What is known while the numbers of a lesson are compared."""

    figures: dict[str, Figure]
    words: dict[str, list[Passage]]
    report: Report
    used: set[str] = field(default_factory=set)
    proved: dict[str, set[str]] = field(default_factory=lambda: {language: set() for language in LANGUAGES})
    """Numbers as they are written, by language."""


def check_figures(folder: Path, figures: dict[str, Figure], report: Report) -> None:
    """Say which numbers of a lesson's words are not what its scripts find, and which nobody proves."""
    present = [language for language in LANGUAGES if (folder / f"lesson.{language}.md").is_file()]
    ledger = _Ledger(figures, {language: passages(folder, language) for language in present}, report)
    path = folder / FILE_NAME
    source = read_source(path, report) if path.exists() else None
    if source is not None:
        table = read_toml(source)
        for row in table.tables("number"):
            _compare(row, ledger)
        for text in table.texts("given"):
            for proved in ledger.proved.values():
                proved.add(_bare(text))
        table.value("output")
        table.close()
    for name, figure in sorted(figures.items()):
        if name.startswith(HOLDS) and not figure.value:
            words = N_("the script finds that {name} is not so")
            report.file(folder / FOLDER / figure.script).error(1, "claim-false", Phrase.of(words, name=name))
        elif name not in ledger.used and not name.startswith((HOLDS, FACT)):
            words = N_("the figure {name} stands nowhere: name it in numbers.toml, or print it no more")
            report.file(folder / FOLDER / figure.script).warning(
                1, "number-unused", Phrase.of(words, name=name)
            )
    for language in present:
        _unproved(language, ledger)


def check_facts(folder: Path, facts: dict[str, object], figures: dict[str, Figure], report: Report) -> None:
    """Say which of a lesson's [facts] a script finds to be another: `fact-n`, in a list `fact-losses-0`."""
    for name, figure in sorted(figures.items()):
        if not name.startswith(FACT):
            continue
        wanted = _fact(name.removeprefix(FACT), facts)
        if wanted is None or not math.isclose(wanted, figure.value, rel_tol=FACT_TOLERANCE):
            words = N_("[facts] has {wanted} for {name}; {script} finds {figure}")
            said = Phrase.of(
                words,
                wanted="nothing" if wanted is None else _short(wanted),
                name=name,
                script=figure.script,
                figure=_short(figure.value),
            )
            path = folder / "lesson.toml"
            line = _fact_line(path, name.removeprefix(FACT))
            report.file(path, line).error(line, "number-wrong", said)


def _fact(name: str, facts: dict[str, object]) -> float | None:
    key, _, index = name.rpartition("-")
    whole = facts.get(name.replace("-", "_"))
    several = facts.get(key.replace("-", "_"))
    if index.isdigit() and isinstance(several, list) and int(index) < len(several):
        whole = several[int(index)]
    return float(whole) if isinstance(whole, int | float) else None


def _fact_line(path: Path, name: str) -> int:
    """Where a fact stands, or [facts] where there is none of the name."""
    lines = toml_lines(path.read_text("utf-8")) if path.exists() else {}
    keys = [name, name.rpartition("-")[0]]
    found = (lines.get(("facts", key.replace("-", "_"))) for key in keys)
    return next(filter(None, found), lines.get(("facts",), 1))


def _compare(row: Table, ledger: _Ledger) -> None:
    """One row: a figure, and the words around it in each language."""
    name = row.text("name")
    figure = ledger.figures.get(name)
    if name and figure is None and not any(one.code == "not-run" for one in ledger.report.diagnostics):
        words = N_("no script in numbers/ prints a figure called {name!r}")
        row.error("number-unknown", Phrase.of(words, name=shorten(name)), "name")
    ledger.used.add(name)
    tolerance = row.number("tolerance", 0.0)
    bound = row.text("bound", "")
    if bound and bound not in _BOUNDS:
        row.error("unknown-word", N_("`bound` is most or least"), "bound")
    both = _texts(row, "both")
    for language in LANGUAGES:
        for text in (*_texts(row, language), *both):
            _place(row, language, text, ledger, (figure, tolerance, bound))
    row.close()


def _texts(row: Table, key: str) -> tuple[str, ...]:
    value = row.value(key)
    return (value,) if isinstance(value, str) else row.texts(key)


def _place(
    row: Table, language: str, text: str, ledger: _Ledger, wanted: tuple[Figure | None, float, str]
) -> None:
    """One place in one language."""
    if language not in ledger.words:
        return
    found = _MARKED.findall(text)
    written = read_written(found[0]) if len(found) == 1 else None
    if written is None:
        words = N_("mark the number in these words as <<1.5>>, and mark one: {text}")
        row.error("number-form", Phrase.of(words, text=shorten(text, _LONGEST)), language)
        return
    ledger.proved[language].add(_bare(found[0]))
    plain = one_line(_MARKED.sub(r"\1", text))
    passage = next((one for one in ledger.words[language] if plain in one.text), None)
    if passage is None:
        words = N_("these words are nowhere in the lesson ({language}): {text}")
        row.error(
            "number-absent", Phrase.of(words, language=language, text=shorten(plain, _LONGEST)), language
        )
        return
    figure, tolerance, bound = wanted
    if figure is not None and not may_be_written(figure.value, written, tolerance, bound):
        words = N_("the text says {text}; {script} finds {figure}")
        said = Phrase.of(words, text=found[0], script=figure.script, figure=_short(figure.value))
        ledger.report.file(passage.path, passage.line).error(passage.line, "number-wrong", said)


def _short(value: float) -> str:
    return f"{value:.6g}" if math.isfinite(value) else str(value)


def _bare(text: str) -> str:
    return text.replace("{,}", ",").replace(" ", "").strip()


def _unproved(language: str, ledger: _Ledger) -> None:
    """Say which numbers look like figures of a run and are in no list."""
    known = ledger.proved[language]
    told: set[str] = set()
    for passage in ledger.words[language]:
        for found in NUMBER.finditer(without_code(passage.text)):
            text = _bare(found[0])
            if text in known or text in told or not _is_figure(found[0]):
                continue
            told.add(text)
            if len(told) > _MOST_TOLD:
                return
            words = N_(
                "nothing proves the number {text}: name it in numbers.toml, as a [[number]] or `given`"
            )
            ledger.report.file(passage.path, passage.line).warning(
                passage.line, "number-unproved", Phrase.of(words, text=text)
            )


def _is_figure(text: str) -> bool:
    written: Written | None = read_written(text)
    if written is None:
        return False
    return written.unit != 1 or written.digits >= _FEW_DIGITS
