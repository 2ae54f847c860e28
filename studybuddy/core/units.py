"""Units of measurement that an answer may be given in: what they measure, and how much each is."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple
from unicodedata import normalize


class Unit(NamedTuple):
    """A unit: what it measures, and its size in the base unit of that."""

    measures: str
    size: Fraction


_PREFIXES = {
    "n": Fraction(1, 10**9),
    "u": Fraction(1, 10**6),
    "m": Fraction(1, 1000),
    "": Fraction(1),
    "k": Fraction(1000),
    "M": Fraction(10**6),
    "G": Fraction(10**9),
    "T": Fraction(10**12),
    "P": Fraction(10**15),
}
_BINARY = {"Ki": 1 << 10, "Mi": 1 << 20, "Gi": 1 << 30, "Ti": 1 << 40}
_SMALL, _LARGE = ("n", "u", "m", ""), ("", "k", "M", "G", "T", "P")
_PREFIXED = {
    "s": ("time", _SMALL),
    "m": ("length", (*_SMALL, "k")),
    "g": ("mass", ("u", "m", "", "k")),
    "W": ("power", ("m", *_LARGE)),
    "J": ("energy", ("m", *_LARGE)),
    "V": ("voltage", ("m", "", "k")),
    "Hz": ("frequency", _LARGE),
    "B": ("bytes", _LARGE),
    "bit": ("bits", _LARGE),
    "B/s": ("bytes a second", _LARGE),
    "FLOP": ("operations", _LARGE),
    "FLOP/s": ("operations a second", _LARGE),
}
_OTHERS = {
    "min": Unit("time", Fraction(60)),
    "h": Unit("time", Fraction(3600)),
    "d": Unit("time", Fraction(86_400)),
    "cm": Unit("length", Fraction(1, 100)),
    "%": Unit("", Fraction(1, 100)),
    "‰": Unit("", Fraction(1, 1000)),
}
_NAMES = {
    **dict.fromkeys(("sec", "second", "seconds", "秒"), "s"),
    **dict.fromkeys(("millisecond", "milliseconds", "毫秒"), "ms"),
    **dict.fromkeys(("microsecond", "microseconds", "微秒"), "us"),
    **dict.fromkeys(("nanosecond", "nanoseconds", "纳秒"), "ns"),
    **dict.fromkeys(("mins", "minute", "minutes", "分", "分钟"), "min"),
    **dict.fromkeys(("hr", "hrs", "hour", "hours", "小时", "时"), "h"),
    **dict.fromkeys(("day", "days", "天", "日"), "d"),
    **dict.fromkeys(("byte", "bytes", "字节"), "B"),
    **dict.fromkeys(("bits", "位", "比特"), "bit"),
    **dict.fromkeys(("metre", "metres", "meter", "meters", "米"), "m"),
    **dict.fromkeys(("percent", "pct"), "%"),
    **dict.fromkeys(("bps",), "bit"),
    "KB": "kB",
    "K": "k",
}


def _table() -> dict[str, Unit]:
    found = dict(_OTHERS)
    for name, (measures, prefixes) in _PREFIXED.items():
        found |= {prefix + name: Unit(measures, _PREFIXES[prefix]) for prefix in prefixes}
        if name in ("B", "B/s"):
            found |= {prefix + name: Unit(measures, Fraction(size)) for prefix, size in _BINARY.items()}
        if name.startswith("FLOP"):  # GFLOPs are operations, GFLOPS are operations a second
            plural = {"FLOP": "FLOPs", "FLOP/s": "FLOPS"}[name]
            found |= {prefix + plural: Unit(measures, _PREFIXES[prefix]) for prefix in prefixes}
    return found


UNITS = _table()
_FOLDED: dict[str, str | None] = {}
for _name in UNITS:
    _FOLDED[_name.casefold()] = None if _name.casefold() in _FOLDED else _name
"""Small letters to the one unit they can mean; None where there are several, such as `ms` and `Ms`."""


def same_unit(one: str, other: str) -> bool:
    """Whether two units are the same, in whatever words."""
    return canonical(one) == canonical(other)


def canonical(name: str) -> str:
    """The sign of a unit; of an unknown one its name in small letters without spaces."""
    plain = normalize("NFKC", name).replace("μ", "u").replace("µ", "u").strip().rstrip(".")
    plain = "".join(plain.split())
    for candidate in (plain, _NAMES.get(plain, ""), _NAMES.get(plain.casefold(), "")):
        if candidate in UNITS:
            return candidate
    return _FOLDED.get(plain.casefold()) or plain.casefold()


def find_unit(name: str) -> Unit | None:
    """A unit by its sign or name, None for one that is not known."""
    return UNITS.get(canonical(name))
