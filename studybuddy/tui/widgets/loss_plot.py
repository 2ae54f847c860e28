"""The losses of a run as a curve over the steps, on a logarithmic axis.

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

from studybuddy.i18n import _
from studybuddy.tui.widgets.loss_curve import Loss, some_losses

if TYPE_CHECKING:
    from textual_plot import PlotWidget

MOST_POINTS = 400
LEFT_CELLS = 8
TICKS = 4


def load_plotting() -> None:
    """Load what draws the curve; for a thread that has nothing better to do."""
    import textual_plot  # noqa: F401


class LossPlot(Container):
    """A curve of at least two finite positive losses; without them there is nothing to see.

    Nor is there one where the plotting library cannot be loaded: the figures say the same.
    """

    DEFAULT_CSS = """
    LossPlot {
        height: 13;
        display: none;
        margin-bottom: 1;
        &.-drawn { display: block; }
        & > .loss-head { height: 1; margin: 0; color: $text-muted; }
        PlotWidget {
            height: 12;
            & > .plot--axis { color: $foreground 35%; }
            & > .plot--tick { color: $text-muted; text-style: none; }
        }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._losses: Sequence[Loss] = ()
        self._plot: PlotWidget | None = None

    def compose(self) -> ComposeResult:
        """A line above the curve; the curve itself comes with the first losses."""
        yield Static(classes="loss-head", markup=False)

    @property
    def drawn(self) -> bool:
        """Whether there is a curve."""
        return self.has_class("-drawn")

    async def show(self, losses: Sequence[Loss]) -> None:
        """Draw these losses in the place of those before."""
        self._losses = points(losses)
        self.set_class(len(self._losses) > 1, "-drawn")
        if not self.drawn:
            return
        if self._plot is None:
            try:
                plot = new_plot()
            except ImportError:
                self.remove_class("-drawn")
                return
            self._plot = plot
            await self.mount(plot)
        self.redraw()

    def redraw(self) -> None:
        """Draw again, in the language and the colours in use."""
        plot, losses = self._plot, self._losses
        if plot is None or not self.drawn:
            return
        first, last = losses[0], losses[-1]
        head = _("loss {first} → {last}", first=f"{first[1]:.3g}", last=f"{last[1]:.3g}")
        self.query_one(".loss-head", Static).update(Content(f"{head}   " + _("step {n}", n=last[0])))
        plot.clear()
        style = self.app.theme_variables.get("primary", "blue")
        from textual_plot import HiResMode

        steps = [float(step) for step, _value in losses]
        heights = [math.log10(value) for _step, value in losses]
        plot.plot(x=steps, y=heights, line_style=style, hires_mode=HiResMode.BRAILLE)


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
