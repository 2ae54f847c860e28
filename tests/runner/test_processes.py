"""Nothing of a run survives it: no process, no descriptor, no folder, no thread."""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from studybuddy.core.verdict import Verdict
from studybuddy.runner.folders import PREFIX, remove, run_folder, sweep
from studybuddy.runner.judge import judge
from tests.runner.conftest import Judged
from tests.runner.sample import BRIEF_S, LIMITS, MAX_DEPTH, RIGHT_DEPTH, SCRIPT

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


def open_descriptors() -> int:
    """How many descriptors this process holds, the one for looking included."""
    return len(list(Path("/proc/self/fd").iterdir()))


def alive(pid: int) -> bool:
    """Whether a process exists and is no zombie, given a moment to go."""
    for _ in range(50):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return False
        if state in "ZX":
            return False
        time.sleep(0.01)
    return True


GRANDCHILDREN = {
    "in the group": "p = subprocess.Popen(['sleep', '60'])\nprint(p.pid, flush=True)\n",
    "in a session of its own": """
p = subprocess.Popen(['sleep', '60'], start_new_session=True)
print(p.pid)
""",
    "orphaned daemon": """
if os.fork() == 0:
    os.setsid()
    pid = os.fork()
    if pid:
        print(pid)
        os._exit(0)
    time.sleep(60)
os.wait()
""",
    "orphan without the environment": """
if os.fork() == 0:
    pid = os.fork()
    if pid:
        print(pid)
        os._exit(0)
    os.execve('/bin/sleep', ['sleep', '60'], {})
os.wait()
time.sleep(0.05)
""",
}


@linux_only
@pytest.mark.parametrize("name", GRANDCHILDREN)
@pytest.mark.parametrize("end", ["", "while True: pass\n"], ids=["after a clean end", "after a kill"])
def test_grandchildren_die_with_the_run(judged: Judged, name: str, end: str) -> None:
    exercise = replace(SCRIPT, limits=replace(LIMITS, wall_s=BRIEF_S))
    result = judged(exercise, "import os, subprocess, time\n" + GRANDCHILDREN[name] + end, walled=False)
    assert result.verdict is (Verdict.TLE if end else Verdict.AC), result
    assert not alive(int(result.stdout.split()[0]))
    assert result.wall_s < 30


@linux_only
def test_a_stranger_whose_parent_still_lives_is_found(judged: Judged) -> None:
    source = (
        "import subprocess, time\n"
        "p = subprocess.Popen(['/bin/sleep', '60'], start_new_session=True, env={})\n"
        "print(p.pid)\ntime.sleep(60)\n"
    )
    result = judged(replace(SCRIPT, limits=replace(LIMITS, wall_s=BRIEF_S)), source, walled=False)
    assert not alive(int(result.stdout))


@linux_only
def test_many_runs_leave_nothing_behind(judged: Judged) -> None:
    sources = [
        RIGHT_DEPTH,
        "import os\nos._exit(0)\n",
        "x = (\n",
        "class Solution:\n    def maxDepth(self, root):\n        import os\n        os.closerange(0, 999)\n",
        "print('x' * 10**6)\n",
    ]
    judged(MAX_DEPTH, sources[0])
    descriptors, threads = open_descriptors(), threading.active_count()
    for number in range(15):
        judged(MAX_DEPTH, sources[number % len(sources)])
    assert open_descriptors() == descriptors
    assert threading.active_count() == threads
    children = Path(f"/proc/self/task/{threading.get_native_id()}/children").read_text().split()
    assert not [pid for pid in children if b"program.py" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def test_runs_side_by_side_do_not_mix(tmp_path: Path) -> None:
    def run(number: int) -> tuple[Verdict, str]:
        result = judge(SCRIPT, f"for i in range(200): print({number})\n", scratch=tmp_path)
        return result.verdict, result.stdout

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(run, range(8)))
    assert results == [(Verdict.AC, f"{number}\n" * 200) for number in range(8)]
    assert list(tmp_path.iterdir()) == []


@linux_only
def test_the_program_dies_with_the_app(tmp_path: Path) -> None:
    app = (
        "from pathlib import Path\n"
        "from studybuddy.runner.judge import judge\n"
        "from tests.runner.sample import SCRIPT\n"
        "import sys\n"
        "judge(SCRIPT, 'import os, time\\nprint(os.getpid())\\ntime.sleep(60)\\n',\n"
        "      scratch=Path(sys.argv[1]), on_output=lambda text: print(text, end='', flush=True))\n"
    )
    root = Path(__file__).parents[2]
    process = subprocess.Popen(
        [sys.executable, "-c", app, str(tmp_path)], cwd=root, stdout=subprocess.PIPE, text=True
    )
    with process:
        assert process.stdout is not None
        pid = int(process.stdout.readline())
        process.kill()
    assert not alive(pid)


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Ctrl-C as in a terminal; a shell starts what runs in the background without it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_an_interrupt_cleans_up(tmp_path: Path) -> None:
    seen: list[int] = []

    def listen(text: str) -> None:
        seen.append(int(text.split()[0]))
        signal.raise_signal(signal.SIGINT)

    source = "import os, sys, time\nsys.stdout.write(f'{os.getpid()}\\n')\ntime.sleep(60)\n"
    with pytest.raises(KeyboardInterrupt):
        judge(SCRIPT, source, on_output=listen, scratch=tmp_path)
    assert not alive(seen[0])
    assert list(tmp_path.iterdir()) == []


LITTER = {
    "a locked folder": """
import os
os.makedirs('a/b')
open('a/b/c', 'w')
os.chmod('a/b', 0)
os.chmod('a', 0)
""",
    "a deep folder": """
import os
for _ in range(1500):
    os.mkdir('d')
    os.chdir('d')
open('f', 'w')
""",
    "a link out": "import os\nos.symlink('..', 'up')\nos.symlink('/', 'root')\nos.mkfifo('pipe')\n",
    "a link in its place": "import os\nhome = os.environ['HOME']\nos.rmdir(home)\nos.symlink('/', home)\n",
    "many files": "for i in range(300): open(str(i), 'w')\n",
    "no folder": "import os, shutil\nshutil.rmtree(os.environ['HOME'])\n",
}


@pytest.mark.parametrize("name", LITTER)
def test_the_folder_goes_whatever_is_in_it(judged: Judged, tmp_path: Path, name: str) -> None:
    assert judged(SCRIPT, LITTER[name], walled=False).verdict is Verdict.AC
    judged(SCRIPT, LITTER[name])
    assert list(tmp_path.iterdir()) == []


def test_removing_follows_no_link(tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "work.txt").write_text("kept")
    with run_folder(tmp_path) as folder:
        (folder / "inner").mkdir()
        (folder / "inner" / "link").symlink_to(precious)
        (folder / "inner").chmod(0)
    assert (precious / "work.txt").read_text() == "kept"
    assert list(tmp_path.iterdir()) == [precious]
    remove(tmp_path / "gone")


def test_folders_of_an_app_that_was_killed_are_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    stale, other = tmp_path / f"{PREFIX}{ended.pid}-a", tmp_path / f"{PREFIX}nobody"
    target = tmp_path / "precious"
    link = tmp_path / f"{PREFIX}{ended.pid}-b"
    for folder in (stale / "deep" / "er", other, target):
        folder.mkdir(parents=True)
    link.symlink_to(target)
    with run_folder(None) as own:
        assert sweep() == 1
        assert sorted(tmp_path.iterdir()) == sorted([link, other, own, target])
