"""Numbers in the words of a lesson, held against what its scripts find."""

from __future__ import annotations

from pathlib import Path

import pytest

from studybuddy.course.report import Report
from studybuddy.study.proving.arithmetic import shapes_hold, sums_hold
from studybuddy.study.proving.figures import check_facts, check_figures
from studybuddy.study.proving.progress import Crew
from studybuddy.study.proving.scripts import Figure, run_scripts
from studybuddy.study.proving.written import may_be_written, read_written

ZH, EN = "损失停在 539。\n\n从约 1.5 万 降。\n", "The loss stays\nat 539.\n\nFrom about 15,000 down.\n"


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("539", 539, 1),
        ("26,365,524", 26365524, 1),
        ("32{,}000{,}640", 32000640, 1),
        ("1e-6", 1e-6, 1e-6),
        (r"2.15 \times 10^6", 2.15e6, 1e4),
        (r"9.3 \times 10^{-7}", 9.3e-7, 1e-8),
        ("9%", 0.09, 0.01),
        ("1.5 万", 15000, 1000),
        ("−100", -100, 1),
    ],
)
def test_numbers_as_they_are_written(text: str, value: float, unit: float) -> None:
    written = read_written(text)
    assert written is not None
    assert written.value == pytest.approx(value)
    assert written.unit == pytest.approx(unit)


@pytest.mark.parametrize("text", ["", "many", "1e9999", "1.2.3", "1 2", "9" * 70])
def test_what_is_no_number(text: str) -> None:
    assert read_written(text) is None


@pytest.mark.parametrize(
    ("figure", "text", "tolerance", "bound", "right"),
    [
        (31.172, "31.2", 0, "", True),
        (31.26, "31.2", 0, "", False),
        (41196.1, "41,200", 0, "", False),
        (41196.1, "41,200", 0.005, "", True),
        (199, "200", 0, "most", True),
        (201, "200", 0, "most", False),
        (201, "200", 0, "least", True),
        (float("nan"), "200", 0, "most", False),
        (float("inf"), "1e9", 1, "least", False),
    ],
)
def test_rounding(figure: float, text: str, tolerance: float, bound: str, right: bool) -> None:
    written = read_written(text)
    assert written is not None
    assert may_be_written(figure, written, tolerance, bound) is right


@pytest.mark.parametrize(
    ("formula", "holds"),
    [
        (r"640 \times 50001 = 32{,}000{,}640", True),
        (r"640 \times 50001 = 32{,}000{,}641", False),
        (r"\sqrt{1000} \approx 31.6", True),
        (r"\sqrt{1000} \approx 31.7", False),
        (r"\frac{1}{4} + 2^{3} = 8.25", True),
        (r"-14 \cdot 6 = -84", True),
        ("x = 1", None),
        (r"9^{999} = 1", None),
        ("1 / 0 = 1", None),
        ("2", None),
    ],
)
def test_sums(formula: str, holds: bool | None) -> None:
    assert sums_hold(formula) is holds


@pytest.mark.parametrize(
    ("formula", "holds"),
    [
        (r"(N, D_{in}) \times (D_{in}, H) \to (N, H)", True),
        (r"(H, M) = (H, N) \times (N, M)", True),
        (r"(N, M) \times (N, H) = (M, H)", False),
        (r"(N, M) = (M, N)", None),
        ("N = 2", None),
    ],
)
def test_shapes(formula: str, holds: bool | None) -> None:
    assert shapes_hold(formula) is holds


def checked(tmp_path: Path, toml: str, figures: dict[str, float], zh: str = ZH) -> list[tuple[str, str, int]]:
    (tmp_path / "lesson.zh.md").write_text(zh, "utf-8")
    (tmp_path / "lesson.en.md").write_text(EN, "utf-8")
    (tmp_path / "numbers.toml").write_text(toml, "utf-8")
    report = Report()
    check_figures(tmp_path, {name: Figure(value, "a.py") for name, value in figures.items()}, report)
    return [(row.code, Path(row.path).name, row.line) for row in report.diagnostics]


STUCK = '[[number]]\nname = "stuck"\nzh = "停在 <<539>>"\nen = "stays at <<539>>"\n'
GIVEN = 'given = ["1.5 万", "15,000"]\n'


@pytest.mark.parametrize(
    ("toml", "figures", "rows"),
    [
        (GIVEN + STUCK, {"stuck": 539.37}, []),
        (
            GIVEN + STUCK,
            {"stuck": 540.1},
            [("number-wrong", "lesson.en.md", 1), ("number-wrong", "lesson.zh.md", 1)],
        ),
        (
            STUCK,
            {"stuck": 539},
            [("number-unproved", "lesson.en.md", 4), ("number-unproved", "lesson.zh.md", 3)],
        ),
        (GIVEN + STUCK, {}, [("number-unknown", "numbers.toml", 3)]),
        (GIVEN + STUCK.replace("停在", "停于"), {"stuck": 539}, [("number-absent", "numbers.toml", 4)]),
        (GIVEN + STUCK.replace("<<539>>", "539", 1), {"stuck": 539}, [("number-form", "numbers.toml", 4)]),
        (
            GIVEN + STUCK + 'bound = "about"\n',
            {"stuck": 539},
            [("unknown-word", "numbers.toml", 6)],
        ),
        (GIVEN + STUCK, {"stuck": 539, "other": 1}, [("number-unused", "a.py", 1)]),
        (GIVEN + STUCK, {"stuck": 539, "holds-so": 0}, [("claim-false", "a.py", 1)]),
    ],
)
def test_findings(
    tmp_path: Path, toml: str, figures: dict[str, float], rows: list[tuple[str, str, int]]
) -> None:
    found = checked(tmp_path, toml, figures)
    if ("number-form", "numbers.toml", 4) in rows:
        found = [row for row in found if row[0] != "number-unproved"]
    assert found == rows


def test_code_and_fences_are_no_words(tmp_path: Path) -> None:
    zh = ZH + "\n`x = 12345`\n\n```python\ny = 67890\n```\n\n> ```\n> 1.25\n> ```\n"
    assert checked(tmp_path, GIVEN + STUCK, {"stuck": 539}, zh) == []
    assert checked(tmp_path, GIVEN + STUCK, {"stuck": 539}, ZH + "\n有12.5个\n") == [
        ("number-unproved", "lesson.zh.md", 5)
    ]


def test_facts(tmp_path: Path) -> None:
    report = Report()
    (tmp_path / "lesson.toml").write_text("[facts]\nzero_loss = 627.63\nlosses = [1.0, 0.5]\n")
    facts: dict[str, object] = {"zero_loss": 627.63, "losses": [1.0, 0.5]}
    figures = {"fact-zero-loss": 627.63, "fact-losses-1": 0.25, "fact-gone": 1.0}
    check_facts(tmp_path, facts, {name: Figure(value, "a.py") for name, value in figures.items()}, report)
    said = [row.message for row in report.diagnostics]
    assert len(said) == 2
    assert {row.line for row in report.diagnostics} == {1, 3}
    assert any("fact-losses-1; a.py finds 0.25" in one for one in said)


def test_scripts_run_where_programs_of_learners_run(tmp_path: Path) -> None:
    folder = tmp_path / "numbers"
    folder.mkdir()
    outside = tmp_path / "outside.txt"
    (folder / "a.py").write_text("print('one =', 1)\nprint('true =', True)\nprint('nonsense')\n")
    (folder / "b.py").write_text(f"print('one =', 2)\nopen({str(outside)!r}, 'w')\n")
    report = Report()
    with Crew() as crew:
        figures = run_scripts(tmp_path, report, crew)
    assert {name: one.value for name, one in figures.items()} == {"one": 1.0, "true": 1.0}
    codes = sorted((row.code, Path(row.path).name) for row in report.diagnostics)
    assert codes == [("id-twice", "b.py"), ("script-failed", "b.py"), ("script-line", "a.py")]
    assert not outside.exists()
