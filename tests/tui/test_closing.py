from __future__ import annotations

from studybuddy.core.verdict import CaseResult, JudgeResult, Verdict
from studybuddy.study.wiring import Study
from studybuddy.tui.modals.small_numbers import SmallNumbersModal
from studybuddy.tui.screens.derivation import DerivationScreen
from studybuddy.tui.screens.lesson import LessonScreen
from tests.tui.conftest import LESSON, MakeApp
from tests.tui.waiting import shown, until


async def test_the_closing_names_the_learner_and_leads_to_the_derivation(make_app: MakeApp) -> None:
    app = make_app("en", before=lambda study: study.desk.prefer("name", "[b]小林"))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(LessonScreen(LESSON, f"{LESSON}/summary"))
        await until(pilot, lambda: "section 7 of 7" in shown(app.screen), "the summary")
        await pilot.press("G")
        await until(pilot, lambda: "Closing · for [b]小林" in shown(app.screen), "the name")
        assert "Action" in shown(app.screen)
        await pilot.press("shift+tab", "enter")
        await until(pilot, lambda: isinstance(app.screen, SmallNumbersModal), "expanded")
        assert "N = 2" in shown(app.screen)
        taken = app.study.now(lambda study: study.derivation.help(f"{LESSON}/linear-backward/local").taken)
        assert taken, "the way out counts as help"
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, DerivationScreen), "the desk")


def accept(study: Study, name: str) -> None:
    exercise = study.library.exercise(f"{LESSON}/{name}")
    cases = tuple(CaseResult(case.name, Verdict.AC) for case in exercise.cases)
    study.lab.record(exercise, exercise.reference, JudgeResult(exercise.id, Verdict.AC, cases=cases))


def detail(study: Study) -> tuple[bool, str]:
    plan = study.day.lesson_plan(study.desk.catalogue.lessons[0])
    section = next(section for section in plan.sections if section.id.endswith("/algorithm"))
    return section.done, section.detail.english()


async def test_the_challenge_has_a_badge_of_its_own(make_app: MakeApp) -> None:
    app = make_app("en")
    assert "challenge" not in app.study.now(detail)[1]
    app.study.now(lambda study: accept(study, "max-depth"))
    assert app.study.now(detail) == (True, "accepted · challenge open")
    app.study.now(lambda study: accept(study, "max-depth-bfs"))
    assert app.study.now(detail) == (True, "accepted · challenge ✓")
