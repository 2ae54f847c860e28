"""Frames between judge and child, from the judge's end; `harness/wire.py` is the other.

A frame from the child begins with the nonce of the run. Whatever else arrives on that channel was not written
by the harness: the run is then worth nothing, but the judge takes no harm.
"""

from __future__ import annotations

import json
from struct import pack, unpack
from typing import Any, NamedTuple

NONCE_BYTES = 16
_HEADER_BYTES = NONCE_BYTES + 8
LARGEST_TEXT = 8 << 20
LARGEST_BLOB = 160 << 20


class ProtocolError(Exception):
    """The channel carries something that the harness did not write."""


class Message(NamedTuple):
    """One message of the child: what it is, its JSON fields and raw bytes."""

    kind: str
    fields: dict[str, Any]
    blob: bytes


def request(fields: dict[str, Any]) -> bytes:
    """The frame of a request to the child."""
    text = json.dumps(fields).encode("ascii")
    return pack(">I", len(text)) + text


class FrameReader:
    """Cuts the bytes of the result channel into messages."""

    def __init__(self, nonce: bytes) -> None:
        self._nonce = nonce
        self._buffer = bytearray()

    def feed(self, data: bytes) -> list[Message]:
        """The messages completed by `data`.

        Raises:
            ProtocolError: these are not the harness's bytes.
        """
        self._buffer += data
        messages = []
        while (message := self._next()) is not None:
            messages.append(message)
        return messages

    def _next(self) -> Message | None:
        start = bytes(self._buffer[:NONCE_BYTES])
        if not self._nonce.startswith(start):
            raise ProtocolError
        if len(self._buffer) < _HEADER_BYTES:
            return None
        text_size, blob_size = unpack(">II", self._buffer[NONCE_BYTES:_HEADER_BYTES])
        if text_size > LARGEST_TEXT or blob_size > LARGEST_BLOB:
            raise ProtocolError
        text_end = _HEADER_BYTES + text_size
        if len(self._buffer) < text_end + blob_size:
            return None
        text = bytes(self._buffer[_HEADER_BYTES:text_end])
        blob = bytes(self._buffer[text_end : text_end + blob_size])
        del self._buffer[: text_end + blob_size]
        return _message(text, blob)


def _message(text: bytes, blob: bytes) -> Message:
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ProtocolError from error
    if not isinstance(fields, dict) or not isinstance(fields.get("kind"), str):
        raise ProtocolError
    return Message(fields.pop("kind"), fields, blob)
