from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import click

from studybuddy.cli.output import print_json, print_line
from studybuddy.core.errors import UsageError
from studybuddy.i18n import N_, say
from studybuddy.study.browser import Change
from studybuddy.study.card_changes import Deed
from studybuddy.study.deed_words import Action, deed_phrase
from studybuddy.study.due_range import DueRange, read_due_range
from studybuddy.study.wiring import Study

_TAG_HELP = N_("Put tags on the cards found.")
_UNTAG_HELP = N_("Take tags off the cards found.")
_DUE_HELP = N_("Make the cards found due: 2026-12-01, 3 (days from now) or 3-7 (spread over them).")
_FLAGS = {
    Action.FORGET: N_("Make the cards found new again; their history stays."),
    Action.SUSPEND: N_("Stop asking the cards found."),
    Action.UNSUSPEND: N_("Ask suspended cards again."),
    Action.BURY: N_("Put the cards found aside until the next study day."),
    Action.UNBURY: N_("Ask cards put aside today again."),
    Action.FLAG: N_("Flag the cards found."),
    Action.UNFLAG: N_("Lift the flags of the cards found."),
}
_STATES = {
    Action.SUSPEND: (Change.SUSPEND, True),
    Action.UNSUSPEND: (Change.SUSPEND, False),
    Action.BURY: (Change.BURY, True),
    Action.UNBURY: (Change.BURY, False),
    Action.FLAG: (Change.FLAG, True),
    Action.UNFLAG: (Change.FLAG, False),
}


class Wish(NamedTuple):
    """Something to be done; `text` is what stands behind its option."""

    action: Action
    text: str = ""


class Done(NamedTuple):
    """What was done of a wish."""

    action: Action
    deed: Deed
    when: DueRange | None = None


def change_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that change cards, for one command."""
    for action in reversed(_FLAGS):
        command = click.option(f"--{action}", is_flag=True, help=_FLAGS[action])(command)
    for action, words in ((Action.DUE, _DUE_HELP), (Action.UNTAG, _UNTAG_HELP), (Action.TAG, _TAG_HELP)):
        command = click.option(f"--{action}", metavar="TEXT", help=words)(command)
    return command


def wishes(options: dict[str, Any]) -> list[Wish]:
    """What is to be done, in the order of `Action`.

    Raises:
        UsageError: two of the options contradict each other.
    """
    found = [
        Wish(action, options[action] if isinstance(options[action], str) else "")
        for action in Action
        if options.get(action) is not None and options[action] is not False
    ]
    asked = {wish.action for wish in found}
    pairs = [(Action.DUE, Action.FORGET), *((Action(word), Action(f"un{word}")) for word in _LIFTED)]
    for one, other in pairs:
        if {one, other} <= asked:
            raise UsageError(N_("--{one} and --{other} cannot stand together"), one=one, other=other)
    return found


_LIFTED = ("suspend", "bury", "flag")


def change(opened: Study, query: str, wanted: Iterable[Wish], *, as_json: bool) -> None:
    """Do everything to the cards that a query finds, and say what came of it.

    Raises:
        UsageError: the query is empty, or what stands behind an option cannot be used; nothing was done then.
    """
    if not query.strip():
        raise UsageError(N_("say which cards are meant; * means all of them"))
    days = {
        wish: read_due_range(wish.text, opened.desk.day()) for wish in wanted if wish.action is Action.DUE
    }
    cards = opened.browser.find(query)
    done = [Done(wish.action, _do(opened, cards, wish, days), days.get(wish)) for wish in wanted]
    if as_json:
        print_json(_as_json(cards, done))
        return
    for one in done:
        print_line(say(deed_phrase(one.action, one.deed, one.when)))


def _do(opened: Study, cards: list[str], wish: Wish, days: dict[Wish, DueRange]) -> Deed:
    changes = opened.card_changes
    match wish.action:
        case Action.TAG:
            return changes.tag(cards, wish.text)
        case Action.UNTAG:
            return changes.untag(cards, wish.text)
        case Action.DUE:
            return changes.due(cards, days[wish])
        case Action.FORGET:
            return changes.forget(cards)
    return changes.state(cards, *_STATES[wish.action])


def _as_json(cards: list[str], done: list[Done]) -> dict[str, object]:
    """`changed`: cards that anything was done to, `skipped`: the others; reasons stand with each action."""
    changed = {card for one in done for card in one.deed.changed}
    return {
        "changed": len(changed),
        "skipped": len(cards) - len(changed),
        "actions": [
            {
                "action": one.action.value,
                "changed": len(one.deed.changed),
                "skipped": {why.value: count for why, count in one.deed.left.items()},
            }
            for one in done
        ],
    }
