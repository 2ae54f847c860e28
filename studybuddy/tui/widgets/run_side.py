"""What stands beside an editor whose program is run: the run while it goes, what came of it, the task."""

from __future__ import annotations

from textual.app import ComposeResult

from studybuddy.tui.widgets.loss_plot import LossPlot
from studybuddy.tui.widgets.run_output import RunOutput
from studybuddy.tui.widgets.run_result import RunResult
from studybuddy.tui.widgets.task_panel import TaskPanel


def run_side() -> ComposeResult:
    """The widgets from top to bottom, by the ids under which `LabRun` finds them."""
    yield RunOutput(id="live")
    yield LossPlot(id="live-curve")
    yield RunResult(id="result")
    yield TaskPanel(id="task")
