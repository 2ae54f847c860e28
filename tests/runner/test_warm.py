"""Warm processes: what they are fast at must not make them different from a fresh one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import psutil  # noqa: TID253
import pytest

from studybuddy.core.exercise import Limits
from studybuddy.core.verdict import JudgeResult, Verdict
from studybuddy.runner.judge import judge
from studybuddy.runner.warm import fork_server
from studybuddy.runner.warm import workers as of_workers
from studybuddy.runner.warm.workers import CAN_FORK, Workers
from tests.runner.sample import LIMITS, MAX_DEPTH, RIGHT_DEPTH, SCRIPT

forking = pytest.mark.skipif(not CAN_FORK, reason="fork servers are for Linux")
NUMPY = replace(SCRIPT, packages=("numpy",))


@pytest.fixture(params=[pytest.param(True, marks=forking), False], ids=["fork server", "standby"])
def workers(request: pytest.FixtureRequest) -> Iterator[Workers]:
    made = Workers(forks=request.param)
    yield made
    made.close()


@pytest.fixture
def zygotes() -> Iterator[Workers]:
    made = Workers(forks=True)
    yield made
    made.close()


def run(workers: Workers, source: str, tmp_path: Path, limits: Limits = LIMITS) -> JudgeResult:
    return judge(replace(NUMPY, limits=limits), source, scratch=tmp_path, workers=workers)


def zygote(workers: Workers) -> psutil.Process:
    (server,) = workers._servers.values()
    return psutil.Process(server.pid)


def test_a_run_finds_its_packages_loaded(workers: Workers, tmp_path: Path) -> None:
    workers.prepare(["numpy"])
    result = run(workers, "import sys\nprint('numpy' in sys.modules, __name__)", tmp_path)
    assert (result.verdict, result.stdout) == (Verdict.AC, "True __main__\n")


def test_runs_share_nothing(workers: Workers, tmp_path: Path) -> None:
    leaves = (
        "import builtins, os, sys, numpy as np\nopen('left', 'w').close()\nnp.left = builtins.left = 1\n"
        "os.environ['LEFT'] = sys.path[0:0] = 'left'\nnp.random.seed(3)\nsys.setrecursionlimit(9999)\n"
        "np.seterr(all='raise')\nprint(sys.getrecursionlimit())\n"
    )
    looks = (
        "import builtins, os, sys, numpy as np\n"
        "print(os.listdir('.'), hasattr(np, 'left'), hasattr(builtins, 'left'), 'LEFT' in os.environ)\n"
        "print('left' in sys.path, sys.getrecursionlimit(), np.geterr()['over'])\n"
    )
    assert run(workers, leaves, tmp_path).stdout == "9999\n"
    assert run(workers, looks, tmp_path).stdout == "[] False False False\nFalse 1000 warn\n"


def test_each_run_has_random_numbers_of_its_own(workers: Workers, tmp_path: Path) -> None:
    source = "import random, numpy as np\nprint(random.random(), np.random.rand())\n"
    drawn = {number for _ in range(3) for number in run(workers, source, tmp_path).stdout.split()}
    assert len(drawn) == 6


def test_two_runs_at_once(workers: Workers, tmp_path: Path) -> None:
    source = "import time, os\nprint(os.getcwd())\ntime.sleep(0.2)\n"
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda _: run(workers, source, tmp_path), range(2)))
    assert [result.verdict for result in results] == [Verdict.AC, Verdict.AC]
    assert results[0].stdout != results[1].stdout


def test_measured_like_a_fresh_process(workers: Workers, tmp_path: Path) -> None:
    result = run(
        workers, "import numpy as np\na = np.ones(4_000_000)\nfor _ in range(30): a = a * 1.0\n", tmp_path
    )
    assert result.cpu_s > 0.02
    assert 30 < result.max_rss_mb < 400


@forking
def test_a_run_is_forked_and_nothing_else_is_started(zygotes: Workers, tmp_path: Path) -> None:
    first = run(zygotes, "import os\nprint(os.getppid())", tmp_path)
    second = run(zygotes, "import os\nprint(os.getppid())", tmp_path)
    assert int(first.stdout) == int(second.stdout) == zygote(zygotes).pid
    assert zygote(zygotes).num_threads() == 1


@forking
def test_a_fork_server_that_knows_more_serves_who_needs_less(zygotes: Workers, tmp_path: Path) -> None:
    zygotes.prepare(["numpy"])
    assert judge(MAX_DEPTH, RIGHT_DEPTH, scratch=tmp_path, workers=zygotes).verdict is Verdict.AC
    assert [sorted(known) for known in zygotes._servers] == [["numpy"]]


@forking
def test_a_fork_server_killed_between_runs_is_replaced(zygotes: Workers, tmp_path: Path) -> None:
    run(zygotes, "", tmp_path)
    before = zygote(zygotes)
    before.kill()
    before.wait(5)
    assert run(zygotes, "print(1)", tmp_path).verdict is Verdict.AC
    assert zygote(zygotes).pid != before.pid


@forking
def test_a_fork_server_killed_during_a_run_takes_the_run_with_it(zygotes: Workers, tmp_path: Path) -> None:
    run(zygotes, "", tmp_path)
    server = zygote(zygotes)
    threading.Timer(0.3, server.kill).start()
    result = run(zygotes, "import time\nprint('begun')\ntime.sleep(50)", tmp_path)
    assert (result.verdict, result.stdout) == (Verdict.IE, "begun\n")
    assert result.wall_s < 15
    assert run(zygotes, "print(1)", tmp_path).verdict is Verdict.AC


@forking
def test_a_stopped_fork_server_is_given_up(
    zygotes: Workers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fork_server, "REPLY_S", 0.2)
    run(zygotes, "", tmp_path)
    zygote(zygotes).send_signal(signal.SIGSTOP)
    assert run(zygotes, "print(1)", tmp_path).verdict is Verdict.AC


@forking
def test_after_an_upgrade_of_packages_a_fresh_one_forks(
    zygotes: Workers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(zygotes, "", tmp_path)
    before = zygote(zygotes).pid
    monkeypatch.setattr(of_workers, "fingerprint", lambda: (("elsewhere", 1),))
    monkeypatch.setattr(fork_server, "fingerprint", lambda: (("elsewhere", 1),))
    assert run(zygotes, "print(1)", tmp_path).verdict is Verdict.AC
    assert zygote(zygotes).pid != before


@forking
def test_an_idle_fork_server_is_ended(zygotes: Workers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(of_workers, "IDLE_S", 0.2)
    zygotes.prepare(["numpy"])
    process = zygote(zygotes)
    for _ in range(100):
        if not process.is_running() or process.status() == psutil.STATUS_ZOMBIE:
            break
        time.sleep(0.02)
    else:
        pytest.fail("it still runs")
    assert not zygotes._servers


@forking
def test_a_fork_that_shows_no_life_is_replaced(
    zygotes: Workers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studybuddy.runner.bench.HELLO_S", 0.0)
    assert run(zygotes, "print(1)", tmp_path).verdict is Verdict.AC
    assert not zygotes.forks


@forking
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_everything_dies_with_the_app(tmp_path: Path, how: signal.Signals) -> None:
    app = subprocess.Popen(
        [sys.executable, "-c", APP, str(tmp_path)], stdout=subprocess.PIPE, text=True, cwd=Path.cwd()
    )
    assert app.stdout is not None
    pids = [int(app.stdout.readline()) for _ in range(3)]
    app.send_signal(how)
    app.wait(10)
    app.stdout.close()
    for _ in range(200):
        if not any(psutil.pid_exists(pid) for pid in pids):
            return
        time.sleep(0.02)
    pytest.fail(f"still there: {[pid for pid in pids if psutil.pid_exists(pid)]}")


APP = """
import os, sys, threading
from dataclasses import replace
from pathlib import Path
from studybuddy.runner.judge import judge
from studybuddy.runner.warm.workers import Workers
from tests.runner.sample import SCRIPT
workers = Workers(forks=True)
fresh = Workers(forks=False)
def tell(text):  # in one write: three threads tell
    if text.strip(): os.write(1, f"{text.strip()}\\n".encode())
def run(workers):
    limits = replace(SCRIPT.limits, wall_s=60, cpu_s=60)
    judge(replace(SCRIPT, limits=limits), "import os, time\\nprint(os.getpid())\\ntime.sleep(60)",
          on_output=tell, scratch=Path(sys.argv[1]), workers=workers)
threads = [threading.Thread(target=run, args=(each,)) for each in (workers, fresh)]
for thread in threads: thread.start()
while not workers._servers: pass
tell(str(next(iter(workers._servers.values())).pid))
"""


@forking
def test_two_hundred_runs_leave_nothing_behind(zygotes: Workers, tmp_path: Path) -> None:
    def held() -> tuple[int, int, int]:
        own = psutil.Process()
        return own.num_fds(), own.num_threads(), len(own.children(recursive=True))

    quick = replace(LIMITS, wall_s=5.0)
    for _ in range(10):
        run(zygotes, "print(1)", tmp_path, quick)
    before, forked_from = held(), zygote(zygotes)
    own, server = psutil.Process().memory_info().rss, forked_from.memory_info().rss
    descriptors = forked_from.num_fds()
    for number in range(200):
        source = ("print(1)", "1/0", "import os; os._exit(3)", "x = (")[number % 4]
        run(zygotes, source, tmp_path, quick)
    assert held() == before
    assert (zygote(zygotes).pid, forked_from.num_fds()) == (forked_from.pid, descriptors)
    assert psutil.Process().memory_info().rss - own < 4 << 20
    assert forked_from.memory_info().rss - server < 2 << 20
    assert os.listdir(tmp_path) == []  # noqa: PTH208


@forking
def test_the_next_child_waits_forked_and_is_ended_when_nobody_needs_it(zygotes: Workers) -> None:
    def spare() -> psutil.Process:
        for _ in range(200):
            if children := zygote(zygotes).children():
                (child,) = children
                return child
            time.sleep(0.02)
        raise AssertionError("no child waits")

    zygotes.prepare(["numpy"])
    waiting = spare()
    result = judge(NUMPY, "import os\nprint(os.getpid(), os.listdir('.'))", workers=zygotes)
    assert result.stdout == f"{waiting.pid} []\n"
    after = spare()
    assert after.pid != waiting.pid
    after.kill()
    assert judge(NUMPY, "print(1)", workers=zygotes).verdict is Verdict.AC
    last, server = spare(), zygote(zygotes)
    zygotes.close()
    _gone, alive = psutil.wait_procs([server, last], timeout=5)
    assert [process for process in alive if process.status() != psutil.STATUS_ZOMBIE] == []
