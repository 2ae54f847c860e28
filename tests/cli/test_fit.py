from __future__ import annotations

from pathlib import Path

import pytest

from studybuddy.memory.fsrs6 import DEFAULTS
from studybuddy.study.launch import Launch
from studybuddy.study.wiring import Study
from tests.cli.conftest import Command
from tests.memory.learner import invented
from tests.study.test_own_fit import put

LATER = "2027-01-25T08:00:00+08:00"


@pytest.fixture
def learnt(home: Path, studybuddy: Command) -> Command:
    opened = Study(Launch(str(home), "en"), writer="test")
    put(opened, invented(150, 60))
    opened.close()
    return studybuddy


def test_a_new_learner_keeps_the_defaults(studybuddy: Command) -> None:
    done = studybuddy("fit", "--json")
    assert done.code == 0
    assert done.json == {
        "reviews": 0,
        "compared": 0,
        "log_loss_before": None,
        "log_loss_after": None,
        "parameters": list(DEFAULTS),
        "kept": False,
        "reason": "too-few",
    }
    assert "Too few reviews" in studybuddy("fit").out
    assert "复习" in studybuddy("fit", "--lang", "zh").out


def test_a_fit_is_kept_once_and_can_be_undone(learnt: Command) -> None:
    done = learnt("fit", "--json", now=LATER).json
    assert done["kept"] is True
    assert done["log_loss_after"] < done["log_loss_before"]
    assert len(done["parameters"]) == 21
    assert "Too few new reviews" in learnt("fit").out
    assert "fit" in learnt("undo").out
    assert "→" in learnt("fit").out


def test_stats_say_how_good_the_predictions_are(learnt: Command) -> None:
    stats = learnt("stats", "--workload", "--json", now=LATER).json
    calibration = stats["calibration"]
    assert calibration["best"] in ("model", "average", "moving_average")
    assert set(calibration["baselines"]) == {"average", "moving_average"}
    assert len(calibration["reliability"]) == 10
    assert calibration["hard"]["suspected"] in (True, False)
    assert [point["retention"] for point in stats["workload"]][0::8] == [0.75, 0.95]
    assert len(stats["year"]["days"]) == 365
    assert {"day", "due", "due_minutes", "reviews", "new", "minutes"} == set(stats["forecast"][0])
    shown = learnt("stats", "--workload").out
    assert "95.0%" in shown
    assert "baseline" in shown


def test_seconds_out_of_range_are_a_usage_error(studybuddy: Command) -> None:
    assert studybuddy("fit", "--seconds", "0").code == 2
    assert studybuddy("fit", "--seconds", "nan").code == 2


RESCHEDULE_KEYS = {
    "rescheduled",
    "day",
    "cards",
    "moved",
    "sooner",
    "later",
    "become_due",
    "no_longer_due",
    "minutes_before",
    "minutes_after",
    "left_out",
}


def test_rescheduling_is_looked_at_then_done_and_undone(learnt: Command) -> None:
    looked = learnt("reschedule", "--dry-run", "--json", now=LATER).json
    assert set(looked) == RESCHEDULE_KEYS
    assert looked["rescheduled"] is False
    assert looked["cards"] == 150
    assert looked["sooner"]["cards"] + looked["later"]["cards"] == looked["moved"] > 0
    assert len(looked["minutes_before"]) == len(looked["minutes_after"]) == 30
    assert "Nothing was moved" in learnt("reschedule", "--dry-run").out
    done = learnt("reschedule", "--json").json
    assert done == looked | {"rescheduled": True}
    assert learnt("reschedule", "--dry-run", "--json").json["moved"] == 0
    assert "No card moves" in learnt("reschedule").out
    assert "rescheduling" in learnt("undo").out
    assert learnt("reschedule", "--dry-run", "--json").json == looked
    assert "张" in learnt("reschedule", "--lang", "zh").out


def test_a_dry_run_needs_no_lock(learnt: Command, home: Path) -> None:
    opened = Study(Launch(str(home), "en"), writer="the app")
    assert learnt("reschedule", "--dry-run", now=LATER).code == 0
    assert learnt("reschedule").code == 3
    opened.close()


def test_a_fit_may_be_followed_by_a_preview_or_by_the_move(learnt: Command) -> None:
    assert learnt("fit", "--preview", "--reschedule", now=LATER).code == 2
    done = learnt("fit", "--preview", "--json").json
    assert done["kept"] is True
    assert set(done["reschedule"]) == RESCHEDULE_KEYS
    assert done["reschedule"]["rescheduled"] is False
    moved = learnt("fit", "--reschedule", "--json").json
    assert moved["reason"] == "too-few-new"
    assert moved["reschedule"]["rescheduled"] is True
    assert "rescheduling" in learnt("undo").out
    assert "fit" in learnt("undo").out
    assert "were moved" in learnt("fit", "--reschedule").out
