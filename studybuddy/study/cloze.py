"""The two faces of a cloze: a sentence, formula or program with a gap, and the same filled in."""

from __future__ import annotations

from studybuddy.core.gaps import MOST_GAPS, Gap, read_gaps
from studybuddy.text import clean_line

LONGEST_HINT = 60


def cloze_sides(front: str, back: str, asked: int) -> tuple[str, str]:
    """Front and back as Markdown.

    Args:
        front: the text with its gaps.
        back: what is said below the filled text.
        asked: which gap is hidden, from 1; 0 hides all. Of a text with fewer the last one is hidden.
    """
    gaps = read_gaps(front)[:MOST_GAPS]
    if not gaps:
        return front, f"{front}\n\n{back}"
    hidden = {min(asked, len(gaps))} if asked else set(range(1, len(gaps) + 1))
    question = _filled(front, gaps, {number: _hidden(gaps[number - 1]) for number in hidden})
    answer = _filled(front, gaps, {number: _shown(gaps[number - 1]) for number in hidden})
    return question, f"{answer}\n\n{back}"


def _filled(text: str, gaps: tuple[Gap, ...], put: dict[int, str]) -> str:
    """The text with something in the place of some gaps, and the answers in that of the others."""
    pieces = []
    at = 0
    for number, gap in enumerate(gaps, 1):
        pieces += [text[at : gap.start], put.get(number, gap.answer)]
        at = gap.end
    return "".join([*pieces, text[at:]])


def _hidden(gap: Gap) -> str:
    hint = clean_line(gap.hint, LONGEST_HINT) or "…"
    if gap.in_math:
        return f"[\\text{{{hint.translate(_NO_SIGNS)}}}]" if gap.hint else r"[\ldots]"
    return f"[{hint}]" if gap.in_code else f"**[{hint}]**"


_NO_SIGNS = dict.fromkeys(map(ord, "{}$\\"))


def _shown(gap: Gap) -> str:
    if gap.in_math:
        return f"{{{gap.answer}}}"
    return gap.answer if gap.in_code else f"**{gap.answer}**"
