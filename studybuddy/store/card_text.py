"""Text as it is searched: one form for what is written and for what is looked for.

The tokenizer of FTS5 takes a run of Chinese characters for one word, so that a word within it is never
found. Here every such character stands by itself between spaces, and a Chinese word is looked for as a
phrase; that finds words of one, two and more characters alike.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST = 65_536
"""Characters of a card that are searched."""
BREAK = "\ue000"
"""Stands between the parts of a card, so that no phrase runs from one into the next."""
_ALONE = re.compile(
    "([\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff])"
)
"""Characters that are words by themselves: Han and kana."""
_MARKS = re.compile("[\u0300-\u036f]")
_WORD = re.compile(r"[^\W_]+")
_SIGN = re.compile(r"[^\w\s]|_")
_STRANGE = re.compile(
    "[^\0-\u0482\u2000-\u2bff\u3000-\u3096\u30a0-\u30ff\u3400-\u4db5\u4e00-\u9fcb\uff00-\uffef\U00020000-\U0002a6d6]"
)
"""Letters of which the tokenizer, with its older tables, may think otherwise than Python."""


def plain(text: str) -> str:
    """Small letters without accents and widths, Han and kana apart, a single space for any run of spaces."""
    text = text[:LONGEST]
    if not text.isascii():
        text = text.encode("utf-8", "replace").decode()
        text = unicodedata.normalize("NFKC", _MARKS.sub("", unicodedata.normalize("NFKD", text)))
        text = _ALONE.sub(r" \1 ", text)
    return " ".join(text.casefold().replace("\0", " ").split())


def words(plain_text: str) -> list[str]:
    """The words of a text that `plain` returned; a Han character is one."""
    return _WORD.findall(plain_text)


def has_signs(plain_text: str) -> bool:
    """Whether there is more to a text than its words."""
    return _SIGN.search(plain_text) is not None


def is_strange(plain_text: str) -> bool:
    """Whether a text has letters that are not left to the tokenizer."""
    return _STRANGE.search(plain_text) is not None


def stands_alone(word: str) -> bool:
    """Whether a word is a Han or kana character."""
    return len(word) == 1 and _ALONE.match(word) is not None


def is_one_word(plain_text: str) -> bool:
    """Whether a text is one word of letters and digits, such as a part of it may be looked for."""
    return words(plain_text) == [plain_text] and not stands_alone(plain_text) and not is_strange(plain_text)
