"""Looks at a program of a lesson without ever running it."""

from __future__ import annotations

import ast
import warnings
from typing import TYPE_CHECKING

from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from studybuddy.course.source import Source


def check_python(source: Source, names: tuple[str, ...] = ()) -> None:
    """Say where a program does not parse, and which of `names` it never uses."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source.text)
    except SyntaxError as error:
        message = Phrase.of(N_("not valid Python: {reason}"), reason=error.msg)
        source.report.error(error.lineno or 1, "python-syntax", message, error.offset or 1)
        return
    except (ValueError, RecursionError, MemoryError):
        source.report.error(1, "python-syntax", N_("not valid Python: the program is nested too deeply"))
        return
    used = _names(tree)
    for name in names:
        if name not in used:
            source.report.error(
                1, "name-missing", Phrase.of(N_("the program does not use {name}"), name=name)
            )


def _names(tree: ast.AST) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            names.add(node.id)
        elif isinstance(node, ast.Attribute):
            names.add(node.attr)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.alias):
            names.update((node.asname or node.name).split("."))
    return names
