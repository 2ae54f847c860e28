"""The many signs of numbers as plain ones: full width, superscripts, LaTeX, words around them."""

from __future__ import annotations

import re
from unicodedata import normalize, numeric

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
_RAISED_RUN = re.compile(r"[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_VULGAR = re.compile(r"(\d*)([¼½¾⅐-⅞])")
_LATEX = (
    (re.compile(r"\\begin\{\w{1,10}\}"), "["),
    (re.compile(r"\\end\{\w{1,10}\}"), "]"),
    (re.compile(r"\\(?:left|right|displaystyle|big|Big)(?![a-zA-Z])"), ""),
    (re.compile(r"\\(?:text|mathrm|mathbf|operatorname)\s*\{([^{}]*)\}"), r" \1"),
    (re.compile(r"\\(?:times|cdot|ast)(?![a-zA-Z])"), "*"),
    (re.compile(r"\\d?frac(?![a-zA-Z])"), " frac "),
    (re.compile(r"\\(?:approx|sim)(?![a-zA-Z])"), "≈"),
    (re.compile(r"\\(sqrt|pi|exp|ln)(?![a-zA-Z])"), r" \1 "),
    (re.compile(r"\\\\"), ";"),
    (re.compile(r"\\[,;:! ]"), " "),
    (re.compile(r"\\%"), "%"),
)
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("−–—‐‑﹣", "-"),
        **dict.fromkeys("×·⋅∗∙", "*"),
        **dict.fromkeys("÷⁄∕", "/"),
        **dict.fromkeys("、，", ","),
        "；": ";",
        "π": " pi ",
        "√": " sqrt ",
        "&": ",",
        **dict.fromkeys("$`", ""),
        **dict.fromkeys("\t\n\r\u00a0\u2009\u202f", " "),
    }
)
_ARRAY = re.compile(r"\b(?:np\.|numpy\.|torch\.)?(?:array|tensor)\s*(?=\()")
_NAMED = re.compile(r"\s*(?:[^\W\d_]\w{0,19}\s*)?[=≈~:]\s*")
_ABOUT = re.compile(r"\s*(?:约为|大约|约|about|approximately|approx\.?|roughly|ca\.)\s*", re.IGNORECASE)
_AND = re.compile(r"\s*(?:\band\b|和|与)\s*")
_GROUPS = re.compile(r"(?<![\d.])(\d{1,3})((?:[\u2009\u202f\u00a0']\d{3})+)(?!\d)")
_SPACED = re.compile(r"(?<![\d.,])([1-9]\d{0,2})((?: \d{3}){2,}| 000)(?![\d.]| \d)")
"""Blanks between thousands, where they can hardly be between numbers."""


def plain_signs(text: str) -> str:
    """A typed number in plain signs; what is no number is left as it is."""
    for pattern in (_GROUPS, _SPACED):
        text = pattern.sub(lambda found: found[1] + re.sub(r"\D", "", found[2]), text)
    text = _VULGAR.sub(_fraction, text)
    text = _RAISED_RUN.sub(lambda found: f"^({found[0].translate(_RAISED)})", text)
    text = text.replace("{,}", ",")
    for pattern, plain in _LATEX:
        text = pattern.sub(plain, text)
    text = normalize("NFKC", text.translate(_SIGNS)).translate(_SIGNS).replace("**", "^")
    text = _ARRAY.sub("", text)
    text = _ABOUT.sub(" ", text, count=1) if _ABOUT.match(text) else text
    text = _NAMED.sub("", text, count=1) if _NAMED.match(text) else text
    text = _ABOUT.sub(" ", text, count=1) if _ABOUT.match(text) else text
    return _AND.sub(", ", text).strip().rstrip("。.!")


def _fraction(found: re.Match[str]) -> str:
    value = numeric(found[2])
    below = next(n for n in range(2, 11) if abs(value * n - round(value * n)) < 1e-6)
    return f"({found[1] or 0}+{round(value * below)}/{below})"
