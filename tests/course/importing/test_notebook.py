"""Notebooks: cells and lines as places, outputs made harmless, and JSON that is anything else."""

from __future__ import annotations

import json
from typing import Any

import pytest

from studybuddy.course.importing.model import Derivation, Imported, Output, Program, SourceKind
from tests.course.importing.asking import codes, items, one, read
from tests.course.importing.sample import code_cell, markdown_cell, notebook

TITLE = markdown_cell("# S3W10D2：名\n\n## 2 代码")


def cells(*more: dict[str, object], **changes: object) -> Imported:
    return read(notebook([TITLE, *more], escaped=True, **changes), "lesson.ipynb")


def printed(*outputs: dict[str, object]) -> Imported:
    return cells(code_cell("x = 1") | {"outputs": list(outputs)})


def test_code_belongs_to_the_heading_above_it_even_in_the_middle_of_a_cell() -> None:
    imported = cells(markdown_cell("文字\n## 5 工程封装\n文字"), code_cell("import torch"))
    assert [len(part.programs) for part in imported.parts] == [0, 1]


def test_the_place_of_a_flaw_is_cell_and_line() -> None:
    imported = cells(code_cell("\nx = 1\ny = (\n"))
    found = one(imported, "CODE-SYNTAX")
    assert (found.place.cell, found.place.line, found.severity) == (2, 3, "error")
    assert found.phrase.english().startswith("cell 2, line 3: not valid Python")


def test_cells_are_apart_a_fence_left_open_ends_with_its_cell() -> None:
    imported = cells(markdown_cell("```python\nx = 1"), markdown_cell("## 7 总结\n\n- [ ] **Math**: 推"))
    assert one(imported, "FENCE-OPEN").place[::2] == (1, 2)
    assert imported.counts.tasks == 1


def test_a_program_with_fences_in_it() -> None:
    source = 'x = """\n```\n## 3 推导\n````\n"""'
    imported = cells(code_cell(source))
    assert items(imported, Program)[0].text == source
    assert len(imported.parts) == 1


def test_outputs_of_every_kind() -> None:
    imported = printed(
        {"output_type": "stream", "name": "stdout", "text": ["a\n", "b\n"]},
        {"output_type": "execute_result", "data": {"text/plain": "3.0"}},
        {"output_type": "display_data", "data": {"text/plain": ["<Figure>"], "image/png": "AAAA"}},
        {"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["\x1b[31mE\x1b[0m: v"]},
    )
    (output,) = items(imported, Output)
    assert output.lines == ("a", "b", "3.0", "<Figure>", "E: v")
    assert output.failed
    assert codes(imported) == ["ATTACH"]


def test_output_is_harmless() -> None:
    imported = printed(
        {"output_type": "stream", "text": "  0%\r 50%\r100%\n\x1b]0;title\x07a\x00b\x08\u202ec\ud800\n"}
    )
    assert items(imported, Output)[0].lines == ("100%", "abc?")


def test_pictures_in_a_markdown_cell_are_said() -> None:
    imported = cells(markdown_cell("![x](attachment:x.png)") | {"attachments": {"x.png": {"image/png": "A"}}})
    assert one(imported, "ATTACH").place.cell == 2


def test_raw_cells_are_passed_over_and_other_languages_not_read_as_python() -> None:
    imported = cells({"cell_type": "raw", "metadata": {}, "source": "# S3W10D9 x"}, code_cell("%%bash\nls |"))
    assert not codes(imported)
    assert items(imported, Program)[0].language == "bash"
    other = cells(code_cell("x <- 1"), metadata={"kernelspec": {"language": "R"}})
    assert not codes(other)


def test_magics_in_a_cell() -> None:
    assert not codes(cells(code_cell("%%time\n%matplotlib inline\nx = await f()\n!ls\nx?")))


def test_a_learners_own_derivation_is_a_draft() -> None:
    text = "## 3 推导\n\n**设定**：$a$\n\n**推导目标**：$b$\n\n**你的推导**：\n\n我写了 $c$\n\n> 1. 甲: ..."
    (found,) = items(cells(markdown_cell(text)), Derivation)
    assert found.draft == "我写了 $c$"


def test_a_notebook_is_known_by_its_content() -> None:
    imported = read(notebook([TITLE]), "lesson.txt")
    assert (imported.kind, imported.code) == (SourceKind.NOTEBOOK, "S3W10D2")


def test_json_that_is_broken() -> None:
    found = one(read('{\n "cells": [,\n', "lesson.ipynb"), "NB-JSON")
    assert (found.place, found.severity) == ((2, 12, 0), "error")


@pytest.mark.parametrize(
    "text", ["", "[]", "3", "null", '"x"', "{}", '{"nbformat": "4"}', '{"nbformat": true}']
)
def test_json_that_is_no_notebook(text: str) -> None:
    assert codes(read(text, "lesson.ipynb"), missing=True) == ["NB-JSON"]


@pytest.mark.parametrize("version", [1, 2, 3, 0, -1])
def test_old_notebooks(version: int) -> None:
    text = json.dumps({"nbformat": version, "worksheets": [{"cells": []}]})
    found = one(read(text, "lesson.ipynb"), "NB-VERSION")
    assert f"version {version}" in found.said.english()


@pytest.mark.parametrize(
    "cell",
    [
        None,
        3,
        [],
        {},
        {"cell_type": 1},
        {"cell_type": "code", "source": 3},
        {"cell_type": "code", "source": [1]},
    ],
)
def test_cells_of_another_form(cell: Any) -> None:
    imported = read(notebook([TITLE, cell]), "lesson.ipynb")
    assert one(imported, "NB-JSON").place.cell == 2


@pytest.mark.parametrize(
    "outputs", [None, 3, [3], [{}], [{"output_type": "stream", "text": 3}], [{"output_type": []}]]
)
def test_outputs_of_another_form(outputs: Any) -> None:
    imported = cells(code_cell("x = 1") | {"outputs": outputs, "execution_count": outputs})
    assert (imported.counts.code_blocks, imported.counts.output_lines) == (1, 0)


@pytest.mark.parametrize("metadata", [None, 3, [], {"kernelspec": 3}, {"kernelspec": {"language": None}}])
def test_metadata_of_another_form(metadata: Any) -> None:
    assert not codes(cells(code_cell("x = 1"), metadata=metadata))


def test_json_that_is_deep_or_has_huge_numbers() -> None:
    for text in ("[" * 100_000, '{"nbformat":' + "9" * 5000 + "}", '{"a":' * 50_000 + "1" + "}" * 50_000):
        assert codes(read(text, "lesson.ipynb"), missing=True) == ["NB-JSON"]


def test_control_codes_in_a_cell_are_refused_with_their_place() -> None:
    found = one(cells(markdown_cell("好\n坏\x1b[31m")), "ENCODING")
    assert found.place == (2, 2, 2)
    surrogate = one(cells(markdown_cell("\ud800")), "ENCODING")
    assert "U+D800" in surrogate.said.english()


def test_a_long_line_in_a_cell() -> None:
    assert one(cells(markdown_cell("a\n" + "x" * 70_000)), "TOO-BIG").place == (2, 1, 2)


def test_five_thousand_cells() -> None:
    many = [
        code_cell(f"a{number} = {number}\nprint(a{number})", f"{number}\n", number) for number in range(5000)
    ]
    imported = cells(*many)
    assert (imported.counts.code_blocks, imported.counts.output_lines) == (5000, 5000)
    assert not codes(imported)
