from __future__ import annotations

import pytest

from studybuddy.course.shelf.difference import Change, differences
from studybuddy.course.shelf.merging import Clash, Merged, merge
from studybuddy.course.shelf.record import Record, Source

SOURCE = Source("lesson.txt", "text", "0", "S3W10D2")


def card(word: str, back: str = "b") -> str:
    return f'[[card]]\nid = "{word}"\nback = "{back}"\n\n'


BASE = {"cards.toml": card("a") + card("b") + card("c"), "exercises/e/starter.py": "x = 1\n"}
RECORD = Record.of(SOURCE, (), BASE)


def merged(here: dict[str, str | None], new: dict[str, str]) -> Merged:
    return merge(RECORD, {**BASE, **here}, {**BASE, **new})


def test_without_a_change_of_the_learners_the_new_is_taken() -> None:
    found = merged({}, {"cards.toml": card("a", "new")})
    assert found.files["cards.toml"] == card("a", "new")
    assert (found.kept, found.beside, found.conflicts, found.edited) == ([], {}, [], False)


def test_without_a_change_of_the_source_the_learners_stays() -> None:
    found = merged({"cards.toml": card("a", "mine")}, {})
    assert found.kept == ["cards.toml"]
    assert (found.beside, found.conflicts, found.edited) == ({}, [], True)


@pytest.mark.parametrize(
    ("mine", "new", "wanted", "clash"),
    [
        (
            card("a", "mine") + card("b"),
            card("a") + card("b", "new"),
            card("a", "mine") + card("b", "new"),
            None,
        ),
        (card("a") + card("own") + card("b"), card("a", "new") + card("b"), "[a new][own b][b b]", None),
        (card("own") + card("a"), card("a", "new") + card("d"), "[own b][a new][d b]", None),
        (card("a", "mine"), card("a", "new"), "[a mine]", ("a", Clash.BOTH)),
        (card("a", "same"), card("a", "same"), "[a same]", None),
        (card("b"), card("a") + card("b", "new"), "[b new]", None),
        (card("b"), card("a", "new") + card("b"), "[b b]", ("a", Clash.REMOVED)),
        (card("a", "mine") + card("b"), card("b", "new"), "[a mine][b new]", ("a", Clash.GONE)),
        (card("a") + card("b", "mine"), card("b"), "[b mine]", None),
        (card("d", "mine"), card("d", "new"), "[d mine]", ("d", Clash.BOTH)),
    ],
)
def test_card_by_card(mine: str, new: str, wanted: str, clash: tuple[str, Clash] | None) -> None:
    base = {"cards.toml": card("a") + card("b")}
    found = merge(Record.of(SOURCE, (), base), {"cards.toml": mine}, {"cards.toml": new})
    text = found.files["cards.toml"]
    if wanted.startswith("[["):
        assert text == wanted.rstrip() + "\n"
    else:
        ids, backs = (
            [line.split('"')[1] for line in text.splitlines() if line.startswith(key)]
            for key in ("id", "back")
        )
        assert "".join(f"[{one} {other}]" for one, other in zip(ids, backs, strict=True)) == wanted
    assert [(conflict.id, conflict.clash) for conflict in found.conflicts] == ([clash] if clash else [])
    assert found.beside == ({"cards.toml.new": new} if clash else {})


def test_files_that_come_and_go() -> None:
    without = {name: text for name, text in BASE.items() if not name.startswith("exercises")}
    gone = merge(RECORD, {**BASE, "cards.toml.new": "old", "lesson.en.md": "mine"}, without)
    assert "exercises/e/starter.py" not in {*gone.files, *gone.kept}
    assert gone.kept == ["lesson.en.md"]
    changed: dict[str, str | None] = {
        **BASE,
        "exercises/e/starter.py": "mine\n",
        "exercises/e/exercise.toml": "t",
    }
    kept = merge(RECORD, changed, without)
    assert set(kept.kept) == {"exercises/e/starter.py", "exercises/e/exercise.toml"}
    assert [(one.kind, one.id, one.clash) for one in kept.conflicts] == [("exercise", "e", Clash.GONE)]
    binary = merged({"cards.toml": None}, {"cards.toml": card("a", "new")})
    assert binary.kept == ["cards.toml"]
    assert binary.beside == {"cards.toml.new": card("a", "new")}


def test_the_base_of_the_next_merge_is_the_source() -> None:
    """A conflict that was told once is not told again while the source stays as it is."""
    new = {**BASE, "cards.toml": card("a", "new")}
    first = merge(RECORD, {**BASE, "cards.toml": card("a", "mine")}, new)
    again = merge(Record.of(SOURCE, (), new), {**BASE, "cards.toml": first.files["cards.toml"]}, new)
    assert (again.kept, again.conflicts) == (["cards.toml"], [])


def test_differences_are_told_by_kind_and_once() -> None:
    old = {"cards.toml": card("q1") + card("q2"), "lesson.zh.md": "# t\n\n## 1 x {#theory}\n\na\n"}
    new = {
        "cards.toml": card("q2", "new") + card("q3"),
        "lesson.zh.md": "# other\n\n## 1 x {#theory}\n\na\n\n> **思考题** {#think-1}：？\n\nb\n",
        "exercises/e/starter.py": "",
        "exercises/e/exercise.toml": "",
    }
    marks = [Record.of(SOURCE, (), files).pieces for files in (old, new)]
    assert differences(marks[0], marks[1]) == (
        Change("card", added=("q3",), changed=("q2",), removed=("q1",)),
        Change("think", added=("think-1",)),
        Change("exercise", added=("e",)),
        Change("section", changed=("theory",)),
    )
    assert differences(marks[0], marks[0]) == ()


PROSE = [
    "## 1 理论 {#theory}",
    "一",
    "二",
    "三",
    "> **思考题** {#think-1}：？",
    "四",
    "## 2 代码 {#code}",
    "五",
]


@pytest.mark.parametrize(
    ("mine", "new", "wanted", "clashes"),
    [
        ({"二": "二*"}, {"一": "零|一", "三": "三+"}, {"一": "零|一", "二": "二*", "三": "三+"}, 0),
        ({"二": "二*"}, {"二": "二+"}, {"二": "二*"}, 1),
        ({"一": "一|我"}, {"一": "一|新"}, {"一": "一|我|新"}, 0),
        ({"一": "一|同"}, {"一": "一|同"}, {"一": "一|同"}, 0),
        ({"四": ""}, {"五": "五+"}, {"四": "", "五": "五+"}, 0),
        ({"五": "五*"}, {"一": ""}, {"一": "", "五": "五*"}, 0),
        (
            {"三": "三*", "五": "五*"},
            {"一": "一+", "四": "四+"},
            {"一": "一+", "三": "三*", "四": "四+", "五": "五*"},
            0,
        ),
    ],
)
def test_paragraph_by_paragraph(
    mine: dict[str, str], new: dict[str, str], wanted: dict[str, str], clashes: int
) -> None:
    def page(changes: dict[str, str]) -> str:
        lines = [line for old in PROSE for line in changes.get(old, old).split("|") if line]
        return "\n\n".join(lines) + "\n"

    record = Record.of(SOURCE, (), {"lesson.zh.md": page({})})
    found = merge(record, {"lesson.zh.md": page(mine)}, {"lesson.zh.md": page(new)})
    assert (found.files["lesson.zh.md"], len(found.conflicts)) == (page(wanted), clashes)
