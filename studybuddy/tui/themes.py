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
    variables={
        "text-muted": "#8d93ab",  # a colour of its own: the default one is known to style sheets only
        "text-cyan": "#6fc3cf",  # what a program prints in cyan
    },
)
LIGHT = Theme(
    name="studybuddy-light",
    primary="#2e5bd7",
    secondary="#7a3ec8",
    accent="#935508",
    foreground="#23252e",
    background="#fbfbf8",
    surface="#f1f1ec",
    panel="#e6e6df",
    success="#376f14",
    warning="#935508",
    error="#c22b4b",
    dark=False,
    variables={"text-muted": "#62666f", "text-cyan": "#0f6674"},
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
    variables={
        "text-muted": "#ffffff",
        "text-cyan": "#00ffff",
        "border": "#ffff00",
        "border-blurred": "#ffffff",
    },
)
TERMINAL = Theme(
    name="studybuddy-terminal",
    ansi=True,
    primary="ansi_cyan",  # blue is too dark to read on the consoles that have no more than these
    secondary="ansi_magenta",
    accent="ansi_green",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    success="ansi_green",
    warning="ansi_yellow",
    error="ansi_red",
    dark=True,
    variables={
        "ansi-background": "ansi_black",
        "ansi-foreground": "ansi_white",
        "text-muted": "ansi_default",  # a grey of the sixteen may be the colour of the background
        "text-cyan": "ansi_cyan",
        "border": "ansi_cyan",
        "border-blurred": "ansi_default",
        "block-cursor-foreground": "ansi_black",
        "block-cursor-background": "ansi_cyan",
        "scrollbar": "ansi_cyan",
        "input-cursor-background": "ansi_black",
        "input-cursor-foreground": "ansi_bright_white",
        "input-cursor-text-style": "none",
        "input-selection-background": "ansi_cyan",
        "input-selection-foreground": "ansi_black",
        "screen-selection-background": "ansi_cyan",
        "screen-selection-foreground": "ansi_black",
    },
)
"""The sixteen colours that the learner gave their terminal."""
BY_SETTING = {"dark": DARK, "light": LIGHT, "high-contrast": CONTRAST, "terminal": TERMINAL}
"""The themes by what the setting `theme` calls them."""


def chosen_theme(setting: str, *, few_colours: bool) -> Theme:
    """The theme for a value of the setting: `auto` is dark, or the terminal's own where colours are few."""
    return BY_SETTING.get(setting) or (TERMINAL if few_colours else DARK)
