"""Looks: text that can be read in every theme, and an app that can be used without any colour."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from rich.segment import Segment
from textual.color import Color
from textual.filter import Monochrome, NoColor
from textual.theme import Theme

from studybuddy.tui.app import StudybuddyApp
from studybuddy.tui.signs import PlainSigns
from studybuddy.tui.themes import BY_SETTING, DARK, TERMINAL, chosen_theme
from tests.tui.conftest import MakeApp
from tests.tui.looking import settle, text_of
from tests.tui.waiting import until

READABLE = 4.5
"""The least contrast of text by WCAG 2, level AA."""
TEXTS = (
    *("foreground", "text-muted", "text-primary", "text-secondary", "text-accent", "text-cyan"),
    *("text-success", "text-warning", "text-error", "primary", "success", "warning", "error"),
)
GROUNDS = ("background", "surface", "panel")
OWN_COLOURS = [theme for theme in BY_SETTING.values() if not theme.ansi]


def contrast(text: Color, ground: Color) -> float:
    """The contrast of two colours as WCAG 2 defines it."""

    def luminance(colour: Color) -> float:
        parts = (part / 255 for part in colour.rgb)
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    bright, dark = sorted((luminance(text), luminance(ground)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def test_contrast_is_measured_as_wcag_does() -> None:
    assert contrast(Color.parse("#000"), Color.parse("#fff")) == pytest.approx(21)
    assert contrast(Color.parse("#767676"), Color.parse("#fff")) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", OWN_COLOURS, ids=lambda theme: theme.name)
async def test_every_text_can_be_read(make_app: MakeApp, theme: Theme) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        app.theme = theme.name
        await settle(pilot)
        variables = app.theme_variables
        found = {
            (text, ground): contrast(
                drawn(variables[text], variables[ground]), Color.parse(variables[ground])
            )
            for text in TEXTS
            for ground in GROUNDS
        }
        assert {pair: round(value, 2) for pair, value in found.items() if value < READABLE} == {}


def drawn(text: str, ground: str) -> Color:
    """A colour as it is seen on a ground; `auto 87%` is black or white, whichever stands out."""
    back = Color.parse(ground)
    automatic = re.fullmatch(r"auto ([\d.]+)%", text)
    if automatic:
        return back + back.get_contrast_text(float(automatic[1]) / 100)
    return back + Color.parse(text)


def test_the_theme_follows_the_terminal_until_one_is_chosen() -> None:
    assert chosen_theme("auto", few_colours=False) is DARK
    assert chosen_theme("auto", few_colours=True) is TERMINAL
    assert chosen_theme("light", few_colours=True) is BY_SETTING["light"]


@pytest.mark.parametrize(
    ("environment", "theme", "coloured"),
    [
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, "studybuddy-dark", True),
        ({"TERM": "xterm-256color", "COLORTERM": ""}, "studybuddy-dark", True),
        ({"TERM": "linux", "COLORTERM": ""}, "studybuddy-terminal", True),
        ({"TERM": "vt100", "COLORTERM": ""}, "studybuddy-terminal", False),
        ({"TERM": "xterm-mono", "COLORTERM": ""}, "studybuddy-terminal", False),
        ({"TERM": "no-such-terminal", "COLORTERM": ""}, "studybuddy-terminal", True),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor", "NO_COLOR": "1"}, "studybuddy-terminal", False),
    ],
    ids=lambda value: value.get("TERM", "") if isinstance(value, dict) else "",
)
async def test_colours_are_those_that_the_terminal_has(
    make_app: MakeApp,
    monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str],
    theme: str,
    coloured: bool,
) -> None:
    known = {"vt100": 0, "xterm-mono": 0, "linux": 8}
    monkeypatch.setattr("studybuddy.tui.colours.colours_of", known.get)
    app = fresh(make_app, monkeypatch, environment)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert (app.theme, app.no_color) == (theme, not coloured)
        assert coloured == bool(colours_of(app))


@pytest.mark.parametrize(("terminal", "colours"), [("vt100", "0"), ("no-such-terminal", "None")])
def test_the_description_of_a_terminal_is_read(terminal: str, colours: str) -> None:
    """In a process of its own: a description is read once in each."""
    program = f"from studybuddy.tui.colours import colours_of; print(colours_of({terminal!r}))"
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=30)
    assert ended.stdout.strip() == colours, ended.stderr


async def test_without_colour_nothing_is_lost(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands out does so by a sign, by weight or reversed; nothing is written in its ground's colour."""
    app = fresh(make_app, monkeypatch, {"NO_COLOR": "1"})
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "▸ 1 Theory" in text_of(app)
        await pilot.press("l", "G", "tab")
        await settle(pilot)
        assert colours_of(app) == set()
        assert any(segment.style and segment.style.reverse for segment in segments_of(app))
        await pilot.press("ctrl+p")
        await until(pilot, lambda: "Open what is selected" in text_of(app), "the list")
        await pilot.press("down")
        lit = [segment.text for segment in segments_of(app) if segment.style and segment.style.underline]
        assert len([text for text in lit if text.strip()]) == 1, "the command in front"


@pytest.mark.parametrize("theme", BY_SETTING)
async def test_without_colour_no_theme_hides_its_text(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch, theme: str
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = make_app("en", before=lambda study: study.desk.prefer("theme", theme))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        filters = [type(each) for each in app.get_line_filters()]
        assert filters.count(NoColor) + filters.count(Monochrome) == 1
        assert (NoColor in filters) == (theme == "terminal")
        for segment in segments_of(app):
            if segment.text.strip() and segment.style and segment.style.color and segment.style.bgcolor:
                same = segment.style.color == segment.style.bgcolor
                assert not same or segment.style.color.is_default


@pytest.mark.parametrize("signs", ["auto", "unicode"])
async def test_a_console_gets_ascii_signs(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch, signs: str
) -> None:
    monkeypatch.setenv("TERM", "linux")
    app = make_app("en", before=lambda study: study.desk.prefer("glyphs", signs))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert ("> 1 Theory" in text_of(app)) == (signs == "auto")


def test_what_is_read_is_heavier_in_ascii_too() -> None:
    (line,) = PlainSigns().apply([Segment("━━──")], Color.parse("black"))
    assert line.text == "==--"


def fresh(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]) -> StudybuddyApp:
    """An app as it starts on such a terminal, in Unicode signs."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return make_app("en", before=lambda study: study.desk.prefer("glyphs", "unicode"))


def segments_of(app: StudybuddyApp) -> list[Segment]:
    """What is written to the terminal, piece by piece."""
    return [segment for strip in app.screen._compositor.render_strips() for segment in strip]


def colours_of(app: StudybuddyApp) -> set[str]:
    """Every colour on the terminal but its own two."""
    styles = [segment.style for segment in segments_of(app) if segment.style]
    colours = [colour for style in styles for colour in (style.color, style.bgcolor) if colour]
    return {colour.name for colour in colours if not colour.is_default}
