"""Settings in groups, steps and weeks by hand, what a change would mean, and presets."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from studybuddy.core.card import Rating
from studybuddy.core.event import PRESET, EventKind
from studybuddy.core.week import DayLoad
from studybuddy.i18n import use_language
from studybuddy.study.preset_rules import PresetRule
from studybuddy.study.presets import keep_preset
from studybuddy.study.settings import BY_KEY, SETTINGS
from studybuddy.study.wiring import Study
from studybuddy.text import cell_width
from studybuddy.tui.agenda import Entry, EntryKind
from studybuddy.tui.app import StudybuddyApp
from studybuddy.tui.modals.value import ValueModal
from studybuddy.tui.modals.week import WeekModal, WeekPicker
from studybuddy.tui.screens.preset import PresetScreen
from studybuddy.tui.screens.presets import PresetsScreen
from studybuddy.tui.screens.settings import PRESETS, SettingsScreen
from studybuddy.tui.setting_words import steps_words, value_words, week_words
from tests.tui.conftest import LESSON, MakeApp
from tests.tui.looking import lines_of, opened, settle, text_of

N, R, M = DayLoad.NORMAL, DayLoad.REDUCED, DayLoad.MINIMUM


async def at(pilot: Pilot[None], app: StudybuddyApp, entry: Entry | str) -> SettingsScreen:
    """The settings, on one of their lines."""
    if not isinstance(app.screen, SettingsScreen):
        await pilot.press("comma")
        await settle(pilot)
    screen = app.screen
    assert isinstance(screen, SettingsScreen)
    screen.put_cursor(Entry(EntryKind.SETTING, entry) if isinstance(entry, str) else entry)
    await settle(pilot)
    return screen


async def typed(pilot: Pilot[None], app: StudybuddyApp, text: str) -> None:
    """Type a value into the window that is open, and save it."""
    assert isinstance(app.screen, ValueModal)
    app.screen.query_one(Input).value = text
    await pilot.press("enter")
    await opened(pilot)


async def test_steps_are_read_back_while_they_are_typed_and_saved_in_one_form(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        await at(pilot, app, "learning_steps")
        assert "1 min · 10 min" in text_of(app)
        await pilot.press("enter")
        await opened(pilot)
        field = app.screen.query_one(Input)
        assert field.value == "1m 10m"
        field.value = "30s 5m 3600s"
        await opened(pilot)
        assert "30 s · 5 min · 1 h" in text_of(app)
        await typed(pilot, app, "30s 5x")
        assert "✗ Learning steps: 5x is no step; write such as 30s, 10m" in text_of(app)
        assert app.screen.query_one(Input).value == "30s 5x"
        await typed(pilot, app, "")
        await settle(pilot)
        assert "saved: Learning steps" in text_of(app)
        assert "no steps" in text_of(app)
        assert await app.study.ask(lambda study: study.desk.preset_of("x").learning_steps) == ()
        await pilot.press("backspace")
        await settle(pilot)
        assert await app.study.ask(lambda study: study.desk.preset_of("x").learning_steps) == (60, 600)


@pytest.mark.parametrize(("language", "size"), [("en", (80, 24)), ("zh", (120, 40)), ("en", (40, 10))])
async def test_a_week_is_chosen_with_arrows_and_space(
    make_app: MakeApp, language: str, size: tuple[int, int]
) -> None:
    app = make_app(language)
    async with app.run_test(size=size) as pilot:
        await at(pilot, app, "easy_days")
        await pilot.press("enter")
        await opened(pilot)
        assert isinstance(app.screen, WeekModal)
        await pilot.press("left", "space", "space", "left", "down", "home")
        await opened(pilot)
        low = size == (40, 10)
        assert (("周六 减少" if language == "zh" else "Sat reduced") in text_of(app)) != low
        assert text_of(app).count("▲") == 1
        await pilot.press("enter")
        await settle(pilot)
        week = await app.study.ask(lambda study: study.desk.preferences["easy_days"])
        assert week == (N, N, N, N, N, R, M)
        await pilot.press("enter")
        await opened(pilot)
        await pilot.press("up", "space", "space", "space", "backspace", "escape")
        await settle(pilot)
        assert await app.study.ask(lambda study: study.desk.preferences["easy_days"]) == week


async def test_a_day_of_the_week_can_be_clicked(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        await at(pilot, app, "easy_days")
        await pilot.press("enter")
        await opened(pilot)
        for _ in range(2):
            await pilot.click(WeekPicker, offset=(8 * 4 + 3, 2))
            await opened(pilot)
        assert "Fri reduced: " in text_of(app)
        await pilot.click(WeekPicker, offset=(63, 2))
        await pilot.press("ctrl+l")
        await opened(pilot)
        assert "周五 减少：" in text_of(app)
        use_language("en")


def _learnt(study: Study) -> None:
    study.reading.mark_read(f"{LESSON}/theory")
    while (turn := study.review.next()) is not None:
        study.review.answer(turn.card, Rating.EASY, 8000)


async def test_what_another_retention_would_mean_is_said_while_it_is_typed(make_app: MakeApp) -> None:
    app = make_app("en", before=_learnt)
    async with app.run_test(size=(80, 24)) as pilot:
        await at(pilot, app, "desired_retention")
        await pilot.press("enter")
        await opened(pilot)
        while "working out" in text_of(app) or "a day in the coming year" not in text_of(app):
            await pilot.pause(0.05)
        field = app.screen.query_one(Input)
        assert field.value == "90%"
        field.value = "96%"
        while "a day now → about" not in text_of(app):
            await pilot.pause(0.05)
        said = next(line for line in lines_of(app) if "→ about" in line)
        now, then = (float(figure) for figure in re.findall(r"about (\d+\.\d)", said))
        assert now < then
        field.value = "99%"
        await opened(pilot)
        assert "→ about" not in text_of(app)
        await pilot.press("enter")
        await opened(pilot)
        assert "Desired retention must be a number from 0.7 to 0.97" in text_of(app)


async def test_without_a_card_learnt_nothing_is_foretold(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        await at(pilot, app, "desired_retention")
        await pilot.press("enter")
        while "too early to say" not in text_of(app):
            await pilot.pause(0.05)


async def test_tab_goes_from_group_to_group_and_the_help_of_the_last_line_is_seen(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at(pilot, app, "name")
        seen = []
        for _ in range(5):
            seen.append(screen.cursor.id if screen.cursor else "")
            await pilot.press("tab")
        assert seen == ["name", "new_cards", "rollover", "glyphs", "learning_steps"]
        assert screen.cursor == Entry(EntryKind.SETTING, "name")
        await pilot.press("shift+tab", *["j"] * 20)
        await settle(pilot)
        assert "Weekdays that carry fewer reviews" in text_of(app)


async def test_a_preset_is_made_filled_and_deleted_by_keyboard_and_comes_back(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        await at(pilot, app, PRESETS)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, PresetsScreen)
        assert "There is no preset yet." in text_of(app)
        await pilot.press("d", "u", "a")
        await opened(pilot)
        await typed(pilot, app, "")
        assert "✗ the name of a preset has 1 to 40 characters" in text_of(app)
        await typed(pilot, app, "exam")
        await settle(pilot)
        assert isinstance(app.screen, PresetScreen)
        await pilot.press("enter")
        await opened(pilot)
        await typed(pilot, app, "S3W10D9")
        assert "✗ no lesson S3W10D9; nearest: S3W10D1" in text_of(app)
        await typed(pilot, app, "s3w10d1")
        await settle(pilot)
        await pilot.press("j", "enter")
        await opened(pilot)
        await typed(pilot, app, "#hard, 难")
        await settle(pilot)
        await pilot.press("j", "enter")
        await opened(pilot)
        await typed(pilot, app, "95")
        await settle(pilot)
        assert "95% instead of 90%" in text_of(app)
        assert "hard 难" in text_of(app)
        rule = PresetRule("exam", (LESSON,), ("hard", "难"), {"desired_retention": 0.95})
        assert await app.study.ask(lambda study: study.desk.presets.rules) == (rule,)
        await pilot.press("backspace")
        await settle(pilot)
        assert "instead of" not in text_of(app)
        await pilot.press("u")
        await settle(pilot)
        assert "undone: change of the preset exam" in text_of(app)
        await pilot.press("comma", "escape")
        await settle(pilot)
        assert isinstance(app.screen, PresetsScreen)
        assert "S3W10D1 #hard #难" in text_of(app)
        assert "Desired retention 95% instead of 90%" in text_of(app)
        await pilot.press("d")
        await settle(pilot)
        assert await app.study.ask(lambda study: study.desk.presets.rules) == ()
        await pilot.press("u")
        await settle(pilot)
        assert await app.study.ask(lambda study: study.desk.presets.rules) == (rule,)
        await pilot.press("a")
        await opened(pilot)
        await typed(pilot, app, "exam")
        assert "✗ there is a preset of this name already" in text_of(app)
        await pilot.press("escape", "escape")
        await settle(pilot)
        assert isinstance(app.screen, SettingsScreen)
        assert any("Presets" in line and " 1 " in line for line in lines_of(app))


async def test_undo_among_presets_leaves_everything_else_alone(make_app: MakeApp) -> None:
    def before(study: Study) -> None:
        keep_preset(study.desk, PresetRule("exam"))
        study.own_cards.add("front", "back")

    app = make_app("en", before=before)
    async with app.run_test(size=(80, 24)) as pilot:
        await at(pilot, app, PRESETS)
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("u")
        await settle(pilot)
        assert "the last thing done was no change of a preset" in text_of(app)
        assert len(await app.study.ask(lambda study: study.own_cards.ids())) == 1


async def test_a_damaged_preset_and_strange_names_are_shown_and_break_nothing(make_app: MakeApp) -> None:
    def before(study: Study) -> None:
        study.desk.record(
            EventKind.SETTING, f"{PRESET}[bold]\x1b[31m", {"value": {"set": {"reviews": "x" * 10_000}}}
        )
        study.desk.record(
            EventKind.SETTING, f"{PRESET}[b]{{x}} 卡", {"value": {"lessons": ["gone"], "tags": ["[/]"]}}
        )
        study.desk.forget_settings()

    app = make_app("en", before=before)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "cannot be used" in text_of(app) or "it is left out" in text_of(app)
        await at(pilot, app, PRESETS)
        assert "\x1b" not in text_of(app)
        await pilot.press("home", "enter")
        await settle(pilot)
        assert "[b]{x} 卡  gone #[/]" in text_of(app)
        await pilot.press("enter")
        await settle(pilot)
        assert "Preset [b]{x} 卡" in text_of(app)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [(40, 10), (80, 24), (100, 30), (120, 40)])
async def test_no_line_is_wider_than_the_terminal_and_every_setting_can_be_reached(
    make_app: MakeApp, language: str, size: tuple[int, int]
) -> None:
    app = make_app(language, before=lambda study: keep_preset(study.desk, PresetRule("卡" * 40, ("x" * 60,))))
    async with app.run_test(size=size) as pilot:
        screen = await at(pilot, app, "name")
        for entry in [*(Entry(EntryKind.SETTING, setting.key) for setting in SETTINGS), PRESETS]:
            screen.put_cursor(entry)
            await settle(pilot)
            assert all(cell_width(line) <= size[0] for line in lines_of(app))
            assert any("▸" in line for line in lines_of(app)), entry
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, PresetsScreen)
        assert all(cell_width(line) <= size[0] for line in lines_of(app))
        await pilot.press("enter")
        await settle(pilot)
        assert all(cell_width(line) <= size[0] for line in lines_of(app))


def test_values_are_said_in_words_of_both_languages() -> None:
    said = {
        "learning_steps": ((30, 600, 86_400), "30 s · 10 min · 1 d", "30 秒 · 10 分钟 · 1 天"),
        "easy_days": ((M, N, N, N, N, R, R), "Sat Sun reduced · Mon minimum", "周六 周日 减少 · 周一 最少"),
        "reviews": (0, "no limit", "不限"),
        "leech_lapses": (0, "never", "从不"),
        "maximum_interval": (365, "1 year", "1 年"),
        "rollover": (4, "04:00", "04:00"),
        "desired_retention": (0.925, "92.5%", "92.5%"),
        "theme": ("auto", "automatic", "自动"),
        "balance": (False, "off", "关"),
    }
    for key, (value, *words) in said.items():
        for language, expected in zip(("en", "zh"), words, strict=True):
            use_language(language)
            assert value_words(BY_KEY[key], value) == expected
    use_language("en")
    assert value_words(BY_KEY["maximum_interval"], 400) == "400 days"
    assert (steps_words(()), week_words((N,) * 7)) == ("no steps", "every day alike")


async def test_a_broken_settings_file_is_said_on_today_in_one_line_and_in_full_in_the_settings(
    make_app: MakeApp, tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "settings.toml").write_text('theme = "gone"\n')
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "1 thing in the settings cannot be used: a comma shows it" in text_of(app)
        assert "…" not in lines_of(app)[-2]
        await pilot.press("comma")
        await settle(pilot)
        shown = " ".join(text_of(app).split())
        assert (
            "! settings.toml: theme must be one of auto, dark, light, high-contrast, terminal; the default"
            in shown
        )
