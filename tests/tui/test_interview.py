from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import TextArea

from studybuddy.core.card import Rating
from studybuddy.core.checklist import TickState
from studybuddy.core.errors import StoreFullError
from studybuddy.core.event import EventKind
from studybuddy.study.interview import Answer, Interview
from studybuddy.study.wiring import Study
from studybuddy.tui.app import StudybuddyApp
from studybuddy.tui.interview_pages import Attempt, Part
from studybuddy.tui.modals.error import ErrorModal
from studybuddy.tui.screens.interview import InterviewScreen
from studybuddy.tui.widgets.answer_desk import AnswerDesk
from studybuddy.tui.widgets.grade_line import GradeLine
from studybuddy.tui.widgets.rating_bar import RatingBar
from studybuddy.tui.widgets.status_line import StatusLine
from studybuddy.tui.widgets.tick_list import TickList, TickRow
from studybuddy.tui.widgets.title_line import TitleLine
from studybuddy.tui.widgets.trail import Trail
from tests.tui.conftest import LESSON, MakeApp
from tests.tui.waiting import shown, until

FIRST = "s3w10d1/q1"


async def open_interview(
    app: StudybuddyApp, pilot: Pilot[None], number: int = 1, question: str | None = None
) -> InterviewScreen:
    await app.push_screen(InterviewScreen(LESSON, question))
    screen = app.screen
    assert isinstance(screen, InterviewScreen)
    await at_question(screen, pilot, number)
    return screen


async def at_question(screen: InterviewScreen, pilot: Pilot[None], number: int) -> None:
    def there() -> bool:
        return f"Question {number} of 6" in shown(screen.query_one("#question")) and not screen._busy

    await until(pilot, there, f"question {number}")


async def see(screen: InterviewScreen, pilot: Pilot[None], part: Part) -> None:
    """Press on until a part is shown."""
    for wanted in list(Part)[1 : part + 1]:
        await until(pilot, lambda: not screen._busy, "ready")
        if screen._attempt.part < wanted:
            await pilot.press("ctrl+r")
    await until(pilot, lambda: screen._attempt.part >= part and not screen._busy, f"{part!r}")


def keys(screen: InterviewScreen) -> list[str]:
    return [command.id for command in screen.commands()]


def answered(app: StudybuddyApp) -> list[tuple[str, dict[str, Any]]]:
    return app.study.now(
        lambda study: [(e.subject, e.body) for e in study.desk.store.log.events(EventKind.INTERVIEW)]
    )


def desk(screen: InterviewScreen) -> str:
    return shown(screen.query_one(AnswerDesk))


async def test_a_question_from_the_timer_to_its_next_review(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 40)) as pilot:
        screen = await open_interview(app, pilot)
        assert screen.focused is screen.query_one(TextArea)
        assert desk(screen).strip() == "", "nothing is given away"
        await pilot.press(*"stays zero 3")
        assert answered(app) == []
        screen._attempt.shown_at -= 75
        await until(pilot, lambda: "1:1" in shown(screen.query_one(TitleLine)), "the timer runs")

        await pilot.press("ctrl+r")
        await until(pilot, lambda: "Exam point" in desk(screen), "first the exam point")
        assert "Reference answer" not in desk(screen)
        assert "interview.again" not in keys(screen)
        assert "^r shows the reference answer" in shown(screen)
        await pilot.press("3")
        assert answered(app) == [], "no grade before the reference"
        await pilot.press("space")
        await until(pilot, lambda: "Reference answer" in desk(screen), "then the reference")
        assert "Common wrong answer" not in desk(screen)
        assert "^r shows a common wrong answer" in shown(screen)
        assert "interview.tick_wrong" not in keys(screen), "not before its explanation"
        assert "I made this mistake" not in desk(screen)
        assert "[ ] a" in desk(screen)
        await pilot.press("a", "c")
        assert "[x] a" in desk(screen)
        assert "[ ] b" in desk(screen)
        assert "[x] c" in desk(screen)
        await pilot.press("c", "b")
        assert "[ ] c" in desk(screen)
        await pilot.press("enter")
        await until(pilot, lambda: "Common wrong answer" in desk(screen), "then what is often said")
        assert "Follow-up" not in desk(screen)
        assert "interview.tick_wrong" in keys(screen)
        told = desk(screen)
        assert told.index("Common wrong answer") < told.index("[ ] w I made this mistake")
        await pilot.press("enter")
        await until(pilot, lambda: "Follow-up" in desk(screen), "at last the follow-up")
        assert "Answer:" not in desk(screen), "a question first"
        assert "^r answers the follow-up question" in shown(screen)
        await pilot.press("ctrl+r")
        await until(pilot, lambda: "Answer:" in desk(screen), "then its answer")
        assert "interview.reveal" not in keys(screen)

        await pilot.press("3", "4")
        await until(pilot, lambda: screen._attempt.graded is not None, "graded")
        [(question, body)] = answered(app)
        assert question == FIRST
        assert body["rating"] == 3
        assert body["answer"] == "stays zero 3"
        assert body["key_points"] == [0, 1]
        assert not body["wrong_point"]
        assert not body["seen_before"]
        assert 75_000 <= body["thought_ms"] < 120_000
        line = shown(screen.query_one(GradeLine))
        assert "3 Good" in line
        assert "comes back in 10 min" in line
        due = app.study.now(lambda study: study.review.turn_of(FIRST).memory.due_at)
        now = app.study.now(lambda study: study.desk.now())
        assert due is not None
        assert timedelta(minutes=9) < due - now <= timedelta(minutes=10)
        assert screen.query_one(Trail).signs[0] == "✓"
        item = app.study.now(lambda study: study.checklist.statuses(study.desk.catalogue.lesson(LESSON))[2])
        assert item.state is TickState.AUTO, "the evidence is there"
        assert app.study.now(lambda study: study.interview.draft(FIRST)) == ""

        await pilot.press("enter")
        await at_question(screen, pilot, 2)
        assert screen.query_one(TextArea).text == ""
        assert desk(screen).strip() == ""


async def test_a_wrong_point_caps_the_grade_and_undo_takes_it_back(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_interview(app, pilot)
        await see(screen, pilot, Part.REFERENCE)
        await pilot.press("w")
        assert not screen._attempt.ticked, "it is explained first"
        await see(screen, pilot, Part.COMMON_WRONG)
        await pilot.press("w")
        bar = screen.query_one(RatingBar)
        assert bar.intervals is not None
        assert bar.intervals[Rating.EASY] == bar.intervals[Rating.HARD], "no button promises more"
        await pilot.press("4", "4")
        await until(pilot, lambda: screen._attempt.graded is not None, "graded")
        line = shown(screen.query_one(GradeLine))
        assert "2 Hard" in line
        assert "wrong point" in line
        assert answered(app)[0][1]["wrong_point"]
        await pilot.press("a")
        assert "[x] a" not in desk(screen), "what was graded stays as it is"

        await pilot.press("u")
        await until(pilot, lambda: screen._attempt.graded is None and not screen._busy, "taken back")
        assert "undone" in shown(screen.query_one(StatusLine))
        assert answered(app) == []
        assert screen.query_one(Trail).signs[0] == "·"
        await pilot.press("w", "1")
        await until(pilot, lambda: answered(app), "graded anew")
        assert answered(app)[0][1]["rating"] == 1
        assert not answered(app)[0][1]["seen_before"], "it was the same look at the reference"


async def test_a_reference_seen_in_this_session_is_told(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_interview(app, pilot)
        await see(screen, pilot, Part.REFERENCE)
        await pilot.press("n")
        await at_question(screen, pilot, 2)
        await pilot.press("escape", "escape")
        await until(pilot, lambda: app.screen is not screen, "left")
        again = await open_interview(app, pilot, question=FIRST)
        await see(again, pilot, Part.REFERENCE)
        await pilot.press("a", "3")
        await until(pilot, lambda: answered(app), "graded")
        assert answered(app)[0][1]["seen_before"]


async def test_ticks_by_space_and_mouse_and_the_other_language(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await open_interview(app, pilot)
        assert "in your own words" in desk(screen), "no empty half"
        await pilot.press(*"aloud?")
        await see(screen, pilot, Part.REFERENCE)
        await pilot.press("tab", "space")
        assert screen._attempt.ticked == {"a"}
        await pilot.press("down", "down", "space")
        assert screen._attempt.ticked == {"a", "c"}
        await pilot.click(TickRow, offset=(12, 0))
        assert screen._attempt.ticked == {"c"}
        await pilot.press("ctrl+l")
        await until(pilot, lambda: "参考答案" in desk(screen), "in Chinese")
        assert "[x] c" in desk(screen)
        assert screen.query_one(TextArea).text == "aloud?"
        assert len(screen.query_one("#points", TickList).query(TickRow)) == 3


async def test_an_answer_is_heard_and_the_learner_decides(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(100, 50)) as pilot:
        screen = await open_interview(app, pilot)
        typed = "Ｈ is zero, so both gradients are 0; \x1b[2J[b]会退化成 linear model"
        screen.query_one(TextArea).load_text(typed)
        await see(screen, pilot, Part.REFERENCE)
        told = " ".join(desk(screen).split())
        assert "What was found in your answer is ticked" in told
        assert "[x] a" in told
        assert "“Ｈ is zero”, “gradients are 0”" in told
        assert "[ ] b" in told
        assert "[x] w I made this mistake" in told, "a mistake that was made is not kept back"
        assert "“linear model”" in told
        assert screen._attempt.kept_promises[Rating.EASY] != screen._attempt.promises[Rating.EASY]
        await pilot.press("w", "b", "ctrl+l")
        await until(pilot, lambda: "参考答案" in desk(screen), "in Chinese")
        assert "[ ] w" in desk(screen)
        assert "“Ｈ is zero”" in desk(screen)
        await pilot.press("w", "4")
        await until(pilot, lambda: answered(app), "graded")
        body = answered(app)[0][1]
        assert (body["rating"], body["key_points"], body["heard"]) == (2, [0, 1], [0])
        assert body["wrong_point"]
        assert body["heard_wrong"]


async def test_answers_that_are_not_graded_are_kept(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_interview(app, pilot)
        await pilot.press(*"half", "escape", "n")
        await at_question(screen, pilot, 2)
        await pilot.press("i", *"way", "escape", "escape")
        await until(pilot, lambda: app.screen is not screen, "left")
        await until(
            pilot,
            lambda: app.study.now(lambda study: study.interview.draft("s3w10d1/q2")) == "way",
            "on disk",
        )
        again = await open_interview(app, pilot)
        assert again.query_one(TextArea).text == "half"


async def test_after_the_last_question_there_is_a_word(make_app: MakeApp) -> None:
    def all_but_last(study: Study) -> None:
        for number in range(1, 6):
            study.interview.grade(f"s3w10d1/q{number}", Answer("", 0, Rating.HARD))

    app = make_app("en", all_but_last)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_interview(app, pilot, 6)
        assert screen.query_one(Trail).signs == ("~", "~", "~", "~", "~", "·")
        await see(screen, pilot, Part.REFERENCE)
        await pilot.press("4")
        await until(pilot, lambda: "no key point is ticked" in shown(screen.query_one(StatusLine)), "asked")
        assert len(answered(app)) == 5
        await pilot.press("4")
        await until(pilot, lambda: screen._attempt.graded is Rating.EASY, "graded")
        await pilot.press("enter")
        assert "every question is answered" in shown(screen.query_one(StatusLine))
        await pilot.press("p")
        await at_question(screen, pilot, 5)
        assert "~ Hard" in shown(screen.query_one("#question"))


async def test_a_grade_that_cannot_be_saved_is_not_shown_as_saved(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Interview, question: str, answer: Answer) -> None:
        raise StoreFullError("the disk is full")

    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_interview(app, pilot)
        await pilot.press(*"answer")
        await see(screen, pilot, Part.REFERENCE)
        monkeypatch.setattr(Interview, "grade", full)
        await pilot.press("a", "3")
        await until(pilot, lambda: isinstance(app.screen, ErrorModal), "the error")
        await pilot.press("escape")
        assert screen._attempt.graded is None
        assert "[x] a" in desk(screen)
        monkeypatch.undo()
        await pilot.press("3")
        await until(pilot, lambda: answered(app), "the second try")


@pytest.mark.parametrize("size", [(40, 10), (80, 24)])
async def test_small_terminals_and_endless_answers(make_app: MakeApp, size: tuple[int, int]) -> None:
    app = make_app("zh")
    async with app.run_test(size=size) as pilot:
        await app.push_screen(InterviewScreen(LESSON))
        screen = app.screen
        assert isinstance(screen, InterviewScreen)
        await until(pilot, lambda: screen.focused is not None, "ready")
        screen.query_one(TextArea).load_text("[red]\x1b[2J" + "长" * 30_000)
        await see(screen, pilot, Part.FOLLOW_UP)
        await pilot.press("1")
        await until(pilot, lambda: answered(app), "graded")
        assert len(answered(app)[0][1]["answer"]) == 20_000


async def test_two_quick_presses_are_one_look_at_the_reference(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_interview(app, pilot)
        await see(screen, pilot, Part.EXAM_POINT)
        screen.action_reveal()
        screen.action_reveal()
        await until(pilot, lambda: not screen._busy, "revealed")
        assert screen._attempt.part is Part.REFERENCE
        assert not screen._attempt.seen_before


def test_an_attempt_becomes_an_answer() -> None:
    attempt = Attempt(0.0, thought_ms=5, ticked=frozenset({"c", "w", "a"}), seen_before=True)
    assert attempt.answer("text", Rating.GOOD) == Answer("text", 5, Rating.GOOD, (0, 2), True, True)
