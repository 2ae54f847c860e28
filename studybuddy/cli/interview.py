"""A mock interview in plain lines, for any terminal, a pipe, or a screen reader."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator

import click

from studybuddy.cli.options import StudyCommand
from studybuddy.cli.output import ascii_signs, json_option, print_json, print_line, study
from studybuddy.cli.review import RATINGS, WIDTH
from studybuddy.core.block import Blocks, ListBlock, Paragraph
from studybuddy.core.card import Rating
from studybuddy.core.errors import UnknownIdError
from studybuddy.core.heard import Heard, hear
from studybuddy.core.lesson import InterviewQuestion, Lesson
from studybuddy.i18n import N_, _
from studybuddy.study.interview import Answer
from studybuddy.study.outcome_words import RATING_WORDS
from studybuddy.study.paper import lay_out
from studybuddy.study.wiring import Study
from studybuddy.text import clean_line


@click.command("interview", cls=StudyCommand)
@click.option("--lesson", "code", metavar="CODE", help=N_("Of another lesson than the current one."))
@json_option
@click.pass_context
def interview(context: click.Context, code: str | None, as_json: bool) -> None:
    """One line answers, one names the key points made (`1 3`), one line `1` to `4` grades; `q` ends.

    An empty second line takes the key points found in the answer, `0` none. A common mistake found in it
    caps the grade at Hard; `-w` says that it was not made.
    """
    with study(context, writer="studybuddy interview") as opened:
        found = opened.desk.catalogue.lesson(code) if code else opened.day.current_lesson()
        if found is None:
            raise UnknownIdError("lesson", code or "")
        session = PlainInterview(opened, opened.library.lesson(found.id), to_stderr=as_json)
        asked = session.run(line.strip() for line in sys.stdin)
    if as_json:
        print_json({"asked": asked})


class PlainInterview:
    """Asks the questions of a lesson over lines."""

    def __init__(self, opened: Study, lesson: Lesson, *, to_stderr: bool) -> None:
        self._study = opened
        self._lesson = lesson
        self._err = to_stderr

    def run(self, lines: Iterator[str]) -> list[dict[str, str]]:
        """Ask until the questions or the lines end, or a line says `q`. Returns what was asked and graded."""
        asked: list[dict[str, str]] = []
        names = {rating: name for name, rating in RATINGS.items()}
        for question in self._lesson.questions:
            answer = self._ask(question, lines)
            if answer is None:
                break
            grade = self._study.interview.grade(question.id, answer).rating
            asked.append({"id": question.id, "grade": names[grade]})
        return asked

    def _ask(self, question: InterviewQuestion, lines: Iterator[str]) -> Answer | None:
        shown = time.monotonic()
        self._say("\n" + self._paper((Paragraph(question.question),)))
        self._say(_("Answer in a line (or aloud), then Enter"))
        text = next(lines, None)
        if text is None or text == "q":
            return None
        thought_ms = int((time.monotonic() - shown) * 1000)
        seen_before = self._study.interview.open_reference(question.id)
        self._label(_("Exam point"), (Paragraph(question.exam_point),))
        self._label(_("Reference answer"), question.reference)
        points = ListBlock(tuple((Paragraph(point),) for point in question.key_points), start=1)
        self._say(self._paper((points,)))
        heard = hear(text, question.cues, question.wrong_cues)
        self._tell(heard)
        self._say(_("Numbers of the key points you made; Enter takes those found (w: wrong point, -w: not)"))
        made = (next(lines, "") or "").split()
        self._label(_("Common wrong answer"), (Paragraph(question.common_wrong),))
        self._label(_("Follow-up"), question.follow_up)
        self._say("   ".join(f"{int(rating)} {_(name)}" for rating, name in RATING_WORDS.items()))
        grade = next((line for line in lines if line in ("1", "2", "3", "4", "q")), "q")
        if grade == "q":
            return None
        numbers = {int(word[:9]) - 1 for word in made if word.isdecimal()} if made else set(heard.made)
        return Answer(
            text,
            thought_ms,
            Rating(int(grade)),
            tuple(sorted(n for n in numbers if 0 <= n < len(question.key_points))),
            wrong_point="w" in made or (bool(heard.wrong) and "-w" not in made),
            seen_before=seen_before,
            heard=heard.made,
            heard_wrong=bool(heard.wrong),
        )

    def _tell(self, heard: Heard) -> None:
        """Say which points were found in the answer, and by which of its words."""
        for number, found in enumerate(heard.points, 1):
            if found:
                self._say(_("found {n}: {words}", n=number, words=_quoted(found)))
        if heard.wrong:
            self._say(_("found the common wrong answer, Hard at most: {words}", words=_quoted(heard.wrong)))

    def _label(self, label: str, blocks: Blocks) -> None:
        if blocks:
            self._say(_("{label}: {text}", label=label, text=self._paper(blocks)))

    def _paper(self, blocks: Blocks) -> str:
        return lay_out(self._lesson, blocks, WIDTH, ascii_signs=ascii_signs(self._study))

    def _say(self, text: str) -> None:
        print_line(text, err=self._err)


def _quoted(words: tuple[str, ...]) -> str:
    return ", ".join(_("“{words}”", words=clean_line(said, 60)) for said in words)
