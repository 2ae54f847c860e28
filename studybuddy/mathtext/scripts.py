"""Subscripts and superscripts: in Unicode where every character has one, else beside or under the base."""

from __future__ import annotations

from collections.abc import Callable
from unicodedata import normalize

from studybuddy.mathtext.box import Box, beside, text
from studybuddy.mathtext.marks import MARK, unmarked
from studybuddy.text import cell_width, pad

_SUP = dict(
    zip(
        "0123456789+−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθφχ′″‴*†⊤𝖳" + MARK,
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿᵠᵡ′″‴*†ᵀᵀ" + MARK,
        strict=True,
    )
)
_SUB = dict(
    zip(
        "0123456789+−=()aehijklmnoprstuvxβγρφχ" + MARK,
        "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ" + MARK,
        strict=True,
    )
)

_SHORTEST_WORD = 3


def superscript(content: str) -> str | None:
    """The text in superscript characters, or None when one of them has none. There is no capital C or Z."""
    return _mapped(content, _SUP)


def subscript(content: str) -> str | None:
    """The text in subscript characters, or None. A capital is never written as a small letter."""
    return _mapped(content, _SUB)


def _mapped(content: str, table: dict[str, str]) -> str | None:
    if not content or any(char not in table for char in content):
        return None
    return "".join(table[char] for char in content)


def in_line(base: str, sub: str | None, sup: str | None, *, plain: bool = False) -> str:
    """A base with its scripts on one row: `Xᵢₖ`, `δ_Z`, `ℝ^(N×D)`; plain: `X_ik`, `R^(N x D)`."""
    if plain:
        return base + _plain_marks(sub, sup)
    low = subscript(sub) if sub is not None else ""
    high = superscript(sup) if sup is not None else ""
    if sub is not None and sup is not None and (low is None or high is None) and not _is_prime(sup):
        low = high = None
    marks = [
        low if low is not None else "_" + _grouped(sub or "", "{}"),
        high if high is not None else "^" + _grouped((sup or "").replace("⊤", "T"), "()"),
    ]
    if sup is not None and _is_prime(sup):
        marks.reverse()
    return base + "".join(marks)


def _plain_marks(sub: str | None, sup: str | None) -> str:
    low = high = ""
    if sub is not None:
        seen = unmarked(sub)
        low = "_" + (sub if seen.isalnum() else _grouped(sub, "{}"))
    if sup is not None:
        primes = set(unmarked(sup)) <= {"'"}
        high = sup if primes else "^" + (sup if unmarked(sup).isalnum() else _grouped(sup, "()"))
        if primes:
            return high + low
    return low + high


def _is_prime(sup: str) -> bool:
    return set(unmarked(sup)) <= set("′″‴")


def _grouped(content: str, brackets: str) -> str:
    one_sign = cell_width(content) == 1 or (brackets == "{}" and _is_word(content))
    return content if one_sign or _is_bracketed(content) else brackets[0] + content + brackets[1]


def ends_open(line: str) -> bool:
    """Whether a text ends in a script without brackets, so that a letter behind it would be read into it."""
    base, _, script = unmarked(line).replace("^", "_").rpartition("_")
    return bool(base) and (cell_width(script) == 1 or script.isalnum())


def _is_word(content: str) -> bool:
    """Whether a subscript is a name, such as left, and not a row of indices."""
    content = unmarked(content)
    return len(content) >= _SHORTEST_WORD and content.isascii() and content.isalpha()


def _is_bracketed(content: str) -> bool:
    """Whether one pair of brackets encloses the whole text."""
    content = unmarked(content)
    if not content or content[0] + content[-1] not in ("()", "[]", "{}"):
        return False
    depth = 0
    for char in content[:-1]:
        depth += (char == content[0]) - (char == content[-1])
        if depth == 0:
            return False
    return True


def beside_base(base: Box, sub: Box | None, sup: Box | None, *, plain: bool = False) -> Box:
    """A base with its scripts in two dimensions, on its own row where Unicode allows it."""
    if plain and all(box is None or box.height == 1 for box in (sub, sup)):
        marks = _plain_marks(sub.line if sub else None, sup.line if sup else None)
        return beside([base, text(marks)]) if not base.tall else _plain_corner(base, marks)
    if base.tall and base.height > 1:
        return beside([base, _corner(base, sub, sup)])
    low = subscript(sub.line) if sub is not None and sub.height == 1 else None
    high = superscript(sup.line) if sup is not None and sup.height == 1 else None
    above = sup if sup is not None and high is None else None
    below = sub if sub is not None and low is None else None
    if below is not None and sup is None and below.height == 1 and _stands_in_line(below.line):
        return beside([base, text("_" + below.line)])
    middle = (low or "") + (high or "")
    return beside([base, _column(above, text(middle), below)])


def _stands_in_line(sub: str) -> bool:
    """Whether a subscript without Unicode form reads better beside its base: a capital letter, a name."""
    return (cell_width(sub) == 1 and normalize("NFD", sub)[0].isupper()) or _is_word(sub)


def _plain_corner(base: Box, marks: str) -> Box:
    """Scripts behind the last row of a tall base."""
    blank = " " * cell_width(marks)
    return Box(
        tuple(row + (marks if number == base.base else blank) for number, row in enumerate(base.rows)),
        base.base,
        base.tall,
    )


def _raised(script: Box | None, convert: Callable[[str], str | None]) -> tuple[str, ...]:
    if script is None:
        return ("",)
    converted = convert(script.line) if script.height == 1 else None
    return script.rows if converted is None else (converted,)


def _column(above: Box | None, middle: Box, below: Box | None) -> Box:
    parts = [box for box in (above, middle, below) if box is not None]
    width = max(box.width for box in parts)
    rows = tuple(pad(row, width) for box in parts for row in box.rows)
    return Box(rows, above.height if above is not None else 0)


def _corner(base: Box, sub: Box | None, sup: Box | None) -> Box:
    """Scripts at the corners of a tall base."""
    over = _raised(sup, superscript)
    under = _raised(sub, subscript)
    rows = [*over, *[""] * (base.height - 2), *under]
    width = max(cell_width(row) for row in rows)
    return Box(tuple(pad(row, width) for row in rows), base.base + len(over) - 1)
