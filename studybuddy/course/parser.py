"""Markdown source -> a tree of its blocks, each with its line. Sentences are parsed when they are asked for.

The two halves of the parser are run apart: so a block is measured before its sentence is parsed, and labels
and ids are cut off the source where they stand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from studybuddy.course.emphasis import emphasis_rule

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

MAX_BLOCK_BYTES = 65536
"""A longer paragraph, formula or program is not read."""


@dataclass(slots=True)
class Node:
    """A block of the source. `line` counts from 1; `content` is the source of its sentence or program."""

    kind: str
    line: int
    content: str = ""
    info: str = ""
    level: int = 0
    """Of a heading 1 to 6; of an ordered list its first number."""
    closed: bool = True
    """False for a fence that never ends, or that holds the beginning of another one."""
    children: list[Node] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed text. `env` holds the link definitions its sentences may refer to."""

    nodes: list[Node]
    env: dict[str, Any]


@lru_cache(maxsize=2)
def _parser(slots: bool) -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.colon_fence import colon_fence_plugin
    from mdit_py_plugins.dollarmath import dollarmath_plugin

    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.use(
        dollarmath_plugin, allow_labels=False, allow_space=False, allow_digits=False, allow_blank_lines=False
    )
    if slots:
        parser.use(colon_fence_plugin)
    parser.inline.ruler.at("emphasis", emphasis_rule())
    return parser


def parse_blocks(text: str, slots: bool) -> Document:
    """The blocks of a text; `slots`: whether `:::` opens one."""
    parser = _parser(slots)
    tokens: list[Token] = []
    env: dict[str, Any] = {}
    if not text.endswith("\n"):
        text += "\n"
    parser.block.parse(text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "�"), parser, env, tokens)
    return Document(_tree(tokens), env)


def parse_sentence(content: str, env: dict[str, Any]) -> list[Token]:
    """The inline tokens of a sentence.

    A space is added at the end and taken away again: before the first character the formula rule looks at
    the last one, and would leave `$X$ has shape 3` unread because of the 3.
    """
    parser = _parser(False)
    tokens: list[Token] = []
    parser.inline.parse(content + " ", parser, env, tokens)
    if tokens and tokens[-1].type == "text":
        tokens[-1].content = tokens[-1].content.removesuffix(" ")
    return tokens


def _tree(tokens: list[Token]) -> list[Node]:
    root = Node("root", 1)
    open_nodes = [root]
    for token in tokens:
        parent = open_nodes[-1]
        line = token.map[0] + 1 if token.map else parent.line
        if token.type == "inline":
            parent.content, parent.line = token.content, line
        elif token.nesting < 0:
            open_nodes.pop()
        else:
            node = Node(token.type.removesuffix("_open"), line)
            parent.children.append(node)
            if token.nesting > 0:
                _open(node, token)
                open_nodes.append(node)
            else:
                _leaf(node, token)
    return root.children


def _open(node: Node, token: Token) -> None:
    if node.kind == "heading":
        node.level = int(token.tag[1:])
    elif node.kind == "ordered_list":
        node.level = int(token.attrs.get("start", 1))
    elif node.kind == "th":
        node.info = str(token.attrs.get("style", "")).removeprefix("text-align:")


def _leaf(node: Node, token: Token) -> None:
    node.content, node.info = token.content, token.info.strip()
    if node.kind in ("fence", "colon_fence") and token.map:
        ended = token.map[1] - token.map[0] == token.content.count("\n") + 2
        node.closed = ended and not re.search(rf"^ {{0,3}}{token.markup}", token.content, re.MULTILINE)
