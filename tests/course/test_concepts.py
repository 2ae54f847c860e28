from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studybuddy.core.diagnostic import Severity
from studybuddy.course.concepts import MOST_REQUIRED, check_card_concepts, read_concepts
from studybuddy.course.finder import content_root
from studybuddy.course.index import load_index
from studybuddy.course.lint import lint
from studybuddy.course.report import Report
from tests.course.sample import changed, write_lesson


def concept(name: str, requires: list[str] | None = None, lesson: str = "s1w2d3", extra: str = "") -> str:
    return (
        f'[[concept]]\nid = "{name}"\nlesson = "{lesson}"\nrequires = {requires or []}\n'
        f'zh = "概念 {name}"\nen = "concept {name}"\n{extra}\n'
    )


def write(root: Path, *concepts: str) -> Path:
    root.mkdir(parents=True, exist_ok=True)
    (root / "concepts.toml").write_text("".join(concepts), encoding="utf-8")
    return root


def found(*paths: Path) -> list[tuple[str, str, int]]:
    return [(d.code, Path(d.path).name, d.line) for d in lint(paths)]


def test_the_course_has_its_concepts() -> None:
    report = Report()
    concepts = read_concepts(content_root(), report)
    assert report.diagnostics == ()
    assert [c.id for c in concepts] == [f"K{number:02}" for number in range(1, 48)]
    assert all(set(c.titles) == {"zh", "en"} for c in concepts)
    assert {c.lesson for c in concepts} == {f"s3w10d{day}" for day in range(1, 8)}
    assert next(c for c in concepts if c.id == "K07").requires == ["K05", "K06"]


def test_every_card_of_the_course_belongs_to_a_concept_of_its_day_or_before() -> None:
    index = load_index(content_root(), None)
    lessons = {c.id: c.lesson for c in index.concepts}
    for lesson in index.lessons:
        for card in lesson.cards:
            assert lessons[card.concept] == lesson.id, card.id


def test_what_is_read(tmp_path: Path) -> None:
    report = Report()
    (first, second) = read_concepts(write(tmp_path, concept("A"), concept("B", ["A", "A"])), report)
    assert report.diagnostics == ()
    assert first == ("A", "s1w2d3", {"zh": "概念 A", "en": "concept A"}, [], [])
    assert second.requires == ["A"]
    assert read_concepts(tmp_path / "nothing-here", report) == []


@pytest.mark.parametrize(
    ("concepts", "code", "line"),
    [
        ((concept("A"), concept("B", ["C"])), "unknown-concept", 11),
        ((concept("A", ["A"]),), "concept-circle", 4),
        ((concept("A", lesson="s1w2d4"), concept("B", ["A"])), "later-concept", 11),
        ((concept("A"), concept("A")), "id-twice", 9),
        ((concept("A b"),), "bad-id", 2),
        ((concept("a" * 65),), "bad-id", 2),
        ((concept("A", lesson="week 3"),), "bad-id", 3),
        ((concept("A").replace('en = "concept A"\n', ""),), "missing-key", 1),
        ((concept("A").replace('zh = "概念 A"', 'zh = ""'),), "wrong-type", 5),
        ((concept("A").replace("concept A", "x" * 61),), "title-long", 6),
        ((concept("A").replace("concept A", r"one\nother"),), "title-long", 6),
        ((concept("A", extra="needs = []"),), "unknown-key", 7),
        ((concept("A", [f"B{n}" for n in range(MOST_REQUIRED + 1)]),), "too-many", 4),
        (("[[concept]]\nid = \n",), "toml-syntax", 2),
        (("concept = 3",), "wrong-type", 1),
    ],
)
def test_what_is_wrong_is_told_with_its_line(
    tmp_path: Path, concepts: tuple[str, ...], code: str, line: int
) -> None:
    root = write(tmp_path, *concepts)
    assert (code, "concepts.toml", line) in found(root)
    assert load_index(root, None).errors, "the app says it too"


@pytest.mark.parametrize(
    ("drill", "expected"),
    [
        ('concept = "A"\n', None),
        ('concept = "K99"\n', ("unknown-concept", "drills.toml", 3)),
        ("", ("concept-missing", "drills.toml", 1)),
    ],
)
def test_a_drill_belongs_to_a_concept(
    tmp_path: Path, drill: str, expected: tuple[str, str, int] | None
) -> None:
    words = "".join(f'[drill.{code}]\ntitle = "t"\ngivens = "g"\n' for code in ("zh", "en"))
    prompts = "".join(f'[drill.step.{code}]\nprompt = "p"\n' for code in ("zh", "en"))
    step = f'[[drill.step]]\nid = "s"\nanswer = "x"\n{prompts}'
    root = write(tmp_path, concept("A"))
    (root / "drills.toml").write_text(
        f'[[drill]]\nid = "d"\n{drill}[drill.tensors]\nx = []\n{words}{step}', encoding="utf-8"
    )
    assert found(root) == ([expected] if expected else [])


def test_a_circle_is_named_and_cut(tmp_path: Path) -> None:
    root = write(tmp_path, concept("A", ["C"]), concept("B", ["A"]), concept("C", ["B"]), concept("D", ["C"]))
    (circle,) = lint([root])
    assert (circle.code, circle.severity) == ("concept-circle", Severity.ERROR)
    assert circle.message == "a concept cannot rest on itself: A → C → B → A"
    assert circle.line == 11, "the link that was left out"
    assert {c.id: c.requires for c in read_concepts(root, Report())} == {
        "A": ["C"],
        "B": [],
        "C": ["B"],
        "D": ["C"],
    }


@given(st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=60))
def test_whatever_is_linked_no_circle_comes_back(
    tmp_path_factory: pytest.TempPathFactory, links: list[tuple[int, int]]
) -> None:
    requires = {n: [f"C{b}" for a, b in links if a == n] for n in range(12)}
    root = write(tmp_path_factory.mktemp("c"), *(concept(f"C{n}", requires[n]) for n in range(12)))
    report = Report()
    kept = {c.id: set(c.requires) for c in read_concepts(root, report)}
    circular = _peeled({name: set(required) for name, required in _named(requires).items()})
    assert not _peeled(kept)
    assert bool(circular) == any(d.code == "concept-circle" for d in report.diagnostics)
    if not circular:
        assert kept == _named(requires)


def _named(requires: dict[int, list[str]]) -> dict[str, set[str]]:
    return {f"C{n}": set(required) for n, required in requires.items()}


def _peeled(graph: dict[str, set[str]]) -> dict[str, set[str]]:
    """What cannot be put in order."""
    left = dict(graph)
    while ready := [name for name, required in left.items() if not required & left.keys()]:
        for name in ready:
            del left[name]
    return left


def test_a_long_chain_needs_no_recursion(tmp_path: Path) -> None:
    chain = [concept("C0", ["C1999"])] + [concept(f"C{n}", [f"C{n - 1}"]) for n in range(1, 2000)]
    (circle,) = lint([write(tmp_path, *chain)])
    assert circle.code == "concept-circle"
    assert len(circle.message) < 120


def test_cards_without_a_concept_or_with_an_unknown_one(tmp_path: Path) -> None:
    folder = write_lesson(tmp_path)
    assert found(tmp_path) == [], "a course without the file says nothing of concepts"
    write(tmp_path, concept("K02"))
    lines = (folder / "cards.toml").read_text(encoding="utf-8").splitlines()
    at = lines.index('concept = "K01"') + 1
    expected = [("unknown-concept", "cards.toml", at)]
    for paths in ([tmp_path], [folder], [folder / "cards.toml"]):
        rows = found(*paths)
        assert rows[:1] == expected
        assert {row[0] for row in rows[1:]} == {"concept-missing"}
    assert found(tmp_path / "concepts.toml") == []
    assert load_index(tmp_path, None).lessons[0].errors == [], "the lesson opens all the same"


def test_a_concept_that_is_no_word_is_told_once(tmp_path: Path) -> None:
    folder = write_lesson(tmp_path, changed("cards.toml", 'concept = "K01"', "concept = 7"))
    write(tmp_path, concept("K01"))
    assert [row[0] for row in found(folder)] == ["wrong-type", "concept-missing", "concept-missing"]


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    root = write(tmp_path / "root")
    (root / "concepts.toml").write_bytes(b"\xff\xfe\x00")
    assert [row[0] for row in found(root)] == ["not-utf8"]
    (root / "concepts.toml").unlink()
    (root / "concepts.toml").mkdir()
    assert [row[0] for row in found(root)] == ["not-a-file"]
    (root / "concepts.toml").rmdir()
    (root / "concepts.toml").symlink_to(root / "gone")
    assert [row[0] for row in found(root)] == ["unreadable"]
    check_card_concepts(root, frozenset(), report := Report())
    assert report.diagnostics == ()


def test_the_cache_follows_the_file(tmp_path: Path) -> None:
    root = write(tmp_path / "content", concept("A"))
    write_lesson(root)
    fresh = load_index(root, tmp_path / "cache")
    assert load_index(root, tmp_path / "cache") == fresh
    write(root, concept("A"), concept("B", ["A"]), concept("C", ["Z"]))
    again = load_index(root, tmp_path / "cache")
    assert [c.id for c in again.concepts] == ["A", "B", "C"]
    assert len(again.errors) == 1
    assert load_index(root, tmp_path / "cache") == again
