"""Whether a clause denies what it says: `not a linear model`, `线性模型的说法是错的`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from studybuddy.core.said import words_of

_Phrases: TypeAlias = tuple[tuple[str, ...], ...]

SCOPE = 8
"""Words over which a denial reaches forward."""
AFTER = 4
"""Words within which `... is wrong` takes back what is no mistake."""


def _phrases(listed: str) -> _Phrases:
    """Phrases parted by commas, the longest first."""
    return tuple(sorted(map(words_of, listed.split(",")), key=len, reverse=True))


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split(","))


_DENIES = _phrases(
    "not,never,cannot,neither,nor,hardly,rather than,instead of,unlike,wrong,false,incorrect,mistaken,can't,"
    "isn't,aren't,wasn't,weren't,doesn't,don't,didn't,won't,wouldn't,shouldn't,couldn't,hasn't,haven't,"
    "no need,far from,without being,without becoming,"
    "不是,并不是,不会,并不会,没有,并没有,并非,绝非,而非,而不是,不能,不能说,并不,不等于,不至于,未必,不该,不应,"
    "从不,不可能,谈不上,不算,不需要,不必,不用,无需,无须,没必要,没退化,没变成,没成为,与其说"
)
_DENIES_NEXT = _phrases("不,未,无,没,非,非 -,no,non,non -,without")
"""These deny what follows at once, and nothing further on."""
_NOT_ONLY = _words("only,just,merely,simply,仅,只,但,光")
_TOLD = _phrases(
    "people,some say,often say,often said,it is said,textbook,textbooks,mistakenly,wrongly,myth,"
    "misconception,tempting,误以为,以为,常说,有人,人们,误认为,误解,课本,教科书,教材,常见错答,常见错误"
)
"""What follows is told of others."""
_REFUTES = _phrases(
    "wrong,false,incorrect,mistaken,a mistake,myth,misconception,insufficient,not enough,isn't enough,"
    "not sufficient,not prove,doesn't prove,proves nothing,not mean,doesn't mean,not true,not right,"
    "not correct,not a proof,no proof,not the reason,"
    "错,错误,不对,误解,不成立,不正确,不准确,不够,不足,不能说明,不能证明,不代表,不说明,证明不了,说明不了,不是原因,"
    "不是理由"
)
_STARTS_ANEW = _phrases("and,but,so,hence,thus,then,because,therefore,但,所以,因此,因为,因而,于是,且,就,却")
_POINTS_BACK = _words("this,that,which,it,这,那,此")


def denied(words: Sequence[str], places: tuple[int, ...], *, mistake: bool) -> bool:
    """Whether what stands at `places` is denied, by an odd number of denials.

    What is called wrong right after is denied too. Of a `mistake` more takes it back: what is said wrong of
    it further on, and that others say so.
    """
    denials = sum(_denials(words, places))
    if not mistake:
        denials += refuted(words[places[-1] + 1 : places[-1] + 1 + AFTER])
    else:
        before = words[max(0, places[0] - 2 * SCOPE) : places[0]]
        if any(_at(before, n, _TOLD) for n in range(len(before))):
            return True
        denials += refuted(words[places[-1] + 1 :])
    return denials % 2 == 1


def refuted(words: Sequence[str]) -> bool:
    """Whether words say of something that it is wrong."""
    for n in range(len(words)):
        if _at(words, n, _REFUTES):
            before = words[max(0, n - 2) : n]
            return not any(_at(before, m, (*_DENIES, *_DENIES_NEXT)) for m in range(len(before)))
    return False


def takes_back(following: Sequence[str]) -> bool:
    """Whether a clause says of the one before it that it is wrong: `that is a common mistake`."""
    return bool(following) and following[0] in _POINTS_BACK and refuted(following)


def _denials(words: Sequence[str], places: tuple[int, ...]) -> Iterator[bool]:
    """For each denial before or among what stands at `places`, whether it reaches it."""
    own = frozenset(places)
    n = _scope(words, places[0])
    while n < places[-1]:
        wide, near = _at(words, n, _DENIES, own), _at(words, n, _DENIES_NEXT, own)
        following = n + max(wide, near)
        only = following not in own and following < len(words) and words[following] in _NOT_ONLY
        reaches = bool(near) and (following in own or n > places[0])
        yield not only and (reaches or wide > near)
        n = max(n + 1, following)


def _scope(words: Sequence[str], first: int) -> int:
    """Where the words begin whose denials reach the word at `first`."""
    for n in range(first - 1, max(0, first - SCOPE) - 1, -1):
        begins = _at(words, n, _STARTS_ANEW)
        if begins and not _at(words, n, _DENIES):
            return n + begins
    return max(0, first - SCOPE)


def _at(words: Sequence[str], place: int, phrases: _Phrases, own: frozenset[int] = frozenset()) -> int:
    """How many words the longest of some phrases takes at a place, none of them among `own`; 0 for none."""
    for phrase in phrases:
        end = place + len(phrase)
        if tuple(words[place:end]) == phrase and own.isdisjoint(range(place, end)):
            return len(phrase)
    return 0
