"""What the labelled parts of a quotation hold, for the sections that give each label its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studybuddy.core.block import Blocks, Inlines, Paragraph
from studybuddy.core.phrase import Phrase
from studybuddy.course.blocks import check_label, read_blocks
from studybuddy.course.labels import Part, Role, as_written, read_parts, swallowed_label
from studybuddy.course.report import shorten
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studybuddy.course.blocks import Prose
    from studybuddy.course.parser import Node


def known_parts(quotation: Node, roles: tuple[Role, ...], prose: Prose) -> Iterator[tuple[Role, Part]]:
    """The parts whose labels have a place here; says which others there are."""
    if (found := swallowed_label(quotation, roles)) is not None:
        line, label = found
        prose.error(
            line,
            "label-place",
            Phrase.of(N_("put an empty quotation line before {label!r}"), label=shorten(label)),
        )
    for part in read_parts(quotation):
        if part.role is None or part.role not in roles:
            unknown = N_("the label {label!r} is unknown here; known are {known}")
            words = unknown if part.label else N_("a label is missing here; known are {known}")
            message = Phrase.of(words, label=shorten(part.label), known=as_written(roles))
            prose.error(part.line, "unknown-label", message)
        elif check_label(part, prose):
            yield part.role, part


def read_part(part: Part, prose: Prose) -> Blocks:
    """The blocks of a labelled part, which may not be empty."""
    blocks = read_blocks(part.nodes, prose)
    if not blocks:
        prose.error(
            part.line,
            "part-empty",
            Phrase.of(N_("nothing stands after {label!r}"), label=shorten(part.label)),
        )
    return blocks


def read_part_sentence(part: Part, prose: Prose) -> Inlines:
    """The words of a part that is one paragraph."""
    blocks = read_part(part, prose)
    if len(blocks) == 1 and isinstance(blocks[0], Paragraph):
        return blocks[0].children
    if blocks:
        prose.error(
            part.line,
            "part-long",
            Phrase.of(N_("{label!r} takes one paragraph and nothing else"), label=shorten(part.label)),
        )
    return ()
