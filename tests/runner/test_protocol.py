from __future__ import annotations

import json
from struct import pack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studybuddy.runner.protocol import FrameReader, Message, ProtocolError, request

NONCE = bytes(range(16))


def frame(kind: str, blob: bytes = b"", nonce: bytes = NONCE) -> bytes:
    text = json.dumps({"kind": kind, "n": 1}).encode()
    return nonce + pack(">II", len(text), len(blob)) + text + blob


@given(st.integers(1, 40), st.binary(max_size=50))
def test_frames_may_arrive_in_any_pieces(size: int, blob: bytes) -> None:
    data = frame("ready") + frame("observed", blob) + frame("end")
    reader = FrameReader(NONCE)
    messages = [
        message for start in range(0, len(data), size) for message in reader.feed(data[start : start + size])
    ]
    assert messages == [
        Message("ready", {"n": 1}, b""),
        Message("observed", {"n": 1}, blob),
        Message("end", {"n": 1}, b""),
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"AC\n",
        b"\x00\x02",
        frame("end", nonce=b"\1" * 16),
        NONCE + pack(">II", 2**31, 0),
        NONCE + pack(">II", 2, 0) + b"[]",
        NONCE + pack(">II", 3, 0) + b"{x}",
        NONCE + pack(">II", 2, 0) + b"{}",
        NONCE + pack(">II", 200_000, 0) + b"[" * 200_000,
        NONCE + pack(">II", 2, 0) + b"\xff\xff",
    ],
)
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(ProtocolError):
        FrameReader(NONCE).feed(data)


def test_requests_are_plain_ascii() -> None:
    data = request({"source": "梯度 \ud800"})
    assert json.loads(data[4:]) == {"source": "梯度 \ud800"}
    assert data[4:].isascii()
