"""What an exercise asks: words, signature and examples, or what the judge watches; then the hints taken."""

from __future__ import annotations

import re
from datetime import datetime

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from studybuddy.core.exercise import Exercise
from studybuddy.core.verdict import Verdict
from studybuddy.i18n import _, ngettext
from studybuddy.study.outcome_words import verdict_sign
from studybuddy.study.task import Attempts, Task
from studybuddy.text import cell_width, chop, clean, clean_line, wrap_text
from studybuddy.tui.widgets.fact_rows import Fact, fact_rows
from studybuddy.tui.widgets.page_view import PageView


class TaskPanel(Vertical):
    """The task. Folded, only its title is left; the hints taken may be folded by themselves."""

    DEFAULT_CSS = """
    TaskPanel {
        height: auto;
        margin-bottom: 1;
        Static { height: auto; }
        PageView { height: auto; scrollbar-gutter: auto; }
        #words, #about { margin-top: 1; }
        .head { margin-top: 1; color: $text-accent; }
        #taken { display: none; color: $text-muted; }
        &.-folded { #words, #about, .hint { display: none; } }
        &.-hints-folded { .hint { display: none; } #taken { display: block; margin-top: 1; } }
        &.-folded #taken { display: none; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._asked: Task | None = None
        self._hints = 0
        self._attempts: Attempts = ()

    def compose(self) -> ComposeResult:
        """The title, and what it is about."""
        yield Static(id="title", markup=False)
        yield PageView(inset=0, id="words")
        yield Static(id="about", markup=False)
        yield Static(id="taken", markup=False)

    @property
    def folded(self) -> bool:
        """Whether only the title is shown."""
        return self.has_class("-folded")

    @property
    def hints_taken(self) -> int:
        """How many hints were shown."""
        return self._hints

    @property
    def hints_left(self) -> int:
        """How many hints are still to be had."""
        return 0 if self._asked is None else len(self._asked.hints) - self._hints

    @property
    def hints_to_show(self) -> bool:
        """Whether there is a hint that is not on the screen."""
        return self.hints_left > 0 or (self._hints > 0 and (self.folded or self.has_class("-hints-folded")))

    async def recall(self, hints: int) -> None:
        """Hints taken on an earlier visit: in one line, and a key away."""
        if self._asked is not None and hints > self._hints:
            self._hints = hints
            await self.show(self._asked)
            self.fold_hints(True)

    async def show(self, task: Task) -> None:
        """Show a task, or the same one in another language: hints taken stay open."""
        self._asked = task
        words = self.query_one("#words", PageView)
        words.show(task.words)
        words.display = bool(task.words)
        self._hints = min(self._hints, len(task.hints))
        self._redraw()
        await self.query(".hint").remove()
        for number in range(self._hints):
            await self._mount_hint(task, number)

    async def next_hint(self) -> None:
        """Show the hints taken if they are folded, else one hint more."""
        unfolds = self._hints > 0 and (self.folded or self.has_class("-hints-folded"))
        self.fold_hints(False)
        self.fold(False)
        if self._asked is not None and self.hints_left > 0 and not unfolds:
            self._hints += 1
            await self._mount_hint(self._asked, self._hints - 1)
            self._redraw()

    def fold_hints(self, folded: bool) -> None:
        """Put the hints taken into one line, or lay them open again."""
        self.set_class(folded and self._hints > 0, "-hints-folded")
        self._redraw()

    def tried(self, attempts: Attempts) -> None:
        """Show the newest attempts."""
        self._attempts = attempts
        self._redraw()

    def fold(self, folded: bool) -> None:
        """Fold or unfold."""
        self.set_class(folded, "-folded")
        self._redraw()

    def on_resize(self) -> None:
        """The lines are as long as the place allows."""
        self._redraw()

    async def _mount_hint(self, task: Task, number: int) -> None:
        head = _("Hint {number} of {count}", number=number + 1, count=len(task.hints))
        await self.mount(
            Static(head, markup=False, classes="hint head"),
            PageView(task.hints[number], inset=0, classes="hint"),
        )

    def _redraw(self) -> None:
        if self._asked is None:
            return
        title = Content.styled(clean_line(self._asked.exercise.title, 200), "bold $foreground")
        if self.folded:
            title = Content.assemble(("▸ ", "$text-muted"), title)
        self.query_one("#title", Static).update(title)
        self.query_one("#about", Static).update(Content("\n").join(self._about(self._asked)))
        taken = ngettext("▸ {n} hint taken · ^t shows it", "▸ {n} hints taken · ^t shows them", self._hints)
        self.query_one("#taken", Static).update(Content(taken))

    def _about(self, task: Task) -> list[Content]:
        width = self.size.width or 60
        lines = [] if task.exercise.trusted else _untrusted(width)
        lines += [line for package in task.missing for line in _missing(package, width)]
        if task.exercise.signature:
            code = clean(task.exercise.signature.text.strip("\n"))
            lines += [Content.styled(line, "$text-secondary") for line in signature_lines(code, width)]
            lines.append(Content())
            lines += _examples(task)
            lines.append(Content())
        lines += fact_rows(self._facts(task.exercise), width)
        return lines

    def _facts(self, exercise: Exercise) -> list[Fact]:
        facts = [Fact(_("must use"), ", ".join(exercise.requires))]
        if exercise.self_report:
            facts.append(Fact(_("tests"), _("none: self-report")))
        if seen := exercise.observation:
            steps = ", ".join(map(str, seen.checkpoints))
            facts += [
                Fact(_("arrays the judge reads"), ", ".join(seen.names), prose=True),
                Fact(_("gradients compared"), ", ".join(seen.gradients), prose=True),
                Fact(_("loss sampled at steps"), steps, prose=True),
            ]
        if exercise.hints:
            left = _("{left} of {count} left · ^t", left=self.hints_left, count=len(exercise.hints))
            facts.append(Fact(_("hints"), left))
        if self._attempts:
            judged = not exercise.self_report
            tried = " · ".join(_tried(verdict, at, judged=judged) for verdict, at in self._attempts)
            facts.append(Fact(_("your runs"), tried, prose=True))
        return facts


def _tried(verdict: Verdict, at: datetime, *, judged: bool) -> str:
    """A run as a sign, a verdict and a time; a program without tests has no verdict when it ran."""
    code = f"{verdict} " if judged or verdict is not Verdict.AC else ""
    return f"{verdict_sign(verdict, judged=judged)} {code}{at:%H:%M}"


def _untrusted(width: int) -> list[Content]:
    said = _(
        "This code came with an imported lesson. It is text to be read and does not run until you allow it: "
        "F5 asks you."
    )
    return [Content.styled(line, "$text-warning") for line in wrap_text(said, width)] + [Content()]


def _missing(package: str, width: int) -> list[Content]:
    said = _("{package} is not installed: pip install {package} (everything else works)", package=package)
    return [Content.styled(line, "$text-warning") for line in wrap_text(said, width)]


def _examples(task: Task) -> list[Content]:
    return [
        Content.assemble(
            clean_line(example.input, 200),
            (" → ", "$text-muted"),
            (clean_line(example.expected, 200), "bold"),
        )
        for example in task.examples
    ]


def signature_lines(code: str, width: int) -> list[str]:
    """A signature in lines of at most `width` cells: broken between parameters or before the arrow."""
    lines: list[str] = []
    for line in code.expandtabs(4).split("\n"):
        body = line.lstrip(" ")
        indent = line[: len(line) - len(body)]
        current = indent
        for unit in _BREAKS.split(body):
            apart = "" if not current.strip() else " "
            if current.strip() and cell_width(current + apart + unit) > width:
                lines.append(current)
                current, apart = indent + CONTINUED, ""
            current += apart + unit
        lines.append(current)
    return [piece for line in lines for piece in chop(line, width)]


CONTINUED = " " * 8
_BREAKS = re.compile(r"(?<!->)(?<!:) (?!\.\.\.)")
