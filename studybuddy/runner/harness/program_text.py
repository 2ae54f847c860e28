"""The learner's source before it runs: does it compile, and what does it say?"""

from __future__ import annotations

import ast
import linecache
from types import CodeType
from typing import Any

from studybuddy.runner.harness.failure import FILE

_BLANK_NAME = 3
"""A name of at least this many underscores marks a place to fill in."""


class Program:
    """A compiled program and the facts a verdict may rest on.

    Raises:
        SyntaxError, ValueError, RecursionError, MemoryError: it does not compile.
    """

    def __init__(self, source: str) -> None:
        self.source = source.removeprefix("\ufeff")
        if "\0" in self.source:
            line = self.source[: self.source.index("\0")].count("\n") + 1
            raise SyntaxError("source code cannot contain null bytes", (FILE, line, 0, ""))
        self.lines = self.source.splitlines()
        self._tree = ast.parse(self.source, FILE)
        self.code: CodeType = compile(self._tree, FILE, "exec", dont_inherit=True)
        shown = [line + "\n" for line in self.lines]
        linecache.cache[FILE] = (len(self.source), None, shown, FILE)

    def facts(self, requires: list[str], observed: list[str]) -> dict[str, Any]:
        """Blanks left open (lines), required names not used, observed names bound only inside functions."""
        outer, inner = self._bindings()
        used = self._used()
        return {
            "blanks": self._blanks(),
            "unused": [name for name in requires if name not in used],
            "inside": [name for name in observed if name in inner and name not in outer],
        }

    def _blanks(self) -> list[int]:
        """Lines of `...` and `____`, leaving out types and slices (`tuple[int, ...]`, `a[..., 0]`)."""
        found: set[int] = set()
        waiting: list[ast.AST] = [self._tree]
        while waiting:
            node = waiting.pop()
            if (isinstance(node, ast.Constant) and node.value is ...) or (
                isinstance(node, ast.Name) and len(node.id) >= _BLANK_NAME and not node.id.strip("_")
            ):
                found.add(node.lineno)
            waiting.extend(
                child
                for field, value in ast.iter_fields(node)
                if field not in ("slice", "annotation", "returns")
                for child in (value if isinstance(value, list) else [value])
                if isinstance(child, ast.AST)
            )
        return sorted(found)

    def _used(self) -> set[str]:
        """Names and attributes that are read; a name imported under another counts under its own."""
        read: set[str] = set()
        renamed: list[tuple[str, str]] = []
        for node in ast.walk(self._tree):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                read.add(node.id)
            elif isinstance(node, ast.Attribute):
                read.add(node.attr)
            elif isinstance(node, ast.ImportFrom):
                renamed += [(alias.name, alias.asname) for alias in node.names if alias.asname]
        return read | {name for name, short in renamed if short in read}

    def _bindings(self) -> tuple[set[str], set[str]]:
        """Names assigned at top level, and names assigned inside functions and classes."""
        outer: set[str] = set()
        inner: set[str] = set()
        waiting: list[tuple[ast.AST, set[str]]] = [(self._tree, outer)]
        while waiting:
            node, names = waiting.pop()
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                names.add(node.id)
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
                names = inner
            waiting.extend((child, names) for child in ast.iter_child_nodes(node))
        return outer, inner
