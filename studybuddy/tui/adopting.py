"""Making the app follow the settings."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from textual.constants import TEXTUAL_ANIMATIONS

from studybuddy.core.errors import StoreError
from studybuddy.core.phrase import Phrase
from studybuddy.i18n import LANGUAGES, language
from studybuddy.study.plain_signs import WIDE
from studybuddy.tui.colours import has_few, has_none
from studybuddy.tui.manner import Manner
from studybuddy.tui.themes import chosen_theme

CONSOLES = ("linux", "vt100", "vt220", "cons25")
"""Terminals whose fonts hold a few hundred characters."""

if TYPE_CHECKING:
    from studybuddy.tui.app import StudybuddyApp


def adopt(app: StudybuddyApp, wanted: Manner) -> None:
    """Make the app behave as the learner wants from now on."""
    keys, notes = dict[str, str](), list[Phrase]()
    if app.wide_signs and wanted.signs == "auto":
        notes.append(Phrase(WIDE))
    if wanted.keys:
        from studybuddy.tui.keymap import beside, checked

        keys, notes = checked(wanted.keys)
        app.set_keymap(beside(keys))
    app.keys = keys
    app.manner = wanted._replace(notes=(*wanted.notes, *(note for note in notes if note not in wanted.notes)))
    app.animation_level = TEXTUAL_ANIMATIONS if wanted.motion else "none"
    plain = wanted.signs == "plain" or (wanted.signs == "auto" and (app.wide_signs or not _knows_signs()))
    if plain != bool(app.signs):
        from studybuddy.tui.signs import PlainSigns

        app.signs = [PlainSigns()] if plain else []
        _draw_again(app)
    app.no_color = has_none(app)
    app.theme = chosen_theme(wanted.theme, few_colours=has_few(app)).name


def _draw_again(app: StudybuddyApp) -> None:
    """Draw what is open in the other signs; formulas have another width in them."""
    from studybuddy.tui.widgets.page_view import PageView

    for screen in app.screen_stack if app.is_running else ():
        for page in screen.query(PageView):
            page.lay_out()
        screen.refresh(layout=True, recompose=False)


def _knows_signs() -> bool:
    """Whether the terminal has a font and a code for more than letters."""
    code = getattr(sys.__stderr__, "encoding", None) or "utf-8"
    return os.environ.get("TERM") not in CONSOLES and code.lower().startswith("utf")


async def switch_language(app: StudybuddyApp) -> None:
    """Speak the other language, also the next time; one that was asked for by `--lang` is not remembered."""
    other = LANGUAGES[1 - LANGUAGES.index(language())]
    if app.study.launch.language is None:
        with suppress(StoreError):
            await app.study.ask(lambda study: study.desk.prefer("language", other))
    await app.speak(other)
