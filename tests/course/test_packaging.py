"""The course is found in a wheel, in an editable install and in a plain checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = (
    "import studybuddy; from pathlib import Path; from studybuddy.course.finder import content_root;"
    "from studybuddy.course.index import load_index; root = content_root();"
    "lesson = load_index(root, None).lessons[0];"
    "print(Path(studybuddy.__file__).parent); print(root); print(lesson.code, lesson.errors)"
)


def where(folder: Path, *arguments: str, **environment: str) -> tuple[Path, Path, str]:
    """Package folder, content folder and first lesson, as a fresh interpreter sees them from `folder`."""
    done = subprocess.run(
        [sys.executable, *arguments, "-c", PROGRAM],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    package, root, lesson = done.stdout.splitlines()
    return Path(package), Path(root), lesson


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unpacked wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    command = ["-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run([sys.executable, *command], cwd=ROOT, check=True, capture_output=True)
    (archive,) = folder.glob("*.whl")
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(folder / "site")
    return folder / "site"


def test_in_a_wheel(wheel: Path, tmp_path: Path) -> None:
    package, root, lesson = where(tmp_path, PYTHONPATH=str(wheel))
    assert package == wheel / "studybuddy"
    assert root == wheel / "studybuddy" / "content"
    assert lesson == "S3W10D1 []"


def test_the_wheel_holds_what_the_app_needs(wheel: Path) -> None:
    package = wheel / "studybuddy"
    for name in ("py.typed", "locale/zh_CN/LC_MESSAGES/studybuddy.mo", "tui/screens/today.tcss"):
        assert (package / name).is_file(), name
    sources = {path.relative_to(ROOT / "content") for path in (ROOT / "content").rglob("*") if path.is_file()}
    packed = {
        path.relative_to(package / "content") for path in (package / "content").rglob("*") if path.is_file()
    }
    assert {path for path in sources if "__pycache__" not in path.parts} == packed


def test_in_a_plain_checkout(tmp_path: Path) -> None:
    package, root, lesson = where(tmp_path, PYTHONPATH=str(ROOT))
    assert package == ROOT / "studybuddy"
    assert root == ROOT / "content"
    assert lesson == "S3W10D1 []"


def test_in_an_editable_install(tmp_path: Path) -> None:
    """The environment that runs the tests is one, when it was made by the README's command."""
    from importlib.metadata import distribution

    text = distribution("studybuddy").read_text("direct_url.json") or ""
    if '"editable"' not in text:
        pytest.skip("studybuddy is not installed as editable here")
    _package, root, lesson = where(tmp_path, "-I")
    assert root == ROOT / "content"
    assert lesson == "S3W10D1 []"
