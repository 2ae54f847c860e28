"""The statistics: what was done, what is remembered, what is coming, where the time goes, what is weak."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.widgets import ContentSwitcher

from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_, _, ngettext
from studybuddy.study.statistics.figures import Figures, figures
from studybuddy.study.statistics.glance import Glance
from studybuddy.study.statistics.heat_map import Measure
from studybuddy.study.statistics.material import Material
from studybuddy.study.statistics.words import little
from studybuddy.tui.commands import Command
from studybuddy.tui.figures.concepts_pane import ConceptsPane, ConceptsTold
from studybuddy.tui.figures.figure_pane import FigurePane
from studybuddy.tui.figures.heat_pane import HeatPane
from studybuddy.tui.figures.load_panes import JoinedPane, WorkloadPane, WorkloadTold, YearPane, YearTold
from studybuddy.tui.figures.memory_panes import (
    CalibrationPane,
    CalibrationTold,
    DistributionPane,
    RetentionPane,
    RetentionTold,
    distribution_panes,
)
from studybuddy.tui.figures.overview_panes import AheadPane, CardsPane, TotalsPane
from studybuddy.tui.figures.time_panes import ButtonsPane, HoursPane, KindsPane
from studybuddy.tui.screens.base import bindings
from studybuddy.tui.screens.fit_keys import FIT_COMMANDS, FitKeys
from studybuddy.tui.screens.statistics_keys import PAGES, STATISTICS_COMMANDS
from studybuddy.tui.widgets.fit_panel import FitPanel
from studybuddy.tui.widgets.key_line import KeyLine
from studybuddy.tui.widgets.page_tabs import PageTabs
from studybuddy.tui.widgets.status_line import StatusLine
from studybuddy.tui.widgets.title_line import TitleLine

if TYPE_CHECKING:
    from studybuddy.memory.forecast import Workload

AHEAD = 30
WEEK = 7
OVERVIEW, MEMORY = 0, 1
OF_FIT = frozenset({"fit", "reschedule", "fit_parameters", "undo"})
"""What is done where the memory model is shown."""
TOLD_EVERY = 0.1
"""Share of the reviews after which it is said again how far the reading is."""


class StatisticsScreen(FitKeys):
    """Five pages. The first is there at once; what needs a look at every review arrives while one reads."""

    CSS_PATH = "statistics.tcss"
    COMMANDS_HERE: ClassVar[tuple[Command, ...]] = (*FIT_COMMANDS, *STATISTICS_COMMANDS)
    BINDINGS: ClassVar[list[BindingType]] = bindings(*COMMANDS_HERE)

    def __init__(self) -> None:
        super().__init__()
        self._glance: Glance | None = None

    def compose(self) -> ComposeResult:
        """The title, the pages' names, the page in front, a quiet line, the keys."""
        recall, stability, difficulty, intervals = distribution_panes()
        yield TitleLine()
        yield PageTabs(PAGES)
        with ContentSwitcher(initial="page0"):
            with VerticalScroll(id="page0", classes="page", can_focus=False):
                yield HeatPane()
                with Container(classes="halves"):
                    yield Vertical(TotalsPane(), classes="half")
                    yield Vertical(AheadPane(), CardsPane(), classes="half")
            with VerticalScroll(id="page1", classes="page", can_focus=False), Container(classes="halves"):
                yield Vertical(RetentionPane(), recall, stability, difficulty, classes="half")
                yield Vertical(CalibrationPane(), FitPanel(), intervals, classes="half")
            with VerticalScroll(id="page2", classes="page", can_focus=False):
                yield AheadPane(AHEAD)
                with Container(classes="halves"):
                    yield Vertical(YearPane(), JoinedPane(), classes="half")
                    yield Vertical(WorkloadPane(), classes="half")
            with VerticalScroll(id="page3", classes="page", can_focus=False), Container(classes="halves"):
                yield Vertical(KindsPane(), ButtonsPane(), classes="half")
                yield Vertical(HoursPane(), classes="half")
            with VerticalScroll(id="page4", classes="page", can_focus=False):
                yield ConceptsPane()
        yield StatusLine()
        yield KeyLine()

    def on_mount(self) -> None:
        """Begin with what is there at once."""
        super().on_mount()
        self._word()
        self._begin()

    async def refresh_plan(self) -> None:
        """Work everything out anew: a setting or a review may have changed it."""
        self._begin()

    def _begin(self) -> None:
        self.run_worker(self._load(), group="figures", exclusive=True, exit_on_error=False)

    # ---- what is shown, and when

    async def _load(self) -> None:
        """First the days, then reviews and cards, then what the memory model says."""
        self._glance = glance = await self.ask(lambda study: study.statistics.glance())
        for pane in self.query("HeatPane, TotalsPane, AheadPane"):
            if isinstance(pane, FigurePane):
                pane.tell(glance)
        self._word()
        material = await self._gather()
        await self._show(await asyncio.to_thread(figures, material), glance)
        await self._foresee(material)

    async def _gather(self) -> Material:
        """Ask for the reviews a piece at a time, so that other questions come between."""
        gathering: Iterator[float | Material] = await self.ask(lambda study: study.statistics.gather())
        told = 0.0
        while True:
            found = await self.ask(lambda study: next(gathering))
            if isinstance(found, Material):
                return found
            if found >= told:
                told = found + TOLD_EVERY
                self._wait(Phrase.of(N_("reading your reviews … {percent}%"), percent=f"{100 * found:.0f}"))

    async def _show(self, found: Figures, glance: Glance) -> None:
        names = await self.ask(lambda study: study.desk.concepts)
        self._wait(Phrase(N_("being worked out …")))
        for pane in self._panes():
            if isinstance(pane, CardsPane | JoinedPane | KindsPane | HoursPane | ButtonsPane):
                pane.tell(found)
            elif isinstance(pane, DistributionPane):
                pane.tell(found.known)
        self.query_one(RetentionPane).tell(RetentionTold(found, glance.desired))
        self.query_one(ConceptsPane).tell(ConceptsTold(found.concepts, names))

    async def _foresee(self, material: Material) -> None:
        """Calibration, the year and the workload curve, a point at a time."""
        columns = material.columns
        judgement = await self.ask(lambda study: study.statistics.foresight(columns).judgement())
        calibration = await asyncio.to_thread(judgement.calibration)
        self.query_one(CalibrationPane).tell(CalibrationTold(calibration))
        prospect = await self.ask(lambda study: study.statistics.foresight(columns).prospect())
        year = await asyncio.to_thread(prospect.year)
        self.query_one(YearPane).tell(YearTold(material.today, year))
        points: list[Workload] = []
        for retention in prospect.retentions:
            told = WorkloadTold(tuple(points), len(prospect.retentions), prospect.retention)
            self.query_one(WorkloadPane).tell(told)
            points.append(await asyncio.to_thread(prospect.at, retention))
        told = WorkloadTold(tuple(points), len(points), prospect.retention)
        self.query_one(WorkloadPane).tell(told)

    def _wait(self, words: Phrase) -> None:
        """Say what is being waited for, where nothing is shown yet."""
        for pane in self._panes():
            pane.wait(words)

    def _panes(self) -> list[FigurePane[object]]:
        return list(self.query(FigurePane))

    # ---- moving

    @property
    def front(self) -> int:
        """The page in front."""
        return self.query_one(PageTabs).front if self.query(PageTabs) else OVERVIEW

    def action_page(self, number: int) -> None:
        """Go to a page."""
        self.query_one(PageTabs).front = number
        self.query_one(ContentSwitcher).current = f"page{number}"
        self.query_one(KeyLine).refresh()

    @on(PageTabs.Chosen)
    def _clicked(self, event: PageTabs.Chosen) -> None:
        self.action_page(event.page)

    def action_turn(self, pages: int) -> None:
        """Go to a page after or before; the last is followed by the first."""
        self.action_page((self.front + pages) % len(PAGES))

    def action_aside(self, way: int) -> None:
        """A week on the map, else a page."""
        if self.front == OVERVIEW:
            self.query_one(HeatPane).move(way * WEEK)
        else:
            self.action_turn(way)

    def action_step(self, way: int) -> None:
        """A day on the map, else a line."""
        if self.front == OVERVIEW:
            self.query_one(HeatPane).move(way)
        else:
            self._page.scroll_relative(y=way, animate=False)

    def action_scroll(self, way: int) -> None:
        """Scroll the page in front."""
        self._page.scroll_relative(y=way * max(1, self._page.size.height - 2), animate=False)

    @property
    def _page(self) -> VerticalScroll:
        return self.query_one(f"#page{self.front}", VerticalScroll)

    def action_measure(self) -> None:
        """Shade the days by the other measure."""
        pane = self.query_one(HeatPane)
        pane.measure = Measure.MINUTES if pane.measure is Measure.REVIEWS else Measure.REVIEWS

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The map is on the first page, the memory model on the second."""
        if action == "measure":
            return self.front == OVERVIEW
        if action in OF_FIT and self.front != MEMORY:
            return False
        return super().check_action(action, parameters)

    @on(FitPanel.Kept)
    def _fitted(self) -> None:
        self._begin()

    # ---- words

    def _word(self) -> None:
        title = self.query_one(TitleLine)
        title.left = _("Statistics")
        if (glance := self._glance) is not None:
            facts = [ngettext("{n} review", "{n} reviews", glance.all.reviews)]
            if glance.streak:
                facts.insert(0, ngettext("{n}-day streak", "{n}-day streak", glance.streak))
            title.right = " · ".join(facts)
            line = self.query_one(StatusLine)
            line.show(line.phrase or little(glance.rated))

    async def retranslate(self) -> None:
        """Word everything anew; page, day and scrolling stay."""
        self._word()
        for pane in self._panes():
            pane.reword()
        self.query_one(FitPanel).retranslate()
        for part in self.query("TitleLine, PageTabs, StatusLine, KeyLine"):
            part.refresh()
