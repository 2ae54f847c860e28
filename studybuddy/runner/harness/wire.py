"""Frames between judge and child, from the child's end.

Towards the judge: nonce (16 bytes), length of JSON and of blob (two big-endian 32-bit numbers), JSON, blob.
Towards the child the same without nonce and blob. Everything used after the learner's code has started is
written in C and held here by reference, so that replacing `json.dumps` or `os.write` changes nothing.
"""

from __future__ import annotations

import json
from _thread import allocate_lock
from collections.abc import Callable, Sequence
from json.encoder import encode_basestring_ascii
from os import read, write
from struct import pack, unpack
from typing import Any

Blob = Sequence[bytes | memoryview]
"""Raw bytes in pieces; a view is of single bytes."""

NONCE_BYTES = 16
_scan: Callable[[str, int], tuple[Any, int]] = vars(json.JSONDecoder())["scan_once"]
_quote = encode_basestring_ascii


class Wire:
    """Receives the judge's requests on `job` and sends messages on `result`."""

    def __init__(self, job: int, result: int) -> None:
        self._job = job
        self._result = result
        self._nonce = b""
        self._lock = allocate_lock()

    def greet(self) -> None:
        """Take the nonce, which comes first, and answer: whoever was forked shows that it lives.

        Raises:
            EOFError: the judge has closed its end.
        """
        self._nonce = bytes.fromhex(self.receive()["nonce"])
        self.send("hello", {})

    def receive(self) -> dict[str, Any]:
        """The next request.

        Raises:
            EOFError: the judge has closed its end.
        """
        (size,) = unpack(">I", self._exactly(4))
        request: dict[str, Any] = _scan(self._exactly(size).decode("ascii"), 0)[0]
        return request

    def send(self, kind: str, fields: dict[str, Any], blob: Blob = ()) -> None:
        """Send one message; the pieces of its blob follow each other. Safe from any thread."""
        text = _json({"kind": kind, **fields}).encode("ascii")
        header = self._nonce + pack(">II", len(text), sum([len(piece) for piece in blob]))
        with self._lock:
            for piece in (header + text, *blob):  # arrays are large: they are not copied once more
                rest = memoryview(piece)
                while rest:
                    rest = rest[write(self._result, rest) :]

    def _exactly(self, size: int) -> bytes:
        pieces = []
        while size:
            piece = read(self._job, size)
            if not piece:
                raise EOFError
            pieces.append(piece)
            size -= len(piece)
        return b"".join(pieces)


def _json(value: Any) -> str:
    """JSON of the harness's own messages, which are shallow."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return _quote(value)
    if isinstance(value, dict):
        return "{" + ",".join(_quote(key) + ":" + _json(item) for key, item in value.items()) + "}"
    return "[" + ",".join([_json(item) for item in value]) + "]"
