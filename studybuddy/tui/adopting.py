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
    if wanted.keys:
        from studybuddy.tui.keymap import beside, checked

        keys, notes = checked(wanted.keys)
        app.set_keymap(beside(keys))
    app.keys = keys
    app.manner = wanted._replace(notes=(*wanted.notes, *notes))
    app.animation_level = TEXTUAL_ANIMATIONS if wanted.motion else "none"
    app.signs = []
    if wanted.signs == "plain" or (wanted.signs == "auto" and not _knows_signs()):
        from studybuddy.tui.signs import PlainSigns

        app.signs = [PlainSigns()]
    app.no_color = has_none(app)
    app.theme = chosen_theme(wanted.theme, few_colours=has_few(app)).name


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
