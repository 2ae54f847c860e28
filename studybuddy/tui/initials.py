"""Chinese words by the first letters of their pinyin, as input methods take them: `sz` for 设置."""

from __future__ import annotations

from bisect import bisect_right

_LETTERS = "abcdefghjklmnopqrstwxyz"
_FIRST = "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝"
"""The first character of each letter in GB 2312, whose common characters stand in the order of pinyin."""
_CODES = [character.encode("gb2312") for character in _FIRST]
_LAST = "座".encode("gb2312")


def initials(text: str) -> str:
    """The first letter of each character's most common reading; what is not common Chinese is left out."""
    return "".join(_initial(character) for character in text)


def _initial(character: str) -> str:
    if not "\u4e00" <= character <= "\u9fff":
        return ""
    code = character.encode("gb2312", "ignore")
    if not _CODES[0] <= code <= _LAST:
        return ""
    return _LETTERS[bisect_right(_CODES, code) - 1]
