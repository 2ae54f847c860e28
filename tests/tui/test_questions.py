"""The interview questions with their reference answers, for whoever looks for them."""

from __future__ import annotations

import pytest
from textual.widgets import TextArea

from studybuddy.core.card import Rating
from studybuddy.core.event import EventKind
from studybuddy.study.interview import Answer
from studybuddy.study.wiring import Study
from studybuddy.tui.modals.confirm import ConfirmModal
from studybuddy.tui.modals.questions import QuestionsModal
from studybuddy.tui.screens.interview import InterviewScreen
from studybuddy.tui.screens.today import TodayScreen
from studybuddy.tui.widgets.page_view import PageView
from tests.tui.conftest import LESSON, MakeApp
from tests.tui.looking import lines_of, opened, settle, text_of
from tests.tui.waiting import until


@pytest.mark.parametrize("way", [["v"], ["down", "down", "down", "enter", "v"], ["i", "f3"]])
async def test_they_are_a_key_away_and_seen_then(make_app: MakeApp, way: list[str]) -> None:
    app = make_app("en")
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        for key in way[:-1]:
            await pilot.press(key)
            await settle(pilot)
        await pilot.press(way[-1])
        await until(pilot, lambda: isinstance(app.screen, ConfirmModal), "asked first")
        assert "not as from memory" in " ".join(text_of(app).split())
        await pilot.press("n")
        await settle(pilot)
        assert not isinstance(app.screen, QuestionsModal)
        await pilot.press(way[-1])
        await until(pilot, lambda: isinstance(app.screen, ConfirmModal), "asked again")
        await pilot.press("y")
        await until(pilot, lambda: isinstance(app.screen, QuestionsModal), "the questions")
        await opened(pilot)
        assert "Reference answer" in text_of(app)
        await pilot.press("end")
        assert "Q6" in text_of(app) or "checkpointing" in text_of(app)
        await pilot.press("ctrl+l")
        await until(pilot, lambda: "面试题" in text_of(app), "in Chinese")
        assert "参考答案" in text_of(app)
        await pilot.press("escape")
        await settle(pilot)
        assert not isinstance(app.screen, QuestionsModal)
        assert await app.study.ask(_all_seen)


def _all_seen(study: Study) -> bool:
    questions = study.library.lesson(LESSON).questions
    return all(study.interview.open_reference(question.id) for question in questions)


async def test_who_has_answered_them_all_is_not_asked(make_app: MakeApp) -> None:
    def answer_all(study: Study) -> None:
        for question in study.library.lesson(LESSON).questions:
            study.interview.grade(question.id, Answer("", 1000, Rating.GOOD))

    app = make_app("zh", before=answer_all)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("v")
        await until(pilot, lambda: isinstance(app.screen, QuestionsModal), "the questions")
        await opened(pilot)
        page = app.screen.query_one(PageView)
        before = page.scroll_offset.y
        await pilot.press("space", "j")
        assert page.scroll_offset.y > before


async def test_the_palette_finds_them_by_either_language(make_app: MakeApp) -> None:
    app = make_app("zh")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        for words in ("参考答案", "reference"):
            await pilot.press("ctrl+p")
            await opened(pilot)
            await pilot.press(*words)
            await until(pilot, lambda: "参考答案  v" in text_of(app), words)
            await pilot.press("escape")
            await settle(pilot)


async def test_looking_through_the_questions_types_nothing(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("i")
        await settle(pilot)
        assert isinstance(app.focused, TextArea), "who opens the interview is about to answer"
        await pilot.press("escape")
        for _ in range(3):
            await pilot.press("n")
            await settle(pilot)
        assert "Question 4 of 6" in text_of(app)
        assert app.screen.query_one(TextArea).text == ""
        await pilot.press("i", "o", "k")
        await settle(pilot)
        assert app.screen.query_one(TextArea).text == "ok"


async def test_a_card_is_written_on_today(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("a")
        await until(pilot, lambda: app.focused is not None, "somewhere to write")
        await pilot.press("q", "tab", "a", "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, TodayScreen), "saved")
        await settle(pilot)
        assert "saved: a card of your own" in text_of(app)
        assert "1 new" in lines_of(app)[2]
        added = await app.study.ask(lambda study: list(study.desk.store.log.events(EventKind.CARD_NEW)))
        assert [event.body["front"] for event in added] == ["q"]


async def test_q_goes_back_and_is_a_letter_in_a_field(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        for way in ("l", "t", "p", "comma"):
            await pilot.press(way)
            await settle(pilot)
            assert not isinstance(app.screen, TodayScreen)
            await pilot.press("q")
            await settle(pilot)
            assert isinstance(app.screen, TodayScreen), way
        await pilot.press("i")
        await settle(pilot)
        await pilot.press("q")
        assert isinstance(app.screen, InterviewScreen)
        assert app.screen.query_one(TextArea).text == "q"
