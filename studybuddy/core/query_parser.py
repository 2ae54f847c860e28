"""Reads a search for cards, in a language close to Anki's.

    query  := any            any := all ("or" all)*            all := one (("and")? one)*
    one    := "-" one | "(" any ")" | word
    word   := key ":" value | "quoted text" | text

Words side by side must all be met; `or` binds less than that. A value may be quoted. Full-width brackets,
colons and quotes of a Chinese keyboard count as their plain forms. Whatever is typed, either a tree comes
out or a `QueryError` that says where it goes wrong: length, depth and number of words are bounded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from studybuddy.core.card import Rating
from studybuddy.core.card_content import CardKind
from studybuddy.core.query import (
    AllOf,
    AnyOf,
    CardIs,
    Comparison,
    Everything,
    Field,
    Has,
    Introduced,
    Is,
    Not,
    Prop,
    Quantity,
    Query,
    QueryError,
    Rated,
    Words,
)

LONGEST = 1000
"""Characters of a query."""
DEEPEST = 40
"""Brackets and minus signs within each other."""
MOST_WORDS = 100
MOST_DAYS = 36_500
_PLAIN_SIGNS = str.maketrans("（）：“”　", '():"" ')
_KEY = re.compile(r"([A-Za-z]+):")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)")
_PROP = re.compile(r"([A-Za-z]+)(<=|>=|!=|<|>|=)(.*)", re.DOTALL)
_SHORT = {"s": "stability", "d": "difficulty", "ivl": "interval", "r": "recall"}
"""Anki's names of quantities that have a longer one here."""
_RATINGS = {name: rating for rating in Rating for name in (rating.name.lower(), str(int(rating)))}


def parse_query(text: str) -> Query:
    """The tree of a query; `Everything` for an empty one.

    Raises:
        QueryError: it cannot be read; its `at` is the place.
    """
    if len(text) > LONGEST:
        raise QueryError("character {place}: a query may have {limit} characters", LONGEST, limit=LONGEST)
    return _Parser(text.encode("utf-8", "replace").decode().translate(_PLAIN_SIGNS)).parse()


class _Parser:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._depth = 0
        self._words = 0

    def parse(self) -> Query:
        self._skip()
        if self._at == len(self._text):
            return Everything()
        found = self._any()
        if self._at < len(self._text):  # only a closing bracket ends a list before the end
            raise QueryError("character {place}: this bracket was never opened", self._at)
        return found

    def _any(self) -> Query:
        nodes = [self._all()]
        while self._take("or"):
            nodes.append(self._all())
        return nodes[0] if len(nodes) == 1 else AnyOf(tuple(nodes))

    def _all(self) -> Query:
        nodes = [self._one()]
        while True:
            joined = self._take("and")
            if not joined and (self._ended() or self._see("or")):
                break
            nodes.append(self._one())
        return nodes[0] if len(nodes) == 1 else AllOf(tuple(nodes))

    def _one(self) -> Query:
        self._skip()
        at = self._at
        if self._ended() or self._see("or") or self._see("and"):
            raise QueryError("character {place}: something to look for is missing here", at)
        match self._text[at]:
            case "(":
                return self._within(self._bracket)
            case "-":
                return self._within(self._negation)
        self._words += 1
        if self._words > MOST_WORDS:
            raise QueryError("character {place}: a query may have {limit} words", at, limit=MOST_WORDS)
        return self._word()

    def _within(self, read: Callable[[], Query]) -> Query:
        self._depth += 1
        if self._depth > DEEPEST:
            raise QueryError(
                "character {place}: more than {limit} brackets within each other", self._at, limit=DEEPEST
            )
        self._at += 1
        found = read()
        self._depth -= 1
        return found

    def _bracket(self) -> Query:
        opened = self._at - 1
        found = self._any()
        self._skip()
        if self._at == len(self._text):
            raise QueryError("character {place}: this bracket is never closed", opened)
        self._at += 1
        return found

    def _negation(self) -> Query:
        if self._at == len(self._text) or self._text[self._at].isspace():
            raise QueryError("character {place}: - stands directly before what is not wanted", self._at - 1)
        return Not(self._one())

    def _word(self) -> Query:
        at = self._at
        key = _KEY.match(self._text, at)
        if key is None:
            text, quoted = self._value()
            return Words(text, exact=quoted)
        self._at = key.end()
        name = key[1].lower()
        if name not in _READERS:
            near = _nearest(name, _READERS)
            raise QueryError(
                'character {place}: no key {word}:; nearest: {near}. Text with a colon stands in "quotes"',
                at,
                word=name[:40],
                near=f"{near}:",
            )
        value_at = self._at
        value, _quoted = self._value()
        if not value:
            raise QueryError("character {place}: something must follow {word}:", value_at, word=name)
        return _READERS[name](value, value_at)

    def _value(self) -> tuple[str, bool]:
        """The text up to a space or bracket, or between quotes."""
        start = self._at
        if self._text[start : start + 1] == '"':
            return self._quoted(), True
        while self._at < len(self._text) and not self._ends_word(self._text[self._at]):
            self._at += 1
        return self._text[start : self._at], False

    def _quoted(self) -> str:
        opened = self._at
        self._at += 1
        letters: list[str] = []
        while self._at < len(self._text) and self._text[self._at] != '"':
            if self._text[self._at] == "\\" and self._text[self._at + 1 : self._at + 2] in ('"', "\\"):
                self._at += 1
            letters.append(self._text[self._at])
            self._at += 1
        if self._at >= len(self._text):
            raise QueryError("character {place}: this quote is never closed", opened)
        self._at += 1
        found = "".join(letters).strip()
        if not found:
            raise QueryError("character {place}: there is nothing between the quotes", opened)
        return found

    @staticmethod
    def _ends_word(char: str) -> bool:
        return char.isspace() or char in '()"'

    def _skip(self) -> None:
        while self._at < len(self._text) and self._text[self._at].isspace():
            self._at += 1

    def _ended(self) -> bool:
        self._skip()
        return self._at == len(self._text) or self._text[self._at] == ")"

    def _see(self, joint: str) -> bool:
        """Whether `or` or `and` comes next, as a word of its own."""
        self._skip()
        end = self._at + len(joint)
        if self._text[self._at : end].lower() != joint:
            return False
        return end == len(self._text) or self._ends_word(self._text[end])

    def _take(self, joint: str) -> bool:
        if not self._see(joint):
            return False
        self._at += len(joint)
        return True


def _nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like one; the first where none is like it."""
    from difflib import get_close_matches

    known = list(known)
    return (get_close_matches(word, known, n=1, cutoff=0.0) or known[:1])[0]


def _one_of(value: str, at: int, known: Iterable[str]) -> str:
    """The value in small letters, if it is one of the known ones."""
    known = list(known)
    if (word := value.lower()) not in known:
        raise QueryError(
            "character {place}: {word} is unknown here; nearest: {near}",
            at,
            word=value[:40],
            near=_nearest(word[:40], known),
        )
    return word


def _is(value: str, at: int) -> Query:
    return Is(CardIs(_one_of(value, at, CardIs)))


def _kind(value: str, at: int) -> Query:
    return Has(Field.KIND, _one_of(value, at, CardKind), at)


def _has(field: Field) -> Callable[[str, int], Query]:
    return lambda value, at: Has(field, value, at)


def _flag(value: str, at: int) -> Query:
    flagged = Is(CardIs.FLAGGED)
    return Not(flagged) if _one_of(value, at, ("0", "1")) == "0" else flagged


def _prop(value: str, at: int) -> Query:
    parts = _PROP.fullmatch(value)
    if parts is None:
        raise QueryError("character {place}: write a comparison such as stability<3", at)
    name = _SHORT.get(parts[1].lower(), parts[1])
    quantity = Quantity(_one_of(name, at, Quantity))
    number_at = at + parts.start(3)
    if not _NUMBER.fullmatch(parts[3]) or len(parts[3]) > 20:
        raise QueryError("character {place}: {word} is no number", number_at, word=parts[3][:40] or "…")
    return Prop(quantity, Comparison(parts[2]), float(parts[3]))


def _days(text: str, at: int) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= MOST_DAYS):
        raise QueryError(
            "character {place}: {word} is no number of days; 1 is today", at, word=text[:40] or "…"
        )
    return int(text[:9])


def _rated(value: str, at: int) -> Query:
    days, colon, rating = value.partition(":")
    if not colon:
        return Rated(_days(days, at))
    return Rated(_days(days, at), _RATINGS[_one_of(rating, at + len(days) + 1, _RATINGS)])


def _introduced(value: str, at: int) -> Query:
    return Introduced(_days(value, at))


_READERS: dict[str, Callable[[str, int], Query]] = {
    "is": _is,
    "tag": _has(Field.TAG),
    "lesson": _has(Field.LESSON),
    "concept": _has(Field.CONCEPT),
    "kind": _kind,
    "prop": _prop,
    "rated": _rated,
    "introduced": _introduced,
    "flag": _flag,
    "id": _has(Field.ID),
}
KEYS = tuple(_READERS)
"""Every key that a query may have."""
