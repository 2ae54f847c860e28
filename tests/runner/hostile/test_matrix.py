"""The whole matrix: root and an ordinary user, wall and limits, forked and fresh processes (`-m slow`)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(300),
    pytest.mark.skipif(sys.platform != "linux", reason="tiers are told apart on Linux alone"),
]

ROOT = Path(__file__).parents[3]
NOBODY = 65534
PACKAGES = ("psutil", "numpy", "numpy.libs")


def reachable(python: str) -> bool:
    """Whether an ordinary user can start this interpreter."""
    code = "import sys; sys.exit(sys.version_info < (3, 11))"
    try:
        done = subprocess.run([python, "-I", "-c", code], user=NOBODY, group=NOBODY, check=False)
    except OSError:
        return False
    return done.returncode == 0


def copied_packages(folder: Path) -> Path:
    """What the runs import, where an ordinary user can read it."""
    site = folder / "site-packages"
    site.mkdir()
    spec = find_spec("psutil")
    assert spec is not None
    assert spec.origin is not None
    source = Path(spec.origin).parents[1]
    for name in PACKAGES:
        if (source / name).is_dir():
            shutil.copytree(source / name, site / name)
    return site


@pytest.fixture
def for_everybody() -> Iterator[Path]:
    """A folder that an ordinary user can read; those of pytest are closed to them."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.mark.parametrize("start", ["forked", "fresh"])
@pytest.mark.parametrize("tier", ["A", "B"])
@pytest.mark.parametrize("user", ["this user", "an ordinary user"])
def test_matrix(for_everybody: Path, user: str, tier: str, start: str) -> None:
    python, path, options = sys.executable, str(ROOT), {}
    if user == "an ordinary user":
        if os.getuid() != 0:
            pytest.skip("only root can become somebody else")
        found = next(filter(reachable, (sys.executable, "/usr/bin/python3")), None)
        if found is None:
            pytest.skip("an ordinary user can start no interpreter here")
        python, options = found, {"user": NOBODY, "group": NOBODY}
        path = f"{ROOT}:{copied_packages(for_everybody)}"
    done = subprocess.run(
        [python, "-m", "tests.runner.hostile.trial", tier, start],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
        **options,  # type: ignore[call-overload]
    )
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    print(f"{user}, tier {tier}, {start}: {len(rows)} programs, {sum(row['seconds'] for row in rows):.1f} s")
    assert done.returncode == 0, done.stderr[-2000:]
    wrong = [(row["name"], row["verdict"], row["said"]) for row in rows if not row["right"]]
    assert wrong == []
    assert {row["walled"] for row in rows} == {tier == "A"}
    traces = [trace for row in rows for trace in row["traces"]]
    assert [trace for trace in traces if tier == "A" or not trace.startswith("changed")] == []
