"""The theory section: its symbol table, written as a list or as a table, is read beside the prose."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studybuddy.course.importing.blocks import BlockKind
from studybuddy.course.importing.model import SymbolRow
from studybuddy.course.importing.parts import PartReader

if TYPE_CHECKING:
    from studybuddy.course.importing.blocks import Block

_SHAPE = r"(?:形状|维度|shapes?|dims?)"
_ROW = re.compile(
    rf"\s*[-*+]\s+(?P<before>[^$`]*)(?P<mark>[$`])(?P<latex>[^$`]+)(?P=mark)(?P<after>[^$`]*?){_SHAPE}"
    r"[^$(（`]*(?P<shape>\$[^$]+\$|`[^`]+`|[(（][^()（）]*[)）])(?P<rest>.*)\Z",
    re.IGNORECASE,
)
_SPACE = re.compile(
    r"\s*[-*+]\s+(?P<before>[^$]*)\$(?P<latex>[^$]*?)\\in\s*\\mathbb\s*\{?R\}?\s*\^\s*\{(?P<axes>[^$]*)\}\s*\$(?P<rest>.*)\Z"
)
_SYMBOL_COLUMN = re.compile(r"符号|记号|变量|symbol|notation|variable", re.IGNORECASE)
_SHAPE_COLUMN = re.compile(_SHAPE, re.IGNORECASE)
_MEANING_COLUMN = re.compile(r"含义|意义|说明|名称|meaning|description|name", re.IGNORECASE)
_EDGES = " ：:，,。.-–—;；的"
LONGEST_ROW = 2000


class TheoryReader(PartReader):
    """Reads a theory section."""

    def other(self, block: Block) -> None:
        """Take a list, a table or a formula, and the symbols in it."""
        if block.kind is BlockKind.LIST:
            for number, line in enumerate(block.lines, block.at):
                self._row(line, number)
        elif block.kind is BlockKind.TABLE:
            self._table(block)
        self.prose(block)

    def _row(self, line: str, at: int) -> None:
        if len(line) > LONGEST_ROW:
            return
        if (found := _ROW.match(line)) is not None:
            shape = found["shape"].strip("$`").strip()
            words = (found["before"].strip(_EDGES), found["after"].strip(_EDGES), found["rest"].strip(_EDGES))
        elif (found := _SPACE.match(line)) is not None:
            axes = re.split(r"\\times(?![a-zA-Z])", found["axes"])
            shape = "(" + ", ".join(axis.strip() for axis in axes) + ")"
            words = (found["before"].strip(_EDGES), found["rest"].strip(_EDGES), "")
        else:
            return
        meaning = "，".join(word for word in words if word.strip("（）()"))
        self.symbols.append(SymbolRow(self.place(at), found["latex"].strip(), shape, meaning))

    def _table(self, block: Block) -> None:
        header = _cells(block.lines[0])
        columns = [
            next((number for number, cell in enumerate(header) if pattern.search(cell)), None)
            for pattern in (_SYMBOL_COLUMN, _SHAPE_COLUMN, _MEANING_COLUMN)
        ]
        symbol, shape, meaning = columns
        if symbol is None or shape is None:
            return
        for number, line in enumerate(block.lines[2:], block.at + 2):
            cells = [*_cells(line), *[""] * len(header)]
            if latex := cells[symbol].strip("$` "):
                words = cells[meaning] if meaning is not None and meaning != symbol else ""
                row = SymbolRow(self.place(number), latex, cells[shape].strip("$` "), words)
                self.symbols.append(row)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]
