"""The two looks of the app: calm, few colours, verdicts readable without them."""

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
