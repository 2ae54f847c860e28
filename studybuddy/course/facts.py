"""lesson.toml: what does not depend on the language."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studybuddy.core.checklist import ChecklistItem, Needs
from studybuddy.core.lesson import SectionKind, Symbol, Term
from studybuddy.core.phrase import Phrase
from studybuddy.course.derivation_facts import DerivationFacts, read_derivation
from studybuddy.course.ids import read_id
from studybuddy.course.markdown import read_inline
from studybuddy.course.report import shorten
from studybuddy.course.spans import balanced, unbalanced
from studybuddy.course.table import LANGUAGES
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from studybuddy.core.block import Inlines
    from studybuddy.course.table import Table

RULES = ("math", "code", "interview", "algo", "hand")
"""What ticks an item; nothing but the learner's own hand ticks one of the last."""

_CODE = re.compile(r"S\d+W\d+D\d+(?:\.\d+)?\Z")


@dataclass(slots=True)
class LessonFacts:
    """All of lesson.toml, with the words in one language; nothing when the file could not be read."""

    known: bool = False
    """Whether there was a file to read, so that what is not in it may be called unknown."""

    code: str = ""
    minutes: dict[SectionKind, int] = field(default_factory=dict)
    symbols: tuple[Symbol, ...] = ()
    terms: tuple[Term, ...] = ()
    derivations: tuple[DerivationFacts, ...] = ()
    checklist: tuple[ChecklistItem, ...] = ()
    facts: dict[str, object] = field(default_factory=dict)


def read_facts(table: Table, lesson: str, language: str) -> LessonFacts:
    """The facts of the lesson with the id `lesson`."""
    if not table.names:
        return LessonFacts()
    facts = LessonFacts(known=True, code=_read_code(table, lesson))
    facts.minutes = _read_minutes(table)
    facts.symbols = tuple(_read_symbol(row, language) for row in table.tables("symbol"))
    facts.terms = _read_terms(table, language)
    taken: set[str] = set()
    derivations = (read_derivation(row, taken, language) for row in table.tables("derivation"))
    facts.derivations = tuple(derivation for derivation in derivations if derivation.id)
    facts.checklist = _read_checklist(table, lesson, language)
    named = table.value("facts")
    if isinstance(named, dict):
        facts.facts = dict(named)
    elif named is not None:
        table.error("wrong-type", N_("`facts` must be a table: [facts]"), "facts")
    table.close()
    return facts


def _read_code(table: Table, lesson: str) -> str:
    code = table.text("code")
    if code and not _CODE.match(code):
        table.error(
            "bad-code",
            Phrase.of(N_("{code!r} is no lesson code such as S3W10D1"), code=shorten(code)),
            "code",
        )
        return ""
    if code and code.lower() != lesson:
        table.error(
            "code-folder",
            Phrase.of(N_("the code {code} belongs into the folder {folder}"), code=code, folder=code.lower()),
            "code",
        )
    return code


def _read_minutes(table: Table) -> dict[SectionKind, int]:
    minutes: dict[SectionKind, int] = {}
    order = list(SectionKind)
    rows = table.tables("section")
    for number, row in enumerate(rows):
        kind = row.choice("kind", tuple(order))
        if kind and (number >= len(order) or kind != order[number]):
            message = Phrase.of(
                N_("the sections stand in the order {known}, each once"), known=", ".join(order)
            )
            row.error("section-order", message, "kind")
        if row.value("minutes") is None:
            row.error("missing-key", N_("`minutes` is missing"))
        if kind:
            minutes.setdefault(SectionKind(kind), row.integer("minutes", 0))
        row.close()
    if len(rows) < len(order):
        missing = [kind for kind in order if kind not in minutes]
        table.error(
            "section-missing",
            Phrase.of(N_("[[section]] is missing: {missing}"), missing=", ".join(missing)),
            "section",
        )
    return minutes


def _read_symbol(row: Table, language: str) -> Symbol:
    latex, shape = row.text("latex"), row.text("shape", "")
    for key, formula in (("latex", latex), ("shape", shape)):
        if not balanced(formula):
            row.warning("formula-braces", unbalanced(formula), key)
    found = row.language(language)
    words = row.text(found) if found else ""
    meaning = read_inline(words, lambda code, message: row.warning(code, message, found))
    symbol = Symbol(latex, shape, meaning, row.text("code", ""))
    row.close()
    return symbol


def _read_terms(table: Table, language: str) -> tuple[Term, ...]:
    terms: dict[str, Term] = {}
    for row in table.tables("term"):
        term = _read_term(row, language)
        if term.name in terms:
            row.error(
                "term-twice", Phrase.of(N_("the term {name!r} is there twice"), name=shorten(term.name))
            )
        terms.setdefault(term.name, term)
    return tuple(terms.values())


def _read_term(row: Table, language: str) -> Term:
    """A word of the glossary, told in one language and called by its names in both."""
    names = {name: row.text(name) for name in LANGUAGES}
    meaning: Inlines = ()
    short = row.table("short")
    if short is not None:
        found = short.language(language)
        words = short.text(found) if found else ""
        meaning = read_inline(words, lambda code, message: short.warning(code, message, found))
        short.close()
    elif "short" not in row.names:
        row.error("missing-key", N_("`short` is missing: short.zh and short.en tell what the term means"))
    row.close()
    name = names.pop(language, "")
    return Term(name, next(iter(names.values())), meaning)


def _read_checklist(table: Table, lesson: str, language: str) -> tuple[ChecklistItem, ...]:
    items = []
    taken: set[str] = set()
    for row in table.tables("checklist"):
        word = read_id(row, taken)
        rule, label, text = row.choice("rule", RULES), row.text("label"), row.words(language)
        targets = tuple(f"{lesson}/{target}" for target in row.texts("targets"))
        needs = _read_needs(row, lesson)
        if "$" in text:
            words = N_("checklist words are shown as they are: write ∂L/∂W, not a formula between dollars")
            row.warning("checklist-formula", words, language)
        if word:
            items.append(ChecklistItem(f"{lesson}/{word}", label, text, rule, targets, needs))
        row.close()
    return tuple(items)


def _read_needs(row: Table, lesson: str) -> Needs:
    """How much the rule of an item asks for."""
    table, usual = row.table("needs"), Needs()
    if table is None:
        return usual
    grade = table.integer("grade", usual.grade, minimum=1)
    if grade > 4:
        table.error("wrong-type", N_("`grade` is 1 to 4: again, hard, good, easy"), "grade")
    needs = Needs(
        grade,
        table.integer("points", usual.points),
        table.integer("seconds", usual.seconds),
        table.integer("characters", usual.characters),
        table.number("ratio", usual.ratio),
        tuple(f"{lesson}/{told}" for told in table.texts("explained")),
    )
    table.close()
    return needs
