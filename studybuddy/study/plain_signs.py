"""Signs and frames in ASCII, each as wide as the sign it stands for, so that nothing moves."""

from __future__ import annotations

from studybuddy.i18n import N_

WIDE = N_("this terminal draws signs such as ∂ two cells wide; formulas and signs are written in ASCII")
_PLAIN = str.maketrans(
    "✓✗▸▾●○◐•·→←↑↓…│─┃━║═█▇▆▅▄▃▂▁░▒▓▌▐▎▊▔▶┌┐└┘├┤┬┴┼╭╮╰╯╔╗╚╝“”‘’—–×↳",
    "vx>v*o~*.><^v.|-|=|=###==-__.:#||||->+++++++++++++++++\"\"''--x>",
)


def plain_signs(text: str) -> str:
    """The text with signs that every terminal has. Letters stay what they are; formulas draw their own."""
    return text.translate(_PLAIN)
