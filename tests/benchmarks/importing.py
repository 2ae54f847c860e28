"""`import-lesson`, `import-20k`: what it takes to understand a file, files of the lesson's folder included.

Each is measured in a process of its own, from before the first import of the room: what a learner waits for
after the start of the program.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.measure import Figure
from tests.course.importing.sample import code_cell, markdown_cell, notebook, text_export

ROUNDS = 7
LESSON_S = 0.3
LARGE_S = 5.0
LARGE_MB = 300.0
LINES = 20_000

_CHILD = """
import json, resource, sys, time
from pathlib import Path
began = time.perf_counter()
from studybuddy.study.importing import preview
imported = preview([Path(sys.argv[1])], season=3)[0].imported
read = time.perf_counter() - began
from studybuddy.course.importing.lesson_files import lesson_files
lesson_files(imported)
made = time.perf_counter() - began
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6
print(json.dumps([read, made, peak, imported.failed, imported.counts.as_dict()]))
"""


def import_lesson() -> Figure:
    """A lesson of the size of the first day, as plain text: seconds until its preview is there."""
    read, made, _ = _measured("lesson.txt", text_export())
    return Figure(
        "import-lesson", read, None, "s", LESSON_S, note=f"{made:.3f} s with the files of its folder"
    )


def import_20k() -> Figure:
    """A notebook of 20,000 lines: seconds until its preview is there."""
    read, made, peak = _measured("large.ipynb", large_notebook())
    note = f"{made:.2f} s with the files of its folder, {peak:.0f} MB"
    return Figure("import-20k", read, None, "s", LARGE_S, note=note)


def import_20k_memory() -> Figure:
    """The same notebook: the most memory that the process had, in MB."""
    return Figure("import-20k-memory", _measured("large.ipynb", large_notebook())[2], None, "MB", LARGE_MB)


def large_notebook() -> str:
    """Seven sections of cells with code, output and prose: 20,000 lines together."""
    titles = ("理论", "代码", "推导", "面试", "工程", "算法", "总结")
    cells = [markdown_cell("# S3W10D2：很长的一课")]
    lines = 1
    for number, title in enumerate(titles, 1):
        cells.append(markdown_cell(f"## {number} {title}"))
        while lines < LINES * number // len(titles):
            code = "\n".join(f"value_{lines + row} = [{row}, {row + 1}]  # 第 {row} 行" for row in range(20))
            cells.append(code_cell(code, "".join(f"row {row} of it\n" for row in range(8)), lines))
            prose = "\n\n".join(
                f"一段 $x_{{{row}}}$ 的文字，形状 $(N, D)$，见 `value_{row}`。" for row in range(4)
            )
            question = f"**Q{lines % 500}: 为何？**\n\n> **考察点**: 点\n> **参考答案**: 答\n"
            cells.append(markdown_cell(f"### 小节\n\n{prose}\n\n{question if title == '面试' else prose}"))
            lines += 20 + 8 + 14
    return notebook(cells)


def _measured(name: str, text: str) -> tuple[float, float, float]:
    """Seconds until read, seconds until the files are made, and MB; the least of some processes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_text(text, encoding="utf-8")
        rows = [_child(path) for _ in range(ROUNDS)]
    read, made, peak = (min(column) for column in zip(*rows, strict=True))
    return read, made, peak


def _child(path: Path) -> tuple[float, float, float]:
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, str(path)], check=True, capture_output=True, text=True
    )
    read, made, peak, failed, counts = json.loads(done.stdout)
    assert not failed
    assert counts["sections"] == 7
    return read, made, peak
