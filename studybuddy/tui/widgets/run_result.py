"""What the judge said of a run, from the verdict down to the processor time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from studybuddy.core.verdict import CaseResult, Counterexample, JudgeResult, Verdict
from studybuddy.i18n import _
from studybuddy.study.curves import Curve
from studybuddy.study.outcome_words import (
    VERDICT_WORDS,
    case_name,
    result_hint,
    result_message,
    result_notices,
    verdict_title,
)
from studybuddy.study.printed import printed_text
from studybuddy.text import clean_line, wrap_text
from studybuddy.tui.widgets.case_chips import CaseChips, colour, sign
from studybuddy.tui.widgets.counterexample import CounterexampleView
from studybuddy.tui.widgets.fact_rows import Fact, broken, clip, fact_rows
from studybuddy.tui.widgets.gradient_lines import gradient_lines
from studybuddy.tui.widgets.loss_curve import loss_lines
from studybuddy.tui.widgets.loss_plot import LossPlot
from studybuddy.tui.widgets.printed import printed_rows

TALL = 30
"""Lines of a terminal from which on the losses are drawn as a curve."""
_FIRST_NUMBER = re.compile(r"\d{1,6}")
_FRAME = re.compile(r'File "solution\.py", line (\d{1,6})')


@dataclass(frozen=True, slots=True)
class Proof:
    """A checklist item that the run is evidence for: its label, whether it is ticked, and by what."""

    label: str
    ticked: bool
    evidence: str


class RunResult(Vertical):
    """A judged run. The texts of the program are shown as they are, made harmless."""

    DEFAULT_CSS = """
    RunResult {
        height: auto;
        Static { height: auto; margin-bottom: 1; }
        CaseChips { margin-bottom: 1; }
    }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._result: JudgeResult | None = None
        self._whys: Mapping[str, str] = {}
        self._proofs: tuple[Proof, ...] = ()
        self._curves: tuple[Curve, ...] = ()

    def compose(self) -> ComposeResult:
        """A part for each kind of fact; those without facts are hidden."""
        yield Static(id="verdict", markup=False)
        yield Static(id="gradients", markup=False)
        yield LossPlot(id="curve")
        yield Static(id="figures", markup=False)
        yield CounterexampleView(id="counterexample")
        yield CaseChips(id="chips")
        yield Static(id="case", markup=False)
        yield Static(id="printed", markup=False)
        yield Static(id="stack", markup=False)
        yield Static(id="cost", markup=False)

    @property
    def result(self) -> JudgeResult | None:
        """The run that is shown."""
        return self._result

    @property
    def example(self) -> Counterexample | None:
        """The counter-example that is shown."""
        return self._result.counterexample if self._result is not None else None

    def on_mount(self) -> None:
        """Nothing was run yet."""
        self.clear()

    def clear(self) -> None:
        """Nothing is shown until the next run is judged."""
        self._result = None
        self.display = False
        self.query_one(CaseChips).cases = ()
        self.call_later(self._draw_curve)

    def show(
        self,
        result: JudgeResult,
        whys: Mapping[str, str],
        proofs: Iterable[Proof] = (),
        curves: Iterable[Curve] = (),
    ) -> None:
        """Show a run.

        Args:
            result: what the judge said.
            whys: which mistake a case catches, by its name.
            proofs: checklist items that the run is evidence for.
            curves: the losses of earlier runs and, last, of this one, to be drawn over each other.
        """
        self._curves = tuple(curves)
        self._result = result
        self._whys = whys
        self._proofs = tuple(proofs)
        self.display = True
        self.query_one(CaseChips).show(result.cases)
        self.redraw()
        self.call_later(self._draw_curve)

    @property
    def error_line(self) -> int | None:
        """The line of the learner's program to look at: the first blank, else where it failed; from 1."""
        result = self._result
        if result is None or result.verdict is Verdict.AC:
            return None
        said = result.parameters.get("line")
        blanks = _FIRST_NUMBER.match(str(result.parameters.get("lines", "")))
        if blanks:  # to be filled in before anything else
            return int(blanks[0])
        if isinstance(said, int):
            return said
        frames = _FRAME.findall(result.stack)
        return int(frames[-1]) if frames else None

    async def _draw_curve(self) -> None:
        """The losses as a curve, where the terminal is high enough; elsewhere bars in one line do."""
        losses = self._result.losses if self._result is not None else ()
        plot = self.query_one(LossPlot)
        if self.app.size.height < TALL:
            await plot.show(())
        elif losses and len(self._curves) > 1:
            await plot.compare(self._curves)
        else:
            await plot.show(losses)
        self.redraw()

    def reword(self, whys: Mapping[str, str], proofs: Iterable[Proof]) -> None:
        """Word everything again after a switch of language; the open case stays open."""
        self._whys = whys
        self._proofs = tuple(proofs)
        self.redraw()

    def redraw(self) -> None:
        """Make the lines anew, for the present width and language."""
        result = self._result
        if result is None:
            return
        self.query_one(CaseChips).display = bool(result.cases)
        self._fill("verdict", self._verdict(result))
        self._fill("gradients", gradient_lines(result.gradients, self._cells))
        self._fill("figures", self._figures(result))
        self._fill("case", self._case())
        self.query_one(CounterexampleView).show(result.counterexample, result.search, self._cells)
        self._fill("printed", [] if result.cases else self._printed(result.stdout))
        self._fill("stack", self._block(_("where it was"), result.stack))
        self.query_one(LossPlot).redraw()
        self._fill("cost", [_cost(result)] if result.wall_s or result.max_rss_mb else [])

    def on_resize(self) -> None:
        """The lines are as long as the place allows."""
        self.redraw()

    @on(CaseChips.Selected)
    def _selected(self) -> None:
        self._fill("case", self._case())

    def _fill(self, part: str, lines: list[Content]) -> None:
        widget = self.query_one(f"#{part}", Static)
        widget.display = bool(lines)
        widget.update(Content("\n").join(lines))

    @property
    def _cells(self) -> int:
        return self.size.width or 60

    def _verdict(self, result: JudgeResult) -> list[Content]:
        title = verdict_title(result.verdict, judged=result.judged)
        decided = result.verdict if result.judged or result.verdict is not Verdict.AC else None
        lines = [Content.styled(f"{sign(decided)} {title}", f"bold {colour(decided)}")]
        if (message := clip(result_message(result))) and not title.endswith(f" {message}"):
            lines += [Content(line) for line in wrap_text(message, self._cells)]
        if hint := clip(result_hint(result)):
            first, *others = wrap_text(hint, self._cells - 2)
            lines.append(Content.assemble(("→ ", "$text-accent"), first))
            lines += [Content("  " + line) for line in others]
        for notice in map(clip, result_notices(result)):
            first, *others = wrap_text(notice, self._cells - 2)
            lines.append(Content.assemble(("! ", "$text-warning"), first))
            lines += [Content("  " + line) for line in others]
        for proof in self._proofs:
            mark = "[x]" if proof.ticked else "[~]"
            style = "$text-success" if proof.ticked else "$text-muted"
            lines.append(Content.assemble((f"{mark} {proof.label}  ", style), proof.evidence))
        return lines

    def _figures(self, result: JudgeResult) -> list[Content]:
        bars = not self.query_one(LossPlot).drawn
        return loss_lines(result.losses, self._cells, _("step"), _("loss"), with_bars=bars)

    def _case(self) -> list[Content]:
        chips = self.query_one(CaseChips)
        if not chips.cases:
            return []
        case = chips.cases[chips.selected]
        place = f"{chips.selected + 1}/{len(chips.cases)}"
        said = _(VERDICT_WORDS[case.verdict]) if case.verdict else _("not run")
        head = Content.assemble(
            (f"{sign(case.verdict)} {said}", f"bold {colour(case.verdict)}"),
            (f"  {clean_line(case_name(case.name), 80)}  {place}", "$text-muted"),
        )
        return [head, *fact_rows(self._facts(case), self._cells)]

    def _facts(self, case: CaseResult) -> list[Fact]:
        failed = case.verdict not in (None, Verdict.AC)
        return [
            Fact(_("input"), case.input),
            Fact(_("output"), case.output),
            Fact(_("expected"), case.expected),
            Fact(_("reason"), _(case.reason, **case.parameters), prose=True),
            Fact(_("catches"), self._whys.get(case.name, "") if failed else "", prose=True),
            Fact(_("printed"), printed_text(case.stdout)),
        ]

    def _printed(self, text: str) -> list[Content]:
        """What the program printed, with its colours."""
        if not text.strip():
            return []
        return [Content.styled(_("output"), "$text-muted"), *printed_rows(text, self._cells)]

    def _block(self, label: str, text: str) -> list[Content]:
        if not text.strip():
            return []
        lines = broken(text, self._cells, prose=False)
        return [Content.styled(label, "$text-muted"), *(Content(line) for line in lines)]


def _cost(result: JudgeResult) -> Content:
    facts = [
        _("{seconds} s", seconds=f"{result.wall_s:.2g}"),
        _("processor {seconds} s", seconds=f"{result.cpu_s:.2g}"),
        _("{megabytes} MB", megabytes=f"{result.max_rss_mb:.0f}"),
    ]
    if result.truncated:
        facts.append(_("output shortened"))
    if result.walled is False:
        facts.append(_("limits only, no wall"))
    return Content.styled(" · ".join(facts), "$text-muted")
