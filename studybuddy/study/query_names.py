"""The names in a query: a lesson must be there; a concept is called by its id or a part of its title."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from studybuddy.core.query import AllOf, AnyOf, Field, Has, Not, Query, QueryError
from studybuddy.store.card_text import plain

if TYPE_CHECKING:
    from studybuddy.study.concepts import Concepts


def named(query: Query, known: Callable[[str], Iterable[str]], concepts: Concepts) -> Query:
    """The query with its names understood.

    Args:
        query: as it was read.
        known: every value that a property of the cards has, here `lesson`.
        concepts: of the course and of all cards.

    Raises:
        QueryError: nothing is called so; offers the nearest name.
    """
    match query:
        case Has(Field.CONCEPT):
            return _concept(query, concepts)
        case Has(Field.LESSON, pattern) if "*" not in pattern:
            if pattern.lower() not in (lessons := list(known(Field.LESSON.value))):
                raise _unknown(query, {lesson: lesson for lesson in lessons})
        case Not(node):
            return Not(named(node, known, concepts))
        case AllOf(nodes):
            return AllOf(tuple(named(node, known, concepts) for node in nodes))
        case AnyOf(nodes):
            return AnyOf(tuple(named(node, known, concepts) for node in nodes))
    return query


def _concept(asked: Has, concepts: Concepts) -> Has:
    """A concept by its id; else those with the pattern in a name, in any language."""
    names = {concept: concepts.names(concept) for concept in concepts.all()}
    if asked.pattern.lower() in (concept.lower() for concept in names):
        return asked
    part = re.compile(".*".join(map(re.escape, _bare(asked.pattern).split("*"))))
    among = [c for c, called in names.items() if any(part.search(_bare(name)) for name in called[:-1])]
    if not among and "*" not in asked.pattern:
        every = [name for called in names.values() for name in called]
        words = {_bare(word): name for name in every for word in re.findall(r"\w{3,}", name)}
        raise _unknown(asked, words | {_bare(name): name for name in every})
    return replace(asked, among=tuple(among))


def _bare(text: str) -> str:
    """A name as it is compared: small letters, no accents, no spaces, every dash the same."""
    return re.sub(r"\s", "", re.sub("[\u2010-\u2015\u2212]", "-", plain(text)))


def _unknown(asked: Has, known: dict[str, str]) -> QueryError:
    """What is said of a name that nothing bears; `known` are names by the form in which they are compared."""
    from difflib import get_close_matches

    wanted = _bare(asked.pattern) if asked.of is Field.CONCEPT else asked.pattern.lower()
    near = [known[name] for name in get_close_matches(wanted, known, n=1, cutoff=0.0)] or ["*"]
    return QueryError(
        "character {place}: {word} is unknown here; nearest: {near}",
        asked.at,
        word=asked.pattern[:40],
        near=f'"{near[0]}"' if " " in near[0] else near[0],
    )
