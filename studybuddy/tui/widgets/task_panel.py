"""What an exercise asks: signature and public cases, or what the judge watches; then the hints taken."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from studybuddy.core.exercise import Exercise
from studybuddy.i18n import _
from studybuddy.study.task import Task
from studybuddy.text import clean, clean_line, wrap_text
from studybuddy.tui.widgets.fact_rows import Fact, broken, fact_rows
from studybuddy.tui.widgets.page_view import PageView


class TaskPanel(Vertical):
    """The task. Folded, only its title is left."""

    DEFAULT_CSS = """
    TaskPanel {
        height: auto;
        margin-bottom: 1;
        Static { height: auto; }
        PageView { height: auto; scrollbar-gutter: auto; }
        #about { margin-top: 1; }
        .head { margin-top: 1; color: $text-accent; }
        &.-folded { #about, .hint { display: none; } }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._asked: Task | None = None
        self._hints = 0

    def compose(self) -> ComposeResult:
        """The title, and what it is about."""
        yield Static(id="title", markup=False)
        yield Static(id="about", markup=False)

    @property
    def folded(self) -> bool:
        """Whether only the title is shown."""
        return self.has_class("-folded")

    @property
    def hints_left(self) -> int:
        """How many hints are still to be had."""
        return 0 if self._asked is None else len(self._asked.hints) - self._hints

    async def show(self, task: Task) -> None:
        """Show a task, or the same one in another language: hints taken stay open."""
        self._asked = task
        self._hints = min(self._hints, len(task.hints))
        self._redraw()
        await self.query(".hint").remove()
        for number in range(self._hints):
            await self._mount_hint(task, number)

    async def next_hint(self) -> None:
        """Show one hint more."""
        if self._asked is not None and self.hints_left > 0:
            self._hints += 1
            self.fold(False)
            await self._mount_hint(self._asked, self._hints - 1)

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

    def _about(self, task: Task) -> list[Content]:
        width = self.size.width or 60
        lines = [line for package in task.missing for line in _missing(package, width)]
        if task.exercise.signature:
            code = clean(task.exercise.signature.text.strip("\n"))
            lines += [Content.styled(line, "$text-secondary") for line in broken(code, width, prose=False)]
            lines.append(Content())
            lines += _examples(task, width)
        lines += fact_rows(self._facts(task.exercise), width)
        return lines

    def _facts(self, exercise: Exercise) -> list[Fact]:
        facts = [Fact(_("must use"), ", ".join(exercise.requires))]
        if seen := exercise.observation:
            steps = ", ".join(map(str, seen.checkpoints))
            facts += [
                Fact(_("the judge reads"), ", ".join(seen.names), prose=True),
                Fact(_("and compares"), ", ".join(seen.gradients), prose=True),
                Fact(_("loss falls at"), steps and _("steps {steps}", steps=steps), prose=True),
            ]
        if exercise.hints:
            left = _("{left} of {count} left", left=self.hints_left, count=len(exercise.hints))
            facts.append(Fact(_("hints"), left))
        return facts


def _missing(package: str, width: int) -> list[Content]:
    said = _("{package} is not installed: pip install {package} (everything else works)", package=package)
    return [Content.styled(line, "$text-warning") for line in wrap_text(said, width)]


def _examples(task: Task, width: int) -> list[Content]:
    lines = []
    for example in task.examples:
        call = (clean_line(example.input, 200), (" → ", "$text-muted"))
        lines.append(Content.assemble(*call, (clean_line(example.expected, 200), "bold")))
        if example.why:
            why = wrap_text(clean_line(example.why, 300), width - 2)
            lines += [Content.styled("  " + line, "$text-muted") for line in why]
    return lines
