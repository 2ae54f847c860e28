from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studybuddy.core.errors import UnknownIdError, UsageError
from studybuddy.core.event import PRESET, EventKind
from studybuddy.core.preset import Preset
from studybuddy.i18n import say
from studybuddy.study.launch import Launch
from studybuddy.study.preset_rules import PRESET_KEYS, PresetRule, read_name, read_rule
from studybuddy.study.presets import Presets, drop_preset, keep_preset
from studybuddy.study.settings import SETTINGS
from studybuddy.study.undoing import undo
from studybuddy.study.wiring import Study
from tests.study.conftest import DAY_ONE, set_clock

CARD = "s3w10d1/card/dw"
LESSON = "s3w10d1"
NEVER: dict[str, Any] = {"desired_retention": 0.95}


def test_without_presets_the_settings_hold_for_every_card_and_a_change_holds_at_once(study: Study) -> None:
    assert study.desk.preset_of(CARD) == Preset()
    study.desk.prefer("desired_retention", 0.85)
    study.desk.prefer("new_cards", 3)
    study.desk.prefer("learning_steps", "30s 5m 1h")
    study.desk.prefer("relearning_steps", "")
    assert study.desk.preset_of(CARD) == Preset(
        desired_retention=0.85, new_cards=3, learning_steps=(30, 300, 3600), relearning_steps=()
    )
    assert study.desk.preset_of("own/card/2026-11-22-1") is study.desk.preset_of(CARD)


def test_the_default_preset_of_the_core_is_that_of_the_settings(study: Study) -> None:
    assert {key: study.desk.preferences[key] for key in PRESET_KEYS} == {
        key: getattr(Preset(), key) for key in PRESET_KEYS
    }


def test_a_preset_holds_for_its_lesson_and_changes_only_what_it_names(study: Study) -> None:
    keep_preset(study.desk, PresetRule("exam", (LESSON,), (), {"desired_retention": 0.95}))
    assert study.desk.preset_of(CARD) == Preset("exam", desired_retention=0.95)
    assert study.desk.preset_of("s1w1d1/card/x") == Preset()
    study.desk.prefer("new_cards", 2)
    assert study.desk.preset_of(CARD) == Preset("exam", desired_retention=0.95, new_cards=2)


def test_a_tag_comes_before_a_lesson_and_the_first_name_before_the_second(study: Study) -> None:
    own = study.own_cards.add("front", "back", ("Hard", "formula"), f"{LESSON}/theory")
    plain = study.own_cards.add("front", "back", (), f"{LESSON}/theory")
    nowhere = study.own_cards.add("front", "back", ("easy",))
    for rule in (
        PresetRule("b lesson", (LESSON,)),
        PresetRule("z formula", (), ("formula",)),
        PresetRule("y hard", (), ("#HARD",)).about(tags=["#HARD"]),
        PresetRule("a lesson", (LESSON,)),
    ):
        keep_preset(study.desk, rule)
    names = [study.desk.preset_of(card).name for card in (own, plain, CARD, nowhere)]
    assert names == ["y hard", "a lesson", "a lesson", ""]
    study.own_cards.edit(own, "front", "back", ("formula",))
    assert study.desk.preset_of(own).name == "z formula"
    study.own_cards.edit(CARD, "front", "back", ("hard",))
    assert study.desk.preset_of(CARD).name == "y hard"
    study.review.undo()
    assert study.desk.preset_of(CARD).name == "a lesson"


def test_a_card_of_the_course_has_the_tags_of_the_course(study: Study) -> None:
    lesson = study.desk.catalogue.lesson(LESSON)
    place = next(number for number, card in enumerate(lesson.cards) if card.id == CARD)
    lesson.cards[place] = lesson.cards[place]._replace(tags=["梯度"])
    keep_preset(study.desk, PresetRule("gradients", (), ("梯度",)))
    assert study.desk.preset_of(CARD).name == "gradients"
    assert study.desk.preset_of("s3w10d1/card/db").name == ""


def test_with_presets_of_lessons_alone_no_card_of_the_course_is_looked_up_in_the_log(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_preset(study.desk, PresetRule("exam", (LESSON,)))
    assert study.desk.preset_of(CARD).name == "exam"
    monkeypatch.delattr(type(study.desk.store.log), "latest")
    assert study.desk.preset_of("s3w10d1/card/db").name == "exam"


def test_making_changing_and_deleting_a_preset_can_each_be_taken_back(study: Study) -> None:
    keep_preset(study.desk, PresetRule("exam", (LESSON,)))
    keep_preset(study.desk, PresetRule("exam", (LESSON,), (), {"desired_retention": 0.95}))
    drop_preset(study.desk, "exam")
    assert study.desk.presets.rules == ()
    assert say(undo(study)) == "undone: change of the preset exam"
    assert study.desk.preset_of(CARD).desired_retention == 0.95
    undo(study)
    assert study.desk.preset_of(CARD) == Preset("exam")
    undo(study)
    assert study.desk.presets.rules == ()
    assert undo(study).message == "nothing to undo"


def test_other_settings_are_not_what_undo_takes_back(study: Study) -> None:
    card = study.own_cards.add("front", "back")
    study.desk.prefer("theme", "light")
    undone = study.review.undo()
    assert undone is not None
    assert undone.subject == card
    assert study.desk.preferences["theme"] == "light"


def test_what_no_preset_can_be_is_told(study: Study) -> None:
    for name in ("", "  ", "x" * 41, "a\nb", "\x1b[31m", None, 7):
        with pytest.raises(UsageError, match="1 to 40 characters"):
            read_name(name)
    with pytest.raises(UsageError, match="a preset does not change theme; it changes desired_retention, "):
        PresetRule("exam").changed("theme", "dark")
    with pytest.raises(UsageError, match=r"desired_retention must be a number from 0\.7 to 0\.97"):
        PresetRule("exam").changed("desired_retention", 0.99)
    with pytest.raises(UsageError, match="at most 100 lessons"):
        PresetRule("exam").about(["s1w1d1"] * 101)
    with pytest.raises(UsageError, match="a word of at most 60"):
        PresetRule("exam").about(tags=["x" * 1_000_000])
    keep_preset(study.desk, PresetRule("exam"))
    with pytest.raises(UnknownIdError, match="nearest: exam"):
        drop_preset(study.desk, "exma")


def test_a_value_given_back_to_the_settings_is_no_change_any_more() -> None:
    rule = PresetRule("exam").changed("reviews", "50").changed("learning_steps", "10m")
    assert rule.changes == {"learning_steps": (600,), "reviews": 50}
    assert rule.changed("reviews", None).changes == {"learning_steps": (600,)}
    assert read_rule("exam", json.loads(json.dumps(rule.body()))) == rule


DAMAGED: list[Any] = [
    *(7, "x", [], True, {"set": 3}, {"lessons": 5}, {"lessons": "s3w10d1"}, {"tags": [None]}, {"tags": {}}),
    *({"set": {"desired_retention": "high"}}, {"set": {"desired_retention": 2}}, {"set": {"rollover": 4}}),
    *(
        {"set": {"learning_steps": "1m " * 300_000}},
        {"set": {"": 1}},
        {"tags": ["x" * 1_000_000]},
        {"set": [1]},
    ),
    *({"lessons": ["\ud800"]}, {"set": {"new_cards": float("nan")}}, {"set": {"reviews": 10**300}}),
]


def test_a_damaged_preset_is_left_out_and_said_and_the_others_hold(study: Study) -> None:
    keep_preset(study.desk, PresetRule("good", (LESSON,)))
    for number, value in enumerate(DAMAGED):
        study.desk.record(EventKind.SETTING, f"{PRESET}bad {number:02}", {"value": value})
    study.desk.record(EventKind.SETTING, PRESET, {"value": {}})
    study.desk.record(EventKind.SETTING, PRESET + "x" * 1_000_000, {"value": {}})
    study.desk.record(EventKind.SETTING, PRESET + "no value", {})
    study.desk.forget_settings()
    assert [rule.name for rule in study.desk.presets.rules] == ["good"]
    assert study.desk.preset_of(CARD).name == "good"
    said = [say(note) for note in study.desk.presets.notes]
    assert len(said) == 5
    for sentence in said:
        assert "it is left out" in sentence
        assert len(sentence) < 300


@contextmanager
def learner() -> Iterator[Study]:
    with TemporaryDirectory() as folder:
        opened = Study(Launch(str(Path(folder) / "home"), "en"), writer="test")
        set_clock(opened, DAY_ONE)
        try:
            yield opened
        finally:
            opened.close()


NAMES = st.sampled_from(("a", "b", "c", "é", "卡", ""))
TAGS = st.lists(st.sampled_from(("hard", "梯度", "Hard", "#x")), max_size=3)
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.floats(),
    st.integers(),
    st.text(max_size=8),
    st.sampled_from(["1m 10m", "sat=min"]),
)
JSON = st.recursive(
    VALUES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3)
)
RULES = st.fixed_dictionaries(
    {},
    optional={
        "lessons": st.lists(st.sampled_from((LESSON, "x"))) | JSON,
        "tags": TAGS | JSON,
        "set": st.dictionaries(st.sampled_from((*PRESET_KEYS, "theme")), VALUES, max_size=4) | JSON,
    },
)
STEPS = st.one_of(
    st.tuples(st.just("prefer"), st.sampled_from([s.key for s in SETTINGS]), VALUES),
    st.tuples(
        st.just("raw"), st.sampled_from([s.key for s in SETTINGS]) | NAMES.map(PRESET.__add__), JSON | RULES
    ),
    st.tuples(st.just("keep"), NAMES, RULES),
    st.tuples(st.just("drop"), NAMES, st.none()),
    st.tuples(st.just("tag"), st.sampled_from([CARD, "own"]), TAGS),
    st.tuples(st.just("undo"), st.none(), st.none()),
)


def take(study: Study, own: str, step: tuple[str, Any, Any]) -> None:
    """One thing that a learner, or another machine's damaged log, may do."""
    what, subject, value = step
    with suppress(UsageError):
        match what:
            case "prefer":
                study.desk.prefer(subject, value)
            case "raw":
                study.desk.record(EventKind.SETTING, subject, {"value": value})
            case "keep":
                keep_preset(study.desk, read_rule(subject, value))
            case "drop":
                drop_preset(study.desk, subject)
            case "tag":
                study.own_cards.edit(own if subject == "own" else subject, "front", "back", tuple(value))
            case "undo":
                study.review.undo()


def resolved(study: Study, own: str) -> tuple[Any, ...]:
    study.desk.forget_settings()
    presets: Presets = study.desk.presets
    values = study.desk.preferences.plain()
    return (
        presets.rules,
        presets.all,
        [study.desk.preset_of(card) for card in (CARD, own, "gone/card/x", "")],
        values,
    )


@settings(max_examples=25, deadline=None)
@given(st.lists(STEPS, max_size=12))
def test_whatever_is_set_every_card_has_a_preset_and_a_replay_finds_the_same(
    steps: list[tuple[str, Any, Any]],
) -> None:
    with learner() as study:
        own = study.own_cards.add("front", "back", ("hard",))
        for step in steps:
            take(study, own, step)
            at_once = study.desk.presets.rules, study.desk.preset_of(CARD), study.desk.preferences.plain()
            rules, _, (of_card, *_), values = resolved(study, own)
            if step[0] != "raw":
                assert at_once == (rules, of_card, values)
        before = resolved(study, own)
        study.desk.store.rebuild()
        assert resolved(study, own) == before
