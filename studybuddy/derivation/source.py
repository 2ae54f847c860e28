"""The text of an answer in plain LaTeX letters, and where each of them stood in what was typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_

LONGEST = 2_000
DEEPEST = 40
"""Brackets within brackets. A formula of the course has six at most."""
_LOW = dict(zip("₀₁₂₃₄₅₆₇₈₉ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", "0123456789aehijklmnoprstuvx", strict=True))
_HIGH = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹ᵀ⁻", "0123456789T-", strict=True))
_DOTS = dict.fromkeys("·×⋅∙", r"\cdot ") | dict.fromkeys("⊙∘○", r"\odot ")
_MARKS = {
    "∑": r"\sum ",
    "Σ": r"\sum ",
    "∂": r"\partial ",
    "∇": r"\nabla ",
    "√": r"\sqrt ",
    "⊤": r"\top ",
    "⊺": r"\top ",
    "≠": r"\ne ",
    "∈": r"\in ",
    "⟨": r"\langle ",
    "⟩": r"\rangle ",
    "∗": "*",
    "ᵗ": "^{T}",
    "′": "'",
    "’": "'",
    "𝟙": r"\mathbb{1}",
    "𝟏": r"\mathbf{1}",
    "≥": r"\ge ",
    "≤": r"\le ",
    "…": r"\dots ",
}
_PUNCTUATION = dict(zip("−–—，、；：【】〈〉《》", "---,,;:[]<><>", strict=True)) | dict.fromkeys(
    "。“”\u200b\u200c\u200d\u2060\ufeff\u00ad", ""
)
_SIGNS = _DOTS | _MARKS | _PUNCTUATION


class UnreadableError(Exception):
    """An answer could not be read: no attempt is charged. `place`: index into what was typed."""

    def __init__(self, reason: Phrase, place: int) -> None:
        super().__init__(reason.message)
        self.reason = reason
        self.place = place


class NeverRunsError(UnreadableError):
    """It is NumPy that can be read, but does not run, or comes to something else than it looks like."""


@dataclass(frozen=True, slots=True)
class Source:
    """`text`, and for each of its characters the index in the typed answer; one index more for the end."""

    text: str
    origins: tuple[int, ...]

    def replaced(self, pattern: re.Pattern[str], change: Callable[[re.Match[str]], str]) -> Source:
        """Each match replaced; what comes in stands where the match began."""
        pieces: list[str] = []
        origins: list[int] = []
        last = 0
        for match in pattern.finditer(self.text):
            fresh = change(match)
            pieces += [self.text[last : match.start()], fresh]
            origins += [*self.origins[last : match.start()], *[self.origins[match.start()]] * len(fresh)]
            last = match.end()
        pieces.append(self.text[last:])
        return Source("".join(pieces), (*origins, *self.origins[last:]))

    def place(self, index: int) -> int:
        """Where a character of `text` stood in what was typed."""
        return self.origins[max(0, min(index, len(self.origins) - 1))]


def bounded(typed: str) -> None:
    """Refuse what is too long or too deep to be a formula.

    Raises:
        UnreadableError: it is; nothing was read.
    """
    if not typed.strip():
        raise UnreadableError(Phrase(N_("nothing is written yet")), 0)
    if len(typed) > LONGEST:
        words = N_("an answer may have {limit} characters at most; this one has {n}")
        raise UnreadableError(Phrase.of(words, limit=LONGEST, n=len(typed)), LONGEST)
    depth = 0
    for index, char in enumerate(typed):
        if not char.isprintable() and not char.isspace() and char not in _PUNCTUATION:
            raise UnreadableError(Phrase(N_("a character that cannot be shown cannot be read")), index)
        depth += (char in "([{（［｛") - (char in ")]}）］｝")
        if depth > DEEPEST:
            raise UnreadableError(Phrase(N_("too many brackets within brackets")), index)


def normalised(typed: str) -> Source:
    """An answer with Unicode signs, full-width letters and Chinese punctuation as LaTeX writes them."""
    pieces: list[str] = []
    origins: list[int] = []
    for index, char in enumerate(typed):
        fresh = _plain(char)
        pieces.append(fresh)
        origins += [index] * len(fresh)
    source = Source("".join(pieces), (*origins, len(typed)))
    for pattern, change in _STEPS:
        source = source.replaced(pattern, change)
    return source


def _plain(char: str) -> str:
    if char in _SIGNS:
        return _SIGNS[char]
    if char in _LOW or char in _HIGH or char < "\x80":
        return char
    plain = unicodedata.normalize("NFKC", char)
    name = unicodedata.name(plain, "") if len(plain) == 1 else ""
    if name.startswith("GREEK SMALL LETTER "):
        letter = name.split()[-1].lower()
        return "\\" + {"lamda": "lambda"}.get(letter, letter) + " "
    return "".join(_SIGNS.get(part, part) for part in plain)


def _run(letters: dict[str, str], mark: str) -> tuple[re.Pattern[str], Callable[[re.Match[str]], str]]:
    def written(match: re.Match[str]) -> str:
        return mark + "{" + "".join(letters[char] for char in match[0]) + "}"

    return re.compile(f"[{''.join(letters)}]+"), written


def _partial(match: re.Match[str]) -> str:
    return f"\\partial {match[1]}/\\partial {match[2]}"


def _fraction(match: re.Match[str]) -> str:
    return f"\\frac{{\\partial {match[1]}}}{{\\partial {match[2]}}}"


_STEPS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    _run(_LOW, "_"),
    _run(_HIGH, "^"),
    (
        re.compile(r"(?<![A-Za-z\\_])d([A-Za-z][A-Za-z0-9]*(?:_(?:\w+|\{[^{}]*\}))?)\s*/\s*d([A-Za-z])"),
        _partial,
    ),
    (re.compile(r":\s*="), lambda match: "="),
    (re.compile(r"\\(?:mathrm|text|operatorname)\s*\{\s*d\s*\}\s*(?=[A-Z])"), lambda match: "d"),
    (re.compile(r"\\in\b\s*(?:\\mathbb\s*\{?\s*R\s*\}?|R)\s*\^\s*(?:\{[^{}]*\}|\w)"), lambda match: " "),
    (
        re.compile(
            r"\\[dt]?frac\s*\{\s*(?:\\mathrm\{d\}|d)\s*([A-Za-z][^{}]*)\}\s*\{\s*(?:\\mathrm\{d\}|d)\s*([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}"
        ),
        _fraction,
    ),
    (re.compile(r"(?<![\\A-Za-z])sum(?=\s*[_({]|\s+[a-z]\b)"), lambda match: r"\sum"),
    (re.compile(r"(?<![\\A-Za-z])sqrt(?=\s*\()"), lambda match: r"\sqrt"),
    (re.compile(r"\\text(?=rm\b|bf\b)"), lambda match: r"\math"),
    (re.compile(r"\$+"), lambda match: " "),
)
