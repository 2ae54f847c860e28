from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Static, TextArea

from studybuddy.core.card import CardState, Rating
from studybuddy.core.clock import FixedClock
from studybuddy.core.errors import StoreFullError, StudybuddyError
from studybuddy.core.event import EventKind
from studybuddy.core.phrase import Phrase
from studybuddy.i18n import say
from studybuddy.study.library import Library
from studybuddy.study.review import Review
from studybuddy.study.wiring import Study
from studybuddy.tui.app import StudybuddyApp
from studybuddy.tui.modals.add_card import AddCardModal
from studybuddy.tui.modals.edit_card import EditCardModal
from studybuddy.tui.modals.error import ErrorModal
from studybuddy.tui.screens.review import ReviewScreen
from studybuddy.tui.screens.review_table import Phase
from studybuddy.tui.widgets.card_view import CardView
from studybuddy.tui.widgets.rating_bar import RatingBar
from studybuddy.tui.widgets.review_end import ReviewEnd
from studybuddy.tui.widgets.status_line import StatusLine
from studybuddy.tui.widgets.title_line import TitleLine
from tests.tui.conftest import NOW, MakeApp
from tests.tui.waiting import shown, until

MORNING = datetime.fromisoformat(NOW)
BASIC = "s3w10d1/card/upstream-gradient"
TYPED = "s3w10d1/card/vector-jacobian-product"


def theory(study: Study) -> None:
    study.reading.mark_read("s3w10d1/theory")


def only(card: str) -> Any:
    """Leaves one card of the theory in the queue."""

    def prepare(study: Study) -> None:
        theory(study)
        for other in study.desk.catalogue.cards_of_section("s3w10d1/theory"):
            if other != card:
                study.review.suspend(other)

    return prepare


async def open_review(app: StudybuddyApp, pilot: Pilot[None]) -> ReviewScreen:
    await app.push_screen(ReviewScreen())
    screen = app.screen
    assert isinstance(screen, ReviewScreen)
    await until(pilot, lambda: screen._phase is not Phase.BUSY, "a card or the end")
    return screen


async def settled(screen: ReviewScreen, pilot: Pilot[None], phase: Phase) -> None:
    await until(pilot, lambda: screen._phase is phase, f"{phase}, is {screen._phase}")


def card_of(screen: ReviewScreen) -> str:
    assert screen._drawn is not None
    return screen._drawn.card


def reviews(app: StudybuddyApp) -> list[tuple[str, int, int]]:
    return app.study.now(
        lambda study: [
            (e.subject, e.body["rating"], e.body["elapsed_ms"])
            for e in study.desk.store.log.events(EventKind.REVIEW)
        ]
    )


def keys(screen: ReviewScreen) -> list[str]:
    return [command.id for command in screen.commands() if command.footer]


async def test_the_key_that_turned_a_card_answers_good(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app("en", theory)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_review(app, pilot)
        first = card_of(screen)
        monkeypatch.setattr("studybuddy.tui.screens.review.GLANCE_S", 3600)
        await pilot.press("space", "space", "enter")
        assert screen._phase is Phase.TURNED, "a key that is held down answers nothing"
        assert keys(screen)[0] == "review.take_good"
        monkeypatch.setattr("studybuddy.tui.screens.review.GLANCE_S", 0)
        await pilot.press("space")
        await settled(screen, pilot, Phase.ASKED)
        assert [(card, rating) for card, rating, _ in reviews(app)] == [(first, 3)]


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("at", "is asked again"),
        ("minus", "is asked again"),
        ("exclamation_mark", "undone: flag of"),
    ],
)
async def test_what_was_done_to_a_card_is_taken_back_by_name(make_app: MakeApp, key: str, said: str) -> None:
    app = make_app("en", only(BASIC))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_review(app, pilot)
        await pilot.press(key)
        await until(pilot, lambda: screen._phase is not Phase.BUSY, "done")
        await pilot.press("u")
        await until(pilot, lambda: said in shown(screen.query_one(StatusLine)), said)
        assert card_of(screen) == BASIC


async def test_editing_begins_at_the_end_of_the_front(make_app: MakeApp) -> None:
    app = make_app("en", only(BASIC))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_review(app, pilot)
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.screen, EditCardModal) and app.focused, "the window")
        assert screen.is_mounted
        field = app.focused
        assert isinstance(field, TextArea)
        assert field.id == "front"
        assert field.cursor_location == field.document.end


async def test_a_session_from_the_first_card_to_the_next(make_app: MakeApp) -> None:
    app = make_app("en", theory)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_review(app, pilot)
        first = card_of(screen)
        assert "learning 0 · due 0 · new 6" in shown(screen.query_one(TitleLine))
        assert "new card · S3W10D1 · Theory" in shown(screen)
        assert "chain rule" not in shown(screen)
        await pilot.press("3")
        assert reviews(app) == [], "no rating before the answer was seen"
        assert not {"review.bury", "review.lesson", "review.reveal"} - set(keys(screen))

        await pilot.press("space")
        assert "chain rule" in shown(screen)
        bar = shown(screen.query_one(RatingBar))
        assert all(
            text in bar for text in ("1 Again", "2 Hard", "3 Good", "4 Easy", "1 min", "5 min 30 s", "10 min")
        )
        assert "review.reveal" not in keys(screen)
        await pilot.press("3", "3")
        await settled(screen, pilot, Phase.ASKED)
        assert [(card, rating) for card, rating, _ in reviews(app)] == [(first, 3)], "recorded once"
        assert reviews(app)[0][2] > 0
        assert card_of(screen) != first
        assert "learning 1 · due 0 · new 5" in shown(screen.query_one(TitleLine))

        await pilot.press("u")
        await until(pilot, lambda: card_of(screen) == first, "back at the card")
        assert "undone" in shown(screen.query_one(StatusLine))
        assert reviews(app) == []
        await pilot.press("u")
        await until(pilot, lambda: "not done in a review" in shown(screen.query_one(StatusLine)), "said")
        assert card_of(screen) == first


@pytest.mark.parametrize("rating", list(Rating))
async def test_the_interval_shown_is_the_one_then_got(make_app: MakeApp, rating: Rating) -> None:
    def prepare(study: Study) -> None:
        only(BASIC)(study)
        study.review.answer(BASIC, Rating.EASY)
        due = study.review.turn_of(BASIC).memory.due_day
        assert due is not None
        study.desk.clock = FixedClock(MORNING + timedelta(days=(due - MORNING.date()).days + 3))

    app = make_app("en", prepare)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_review(app, pilot)
        await pilot.press("space")
        promised = screen.query_one(RatingBar).intervals
        assert promised is not None
        now = app.study.now(lambda study: study.desk.now())
        await pilot.press(str(int(rating)))
        await until(pilot, lambda: len(reviews(app)) == 2, "recorded")
        memory = app.study.now(lambda study: study.review.turn_of(BASIC).memory)
        if memory.due_at is not None:
            minutes, seconds = divmod(round((memory.due_at - now).total_seconds()), 60)
            assert say(promised[rating]) == f"{minutes} min" + (f" {seconds} s" if seconds else "")
        else:
            assert memory.due_day is not None
            days = (memory.due_day - now.date()).days
            said = say(promised[rating])
            assert said in (f"{days} days", f"{days / 30.44:.1f} months")


async def test_typed_answers(make_app: MakeApp) -> None:
    app = make_app("en", only(TYPED))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_review(app, pilot)
        table = screen.query_one(CardView)
        assert table.field.has_focus
        assert "review.submit" in keys(screen)
        assert "app.back" not in keys(screen)
        await pilot.press(*"vj3", "backspace", "p", "enter")
        assert table.turned
        page = shown(table)
        assert "your answer  vjp" in page
        assert "✓ right" in page
        assert "vector–Jacobian product" in page
        await pilot.press("1")
        await until(pilot, lambda: len(reviews(app)) == 1, "rated all the same")
        await settled(screen, pilot, Phase.ASKED)

        assert table.field.value == ""
        app.post_message(events.Paste("\x1b[31mgradient\x07 [b]"))
        await until(pilot, lambda: table.field.value != "", "pasted")
        await pilot.press("enter")
        page = shown(table)
        assert "✗ wrong       “␛[31mgradient␇ [b]” instead of “VJP”" in page
        assert "right answer" in page
        assert "wrong" in str(screen.query_one("#reason", Static).render())
        assert screen.query_one(RatingBar).proposed is Rating.AGAIN
        assert "[31mgradient" in page
        assert "[b]" in page
        assert "\x1b" not in page
        await pilot.press("1")
        await settled(screen, pilot, Phase.ASKED)

        await pilot.press("enter")
        assert table.turned
        assert "your answer" not in shown(table), "answered in the head"
        await pilot.press("1")
        await settled(screen, pilot, Phase.ASKED)

        await pilot.press("x", "escape")
        assert app.screen is screen, "the first Escape leaves the field only"
        assert not table.field.has_focus
        assert "app.back" in keys(screen)
        assert {"review.undo", "review.add", "review.enter_field"} <= set(keys(screen))
        await pilot.press("3", "z")
        assert table.field.value == "x", "letters are commands now"
        assert not table.field.has_focus
        await pilot.press("enter", "u", "3")
        assert table.field.has_focus
        assert table.field.value == "xu3", "letters are an answer, no commands"
        assert len(reviews(app)) == 3
        await pilot.press("ctrl+z")
        await until(pilot, lambda: len(reviews(app)) == 2, "undone from the field")
        await settled(screen, pilot, Phase.ASKED)
        await pilot.press("escape", "u")
        await until(pilot, lambda: len(reviews(app)) == 1, "undone by the letter beside the field")
        await settled(screen, pilot, Phase.ASKED)
        await pilot.press("z")
        assert table.field.value.endswith("z"), "a card just shown takes letters"
        await pilot.press("escape", "space")
        assert table.turned, "Space shows the answer from beside the field"
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is not screen, "left")


async def test_a_full_disk_keeps_the_card(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app("en", theory)

    def refuse(*_: object, **__: object) -> None:
        raise StoreFullError("the disk is full; nothing was saved. Free some space and try again")

    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_review(app, pilot)
        first = card_of(screen)
        await pilot.press("space")
        deeds = (("answer", "3"), ("undo_reviewing", "u"), ("bury", "minus"), ("flag", "exclamation_mark"))
        for method, key in deeds:
            with monkeypatch.context() as full:
                full.setattr(Review, method, refuse)
                await pilot.press(key)
                await until(pilot, lambda: isinstance(app.screen, ErrorModal), f"the error of {method}")
                assert "disk is full" in shown(app.screen)
                await pilot.press("enter")
            assert card_of(screen) == first
            assert screen.query_one(CardView).turned
            assert screen._phase is Phase.TURNED
            assert "3 Good" in shown(screen.query_one(RatingBar))
        assert reviews(app) == []
        await pilot.press("3")
        await settled(screen, pilot, Phase.ASKED)
        assert [card for card, *_ in reviews(app)] == [first], "the retry works"


async def test_bury_suspend_flag_and_back(make_app: MakeApp) -> None:
    app = make_app("en", theory)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_review(app, pilot)
        first = card_of(screen)
        for key in ("minus", "at"):
            await pilot.press(key)
            await until(pilot, lambda: card_of(screen) != first, "the next card")
            assert "new 5" in shown(screen.query_one(TitleLine))
            await pilot.press("u")
            await until(pilot, lambda: card_of(screen) == first, "taken back")
            await settled(screen, pilot, Phase.ASKED)
        await pilot.press("exclamation_mark")
        await until(pilot, lambda: "flagged !" in shown(screen), "flagged")
        assert app.study.now(lambda study: study.review.flagged(first))
        await pilot.press("exclamation_mark")
        await until(pilot, lambda: "flagged" not in shown(screen), "lifted")


async def test_the_end_says_what_comes_and_notices_a_step_that_is_due(make_app: MakeApp) -> None:
    app = make_app("en", only(BASIC))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_review(app, pilot)
        await pilot.press("space", "4")
        await settled(screen, pilot, Phase.OVER)
        end = shown(screen.query_one(ReviewEnd))
        assert "That is all for now" in end
        assert "1 answer" in end
        assert "next review  in" in end
        assert "on with the lesson: " in end
        assert "review.onward" in keys(screen)
        assert "review.resume" not in keys(screen)

        app.study.now(lambda study: study.reading.mark_read("s3w10d1/algorithm"))
        screen._look_again()
        await until(pilot, lambda: screen._due_again, "a card is due")
        assert "Space shows it" in shown(screen.query_one(StatusLine))
        assert screen._drawn is None, "it is not drawn before the learner wants it"
        await pilot.press("space")
        await settled(screen, pilot, Phase.ASKED)
        await pilot.press("minus")
        await until(pilot, lambda: screen._drawn is not None, "the next")


async def test_a_learning_step_is_waited_for(make_app: MakeApp) -> None:
    def patient(study: Study) -> None:
        only(BASIC)(study)
        study.desk.prefer("learn_ahead", 0)

    app = make_app("en", patient)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_review(app, pilot)
        await pilot.press("space", "3")
        await settled(screen, pilot, Phase.OVER)
        assert "a card is due in 10 min" in shown(screen.query_one(ReviewEnd))

        def later(minutes: float) -> None:
            app.study.now(
                lambda study: setattr(study.desk, "clock", FixedClock(MORNING + timedelta(minutes=minutes)))
            )

        later(4)
        screen._look_again()
        await until(
            pilot, lambda: "a card is due in 6" in shown(screen.query_one(ReviewEnd)), "the wait shrinks"
        )
        later(11)
        screen._look_again()
        await until(pilot, lambda: screen._due_again, "it is due")
        await pilot.press("space")
        await settled(screen, pilot, Phase.ASKED)
        assert card_of(screen) == BASIC
        assert "learning ·" in shown(screen)


async def test_an_empty_course_of_cards(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_review(app, pilot)
        end = shown(screen.query_one(ReviewEnd))
        assert "Nothing is due" in end
        assert "sections you have read" in end
        await pilot.press("space", "3", "minus")
        assert screen._phase is Phase.OVER


async def test_a_day_that_turns_between_question_and_answer(make_app: MakeApp) -> None:
    def prepare(study: Study) -> None:
        only(BASIC)(study)
        study.review.answer(BASIC, Rating.EASY)
        due = study.review.turn_of(BASIC).memory.due_day
        assert due is not None
        study.desk.clock = FixedClock(
            MORNING.replace(hour=3, minute=59) + timedelta(days=(due - MORNING.date()).days + 1)
        )

    app = make_app("en", prepare)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_review(app, pilot)
        await pilot.press("space")
        assert screen._drawn is not None
        shown_days = dict(screen._drawn.promise.days)
        moved = app.study.now(lambda study: study.desk.now()) + timedelta(days=20)
        app.study.now(lambda study: setattr(study.desk, "clock", FixedClock(moved)))
        await pilot.press("3")
        await until(pilot, lambda: screen.query_one(StatusLine).has_class("-warn"), "said")
        assert len(reviews(app)) == 1, "not recorded under another interval than shown"
        assert screen._drawn.promise.days[Rating.GOOD] != shown_days[Rating.GOOD]
        await pilot.press("3")
        await until(pilot, lambda: len(reviews(app)) == 2, "recorded with the new one")


async def test_a_card_that_cannot_be_read_can_be_put_aside(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app("en", theory)
    real = Library.lesson

    def broken(library: Library, identifier: str) -> Any:
        if identifier.endswith("/backprop"):
            raise StudybuddyError("this lesson has an error: {error}", error="lesson.en.md:3: [b]x\x1b[2J")
        return real(library, identifier)

    monkeypatch.setattr(Library, "lesson", broken)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_review(app, pilot)
        page = shown(screen)
        assert "this lesson has an error: lesson.en.md:3: [b]x" in page
        assert "\x1b" not in page
        assert "review.reveal" not in keys(screen)
        await pilot.press("space", "3", "o")
        assert app.screen is screen
        assert reviews(app) == []
        await pilot.press("minus")
        await until(pilot, lambda: "upstream gradient" in shown(screen), "the next card")


async def test_a_switch_of_language_keeps_what_was_typed_and_turned(make_app: MakeApp) -> None:
    app = make_app("zh", only(TYPED))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_review(app, pilot)
        table = screen.query_one(CardView)
        assert "准确名称" in shown(table)
        await pilot.press(*"vj", "ctrl+l")
        await until(pilot, lambda: "With matrices" in shown(table), "the question in English")
        assert table.field.value == "vj"
        assert table.field.has_focus
        await pilot.press("enter", "ctrl+l")
        await until(pilot, lambda: "准确名称" in shown(table), "back in Chinese")
        assert "vj" in shown(table)
        assert table.turned
        assert screen._phase is Phase.TURNED
        await pilot.press("2")
        await until(pilot, lambda: len(reviews(app)) == 1, "rated")


async def test_the_lesson_behind_a_card_and_back(make_app: MakeApp) -> None:
    from studybuddy.tui.screens.lesson import LessonScreen

    app = make_app("en", theory)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_review(app, pilot)
        first = card_of(screen)
        await pilot.press("space", "o")
        await until(pilot, lambda: isinstance(app.screen, LessonScreen), "the lesson")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen, "back")
        assert card_of(screen) == first
        assert screen._phase is Phase.TURNED
        await pilot.press("3")
        await settled(screen, pilot, Phase.ASKED)
        assert len(reviews(app)) == 1


async def test_interview_questions_are_reviewed_too_and_clicks_rate(make_app: MakeApp) -> None:
    def prepare(study: Study) -> None:
        theory(study)
        for card in study.desk.catalogue.cards_of_section("s3w10d1/theory"):
            study.review.suspend(card)
        study.reading.mark_read("s3w10d1/interview")

    app = make_app("zh", prepare)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await open_review(app, pilot)
        seen: set[str] = set()
        while screen._phase is not Phase.OVER and len(seen) < 3:
            seen.add(card_of(screen))
            await pilot.press("enter")
            await settled(screen, pilot, Phase.TURNED)
            bar = screen.query_one(RatingBar)
            assert await pilot.click(bar, offset=(bar.size.width - 4, 1))
            await until(pilot, lambda: len(reviews(app)) == len(seen), "clicked Easy")
            await until(pilot, lambda: screen._phase in (Phase.ASKED, Phase.OVER), "the next")
        assert all(rating == 4 for _, rating, _ in reviews(app))


async def test_the_points_of_a_question_are_found_in_what_is_typed(make_app: MakeApp) -> None:
    def prepare(study: Study) -> None:
        study.reading.mark_read("s3w10d1/interview")
        for card in study.desk.catalogue.cards_of_section("s3w10d1/interview"):
            if not card.endswith("/q1"):
                study.review.suspend(card)

    app = make_app("zh", prepare)
    async with app.run_test(size=(80, 30)) as pilot:
        screen = await open_review(app, pilot)
        assert card_of(screen) == "s3w10d1/q1"
        screen.query_one(CardView).field.value = "h 为 0，梯度都为 0，会退化成线性模型"
        screen.query_one(CardView).field.focus()
        await pilot.press("enter")
        await settled(screen, pilot, Phase.TURNED)
        assert "“线性模型”" in shown(screen.query_one(CardView))
        assert "“h 为 0”" in shown(screen.query_one(CardView))
        assert screen.query_one(RatingBar).proposed is Rating.HARD
        await pilot.press("3")
        await until(pilot, lambda: reviews(app), "the learner decides")
        assert [rating for _card, rating, _day in reviews(app)] == [3]


@pytest.mark.parametrize("size", [(40, 10), (60, 16), (100, 30), (200, 60)])
async def test_every_size_of_terminal(make_app: MakeApp, size: tuple[int, int]) -> None:
    app = make_app("zh", theory)
    async with app.run_test(size=size) as pilot:
        screen = await open_review(app, pilot)
        table = screen.query_one(CardView)
        top = table.query_one("#front").region.y
        assert "反向传播" in shown(table)
        await pilot.press("space")
        assert "链式法则" in shown(table) or size[1] < 16
        if size[1] >= 30:
            assert table.query_one("#front").region.y == top, "the question stays where it is"
            assert top < size[1] // 2
        await pilot.resize_terminal(size[0] // 2 + 20, size[1])
        await pilot.press("down", "pagedown", "3")
        await settled(screen, pilot, Phase.ASKED)
        assert len(reviews(app)) == 1


def test_every_state_of_a_card_has_a_word() -> None:
    from studybuddy.study.outcome_words import CARD_STATE_WORDS

    assert set(CARD_STATE_WORDS) == set(CardState)
    assert all(say(Phrase(words)) for words in CARD_STATE_WORDS.values())


async def test_a_card_of_ones_own_and_other_words_for_the_present_one(make_app: MakeApp) -> None:
    app = make_app("en", theory)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_review(app, pilot)
        first = card_of(screen)
        status = screen.query_one(StatusLine)
        await pilot.press("space", "a")
        await until(pilot, lambda: isinstance(app.screen, AddCardModal), "a window to write in")
        await until(pilot, lambda: app.screen.query_one("#front").has_focus, "the first field")
        await pilot.press("q", "tab", "a", "ctrl+s")
        await until(pilot, lambda: app.screen is screen and "u takes it back" in shown(status), "saved")
        assert len(app.study.now(lambda study: study.own_cards.ids())) == 1
        assert card_of(screen) == first
        assert "new 7" in shown(screen.query_one(TitleLine))
        await pilot.press("u")
        await until(pilot, lambda: not app.study.now(lambda study: study.own_cards.ids()), "taken back")

        await settled(screen, pilot, Phase.TURNED)
        assert card_of(screen) == first
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.screen, EditCardModal), "its words")
        await until(pilot, lambda: app.screen.query_one("#front").has_focus, "the words are there")
        assert "chain rule" in app.screen.query_one("#front", TextArea).text
        await pilot.press("tab", "Z", "escape")
        await until(pilot, lambda: app.screen is screen, "not now")
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.screen, EditCardModal), "again")
        await until(pilot, lambda: app.screen.query_one("#front").has_focus, "again")
        assert app.screen.query_one("#back", TextArea).text.startswith("Z"), "what was typed is kept"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.screen is screen and "your words" in shown(status), "saved")
        await pilot.press("space")
        assert "ZOne backward pass" in shown(screen)
        await pilot.press("u")
        await until(pilot, lambda: "undone" in shown(status), "undone")
        await settled(screen, pilot, Phase.ASKED)
        await pilot.press("space")
        assert "ZOne" not in shown(screen)


async def test_undo_leaves_alone_what_was_done_elsewhere(make_app: MakeApp) -> None:
    def prepare(study: Study) -> None:
        theory(study)
        study.checklist.tick("s3w10d1/interview", "because")

    app = make_app("en", prepare)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_review(app, pilot)
        await pilot.press("u")
        status = screen.query_one(StatusLine)
        await until(
            pilot,
            lambda: "the last thing was not done in a review; u on Today takes it back" in shown(status),
            "said",
        )
        assert app.study.now(lambda s: s.desk.store.log.latest(EventKind.TICK, "s3w10d1/interview"))


@pytest.mark.parametrize(("source", "leads"), [("", False), ("s3w10d1/theory", True)])
async def test_a_card_from_nowhere_offers_no_lesson(make_app: MakeApp, source: str, leads: bool) -> None:
    app = make_app("en", before=lambda study: study.own_cards.add("front", "back", (), source))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_review(app, pilot)
        assert any(command.id == "review.lesson" for command in screen.commands()) is leads
        await pilot.press("o")
        await until(pilot, lambda: (app.screen is not screen) is leads, "where o leads")
        assert not isinstance(app.screen, ErrorModal)
