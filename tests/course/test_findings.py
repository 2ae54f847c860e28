"""What is wrong is said with the file and the line where it is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from studybuddy.core.diagnostic import Severity
from studybuddy.course.reader import read_lesson
from studybuddy.i18n import translation
from tests.course.sample import FILES, PROSE_ZH, changed, write_lesson

MD, TOML, CARDS = "lesson.zh.md", "lesson.toml", "cards.toml"
LOOP, DEPTH = "exercises/loop/exercise.toml", "exercises/depth/exercise.toml"

Row = tuple[str, str, str, str, str]
"""File, what stood there, what stands there now, the code to find, and what its line holds."""

PROSE: list[Row] = [
    (MD, "# S1W2D3：", "# S9W9D9：", "code-folder", "# S9W9D9"),
    (MD, "# S1W2D3：平方", "# 平方", "title-form", "# 平方"),
    (MD, "引言。", "# 第二个", "title-twice", "# 第二个"),
    (MD, "{#theory}", "", "section-unknown", "## 1 理论"),
    (MD, "{#theory}", "{#therapy}", "section-unknown", "{#therapy}"),
    (MD, "## 1 理论", "## 2 理论", "section-number", "## 2 理论"),
    (MD, "## 1 理论", "## 理论", "section-number", "## 理论"),
    (MD, "## 5 工程 {#engineering}", "## 5 工程 {#code}", "section-twice", "## 5 工程"),
    (MD, "## 5 工程 {#engineering}", "## 5 工程", "section-missing", "# S1W2D3"),
    (MD, "## 结语 {#closing}", "## 8 更多 {#more}", "section-unknown", "{#more}"),
    (MD, "接下来见", "## 隐蔽\n\n接下来见", "section-unknown", "## 隐蔽"),
    (MD, "接下来见", "> ## 隐蔽\n\n接下来见", "heading-level", "> ## 隐蔽"),
    (MD, "接下来见", "### 小标题 {#nothing}\n\n接下来见", "unknown-id", "{#nothing}"),
    (MD, "y = x ** 2\n```", "y = x ** 2", "fence-open", "```python"),
    (MD, "再见。", "```python\nx = 1", "fence-open", "```python"),
    (MD, "再见。", "> ```\n> x", "fence-open", "> ```"),
    (MD, "```output 作者的一次运行", "```output", "output-label", "```output"),
    (MD, "{exercise} loop", "{exercise} lop", "unknown-id", "{exercise} lop"),
    (MD, "{exercise} loop", "{exercise} Loop", "bad-id", "{exercise} Loop"),
    (MD, "{exercise} loop", "{exercise}", "missing-id", "{exercise}"),
    (MD, "{exercise} loop", "{excercise} loop", "slot-form", "{excercise}"),
    (MD, "{exercise} loop", "{exercise} loop\ntext", "slot-form", "{exercise} loop"),
    (MD, "{exercise} depth", "{exercise} loop", "slot-twice", "{exercise} loop"),
    (MD, "{exercise} loop\n:::", "{exercise} loop", "slot-form", "{exercise} loop"),
    (MD, "再见。", ":::{checklist}", "fence-open", "{checklist}"),
    (MD, "再见。", ":::{interview} x\n:::", "slot-form", "{interview} x"),
    (MD, "再见。", ":::{derivation} cube\n:::", "unknown-id", "{derivation} cube"),
    (MD, "**思考题** {#think-sign}：", "**思考题**：", "missing-id", "**思考题**"),
    (MD, "**思考题** {#think-sign}：", "**思考题** {#think-sign}", "label-colon", "**思考题**"),
    (MD, "{#think-sign}", "{#Think_Sign}", "bad-id", "{#Think_Sign}"),
    (MD, "{#think-sign}", "{#q1}", "id-twice", "{#q1}"),
    (MD, "{#think-sign}", "{#depth}", "id-twice", "{#depth}"),
    (MD, "> **思考题** {#think-sign}", "> **恩考题** {#think-sign}", "unknown-label", "**恩考题**"),
    (MD, "> **思考题** {#think-sign}", "**思考题** {#think-sign}", "label-place", "**思考题**"),
    (MD, ">\n> **答案**：不能。", "> **答案**：不能。", "label-place", "**答案**"),
    (MD, "> **答案**：不能。", "> **回答**：不能。", "unknown-label", "**回答**"),
    (MD, "> **答案**：不能。", "> **答案**不能。", "label-colon", "**答案**"),
    (MD, "再见。", "> **答案**：孤儿", "answer-alone", "**答案**"),
    (MD, "再见。", "> **Action**：先做。\n", "label-twice", "现在去推导"),
    (MD, "{#square}", "{#sqare}", "unknown-id", "{#sqare}"),
    (MD, " {#square}", "", "derivation-missing", "## 3 推导"),
    (MD, "> **步骤** {#local}", "> **步骤** {#locale}", "unknown-id", "{#locale}"),
    (MD, "> **步骤** {#local}", "> **步骤** {#locale}", "step-missing", "{#square}"),
    (MD, "> **步骤** {#local}：求", "> **步骤**：求", "missing-id", "**步骤**：求"),
    (MD, "> **步骤** {#local}", "> **歩骤** {#local}", "unknown-label", "**歩骤**"),
    (MD, "> **解释**：只剩", "> **说明**：只剩", "unknown-label", "**说明**"),
    (MD, "> **目标**：$\\frac{dy}{dx} = 2x$。", "> **目标**：求出 $y$。", "goal-form", "**目标**"),
    (MD, "> **目标**：$\\frac{dy}{dx} = 2x$。\n", "", "part-missing", "{#square}"),
    (MD, "> **设定**：$y = x^2$。\n", "", "part-missing", "{#square}"),
    (
        MD,
        "> **设定**：$y = x^2$。\n",
        "> **提示**：早了\n\n> **设定**：$y = x^2$。\n",
        "step-missing",
        "早了",
    ),
    (MD, "> **提示**：除以 $h$。", "> **提示**：\n>\n> $$\n> h\n> $$", "part-long", "> **提示**："),
    (MD, "### 平方的导数是什么？ {#q1}", "### 平方的导数是什么？", "missing-id", "是什么"),
    (MD, "> **考察点**：定义。\n>\n", "", "part-missing", "{#q1}"),
    (MD, "> **考察点**：定义。\n>\n", "> 定义。\n>\n", "unknown-label", "> 定义。"),
    (MD, "> **追问**：立方呢？", "> **考察点**：立方呢？", "label-twice", "立方呢"),
    (MD, "> **追问**：立方呢？", "> **反问**：立方呢？", "unknown-label", "**反问**"),
    (MD, "> - 极限\n", "> - 极限\n>\n>   两段\n", "key-points", "**要点**：\n"),
    (MD, ">\n> **错误要点**：", "> **错误要点**：", "label-place", "**错误要点**"),
    (MD, "> **错误要点**：是 $x$。", "> **错误要点**：", "part-empty", "**错误要点**"),
    (MD, "\n## 5 工程", "\n散落的文字\n\n## 5 工程", "interview-stray", "散落的文字"),
    (MD, "\n## 5 工程", "\n> **追问**：再来\n\n## 5 工程", "interview-stray", "再来"),
]

PROSE_WARNINGS: list[Row] = [
    (MD, ">\n> **追问**：立方呢？\n", "", "part-missing", "{#q1}"),
    (MD, "一行\n接着", "一行\n$ 接着", "lone-dollar", "$ 接着"),
    (MD, "再见。", "![图](a.png)", "image", "![图]"),
    (MD, "lesson:s1w2d4", "other.md", "link-target", "other.md"),
    (MD, "一行\n接着", "一行\\\n接着", "hard-break", "一行"),
    (MD, "$$\ny = x^2", "$$\ny = \\frac{x", "formula-braces", "$$"),
    (LOOP, 'section = "code"', 'section = "algorithm"', "slot-section", "{exercise} loop"),
]

DATA: list[Row] = [
    (TOML, 'code = "S1W2D3"', 'code = "S9W9D9"', "code-folder", "S9W9D9"),
    (TOML, 'code = "S1W2D3"', 'code = "week 2"', "bad-code", "week 2"),
    (TOML, 'code = "S1W2D3"\n', "", "missing-key", ""),
    (TOML, "minutes = 5\n", "minutes = -5\n", "wrong-type", "minutes = -5"),
    (TOML, "minutes = 5\n", "", "missing-key", "[[section]]"),
    (TOML, 'kind = "theory"', 'kind = "code"', "section-order", 'kind = "code"'),
    (TOML, 'kind = "theory"', 'kind = "therapy"', "unknown-word", "therapy"),
    (TOML, '[[section]]\nkind = "summary"\nminutes = 1\n', "", "section-missing", "[[section]]"),
    (TOML, 'latex = "X"\n', "", "missing-key", "[[symbol]]"),
    (TOML, 'latex = "X"', "latex = 1", "wrong-type", "latex = 1"),
    (TOML, 'zh = "输入 $X$"\nen = "input $X$"\n', "", "missing-key", "[[symbol]]"),
    (TOML, 'zh = "链式法则"\n', "", "missing-key", "[[term]]"),
    (
        TOML,
        'short.zh = "沿路相乘 $dy$"\nshort.en = "multiply along a path, $dy$"\n',
        'short = "沿路相乘"\n',
        "wrong-type",
        "short",
    ),
    (
        TOML,
        'short.zh = "沿路相乘 $dy$"\nshort.en = "multiply along a path, $dy$"\n',
        "",
        "missing-key",
        "[[term]]",
    ),
    (TOML, 'short.zh = "沿路相乘 $dy$"', 'short.zh = ""', "wrong-type", "short.zh"),
    (
        TOML,
        "[[derivation]]",
        '[[term]]\nzh = "链式法则"\nen = "chain"\nshort = { zh = "a", en = "b" }\n[[derivation]]',
        "term-twice",
        "[[term]]",
    ),
    (TOML, 'id = "local"', 'id = "chain"', "id-twice", 'id = "chain"'),
    (TOML, 'id = "local"', 'id = "Local"', "bad-id", "Local"),
    (TOML, "answer = '2x'", "answer = ''", "wrong-type", "answer = ''"),
    (TOML, "answer = '2x'", "answer = '\\frac{x'", "formula-braces", "frac{x"),
    (TOML, "given = true", 'given = "yes"', "wrong-type", "given"),
    (TOML, 'id = "square"', 'id = "depth"', "id-twice", 'id = "depth"'),
    (TOML, 'rule = "algo"', 'rule = "magic"', "unknown-word", "magic"),
    (TOML, 'id = "algo"', 'id = "math"', "id-twice", 'id = "math"'),
    (TOML, 'targets = ["depth"]', 'targets = ["deep"]', "unknown-id", "deep"),
    (TOML, 'targets = ["depth"]', 'targets = "depth"', "wrong-type", "targets"),
    (TOML, "[facts]", "colour = 1\n[facts]", "unknown-key", "colour"),
    (TOML, "n = 64", "n = 0x" + "f" * 5000, "toml-value", "code"),
    (TOML, "n = 64", "n = " + "9" * 5000, "toml-syntax", ""),
    (TOML, "n = 64", "n = " + "[" * 5000, "toml-syntax", ""),
    (TOML, "n = 64", "n = 64 64", "toml-syntax", "n = 64 64"),
    (TOML, "n = 64", "n = 64\nn = 65", "toml-syntax", "n = 65"),
    (
        TOML,
        "n = 64",
        '"' + ".".join("n" * 40) + '" = 1\n' + ".".join("n" * 40) + " = 1",
        "toml-value",
        "code",
    ),
    (TOML, "[facts]", "[facts", "toml-syntax", "[facts"),
    (TOML, "[[symbol]]", "[symbol]", "wrong-type", "[symbol]"),
    (TOML, 'zh = "推导"', 'zh = "推\\u001b导"', "control-code", "推"),
    (CARDS, 'id = "chain"', 'id = "local"', "id-twice", 'id = "local"'),
    (CARDS, 'kind = "cloze"', 'kind = "clause"', "unknown-word", "clause"),
    (CARDS, 'section = "theory"', 'section = "preface"', "unknown-word", "preface"),
    (CARDS, 'checklist = "math"', 'checklist = "maths"', "unknown-id", "maths"),
    (CARDS, '  front = "二的平方？"\n', "", "missing-key", "[card.zh]"),
    (CARDS, '  back = "4"\n  [card.en]', "  back = 4\n  [card.en]", "wrong-type", "back = 4"),
    (CARDS, '  back = "4"\n  [card.en]', '  back = ""\n  [card.en]', "wrong-type", 'back = ""'),
    (CARDS, "导数用{{链式法则}}求", "导数用链式法则求", "cloze-gap", "导数用链式法则求"),
    (CARDS, "tolerance = 0.01", "tolerance = -1", "wrong-type", "tolerance"),
    (CARDS, "tolerance = 0.01", "tolerance = nan", "wrong-type", "tolerance"),
    (CARDS, "tolerance = 0.01", "tolerence = 0.01", "unknown-key", "tolerence"),
    (CARDS, "tolerance = 0.01", 'accept = ["many"]', "card-answer", 'accept = ["many"]'),
    (CARDS, "tolerance = 0.01", "tolerance = 0.01\ncase = true", "card-answer", "case = true"),
    (CARDS, 'accept = ["x * 2"]', 'unit = "ms"', "card-answer", 'unit = "ms"'),
    (CARDS, "{{链式法则}}", "{{a}}" * 51, "cloze-gap", "{{a}}"),
    (CARDS, 'accept = ["x * 2"]', "accept = [2]", "wrong-type", "accept"),
    (CARDS, '  [card.zh]\n  front = "二的平方？"\n  back = "4"', "zh = 4", "wrong-type", "zh = 4"),
]

DATA_WARNINGS: list[Row] = [
    (CARDS, '  [card.zh]\n  front = "二的平方？"\n  back = "4"\n', "", "translation-missing", "[[card]]"),
    (CARDS, "$x^2$ 的导数？", "$x^2 的导数？", "lone-dollar", "front"),
    (TOML, 'zh = "输入 $X$"', 'zh = "输入 $ X$"', "lone-dollar", "输入"),
    (TOML, 'shape = "(N, D_{in})"', 'shape = "(N, D_{in)"', "formula-braces", "shape"),
    (DEPTH, "public = true\n", "", "no-public-case", "[[case]]"),
    (DEPTH, '[task]\nzh = "返回深度。"\nen = "Return the depth."\n', "", "no-task", "kind"),
]

EXERCISES: list[Row] = [
    (LOOP, 'kind = "script"', 'kind = "function"', "missing-key", "kind"),
    (LOOP, 'kind = "script"', 'kind = "function"', "wrong-kind", "kind"),
    (LOOP, 'section = "code"', 'section = "coding"', "unknown-word", "coding"),
    (LOOP, 'packages = ["numpy"]', 'packages = ["numpy; rm"]', "bad-name", "rm"),
    (LOOP, '[title]\nzh = "训练循环"\nen = "Training loop"\n', "", "missing-key", "kind"),
    (
        LOOP,
        "loss_pattern = 'Epoch (\\d+): Loss = (\\S+)'",
        "loss_pattern = '(('",
        "bad-pattern",
        "loss_pattern",
    ),
    (
        LOOP,
        "loss_pattern = 'Epoch (\\d+): Loss = (\\S+)'",
        "loss_pattern = 'a'",
        "bad-pattern",
        "loss_pattern",
    ),
    (LOOP, "checkpoints = [0, 100]", "checkpoints = [100, 0]", "wrong-type", "checkpoints"),
    (LOOP, "checkpoints = [0, 100]", 'checkpoints = [0, "a"]', "wrong-type", "checkpoints"),
    (LOOP, "wall_s = 20", "wall_s = 0", "wrong-type", "wall_s"),
    (LOOP, "memory_mb = 1024", "memory_mb = 1.5", "wrong-type", "memory_mb"),
    (LOOP, "[limits]", "limit = 1\n[limits]", "unknown-key", "limit = 1"),
    (LOOP, "[limits]", "limits = 1\n[none]", "unknown-key", "limits = 1"),
    (DEPTH, 'entry = "Solution.maxDepth"', 'entry = "Solution.max depth"', "bad-name", "entry"),
    (DEPTH, 'parameters = ["tree"]', 'parameters = ["trees"]', "unknown-word", "parameters"),
    (DEPTH, 'parameters = ["tree"]', 'parameters = ["tree", "int"]', "case-arguments", "arguments = [[3"),
    (DEPTH, 'returns = "int"', 'returns = "void"', "unknown-word", "returns"),
    (DEPTH, 'returns = "int"', 'returns = "array"', "array-without-numpy", "kind"),
    (DEPTH, "[[search]]", "[[search]]\nsize = [0, 1]\n[[search]]", "search-parameters", "[[search]]"),
    (DEPTH, "size = [0, 10000]\n", "", "wrong-type", "[[search]]"),
    (DEPTH, "size = [0, 10000]", "size = [10000, 0]", "wrong-type", "size ="),
    (DEPTH, "size = [0, 10000]", "size = [0, 1000000]", "wrong-type", "size ="),
    (DEPTH, "size = [0, 10000]", "size = [true, 2]", "wrong-type", "size ="),
    (DEPTH, "values = [-100, 100]", "values = [0.5, 1]", "wrong-type", "values ="),
    (DEPTH, "values = [-100, 100]", "values = [-inf, inf]", "wrong-type", "values ="),
    (DEPTH, "values = [-100, 100]", 'letters = "ab"', "unknown-key", "letters ="),
    (DEPTH, "values = [-100, 100]", "shape = [[1, 2]]", "unknown-key", "shape ="),
    (DEPTH, "expected = 3\n", "", "missing-key", "[[case]]"),
    (DEPTH, "expected = 3\n", "expected = true\n", "wrong-value", "expected = true"),
    (DEPTH, "expected = 3\n", "expected = 1979-05-27\n", "wrong-value", "expected = 1979"),
    (DEPTH, "expected = 3\n", "expected = inf\n", "wrong-value", "expected = inf"),
    (DEPTH, '"null", "null", 15, 7]', '"nil", "null", 15, 7]', "wrong-value", '"nil"'),
    (DEPTH, "[[3, 9, 20,", '[["null", 9, 20,', "wrong-value", '["null", 9'),
    (DEPTH, 'side = "left"', 'side = "down"', "wrong-value", "down"),
    (DEPTH, "chain = 10000", "chain = -1", "wrong-value", "chain = -1"),
    (DEPTH, 'name = "chain"', 'name = "example"', "id-twice", 'name = "example"'),
    (DEPTH, "arguments = [[3, 9, 20, ", "argument = [[3, 9, 20, ", "missing-key", "[[case]]"),
    (DEPTH, 'rule = "off-by-one-low"\n', "", "missing-key", "[[misconception]]"),
    ("exercises/depth/starter.py", "    ...", "  ...\n   ...", "python-syntax", "   ..."),
    ("exercises/depth/starter.py", "    ...", "    x = (1,", "python-syntax", "(1,"),
    ("exercises/depth/starter.py", "    ...", "    x = " + "(" * 300, "python-syntax", "x = "),
    (
        "exercises/depth/reference.py",
        "return len(queue)",
        "return len(queue",
        "python-syntax",
        "return len(queue",
    ),
    ("exercises/loop/exercise.toml", "[64, 1000]", "[64, 0]", "wrong-type", "shapes"),
    ("exercises/loop/exercise.toml", "[64, 1000]", "64", "wrong-type", "shapes"),
    ("exercises/loop/exercise.toml", "[64, 1000]", "[true]", "wrong-type", "shapes"),
    ("exercises/loop/exercise.toml", "shapes.x", "shapes.z", "bad-name", "shapes"),
    ("exercises/loop/exercise.toml", '["grad_x"]', '["grad_x", "g"]', "wrong-type", "gradients ="),
    ("exercises/depth/reference.py", "def maxDepth", "def depth", "name-missing", "from collections"),
    ("exercises/depth/reference.py", "from collections import deque", "deque2 = list", "name-missing", ""),
]


def check(tmp_path: Path, row: Row, severity: Severity) -> None:
    name, old, new, code, holds = row
    changes = changed(name, old, new)
    if code == "name-missing" and "deque2" in new:
        changes = {name: FILES[name].replace("deque", "list")}
    folder = write_lesson(tmp_path, changes)
    result = read_lesson(folder, "zh")
    found = [diagnostic for diagnostic in result.diagnostics if diagnostic.code == code]
    assert found, [str(diagnostic) for diagnostic in result.diagnostics]
    assert {d.said.message for d in found if translation(d.said.message, "zh") == d.said.message} == set()
    places = []
    for diagnostic in found:
        lines = Path(diagnostic.path).read_text().split("\n")
        places.append(f"{Path(diagnostic.path).relative_to(folder)}: {lines[diagnostic.line - 1]}\n")
    assert any(holds in place for place in places), places
    assert all(diagnostic.severity is severity for diagnostic in found)
    assert (result.lesson is None) is any(d.severity is Severity.ERROR for d in result.diagnostics)
    assert (result.lesson is None) is (severity is Severity.ERROR)


def name_of(row: Row) -> str:
    return f"{row[0].split('/')[-1]}-{row[3]}-{row[2][:20]!r}"


@pytest.mark.parametrize("row", PROSE + DATA + EXERCISES, ids=name_of)
def test_errors(tmp_path: Path, row: Row) -> None:
    check(tmp_path, row, Severity.ERROR)


@pytest.mark.parametrize("row", PROSE_WARNINGS + DATA_WARNINGS, ids=name_of)
def test_warnings(tmp_path: Path, row: Row) -> None:
    check(tmp_path, row, Severity.WARNING)


def only_finding(folder: Path) -> tuple[str, str, int]:
    result = read_lesson(folder, "zh")
    assert result.lesson is None
    (found,) = result.diagnostics
    return found.code, str(Path(found.path).relative_to(folder.parent)), found.line


@pytest.mark.parametrize(
    ("missing", "place"),
    [
        ("lesson.toml", "s1w2d3"),
        ("exercises/loop/exercise.toml", "s1w2d3/exercises/loop"),
        ("exercises/loop/starter.py", "s1w2d3/exercises/loop/exercise.toml"),
        ("exercises/loop/reference.py", "s1w2d3/exercises/loop/exercise.toml"),
    ],
)
def test_a_missing_file_is_told_where_it_is_missed(tmp_path: Path, missing: str, place: str) -> None:
    assert only_finding(write_lesson(tmp_path, {missing: None})) == ("file-missing", place, 1)


def test_prose_missing_in_both_languages(tmp_path: Path) -> None:
    folder = write_lesson(tmp_path, {"lesson.zh.md": None, "lesson.en.md": None})
    assert only_finding(folder) == ("file-missing", "s1w2d3", 1)


def test_an_empty_folder(tmp_path: Path) -> None:
    folder = tmp_path / "s1w2d3"
    folder.mkdir()
    result = read_lesson(folder, "zh")
    assert result.lesson is None
    assert {found.path for found in result.diagnostics} == {str(folder)}


@pytest.mark.parametrize("name", list(FILES))
def test_bad_utf8(tmp_path: Path, name: str) -> None:
    text = FILES[name].encode()
    cut = text.index(b"\n", len(text) // 2) + 1
    folder = write_lesson(tmp_path, {name: text[:cut] + b"\xff\xfe" + text[cut:]})
    language = "en" if ".en." in name else "zh"
    found = read_lesson(folder, language).diagnostics
    line = text.count(b"\n", 0, cut) + 1
    assert ("not-utf8", str(folder / name), line) in {(d.code, d.path, d.line) for d in found}


def test_control_codes(tmp_path: Path) -> None:
    folder = write_lesson(tmp_path, changed(MD, "再见。", "再\x1b]52;c;x\x07见"))
    assert only_finding(folder) == ("control-code", f"s1w2d3/{MD}", PROSE_ZH.split("\n").index("再见。") + 1)


@pytest.mark.parametrize("name", [MD, TOML, "exercises/depth/reference.py"])
def test_large_files_are_refused(tmp_path: Path, name: str) -> None:
    folder = write_lesson(tmp_path, {name: FILES[name] + "#" * 5_000_001})
    found = read_lesson(folder, "zh").diagnostics
    assert ("too-large", str(folder / name), 1) in {(d.code, d.path, d.line) for d in found}


def test_large_blocks_are_refused(tmp_path: Path) -> None:
    for number, block in enumerate(
        ["中" * 30000, "```\n" + "x\n" * 40000 + "```", "$$\n" + "x" * 70000 + "\n$$"]
    ):
        folder = write_lesson(tmp_path / str(number), changed(MD, "再见。", block))
        assert only_finding(folder)[0] == "block-too-long"


def test_a_pipe_in_place_of_a_file_does_not_block(tmp_path: Path) -> None:
    folder = write_lesson(tmp_path, {TOML: None})
    os.mkfifo(folder / TOML)
    assert only_finding(folder) == ("not-a-file", "s1w2d3/lesson.toml", 1)


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    folder = write_lesson(tmp_path, {"cards.toml": None})
    (folder / "cards.toml").mkdir()
    assert read_lesson(folder, "zh").diagnostics[0].code == "not-a-file"


def test_a_lesson_in_a_folder_of_another_name(tmp_path: Path) -> None:
    codes = {found.code for found in read_lesson(write_lesson(tmp_path, lesson="lesson-3"), "zh").diagnostics}
    assert codes == {"bad-id", "code-folder"}


def test_an_exercise_folder_with_a_bad_name(tmp_path: Path) -> None:
    folder = write_lesson(tmp_path)
    (folder / "exercises" / "Max Depth").mkdir()
    assert only_finding(folder) == ("bad-id", "s1w2d3/exercises/Max Depth", 1)


def test_too_many_findings_are_left_out(tmp_path: Path) -> None:
    folder = write_lesson(tmp_path, changed(MD, "再见。", "$ a\n\n" * 1000))
    result = read_lesson(folder, "zh")
    assert len(result.diagnostics) == 200
    assert result.lesson is None


def test_programs_are_never_run(tmp_path: Path) -> None:
    trap = f"import pathlib\npathlib.Path({str(tmp_path / 'ran')!r}).touch()\nx = '\\d'\n"
    changes: dict[str, str | bytes | None] = {
        f"exercises/loop/{name}.py": trap for name in ("starter", "reference")
    }
    assert read_lesson(write_lesson(tmp_path, changes), "zh").diagnostics == ()
    assert not (tmp_path / "ran").exists()


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    ("name", "text"),
    [
        (MD, "# a" + " " * 900_000 + "b"),
        (MD, "### x {#square}\n" * 50_000),
        (MD, "> **Action**：x\n\n" * 40_000),
        (MD, "*a" * 450_000),
        (MD, "[" * 900_000),
        (MD, "> " * 400_000),
        (CARDS, "[[card]]\n" * 500_000),
        (TOML, "a = [" + "1," * 1_000_000 + "]"),
        ("exercises/depth/reference.py", "x = 1\n" * 20_000),
    ],
    ids=lambda value: value[:12],
)
def test_hostile_files_end_soon(tmp_path: Path, name: str, text: str) -> None:
    assert read_lesson(write_lesson(tmp_path, {name: text}), "zh").lesson is None
