"""The looks of the app: calm, few colours, verdicts readable without them."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="studybuddy-dark",
    primary="#7aa2f7",
    secondary="#bb9af7",
    accent="#e0af68",
    foreground="#d5d8e3",
    background="#14151b",
    surface="#1b1d26",
    panel="#242734",
    success="#9ece6a",
    warning="#e0af68",
    error="#f7768e",
    dark=True,
    variables={"text-muted": "#8d93ab"},  # a colour of its own: the default one is known to style sheets only
)
LIGHT = Theme(
    name="studybuddy-light",
    primary="#2e5bd7",
    secondary="#7a3ec8",
    accent="#a8620a",
    foreground="#23252e",
    background="#fbfbf8",
    surface="#f1f1ec",
    panel="#e6e6df",
    success="#3d7a17",
    warning="#a8620a",
    error="#c22b4b",
    dark=False,
    variables={"text-muted": "#62666f"},
)
CONTRAST = Theme(
    name="studybuddy-high-contrast",
    primary="#ffff00",
    secondary="#00ffff",
    accent="#ffff00",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1a1a1a",
    success="#00ff5f",
    warning="#ffd700",
    error="#ff8080",
    dark=True,
    variables={"text-muted": "#ffffff", "border": "#ffffff", "border-blurred": "#ffffff"},
)
TERMINAL = "ansi-dark"
"""Textual's own theme of the sixteen colours that the learner gave their terminal."""
BY_SETTING = {
    "dark": DARK.name,
    "light": LIGHT.name,
    "high-contrast": CONTRAST.name,
    "terminal": TERMINAL,
}
"""Names of the themes by what the setting `theme` calls them."""
