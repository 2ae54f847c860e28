"""Data folders that measures start from."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

from studybuddy.core.card import Rating
from studybuddy.study.launch import Launch
from studybuddy.study.wiring import Study

FIRST_DAY = datetime(2026, 11, 22, 8, 0, tzinfo=timezone(timedelta(hours=8)))
STUDY_DAY = "2026-12-22T08:00:00+08:00"
"""A month later, when everything learnt on the first day is due."""
DUE = 37


def studied_folder(folder: Path) -> Path:
    """A data folder in which exactly `DUE` cards of the course are due on `STUDY_DAY`."""
    from studybuddy.core.clock import FixedClock

    study = Study(Launch(str(folder), "en"), writer="benchmark")
    study.desk.clock = FixedClock(FIRST_DAY)
    for card in list(study.desk.catalogue.card_ids)[:DUE]:
        study.review.answer(card, Rating.EASY, 4000)
    study.close()
    return folder
