"""Programs that find the harness's own channel and write into it: nothing they say harms the judge."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from studybuddy.core.verdict import Verdict
from studybuddy.runner.judge import judge
from studybuddy.runner.protocol import Message
from studybuddy.runner.session import Ending, Session
from tests.runner.sample import LOOP, MAX_DEPTH

pytestmark = pytest.mark.skipif("sys.platform != 'linux'", reason="forked children, on Linux alone")

FORGER = """
import gc, json, os, struct, sys
def look():
    for frame in list(sys._current_frames().values()):
        while frame:
            for value in list(frame.f_locals.values()):
                for near in (value, *gc.get_referents(value)):
                    for one in (near, *gc.get_referents(near)):
                        if type(one).__name__ == "Wire": return one
            frame = frame.f_back
wire = look()
print("found" if wire else "nothing")
def say(kind, blob=b"", **fields):
    text = json.dumps({"kind": kind, **fields}).encode()
    rest = memoryview(wire._nonce + struct.pack(">II", len(text), len(blob)) + text + blob)
    while rest: rest = rest[os.write(wire._result, rest):]
"""
LOADED = "say('loaded', entry='ok')\n"
STEP = "arrays=[], gradients=[], assigned=[], after=[], unsure=False, drifted=False"

FORGED = {
    "answers ahead": LOADED + "for _ in range(30): say('result', value={'t': 'int', 'v': '3'})",
    "an end": LOADED + "say('end', peak_kb=1); os._exit(0)",
    "more memory than there are numbers": "say('noticed', peak_kb=10**400)",
    "less memory than nothing": "say('noticed', peak_kb=-1)",
    "no text where text is due": "say('failed', type=1, text={}, line='x', stack=0, exit=[])",
    "nothing where much is due": "say('failed')",
    "a number without an end": LOADED + "say('result', value={'t': 'int', 'v': 'f' * 10**6})",
    "an array of nothing": LOADED
    + "say('result', value={'t': 'array', 'dtype': '<O8', 'shape': [9**9], 'v': ''})",
    "attempts without end": "while True: say('noticed', act='read', target='x')",
    "answers without end": LOADED + "while True: say('result', value={'t': 'int', 'v': '3'})",
    "a list beyond all lists": LOADED + "say('result', value={'t': 'list', 'v': [[]] * 3_000_000})",
}


@pytest.mark.parametrize("name", FORGED)
def test_forged_answers_are_worth_nothing(tmp_path: Path, name: str) -> None:
    result = judge(MAX_DEPTH, FORGER + FORGED[name], scratch=tmp_path)
    assert set(result.stdout.split()) == {"found"}
    assert result.verdict in (Verdict.NR, Verdict.RTE), result
    assert 0 <= result.max_rss_mb < 1024
    assert list(tmp_path.iterdir()) == []


def test_a_forgery_that_comes_with_the_word_that_the_child_is_ready(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listen = Session.next

    def late(session: Session, deadline: float) -> Message | Ending:
        time.sleep(0.5)
        return listen(session, deadline)

    monkeypatch.setattr(Session, "next", late)
    result = judge(MAX_DEPTH, FORGER + FORGED["less memory than nothing"], scratch=tmp_path)
    assert result.verdict is Verdict.NR, result


@pytest.mark.parametrize(
    "flood",
    [
        f"while True: n += 1; say('observed', bytes(4096), number=n, {STEP})",
        "while True: say('sketches', bytes(1 << 20), rows=1, columns=1 << 17)",
    ],
)
def test_forged_steps_do_not_pile_up(tmp_path: Path, flood: str) -> None:
    result = judge(LOOP, f"{FORGER}\nn = 0\n{flood}", scratch=tmp_path)
    assert result.stdout == "found\n"
    assert result.verdict is Verdict.NR, result
