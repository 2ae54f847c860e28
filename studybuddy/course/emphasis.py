"""Emphasis beside Chinese text.

CommonMark takes `**` for a closing mark only where a space or a mark follows, when a mark stands inside.
Chinese has no such spaces: `**注意：**不要` would stay unread. Here a Chinese neighbour permits what a space
permits and forbids nothing (the draft of markdown-cjk-friendly, commonmark-spec issue 650).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studybuddy.course.cjk import is_cjk

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.rules_inline import StateInline


def emphasis_rule() -> Callable[[StateInline, bool], bool]:
    """The rule to stand in the place of the parser's own rule `emphasis`."""
    from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
    from markdown_it.rules_inline.state_inline import Delimiter

    def is_mark(char: str) -> bool:
        return isMdAsciiPunct(ord(char)) or isPunctChar(char)

    def neighbour(char: str) -> str:
        if isWhiteSpace(ord(char)):
            return "space"
        if is_cjk(char):
            return "cjk"
        return "mark" if is_mark(char) else "letter"

    def flanks(before: str, after: str, inside_words: bool) -> tuple[bool, bool]:
        left, right = neighbour(before), neighbour(after)
        opens = right != "space" and (right != "mark" or left != "letter")
        closes = left != "space" and (left != "mark" or right != "letter")
        return (
            opens and (inside_words or not closes or is_mark(before) or (is_cjk(before) and is_mark(after))),
            closes and (inside_words or not opens or is_mark(after) or (is_cjk(after) and is_mark(before))),
        )

    def rule(state: StateInline, silent: bool) -> bool:
        marker = state.src[state.pos]
        if silent or marker not in "*_":
            return False
        end = state.pos
        while end < state.posMax and state.src[end] == marker:
            end += 1
        before = state.src[state.pos - 1] if state.pos else " "
        after = state.src[end] if end < state.posMax else " "
        opens, closes = flanks(before, after, marker == "*")
        for _ in range(end - state.pos):
            state.push("text", "", 0).content = marker
            delimiter = Delimiter(
                marker=ord(marker),
                length=end - state.pos,
                token=len(state.tokens) - 1,
                end=-1,
                open=opens,
                close=closes,
            )
            state.delimiters.append(delimiter)
        state.pos = end
        return True

    return rule
