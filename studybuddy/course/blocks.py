"""The blocks of a page, from the tree of a Markdown text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from studybuddy.core.block import (
    Block,
    Blocks,
    Callout,
    CodeBlock,
    Heading,
    Inlines,
    ListBlock,
    MathBlock,
    OutputBlock,
    Paragraph,
    Slot,
    Table,
    ThinkingQuestion,
)
from studybuddy.core.phrase import Phrase
from studybuddy.course.ids import is_slug
from studybuddy.course.labels import (
    NEEDS_ID,
    Part,
    Role,
    read_label,
    read_parts,
    split_anchor,
    swallowed_label,
)
from studybuddy.course.parser import MAX_BLOCK_BYTES, Node
from studybuddy.course.report import FileReport, Message, shorten
from studybuddy.course.spans import balanced, plain, read_sentence, unbalanced
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Iterable

HIDING = (Role.THINK, Role.ANSWER)
"""Labels that would show what should be hidden, were they taken for ordinary words."""

SLOT_KINDS = ("exercise", "derivation", "walk", "interview", "checklist")

_BOX = re.compile(r"\[([ xX])\][ \t]+(?=\S)")
_SLOT = re.compile(r"\{([a-z]+)\}(?:\s+(\S+))?\Z")


@dataclass(slots=True)
class Prose:
    """Where a text comes from, and the ids met while it is read.

    `lesson` is the lesson's id, empty for a text that stands alone (a card): such a text has no ids.
    """

    lesson: str
    env: dict[str, Any]
    findings: FileReport
    taken: dict[str, Phrase] = field(default_factory=dict)
    """Full ids that are in use, and by what."""
    slots: dict[tuple[str, str], int] = field(default_factory=dict)
    """Kind and full id of the slots, with their lines."""

    def error(self, line: int, code: str, message: Message) -> None:
        """Say what is wrong at a line of this text."""
        self.findings.error(line, code, message)

    def inlines(self, content: str, line: int) -> Inlines:
        """The words of a sentence that begins at `line`."""
        if self.oversized(content, line):
            return ()
        return read_sentence(
            content, self.env, lambda below, code, text: self.findings.warning(line + below, code, text)
        )

    def oversized(self, content: str, line: int) -> bool:
        """Whether a block is too long to be read; says so."""
        if len(content) <= MAX_BLOCK_BYTES // 4 or len(content.encode(errors="replace")) <= MAX_BLOCK_BYTES:
            return False
        limit = MAX_BLOCK_BYTES // 1024
        self.error(
            line,
            "block-too-long",
            Phrase.of(N_("this block is longer than {limit} KiB; split it"), limit=limit),
        )
        return True

    def full_id(self, word: str | None, line: int) -> str:
        """The full id for the word an author wrote; empty after saying that it is none."""
        if word is None:
            words = N_("an id is missing here: {anchor} after a heading or label, ID after {slot}")
            message = Phrase.of(words, anchor="{#id}", slot=":::{kind}")
            self.error(line, "missing-id", message)
            return ""
        if not is_slug(word):
            self.error(
                line,
                "bad-id",
                Phrase.of(N_("{word!r} is no id: use lower-case words joined by dashes"), word=shorten(word)),
            )
            return ""
        return f"{self.lesson}/{word}"

    def claim(self, word: str | None, line: int) -> str:
        """The full id for a word that names something new at `line`; empty when it cannot."""
        full_id = self.full_id(word, line)
        if full_id in self.taken:
            self.error(
                line,
                "id-twice",
                Phrase.of(N_("the id {word} is taken by {other}"), word=word, other=self.taken[full_id]),
            )
            return ""
        if full_id:
            self.taken[full_id] = Phrase.of(N_("line {line}"), line=line)
        return full_id


def read_blocks(nodes: Iterable[Node], prose: Prose) -> Blocks:
    """The blocks of some nodes, in their order; what cannot be read is said and left out."""
    blocks = (_block(node, prose) for node in nodes)
    return tuple(block for block in blocks if block is not None)


def _block(node: Node, prose: Prose) -> Block | None:
    match node.kind:
        case "paragraph":
            return _paragraph(node, prose)
        case "heading":
            return _heading(node, prose)
        case "fence" | "code_block":
            return _fence(node, prose)
        case "math_block":
            return _math(node, prose)
        case "bullet_list" | "ordered_list":
            done = tuple(_taken_off(item) for item in node.children)
            items = tuple(read_blocks(item.children, prose) for item in node.children)
            start = node.level if node.kind == "ordered_list" else None
            return ListBlock(items, start, done if any(own is not None for own in done) else ())
        case "blockquote":
            return _quotation(node, prose)
        case "table":
            return _table(node, prose)
        case "colon_fence":
            return _slot(node, prose)
    return None  # a rule is not content


def _taken_off(item: Node) -> bool | None:
    """The box at the beginning of a task, taken off its words: whether it is ticked; None without one."""
    first = item.children[0] if item.children else None
    box = _BOX.match(first.content) if first is not None and first.kind == "paragraph" else None
    if first is None or box is None:
        return None
    first.content = first.content[box.end() :]
    return box[1] != " "


def _paragraph(node: Node, prose: Prose) -> Block | None:
    first = read_label(node) if prose.lesson else None
    if first is not None and (first.role in HIDING or first.id is not None):
        message = Phrase.of(
            N_("{label!r} belongs in a quotation: begin its lines with >"), label=shorten(first.label)
        )
        prose.error(node.line, "label-place", message)
    children = prose.inlines(node.content, node.line)
    return Paragraph(children) if children else None


def _heading(node: Node, prose: Prose) -> Block:
    if prose.lesson and node.level < 3:
        prose.error(node.line, "heading-level", N_("headings inside a section have level 3 to 6"))
    if prose.lesson and split_anchor(node.content)[1] is not None:
        prose.error(node.line, "unknown-id", N_("nothing here takes the id of this heading"))
    return Heading(min(6, max(3, node.level)), prose.inlines(node.content, node.line))


def _fence(node: Node, prose: Prose) -> Block | None:
    if not node.closed:
        prose.error(
            node.line, "fence-open", N_("this code fence is not closed before the next one, or never")
        )
    if prose.oversized(node.content, node.line):
        return None
    source = node.content.removesuffix("\n")
    language, _, label = node.info.partition(" ")
    if language != "output":
        return CodeBlock(language, source)
    if not label.strip():
        prose.error(node.line, "output-label", N_("say whose output this is: ```output LABEL"))
    return OutputBlock(label.strip(), source)


def _math(node: Node, prose: Prose) -> Block | None:
    if prose.oversized(node.content, node.line):
        return None
    latex = node.content.strip()
    if not balanced(latex):
        prose.findings.warning(node.line, "formula-braces", unbalanced(latex))
    return MathBlock(latex)


def _table(node: Node, prose: Prose) -> Block:
    rows = [
        tuple(prose.inlines(cell.content, cell.line) for cell in row.children)
        for part in node.children
        for row in part.children
    ]
    aligns = tuple(
        cell.info or "left" for part in node.children[:1] for row in part.children for cell in row.children
    )
    return Table(rows[0], tuple(rows[1:]), aligns if set(aligns) != {"left"} else ())


def _slot(node: Node, prose: Prose) -> Block | None:
    match = _SLOT.match(node.info)
    if not node.closed:
        prose.error(node.line, "fence-open", N_("this ::: is never closed by a line :::"))
    if match is None or match[1] not in SLOT_KINDS:
        known = ":::{exercise} ID, :::{derivation} ID, :::{walk} ID, :::{interview}, :::{checklist}"
        message = Phrase.of(N_("one of these is wanted here: {known}"), known=known)
        prose.error(node.line, "slot-form", message)
        return None
    kind, word = match[1], match[2]
    if node.content.strip():
        prose.error(node.line, "slot-form", N_("nothing may stand between ::: and :::"))
    if kind in ("interview", "checklist"):
        if word is not None:
            prose.error(node.line, "slot-form", Phrase.of(N_(":::{{{kind}}} takes no id"), kind=kind))
        word = kind
    slot_id = prose.full_id(word, node.line)
    if not slot_id:
        return None
    if (kind, slot_id) in prose.slots:
        prose.error(
            node.line,
            "slot-twice",
            Phrase.of(
                N_("{slot_id} already stands at line {line}"),
                slot_id=slot_id,
                line=prose.slots[kind, slot_id],
            ),
        )
        return None
    prose.slots[kind, slot_id] = node.line
    return Slot(kind, slot_id)


def _quotation(node: Node, prose: Prose) -> Block | None:
    if not node.children:
        return None
    first = read_label(node.children[0])
    if prose.lesson:
        if (found := swallowed_label(node, HIDING)) is not None:
            line, label = found
            prose.error(
                line,
                "label-place",
                Phrase.of(N_("put an empty quotation line before {label!r}"), label=shorten(label)),
            )
        if first is not None and first.role is Role.THINK:
            return _thinking_question(read_parts(node), prose)
        if first is not None and first.role is Role.ANSWER:
            prose.error(
                node.line, "answer-alone", N_("this answer follows no thinking question in its quotation")
            )
    if first is None or (first.nodes and not first.colon and first.id is None):
        return Callout("", read_blocks(node.children, prose))
    if prose.lesson and first.id is not None:
        check_label(first, prose)
    label = plain(prose.inlines(first.label, first.line))
    return Callout(label, read_blocks([*first.nodes, *node.children[1:]], prose))


def _thinking_question(parts: list[Part], prose: Prose) -> Block | None:
    question = parts[0]
    think_id = prose.claim(question.id, question.line) if check_label(question, prose) else ""
    answer: Blocks = ()
    for part in parts[1:]:
        if not check_label(part, prose):
            continue
        if part.role is not Role.ANSWER or answer:
            message = Phrase.of(
                N_("a thinking question has one answer and no part {label!r}"), label=shorten(part.label)
            )
            prose.error(part.line, "unknown-label", message)
        answer = read_blocks(part.nodes, prose)
    if not question.nodes or not answer:
        words = N_("a thinking question needs its question and, in the same quotation, its answer")
        prose.error(question.line, "think-incomplete", words)
    return ThinkingQuestion(think_id, read_blocks(question.nodes, prose), answer) if think_id else None


def check_label(part: Part, prose: Prose) -> bool:
    """Whether a label is written as it should be: with its colon, and with an id where one is due."""
    label = shorten(part.label)
    if not part.colon and (part.role is not None or part.id is not None):
        prose.error(
            part.line,
            "label-colon",
            Phrase.of(
                N_("write a colon after {label!r}, behind its id if it has one: {{#id}}:"), label=label
            ),
        )
        return False
    if part.id is None and part.role in NEEDS_ID:
        prose.error(
            part.line,
            "missing-id",
            Phrase.of(N_("{label!r} needs an id: **{label}** {{#id}}："), label=label),
        )
        return False
    if part.id is not None and part.role not in NEEDS_ID:
        prose.error(part.line, "unknown-label", Phrase.of(N_("no label {label!r} takes an id"), label=label))
        return False
    return True
