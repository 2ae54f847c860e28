"""Answers to derivation steps: what becomes an event, what help does to it, and what undo leaves."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

import pytest

from studybuddy.core.derivation import Judgement
from studybuddy.core.errors import ContentError, UnknownIdError
from studybuddy.core.event import EventKind
from studybuddy.store.schema import PROJECTIONS
from studybuddy.study.checking import judge_step
from studybuddy.study.derivation import StepResult
from studybuddy.study.undoing import undo
from studybuddy.study.wiring import Study
from tests.study.conftest import DAY_ONE, set_clock

LINEAR = "s3w10d1/linear-backward"
DW = f"{LINEAR}/dw"
RIGHT, WRONG, UNREADABLE = r"X^\top \delta_Z", r"X \delta_Z", "X^{"


def events(study: Study, step: str = DW) -> list[dict[str, object]]:
    return [event.body for event in study.desk.store.log.events(EventKind.STEP, step)]


def tables(study: Study) -> dict[str, list[tuple[object, ...]]]:
    connection = sqlite3.connect(study.desk.store.path)
    found = {name: sorted(connection.execute(f"SELECT * FROM {name}").fetchall()) for name in PROJECTIONS}
    connection.close()
    return found


def test_what_was_read_is_an_event_and_what_was_not_costs_nothing(study: Study) -> None:
    assert study.derivation.submit("linear-backward", "dw", UNREADABLE).judgement is Judgement.UNREADABLE
    assert events(study) == []
    assert study.derivation.answer(DW) == UNREADABLE, "but it is kept as a draft"
    assert study.derivation.submit("linear-backward", "dw", WRONG, elapsed_ms=4000).reason is not None
    assert study.derivation.standing(DW).wrong == 1
    assert study.derivation.result(DW) is None, "still open"
    assert study.derivation.submit(LINEAR, DW, RIGHT, elapsed_ms=-5).right
    wrong, right = events(study)
    assert (wrong["result"], wrong["verdict"], wrong["by"]) == ("missed", "wrong", "checker")
    assert (wrong["answer"], wrong["attempts"], wrong["elapsed_ms"]) == (WRONG, 1, 4000)
    assert (right["result"], right["verdict"], right["attempts"]) == ("unaided", "right", 2)
    assert right["elapsed_ms"] == 0
    newest, first = study.derivation.history(DW)
    assert (newest.judgement, newest.answer, newest.attempts) == (Judgement.RIGHT, RIGHT, 2)
    assert (first.judgement, first.result, first.elapsed_ms) == (Judgement.WRONG, StepResult.MISSED, 4000)


def test_the_same_answer_sent_twice_is_one(study: Study) -> None:
    for _ in range(2):
        study.derivation.submit("linear-backward", "dw", WRONG)
    for _ in range(3):
        study.derivation.submit("linear-backward", "dw", RIGHT)
    assert [body["verdict"] for body in events(study)] == ["wrong", "right"]
    study.derivation.submit("linear-backward", "dw", "X.T @ dZ")
    assert len(events(study)) == 3, "another notation is another answer"


def test_judging_needs_no_data_and_keeping_no_checker(study: Study) -> None:
    derivation, step = study.derivations.find(DW)
    verdict = judge_step(derivation, step, RIGHT)
    assert events(study) == []
    kept = study.derivation.keep(DW, RIGHT, verdict, hints=1)
    assert kept is not None
    assert kept.result is StepResult.AIDED, "the caller counted a hint"


@pytest.mark.parametrize("helped", ["hint", "advice", "way out", "reveal"])
def test_help_of_any_kind_makes_a_step_aided(study: Study, helped: str) -> None:
    desk = study.derivation
    taken = {
        "hint": lambda: desk.take_hint(DW, 2),
        "advice": lambda: desk.take_advice(DW),
        "way out": lambda: desk.take_way_out(DW),
        "reveal": lambda: desk.reveal(DW),
    }[helped]()
    assert taken == desk.help(DW), "and is remembered when the screen is left"
    desk.submit("linear-backward", "dw", RIGHT)
    assert desk.result(DW) is StepResult.AIDED
    assert events(study)[0]["hints"] == taken.taken


def test_a_copied_answer_is_forgotten_after_ten_minutes(study: Study) -> None:
    desk = study.derivation
    desk.reveal(DW)
    for minutes, expected in ((0, StepResult.AIDED), (9, StepResult.AIDED), (30, StepResult.UNAIDED)):
        set_clock(study, DAY_ONE + timedelta(minutes=minutes))
        if minutes:
            desk.again(DW)
            set_clock(study, DAY_ONE + timedelta(minutes=minutes + 9 + (minutes == 30)))
        assert desk.help(DW).taken == (not minutes)
        desk.submit("linear-backward", "dw", RIGHT)
        assert desk.result(DW) is expected
    assert len(events(study)) == 3


def test_help_ends_with_the_study_day(study: Study) -> None:
    study.derivation.take_hint(DW, 1)
    set_clock(study, DAY_ONE + timedelta(days=1))
    study.derivation.submit("linear-backward", "dw", RIGHT)
    assert study.derivation.result(DW) is StepResult.UNAIDED


def test_what_was_derived_stays_derived(study: Study) -> None:
    study.derivation.submit("linear-backward", "dw", RIGHT)
    study.derivation.again(DW)
    study.derivation.submit("linear-backward", "dw", WRONG)
    study.derivation.judge(DW, WRONG, StepResult.MISSED)
    standing = study.derivation.standing(DW)
    assert (standing.result, standing.checked, standing.wrong) == (StepResult.UNAIDED, True, 1)


def test_without_a_checked_answer_the_newest_own_judgement_holds(study: Study) -> None:
    study.derivation.judge(DW, RIGHT, StepResult.UNAIDED)
    study.derivation.judge(DW, "?", StepResult.MISSED)
    assert study.derivation.result(DW) is StepResult.MISSED
    study.derivation.take_hint(DW, 1)
    study.derivation.judge(DW, RIGHT, StepResult.UNAIDED)
    assert study.derivation.result(DW) is StepResult.AIDED


def test_events_of_before_and_of_strangers_are_read(study: Study) -> None:
    strange: list[dict[str, object]] = [{"result": 7}, {}]
    for body in ({"answer": "x", "result": "aided", "by": "learner", "hints": 2}, *strange):
        study.desk.record(EventKind.STEP, DW, dict(body))
    study.desk.record(EventKind.STEP, DW, {"by": "checker", "verdict": "maybe", "result": "unaided"})
    [own] = study.derivation.history(DW)
    assert (own.judgement, own.result, own.hints, own.attempts) == (None, StepResult.AIDED, 2, 0)


def test_undo_takes_back_the_answer_its_cards_and_its_mark_on_the_day(study: Study) -> None:
    before = tables(study)
    study.derivation.submit("linear-backward", "dw", WRONG)
    study.derivation.submit("linear-backward", "dw", RIGHT)
    assert study.day.plan().streak == 1
    assert undo(study).parameters == (("id", "写成矩阵。∂L/∂W 等于什么？"),)
    assert study.derivation.result(DW) is None
    assert study.derivation.submit("linear-backward", "dw", RIGHT).right
    assert study.derivation.result(DW) is StepResult.UNAIDED, "what was taken back was never shown"
    undo(study)
    undo(study)
    after = tables(study)
    voided = after.pop("voided")
    before.pop("voided")
    assert len(voided) == 3
    assert after == before
    assert study.day.plan().streak == 0


def test_a_replay_leads_to_the_same_tables(study: Study) -> None:
    for step, answer in (("local", "X_{ik}"), ("dw", WRONG), ("dw", RIGHT), ("dx", "dZ @ W.T")):
        study.derivation.submit("linear-backward", step, answer)
    study.derivation.submit("drill/mse", "gradient", "2(Z-Y)/N")
    undo(study)
    study.derivation.judge(DW, "?", StepResult.MISSED)
    before = tables(study)
    study.desk.store.rebuild()
    assert tables(study) == before


def test_a_drill_counts_for_the_streak_and_is_taken_back_by_its_name(study: Study) -> None:
    study.derivation.submit("relu-mask", "gradient", r"\delta_A \odot \mathbf{1}[Z > 0]")
    assert study.day.plan().streak == 1
    assert undo(study).parameters == (("id", "ReLU 的掩码"),)


@pytest.mark.parametrize(
    "typed",
    [
        "X" * 1_000_000,
        "(" * 10_000,
        "\ud800X^T \\delta_Z",
        "X^T \\delta_Z\x00\x1b[31m",
        "__import__('os').system('true')",
        r"\input{/etc/passwd}",
        "",
        "。" * 500,
        "\N{RIGHT-TO-LEFT OVERRIDE}X",
    ],
)
def test_hostile_answers_are_unreadable_or_wrong_and_never_raise(study: Study, typed: str) -> None:
    verdict = study.derivation.submit("linear-backward", "dw", typed)
    assert verdict.judgement is not Judgement.RIGHT
    assert len(events(study)) == (verdict.judgement is Judgement.WRONG)
    assert len(study.derivation.answer(DW)) <= 20_000


def test_scratch_that_is_no_help_is_no_help(study: Study) -> None:
    for text in ("", "[]", "{}", '{"hints": "many", "day": 3}', "\x00"):
        study.desk.store.save_draft(f"{DW}#help", text, study.desk.now())
        assert study.derivation.help(DW).taken == 0


def test_unknown_steps_are_named(study: Study) -> None:
    with pytest.raises(UnknownIdError):
        study.derivation.submit("linear-backward", "dq", RIGHT)
    with pytest.raises(UnknownIdError):
        study.derivation.submit("nothing", "dw", RIGHT)
    with pytest.raises(UnknownIdError):
        study.derivations.exercise("s3w10d1")


def test_a_step_without_a_goal_is_judged_by_the_learner(study: Study) -> None:
    from dataclasses import replace

    derivation, step = study.derivations.find(DW)
    with pytest.raises(ContentError):
        judge_step(derivation, replace(step, goal=None), RIGHT)
    with pytest.raises(ContentError):
        judge_step(replace(derivation, quantities=None), step, RIGHT)


def test_drills_tell_how_far_the_learner_is(study: Study) -> None:
    def states() -> dict[str, tuple[str, int, int]]:
        found = study.derivations.drill_standings()
        return {one.drill.id: (one.state.value, one.derived, one.total) for one in found}

    assert set(states().values()) == {("new", 0, 1), ("new", 0, 2)}
    study.derivation.submit("mse", "gradient", "Z - Y")
    study.derivation.submit("sigmoid", "gradient", "dA * A * (1 - A)")
    study.derivation.submit("two-layer", "grad-w2", "A.T @ dZ")
    found = states()
    assert found["drill/mse"] == ("tried", 0, 1)
    assert found["drill/sigmoid"] == ("done", 1, 1)
    assert found["drill/two-layer"] == ("tried", 1, 2)
    assert [*found] == [drill.id for drill in study.derivations.drills()]
