"""Reviewing without a screen: in plain lines, in a pipe, or one answer at a time."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator

import click

from studybuddy.cli.options import StudyCommand
from studybuddy.cli.output import ascii_signs, json_option, print_json, print_line, study
from studybuddy.cli.recall import asking, evidence_json, judged
from studybuddy.core.card import Outcome, Rating
from studybuddy.core.errors import UsageError
from studybuddy.i18n import N_, _, say
from studybuddy.memory.scheduler import due_text
from studybuddy.study.answers.judged import Judged
from studybuddy.study.answers.judges import judge
from studybuddy.study.answers.proposal import Answer, propose_rating
from studybuddy.study.answers.questions import judge_question
from studybuddy.study.answers.rows import plain_rows
from studybuddy.study.faces import CardFace, face
from studybuddy.study.outcome_words import RATING_WORDS
from studybuddy.study.paper import lay_out
from studybuddy.study.recall_words import reason
from studybuddy.study.review import Turn
from studybuddy.study.spans import interval_phrase
from studybuddy.study.undoing import undone as undone_words
from studybuddy.study.wiring import Study

RATINGS = {"again": Rating.AGAIN, "hard": Rating.HARD, "good": Rating.GOOD, "easy": Rating.EASY}
WIDTH = 76
UNDO, ESCAPED = "u", "\\"
"""A line that takes back, and what stands before one that is meant as an answer."""


@click.command("review", cls=StudyCommand)
@click.option("--more", is_flag=True, help=N_("Go on today beyond the day's limits."))
@json_option
@click.pass_context
def review(context: click.Context, more: bool, as_json: bool) -> None:
    """One line reveals, or answers by typing; then one line `1` to `4`. `u` takes back, `q` ends."""
    with study(context, writer="studybuddy review") as opened:
        if more:
            print_line(_more(opened), err=as_json)
        session = PlainReview(opened, to_stderr=as_json)
        session.run(line.strip() for line in sys.stdin)
        left = opened.review.counts()
        if as_json:
            print_json({**session.counts(), "left": left.due + left.new, "waiting": left.waiting})
        else:
            print_line(_("{n} reviewed, {left} left.", n=len(session.given), left=left.due + left.new))
            if left.waiting and not left.due + left.new:
                words = _("{n} more are due, beyond what a day holds; --more goes on.", n=left.waiting)
                print_line(words)


def _more(opened: Study) -> str:
    """Add to the day what one wish for more brings, and say what that is."""
    from studybuddy.study.limit_words import extra_line
    from studybuddy.study.more import add_more, nothing_more

    extra = add_more(opened.desk)
    return say(nothing_more(opened.desk)) if extra is None else extra_line(extra)


class PlainReview:
    """A review session over lines."""

    def __init__(self, opened: Study, *, to_stderr: bool) -> None:
        self._study = opened
        self._err = to_stderr
        self.given: list[Rating] = []

    def run(self, lines: Iterator[str]) -> None:
        """Serve the queue until it is empty, the lines end, or a line says `q`."""
        while (turn := self._study.review.next()) is not None:
            shown = time.monotonic()
            card = face(self._study.library, turn.card)
            repair = self._study.desk.repair.of(turn.card)
            if repair is not None:
                said = say(self._study.desk.repair.phrase(repair))
                self._say("\n" + _("{said} (x leaves it out for today)", said=said))
            self._say(self._lay_out(card, front=True))
            self._say(self._prompt(card))
            if (line := next(lines, None)) is None or line == "q":
                return
            if repair is not None and line == "x":
                self._study.desk.repair.decline(repair.weak)
                continue
            if line.lower() == UNDO:
                self._undo()
                continue
            line = _unescaped(line)
            if card.asks_program and line:
                from studybuddy.cli.run import read_program

                spent_ms = int((time.monotonic() - shown) * 1000)
                self._say(judged(self._study, turn.card, line, read_program, spent_ms))
            answer = self._judge(card, line, shown)
            self._say(self._lay_out(card, front=False))
            if answer is not None:
                self._propose(card, answer)
            if evidence := self._study.review.evidence(turn.card):
                self._say(reason(evidence))
            if not self._rate(turn, shown, lines, line if answer is not None else ""):
                return

    def _prompt(self, card: CardFace) -> str:
        if card.asks_program:
            return asking(self._study, card.id)
        if card.typed:
            return _(
                "type the answer; Enter alone reveals it; u takes the last answer back (\\u is the letter u)"
            )
        return _("Enter reveals; u takes the last answer back")

    def _judge(self, card: CardFace, line: str, shown: float) -> Answer | None:
        """The verdict on a typed answer, None where nothing was typed."""
        found: Judged | None = None
        if card.question is not None:
            found = judge_question(card.question, line)
        elif card.typed and card.content is not None:
            found = judge(card.content, line)
        if found is None:
            return None
        self._say("\n" + plain_rows(found))
        return Answer(found, elapsed_ms=int((time.monotonic() - shown) * 1000))

    def _propose(self, card: CardFace, answer: Answer) -> None:
        """Say which rating a typed answer speaks for."""
        proposed = propose_rating(answer, self._study.review.earlier_ms(card.id))
        if proposed is not None:
            self._say(say(proposed[1]))

    def counts(self) -> dict[str, int]:
        """How often each button was used; an undone answer does not count."""
        per_button = {name: self.given.count(rating) for name, rating in RATINGS.items()}
        return {"reviewed": len(self.given), **per_button}

    def _rate(self, turn: Turn, shown: float, lines: Iterator[str], typed: str) -> bool:
        """Read lines until the card is answered; False ends the session."""
        now = self._study.desk.now()
        buttons = "   ".join(
            f"{int(rating)} {_(RATING_WORDS[rating])} ({say(interval_phrase(outcome, now))})"
            for rating, outcome in turn.outcomes.items()
        )
        self._say(buttons)
        for line in lines:
            match line.lower():
                case "1" | "2" | "3" | "4":
                    rating = Rating(int(line))
                    elapsed_ms = int((time.monotonic() - shown) * 1000)
                    outcome = self._study.review.answer(turn.card, rating, elapsed_ms, typed)
                    self.given.append(rating)
                    if outcome.memory.lapses > turn.memory.lapses:
                        self._notice(turn.card)
                    return True
                case "u":
                    self._undo()
                    return True
                case "q":
                    return False
                case _:
                    self._say(_("1, 2, 3 or 4; u takes the last answer back; q ends"))
        return False

    def _undo(self) -> None:
        """Take the newest thing back; its card comes again."""
        undone = self._study.review.undo()
        if undone is not None and undone.kind == "review" and self.given:
            self.given.pop()
        self._say(say(undone_words(self._study, undone)))

    def _notice(self, card: str) -> None:
        """Say that a card which has just been forgotten is a leech, if it is time to."""
        if (leech := self._study.leeches.noticed(card)) is not None:
            words = _(
                "forgotten {n} times by now; `studybuddy cards is:leech` lists such cards", n=leech.lapses
            )
            self._say(words)

    def _lay_out(self, card: CardFace, *, front: bool) -> str:
        return "\n" + lay_out(
            None, card.front if front else card.back, WIDTH, ascii_signs=ascii_signs(self._study)
        )

    def _say(self, text: str) -> None:
        print_line(text, err=self._err)


def _unescaped(line: str) -> str:
    r"""A typed line as it is meant: `\u`, `\q` and `\x` are the letters, which alone are commands."""
    return line[1:] if line.startswith(ESCAPED) and len(line) == 2 and line[1].isalpha() else line


@click.command("answer", cls=StudyCommand)
@click.argument("card")
@click.argument("rating")
@json_option
@click.pass_context
def answer(context: click.Context, card: str, rating: str, as_json: bool) -> None:
    """Record one review of CARD: again, hard, good or easy."""
    chosen = RATINGS.get(rating.lower())
    if chosen is None:
        raise UsageError("{rating} is no rating; use again, hard, good or easy", rating=rating[:40])
    with study(context, writer="studybuddy answer") as opened:
        identifier = opened.card_id(card)
        evidence = opened.review.evidence(identifier)
        outcome = opened.review.answer(identifier, chosen)
        suspended = opened.review.suspended(identifier)
        result = {"card": identifier, "rating": rating.lower(), **outcome_json(outcome)}
        if suspended:
            result["suspended"] = True
            words = _(
                "{card} is suspended: the answer counts, but the card is not asked; "
                "`studybuddy cards id:{card} --unsuspend` asks it again",
                card=identifier,
            )
            print_line(words, err=True)
        elif opened.review.put_aside(identifier):
            words = _("{card} is put aside for today: the answer counts all the same", card=identifier)
            print_line(words, err=True)
        if evidence is not None:
            result["recall"] = evidence_json(evidence)
        if as_json:
            print_json(result)
        else:
            print_line(
                _(
                    "{card}: {rating}, due {due}",
                    card=identifier,
                    rating=_(RATING_WORDS[chosen]),
                    due=result["due"],
                )
            )


def outcome_json(outcome: Outcome) -> dict[str, object]:
    """What an answer led to, in the words of the command line's contract."""
    return {
        "due": due_text(outcome.memory),
        "interval_days": outcome.interval_days,
        "stability": outcome.memory.stability,
        "difficulty": outcome.memory.difficulty,
    }


@click.command("undo", cls=StudyCommand)
@json_option
@click.pass_context
def undo(context: click.Context, as_json: bool) -> None:
    """Take the last undoable thing back."""
    with study(context, writer="studybuddy undo") as opened:
        event = opened.review.undo()
        if as_json:
            print_json(
                {"undone": event and {"kind": event.kind.value, "id": event.subject, "seq": event.seq}}
            )
        else:
            print_line(say(undone_words(opened, event)))
