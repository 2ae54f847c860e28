"""What the settings make of the app: looks, language, keys; the first minute; leaving badly."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from textual.widgets import Input

from studybuddy.core.errors import StudybuddyError, UsageError
from studybuddy.core.event import EventKind
from studybuddy.i18n import language, say, use_language
from studybuddy.study.launch import Launch
from studybuddy.study.wiring import Study
from studybuddy.tui.app import StudybuddyApp
from studybuddy.tui.keymap import checked, every_screen
from studybuddy.tui.manner import manner
from studybuddy.tui.modals.value import ValueModal
from studybuddy.tui.modals.welcome import WelcomeModal
from studybuddy.tui.run import run_app, stopped
from studybuddy.tui.screens.settings import SettingsScreen
from studybuddy.tui.screens.today import TodayScreen
from studybuddy.tui.study_thread import StudyThread
from studybuddy.tui.themes import BY_SETTING, DARK
from studybuddy.tui.widgets.status_line import StatusLine
from tests.tui.conftest import MakeApp
from tests.tui.looking import lines_of, opened, settle, text_of


def _settings_file(folder: Path, text: str) -> None:
    data = folder / "data"
    data.mkdir(exist_ok=True)
    (data / "settings.toml").write_text(text, encoding="utf-8")


async def test_a_setting_applies_at_once_and_survives(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("comma")
        await settle(pilot)
        assert isinstance(app.screen, SettingsScreen)
        assert "How the app calls you" in text_of(app)
        await pilot.press("enter")
        await opened(pilot)
        assert isinstance(app.screen, ValueModal)
        await pilot.press(*"Ann", "enter")
        await settle(pilot)
        assert "saved: Name" in text_of(app)
        await pilot.press("j", "enter")
        await settle(pilot)
        assert language() == "zh"
        assert "语言" in text_of(app)
        await pilot.press("right")
        await settle(pilot)
        assert language() == "en"
        await pilot.press("j", "j", "enter")
        await opened(pilot)
        app.screen.query_one(Input).value = "many"
        await pilot.press("enter")
        await opened(pilot)
        assert "✗ New cards a day must be a number from 0 to 500" in text_of(app)
        app.screen.query_one(Input).value = "7"
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press(*["j"] * 7, "enter", "enter")
        await settle(pilot)
        assert app.theme == BY_SETTING["light"].name
        await pilot.press("escape")
        await settle(pilot)
        assert lines_of(app)[0].startswith(" studybuddy · Ann")
    again = make_app("en")
    async with again.run_test(size=(80, 24)):
        assert again.theme == BY_SETTING["light"].name
        assert await again.study.ask(lambda study: study.desk.preferences["new_cards"]) == 7


async def test_the_help_of_a_setting_goes_with_the_cursor(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("comma")
        await settle(pilot)
        await pilot.press("j", "j")
        await settle(pilot)
        lines = lines_of(app)
        here = next(number for number, line in enumerate(lines) if "▸   Minutes a day" in line)
        assert "What you plan to give each day" in lines[here + 1]
        assert "How the app calls you" not in text_of(app)


@pytest.mark.parametrize("theme", BY_SETTING)
async def test_every_theme_can_be_drawn(make_app: MakeApp, theme: str) -> None:
    app = make_app("en", before=lambda study: study.desk.prefer("theme", theme))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("comma")
        await settle(pilot)
        assert app.theme == BY_SETTING[theme].name
        assert "Retention" in text_of(app).title()


async def test_what_cannot_be_used_keeps_the_default_and_is_said_once(
    make_app: MakeApp, tmp_path: Path
) -> None:
    _settings_file(tmp_path, 'theme = "gone"\n')
    app = make_app("en")
    async with app.run_test(size=(120, 40)) as pilot:
        assert app.theme == DARK.name
        assert "theme must be one of" in text_of(app)
        await pilot.press("p")
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert app.screen.query_one(StatusLine).phrase is None


async def test_everything_that_cannot_be_used_is_said(make_app: MakeApp, tmp_path: Path) -> None:
    _settings_file(
        tmp_path,
        'theme = 7\nnew_cards = "many"\nno_such = 1\nzone = "Mars/Base"\n'
        '[keys]\n"today.lab" = "z"\n"today.review" = "z"\n"x\\u001b[2J.y" = "b"\n',
    )
    app = make_app("en")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert app.screen.query_one(StatusLine).region.height == 1
        assert "6 things in the settings cannot be used: a comma shows them" in text_of(app)
        await pilot.press("comma")
        await settle(pilot)
        shown = " ".join(text_of(app).split())
        for note in (
            "theme must be one of",
            "new_cards must be a number",
            "there is no setting no_such",
            "there is no time zone Mars/Base",
            "z is the key of today.lab already; today.review keeps its own",
            "there is no command x",
        ):
            assert note in shown
        assert "\x1b" not in shown
        await pilot.press("ctrl+l")
        await settle(pilot)
        assert "没有 no_such" in text_of(app)
        assert "z 已是" in text_of(app)


@pytest.mark.parametrize(
    "garbage",
    [b"\xff\xfe\x00", b"[[[", b"theme = ", b"x" * 3_000_000, b"a." * 5000 + b"b = 1", b'keys = "all"'],
    ids=["bytes", "brackets", "cut off", "3 MB", "deep", "keys"],
)
async def test_a_settings_file_of_garbage_keeps_the_defaults(
    make_app: MakeApp, tmp_path: Path, garbage: bytes
) -> None:
    _settings_file(tmp_path, "")
    (tmp_path / "data" / "settings.toml").write_bytes(garbage)
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert app.theme == DARK.name
        assert "settings.toml" in text_of(app)
        assert len(app.manner.notes) == 1


@pytest.mark.parametrize("given", [None, "en"])
async def test_a_switch_of_language_is_remembered_unless_one_was_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str | None
) -> None:
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")

    def start() -> StudybuddyApp:
        thread = StudyThread(Launch(str(tmp_path), given))
        use_language(thread.now(lambda study: study.desk.language))
        return StudybuddyApp(thread, thread.now(lambda study: study.day.plan()))

    app = start()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("comma", "ctrl+l")
        await settle(pilot)
        assert "设置" in text_of(app)
        assert ("中文" in text_of(app)) == (given is None), "the setting shows what was chosen"
    again = start()
    async with again.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert language() == ("zh" if given is None else "en")
    use_language("en")


async def test_the_plan_stands_beside_the_time_there_is(make_app: MakeApp) -> None:
    app = make_app("en", before=lambda study: study.desk.prefer("minutes", 30))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        minutes = app.screen.plan.minutes  # type: ignore[attr-defined]
        assert f"Today · ~{minutes} min, you planned 30" in text_of(app)
        await app.study.ask(lambda study: study.desk.prefer("minutes", 300))
        await app.screen.refresh_plan()  # type: ignore[attr-defined]
        await settle(pilot)
        assert f"Today · ~{minutes} of 300 min" in text_of(app)


async def test_signs_can_be_ascii(make_app: MakeApp) -> None:
    app = make_app("en", before=lambda study: study.desk.prefer("glyphs", "plain"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        text = text_of(app)
        assert not set("▸·─│╭╮✓✗") & set(text)
        assert "> 1 Theory" in text


async def test_keys_can_be_given_and_are_shown(make_app: MakeApp, tmp_path: Path) -> None:
    keys = '"today.lessons" = "z"\n"lesson.read" = "f9"\n"today.review" = "c"\n"no.such" = "x"\n'
    _settings_file(tmp_path, f"[keys]\n{keys}")
    app = make_app("en")
    async with app.run_test(size=(120, 40)) as pilot:
        assert app.keys == {"today.lessons": "z", "lesson.read": "f9"}
        assert "z pick" in lines_of(app)[-1]
        said = [say(note) for note in app.manner.notes]
        assert "settings.toml: c is the key of today.lab already; today.review keeps its own" in said
        assert "2 things in the settings cannot be used: a comma shows them" in text_of(app)
        await pilot.press("comma")
        await settle(pilot)
        await pilot.press("escape", "question_mark")
        await settle(pilot)
        assert "z  " in text_of(app)
        await pilot.press("escape", "p")
        await settle(pilot)
        assert isinstance(app.screen, TodayScreen), "the old key is free"
        await pilot.press("z")
        await settle(pilot)
        assert type(app.screen).__name__ == "LessonsScreen"


def test_a_key_is_not_given_twice() -> None:
    given, notes = checked({"today.review": "z", "today.lab": "z", "today.lesson": "q", "app.help": "f12"})
    assert given == {"today.review": "z", "app.help": "f12"}
    assert [dict(note.parameters)["id"] for note in notes] == ["today.lab", "today.lesson"]
    moved, _notes = checked({"today.review": "l", "today.lesson": "z"})
    assert moved == {"today.review": "l", "today.lesson": "z"}, "two may change places"


def test_every_command_has_one_id() -> None:
    for screen in every_screen():
        ids = [command.id for command in screen]
        assert len(set(ids)) == len(ids)


def _new(make_app: MakeApp) -> StudybuddyApp:
    app = make_app("en")
    app._welcome = True
    return app


async def test_someone_new_is_asked_three_things(make_app: MakeApp) -> None:
    app = _new(make_app)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        assert isinstance(app.screen, WelcomeModal)
        assert "Language · 语言" in text_of(app)
        await pilot.press("left", "enter")
        await opened(pilot)
        await opened(pilot)
        assert language() == "zh"
        await pilot.press(*"Li", "enter")
        await opened(pilot)
        app.screen.query_one(Input).value = "-3"
        await pilot.press("enter")
        await opened(pilot)
        assert "✗" in text_of(app)
        app.screen.query_one(Input).value = "5"
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, TodayScreen)
        assert lines_of(app)[0].startswith(" studybuddy · Li")
        assert "理论知识" in text_of(app)
        chosen = await app.study.ask(lambda study: study.desk.preferences.all())
        assert (chosen["language"], chosen["name"], chosen["new_cards"]) == ("zh", "Li", 5)
        assert not (await app.study.ask(manner)).new_here


async def test_whoever_skips_is_not_asked_again(make_app: MakeApp) -> None:
    app = _new(make_app)
    async with app.run_test(size=(40, 10)) as pilot:
        await opened(pilot)
        await pilot.press("escape", "escape")
        await settle(pilot)
        assert isinstance(app.screen, TodayScreen)
        assert not (await app.study.ask(manner)).new_here

    def settings(study: Study) -> int:
        return len(list(study.desk.store.log.events(EventKind.SETTING)))

    assert make_app("en", before=settings).manner.new_here is False


def test_without_a_terminal_one_line_says_what_needs_none(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "studybuddy", "--data-dir", str(tmp_path), "--lang", "en"]
    ended = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=30)
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert len(ended.stderr.splitlines()) == 1
    assert "studybuddy today" in ended.stderr


def test_a_crash_is_an_error_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(app: StudybuddyApp) -> None:
        app._return_code = 1
        app._exception = ValueError("broken\nin two lines")

    monkeypatch.setattr("studybuddy.tui.run.need_terminal", lambda: None)
    monkeypatch.setattr(StudybuddyApp, "run", crash)
    monkeypatch.delenv("STUDYBUDDY_DEBUG", raising=False)
    with pytest.raises(StudybuddyError, match=r"ValueError: broken\. What you did") as caught:
        run_app(Launch(str(tmp_path), "en"))
    assert caught.value.exit_code == 3
    assert stopped(UsageError("x")).args == ("x",)
