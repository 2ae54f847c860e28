"""A program written again from memory, from the card to its rating."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot

from studybuddy.core.card import Rating
from studybuddy.core.clock import FixedClock
from studybuddy.core.errors import RunnerError, StoreFullError, StudybuddyError
from studybuddy.core.event import EventKind
from studybuddy.core.exercise import Exercise
from studybuddy.core.verdict import JudgeResult, Verdict
from studybuddy.study.lab import Lab
from studybuddy.study.recall import Recall
from studybuddy.study.sittings import Sitting
from studybuddy.study.wiring import Study
from studybuddy.tui.app import StudybuddyApp
from studybuddy.tui.modals.error import ErrorModal
from studybuddy.tui.screens.recall import RecallScreen
from studybuddy.tui.screens.review import ReviewScreen
from studybuddy.tui.screens.review_table import Phase
from studybuddy.tui.widgets.answer_field import AnswerField
from studybuddy.tui.widgets.code_editor import LONGEST_PROGRAM, CodeEditor
from studybuddy.tui.widgets.rating_bar import RatingBar
from studybuddy.tui.widgets.run_result import RunResult
from studybuddy.tui.widgets.status_line import StatusLine
from tests.tui.conftest import NOW, MakeApp
from tests.tui.waiting import shown, until

DEPTH = "s3w10d1/card/code-max-depth"
BLANK = "s3w10d1/card/code-training-loop-grad-w2"
MORNING = datetime.fromisoformat(NOW)
MINUTE = 60_000


def only(card: str) -> Callable[[Study], None]:
    """Leaves one code card in the queue, due today."""

    def prepare(study: Study) -> None:
        study.review.answer(card, Rating.EASY)
        due = study.review.turn_of(card).memory.due_day
        assert due is not None
        study.desk.clock = FixedClock(MORNING.replace(year=due.year, month=due.month, day=due.day))

    return prepare


def judge_with(monkeypatch: pytest.MonkeyPatch, *verdicts: Verdict | StudybuddyError) -> list[str]:
    """Lets the judge give these verdicts, the last one again and again; returns what it was given."""
    given: list[str] = []

    def judge(_lab: Lab, exercise: Exercise, source: str, **_: object) -> JudgeResult:
        given.append(source)
        verdict = verdicts[min(len(given), len(verdicts)) - 1]
        if isinstance(verdict, StudybuddyError):
            raise verdict
        return JudgeResult(exercise.id, verdict)

    def as_called(lab: Lab, exercise: Exercise, source: str, *_: object, **__: object) -> JudgeResult:
        return judge(lab, exercise, source)

    monkeypatch.setattr(Lab, "judge", as_called)
    return given


async def open_review(app: StudybuddyApp, pilot: Pilot[None]) -> ReviewScreen:
    await app.push_screen(ReviewScreen())
    screen = app.screen
    assert isinstance(screen, ReviewScreen)
    await until(pilot, lambda: screen._phase in (Phase.ASKED, Phase.TURNED), "a card")
    return screen


async def solving(app: StudybuddyApp, pilot: Pilot[None]) -> RecallScreen:
    await pilot.press("space")
    await until(pilot, lambda: isinstance(app.screen, RecallScreen), "the editor")
    screen = app.screen
    assert isinstance(screen, RecallScreen)
    await until(pilot, lambda: screen._asked is not None and screen._program.place.has_focus, "the task")
    return screen


def says(screen: RecallScreen | ReviewScreen, words: str) -> Callable[[], bool]:
    return lambda: words in shown(screen.query_one(StatusLine))


def keys(screen: RecallScreen | ReviewScreen) -> list[str]:
    return [command.id for command in screen.commands() if command.footer]


def sitting(app: StudybuddyApp, card: str) -> Sitting:
    return app.study.now(lambda study: study.recall.sitting(card))


def reviews(app: StudybuddyApp, card: str) -> list[dict[str, Any]]:
    """The reviews of a card but the one that made it due."""
    events = app.study.now(lambda study: list(study.desk.store.log.events(EventKind.REVIEW, card)))
    return [event.body for event in events[1:]]


async def test_one_line_from_the_card_to_its_rating_and_back(make_app: MakeApp) -> None:
    app = make_app("en", only(BLANK))
    async with app.run_test(size=(80, 24)) as pilot:
        review = await open_review(app, pilot)
        assert "grad_w2 = ..." in shown(review)
        assert "h_relu.T @ grad_y_pred" not in shown(review)
        assert "Space opens the editor" in shown(review)
        assert keys(review)[0] == "review.solve"
        await pilot.press("3")
        assert reviews(app, BLANK) == [], "no rating before there is a result"

        screen = await solving(app, pilot)
        assert screen.query_one("#line", AnswerField).value == "grad_w2 = "
        editor = screen.query_one("#editor", CodeEditor)
        assert editor.read_only
        assert "grad_w2 = ..." in shown(editor), "the open line is in sight"
        await pilot.press("enter")
        await until(pilot, says(screen, "write your answer first"))
        await pilot.press(*"h.T", "enter")
        await until(pilot, says(screen, "not accepted yet"), "the first verdict")
        assert "✗" in shown(screen.query_one(RunResult))
        assert sitting(app, BLANK).effort.attempts == 1

        await pilot.press("ctrl+l")
        await until(pilot, says(screen, "尚未通过"), "the other language")
        assert "训练循环里只缺一行" in shown(screen)
        assert screen.query_one("#line", AnswerField).value == "grad_w2 = h.T", "what was typed stays"
        assert screen.query_one("#line", AnswerField).has_focus
        await pilot.press("ctrl+l")
        await until(pilot, says(screen, "not accepted yet"))

        screen.query_one("#line", AnswerField).value = "h_relu.T @ grad_y_pred"
        await pilot.press("enter")
        await until(pilot, says(screen, "✓ accepted"), "the second verdict")
        assert keys(screen)[0] == "recall.rate"
        assert not {"recall.run", "recall.give_up"} & set(keys(screen))
        await pilot.press("enter")
        await until(pilot, lambda: review._phase is Phase.TURNED and app.screen is review, "the card turned")
        assert "accepted after 2 tries" in shown(review)
        assert "→ Hard" in shown(review)
        assert "h_relu.T @ grad_y_pred" in shown(review)
        assert "▸ 2 Hard" in shown(review.query_one(RatingBar))
        assert "review.take_proposed" in keys(review)
        await pilot.press("ctrl+l")
        await until(pilot, lambda: "第 2 次通过" in shown(review), "the reason in the other language")
        assert review._phase is Phase.TURNED
        await pilot.press("ctrl+l")
        await until(pilot, lambda: "→ Hard" in shown(review))

        await pilot.press("3")
        await until(pilot, lambda: len(reviews(app, BLANK)) == 1, "recorded")
        (body,) = reviews(app, BLANK)
        recall = body["recall"]
        assert (body["rating"], recall["proposed"], recall["attempts"]) == (3, 2, 2)
        assert body["elapsed_ms"] == recall["elapsed_ms"] > 0
        assert recall["source"] == "h_relu.T @ grad_y_pred"

        await until(pilot, lambda: review._phase is Phase.OVER, "the end")
        await pilot.press("u")
        await until(pilot, lambda: review._phase is Phase.TURNED, "the card, still solved")
        assert reviews(app, BLANK) == []
        assert "→ Hard" in shown(review)


async def test_space_takes_the_proposal_unless_it_is_held_down(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def prepare(study: Study) -> None:
        only(DEPTH)(study)
        study.recall.tried(DEPTH, "x", JudgeResult("", Verdict.WA))
        study.recall.tried(DEPTH, "x", JudgeResult("", Verdict.AC))

    app = make_app("en", prepare)
    async with app.run_test(size=(80, 24)) as pilot:
        review = await open_review(app, pilot)
        assert review._phase is Phase.TURNED, "solved before the app was left"
        monkeypatch.setattr("studybuddy.tui.screens.review.GLANCE_S", 3600)
        await pilot.press("space", "enter")
        assert reviews(app, DEPTH) == []
        monkeypatch.setattr("studybuddy.tui.screens.review.GLANCE_S", 0)
        await pilot.press("space")
        await until(pilot, lambda: len(reviews(app, DEPTH)) == 1, "recorded")
        assert reviews(app, DEPTH)[0]["rating"] == Rating.HARD


async def test_a_whole_program_hints_and_giving_up(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = judge_with(monkeypatch, Verdict.WA)
    app = make_app("zh", only(DEPTH))
    async with app.run_test(size=(120, 40)) as pilot:
        review = await open_review(app, pilot)
        screen = await solving(app, pilot)
        editor = screen.query_one("#editor", CodeEditor)
        assert "def maxDepth" in editor.text
        assert "return 1 + max" not in editor.text
        assert not screen.query_one("#line").display
        await pilot.press("f5")
        await until(pilot, says(screen, "先写下你的答案"))
        assert given == []
        await pilot.press("ctrl+t")
        await until(pilot, lambda: sitting(app, DEPTH).effort.hints == 1, "the hint counts")
        editor.put("class Solution: pass\n")
        await pilot.press("ctrl+r")
        await until(pilot, says(screen, "尚未通过"), "the verdict")
        assert given == ["class Solution: pass\n"]
        await pilot.press("ctrl+g", "n")
        assert not sitting(app, DEPTH).finished
        await pilot.press("ctrl+g", "y")
        await until(pilot, lambda: app.screen is review and review._phase is Phase.TURNED, "given up")
        assert "return 1 + max" in shown(review), "the reference"
        assert "放弃，看了参考程序 · 1 次尝试 · 1 条提示" in shown(review)
        assert "→ 忘记" in shown(review)
        await pilot.press("2")
        await until(pilot, lambda: len(reviews(app, DEPTH)) == 1, "the learner's word counts")
        assert (reviews(app, DEPTH)[0]["rating"], reviews(app, DEPTH)[0]["recall"]["proposed"]) == (2, 1)


async def test_leaving_half_way_keeps_everything(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    judge_with(monkeypatch, Verdict.TLE)
    app = make_app("en", only(DEPTH))
    async with app.run_test(size=(80, 24)) as pilot:
        review = await open_review(app, pilot)
        screen = await solving(app, pilot)
        screen.query_one("#editor", CodeEditor).put("class Solution: ...  # one\n")
        await pilot.press("f5")
        await until(pilot, says(screen, "not accepted yet"))
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is review and review._phase is Phase.ASKED, "back at the card")
        await until(
            pilot, lambda: "time limit exceeded · 1 try" in " ".join(shown(review).split()), "how it stands"
        )
        screen = await solving(app, pilot)
        assert "# one" in screen.query_one("#editor", CodeEditor).text
        screen.query_one("#editor", CodeEditor).put("class Solution: ...  # two\n")
        await pilot.pause()
        await pilot.press("ctrl+q")
    again = make_app("en", only_again)
    async with again.run_test(size=(80, 24)) as pilot:
        review = await open_review(again, pilot)
        assert "1 try" in shown(review)
        screen = await solving(again, pilot)
        assert "# two" in screen.query_one("#editor", CodeEditor).text
        assert sitting(again, DEPTH).effort.attempts == 1
        assert sitting(again, DEPTH).effort.elapsed_ms > 0


def only_again(study: Study) -> None:
    due = study.review.turn_of(DEPTH).memory.due_day
    assert due is not None
    study.desk.clock = FixedClock(MORNING.replace(year=due.year, month=due.month, day=due.day))


async def test_a_judge_that_fails_is_said_and_costs_no_try(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge_with(
        monkeypatch,
        RunnerError("the program could not be started: {reason}", reason="no room"),
        Verdict.IE,
        Verdict.AC,
    )
    app = make_app("en", only(BLANK))
    async with app.run_test(size=(80, 24)) as pilot:
        await open_review(app, pilot)
        screen = await solving(app, pilot)
        await pilot.press("x", "enter")
        await until(pilot, lambda: isinstance(app.screen, ErrorModal), "the error")
        assert "no room" in shown(app.screen)
        await pilot.press("escape")
        assert sitting(app, BLANK).effort.attempts == 0
        assert screen.query_one("#line", AnswerField).value == "grad_w2 = x"
        screen.query_one("#line").focus()
        await pilot.press("enter")
        await until(pilot, says(screen, "does not count"), "the judge's own error")
        assert sitting(app, BLANK).effort.attempts == 0
        await pilot.press("enter")
        await until(pilot, says(screen, "✓ accepted"))
        assert sitting(app, BLANK).effort.attempts == 1


async def test_a_try_that_cannot_be_kept_is_said_and_its_verdict_shown(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge_with(monkeypatch, Verdict.AC)
    app = make_app("en", only(BLANK))
    async with app.run_test(size=(80, 24)) as pilot:
        await open_review(app, pilot)
        screen = await solving(app, pilot)

        def full(*_: object) -> None:
            raise StoreFullError("there is no room left on the disk")

        with monkeypatch.context() as patch:
            patch.setattr(Recall, "tried", full)
            await pilot.press("x", "enter")
            await until(pilot, lambda: isinstance(app.screen, ErrorModal), "the error")
        await pilot.press("escape")
        assert "AC" in shown(screen.query_one(RunResult))
        assert says(screen, "not kept")()
        assert not screen._sitting.finished
        screen.query_one("#line").focus()
        await pilot.press("enter")
        await until(pilot, says(screen, "✓ accepted"))


async def test_a_run_can_be_stopped_and_is_no_try(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    running = threading.Event()

    def wait(
        _lab: Lab, exercise: Exercise, _source: str, _hear: object, stop: threading.Event, **_: object
    ) -> JudgeResult:
        running.set()
        assert stop.wait(20)
        return JudgeResult(exercise.id, Verdict.STOP)

    monkeypatch.setattr(Lab, "judge", wait)
    app = make_app("en", only(BLANK))
    async with app.run_test(size=(80, 24)) as pilot:
        await open_review(app, pilot)
        screen = await solving(app, pilot)
        await pilot.press("x", "enter")
        await until(pilot, running.is_set, "running")
        assert "recall.stop" in keys(screen)
        assert not {"recall.run", "recall.give_up", "recall.back"} & set(keys(screen))
        await pilot.press("escape")
        await until(pilot, says(screen, "does not count"), "stopped")
        running.clear()
        await pilot.press("enter")
        await until(pilot, running.is_set, "running again")
        await app.pop_screen()
        await until(pilot, lambda: sitting(app, BLANK).typed == "grad_w2 = x", "left while it runs")
        assert sitting(app, BLANK).effort.attempts == 0


async def test_a_megabyte_pasted(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    given = judge_with(monkeypatch, Verdict.CE)
    text = "x = '\x1b]52;c;x\x07[b]\ud800'\n" * 60_000
    app = make_app("en", only(DEPTH))
    async with app.run_test(size=(80, 24)) as pilot:
        await open_review(app, pilot)
        screen = await solving(app, pilot)
        app.post_message(events.Paste(text))
        await until(pilot, says(screen, "a program may have 256 KB"), "the bound")
        await pilot.press("f5")
        await until(pilot, says(screen, "not accepted yet"))
        assert len(given[0]) <= LONGEST_PROGRAM
        assert "\x1b" not in given[0]
        await pilot.press("escape")
        await until(pilot, lambda: len(sitting(app, DEPTH).typed or "") > 200_000, "kept")


async def test_a_megabyte_pasted_into_one_line(make_app: MakeApp) -> None:
    app = make_app("en", only(BLANK))
    async with app.run_test(size=(40, 10)) as pilot:
        await open_review(app, pilot)
        screen = await solving(app, pilot)
        app.post_message(events.Paste("\x1b]0;x\x07" + "y" * 1_000_000 + "\nz"))
        await pilot.pause()
        value = screen.query_one("#line", AnswerField).value
        assert len(value) <= 500
        assert "\x1b" not in value
        await pilot.resize_terminal(120, 40)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, ReviewScreen), "back")


async def test_an_exercise_that_is_gone_is_said_and_can_be_left(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_recall: Recall, card: str) -> None:
        raise StudybuddyError("the text of {card} is gone from the course", card=card)

    monkeypatch.setattr(Recall, "task", gone)
    app = make_app("en", only(DEPTH))
    async with app.run_test(size=(80, 24)) as pilot:
        review = await open_review(app, pilot)
        await pilot.press("space")
        await until(pilot, lambda: isinstance(app.screen, ErrorModal), "the error")
        assert "gone from the course" in " ".join(shown(app.screen).split())
        await pilot.press("escape")
        assert isinstance(app.screen, RecallScreen)
        await pilot.press("f5", "ctrl+t", "ctrl+g", "enter", "x", "escape")
        await until(pilot, lambda: app.screen is review and review._phase is Phase.ASKED, "back")
        assert sitting(app, DEPTH) == Sitting()
        await pilot.press("minus")
        await until(pilot, lambda: review._phase is Phase.OVER, "put aside")


async def test_a_plain_card_has_no_proposal(make_app: MakeApp) -> None:
    app = make_app("en", only("s3w10d1/card/upstream-gradient"))
    async with app.run_test(size=(80, 24)) as pilot:
        review = await open_review(app, pilot)
        await pilot.press("space")
        assert review._phase is Phase.TURNED
        assert "▸" not in shown(review.query_one(RatingBar))
        assert not review.has_class("-proposed")
        assert "review.take_good" in keys(review)
