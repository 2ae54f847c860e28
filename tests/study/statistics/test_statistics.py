"""A whole year through the use case, and logs that are damaged."""

from __future__ import annotations

import json
from collections import Counter
from datetime import timedelta

import pytest

from studybuddy.cli.stats_json import Everything, stats_json
from studybuddy.core.card import Rating
from studybuddy.core.event import EventKind, NewEvent
from studybuddy.i18n import say
from studybuddy.study.statistics import words
from studybuddy.study.statistics.figures import Figures
from studybuddy.study.statistics.material import Material
from studybuddy.study.statistics.weakness import ConceptFigures
from studybuddy.study.undoing import undo
from studybuddy.study.wiring import Study
from tests.study.conftest import DAY_ONE, set_clock
from tests.study.statistics.a_year import Year

DAMAGED: tuple[dict[str, object], ...] = (
    {"rating": 0, "due": "2026-11-26"},
    {"rating": "3", "elapsed_ms": "long", "due": "2026-11-26"},
    {"rating": True, "due": "2026-11-26"},
    {"rating": 3, "due": "soon"},
    {"rating": float("nan"), "due": "2026-11-26"},
    {},
)


@pytest.fixture
def year(study: Study) -> Study:
    Year(study, DAY_ONE, days=90).write()
    return study


def everything(study: Study) -> str:
    foresight = study.statistics.foresight()
    found = Everything(
        study.statistics.glance(),
        study.statistics.figures(),
        foresight.calibration(),
        foresight.mean_recall(),
        foresight.year(),
        foresight.workload(),
    )
    return json.dumps(stats_json(found, lambda concept: study.desk.concepts.title(concept, "en")))


def test_figures_of_a_year_hang_together(year: Study) -> None:
    found = json.loads(everything(year))
    events = list(year.desk.store.log.events(EventKind.REVIEW))
    ratings = Counter(event.body["rating"] for event in events)
    assert found["reviews"] == len(events) == sum(found["ratings"].values())
    assert list(found["ratings"].values()) == [ratings[n] for n in (1, 2, 3, 4)]
    assert sum(hour["reviews"] for hour in found["hours"]) == len(events)
    assert sum(kind["reviews"] for kind in found["kinds"]) == len(events)
    assert found["retention"]["all"]["reviews"] == sum(hour["tested"] for hour in found["hours"])
    assert sum(day["reviews"] for day in found["heat_map"]) == len(events)
    assert sum(found["cards"].values()) == len(year.desk.store.queue.ids())
    learnt = found["known"]["cards"]
    for name in ("stability", "difficulty", "retrievability"):
        assert sum(found["distributions"][name]["counts"]) == learnt
    assert 0.7 * learnt < found["known"]["recalled"] < learnt
    by_hour = Counter(event.wall_ms // 60_000 + event.tz_min for event in events)
    assert found["hours"][8]["reviews"] == sum(n for minute, n in by_hour.items() if minute // 60 % 24 == 8)
    begun = sum(day["begun"] for day in found["joined"])
    assert begun == found["efforts"]["month"]["started"]
    assert len(found["forecast"]) == 30
    due = [n for day, n in year.desk.store.queue.due_days() if day <= year.desk.day().isoformat()]
    assert found["forecast"][0]["due"] == sum(due)
    weak = found["concepts"][0]
    assert weak["title"]
    assert weak["strength"] <= found["concepts"][-1]["strength"]


def test_pieces_make_the_same_figures(year: Study) -> None:
    whole = year.statistics.figures()
    year.__dict__.pop("review_table")
    year.__dict__.pop("statistics")
    *shares, material = year.statistics.gather(7)
    assert isinstance(material, Material)
    assert len(shares) > 10
    assert all(isinstance(share, float) and 0 <= share < 1 for share in shares)
    from studybuddy.study.statistics.figures import figures

    assert figures(material) == whole


def test_damage_changes_no_figure_of_the_reviews(year: Study) -> None:
    def of_reviews(study: Study) -> Figures:
        return study.statistics.figures()

    before, calibration = of_reviews(year), year.foresight.calibration()
    store = year.desk.store
    with store._transaction():
        for n, body in enumerate(DAMAGED):
            when = DAY_ONE + timedelta(seconds=n)
            store.log.append(NewEvent(EventKind.REVIEW, f"own/card/{n:04}", body), when, when.date())
    year.__dict__.pop("review_table")
    year.__dict__.pop("statistics")
    assert of_reviews(year) == before
    assert year.foresight.calibration() == calibration
    json.loads(everything(year))


def test_nothing_reviewed_is_no_error(study: Study) -> None:
    found = json.loads(everything(study))
    assert (found["streak"], found["reviews"], found["longest_streak"]) == (0, 0, 0)
    assert found["retention"]["young"] == {"reviews": 0, "recalled": 0, "rate": None}
    assert found["kinds"] == found["concepts"] == found["heat_map"] == []
    figures = study.statistics.figures()
    for phrase in (
        words.kinds_words(figures.kinds),
        words.hours_words(figures.hours),
        words.buttons_words(figures.buttons),
        words.stability_words(figures.known.stability),
    ):
        assert phrase is None
    assert "Nothing reviewed" in str(words.little(0))


def test_an_answer_and_its_undo_are_seen(study: Study) -> None:
    card = study.card_id("dw")
    assert study.statistics.figures().reviews == 0
    study.review.answer(card, Rating.EASY, 3000)
    set_clock(study, DAY_ONE + timedelta(days=9))
    study.review.answer(card, Rating.AGAIN, 3000)
    found = study.statistics.figures()
    assert found.reviews == 2
    assert found.retention["today"].young == (1, 0)
    undo(study)
    found = study.statistics.figures()
    assert (found.reviews, found.retention["all"].all.reviews) == (1, 0)


def test_at_four_the_day_turns_for_every_figure(study: Study) -> None:
    card, before_four = study.card_id("dw"), DAY_ONE.replace(hour=3, minute=59) + timedelta(days=8)
    study.review.answer(card, Rating.EASY, 60_000)
    set_clock(study, before_four)
    study.review.answer(card, Rating.GOOD, 60_000)
    assert study.statistics.glance().today == DAY_ONE.date() + timedelta(days=7)
    assert study.statistics.figures().retention["today"].all.reviews == 1
    set_clock(study, before_four + timedelta(minutes=1))
    glance, figures = study.statistics.glance(), study.statistics.figures()
    assert glance.today == DAY_ONE.date() + timedelta(days=8)
    assert figures.retention["today"].all.reviews == 0
    assert figures.retention["week"].all.reviews == 1
    assert glance.heat.totals(glance.today).reviews == 0
    assert glance.heat.totals(glance.today - timedelta(days=1)).reviews == 1
    assert figures.hours[3].reviews == figures.hours[8].reviews == 1


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_sentence_can_be_said(year: Study, language: str) -> None:
    from studybuddy.i18n import say, use_language

    use_language(language)
    try:
        figures, glance = year.statistics.figures(), year.statistics.glance()
        said = [
            words.little(12),
            words.kept_words(figures.retention["all"].all, 0.9),
            words.kept_words(figures.retention["all"].all, 0.7),
            words.kept_words(figures.retention["all"].all, 0.97),
            words.known_words(figures.known),
            words.stability_words(figures.known.stability),
            words.difficulty_words(figures.known.difficulty),
            words.interval_words(figures.known.interval),
            words.ahead_words(glance.ahead),
            words.year_words(year.foresight.year()),
            words.workload_words(year.foresight.workload(), 0.9),
            words.joined_words(figures.joined),
            words.kinds_words(figures.kinds),
            words.hours_words(figures.hours),
            words.buttons_words(figures.buttons),
            words.concepts_words(figures.concepts, lambda concept: concept),
            *words.calibration_words(year.foresight.calibration()),
        ]
        for phrase in said:
            assert phrase is not None
            assert say(phrase)
            assert "{" not in say(phrase)
    finally:
        use_language("en")


def test_a_concept_that_was_never_forgotten_is_not_called_weak() -> None:
    strong = ConceptFigures("K01", 1, 0.99, 5, 5, 0.95)
    few = ConceptFigures("K02", 1, 0.9, 4, 3, 0.9)
    said = words.concepts_words([few, strong], lambda concept: concept)
    assert "K01" not in say(said)
    assert "asked 5 times or more" in say(said)
    weak = words.concepts_words([strong._replace(recalled=4)], lambda concept: concept)
    assert say(weak) == "Weakest: K01, 4 of 5 recalled in 90 days."
