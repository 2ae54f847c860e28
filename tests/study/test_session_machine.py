"""Whatever a learner does, in whatever order, at whatever time: the projections are a replay of the log."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test

from studybuddy.core.card import Rating
from studybuddy.core.event import EventKind
from studybuddy.memory.fsrs6 import DEFAULTS, usable
from studybuddy.study.allowance import EVERYTHING, MORE_DUE, MORE_FRESH, allow
from studybuddy.study.parameters import SUBJECT
from studybuddy.study.preset_rules import PresetRule
from studybuddy.study.presets import drop_preset, keep_preset, undo_preset
from studybuddy.study.rescheduling import Done
from studybuddy.study.undoing import undone
from tests.study.card_deeds import LESSON, CardDeeds, numbers
from tests.study.plainly import check_load, check_queue
from tests.study.session import OTHER

ZONES: tuple[Any, ...] = (
    ZoneInfo("America/New_York"),
    ZoneInfo("Australia/Lord_Howe"),
    *(timezone(timedelta(hours=hours)) for hours in (14, 8, 0, -12)),
)
CHANGES = (datetime(2027, 3, 14, 6, 59, tzinfo=UTC), datetime(2026, 11, 1, 5, 58, tzinfo=UTC))
"""Just before New York skips an hour, and before it has one twice."""
HOURS = (0.01, 0.2, 1, 9, 24, 24 * 9, 24 * 50, 24 * 700, 24 * 36_525, -2, -24, -24 * 4000)
SETTINGS: tuple[tuple[str, object], ...] = (
    ("learning_steps", ""),
    ("learning_steps", "1m 10m 3d"),
    ("relearning_steps", ""),
    ("relearning_steps", "10m 30d"),
    ("desired_retention", 0.8),
    ("maximum_interval", 20),
    ("leech_lapses", 1),
    ("leech_lapses", 2),
    ("reviews", 3),
    ("reviews", 0),
    ("new_cards", 2),
    ("new_cards", 40),
    ("minutes", 960),
    ("minutes", 5),
    ("rollover", 0),
    ("rollover", 2),
    ("rollover", 12),
    ("learn_ahead", 0),
    ("learn_ahead", 1440),
    ("easy_days", "sat=reduced sun=minimum"),
    ("balance", False),
    ("bury_siblings", False),
    ("review_order", "retrievability"),
    ("review_order", "random"),
    ("new_order", "random"),
    ("new_mix", "mixed"),
    ("comeback_minutes", 10),
)


class SessionMachine(CardDeeds):
    """The same at any time and place, under any settings, and with what was done at another device."""

    # ---- what holds for all

    @rule(setting=st.sampled_from(SETTINGS))
    def set(self, setting: tuple[str, object]) -> None:
        self.study.desk.prefer(*setting)

    @rule(
        name=st.sampled_from(["A", "b"]),
        about=st.sampled_from([((LESSON,), ()), ((), ("hard",)), ((), ("later", "hard")), ((), ())]),
        changed=st.sampled_from(
            [("new_cards", 1), ("reviews", 2), ("learning_steps", ""), ("desired_retention", 0.95)]
        ),
    )
    def keep_a_preset(self, name: str, about: tuple[Any, Any], changed: tuple[str, object]) -> None:
        rule = PresetRule(name).about(*about).changed(*changed)
        self.session.do(lambda: keep_preset(self.study.desk, rule))

    @rule(back=st.booleans())
    def lose_a_preset(self, back: bool) -> None:
        desk = self.study.desk
        self.session.forget_rows()
        if back:
            undo_preset(desk)
        elif desk.presets.rules:
            drop_preset(desk, desk.presets.rules[0].name)

    @rule(extra=st.sampled_from([MORE_DUE, MORE_FRESH, EVERYTHING]))
    def more_today(self, extra: Any) -> None:
        self.session.do(lambda: allow(self.study.desk, extra))

    @rule(share=st.sampled_from([0.6, 0.9, 1.3, 1.0]), damaged=st.sampled_from([False, False, False, True]))
    def fit(self, share: float, damaged: bool) -> None:
        parameters: list[Any] = [value * share if n < 4 else value for n, value in enumerate(DEFAULTS)]
        assert usable(parameters) is not None
        if damaged:
            parameters[int(share * 10)] = -1e9
        body: dict[str, object] = {"name": f"fit-{share}", "parameters": parameters, "reviews": 400}
        self.session.do(lambda: self.study.desk.record(EventKind.FIT, SUBJECT, body))
        self.study.desk.forget_scheduler()

    @rule(meanwhile=st.booleans())
    def reschedule(self, meanwhile: bool) -> None:
        rescheduling = self.study.rescheduling
        preview = rescheduling.preview()
        if meanwhile:
            self.study.review.answer(self.session.card(0), Rating.GOOD)
            self.session.forget_rows()
        outcome = self.session.do(lambda: rescheduling.confirm(preview))
        assert (outcome.done is Done.CHANGED) is meanwhile
        if outcome.done is Done.MOVED:
            for move in preview.moves:
                memory = self.study.desk.store.queue.memory(move.card)
                assert memory is not None
                assert memory.due_day == move.due
        assert meanwhile or not rescheduling.preview().moves, "nothing is left to move"

    # ---- time, places, another device

    @rule(hours=st.sampled_from(HOURS))
    def time_passes(self, hours: float) -> None:
        self.session.wait(hours)

    @rule(zone=st.sampled_from(ZONES))
    def travel(self, zone: Any) -> None:
        self.session.move(self.session.now.astimezone(zone))

    @rule(change=st.sampled_from(CHANGES))
    def clocks_are_changed(self, change: datetime) -> None:
        self.session.move(change.astimezone(ZONES[0]))

    @rule(minutes=st.sampled_from([-1, 0, 1]))
    def the_day_turns(self, minutes: int) -> None:
        turn = self.study.desk.day_end().astimezone(UTC) + timedelta(minutes=minutes)
        self.session.move(turn.astimezone(self.session.now.tzinfo))

    @rule()
    def reopen(self) -> None:
        self.session.reopen()

    @rule()
    def rebuild(self) -> None:
        self.study.care.rebuild()

    @rule()
    def undo(self) -> None:
        event = self.study.review.undo()
        undone(self.study, event)
        self.session.check_undone(event)

    @rule(
        number=numbers,
        kind=st.sampled_from(["review", "review", "card_state", "section", "forget", "reschedule", "void"]),
        hours=st.sampled_from([-400, -0.001, 0.5, 30]),
    )
    def merge(self, number: int, kind: str, hours: float) -> None:
        """An event of another device comes in, before or after what was done here."""
        card, day = self.session.card(number), self.study.desk.day()
        due = (day + timedelta(number % 90)).isoformat()
        moved = {"cards": [card], "was": [number % 9], "due": [3], "set": number % 2}
        bodies: dict[str, dict[str, object]] = {
            "review": {"rating": number % 4 + 1, "elapsed_ms": 900, "due": due},
            "card_state": {"suspended": number % 2, "buried": str(day) if number % 3 else None},
            "section": {"cards": [card, self.session.card(number + 1)]},
            "forget": {},
            "reschedule": {"base": str(day), **moved},
            "void": {"dev": OTHER, "seq": number % 3 + 1},
        }
        subject = card if kind in ("review", "card_state", "forget") else ""
        self.session.merge(kind, subject, bodies[kind], hours)

    # ---- what is always true

    @invariant()
    def the_log_is_the_truth(self) -> None:
        if hasattr(self, "session"):
            self.session.check_log()
            check_load(self.study)

    @invariant()
    def the_queue_is_right(self) -> None:
        if hasattr(self, "session"):
            check_queue(self.study)
            self.study.desk.queue.tomorrow()


pytestmark = pytest.mark.timeout(300)
BOUNDED = settings(
    max_examples=25,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestSession = SessionMachine.TestCase
TestSession.settings = BOUNDED


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_long_sessions() -> None:
    longer = settings(BOUNDED, max_examples=400, stateful_step_count=80)
    run_state_machine_as_test(SessionMachine, settings=longer)
