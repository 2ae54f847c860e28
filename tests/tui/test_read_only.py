"""Data that can be read and not written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from studybuddy.core.card import Rating
from studybuddy.core.errors import StoreReadOnlyError
from studybuddy.core.event import EventKind
from studybuddy.i18n import use_language
from studybuddy.study.launch import Launch
from studybuddy.study.wiring import Study
from studybuddy.tui.app import StudybuddyApp
from studybuddy.tui.modals.error import ErrorModal
from studybuddy.tui.screens.today import TodayScreen
from studybuddy.tui.study_thread import StudyThread
from tests.tui.conftest import LESSON, NOW
from tests.tui.looking import settle, text_of
from tests.tui.waiting import until


@pytest.fixture
def seal(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """Makes every folder refuse to be written from now on, whoever runs the tests."""
    monkeypatch.setenv("STUDYBUDDY_NOW", NOW)
    monkeypatch.setenv("TERM", "xterm-256color")

    def refuse(folder: Path) -> None:
        raise StoreReadOnlyError("{path} cannot be written; nothing was saved", path=folder)

    yield lambda: monkeypatch.setattr("studybuddy.store.store.prepare_folder", refuse)
    use_language("en")


def test_without_data_there_is_nothing_to_look_at(tmp_path: Path, seal: Callable[[], None]) -> None:
    seal()
    thread = StudyThread(Launch(str(tmp_path), "en"))
    with pytest.raises(StoreReadOnlyError):
        thread.now(lambda study: study.day.plan())
    thread.close()


async def test_the_app_starts_and_says_that_nothing_is_saved(
    tmp_path: Path, seal: Callable[[], None]
) -> None:
    study = Study(Launch(str(tmp_path), "en"), writer="test")
    study.reading.mark_read(f"{LESSON}/theory")
    study.review.answer(f"{LESSON}/card/upstream-gradient", Rating.GOOD, 3000)
    study.close()
    seal()
    thread = StudyThread(Launch(str(tmp_path), "en"))
    app = StudybuddyApp(thread, thread.now(lambda study: study.day.plan()), welcome=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, TodayScreen), "nobody is asked what cannot be kept"
        assert "nothing will be saved" in text_of(app)
        await pilot.press("l")
        await settle(pilot)
        await pilot.press("n", "p")
        await settle(pilot)
        assert not isinstance(app.screen, ErrorModal), "reading on needs no saving"
        await pilot.press("m")
        await until(pilot, lambda: isinstance(app.screen, ErrorModal), "said")
        assert "nothing was saved" in " ".join(text_of(app).split())
        await pilot.press("escape", "q")
        await settle(pilot)
        await pilot.press("r")
        await settle(pilot)
        await pilot.press("space", "3")
        await until(pilot, lambda: isinstance(app.screen, ErrorModal), "said")
        await pilot.press("escape", "ctrl+l")
        await settle(pilot)
        assert "学习中" in text_of(app), "the language can be switched all the same"
        reviews = await app.study.ask(lambda study: list(study.desk.store.log.events(EventKind.REVIEW)))
        assert len(reviews) == 1
