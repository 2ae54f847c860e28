"""The derivation section: givens, a goal and the words around the steps of lesson.toml."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studybuddy.core.block import Block, Blocks, Inlines, MathBlock, MathSpan, Paragraph, Slot, Text
from studybuddy.core.lesson import Derivation, DerivationStep
from studybuddy.core.phrase import Phrase
from studybuddy.course.blocks import read_blocks
from studybuddy.course.labels import Part, Role, read_label, split_anchor
from studybuddy.course.parts import known_parts, read_part, read_part_sentence
from studybuddy.course.report import shorten
from studybuddy.course.spans import plain
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from studybuddy.course.blocks import Prose
    from studybuddy.course.derivation_facts import DerivationFacts
    from studybuddy.course.parser import Node

ROLES = (Role.GIVENS, Role.GOAL, Role.STEP, Role.HINT, Role.EXPLANATION)


@dataclass(slots=True)
class _Step:
    id: str
    line: int
    prompt: Blocks
    hints: list[Inlines] = field(default_factory=list)
    explanation: Blocks = ()


@dataclass(slots=True)
class _Draft:
    """A derivation's stretch of the section; that before the first has no id."""

    id: str = ""
    title: str = ""
    line: int = 1
    givens: Blocks = ()
    goal: str = ""
    steps: list[_Step] = field(default_factory=list)
    rest: list[Node] = field(default_factory=list)


def read_derivations(
    nodes: list[Node], facts: tuple[DerivationFacts, ...], prose: Prose, line: int
) -> tuple[tuple[Derivation, ...], Blocks]:
    """The derivations of the section that begins at `line`, and the page around them.

    A derivation without a slot of its own gets one where its stretch of the section ends.
    """
    known = {derivation.id for derivation in facts}
    drafts = _split(nodes, known, prose)
    pages = [(draft, read_blocks(draft.rest, prose)) for draft in drafts]
    page: list[Block] = []
    for draft, blocks in pages:
        page += blocks
        slot = ("derivation", f"{prose.lesson}/{draft.id}")
        if draft.id and slot not in prose.slots:
            prose.slots[slot] = draft.line
            page.append(Slot(*slot))
    found = {draft.id: draft for draft in drafts if draft.id}
    derivations = []
    for derivation in facts:
        if derivation.id in found:
            derivations.append(_finish(found[derivation.id], derivation, prose))
        else:
            message = Phrase.of(
                N_("no heading ### ... {{#{name}}} for the derivation of lesson.toml"), name=derivation.id
            )
            prose.error(line, "derivation-missing", message)
    return tuple(derivations), tuple(page)


def _split(nodes: list[Node], known: set[str], prose: Prose) -> list[_Draft]:
    drafts = [_Draft()]
    for node in nodes:
        if node.kind == "heading" and node.level == 3:
            drafts.append(_read_heading(node, known, drafts, prose))
        elif not (node.kind == "blockquote" and drafts[-1].id and _read_quotation(node, drafts[-1], prose)):
            drafts[-1].rest.append(node)
    return drafts


def _read_heading(node: Node, known: set[str], drafts: list[_Draft], prose: Prose) -> _Draft:
    words, anchor = split_anchor(node.content)
    node.content = words
    draft = _Draft(rest=[node], line=node.line)
    if anchor is None:
        return draft
    if anchor not in known:
        message = Phrase.of(
            N_("lesson.toml has no [[derivation]] with the id {anchor!r}"), anchor=shorten(anchor)
        )
        prose.error(node.line, "unknown-id", message)
    elif any(other.id == anchor for other in drafts):
        prose.error(
            node.line, "id-twice", Phrase.of(N_("the derivation {anchor} is there twice"), anchor=anchor)
        )
    else:
        draft.id, draft.title = anchor, plain(prose.inlines(words, node.line))
    return draft


def _read_quotation(node: Node, draft: _Draft, prose: Prose) -> bool:
    """Take the parts of a derivation out of a quotation; False for a quotation of another kind."""
    first = read_label(node.children[0]) if node.children else None
    if first is None or (first.role not in ROLES and (first.id is None or first.role is Role.THINK)):
        return False
    for role, part in known_parts(node, ROLES, prose):
        _take(role, part, draft, prose)
    return True


def _take(role: Role, part: Part, draft: _Draft, prose: Prose) -> None:
    if role is Role.GIVENS:
        draft.givens += read_part(part, prose)
    elif role is Role.GOAL:
        if draft.goal:
            prose.error(part.line, "label-twice", N_("a derivation has one goal"))
        draft.goal = _formula(part, prose)
    elif role is Role.STEP:
        draft.steps.append(_Step(part.id or "", part.line, read_part(part, prose)))
    elif not draft.steps:
        prose.error(
            part.line,
            "step-missing",
            Phrase.of(N_("no step stands before {label!r}"), label=shorten(part.label)),
        )
    elif role is Role.HINT:
        draft.steps[-1].hints.append(read_part_sentence(part, prose))
    else:
        draft.steps[-1].explanation += read_part(part, prose)


def _formula(part: Part, prose: Prose) -> str:
    """The one formula of a goal; a full stop behind it is no harm."""
    match read_part(part, prose):
        case (MathBlock(latex),) | (Paragraph((MathSpan(latex),)),):
            return latex
        case (Paragraph((MathSpan(latex), Text(mark))),) if mark.strip() in ("。", ".", "，", ","):
            return latex
    prose.error(part.line, "goal-form", N_("the goal is one formula and nothing else"))
    return ""


def _finish(draft: _Draft, facts: DerivationFacts, prose: Prose) -> Derivation:
    if not draft.goal:
        prose.error(
            draft.line, "part-missing", Phrase.of(N_("the derivation {name} has no goal"), name=draft.id)
        )
    if not draft.givens:
        prose.error(
            draft.line, "part-missing", Phrase.of(N_("the derivation {name} has no givens"), name=draft.id)
        )
    wanted = [step.id for step in facts.steps]
    for step in draft.steps:
        if step.id not in wanted:
            message = Phrase.of(
                N_("lesson.toml has no step {step!r} in {name}"), step=shorten(step.id), name=draft.id
            )
            prose.error(step.line, "unknown-id", message)
    written = [step.id for step in draft.steps if step.id in wanted]
    if missing := [step_id for step_id in wanted if step_id not in written]:
        prose.error(
            draft.line,
            "step-missing",
            Phrase.of(N_("steps of lesson.toml are missing: {missing}"), missing=", ".join(missing)),
        )
    elif written != wanted:
        message = Phrase.of(
            N_("the steps of lesson.toml stand in the order {wanted}"), wanted=", ".join(wanted)
        )
        prose.error(draft.line, "step-order", message)
    words = {step.id: step for step in reversed(draft.steps)}
    steps = tuple(
        DerivationStep(
            id=f"{prose.lesson}/{draft.id}/{step.id}",
            prompt=words[step.id].prompt,
            answer=step.answer,
            given=step.given,
            explanation=words[step.id].explanation,
            hints=tuple(words[step.id].hints),
            goal=step.goal,
        )
        for step in facts.steps
        if step.id in words
    )
    return Derivation(
        f"{prose.lesson}/{draft.id}", draft.title, draft.givens, draft.goal, steps, facts.quantities
    )
