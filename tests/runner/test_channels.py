"""Both ways of reading pipes: the one of this system, and the one of systems without select."""

from __future__ import annotations

import os
import threading
import time

import pytest

from studybuddy.core.verdict import Verdict
from studybuddy.runner import session
from studybuddy.runner.channels import Channels, SelectedChannels, Source, ThreadedChannels
from tests.runner.conftest import Judged
from tests.runner.sample import LOOP, MAX_DEPTH, RIGHT_DEPTH, RIGHT_LOOP


@pytest.fixture(params=[SelectedChannels, ThreadedChannels])
def kind(request: pytest.FixtureRequest) -> type[SelectedChannels] | type[ThreadedChannels]:
    chosen: type[SelectedChannels] | type[ThreadedChannels] = request.param
    return chosen


def collect(channels: Channels, seconds: float = 2.0) -> bytes:
    limit, data = time.monotonic() + seconds, b""
    while not channels.all_ended and time.monotonic() < limit:
        data += b"".join(piece for _, piece in channels.poll(0.05))
    return data


def test_reads_to_the_end_and_writes_what_does_not_fit_at_once(
    kind: type[SelectedChannels] | type[ThreadedChannels],
) -> None:
    output, writer = os.pipe()
    reader, job = os.pipe()
    channels = kind({Source.OUTPUT: output}, job)
    channels.send(b"j" * 300_000)
    received: list[int] = []

    def child() -> None:
        size = 0
        while size < 300_000:
            size += len(os.read(reader, 65536))
        received.append(size)
        os.write(writer, b"done" * 1000)
        os.close(writer)

    thread = threading.Thread(target=child)
    thread.start()
    assert collect(channels) == b"done" * 1000
    thread.join()
    assert received == [300_000]
    channels.close()
    os.close(reader)


def test_does_not_wait_for_a_pipe_that_stays_open(
    kind: type[SelectedChannels] | type[ThreadedChannels],
) -> None:
    output, writer = os.pipe()
    reader, job = os.pipe()
    os.close(reader)
    channels = kind({Source.OUTPUT: output}, job)
    channels.send(b"nobody reads this")
    os.write(writer, b"x")
    began = time.monotonic()
    assert collect(channels, 0.2) == b"x"
    assert time.monotonic() - began < 30
    channels.close()
    os.close(writer)


def test_the_judge_works_with_threads_too(judged: Judged, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "open_channels", ThreadedChannels)
    assert judged(MAX_DEPTH, RIGHT_DEPTH).verdict is Verdict.AC
    assert judged(LOOP, RIGHT_LOOP).verdict is Verdict.AC
    assert judged(MAX_DEPTH, "import os; os._exit(0)").verdict is Verdict.NR
    assert judged(MAX_DEPTH, "while True: print('x' * 1000)").verdict is Verdict.OLE
