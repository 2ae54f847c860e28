"""What the formulas of a lesson claim, as `claims.toml` says it, and whether that is true."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from studybuddy.core.derivation import Quantities
from studybuddy.core.phrase import Phrase
from studybuddy.course.derivation_facts import read_quantities
from studybuddy.course.report import Report, shorten
from studybuddy.course.source import read_source
from studybuddy.course.table import read_toml
from studybuddy.i18n import N_
from studybuddy.study.proving.arithmetic import shapes_hold, sums_hold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studybuddy.course.table import Table
    from studybuddy.derivation.exercise import Declaration
    from studybuddy.study.proving.scripts import Figure

FILE_NAME = "claims.toml"
CLAIM = re.compile(
    r"=|\\(?:ne|neq|approx|equiv|le|ge|leq|geq|to|in|leftarrow|odot|top|sum)\b|(?<![A-Za-z])[<>]|[<>]"
)
"""A relation, or an operation that only a result has."""
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Claim:
    """How one formula is proved: in a setting, against a goal, as it is read there; or by a script."""

    row: Table
    setting: str = ""
    goal: str = ""
    reads: str = ""
    number: str = ""


@dataclass(slots=True)
class Claims:
    """The settings and claims of one or two files, the lesson's before the course's."""

    settings: dict[str, Declaration] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)
    given: dict[str, Table] = field(default_factory=dict)
    renamed: list[tuple[str, str]] = field(default_factory=list)
    tried: list[str] = field(default_factory=list)
    """The settings in which a formula without an entry is tried."""

    def add(self, quantities: Iterable[Quantities]) -> None:
        """Settings that the lesson declares anyway: those of its derivations."""
        for number, one in enumerate(quantities):
            self.settings[f"derivation {number}"] = _declared(one)
            self.tried.append(f"derivation {number}")

    def holds(self, formula: str, figures: dict[str, Figure]) -> bool | None:
        """Whether a formula is true; None where nothing is known that proves it.

        One without an entry is tried as a sum of numbers, as a product of shapes, in the lesson's derivations
        and in every setting that has matrices: among plain numbers too much is equal.
        """
        if formula in self.given:
            return True
        claim = self.claims.get(formula)
        if claim is not None and claim.number:
            figure = figures.get(claim.number)
            return figure is not None and bool(figure.value)
        if claim is not None:
            setting = self.settings.get(claim.setting)
            return setting is not None and self._true_in(setting, claim.reads or formula, claim.goal)
        for known in (sums_hold(formula), shapes_hold(formula)):
            if known is not None:
                return known
        return any(self._true_in(self.settings[name], formula, "") for name in self.tried) or None

    def unread(self, formula: str) -> Phrase | None:
        """Why the formula of an entry has no value in its setting; None where it has one."""
        from studybuddy.derivation.source import UnreadableError
        from studybuddy.derivation.values import MistakeError

        claim = self.claims.get(formula)
        setting = self.settings.get(claim.setting) if claim is not None else None
        if claim is None or setting is None:
            return None
        try:
            self._compared_in(setting, claim.reads or formula, claim.goal)
        except (UnreadableError, MistakeError) as error:
            words = N_("this formula has no value in [settings.{name}], {why}: {formula}")
            short = shorten(formula, _LONGEST)
            return Phrase.of(words, name=shorten(claim.setting), why=error.reason, formula=short)
        return None

    def _true_in(self, declaration: Declaration, formula: str, goal: str) -> bool:
        """Whether all sides of a formula, or it and the goal, have one value in every world of a setting."""
        from studybuddy.derivation.source import UnreadableError
        from studybuddy.derivation.values import MistakeError

        try:
            return self._compared_in(declaration, formula, goal)
        except (UnreadableError, MistakeError):
            return False

    def _compared_in(self, declaration: Declaration, formula: str, goal: str) -> bool:
        """The same.

        Raises:
            UnreadableError, MistakeError: the formula or the setting has no value.
        """
        from studybuddy.derivation.equality import differs
        from studybuddy.derivation.exercise import Exercise
        from studybuddy.derivation.expression import Chain
        from studybuddy.derivation.read import read

        for old, new in self.renamed:
            formula = formula.replace(old, new)
        setting = declaration.setting()
        found = read(formula, setting.names).expression
        if goal:
            return differs(Exercise(setting, read(goal, setting.names).expression), found) is None
        if not isinstance(found, Chain):
            return False
        exercise = Exercise(setting, found.sides[0])
        return all(differs(exercise, side) is None for side in found.sides[1:])


def _tells(declaration: Declaration) -> bool:
    """Whether the order and the transposes of factors matter in a setting."""
    return any(len(axes) > 1 for axes in declaration.tensors.values())


def read_claims(folders: Iterable[Path], report: Report) -> Claims:
    """The claims in some folders; of a formula that is in several the first counts."""
    claims = Claims()
    for folder in folders:
        path = folder / FILE_NAME
        source = read_source(path, report) if path.exists() else None
        if source is not None:
            _read(read_toml(source), claims)
    return claims


def unused_claims(claims: Claims, folder: Path, found: set[str], report: Report) -> None:
    """Say which entries of a folder's own file are about formulas that stand nowhere."""
    if not (folder / FILE_NAME).exists():
        return
    own = read_claims((folder,), Report())
    for formula in sorted({*own.claims, *own.given} - found):
        words = N_("no formula of this text reads {formula}: the entry proves nothing")
        said = Phrase.of(words, formula=shorten(formula, _LONGEST))
        if formula in own.claims:
            claims.claims[formula].row.warning("claim-unused", said, "formula")
        else:
            claims.given[formula].warning("claim-unused", said, "given")


def _read(table: Table, claims: Claims) -> None:
    settings = table.table("settings")
    for name in settings.names if settings else ():
        row = settings.table(name) if settings else None
        if row is not None:
            claims.settings[name] = claims.settings.get(name) or _setting(row)
            if _tells(claims.settings[name]) and name not in claims.tried:
                claims.tried.append(name)
    for row in table.tables("rename"):
        claims.renamed.append((row.text("from"), row.text("to", "")))
        row.close()
    for row in table.tables("claim"):
        claim = Claim(
            row,
            row.text("setting", ""),
            row.text("goal", ""),
            row.text("reads", ""),
            row.text("number", ""),
        )
        formula = row.text("formula")
        row.close()
        if bool(claim.setting) is bool(claim.number):
            words = N_(
                "a claim has a `setting`, in which it is proved, or the `number` of a script that proves it"
            )
            row.error("claim-form", words)
        elif claim.setting and claim.setting not in claims.settings:
            words = N_("there is no [settings.{name}]")
            row.error("unknown-id", Phrase.of(words, name=shorten(claim.setting)), "setting")
        claims.claims.setdefault(formula, claim)
    for formula in table.texts("given"):
        claims.given.setdefault(formula, table)
    table.close()


def _setting(row: Table) -> Declaration:
    declared = _declared(read_quantities(row) or Quantities({}))
    row.close()
    return declared


def _declared(given: Quantities) -> Declaration:
    from studybuddy.derivation.exercise import Declaration

    return Declaration.of(given)


def false_formula(formula: str) -> Phrase:
    """The words for a formula whose proof fails."""
    return Phrase.of(N_("this formula does not hold: {formula}"), formula=shorten(formula, _LONGEST))


def unproved_formula(formula: str) -> Phrase:
    """The words for a formula that nothing proves."""
    words = N_(
        "nothing proves this formula: say in claims.toml what it claims, or list it as `given`: {formula}"
    )
    return Phrase.of(words, formula=shorten(formula, _LONGEST))
