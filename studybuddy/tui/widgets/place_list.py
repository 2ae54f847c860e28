"""A narrow list of places with their state, beside what is shown of one of them."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events, on
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from studybuddy.text import clean_line
from studybuddy.tui.widgets.fitting import fit


@dataclass(frozen=True, slots=True)
class Place:
    """A line of the list. `sign` is one cell; `detail` stands below, dimmed."""

    title: str
    sign: str = "·"
    done: bool = False
    detail: str = ""


class PlaceList(Widget):
    """Sections of a lesson, questions of an interview or steps of a derivation. A click chooses one."""

    DEFAULT_CSS = """
    PlaceList {
        width: 28;
        height: 1fr;
        padding: 0 1;
    }
    """

    places: reactive[tuple[Place, ...]] = reactive(())
    """The lines, in their order."""
    current: reactive[int] = reactive(0)
    """Index of the place in front."""

    @dataclass
    class Chosen(Message):
        """A place was clicked."""

        index: int
        """Its index in `places`."""

    def render(self) -> Content:
        """A line for each place and one for its detail; the current one is marked."""
        lines: list[Content] = []
        for index, place in enumerate(self.places):
            here = index == self.current
            sign = ("▸" if here else place.sign, "$primary" if here else "$success" if place.done else "")
            title = (clean_line(place.title, 200), "bold" if here else "")
            lines.append(self._fit(Content.assemble(sign, " ", title)))
            if self._detailed:
                both = here and place.done
                detail = f"{place.sign} {place.detail}" if both else place.detail
                quiet = Content.styled("  " + clean_line(detail, 200), "$text-muted")
                lines += [self._fit(quiet), Content()]
        return Content("\n").join(lines)

    @property
    def _detailed(self) -> bool:
        return len(self.places) * 3 <= self.size.height

    def _fit(self, line: Content) -> Content:
        return fit(line, self.size.width)

    @on(events.Click)
    def _choose(self, event: events.Click) -> None:
        row = event.y - self.styles.padding.top
        index = row // 3 if self._detailed else row
        if 0 <= index < len(self.places):
            self.post_message(self.Chosen(index))
