from __future__ import annotations

from textual.widgets import Input

from studybuddy.core.checklist import TickedBy, TickState
from studybuddy.core.event import EventKind
from studybuddy.study.derivation import StepResult
from studybuddy.study.wiring import Study
from studybuddy.tui.agenda import Entry, EntryKind
from studybuddy.tui.modals.reason import LONGEST_REASON, ReasonModal
from studybuddy.tui.screens.checklist import ChecklistScreen
from studybuddy.tui.screens.today import TodayScreen
from tests.tui.conftest import LESSON, MakeApp
from tests.tui.looking import opened, settle, text_of

STEPS = ("local", "element")


def _item(name: str) -> Entry:
    return Entry(EntryKind.ITEM, f"{LESSON}/{name}")


def _two_steps(study: Study) -> None:
    for step in STEPS:
        study.derivation.judge(f"{LESSON}/linear-backward/{step}", "X", StepResult.UNAIDED)


async def test_an_item_is_ticked_by_hand_with_a_reason_and_taken_back(make_app: MakeApp) -> None:
    app = make_app("en", before=_two_steps)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("t")
        await settle(pilot)
        screen = app.screen
        assert isinstance(screen, ChecklistScreen)
        assert screen.cursor == _item("math")
        text = text_of(app)
        assert "[~] Math" in text
        assert "2 of 5 steps by your own judgement" in text
        assert "ticks itself when each step is derived without help" in text

        await pilot.press("enter")
        await opened(pilot)
        assert isinstance(app.screen, ReasonModal)
        await pilot.press(*"[b]on paper")
        await pilot.press("enter")
        await settle(pilot)
        assert "[+] Math" in text_of(app)
        assert "by you: [b]on paper" in text_of(app)
        status = await app.study.ask(lambda s: s.checklist.statuses(s.desk.catalogue.lessons[0])[0])
        assert (status.state, status.by, status.reason) == (
            TickState.MANUAL,
            TickedBy.LEARNER,
            "[b]on paper",
        )

        await pilot.press("u")
        await settle(pilot)
        assert "[~] Math" in text_of(app)
        assert "undone: tick of Math" in text_of(app)

        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, TodayScreen)


async def test_unticking_asks_too_and_says_whose_word_it_is(make_app: MakeApp) -> None:
    app = make_app("en", before=lambda study: study.checklist.tick(f"{LESSON}/algo"))
    async with app.run_test(size=(80, 24)) as pilot:
        lesson = app._first_plan.lesson
        assert lesson is not None
        await app.push_screen(ChecklistScreen(lesson, f"{LESSON}/algo"))
        await settle(pilot)
        screen = app.screen
        assert isinstance(screen, ChecklistScreen)
        assert screen.cursor == _item("algo")
        assert "[+] Algo" in text_of(app)
        await pilot.press("space")
        await opened(pilot)
        assert "Untick Algo?" in text_of(app)
        await pilot.press("enter")
        await settle(pilot)
        assert "[ ] Algo" in text_of(app)
        assert "unticked by you" in text_of(app)


async def test_thinking_better_of_it_records_nothing(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("t")
        await settle(pilot)
        await pilot.press("j", "enter")
        await opened(pilot)
        await pilot.press(*"no")
        await pilot.press("escape")
        await settle(pilot)
        ticks = await app.study.ask(lambda study: list(study.desk.store.log.events(EventKind.TICK)))
        assert ticks == []
        assert isinstance(app.screen, ChecklistScreen)


async def test_a_full_list_is_celebrated_quietly(make_app: MakeApp) -> None:
    def nearly(study: Study) -> None:
        for item in ("math", "code", "interview"):
            study.checklist.tick(f"{LESSON}/{item}")

    app = make_app("en", before=nearly)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("t")
        await settle(pilot)
        assert "Well done" not in text_of(app)
        await pilot.press("enter")
        await opened(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert "✓ Everything on the list is done." in text_of(app)


async def test_typing_ahead_asks_once_and_never_crashes(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        for key in ("t", "space", "space", "0", "enter"):
            app.simulate_key(key)
        for _ in range(20):
            await pilot.pause(0.02)
        assert len([screen for screen in app.screen_stack if isinstance(screen, ReasonModal)]) <= 1
        await pilot.press("escape", "escape")
        await settle(pilot)
        for key in ("t", "enter", "escape", "enter", "enter", "enter"):
            app.simulate_key(key)
        for _ in range(20):
            await pilot.pause(0.02)
        assert isinstance(app.screen_stack[0], TodayScreen)
        assert app.return_code is None, "the app runs on"


async def test_the_language_switches_while_a_reason_is_typed(make_app: MakeApp) -> None:
    app = make_app("zh")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("t")
        await settle(pilot)
        assert "凭记忆回答" in text_of(app)
        await pilot.press("enter")
        await opened(pilot)
        await pilot.press(*"why")
        await pilot.press("ctrl+l")
        for _ in range(10):
            await pilot.pause(0.02)
        typed = app.screen.query_one(Input)
        assert typed.value == "why"
        typed.value = "长" * 1000
        await pilot.press("escape")
        await settle(pilot)
        assert "from memory" in text_of(app)
        assert typed.max_length == LONGEST_REASON


async def test_a_small_terminal_scrolls_with_the_cursor(make_app: MakeApp) -> None:
    app = make_app("zh")
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.press("t")
        await settle(pilot)
        await pilot.press("j", "j", "j")
        await pilot.pause()
        assert "▸ [ ] Algo" in text_of(app)
