"""Three questions for someone new here, each with an answer that is good enough."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from studybuddy.core.errors import UsageError
from studybuddy.i18n import LANGUAGES, N_, _, language
from studybuddy.study.settings import BY_KEY
from studybuddy.tui.modals.value import LONGEST_VALUE, what_is_wrong
from studybuddy.tui.modals.window import Window
from studybuddy.tui.widgets.line_input import LineInput
from studybuddy.tui.widgets.plain import PlainText

if TYPE_CHECKING:
    from studybuddy.tui.app import StudybuddyApp

QUESTIONS = ("language", "name", "new_cards")
NAMES = {"zh": "中文", "en": "English"}


class WelcomeModal(Window[dict[str, Any]]):
    """One question after the other. Escape leaves the rest as it is; the answers given are kept."""

    BINDINGS = [
        Binding("escape", "skip", N_("skip"), id="welcome.skip"),
        Binding("left,right,tab,shift+tab", "other", N_("other"), id="welcome.other"),
        Binding("enter", "onward", N_("go on"), id="welcome.onward"),
        Binding("1", "take('zh')", "中文", id="welcome.zh"),
        Binding("2", "take('en')", "English", id="welcome.en"),
    ]
    AUTO_FOCUS = ""
    if TYPE_CHECKING:

        @property
        def app(self) -> StudybuddyApp:  # type: ignore[override]  # App is invariant in its result
            """The one app there is."""

    DEFAULT_CSS = """
    WelcomeModal { align: center middle; }
    WelcomeModal > Vertical {
        width: 64; max-width: 100%; height: auto; padding: 1 2; border: round $primary; background: $surface;
    }
    WelcomeModal #title { text-style: bold; color: $primary; margin-bottom: 1; }
    WelcomeModal #question { text-style: bold; }
    WelcomeModal #help, WelcomeModal #keys { color: $text-muted; }
    WelcomeModal #help { margin-bottom: 1; }
    WelcomeModal Input { padding: 0 1; background: $panel; display: none; }
    WelcomeModal #wrong { color: $text-error; min-height: 1; }
    WelcomeModal.-typed Input { display: block; }
    WelcomeModal.-typed #choices { display: none; }
    """

    def __init__(self, values: dict[str, Any]) -> None:
        """Take the values in force, which are offered."""
        super().__init__()
        self._values = values
        self._step = 0
        self._answers: dict[str, Any] = {}
        self._language = language()
        self._error: UsageError | None = None

    def compose(self) -> ComposeResult:
        """A greeting, the question, its answer, the keys."""
        with Vertical():
            yield PlainText(id="title")
            yield PlainText(id="question")
            yield PlainText(id="help")
            yield Static(id="choices", markup=False)
            yield LineInput(max_length=LONGEST_VALUE, compact=True)
            yield PlainText(id="wrong")
            yield PlainText(id="keys")

    def on_mount(self) -> None:
        """Ask the first question."""
        self._word()

    async def retranslate(self) -> None:
        """Word everything again; what was typed stays."""
        self._word()

    @property
    def _key(self) -> str:
        return QUESTIONS[self._step]

    def _word(self) -> None:
        setting = BY_KEY[self._key]
        first = self._step == 0
        step = _("{n} of {total}", n=self._step + 1, total=len(QUESTIONS))
        words = {
            "#title": _("Welcome to studybuddy") + f"   {step}",
            "#question": "Language · 语言" if first else _(setting.label),
            "#help": _("^l switches it at any time") if first else _(setting.help),
            "#wrong": "" if self._error is None else "✗ " + what_is_wrong(setting, self._error),
            "#keys": _("Enter goes on   Esc skips the questions"),
        }
        for place, text in words.items():
            for line in self.query(place).results(PlainText):
                line.update(text)
        for choices in self.query("#choices").results(Static):
            choices.update(Content("     ").join(self._choice(name) for name in LANGUAGES))

    def _choice(self, name: str) -> Content:
        here = name == self._language
        return Content.styled(("▸ " if here else "  ") + NAMES[name], "bold $primary" if here else "")

    def action_other(self) -> None:
        """Go to the other language."""
        if self._step == 0:
            self._language = next(name for name in LANGUAGES if name != self._language)
            self._word()

    def action_take(self, name: str) -> None:
        """Take a language by its number."""
        if self._step == 0:
            self._language = name
            self.action_onward()

    def action_skip(self) -> None:
        """Leave the rest as it is."""
        self.close(self._answers)

    def action_onward(self) -> None:
        """Take the language and ask the next question."""
        if self._step == 0 and self.is_mounted:
            self._answers["language"] = self._language
            self._ask_next()
            if self._language != language():
                self.app.run_worker(self.app.speak(self._language), exit_on_error=False)

    def _on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        try:
            self._answers[self._key] = BY_KEY[self._key].read(event.value.strip())
        except UsageError as error:
            self._error = error
            self._word()
        else:
            self._ask_next()

    def _ask_next(self) -> None:
        self._error = None
        if self._step + 1 == len(QUESTIONS):
            self.close(self._answers)
            return
        self._step += 1
        self.add_class("-typed")
        self._word()
        field = self.query_one(Input)
        field.value = str(self._values[self._key])
        field.cursor_position = len(field.value)
        field.focus()
