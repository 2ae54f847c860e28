"""A derivation as pages: what is known, the steps already made, the step in front, and how it ends."""

from __future__ import annotations

from studybuddy.core.block import (
    Block,
    Blocks,
    Callout,
    Heading,
    Inline,
    Inlines,
    MathBlock,
    MathSpan,
    Paragraph,
    Table,
    Text,
)
from studybuddy.core.checklist import TickState
from studybuddy.core.lesson import DerivationStep
from studybuddy.i18n import N_, _, ngettext, say
from studybuddy.study.given_shapes import WantedForm
from studybuddy.tui.derivation_state import DerivationState

_UNKNOWN = r"\;?"


def context_page(state: DerivationState, index: int) -> Blocks:
    """Givens, shapes, goal and the steps made so far, without the one in front."""
    derivation = state.derivation
    page: list[Block] = [Callout(_("Givens"), derivation.givens)]
    if state.shapes:
        page.append(_shape_table(state))
    page.append(Callout(_("Goal"), (MathBlock(goal(state)),)))
    if made := _steps_made(state, index):
        page.append(made)
    return tuple(page)


def _steps_made(state: DerivationState, index: int) -> Callout | None:
    """The settled steps, a line each, so that many are in sight."""
    line: list[Inline] = []
    for number, step in enumerate(state.steps, 1):
        if number - 1 != index and state.settled(step):
            line += [Text(("\n" if line else "") + f"{number} {state.sign(step)}  "), MathSpan(step.answer)]
    return Callout(_("So far"), (Paragraph((Text("\n"), *line)),)) if line else None


def _shape_table(state: DerivationState) -> Table:
    header: tuple[Inlines, ...] = tuple((Text(_(word)),) for word in (N_("symbol"), N_("shape")))
    rows: list[tuple[Inlines, ...]] = [
        ((MathSpan(given.latex),), (MathSpan(given.shape) if given.shape else Text(_("scalar")),))
        for given in state.shapes
    ]
    return Table(header, tuple(rows))


def goal(state: DerivationState) -> str:
    """What is to be shown, as LaTeX. A right side that a step still asks for stays open."""
    left, equals, right = state.derivation.goal.partition("=")
    asked = {_bare(step.answer) for step in state.steps if not state.settled(step)}
    return f"{left}= {_UNKNOWN}" if equals and _bare(right) in asked else state.derivation.goal


def _bare(latex: str) -> str:
    return "".join(latex.split())


def prompt_page(state: DerivationState, index: int) -> Blocks:
    """The step in front, with the hints taken so far; a given step with its answer."""
    step = state.steps[index]
    title = _("Step {n} of {total}", n=index + 1, total=len(state.steps))
    if state.settled(step):
        title += " · " + state.word(step)
    page: list[Block] = [Heading(3, (Text(title),)), *step.prompt]
    page += (
        Callout(_("Hint {n}", n=number), (Paragraph(hint),))
        for number, hint in enumerate(step.hints[: state.help(step).hints], 1)
    )
    return (*page, *solution_page(step)) if step.given else tuple(page)


def solution_page(step: DerivationStep) -> Blocks:
    """The course's answer and its explanation."""
    return (Callout(_("The course's answer"), (MathBlock(step.answer), *step.explanation)),)


def form_words(form: WantedForm) -> str:
    """What an answer must look like, in a sentence."""
    kept = ", ".join(form.derivatives)
    said = [_("no ∂ but {kept}", kept=kept) if kept else _("no ∂")]
    if form.contains:
        said.append(_("with {names} in it", names=", ".join(form.contains)))
    if form.shape == "indexed":
        said.append(_("with indices"))
    elif form.shape == "matrix":
        said.append(_("whole matrices, no indices"))
    return _("Form: {words}", words=" · ".join(said))


def end_page(state: DerivationState) -> Blocks:
    """How it all came out, and what rests on it."""
    tally = {result.value: count for result, count in state.tally().items()}
    n = len(state.standings)
    words = ngettext("The step is through: {how}.", "All {n} steps are through: {how}.", n, how=_how(tally))
    page: list[Block] = [Paragraph((Text(words),))]
    for item in state.items:
        evidence = say(item.status.evidence) if item.status.evidence is not None else ""
        sign = "✓" if item.status.ticked else "◐" if item.status.state is TickState.PARTIAL else "·"
        line = _("Checklist") + f" · {sign} {item.label}" + (f" · {evidence}" if evidence else "")
        page.append(Paragraph((Text(line),)))
    onward = (
        N_("Enter: to the other drills") if state.drill else N_("Enter: drills · Esc: on with the lesson")
    )
    page.append(Paragraph((Text(_(onward)),)))
    return (Callout(_("The end"), tuple(page)),)


def _how(tally: dict[str, int]) -> str:
    words = {
        "unaided": N_("{count} unaided"),
        "aided": N_("{count} with help"),
        "missed": N_("{count} missed"),
    }
    return ", ".join(_(words[result], count=count) for result, count in tally.items() if count)
