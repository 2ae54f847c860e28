"""The hash chain over the log: a flipped bit or an edited row is noticed, and where.

`h = blake2b(prev || row)` with the row as canonical JSON; `prev` is the `h` of the device's row before.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from json.encoder import encode_basestring

DIGEST_SIZE = 20
GENESIS = bytes(DIGEST_SIZE)

COLUMNS = "dev, seq, at_ms, wall_ms, tz_min, day, kind, card, body"


def link(prev: bytes, row: tuple[object, ...]) -> bytes:
    """The hash of a row given as the values of `COLUMNS`: text and whole numbers."""
    from hashlib import blake2b

    canonical = ",".join([encode_basestring(value) if type(value) is str else str(value) for value in row])
    return blake2b(prev + f"[{canonical}]".encode("utf-8", "surrogatepass"), digest_size=DIGEST_SIZE).digest()


def first_break(rows: Iterable[tuple[object, ...]]) -> tuple[str, int] | None:
    """The device and sequence number of the first row that does not fit, or None.

    Args:
        rows: values of `COLUMNS`, `prev` and `h`, ordered by device and sequence number.
    """
    device: object = None
    last, expected_seq = GENESIS, 1
    for row in rows:
        if row[0] != device:
            device, last, expected_seq = row[0], GENESIS, 1
        h = row[-1]
        if row[1] != expected_seq or row[-2] != last or h != link(last, row[:-2]) or type(h) is not bytes:
            return str(row[0]), int(str(row[1]))
        last, expected_seq = h, expected_seq + 1
    return None


def check_chain(connection: sqlite3.Connection) -> tuple[str, int] | None:
    """Walk the whole log; see `first_break`."""
    return first_break(connection.execute(f"SELECT {COLUMNS}, prev, h FROM event ORDER BY dev, seq"))
