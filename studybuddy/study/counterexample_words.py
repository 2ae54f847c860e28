"""A counter-example in words and box characters: for the app, the command line and a review card."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from studybuddy.core.exercise import Exercise
from studybuddy.core.verdict import Breach, Counterexample, Search
from studybuddy.i18n import N_, _
from studybuddy.study.tree_drawing import tree_lines

_HEADS = {
    Breach.WRONG: N_("the smallest input with a wrong answer"),
    Breach.CRASH: N_("an input that breaks the program"),
    Breach.TIMEOUT: N_("an input without an answer in time"),
    Breach.STATE: N_("right alone, wrong after another call"),
}
_BACKS = {
    Breach.WRONG: N_("It is `{expected}`; my program returned `{output}`."),
    Breach.CRASH: N_("It is `{expected}`; my program failed: `{output}`."),
    Breach.TIMEOUT: N_("It is `{expected}`; my program gave no answer in time."),
    Breach.STATE: N_("It is `{expected}`; my program returned `{output}`, but only after the call before."),
}
LONGEST = 1500
"""Characters of an input on a card."""


@dataclass(frozen=True, slots=True)
class Told:
    """A counter-example laid out: a headline, its pictures, and labels with what they say.

    The texts may be foreign; `prose` tells which of them may break between words.
    """

    head: str
    drawing: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    prose: tuple[tuple[str, str], ...]


def told(example: Counterexample, width: int = 100) -> Told:
    """A counter-example in the language in use; a picture wider than `width` cells becomes a sentence."""
    before = ", ".join(_texts(call, example.types) for call in example.before)
    facts = [
        (_("call before"), before),
        (_("input"), example.input),
        (_("output"), example.output),
        (_("expected"), example.expected),
    ]
    prose = [(_("reason"), _(example.reason, **example.parameters) if example.reason else "")]
    if example.calls_before and not example.before:
        prose.append((_("calls before"), str(example.calls_before)))
    return Told(
        head=_(_HEADS[example.kind]),
        drawing=tuple(_drawing(example.arguments, example.types, width)),
        facts=tuple(fact for fact in facts if fact[1]),
        prose=tuple(fact for fact in prose if fact[1]),
    )


def search_words(search: Search | None) -> str:
    """How far a search went; empty when there was none."""
    if search is None:
        return ""
    return _("{tried} of {planned} random inputs tried, seed {seed}", **_figures(search))


def _figures(search: Search) -> dict[str, object]:
    return {"tried": search.tried, "planned": search.planned, "seed": search.seed}


def _drawing(arguments: tuple[Any, ...], types: tuple[str, ...], width: int = 100) -> list[str]:
    lines: list[str] = []
    for value, kind in zip(arguments, types, strict=False):
        if kind == "tree":
            lines += [*([""] if lines else []), *tree_lines(value, width)]
    return lines


def _texts(arguments: tuple[Any, ...], types: tuple[str, ...]) -> str:
    from studybuddy.runner.inputs import format_arguments

    return format_arguments(arguments, types, LONGEST).replace("```", "'''")


def card_sides(exercise: Exercise, example: Counterexample) -> tuple[str, str] | None:
    """Question and answer of a card about a counter-example; None where what is right is not known."""
    if exercise.signature is None or not example.expected:
        return None
    entry = exercise.signature.entry
    lines = [_("What must `{entry}` return here, and what did my program return?", entry=entry)]
    picture = _drawing(example.arguments, example.types)
    text = _texts(example.arguments, example.types)
    lines += ["", "```", *picture, *([""] if picture else []), text, "```"]
    if example.before:
        before = "; ".join(_texts(call, example.types) for call in example.before)
        lines += ["", _("The call before it:"), "", "```", before, "```"]
    front = "\n".join(lines).replace("{{", "{ {")
    back = _(_BACKS[example.kind], expected=_inline(example.expected), output=_inline(example.output))
    if example.reason:
        back += f" ({_(example.reason, **example.parameters)})"
    return front, back.replace("{{", "{ {")


def _inline(text: str) -> str:
    """A text between backticks, on one line."""
    return " ".join(text.replace("`", "'").split())[:400]
