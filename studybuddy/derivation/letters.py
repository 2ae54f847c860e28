"""Letters and signs of a formula: where one name ends and the next begins."""

from __future__ import annotations

import re

from studybuddy.derivation.expression import Span
from studybuddy.derivation.names import Names
from studybuddy.derivation.signs import CHARACTERS, FOR_WORD, WORDS, Token
from studybuddy.derivation.source import Source, UnreadableError

_PIECES = re.compile(r"\s+|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\.mT\b|\.T\b|!=|[A-Za-z]+|.", re.DOTALL)
_SMALL = "abcdefghijklmnopqrstuvwxyz"


class LetterReader:
    """Splits characters into numbers, names and signs."""

    def __init__(self, source: Source, names: Names) -> None:
        """Read `source`, in which `names` have a meaning."""
        self._source = source
        self._names = names

    def _span(self, begin: int, end: int) -> Span:
        first = self._source.place(begin)
        return first, max(first + 1, self._source.place(max(begin, end - 1)) + 1)

    def _characters(self, text: str, begin: int, found: list[Token]) -> None:
        """The tokens of `text`, which stands at `begin` of the source."""
        index = 0
        while index < len(text):
            match = _PIECES.match(text, index)
            assert match is not None
            piece, start = match[0], index
            index = match.end()
            if piece.isspace():
                continue
            spaced = start > 0 and text[start - 1].isspace()
            span = self._span(begin + start, begin + index)
            if piece[0].isascii() and piece[0].isdigit():
                self._number(piece, span, found, spaced=spaced)
            elif piece in (".T", ".mT"):
                found.append(Token("op", "'", span))
            elif piece.isalpha() and piece.isascii():
                last = text[index : index + 1] == "_"
                index = start + self._letters(piece, begin + start, found, spaced=spaced, last=last)
            else:
                found.append(Token("op", CHARACTERS.get(piece, piece), span, spaced=spaced))

    def _number(self, piece: str, span: Span, found: list[Token], *, spaced: bool) -> None:
        """A number, or the digit of a name such as `W1`."""
        last = found[-1] if found else None
        if last is not None and last.kind == "name" and not spaced and last.span[1] == span[0]:
            named = last.value + piece
            if self._names.tensor(named) is not None or self._names.gradient_of(named) is not None:
                found[-1] = Token("name", named, (last.span[0], span[1]), spaced=last.spaced)
                return
        found.append(Token("number", piece, span, spaced=spaced))

    def _letters(self, run: str, begin: int, found: list[Token], *, spaced: bool, last: bool = False) -> int:
        """The names in a run of letters; returns how many letters were taken.

        `last`: an underscore follows, so that the last letter bears a subscript of its own: `p_ip_j`.
        """
        after = found[-1].value if found and found[-1].kind == "op" and not spaced else ""
        if after == "^":
            found.append(Token("name", run[0], self._span(begin, begin + 1)))
            return 1
        if after == "_":
            return self._subscript(run[:-1] if last and len(run) > 1 else run, begin, found)
        if self._misspelt(run):
            raise UnreadableError(self._names.unknown(run), self._source.place(begin))
        taken = 0
        while taken < len(run):
            rest = run[taken:]
            word = next((word for word in self._names.runs if rest.startswith(word)), rest[0])
            if word == "T" and not (spaced and not taken) and self._named(found):
                found.append(Token("op", "'", self._span(begin + taken, begin + taken + 1)))
                taken += 1
                continue
            span = self._span(begin + taken, begin + taken + len(word))
            function = FOR_WORD.get(word, word)
            is_word = function in WORDS and self._names.tensor(word) is None
            found.append(
                Token("word" if is_word else "name", function if is_word else word, span, spaced=spaced)
            )
            taken, spaced = taken + len(word), False
        return len(run)

    def _named(self, found: list[Token]) -> bool:
        """Whether a tensor was named last, so that a `T` behind it transposes: `XT dZ`."""
        if not found or found[-1].kind != "name" or self._names.tensor("T") is not None:
            return False
        named = found[-1].value
        return (self._names.tensor(named) or self._names.gradient_of(named)) in self._names.tensors

    def _misspelt(self, run: str) -> bool:
        """Whether a run of letters is a name in the wrong case, such as `dz` for `dZ`, and nothing else."""
        if len(run) < 2 or run in self._names.runs or self._names.near(run) is None:
            return False
        return not self._splits(run)

    def _splits(self, run: str) -> bool:
        """Whether a run of letters is made of known names."""
        taken = 0
        while taken < len(run):
            rest = run[taken:]
            word = next((word for word in self._names.runs if rest.startswith(word)), "")
            if not word:
                return False
            taken += len(word)
        return True

    def _subscript(self, run: str, begin: int, found: list[Token]) -> int:
        """`X_ik` typed without braces: small letters are indices; after a sum only the first is."""
        summed = len(found) > 1 and found[-2].value == "sum"
        small = len(run) - len(run.lstrip(_SMALL))
        count = 1 if summed or not small else small
        if not small and run in {name.partition("_")[2] for name in self._names.tensors}:
            count = len(run)
        inner = tuple(
            Token("name", letter, self._span(begin + n, begin + n + 1))
            for n, letter in enumerate(run[:count])
        )
        if count == len(run) and not small and count > 1:
            inner = (Token("name", run, self._span(begin, begin + count)),)
        found.append(Token("group", "", self._span(begin, begin + count), (inner,)))
        return count
