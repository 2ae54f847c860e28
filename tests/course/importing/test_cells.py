"""The unfenced cell: where its code ends and its output begins, and what is said where Python cannot tell."""

from __future__ import annotations

import pytest

from studybuddy.course.importing.model import Output, Program, Prose
from tests.course.importing.asking import body, codes, items, kinds, one


def split(text: str) -> tuple[list[str], list[str], list[str]]:
    """Code, output and codes of one cell in a text export."""
    imported = body("## 2 代码\n\nIn [1]:\n" + text)
    code = [line for program in items(imported, Program) for line in program.lines]
    printed = [line for output in items(imported, Output) for line in output.lines]
    return code, printed, codes(imported)


def test_code_and_output() -> None:
    code, printed, found = split("x = 1\nprint('a b', x)\n\na b 1\n\n\n")
    assert (code, printed, found) == (["x = 1", "print('a b', x)"], ["a b 1"], [])


def test_no_output() -> None:
    assert split("x = 1\n\n\ny = 2\n") == (["x = 1", "", "", "y = 2"], [], [])


def test_comments_at_column_0_and_blank_lines_in_a_block() -> None:
    text = "# 顶格注释\nfor i in range(3):\n\n    # 里面\n    print(i, 'x')\n\n0 x\n1 x\n"
    code, printed, found = split(text)
    assert (len(code), printed, found) == (5, ["0 x", "1 x"], [])


def test_magics_and_commands_are_code() -> None:
    text = (
        "%matplotlib inline\n!pip install x\nimport numpy as np\n"
        "files = !ls\nnp.dot?\nprint('ok 1')\n\nok 1\n"
    )
    code, printed, found = split(text)
    assert (len(code), printed, found) == (6, ["ok 1"], [])


def test_out_marks_the_value_and_what_was_printed_stands_before_it() -> None:
    code, printed, found = split("x = [3]\nprint('sum of', x)\nx\n\nsum of [3]\nOut[1]:\n[3]\n")
    assert (code, printed, found) == (["x = [3]", "print('sum of', x)", "x"], ["sum of [3]", "", "[3]"], [])


def test_code_beside_the_prompt() -> None:
    imported = body("## 2 代码\n\nIn [1]: x = 1\nprint('a', x)\n\na 1\n")
    assert items(imported, Program)[0].lines == ("x = 1", "print('a', x)")
    assert items(imported, Program)[0].place.line == 5


@pytest.mark.parametrize(
    "output",
    [
        ["(2, 2)", "[[1.0, 0.0], [0.0, 1.0]]"],
        ["True"],
        ["训练完成"],
        ["3.5"],
        ["array([1., 2.])"],
        ["loss: 3.5"],
        ["{'a': 1}"],
        ["'text'"],
    ],
)
def test_output_that_is_valid_python(output: list[str]) -> None:
    code, printed, found = split(
        "import numpy as np\na = np.eye(2)\nprint(f(a))\n\n" + "\n".join(output) + "\n"
    )
    assert (len(code), printed, found) == (3, output, ["CELL-SPLIT"])


def test_words_of_a_print_confirm_the_output() -> None:
    code, printed, found = split("x = 0.5\nprint(f'acc = {x}')\nprint('完成')\n\nacc = 0.5\n完成\n")
    assert (len(code), printed, found) == (3, ["acc = 0.5", "完成"], [])


def test_a_name_at_the_end_of_the_code_is_code() -> None:
    assert split("x = 1\n\nx\n") == (["x = 1", "", "x"], [], [])


def test_output_right_below_the_code_is_a_guess() -> None:
    code, printed, found = split("x = 1\nf(x)\nthe answer is 1\n")
    assert (code, printed, found) == (["x = 1", "f(x)"], ["the answer is 1"], ["CELL-SPLIT"])


def test_output_that_is_indented() -> None:
    code, printed, found = split("print(table)\n\n   a  b\n0  1  2\n")
    assert (code, printed, found) == (["print(table)"], ["   a  b", "0  1  2"], [])


def test_broken_code_from_its_first_line() -> None:
    imported = body('## 2 代码\n\nIn [1]:\nprint("hi"\nx = 1\n\nhi there\n')
    found = one(imported, "CELL-SYNTAX")
    assert (found.place.line, found.severity) == (6, "warning")
    assert "before line 9" in found.said.english()
    assert items(imported, Program)[0].lines == ('print("hi"', "x = 1")
    assert items(imported, Output)[0].lines == ("hi there",)
    assert not imported.failed


def test_broken_code_in_the_middle_is_not_taken_for_output() -> None:
    code, printed, found = split("x = 1\n\nfor i in range(3)\n    print(i)\n\ny = 2\n\n0 1 2\n")
    assert code == ["x = 1", "", "for i in range(3)", "    print(i)", "", "y = 2"]
    assert (printed, found) == (["0 1 2"], ["CELL-SYNTAX"])


def test_a_prompt_without_a_number() -> None:
    for prompt in ("In [ ]:", "In [*]:", "In []:"):
        imported = body(f"## 2 代码\n\n{prompt}\nx = 1\n")
        assert one(imported, "CELL-UNNUMBERED").place.line == 5
        assert len(items(imported, Program)) == 1


def test_a_prompt_above_a_fence() -> None:
    imported = body("## 2 代码\n\nIn [7]:\n\n```\nx = 1\n```\n\n```\nx was one\n```\n")
    (program,) = items(imported, Program)
    assert (program.execution, program.language, program.lines) == ("7", "python", ("x = 1",))
    assert items(imported, Output)[0].lines == ("x was one",)
    assert not codes(imported)


def test_cells_follow_each_other() -> None:
    imported = body(
        "## 2 代码\n\nIn [1]:\nx = 1\nprint('x is', x)\n\nx is 1\n\nIn [2]:\ny = x\n\n## 3 推导\n"
    )
    assert [program.execution for program in items(imported, Program)] == ["1", "2"]
    assert kinds(imported) == ["code", "derivation"]


def test_a_comment_of_two_signs_is_a_comment_and_said() -> None:
    imported = body("## 2 代码\n\nIn [1]:\nx = 1\n## 训练\ny = x + 1\n\n## 3 推导\n")
    found = one(imported, "CELL-HEADING")
    assert (found.place.line, "comment" in found.said.english()) == (7, True)
    assert items(imported, Program)[0].lines == ("x = 1", "## 训练", "y = x + 1")
    assert kinds(imported) == ["code", "derivation"]


def test_a_section_whose_first_line_is_python_is_a_section_and_said() -> None:
    imported = body("## 2 代码\n\nIn [1]:\nx = 1\n\n## 5 工程封装\nimport torch\n")
    assert one(imported, "CELL-HEADING").place.line == 8
    assert kinds(imported) == ["code", "engineering"]


def test_a_title_in_a_comment_is_no_second_lesson() -> None:
    imported = body("## 2 代码\n\nIn [1]:\n# S3W10D2 的练习\nx = 1\n")
    assert codes(imported) == []
    assert len(items(imported, Program)[0].lines) == 2


def test_a_heading_in_a_long_string_is_no_heading() -> None:
    imported = body('## 2 代码\n\nIn [1]:\nx = """\n## 说明\n文字\n"""\nprint(x)\n\n## 3 推导\n')
    assert kinds(imported) == ["code", "derivation"]
    assert len(items(imported, Program)[0].lines) == 5


def test_prose_after_the_output_is_prose_again() -> None:
    text = (
        "## 2 代码\n\nIn [1]:\nprint('a b')\n\na b\n"
        "\n> **思考题**：为何？\n> *答案：因为。*\n\n**注意**：这里。\n"
    )
    imported = body(text)
    assert imported.counts.think == 1
    assert items(imported, Output)[0].lines == ("a b",)
    assert items(imported, Prose)[0].lines == ("**注意**：这里。",)


def test_a_cell_of_2000_lines_takes_a_few_parses() -> None:
    code = "\n".join(f"a{number} = {number}" for number in range(2000))
    output = "\n".join(f"line {number} of it" for number in range(2000))
    lines, printed, found = split(f"{code}\n\n{output}\n")
    assert (len(lines), len(printed), found) == (2000, 2000, [])


@pytest.mark.parametrize("line", ["@d", "if x:", "(", '"""', "x = [", "def f():", "\\", "é = ", "return"])
def test_a_cell_of_one_strange_line_ends(line: str) -> None:
    lines, printed, _found = split("\n".join([line] * 3000) + "\n")
    assert (len(lines), printed) == (3000, [])
