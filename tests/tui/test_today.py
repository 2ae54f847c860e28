from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from studybuddy.core.card import Rating
from studybuddy.core.clock import FixedClock
from studybuddy.i18n import N_, _, day_name, language
from studybuddy.study.wiring import Study
from studybuddy.tui.agenda import REVIEW, Entry, EntryKind
from studybuddy.tui.app import StudybuddyApp
from studybuddy.tui.screens.checklist import ChecklistScreen
from studybuddy.tui.screens.lessons import LessonsScreen
from studybuddy.tui.screens.today import TodayScreen
from studybuddy.tui.widgets.key_line import KeyLine
from studybuddy.tui.widgets.status_line import StatusLine
from tests.tui.conftest import LESSON, NOW, MakeApp
from tests.tui.looking import lines_of, settle, text_of

THEORY = Entry(EntryKind.SECTION, f"{LESSON}/theory")


def _today(app: StudybuddyApp) -> TodayScreen:
    assert isinstance(app.screen, TodayScreen)
    return app.screen


def _three_days_in(study: Study) -> None:
    """A learner with cards due, a section read, and a tick by hand."""
    now = datetime.fromisoformat(NOW)
    study.desk.clock = FixedClock(now - timedelta(days=3))
    study.reading.mark_read(f"{LESSON}/theory")
    for _turn in range(5):
        turn = study.review.next()
        assert turn is not None
        study.review.answer(turn.card, Rating.EASY, 9000)
    study.checklist.tick(f"{LESSON}/code", "ran it on paper")
    study.desk.clock = FixedClock(now + timedelta(days=30))


def _all_done(study: Study) -> None:
    for item in ("math", "code", "interview", "algo"):
        study.checklist.tick(f"{LESSON}/{item}")
    for _turn in range(60):
        if (turn := study.review.next()) is None:
            return
        study.review.answer(turn.card, Rating.EASY, 2000)


async def test_the_first_morning_begins_with_the_first_section(app: StudybuddyApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        lines = lines_of(app)
        assert lines[0].startswith(" studybuddy")
        assert lines[0].rstrip().endswith(f"{day_name(date(2026, 11, 22))} · S3W10D1")
        text = "\n".join(lines)
        for words in ("理论知识", "算法练习", "[ ] Algo"):
            assert words in text
        for message in (N_("Review"), N_("Checklist"), N_("open"), N_("help"), N_("nothing due")):
            assert _(message) in text
        assert _("{done} of {total} sections", done=0, total=7) in text
        assert _today(app).cursor == THEORY
        assert next(line for line in lines if "▸" in line).split()[1:4] == ["▸", "1", "理论知识"]
        await pilot.press("enter")
        await settle(pilot)
        assert type(app.screen).__name__ == "LessonScreen"
        await pilot.press("escape")
        await settle(pilot)
        assert _today(app).cursor == THEORY


async def test_a_clock_that_was_set_back_is_said(make_app: MakeApp) -> None:
    def years_later(study: Study) -> None:
        now = datetime.fromisoformat(NOW)
        study.desk.clock = FixedClock(now + timedelta(days=4000))
        study.review.answer(f"{LESSON}/card/dw", Rating.GOOD)
        study.desk.clock = FixedClock(now)

    app = make_app("en", before=years_later)
    async with app.run_test(size=(80, 24)):
        assert "the clock is 4000 days behind your last entry" in text_of(app)
        assert "this now counts for 2026-11-22" in " ".join(text_of(app).split())


async def test_what_is_due_leads_and_states_are_said_in_words(make_app: MakeApp) -> None:
    app = make_app("en", before=_three_days_in)
    async with app.run_test(size=(120, 40)):
        text = text_of(app)
        assert _today(app).cursor == REVIEW
        assert "▸ Review" in text
        assert "5 due" in text
        assert "by you: ran it on paper" in text
        assert "✓ read" in text
        assert "1 of 4 ticked" in text
        both = next(line for line in lines_of(app) if "Review" in line)
        assert "1 Theory" in both, "wide: the two halves stand side by side"


async def test_the_cursor_walks_through_both_halves(app: StudybuddyApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        today = _today(app)
        await pilot.press("k")
        assert today.cursor == Entry(EntryKind.ITEM, f"{LESSON}/algo")
        await pilot.press(*["up"] * 9)
        assert today.cursor == REVIEW
        await pilot.press("tab")
        assert today.cursor == THEORY
        await pilot.press("down", "j", "left")
        assert today.cursor == Entry(EntryKind.CHECKLIST)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, ChecklistScreen)


@pytest.mark.parametrize(
    ("key", "screen"),
    [
        ("l", "LessonScreen"),
        ("d", "DerivationScreen"),
        ("t", "ChecklistScreen"),
        ("p", "LessonsScreen"),
        ("L", "LessonsScreen"),
        ("c", "LabScreen"),
        ("i", "InterviewScreen"),
    ],
)
async def test_a_key_opens_its_screen(app: StudybuddyApp, key: str, screen: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(key)
        await settle(pilot)
        assert type(app.screen).__name__ == screen


async def test_r_reviews_what_is_due_and_says_so_when_nothing_is(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("r")
        assert "Enter begins section 1" in text_of(app)
    app = make_app("en", before=_three_days_in)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await settle(pilot)
        assert type(app.screen).__name__ == "ReviewScreen"


async def test_the_first_day_says_how_to_begin_and_a_done_one_has_its_mark(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)):
        assert "Press Enter to read the first section" in text_of(app)
    app = make_app("en", before=_three_days_in)
    async with app.run_test(size=(80, 24)):
        assert "Press Enter" not in text_of(app)
    app = make_app("en", before=_all_done)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert "-- ✓ --" in text_of(app)
        assert "cards reviewed today." in text_of(app)


async def test_undo_says_what_was_undone(make_app: MakeApp) -> None:
    app = make_app("en", before=lambda study: study.checklist.tick(f"{LESSON}/math", "by heart"))
    async with app.run_test(size=(80, 24)) as pilot:
        assert "[+] Math" in text_of(app)
        await pilot.press("u")
        await settle(pilot)
        assert "[ ] Math" in text_of(app)
        assert "undone: tick of Math" in text_of(app)
        await pilot.press("u")
        await settle(pilot)
        assert "nothing to undo" in text_of(app)


async def test_what_changed_elsewhere_is_seen_on_coming_back(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("p")
        await settle(pilot)
        await app.study.ask(lambda study: study.reading.mark_read(f"{LESSON}/theory"))
        await pilot.press("escape")
        await settle(pilot)
        assert "1 of 7 sections" in text_of(app)
        assert "new" in text_of(app)
        assert _today(app).cursor == Entry(EntryKind.SECTION, f"{LESSON}/code")


async def test_a_done_day_says_what_comes_tomorrow(make_app: MakeApp) -> None:
    app = make_app("en", before=_all_done)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "✓ complete" in text_of(app)
        assert "Done for today." in text_of(app)
        await pilot.press("enter")
        await settle(pilot)
        assert "Done for today." in text_of(app), "Enter has nothing left to do and stays quiet"
        assert isinstance(app.screen, TodayScreen)


async def test_the_plan_turns_with_the_study_day(make_app: MakeApp) -> None:
    app = make_app("en", before=_all_done)
    async with app.run_test(size=(80, 24)) as pilot:
        today = _today(app)
        late = datetime.fromisoformat("2026-11-23T03:59:00+08:00")
        await app.study.ask(lambda study: setattr(study.desk, "clock", FixedClock(late)))
        today.look_at_the_day()
        await settle(pilot)
        assert "Sun 22 Nov" in text_of(app)
        turned = FixedClock(late + timedelta(minutes=2))
        await app.study.ask(lambda study: setattr(study.desk, "clock", turned))
        today.look_at_the_day()
        await settle(pilot)
        assert "Mon 23 Nov" in text_of(app)


async def test_the_language_switches_at_once_and_the_cursor_stays(app: StudybuddyApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "down")
        here = _today(app).cursor
        await pilot.press("ctrl+l")
        await settle(pilot)
        assert language() == "en"
        assert "Mock Interview" in text_of(app)
        assert "模拟面试" not in text_of(app)
        assert _today(app).cursor == here
        await pilot.press("ctrl+l")
        await settle(pilot)
        assert language() == "zh"
        assert "模拟面试" in text_of(app)


async def test_a_click_opens_what_it_hits(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.click("#day", offset=(10, 3))
        await settle(pilot)
        assert isinstance(app.screen, ChecklistScreen)
        await pilot.press("escape")
        await settle(pilot)
        keys = lines_of(app)[-1]
        await pilot.click(KeyLine, offset=(keys.index("pick"), 0))
        await settle(pilot)
        assert isinstance(app.screen, LessonsScreen)


async def test_a_failing_question_is_told_and_the_app_goes_on(
    app: StudybuddyApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_study: Study) -> None:
        raise OSError("the disk is gone")

    async with app.run_test(size=(80, 24)) as pilot:
        monkeypatch.setattr("studybuddy.study.review.Review.undo", lambda self: fails(self))
        await pilot.press("u")
        for _time in range(5):
            await pilot.pause()
        assert "the disk is gone" in text_of(app)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)
        assert app.screen.query_one(StatusLine).phrase is None
