"""Letters of another alphabet (double-struck, bold, script, fraktur) as Unicode has them."""

from __future__ import annotations

_ALPHABETS: dict[str, tuple[int, int]] = {
    "double-struck": (0x1D538, 0x1D552),
    "bold": (0x1D400, 0x1D41A),
    "bold-italic": (0x1D400, 0x1D41A),
    "script": (0x1D49C, 0x1D4B6),
    "fraktur": (0x1D504, 0x1D51E),
}
"""First capital and first small letter."""

_GREEK_BOLD = (0x1D6A8, 0x1D6C2)

_ELSEWHERE = {
    "\U0001d53a": "ℂ",
    "\U0001d53f": "ℍ",
    "\U0001d545": "ℕ",
    "\U0001d547": "ℙ",
    "\U0001d548": "ℚ",
    "\U0001d549": "ℝ",
    "\U0001d551": "ℤ",
    "\U0001d49d": "ℬ",
    "\U0001d4a0": "ℰ",
    "\U0001d4a1": "ℱ",
    "\U0001d4a3": "ℋ",
    "\U0001d4a4": "ℐ",
    "\U0001d4a7": "ℒ",
    "\U0001d4a8": "ℳ",
    "\U0001d4ad": "ℛ",
    "\U0001d4ba": "ℯ",
    "\U0001d4bc": "ℊ",
    "\U0001d4c4": "ℴ",
    "\U0001d506": "ℭ",
    "\U0001d50b": "ℌ",
    "\U0001d50c": "ℑ",
    "\U0001d515": "ℜ",
    "\U0001d51d": "ℨ",
}
"""Letters that had a place of their own before the alphabets came."""

_PLAIN = ((0x1D434, 0x1D468), (0x1D5A0, 0x1D5D4), (0x1D608, 0x1D63C), (0x1D670, 0x1D6A4))
"""Italic, sans-serif, slanted and typewriter letters: a cell has one shape for them, the plain letter."""


def styled(text: str, variant: str | None) -> str:
    """The text in MathML's `mathvariant`; characters without such a form stay as they are.

    A bold or double-struck digit is drawn double-struck (`𝟙`): few terminal fonts have the bold ones, and
    both stand for the same things, the vector of ones and the indicator.
    """
    return "".join(_letter(char, variant) for char in text)


def _letter(char: str, variant: str | None) -> str:
    code = ord(char)
    for start, stop in _PLAIN:
        if start <= code < stop:
            place = (code - start) % 52
            return chr(ord("A") + place if place < 26 else ord("a") + place - 26)
    if variant not in _ALPHABETS:
        return char
    capital, small = _ALPHABETS[variant]
    if "0" <= char <= "9" and variant in ("bold", "bold-italic", "double-struck"):
        return chr(0x1D7D8 + int(char))
    if "A" <= char <= "Z":
        char = chr(capital + code - ord("A"))
    elif "a" <= char <= "z":
        char = chr(small + code - ord("a"))
    elif variant in ("bold", "bold-italic") and "Α" <= char <= "ω":
        char = _bold_greek(code)
    return _ELSEWHERE.get(char, char)


def _bold_greek(code: int) -> str:
    if 0x391 <= code <= 0x3A9:
        return chr(_GREEK_BOLD[0] + code - 0x391)
    if 0x3B1 <= code <= 0x3C9:
        return chr(_GREEK_BOLD[1] + code - 0x3B1)
    return chr(code)
