"""What the app uses of Textual without its promise: in one module, and still there."""

from __future__ import annotations

import ast
import inspect
import textwrap
from pathlib import Path
from typing import TypeGuard

import pytest
import rich
import textual
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.command import CommandPalette
from textual.driver import Driver
from textual.drivers import headless_driver
from textual.screen import Screen
from textual.scroll_view import ScrollView
from textual.widgets import Input, Static, TextArea

from studybuddy.tui import private
from studybuddy.tui.app import StudybuddyApp
from studybuddy.tui.modals.palette import Palette

TUI = Path(private.__file__).parent
BASES = (Screen, Input, TextArea, Static, ScrollView, CommandPalette)


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith(("__", "_on_")) and name not in ("_", "_replace")


def names_of_textual(*bases: type) -> set[str]:
    """Private names that Textual's own classes have; some are set in `__init__` only."""
    names = {name for base in bases for name in dir(base)}
    for base in bases:
        for own in base.__mro__[:-1]:
            if own.__module__.startswith("textual"):
                tree = ast.parse(textwrap.dedent(inspect.getsource(own)))
                names |= {node.attr for node in ast.walk(tree) if _is_of_self(node)}
    return {name for name in names if is_private(name)}


def _is_of_self(node: ast.AST) -> TypeGuard[ast.Attribute]:
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self"


def defined_here(tree: ast.AST) -> set[str]:
    """Names that a module defines or assigns."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            found.add(node.attr)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
    return found


def test_no_other_module_touches_private_names() -> None:
    of_apps, of_widgets = names_of_textual(App), names_of_textual(*BASES)
    theirs = of_apps | of_widgets
    ours = {name for path in TUI.rglob("*.py") for name in defined_here(ast.parse(path.read_text()))}
    found = []
    for path in TUI.rglob("*.py"):
        if path.name == "private.py":
            continue
        tree = ast.parse(path.read_text())
        classes = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
        methods = {id(method): own for own in classes for method in own.body}
        for node in ast.walk(tree):
            place = f"{path.relative_to(TUI)}:{getattr(node, 'lineno', 0)}"
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(("textual", "rich")):
                names = [*(node.module or "").split("."), *(alias.name for alias in node.names)]
                found += [f"{place} imports {name}" for name in names if is_private(name)]
            elif isinstance(node, ast.Attribute) and is_private(node.attr):
                if node.attr not in ours or (node.attr in theirs and not _is_own(tree, node.attr)):
                    found.append(f"{place} uses {node.attr}")
            elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and id(node) in methods:
                bases = [ast.unparse(base) for base in methods[id(node)].bases]
                inherited = of_apps if any(base.endswith("App") for base in bases) else of_widgets
                found += [f"{place} overrides {node.name}"] if bases and node.name in inherited else []
    assert found == [], f"move these to {private.__name__}, with a test"


def _is_own(tree: ast.AST, name: str) -> bool:
    return name in defined_here(tree)


def test_an_app_that_ends_is_quiet() -> None:
    assert "_close_messages_no_wait" in dir(App)
    assert StudybuddyApp._fatal_error is private.EndsQuietly._fatal_error
    assert "_fatal_error" in vars(App)
    assert "self._exception" in inspect.getsource(App)


def test_the_palette_is_asked_for_its_words() -> None:
    source = inspect.getsource(CommandPalette)
    assert "self._start_no_matches_countdown(" in source
    assert Palette._start_no_matches_countdown is private.WordedPalette._start_no_matches_countdown
    for name in ("_stop_no_matches_countdown", "_NO_MATCHES", "_NO_MATCHES_COUNTDOWN", "_list_visible"):
        assert name in source


def test_the_parser_of_the_driver_can_be_another(monkeypatch: pytest.MonkeyPatch) -> None:
    linux_driver = pytest.importorskip("textual.drivers.linux_driver")
    assert getattr(linux_driver, private.PARSER) is not None
    assert f"{private.PARSER}(" in inspect.getsource(linux_driver)
    monkeypatch.setattr(linux_driver, private.PARSER, XTermParser)

    class Other(XTermParser):
        pass

    private.use_parser(Other)
    assert getattr(linux_driver, private.PARSER) is Other


def test_a_parser_waits_and_can_be_stopped() -> None:
    parser = XTermParser()
    assert not private.stop_waiting(parser)
    list(parser.feed("\x1b"))
    assert private.stop_waiting(parser)
    assert [type(event).__name__ for event in parser.tick()] == ["Key"]


def test_the_editor_has_what_is_asked_of_it() -> None:
    assert list(inspect.signature(TextArea._set_theme).parameters) == ["self", "theme"]
    assert list(inspect.signature(TextArea._restart_blink).parameters) == ["self"]
    assert "_line_cache" in inspect.getsource(TextArea.__init__)


async def test_nothing_is_written_to_a_terminal_that_is_none() -> None:
    app: App[None] = App()
    assert not private.write(app, "x")
    async with app.run_test():
        assert isinstance(app._driver, headless_driver.HeadlessDriver)
        assert not private.write(app, "x")
    assert isinstance(Driver.is_headless, property)
    assert {"write", "flush", "is_web", "is_inline"} <= set(dir(Driver))


def test_the_versions_that_were_looked_at() -> None:
    assert textual.__version__.startswith("8."), "read the hooks of `tui/private.py` again"
    assert rich is not None
