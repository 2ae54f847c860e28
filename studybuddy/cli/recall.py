"""Answering a code card without a screen: the program is judged and a rating proposed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import click

from studybuddy.cli.options import launch
from studybuddy.cli.output import print_line, study
from studybuddy.core.errors import StoreError, StudybuddyError, UsageError
from studybuddy.core.verdict import JudgeResult
from studybuddy.i18n import N_, _, word
from studybuddy.study.outcome_words import result_message, verdict_sign, verdict_title
from studybuddy.study.recall_words import reason
from studybuddy.study.sittings import Evidence
from studybuddy.study.wiring import Study

_CARD = "studybuddy.recall"


def _remember(context: click.Context, _parameter: click.Parameter, value: str | None) -> None:
    if value is not None:
        context.meta[_CARD] = value


recall_option = click.option(
    "--recall",
    metavar="CARD",
    expose_value=False,
    callback=_remember,
    help=N_("Answer a card that asks the exercise again from memory."),
)


def recalled(context: click.Context) -> str | None:
    """The card given with `--recall`."""
    found: str | None = context.meta.get(_CARD)
    return found


@dataclass(frozen=True, slots=True)
class Answered:
    """A judged answer to a code card; `evidence` is None where there is nothing to rate, or nothing kept."""

    card: str
    result: JudgeResult
    evidence: Evidence | None
    recorded: bool

    def json(self) -> dict[str, object]:
        """What is added to the verdict."""
        rated = evidence_json(self.evidence) if self.evidence else {}
        return {"recorded": self.recorded, "recall": {"card": self.card, **rated}}

    def lines(self) -> list[str]:
        """Why which rating is proposed, and the command that gives it."""
        if self.evidence is None:
            return []
        rating = self.evidence.proposal.rating.name.lower()
        return [reason(self.evidence), f"studybuddy answer {self.card} {rating}"]


def answer_card(context: click.Context, exercise: str, card: str, typed: str | None) -> Answered:
    """Judge a program, or the one open line, that answers a card, and keep the try.

    Args:
        context: carries the common options.
        exercise: as the learner named it; it must be the one that the card asks.
        card: as the learner named it.
        typed: what the learner wrote; None takes what was typed in the app.

    Raises:
        UsageError: the card asks for no program, or for another.
    """
    with study(context) as opened:
        identifier = opened.card_id(card)
        asked = opened.desk.catalogue.code_cards.get(identifier)
        if asked is None:
            raise UsageError("{card} asks for no program", card=identifier)
        if asked.exercise != (wanted := opened.desk.catalogue.exercise(exercise)):
            raise UsageError(
                "{card} asks for {exercise}, not for {wanted}",
                card=identifier,
                exercise=asked.exercise,
                wanted=wanted,
            )
        task = opened.recall.task(identifier)
        typed = typed if typed is not None else opened.recall.sitting(identifier).typed or task.begin
        result = opened.recall.judge(task, typed)
    return Answered(identifier, result, *_keep(context, identifier, typed, result))


def evidence_json(evidence: Evidence) -> dict[str, object]:
    """What a rating rests on, without the program."""
    body = evidence.body()
    del body["source"]
    return body | {"proposed": evidence.proposal.rating.name.lower(), "reason": reason(evidence)}


def asking(opened: Study, card: str) -> str:
    """How a code card is answered in plain lines."""
    asked = opened.desk.catalogue.code_cards[card]
    if asked.blank:
        return _("type the line; Enter alone shows it")
    said = _("type the name of a file with your program; Enter alone shows the reference")
    outside = _("or q, then: {command}", command=f"studybuddy run {asked.exercise} --recall {card} --file F")
    return f"{said}\n{outside}"


def judged(opened: Study, card: str, line: str, read: Callable[[str], str], spent_ms: int) -> str:
    """The verdict on an answer in plain lines, or why there is none.

    Args:
        opened: the study.
        card: a code card.
        line: the open line as typed, or the name of a file with the program.
        read: reads such a file.
        spent_ms: time since the card was shown.
    """
    try:
        task = opened.recall.task(card)
        typed = line if task.place else read(line)
        result = opened.recall.judge(task, typed)
        opened.recall.tried(card, typed, result, spent_ms)
    except StudybuddyError as error:
        return word(error)
    sign = verdict_sign(result.verdict, judged=result.judged)
    verdict = f"{sign} {verdict_title(result.verdict, judged=result.judged)}"
    return _("{label}: {text}", label=verdict, text=result_message(result))


def _keep(context: click.Context, card: str, typed: str, result: JudgeResult) -> tuple[Evidence | None, bool]:
    """Keep the try beside the log; data that cannot be written leave the verdict as it is, and it is said."""
    try:
        writer = Study(launch(context), writer="studybuddy run")
    except StoreError as error:
        print_line(_("not recorded: {reason}", reason=word(error)), err=True)
        return None, False
    try:
        writer.recall.tried(card, typed, result)
        return writer.review.evidence(card), True
    except StoreError as error:
        print_line(_("not recorded: {reason}", reason=word(error)), err=True)
        return None, False
    finally:
        writer.close()
