"""Losses as curves over the steps, on a logarithmic axis: one run, or several laid over each other.

The plotting library imports NumPy; both are loaded by the first curve, never by the start of the app.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.widgets import Static

from studybuddy.core.phrase import Phrase
from studybuddy.i18n import _
from studybuddy.study.curves import Curve
from studybuddy.tui.widgets.curve_legend import CURVE_COLOURS, legend_rows
from studybuddy.tui.widgets.loss_curve import Loss, some_losses

if TYPE_CHECKING:
    from textual_plot import PlotWidget

MOST_POINTS = 400
MARKS = 7
"""How many times a curve bears its mark."""
CEILING = 1e4
"""Losses this many times the largest first one are out of the picture: they would flatten all others."""
LEFT_CELLS = 8
TICKS = 4


def load_plotting() -> None:
    """Load what draws the curves; for a thread that has nothing better to do."""
    import textual_plot  # noqa: F401


class LossPlot(Container):
    """Curves of finite positive losses; without one of at least two such losses there is nothing to see.

    Nor is there anything where the plotting library cannot be loaded: the figures say the same. Each of
    several curves bears its mark, so that no colour is needed to tell them apart.
    """

    DEFAULT_CSS = """
    LossPlot {
        height: auto;
        display: none;
        margin-bottom: 1;
        &.-drawn { display: block; }
        & > .loss-head { height: 1; margin: 0; color: $text-muted; }
        & > .loss-legend { height: auto; margin: 0; display: none; }
        &.-several > .loss-head { display: none; }
        &.-several > .loss-legend { display: block; }
        PlotWidget {
            height: 12;
            & > .plot--axis { color: $foreground 35%; }
            & > .plot--tick { color: $text-muted; text-style: none; }
        }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._curves: Sequence[Curve] = ()
        self._plot: PlotWidget | None = None

    def compose(self) -> ComposeResult:
        """A line above one curve, or a legend below several; the plot itself comes with the first losses."""
        yield Static(classes="loss-head", markup=False)
        yield Static(classes="loss-legend", markup=False)

    @property
    def drawn(self) -> bool:
        """Whether there is a curve."""
        return self.has_class("-drawn")

    async def show(self, losses: Sequence[Loss]) -> None:
        """Draw these losses in the place of what was there."""
        await self.compare([Curve("", "", Phrase(""), tuple(losses))])

    async def compare(self, curves: Sequence[Curve]) -> None:
        """Draw several curves over each other, the first ones below."""
        self._curves = [curve for curve in curves if points(curve.losses)]
        self.set_class(any(len(points(curve.losses)) > 1 for curve in self._curves), "-drawn")
        self.set_class(len(self._curves) > 1 or any(curve.mark for curve in self._curves), "-several")
        if not self.drawn:
            return
        if self._plot is None:
            try:
                plot = new_plot()
            except ImportError:
                self.remove_class("-drawn")
                return
            self._plot = plot
            await self.mount(plot, before=".loss-legend")
        self.redraw()

    def on_resize(self) -> None:
        """The legend is as long as the place allows."""
        self.redraw()

    def redraw(self) -> None:
        """Draw again, in the language and the colours in use."""
        plot = self._plot
        if plot is None or not self.drawn:
            return
        if self.has_class("-several"):
            rows = legend_rows(self._curves, self.size.width or 60)
            self.query_one(".loss-legend", Static).update(Content("\n").join(rows))
        else:
            losses = points(self._curves[0].losses)
            first, last = losses[0], losses[-1]
            head = _("loss {first} → {last}", first=f"{first[1]:.3g}", last=f"{last[1]:.3g}")
            self.query_one(".loss-head", Static).update(Content(f"{head}   " + _("step {n}", n=last[0])))
        plot.clear()
        ceiling = CEILING * max(points(curve.losses)[0][1] for curve in self._curves)
        long_first = sorted(enumerate(self._curves), key=lambda pair: -len(points(pair[1].losses)))
        for number, curve in long_first:  # so that a short one is not hidden
            self._draw(plot, curve, number, ceiling)

    def _draw(self, plot: PlotWidget, curve: Curve, number: int, ceiling: float) -> None:
        from textual_plot import HiResMode

        variable = self.app.theme_variables.get(CURVE_COLOURS[number % len(CURVE_COLOURS)], "blue")
        style = variable.removeprefix("ansi_")  # the library knows the terminal's colours by Rich's names
        seen = [(step, value) for step, value in points(curve.losses) if value <= ceiling]
        steps = [float(step) for step, _value in seen]
        heights = [math.log10(value) for _step, value in seen]
        if len(seen) > 1:
            plot.plot(x=steps, y=heights, line_style=style, hires_mode=HiResMode.BRAILLE)
        if seen and curve.mark:
            at = marked(steps, number)
            plot.scatter(
                x=[steps[n] for n in at],
                y=[heights[n] for n in at],
                marker=curve.mark,
                marker_style=f"bold {style}",
            )


def marked(steps: Sequence[float], number: int) -> list[int]:
    """Where a curve bears its mark: at even distances, shifted from curve to curve, and at its end."""
    first, last = steps[0], steps[-1]
    shift = (number % 4) / 4
    wanted = [first + (last - first) * (n + shift) / MARKS for n in range(MARKS)]
    found = {min(range(len(steps)), key=lambda n: abs(steps[n] - place)) for place in wanted}
    return sorted(found | {len(steps) - 1})


def points(losses: Sequence[Loss]) -> list[Loss]:
    """The losses that a logarithmic axis can show, in the order of their steps and not too many."""
    seen = {step: value for step, value in losses if math.isfinite(value) and value > 0}
    return some_losses(sorted(seen.items()), MOST_POINTS)


def new_plot() -> PlotWidget:
    """An empty plot that is only looked at, with powers of ten on its upright axis."""
    from textual_plot import AxisFormatter, PlotWidget

    class Powers(AxisFormatter):
        """Ticks at whole powers of ten; between them where the losses stay within one."""

        def get_ticks(self, min_: float, max_: float, max_ticks: int = TICKS) -> list[float]:
            whole = range(math.ceil(min_), math.floor(max_) + 1)
            if len(whole) < 2:
                return [min_, max_]
            return [float(power) for power in whole[:: -(-len(whole) // TICKS)]]

        def get_labels_for_ticks(self, ticks: Sequence[float]) -> list[str]:
            return [f"{10.0**tick:.1e}" if tick % 1 else f"1e{int(tick)}" for tick in ticks]

    plot = PlotWidget(allow_pan_and_zoom=False)
    plot.can_focus = False
    plot.set_y_formatter(Powers())
    plot.set_reactive(PlotWidget.margin_top, 1)
    plot.set_reactive(PlotWidget.margin_bottom, 1)
    plot.set_reactive(PlotWidget.margin_left, LEFT_CELLS)
    return plot
