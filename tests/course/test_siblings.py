"""Several gaps of a course card, and cards that give each other away."""

from __future__ import annotations

from pathlib import Path

from studybuddy.course.index import load_index
from studybuddy.course.lint import lint
from studybuddy.course.reader import read_lesson
from tests.course.sample import changed, write_lesson


def two_gaps() -> dict[str, str | bytes | None]:
    return changed("cards.toml", "导数用{{链式法则}}求", "{{导数}}用{{链式法则::法则}}求")


def test_a_translation_has_as_many_gaps(tmp_path: Path) -> None:
    folder = write_lesson(tmp_path / "content", two_gaps())
    found = [diagnostic for diagnostic in lint([folder]) if diagnostic.code == "translation-ids"]
    assert [diagnostic.message for diagnostic in found] == [
        f"the other language has the gap {gap} of card chain~{gap}, this one not; write it here too, "
        "with the same id"
        for gap in (1, 2)
    ]


def test_each_gap_is_a_card(tmp_path: Path) -> None:
    write_lesson(tmp_path / "content", two_gaps())
    lesson = read_lesson(tmp_path / "content" / "s1w2d3", "zh").lesson
    assert lesson is not None
    cards = {card.id.rpartition("/")[2]: card for card in lesson.cards}
    assert list(cards) == ["local", "chain~1", "chain~2", "value"]
    assert (cards["chain~1"].gap, cards["chain~2"].gap) == (1, 2)
    assert cards["chain~1"].note == cards["chain~2"].note == "s1w2d3/card/chain"
    [entry] = load_index(tmp_path / "content", None).lessons
    assert [card.note for card in entry.cards] == ["", *["s1w2d3/card/chain"] * 2, ""]


def test_a_note_is_of_its_lesson(tmp_path: Path) -> None:
    files = changed(
        "cards.toml", "tolerance = 0.01", 'tolerance = 0.01\nnote = "square"\nunit = "m"\nabsolute = 1'
    )
    write_lesson(tmp_path / "content", files)
    lesson = read_lesson(tmp_path / "content" / "s1w2d3", "en").lesson
    assert lesson is not None
    card = lesson.cards[-1]
    assert (card.note, card.unit, card.absolute) == ("s1w2d3/card/square", "m", 1.0)
