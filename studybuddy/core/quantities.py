"""Reads numbers as people write them: `6.4×10⁻⁴`, `1/3`, `√1000`, `32,000,640`, `(0, 6, 7)`, `500 ms`.

    list   := row (";" row)*                      row    := item ("," item)*
    item   := term (("+" | "-") term)*            term   := signed (("*" | "/")? signed)*
    signed := ("+" | "-") signed | power          power  := postfix ("^" signed)?
    postfix := atom "%"*                          atom   := number | name atom | bracket list bracket

Nothing is evaluated as a program: text, depth and size of every number are bounded, and whatever is typed,
either numbers come out or a `UsageError` that says what cannot be read. Blanks separate numbers, too; in
square brackets also before a sign, as NumPy prints arrays. What may mean two things has two readings:
`1,000`, and `-2 -2`, which is -4 or two numbers.
"""

from __future__ import annotations

import math
import re
from contextlib import suppress
from fractions import Fraction
from typing import NamedTuple, NoReturn, TypeAlias

from studybuddy.core.bounded_numbers import Number, add, applied, divided, multiply, raised, read_number
from studybuddy.core.errors import UsageError
from studybuddy.core.number_signs import plain_signs

LONGEST = 1000
"""Characters of a typed quantity."""
DEEPEST = 20
MOST_NUMBERS = 200
_FUNCTIONS = ("sqrt", "exp", "ln", "log2", "log10", "frac")
_CONSTANTS = {"pi": Fraction(math.pi), "e": Fraction(math.e)}
_PLAIN_NUMBER = r"(?:\d[\d_]*(?:\.\d*)?|\.\d+)"
_GROUPED_NUMBER = rf"(?:[1-9]\d{{0,2}}(?:,\d{{3}})+(?![\d,])(?:\.\d+)?|{_PLAIN_NUMBER})"
_EXPONENT = r"(?: ?[eE] ?[+-]?\d+(?![\d.]))?"
_OTHER = r"|[a-zA-Z]+(?:(?<=log)(?:10|2)(?!\d))?|[-+*/^%,;()\[\]{}]"
_GROUPED = re.compile(rf" *({_GROUPED_NUMBER}{_EXPONENT}{_OTHER})")
_PLAIN = re.compile(rf" *({_PLAIN_NUMBER}{_EXPONENT}{_OTHER})")
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_UNIT = re.compile(r"(?<=[\d)\]}. e])\s*((?:[^\W\d_]|[µμ°‰])[^\d()\[\]{}=,;]*)\Z")
_SIGN_APART = re.compile(r"\S +[-+](?! )")
_WORDS_ONLY = re.compile(r"\s*(?:\\?(?:pi|e))?\s*\Z")


class Quantity(NamedTuple):
    """Numbers in their order and how long each row of them is, with the unit behind the last."""

    numbers: tuple[Number, ...]
    rows: tuple[int, ...]
    unit: str = ""


_Value: TypeAlias = "Number | list[_Value]"


class _Token(NamedTuple):
    text: str
    spaced: bool
    """Whether a blank stands before it."""


def read_quantity(text: str) -> tuple[Quantity, ...]:
    """The numbers in a text: the likeliest reading first, others where a comma or a sign may mean two things.

    Raises:
        UsageError: the text holds no numbers, or more than can be told.
    """
    if len(text) > LONGEST:
        raise UsageError("the answer is longer than {limit} characters", limit=LONGEST)
    plain, unit = _split_unit(plain_signs(text))
    if not plain.strip():
        raise UsageError("there is no number in it")
    readings = []
    for pattern in (_GROUPED, _PLAIN):
        numbers, rows = _read(_tokens(plain, pattern))
        reading = Quantity(numbers, rows, unit)
        if reading not in readings:
            readings.append(reading)
    if _SIGN_APART.search(plain):
        with suppress(UsageError):  # the sum in `sqrt(4 -1)` is one number
            reading = Quantity(*_read(_tokens(plain, _PLAIN), signs_apart=True), unit)
            if reading not in readings:
                readings.append(reading)
    return tuple(readings)


def _split_unit(text: str) -> tuple[str, str]:
    """A text and the unit behind its last number."""
    found = _UNIT.search(text)
    if found is None or _WORDS_ONLY.match(found[1]):
        return text, ""
    return text[: found.start()], found[1].strip(" .")


def _tokens(text: str, pattern: re.Pattern[str]) -> list[_Token]:
    tokens: list[_Token] = []
    at = 0
    text = text.rstrip()
    while at < len(text):
        found = pattern.match(text, at)
        if found is None:
            raise UsageError("cannot read “{text}” as a number", text=text[at:].strip()[:20])
        tokens.append(_Token(found[1], found.start(1) > at))
        at = found.end()
    return tokens


def _read(tokens: list[_Token], *, signs_apart: bool = False) -> tuple[tuple[Number, ...], tuple[int, ...]]:
    parser = _Parser(tokens, signs_apart=signs_apart)
    value = parser.sequence("")
    rows = _rows(value)
    numbers = tuple(number for row in rows for number in row)
    if not numbers:
        raise UsageError("there is no number in it")
    if len(numbers) > MOST_NUMBERS:
        raise UsageError("there are more than {limit} numbers in it", limit=MOST_NUMBERS)
    return numbers, tuple(len(row) for row in rows)


def _rows(value: _Value) -> list[list[Number]]:
    """Nested values as rows; what is nested deeper than a matrix has one row for each innermost list."""
    if isinstance(value, Number):
        return [[value]]
    if all(isinstance(item, Number) for item in value):
        return [[item for item in value if isinstance(item, Number)]] if value else []
    return [row for item in value for row in _rows(item)]


class _Parser:
    """Recursive descent over tokens."""

    def __init__(self, tokens: list[_Token], *, signs_apart: bool = False) -> None:
        """`signs_apart`: a sign with a blank before it and none behind begins a number everywhere."""
        self._tokens = tokens
        self._signs_apart = signs_apart
        self._at = 0
        self._depth = 0
        self._blanks = False
        """Whether blanks separate here, as between square brackets."""

    @property
    def _next(self) -> str:
        return self._tokens[self._at].text if self._at < len(self._tokens) else ""

    def _take(self) -> str:
        self._at += 1
        return self._tokens[self._at - 1].text

    def sequence(self, closing: str) -> _Value:
        """Items up to a closing bracket or the end; one alone is no list, except in square brackets."""
        rows: list[list[_Value]] = [[]]
        apart = False
        while self._next != closing:
            if not self._next:
                raise UsageError("a bracket is not closed")
            if self._next in ",;":
                apart = True
                if self._take() == ";":
                    rows.append([])
                continue
            rows[-1].append(self._item())
            if not (self._next in (closing, ",", ";") or self._begins_item()):
                self._refuse()
        self._at += bool(closing)
        items: list[_Value] = list(rows[0]) if len(rows) == 1 else [list(row) for row in rows if row]
        if len(items) == 1 and not apart and (closing != "]" or isinstance(items[0], Number)):
            return items[0]
        return items

    def _begins_item(self) -> bool:
        """Whether a blank before the next token separates it from the item before."""
        if self._at == len(self._tokens) or not self._tokens[self._at].spaced:
            return False
        if self._signs_apart and self._next in ("+", "-"):
            return self._is_sign()
        return self._blanks or (not self._depth and self._next[0].isdigit())

    def _refuse(self) -> NoReturn:
        raise UsageError("cannot read “{text}” as a number", text=self._next[:20])

    def _item(self) -> _Value:
        value = self._term()
        while self._next in ("+", "-") and not self._is_sign():
            sign = self._take()
            value = add(_one(value), _one(self._term()), -1 if sign == "-" else 1)
        return value

    def _is_sign(self) -> bool:
        """Whether a sign belongs to the next item, as in `[1 -2]`."""
        here = self._tokens[self._at]
        after = self._tokens[self._at + 1] if self._at + 1 < len(self._tokens) else here
        return (self._blanks or self._signs_apart) and here.spaced and not after.spaced

    def _term(self) -> _Value:
        value = self._signed()
        while True:
            if self._next in ("*", "/"):
                combine = divided if self._take() == "/" else multiply
                value = combine(_one(value), _one(self._signed()))
            elif self._begins_factor() and isinstance(value, Number):
                value = multiply(value, _one(self._power()))
            else:
                return value

    def _begins_factor(self) -> bool:
        """Whether what follows is multiplied without a sign: `2π`, `3 sqrt(2)`, `2(1+1)`."""
        after = self._next
        return (after in _CONSTANTS or after in _FUNCTIONS or after == "(") and not self._begins_item()

    def _signed(self) -> _Value:
        if self._next not in ("+", "-"):
            return self._power()
        self._deeper()
        negative = self._take() == "-"
        value = _one(self._signed())
        self._depth -= 1
        return Number(-value.value, value.exact) if negative else value

    def _power(self) -> _Value:
        base = self._postfix()
        if self._next != "^":
            return base
        self._take()
        self._deeper()
        exponent = _one(self._signed())
        self._depth -= 1
        return raised(_one(base), exponent)

    def _postfix(self) -> _Value:
        value = self._atom()
        while self._next == "%":
            self._take()
            value = divided(_one(value), Number(Fraction(100)))
        return value

    def _atom(self) -> _Value:
        token = self._take() if self._at < len(self._tokens) else ""
        if token and (token[0].isdigit() or token[0] == "."):
            return read_number(token)
        if token in _CLOSING:
            return self._bracket(token)
        if token in _CONSTANTS:
            return Number(_CONSTANTS[token], exact=False)
        if token in _FUNCTIONS:
            return self._applied(token)
        if not token:
            raise UsageError("the end is missing")
        raise UsageError("cannot read “{text}” as a number", text=token[:20])

    def _bracket(self, opening: str) -> _Value:
        self._deeper()
        before, self._blanks = self._blanks, opening == "["
        value = self.sequence(_CLOSING[opening])
        self._blanks = before
        self._depth -= 1
        return value

    def _applied(self, name: str) -> Number:
        self._deeper()
        first = _one(self._postfix())
        value = divided(first, _one(self._postfix())) if name == "frac" else applied(name, first)
        self._depth -= 1
        return value

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise UsageError("brackets are nested more than {limit} deep", limit=DEEPEST)


def _one(value: _Value) -> Number:
    if isinstance(value, Number):
        return value
    raise UsageError("a list cannot be calculated with")
