"""Exercises asked again from memory: when they come, what is judged, what is proposed and recorded."""

from __future__ import annotations

import json
import shutil
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from studybuddy.core.card import CardState, Rating
from studybuddy.core.card_content import CardKind
from studybuddy.core.clock import FixedClock
from studybuddy.core.errors import StudybuddyError
from studybuddy.core.event import EventKind
from studybuddy.core.verdict import JudgeResult, Verdict
from studybuddy.course.finder import content_root
from studybuddy.i18n import use_language
from studybuddy.memory.proposal import Ground
from studybuddy.study.launch import Launch
from studybuddy.study.recall_words import reason, standing
from studybuddy.study.sittings import LONGEST_RECALL_MS, Sitting, Sittings, recorded
from studybuddy.study.wiring import Study
from tests.study.conftest import DAY_ONE, set_clock
from tests.study.test_evidence import attempt

DEPTH = "s3w10d1/card/code-max-depth"
BLANK = "s3w10d1/card/code-training-loop-grad-w2"
BLANKS = [
    f"s3w10d1/card/code-training-loop-{name}" for name in ("grad-w2", "grad-h-relu", "grad-h", "grad-w1")
]
MINUTE = 60_000


def judged(verdict: Verdict) -> JudgeResult:
    return JudgeResult("s3w10d1/max-depth", verdict)


def solve(study: Study, card: str, *verdicts: Verdict, minutes: float = 1) -> None:
    for verdict in verdicts:
        study.recall.tried(card, "def f(): ...", judged(verdict), round(minutes * MINUTE / len(verdicts)))


def later(study: Study, days: int) -> None:
    set_clock(study, DAY_ONE + timedelta(days=days))


def proposed(study: Study, card: str) -> Rating:
    evidence = study.review.evidence(card)
    assert evidence is not None
    return evidence.proposal.rating


def test_reading_and_ticking_bring_no_program_and_the_first_accepted_one_does(study: Study) -> None:
    study.reading.complete("s3w10d1")
    study.checklist.tick("algo")
    study.checklist.tick("code")
    assert not study.desk.store.queue.ids() & set(study.desk.catalogue.code_cards)
    depth = study.library.exercise("s3w10d1/max-depth")
    attempt(study, depth, depth.reference, Verdict.WA)
    assert study.desk.store.queue.memory(DEPTH) is None
    attempt(study, depth, depth.reference, Verdict.AC)
    memory = study.desk.store.queue.memory(DEPTH)
    assert memory is not None
    assert memory.state is CardState.NEW
    loop = study.library.exercise("s3w10d1/training-loop")
    attempt(study, loop, loop.reference, Verdict.AC)
    assert set(BLANKS) <= study.desk.store.queue.ids()
    assert "s3w10d1/card/code-bfs" not in study.desk.store.queue.ids()


def test_a_copied_reference_brings_nothing(study: Study) -> None:
    depth = study.library.exercise("s3w10d1/max-depth")
    study.lab.reveal_reference(depth.id)
    attempt(study, depth, depth.reference, Verdict.AC)
    assert study.desk.store.queue.memory(DEPTH) is None


def test_what_was_accepted_today_is_asked_from_tomorrow_on(study: Study) -> None:
    depth = study.library.exercise("s3w10d1/max-depth")
    attempt(study, depth, depth.reference, Verdict.AC)
    served = set()
    while turn := study.review.next():
        served.add(turn.card)
        study.review.answer(turn.card, Rating.EASY)
    assert served
    assert DEPTH not in served
    attempt(study, depth, depth.reference, Verdict.AC)
    later(study, 1)
    turn = study.review.next()
    assert turn is not None
    assert turn.card == DEPTH
    attempt(study, depth, depth.reference, Verdict.AC)
    assert study.review.next() is not None, "solving it in the lab puts nothing aside"
    assert study.desk.store.rebuild() > 0
    again = study.review.next()
    assert again is not None
    assert again.card == DEPTH


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_task_is_the_whole_program_or_one_line_of_it(study: Study, language: str) -> None:
    study.desk.language = language
    task = study.recall.task(DEPTH)
    assert task.place is None
    assert task.begin == task.exercise.starter
    assert task.program("x = 1") == "x = 1"
    assert study.question(DEPTH) == (CardKind.CODE, task.task.words)
    assert len(task.task.words) == 1
    task = study.recall.task(BLANK)
    assert task.place is not None
    assert task.place.line == 28
    assert task.begin == "grad_w2 = "
    assert task.program("h_relu.T @ grad_y_pred").count("\n") == task.exercise.reference.count("\n")
    assert len(task.task.hints) == len(task.exercise.hints) > 0
    with pytest.raises(StudybuddyError, match="asks for no program"):
        study.recall.task("s3w10d1/card/dw")


@pytest.mark.parametrize(
    ("typed", "verdict"),
    [
        ("grad_w2 = h_relu.T @ grad_y_pred", Verdict.AC),
        ("np.dot(h_relu.T, grad_y_pred)", Verdict.AC),
        ("h.T @ grad_y_pred", Verdict.WA),
        ("h_relu.T @", Verdict.CE),
        ("x" * 1_000_000, Verdict.RTE),
    ],
)
def test_one_line_is_judged_within_the_whole_program(study: Study, typed: str, verdict: Verdict) -> None:
    result = study.recall.judge(study.recall.task(BLANK), typed)
    assert result.verdict is verdict or (len(typed) > 1000 and result.verdict is not Verdict.AC)
    sitting = study.recall.tried(BLANK, typed, result, MINUTE)
    assert sitting.effort.accepted is (verdict is Verdict.AC)


def test_maxdepth_is_judged_as_in_the_lab(study: Study) -> None:
    task = study.recall.task(DEPTH)
    assert study.recall.judge(task, task.begin).verdict is not Verdict.AC
    assert study.recall.judge(task, task.exercise.reference).verdict is Verdict.AC


def test_the_rating_is_proposed_from_what_was_done_and_the_learner_decides(study: Study) -> None:
    use_language("en")
    assert study.review.evidence(DEPTH) is None
    solve(study, DEPTH, Verdict.WA, Verdict.AC, minutes=4)
    evidence = study.review.evidence(DEPTH)
    assert evidence is not None
    assert evidence.proposal.rating is Rating.HARD
    assert reason(evidence) == "accepted after 2 tries · 4 min → Hard"
    study.review.answer(DEPTH, Rating.GOOD, 10 * MINUTE)
    (event,) = study.desk.store.log.events(EventKind.REVIEW, DEPTH)
    assert event.body["rating"] == Rating.GOOD
    assert event.body["elapsed_ms"] == 4 * MINUTE
    assert event.body["recall"] == {
        "proposed": 2,
        "grounds": ["several-tries"],
        "median_ms": None,
        "verdict": "AC",
        "accepted": True,
        "gave_up": False,
        "attempts": 2,
        "hints": 0,
        "elapsed_ms": 4 * MINUTE,
        "source": "def f(): ...",
    }
    assert recorded(event.body) == evidence
    assert recorded({"rating": 3}) is None
    assert study.review.evidence(DEPTH) is None, "the next time begins anew"
    assert study.recall.sitting(DEPTH) == Sitting()
    totals = study.desk.store.days.totals(DAY_ONE.date())
    assert (totals.reviews, totals.attempts) == (1, 0)
    assert totals.active


def test_time_is_compared_with_ones_own(study: Study) -> None:
    use_language("en")
    for number, minutes in enumerate((3, 3, 4)):
        later(study, 200 * number)
        solve(study, DEPTH, Verdict.AC, minutes=minutes)
        assert proposed(study, DEPTH) is Rating.GOOD
        study.review.answer(DEPTH, Rating.EASY)
    later(study, 600)
    study.recall.give_up(DEPTH, 20 * MINUTE)
    study.review.answer(DEPTH, Rating.AGAIN)
    later(study, 601)
    solve(study, DEPTH, Verdict.AC, minutes=1.5)
    assert proposed(study, DEPTH) is Rating.EASY
    study.review.answer(DEPTH, Rating.EASY)
    later(study, 900)
    solve(study, DEPTH, Verdict.AC, minutes=6)
    evidence = study.review.evidence(DEPTH)
    assert evidence is not None
    assert evidence.proposal.grounds == (Ground.SLOW,)
    assert reason(evidence) == "accepted at the first try · 6 min · your median 3 min → Hard"


def test_hints_count_once_and_not_after_the_result(study: Study) -> None:
    use_language("en")
    study.recall.take_hint(DEPTH, 1)
    study.recall.take_hint(DEPTH, 1)
    assert standing(study.recall.take_hint(DEPTH, 2)) == "not accepted yet · 2 hints"
    solve(study, DEPTH, Verdict.AC)
    study.recall.take_hint(DEPTH, 3)
    study.recall.give_up(DEPTH)
    solve(study, DEPTH, Verdict.WA)
    sitting = study.recall.sitting(DEPTH)
    assert (sitting.effort.hints, sitting.effort.attempts, sitting.effort.gave_up) == (2, 1, False)
    assert proposed(study, DEPTH) is Rating.HARD


def test_giving_up_is_again_whatever_is_typed_afterwards(study: Study) -> None:
    use_language("en")
    solve(study, DEPTH, Verdict.WA)
    study.recall.give_up(DEPTH)
    solve(study, DEPTH, Verdict.AC)
    evidence = study.review.evidence(DEPTH)
    assert evidence is not None
    assert reason(evidence) == "given up, the reference was shown · 1 try · 1 min → Again"


def test_what_was_stopped_or_could_not_be_judged_is_no_try(study: Study) -> None:
    solve(study, DEPTH, Verdict.STOP, Verdict.IE, minutes=2)
    sitting = study.recall.sitting(DEPTH)
    assert sitting.effort.attempts == 0
    assert not sitting.begun
    assert sitting.effort.elapsed_ms == 2 * MINUTE
    assert study.review.evidence(DEPTH) is None


def test_time_at_a_program_is_bounded(study: Study) -> None:
    for _ in range(3):
        study.recall.type(DEPTH, "x", 40 * MINUTE)
    study.recall.type(DEPTH, "x", -5 * MINUTE)
    assert study.recall.sitting(DEPTH).effort.elapsed_ms == LONGEST_RECALL_MS


def test_undo_gives_the_sitting_back_and_a_rebuild_changes_nothing(study: Study) -> None:
    solve(study, DEPTH, Verdict.WA, Verdict.AC, minutes=4)
    before = study.review.evidence(DEPTH)
    study.review.answer(DEPTH, Rating.EASY)
    memory = study.desk.store.queue.memory(DEPTH)
    study.desk.store.rebuild()
    assert study.desk.store.queue.memory(DEPTH) == memory
    event = study.review.undo()
    assert event is not None
    assert event.subject == DEPTH
    assert study.review.evidence(DEPTH) == before
    assert study.desk.store.days.totals(DAY_ONE.date()).elapsed_ms == 0
    study.review.answer(DEPTH, Rating.HARD)
    rows = [e.body["rating"] for e in study.desk.store.log.events(EventKind.REVIEW, DEPTH)]
    assert rows == [Rating.HARD]
    again = study.desk.store.queue.memory(DEPTH)
    study.desk.store.rebuild()
    assert study.desk.store.queue.memory(DEPTH) == again
    assert study.desk.store.check() == []


def test_a_finished_sitting_ends_with_its_day_and_an_unfinished_one_stays(study: Study) -> None:
    solve(study, DEPTH, Verdict.AC)
    study.recall.type(BLANK, "grad_w2 = h", MINUTE)
    solve(study, BLANK, Verdict.WA)
    set_clock(study, DAY_ONE + timedelta(hours=19))
    assert study.recall.sitting(DEPTH).finished, "the study day lasts until four"
    later(study, 1)
    assert study.recall.sitting(DEPTH) == Sitting()
    assert study.recall.sitting(BLANK).effort.attempts == 1


@pytest.mark.parametrize(
    "kept",
    [
        "",
        "[]",
        "null",
        '"x"',
        "{",
        '{"reps": 0}',
        '{"reps": 0, "day": "2026-11-22", "typed": 1, "verdict": "", "effort": [0, 0, 0, 0, 0]}',
        '{"reps": 0, "day": "2026-11-22", "typed": null, "verdict": "", "effort": [0]}',
        '{"reps": 0, "day": "2026-11-22", "typed": null, "verdict": "", "effort": ["a", 0, "b", 0, 0]}',
    ],
)
def test_a_draft_that_cannot_be_read_is_no_sitting(study: Study, kept: str) -> None:
    study.desk.store.save_draft(DEPTH + "#recall", kept, study.desk.now())
    assert study.recall.sitting(DEPTH) == Sitting()
    study.review.answer(DEPTH, Rating.GOOD)


def test_what_is_typed_may_be_anything(study: Study) -> None:
    typed = "\ud800\x00\x1b]52;c;x\x07" + "a" * 1_000_000
    study.recall.type(DEPTH, typed)
    kept = study.recall.sitting(DEPTH).typed
    assert kept is not None
    assert len(kept) == 256 * 1024
    assert kept.startswith("\ud800\x00\x1b]52")
    study.recall.give_up(DEPTH)
    study.review.answer(DEPTH, Rating.AGAIN)
    (event,) = study.desk.store.log.events(EventKind.REVIEW, DEPTH)
    assert len(event.body["recall"]["source"]) == 256 * 1024


def test_an_answer_by_hand_needs_no_program(study: Study) -> None:
    study.review.answer(DEPTH, Rating.GOOD, MINUTE)
    (event,) = study.desk.store.log.events(EventKind.REVIEW, DEPTH)
    assert "recall" not in event.body
    study.recall.type("s3w10d1/card/dw", "x")
    solve(study, "s3w10d1/card/dw", Verdict.AC)
    study.review.answer("s3w10d1/card/dw", Rating.GOOD)
    (event,) = study.desk.store.log.events(EventKind.REVIEW, "s3w10d1/card/dw")
    assert "recall" not in event.body


def test_programs_take_minutes_in_the_days_plan(study: Study) -> None:
    assert study.day.plan().review_minutes == 0
    depth = study.library.exercise("s3w10d1/max-depth")
    attempt(study, depth, depth.reference, Verdict.AC)
    for card in ("depth-recursion", "freeze-level-size", "tree-of-depths", "level-order"):
        study.review.suspend(f"s3w10d1/card/{card}")
    assert study.day.plan().review_minutes == 0, "it rests until tomorrow"
    later(study, 1)
    assert study.day.plan().review_minutes == 10, "a guess, twice because it is new"
    solve(study, DEPTH, Verdict.AC, minutes=2)
    study.review.answer(DEPTH, Rating.EASY)
    due = study.review.turn_of(DEPTH).memory.due_day
    assert due is not None
    study.desk.clock = FixedClock(DAY_ONE + timedelta(days=(due - DAY_ONE.date()).days))
    assert study.day.plan().counts.due == 1
    assert study.day.plan().review_minutes == 2, "from the log"


def test_minutes_of_programs_do_not_make_cards_slow(study: Study) -> None:
    study.desk.prefer("bury_siblings", False)
    cards = list(study.desk.catalogue.card_ids)[:6]
    for card in cards:
        study.review.answer(card, Rating.EASY, 10_000)
    solve(study, DEPTH, Verdict.AC, minutes=30)
    study.review.answer(DEPTH, Rating.EASY)
    solve(study, BLANK, Verdict.AC, minutes=30)
    study.review.answer(BLANK, Rating.EASY)
    study.review.undo()
    later(study, 200)
    assert study.day.plan().counts.due == 7
    assert study.day.plan().review_minutes == 31
    study.review.suspend(DEPTH)
    assert study.day.plan().review_minutes == 1


def test_the_allowance_bounds_the_minutes_of_new_programs(study: Study) -> None:
    loop = study.library.exercise("s3w10d1/training-loop")
    attempt(study, loop, loop.reference, Verdict.AC)
    for card in study.desk.store.queue.ids() - set(BLANKS):
        study.review.suspend(card)
    later(study, 1)
    assert study.day.plan().review_minutes == 12
    study.desk.prefer("new_cards", 1)
    assert study.day.plan().review_minutes == 3


def without_exercise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, cards_too: bool) -> None:
    """The course after an update that took max-depth away."""
    copy = tmp_path / "content"
    shutil.copytree(content_root(), copy)
    lesson = copy / "s3w10d1"
    shutil.rmtree(lesson / "exercises" / "max-depth")
    for name in ("lesson.zh.md", "lesson.en.md"):
        text = (lesson / name).read_text(encoding="utf-8")
        (lesson / name).write_text(text.replace(":::{exercise} max-depth\n:::\n", ""), encoding="utf-8")
    toml = (lesson / "lesson.toml").read_text(encoding="utf-8")
    (lesson / "lesson.toml").write_text(
        toml.replace('targets = ["max-depth"]', 'targets = ["max-depth-bfs"]'), encoding="utf-8"
    )
    if cards_too:
        head, _, rest = (
            (lesson / "cards.toml").read_text(encoding="utf-8").partition('[[card]]\nid = "code-max-depth"')
        )
        rest = rest.partition("[[card]]")[2]
        (lesson / "cards.toml").write_text(head + "[[card]]" + rest, encoding="utf-8")
    monkeypatch.setattr("studybuddy.study.wiring.content_root", lambda: copy)


@pytest.mark.parametrize("cards_too", [True, False])
def test_an_exercise_gone_from_the_course_leaves_its_history(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cards_too: bool
) -> None:
    home = str(tmp_path / "home")
    first = Study(Launch(home, "zh"), writer="test")
    set_clock(first, DAY_ONE)
    solve(first, DEPTH, Verdict.AC)
    first.review.answer(DEPTH, Rating.EASY)
    first.recall.type(DEPTH, "half of it")
    first.close()
    without_exercise(tmp_path, monkeypatch, cards_too=cards_too)
    second = Study(Launch(home, "zh"), writer="test")
    later(second, 200)
    with pytest.raises(StudybuddyError):
        second.recall.task(DEPTH)
    assert second.review.counts().due == 0, "gone, or waiting until the lesson is mended"
    assert second.day.plan().review_minutes == 0
    if not cards_too:
        assert second.desk.catalogue.lessons[0].errors, "the author is told"
    second.review.answer(DEPTH, Rating.GOOD)
    assert second.desk.store.rebuild() > 0
    second.close()


def test_the_sitting_is_one_draft_and_no_event(study: Study) -> None:
    study.recall.type(DEPTH, "a")
    study.recall.take_hint(DEPTH, 1)
    solve(study, DEPTH, Verdict.WA)
    assert list(study.desk.store.log.all()) == []
    connection = sqlite3.connect(study.desk.store.path)
    rows = connection.execute("SELECT subject, text FROM draft").fetchall()
    connection.close()
    assert [subject for subject, _ in rows] == [DEPTH + "#recall"]
    assert json.loads(rows[0][1])["effort"] == [False, False, 1, 1, MINUTE]
    assert study.lab.source("s3w10d1/max-depth") == study.library.exercise("s3w10d1/max-depth").starter


def test_the_sittings_of_two_cards_are_two(study: Study) -> None:
    sittings = Sittings(study.desk)
    for number, card in enumerate(BLANKS):
        sittings.save(card, Sitting(typed=str(number)))
    assert [sittings.load(card).typed for card in BLANKS] == ["0", "1", "2", "3"]
