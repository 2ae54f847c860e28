"""Cases of one's own live in the log: kept once, numbered for good, undone like anything else."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest

from studybuddy.core.errors import UsageError
from studybuddy.core.event import EventKind
from studybuddy.core.exercise import Exercise
from studybuddy.core.verdict import Breach, Counterexample, Verdict
from studybuddy.store.schema import PROJECTIONS
from studybuddy.study.counterexample_words import card_sides, told
from studybuddy.study.faces import face
from studybuddy.study.own_cases import MOST_CASES
from studybuddy.study.undoing import undo
from studybuddy.study.wiring import Study

EXERCISE = "s3w10d1/max-depth"


def example(*arguments: Any, kind: Breach = Breach.WRONG, **more: Any) -> Counterexample:
    return Counterexample(
        kind=kind, arguments=arguments, types=("tree",), input="[1,null,2]", output="1", expected="2", **more
    )


@pytest.fixture
def exercise(study: Study) -> Exercise:
    return study.library.exercise(EXERCISE)


def numbers(study: Study, exercise: Exercise) -> list[str]:
    return [case.name for case in study.own_cases.cases(exercise)]


def test_a_case_is_kept_once_and_its_number_is_its_own(study: Study, exercise: Exercise) -> None:
    cases = study.own_cases
    assert cases.add(exercise, ([1],))[1]
    assert cases.add(exercise, ([1, 2],))[1]
    again, new = cases.add(exercise, ([1],))
    assert (again.name, new) == ("own-1", False)
    cases.remove(exercise, 2)
    third, _new = cases.add(exercise, ([1, 2],))
    assert third.name == "own-3"
    assert numbers(study, exercise) == ["own-1", "own-3"]
    assert cases.cases(study.library.exercise("s3w10d1/max-depth-bfs")) == ()
    with pytest.raises(UsageError, match="no case 2"):
        cases.remove(exercise, 2)


def test_the_judge_gets_them_with_those_tried_once(study: Study, exercise: Exercise) -> None:
    study.own_cases.add(exercise, ([5],))
    equipped = study.own_cases.equipped(exercise, ([6],), ([7],))
    assert [(case.name, case.arguments) for case in equipped.own] == [
        ("own-1", ([5],)),
        ("tried-1", ([6],)),
        ("tried-2", ([7],)),
    ]
    assert exercise.own == ()


def test_undo_takes_back_keeping_and_dropping(study: Study, exercise: Exercise) -> None:
    study.own_cases.add(exercise, ([1],))
    study.own_cases.remove(exercise, 1)
    assert dict(undo(study).parameters)["id"]
    assert numbers(study, exercise) == ["own-1"]
    undo(study)
    assert numbers(study, exercise) == []


def test_a_rebuild_changes_nothing(study: Study, exercise: Exercise) -> None:
    study.own_cases.keep(exercise, example([1, None, 2]))
    study.own_cases.remove(exercise, 1)
    undo(study)

    def tables() -> dict[str, list[Any]]:
        with sqlite3.connect(study.desk.store.path) as connection:
            return {name: sorted(connection.execute(f"SELECT * FROM {name}")) for name in PROJECTIONS}

    before = tables()
    study.desk.store.rebuild()
    assert tables() == before
    assert numbers(study, exercise) == ["own-1"]
    assert study.desk.store.check() == []


def test_there_may_be_so_many_and_no_more(study: Study, exercise: Exercise) -> None:
    for value in range(MOST_CASES):
        study.own_cases.add(exercise, ([value],))
    with pytest.raises(UsageError, match="cases of your own"):
        study.own_cases.add(exercise, ([-1],))


def test_cases_of_another_signature_and_broken_events_are_left_out(study: Study, exercise: Exercise) -> None:
    for body in ({"do": "add", "name": "own-1", "arguments": [[1], 2]}, {"do": "add"}, {}, {"arguments": 3}):
        study.desk.record(EventKind.CASE, EXERCISE, dict(body))
    assert study.own_cases.cases(exercise) == ()
    study.own_cases.add(exercise, ([1],))
    assert numbers(study, exercise) == ["own-2"]


def test_a_counter_example_becomes_a_case_and_a_card_once(study: Study, exercise: Exercise) -> None:
    first = study.own_cases.keep(exercise, example([1, None, 2], reason="too small by {difference}"))
    second = study.own_cases.keep(exercise, example([1, None, 2]))
    assert first.new
    assert not second.new
    assert first.card is not None
    assert second.card == first.card
    assert study.own_cards.ids() == [first.card]
    content = study.own_cards.content(first.card)
    assert content.section == "s3w10d1/algorithm"
    assert "max-depth" in content.tags
    assert "└─┐" in content.front
    assert "[1,null,2]" in content.front
    assert face(study.library, first.card).front
    assert first.card in study.desk.store.queue.ids()


def test_a_card_undone_is_made_anew_when_kept_again(study: Study, exercise: Exercise) -> None:
    study.own_cases.keep(exercise, example([1]))
    undo(study)
    again = study.own_cases.keep(exercise, example([1]))
    assert again.new
    assert study.own_cards.ids() == [again.card]


@pytest.mark.parametrize("kind", Breach)
def test_every_kind_of_counter_example_has_words(exercise: Exercise, kind: Breach) -> None:
    found = example([{"chain": 3}], kind=kind, before=(([1],),), calls_before=1)
    lines = told(found)
    assert lines.head
    assert ("[1]" in dict(lines.facts).values()) is True
    sides = card_sides(exercise, found)
    assert sides is not None
    assert "`2`" in sides[1]


def test_a_card_survives_hostile_values(study: Study, exercise: Exercise) -> None:
    hostile = Counterexample(
        Breach.WRONG,
        ("``` {{x}} $y$\n\x1b[2J",),
        ("str",),
        "``` {{x}}",
        "`{{`\n\x1b",
        "$z$ ```",
        calls_before=2,
    )
    kept = study.own_cases.keep(exercise, hostile)
    assert kept.card is not None
    shown = face(study.library, kept.card)
    assert shown.kind.value == "basic"
    assert shown.front
    assert shown.back


def test_without_an_expected_value_there_is_no_card(study: Study, exercise: Exercise) -> None:
    bare = Counterexample(Breach.CRASH, ([7],), ("tree",), "[7]", "", "")
    kept = study.own_cases.keep(exercise, bare)
    assert kept.new
    assert kept.card is None
    assert told(bare).facts[-1][1] == "[7]"


def test_own_cases_are_judged_after_the_others_and_do_not_count_as_theirs(
    study: Study, exercise: Exercise
) -> None:
    study.own_cases.add(exercise, ([1, None, 2],))
    equipped = study.own_cases.equipped(exercise, ({"chain": 3, "side": "left"},))
    result = study.lab.judge(equipped, exercise.reference)
    assert result.verdict is Verdict.AC
    assert [(case.name, case.expected, case.own) for case in result.cases[-2:]] == [
        ("own-1", "2", True),
        ("tried-1", "3", True),
    ]
    event = study.lab.record(equipped, exercise.reference, result)
    assert (event.body["passed"], event.body["total"]) == (13, 13)
    wrong = study.lab.judge(equipped, exercise.starter.replace("...", "return 3"))
    assert wrong.verdict is Verdict.WA
    assert wrong.cases[-2].verdict is Verdict.WA
    assert wrong.cases[-1].verdict is Verdict.AC
