"""The lab with imported code: read, asked about, allowed."""

from __future__ import annotations

from pathlib import Path

import pytest

from studybuddy.core.verdict import Verdict
from studybuddy.study.lab import Lab
from studybuddy.study.wiring import Study
from studybuddy.tui.modals.confirm import ConfirmModal
from studybuddy.tui.screens.lab import LabScreen
from studybuddy.tui.widgets.code_editor import CodeEditor
from studybuddy.tui.widgets.run_result import RunResult
from tests.course.importing.sample import text_export
from tests.tui.conftest import MakeApp
from tests.tui.looking import opened, settle, text_of
from tests.tui.waiting import until


async def test_it_is_shown_and_runs_when_it_is_allowed(
    make_app: MakeApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "lesson.txt"
    path.write_text(text_export().replace("S3W10D1", "S3W10D2"), encoding="utf-8")

    def bring(study: Study) -> None:
        study.save_import(study.imports.plan([path]))

    app = make_app("en", before=bring)
    warmed: list[tuple[str, ...]] = []
    monkeypatch.setattr(Lab, "warm_up", lambda lab, packages: warmed.append(packages))
    async with app.run_test(size=(120, 40)) as pilot:
        await app.push_screen(LabScreen("s3w10d2/code-1"))
        screen = app.screen
        assert isinstance(screen, LabScreen)
        editor = screen.query_one("#editor", CodeEditor)
        await until(pilot, lambda: "import numpy" in editor.text, "the lab is open")
        assert editor.read_only
        await until(pilot, lambda: warmed, "a process is ready")
        assert warmed == [()], "its packages would be imported outside the wall"
        assert "imported lesson" in text_of(app)
        assert "self-report" in text_of(app)
        assert not {"lab.reset", "lab.outside", "lab.xray"} & {command.id for command in screen.commands()}
        await pilot.press("f5")
        await opened(pilot)
        assert isinstance(app.screen, ConfirmModal)
        await pilot.press("n")
        await settle(pilot)
        assert editor.read_only
        assert screen.query_one(RunResult).result is None
        await pilot.press("f5")
        await opened(pilot)
        await pilot.press("y")
        await until(pilot, lambda: not editor.read_only, "the code may run")
        assert "imported lesson" not in text_of(app)
        await until(pilot, lambda: len(warmed) > 1, "now they are")
        assert warmed[1] == ("numpy",)
        editor.text = "print(6 * 7)\n"
        await pilot.press("f5")
        await until(pilot, lambda: screen.query_one(RunResult).result, "it ran")
        result = screen.query_one(RunResult).result
        assert result is not None
        assert result.verdict is Verdict.AC
        await until(pilot, lambda: "you judge it yourself" in text_of(app), "what it was is said")
        assert "ran, not judged" in text_of(app)
        assert not {"AC", "accepted"} & set(text_of(app).split())
