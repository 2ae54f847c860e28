from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from textual.geometry import Offset
from textual.pilot import Pilot
from textual.selection import Selection
from textual.widgets import TextArea

from studybuddy.core.block import Link, ListBlock, Paragraph, Slot, Strong, Text
from studybuddy.core.event import EventKind
from studybuddy.core.exercise import Exercise
from studybuddy.core.verdict import JudgeResult, Verdict
from studybuddy.i18n import use_language
from studybuddy.study.derivation import StepResult
from studybuddy.study.lab import Lab
from studybuddy.study.own_cards import Sides
from studybuddy.study.wiring import Study
from studybuddy.tui.app import StudybuddyApp
from studybuddy.tui.lesson_links import with_lesson_links
from studybuddy.tui.modals.add_card import AddCardModal
from studybuddy.tui.modals.error import ErrorModal
from studybuddy.tui.modals.glossary import GlossaryModal
from studybuddy.tui.modals.symbols import SymbolsModal
from studybuddy.tui.modals.think import ThinkModal
from studybuddy.tui.screens.checklist import ChecklistScreen
from studybuddy.tui.screens.derivation import DerivationScreen
from studybuddy.tui.screens.interview import InterviewScreen
from studybuddy.tui.screens.lab import LabScreen
from studybuddy.tui.screens.lesson import LessonScreen
from studybuddy.tui.screens.walk import WalkScreen
from studybuddy.tui.widgets.page_view import PageView
from studybuddy.tui.widgets.place_list import PlaceList
from studybuddy.tui.widgets.run_panel import RunPanel
from studybuddy.tui.widgets.status_line import StatusLine
from studybuddy.tui.widgets.title_line import TitleLine
from tests.tui.conftest import LESSON, MakeApp
from tests.tui.waiting import shown, until


async def open_lesson(
    app: StudybuddyApp, pilot: Pilot[None], section: str | None = None, lesson: str = LESSON
) -> LessonScreen:
    await app.push_screen(LessonScreen(lesson, f"{lesson}/{section}" if section else None))
    screen = app.screen
    assert isinstance(screen, LessonScreen)
    await until(pilot, lambda: screen.shown_lesson is not None, "the lesson")
    return screen


def page(screen: LessonScreen) -> PageView:
    return screen.query_one(PageView)


def title(screen: LessonScreen) -> str:
    return shown(screen.query_one(TitleLine))


def keys(screen: LessonScreen) -> list[str]:
    return [command.id for command in screen.commands()]


def events(app: StudybuddyApp, kind: EventKind) -> list[tuple[str, dict[str, Any]]]:
    return app.study.now(
        lambda study: [(event.subject, event.body) for event in study.desk.store.log.events(kind)]
    )


async def test_reading_through_marks_sections_and_starts_their_cards(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_lesson(app, pilot)
        assert "section 1 of 7 · 0%" in title(screen)
        assert "1  Theory" in shown(page(screen))
        assert not screen.query_one(PlaceList).display
        await pilot.press("space", "j")
        assert page(screen).scroll_offset.y > 10
        assert "· 0%" not in title(screen)

        expected = app.study.now(lambda study: len(study.desk.catalogue.cards_of_section("s3w10d1/theory")))
        assert "lesson.page_on" in keys(screen)
        assert "lesson.read" not in keys(screen)
        for _page in range(20):
            if "lesson.read" in keys(screen):
                break
            assert events(app, EventKind.SECTION) == [], "nothing is marked before the end was in sight"
            await pilot.press("enter")
        assert page(screen).end_in_sight
        await pilot.press("pageup", "enter")
        await until(pilot, lambda: "section 2 of 7" in title(screen), "the next section")
        said = shown(screen.query_one(StatusLine))
        assert f"section 1 is read; {expected} cards will come up for review" in said
        assert [subject for subject, _body in events(app, EventKind.SECTION)] == ["s3w10d1/theory"]
        assert page(screen).scroll_offset.y == 0

        await pilot.press("p")
        assert "section 1 of 7" in title(screen)
        assert page(screen).scroll_offset.y > 10, "back at the place where it was left"
        await pilot.press("m")
        await until(pilot, lambda: "section 1 is read ·" in shown(screen.query_one(StatusLine)), "said")
        assert len(events(app, EventKind.SECTION)) == 1, "marking twice changes nothing"

        await pilot.press(*"nnnnnnnnn")
        assert "section 7 of 7" in title(screen)
        await pilot.press("m")
        await until(pilot, lambda: len(events(app, EventKind.SECTION)) == 2, "the last section")
        assert "section 7 of 7" in title(screen)
        await pilot.press("u")
        await until(pilot, lambda: "undone: reading of" in shown(screen.query_one(StatusLine)), "taken back")
        assert [subject for subject, _body in events(app, EventKind.SECTION)] == ["s3w10d1/theory"]


@pytest.mark.parametrize(
    ("section", "label", "kind"),
    [
        ("derivation", "lesson.derive", DerivationScreen),
        ("interview", "lesson.ask", InterviewScreen),
        ("summary", "lesson.check", ChecklistScreen),
    ],
)
async def test_at_the_end_of_a_section_with_a_task_enter_opens_it(
    make_app: MakeApp, section: str, label: str, kind: type
) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_lesson(app, pilot, section)
        await pilot.press("end")
        assert label in keys(screen)
        assert "lesson.read" not in keys(screen)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, kind), f"{kind}")
        assert events(app, EventKind.SECTION) == []


async def test_a_derivation_that_is_done_is_not_opened_again(make_app: MakeApp) -> None:
    def derived(study: Study) -> None:
        for step in ("local", "local-general", "element", "dw", "dx", "db"):
            study.derivation.judge(f"s3w10d1/linear-backward/{step}", "x", StepResult.AIDED)

    app = make_app("en", derived)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_lesson(app, pilot, "derivation")
        await pilot.press("end")
        assert "lesson.read" in keys(screen)


async def test_a_lesson_opens_where_it_was_left(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_lesson(app, pilot, "theory")
        await pilot.press("space", "n", "n", "space", "space", "space")
        left = page(screen).scroll_offset.y
        assert left > 20
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is not screen, "left")
        again = await open_lesson(app, pilot)
        assert "section 3 of 7" in title(again)
        await until(pilot, lambda: abs(page(again).scroll_offset.y - left) <= 1, "the place")
        await pilot.press("p", "p")
        assert page(again).scroll_offset.y > 10
    app = make_app("zh")
    async with app.run_test(size=(80, 24)) as pilot:
        again = await open_lesson(app, pilot)
        await until(pilot, lambda: "第 1" in title(again) or "1 / 7" in title(again), "on another day too")


async def test_tab_goes_on_from_what_is_seen_and_escape_lets_go(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 14)) as pilot:
        screen = await open_lesson(app, pilot, "algorithm")
        view = page(screen)
        assert len(view.anchors) > 1
        view.scroll_to(y=view.anchors[0].line + 1, animate=False)
        await pilot.press("tab")
        assert view.selected == 1, "not from the top"
        assert {"lesson.open", "lesson.deselect"} <= set(keys(screen))
        assert "app.back" not in keys(screen)
        await pilot.press("escape")
        assert app.screen is screen
        assert view.chosen is None
        assert "app.back" in keys(screen)
        await pilot.press("end", "tab")
        assert view.selected == len(view.anchors) - 1, "none below: the nearest"


async def test_the_glossary_in_both_languages(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        await open_lesson(app, pilot, "theory")
        await pilot.press("g")
        await until(pilot, lambda: isinstance(app.screen, GlossaryModal), "the glossary")
        assert "backpropagation  反向传播" in shown(app.screen)
        await pilot.press("ctrl+l")
        await until(pilot, lambda: "反向传播  backpropagation" in shown(app.screen), "in Chinese")
        await pilot.press("end")
        assert "层序遍历" in shown(app.screen)
        await pilot.press("g")
        await until(pilot, lambda: not isinstance(app.screen, GlossaryModal), "closed")


async def test_a_card_of_ones_own_from_a_selection(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_lesson(app, pilot, "theory")
        screen.selections = {page(screen): Selection(Offset(2, 0), Offset(12, 0))}
        await pilot.press("a")
        await until(pilot, lambda: isinstance(app.screen, AddCardModal), "the window")
        modal = app.screen
        await until(pilot, lambda: modal.focused is not None, "ready")
        front = modal.query_one("#front", TextArea).text
        assert front
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "needs an answer" in shown(modal), "what is wrong")
        await pilot.press(*"half", "escape")
        await until(pilot, lambda: app.screen is screen, "left")
        assert events(app, EventKind.CARD_NEW) == []

        screen.clear_selection()
        await pilot.press("a")
        await until(pilot, lambda: isinstance(app.screen, AddCardModal) and app.screen.focused, "again")
        modal = app.screen
        assert modal.query_one("#front", TextArea).text == front, "nothing is lost"
        assert modal.query_one("#back", TextArea).text == "half"
        await pilot.press("ctrl+l")
        await until(pilot, lambda: "背面" in shown(modal), "in Chinese")
        await pilot.press("tab", *"net maths", "ctrl+s")
        await until(pilot, lambda: app.screen is screen, "saved")
        [(card, body)] = events(app, EventKind.CARD_NEW)
        assert card.startswith("own/")
        assert (body["front"], body["back"], body["source"]) == (front, "half", "s3w10d1/theory")
        assert body["tags"] == ["net", "maths"]
        assert app.study.now(lambda study: study.own_cards.unfinished()) == Sides()
        await pilot.press("u")
        await until(pilot, lambda: events(app, EventKind.CARD_NEW) == [], "taken back")


async def test_a_wide_terminal_lists_the_sections_and_a_click_goes_there(make_app: MakeApp) -> None:
    app = make_app("en", lambda study: study.reading.mark_read("s3w10d1/theory"))
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await open_lesson(app, pilot)
        assert "section 2 of 7" in title(screen), "opens at the first section that is not done"
        places = screen.query_one(PlaceList)
        assert places.display
        listed = shown(places)
        assert "✓ 1 Theory" in listed
        assert "▸ 2 Code" in listed
        assert "· 3 Derivation" in listed
        assert "read" in listed
        assert max(len(line.rstrip()) for line in shown(page(screen)).splitlines()) <= 92
        await pilot.click(PlaceList, offset=(4, 9))
        assert "section 4 of 7" in title(screen)


async def test_a_thinking_question_hides_its_answer_until_the_learner_has_committed(
    make_app: MakeApp,
) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 30)) as pilot:
        screen = await open_lesson(app, pilot, "theory")
        assert "lesson.open" not in keys(screen)
        await pilot.press("tab")
        assert "lesson.open" in keys(screen)
        assert "lesson.read" not in keys(screen)
        view = page(screen)
        assert view.chosen is not None
        assert view.chosen.kind == "think"
        assert "→" in shown(view)
        hidden = "It must. L is a scalar"
        assert hidden not in shown(view)

        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ThinkModal), "the question")
        await pilot.press(*"equal, I think")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen, "back")
        assert events(app, EventKind.THINK) == [], "not committed"
        assert "equal, I think" not in shown(view)

        await pilot.press("o")
        await until(pilot, lambda: isinstance(app.screen, ThinkModal), "the question again")
        assert app.screen.query_one(TextArea).text == "equal, I think", "what was typed is not lost"
        await pilot.press("ctrl+r")
        await until(pilot, lambda: "equal, I think" in shown(view), "the answer")
        assert "Your answer" in shown(view)
        assert f"Answer: {hidden}" in shown(view)
        [(question, body)] = events(app, EventKind.THINK)
        assert question == "s3w10d1/think-shape"
        assert body["answer"] == "equal, I think"

        await pilot.press("escape", "escape")
        await until(pilot, lambda: app.screen is not screen, "left")
        again = await open_lesson(app, pilot, "theory")
        await pilot.press("tab")
        assert "equal, I think" in shown(page(again)), "still open another time"


async def test_an_anchor_out_of_sight_is_no_longer_selected(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_lesson(app, pilot, "engineering")
        await pilot.press("shift+tab")
        assert page(screen).chosen is not None
        await pilot.press("home")
        assert page(screen).chosen is None
        assert "lesson.open" not in keys(screen)


@pytest.mark.parametrize(
    ("section", "kind"),
    [
        ("code", WalkScreen),
        ("engineering", LabScreen),
        ("derivation", DerivationScreen),
        ("interview", InterviewScreen),
        ("summary", ChecklistScreen),
    ],
)
async def test_slots_lead_to_their_screens_and_back(make_app: MakeApp, section: str, kind: type) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_lesson(app, pilot, section)
        await pilot.press("tab", "enter")
        await until(pilot, lambda: isinstance(app.screen, kind), f"{kind}")
        await until(pilot, lambda: not app.screen.query(ErrorModal), "no error")
        for _ in range(3):
            if app.screen is screen:
                break
            await pilot.press("escape")
            await pilot.pause(0.1)
        await until(pilot, lambda: app.screen is screen, "back at the lesson")
        assert page(screen).chosen is not None, "still at the place"


async def test_latex_symbols_and_the_other_language_keep_the_place(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_lesson(app, pilot, "derivation")
        view = page(screen)
        assert "\\sum" not in shown(view)
        await pilot.press("x")
        assert "$$ Z_{ij} = \\sum" in shown(view)
        await pilot.press("x")
        assert "\\sum" not in shown(view)

        await pilot.press("y")
        await until(pilot, lambda: isinstance(app.screen, SymbolsModal), "the symbols")
        assert "input of a layer" in shown(app.screen)
        await pilot.press("space", "space")
        assert "upstream gradient" in shown(app.screen)
        assert "δ_Z = ∂L/∂Z" in shown(app.screen)
        await pilot.press("ctrl+l")
        await until(pilot, lambda: "一层的输入" in shown(app.screen), "the symbols in Chinese")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen, "closed")
        assert "深度推导" in shown(view)

        await pilot.press("space", "space")
        share = view.share
        assert share > 0
        await pilot.press("ctrl+l")
        await until(pilot, lambda: "Backpropagation" in title(screen), "in English again")
        assert "section 3 of 7" in title(screen)
        assert view.share == pytest.approx(share, abs=0.1)


async def test_the_reference_runs_in_place_and_is_recorded_as_the_lessons_own(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(100, 40)) as pilot:
        screen = await open_lesson(app, pilot, "code")
        panel = screen.query_one(RunPanel)
        assert not panel.display
        await pilot.press("r")
        await until(pilot, lambda: panel.open, "the panel")
        await until(pilot, lambda: events(app, EventKind.ATTEMPT), "recorded")
        await until(pilot, lambda: "the course's own program" in shown(screen.query_one(StatusLine)), "said")
        said = shown(panel)
        assert "AC accepted" in said
        assert "2.63655e+07" in said
        assert "6.94702e-05" in said or "6.95e-05" in said
        [(subject, body)] = events(app, EventKind.ATTEMPT)
        assert subject == "s3w10d1/training-loop"
        assert body["reference"]
        listed = shown(screen.query_one(PlaceList))
        assert "✓" not in listed, "the lesson's own program is not the learner's work"
        assert "loss" not in listed
        assert "Backpropagation by Hand" in str(panel.border_title)
        await pilot.press("ctrl+l")
        await until(pilot, lambda: "手写反向传播" in str(panel.border_title), "in Chinese")
        top = panel.scroll_offset.y
        await pilot.press("J", "J")
        assert panel.scroll_offset.y > top
        await pilot.press("escape")
        assert not panel.display
        assert app.screen is screen


async def test_escape_stops_a_running_reference_which_is_then_not_recorded(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def judge(
        self: Lab,
        exercise: Exercise,
        source: str,
        on_output: Callable[[str], None] | None = None,
        stop: threading.Event | None = None,
    ) -> JudgeResult:
        assert source == exercise.reference
        assert on_output is not None
        assert stop is not None
        on_output("Epoch 0: Loss = 1.0\n\x1b[2J[bold]not markup")
        assert stop.wait(20)
        return JudgeResult(exercise.id, Verdict.STOP, message="stopped by you")

    monkeypatch.setattr(Lab, "judge", judge)
    app = make_app("en")
    async with app.run_test(size=(80, 30)) as pilot:
        screen = await open_lesson(app, pilot, "code")
        panel = screen.query_one(RunPanel)
        await pilot.press("r")
        await until(pilot, lambda: "Epoch 0" in shown(panel), "output as it comes")
        assert "[bold]not markup" in shown(panel)
        assert "\x1b" not in shown(panel)
        assert "lesson.stop" in keys(screen)
        assert "lesson.run" not in keys(screen)
        await pilot.press("ctrl+l")
        await until(pilot, lambda: "Epoch 0" in shown(panel), "runs on in the other language")
        await pilot.press("escape")
        await until(pilot, lambda: not panel.running, "stopped")
        assert "STOP" in shown(panel)
        await pilot.press("escape")
        await until(pilot, lambda: not panel.open, "closed")
        assert app.screen is screen
        assert events(app, EventKind.ATTEMPT) == []


@pytest.mark.parametrize("size", [(40, 10), (200, 60)])
async def test_every_section_fits_any_terminal(make_app: MakeApp, size: tuple[int, int]) -> None:
    app = make_app("zh")
    async with app.run_test(size=size) as pilot:
        screen = await open_lesson(app, pilot, "theory")
        for _section in range(7):
            await pilot.press("end", "tab")
            drawn = [line for line in shown(page(screen)).splitlines() if line.strip()]
            assert drawn
            await pilot.press("n")
        await pilot.resize_terminal(64, 20)
        assert page(screen).virtual_size.width <= 64


async def test_a_new_width_keeps_the_place(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await open_lesson(app, pilot, "code")
        await pilot.press("space", "space", "space")
        share = page(screen).share
        await pilot.resize_terminal(60, 30)
        await pilot.pause(0.1)
        assert page(screen).share == pytest.approx(share, abs=0.05)


async def test_a_lesson_that_is_not_there_is_said(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(LessonScreen("s9w9d9"))
        await until(pilot, lambda: isinstance(app.screen, ErrorModal), "the error")
        await pilot.press("escape", "escape")
        await until(pilot, lambda: not isinstance(app.screen, ErrorModal | LessonScreen), "back")


def test_links_to_lessons_say_coming_or_lead_there() -> None:
    there, coming = Link((Text("Day 2"),), "lesson:S3W10D2"), Link((Text("Day 6"),), "lesson:s3w10d6")
    outside = Link((Text("page"),), "https://example.org")
    blocks = (
        Paragraph((Text("See "), there, Strong((coming,)), outside)),
        ListBlock(((Paragraph((coming,)),),)),
    )
    first, slot, listed = with_lesson_links(blocks, frozenset({"s3w10d2"}))
    assert first == Paragraph((Text("See "), there, Strong((Text("Day 6"), Text(" (coming)"))), outside))
    assert slot == Slot("lesson", "s3w10d2")
    zh = Paragraph((coming, Text(" 的")))
    use_language("zh")
    [spaced] = with_lesson_links((zh,), frozenset())
    use_language("en")
    assert spaced == Paragraph((Text("Day 6"), Text("（即将推出）"), Text("的")))
    assert listed == ListBlock(((Paragraph((Text("Day 6"), Text(" (coming)"))),),))
