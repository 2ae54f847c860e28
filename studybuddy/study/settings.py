"""The settings there are, in the groups and the order in which they are shown."""

from __future__ import annotations

from typing import NamedTuple

from studybuddy.core.errors import UnknownIdError
from studybuddy.core.settings import Setting
from studybuddy.core.week import NORMAL_WEEK
from studybuddy.i18n import N_

THEMES = ("auto", "dark", "light", "high-contrast", "terminal")

MINUTES_HELP = N_("What you plan to give each day")
NEW_HELP = N_("At most so many cards begin each day")
REVIEWS_HELP = N_("At most so many cards come back each day; 0 sets no limit")
ROLLOVER_HELP = N_("Hour at which the study day turns")
ZONE_HELP = N_("Such as Asia/Shanghai; empty follows the system")
EDITOR_HELP = N_("Command for your programs; empty follows $EDITOR")
LONGEST_HELP = N_("Days after which a card comes back at the latest")
SHARE_HELP = N_("Probability of recall at which a card comes back; higher means more reviews")
LANGUAGE_HELP = N_("Of interface and course; automatic follows the system")
SIGNS_HELP = N_("Plain uses ASCII signs only; automatic does so on a text console")
THEME_HELP = N_("Automatic is dark, or the terminal's own colours where there are few")
STEPS_HELP = N_("Waits between a new card's first answers, such as 1m 10m; may be empty")
RELEARNING_HELP = N_("Waits after a card was forgotten, such as 10m; may be empty")
AHEAD_HELP = N_("Minutes by which a learning step may come early when nothing else is left")
LEECH_HELP = N_("A card forgotten so often is worth changing; 0 never says so")
BALANCE_HELP = N_("Within what chance allows, reviews go to days with less to do")
WEEK_HELP = N_("Weekdays that carry fewer reviews, such as sat=reduced sun=minimum")
BURY_HELP = N_("Cards made of the same note come on different days")


ORDER_HELP = N_("Which of the due cards come first")
NEW_ORDER_HELP = N_("New cards in the order of the course, or at random")
MIX_HELP = N_("New cards come after the due ones, before them, or among them")
COMEBACK_HELP = N_("Minutes of reviews a day while you come back after missed days; 0: as on every day")
REVIEW_ORDERS = ("prerequisites", "due", "retrievability", "interval", "random")


class Group(NamedTuple):
    """Settings under one heading; `heading`: a catalogue id."""

    heading: str
    settings: tuple[Setting, ...]


GROUPS = (
    Group(
        N_("You"),
        (
            Setting("name", "text", "", N_("Name"), N_("How the app calls you")),
            Setting("language", "choice", "auto", N_("Language"), LANGUAGE_HELP, ("auto", "zh", "en")),
            Setting("minutes", "whole", 60, N_("Minutes a day"), MINUTES_HELP, (), 5, 960),
        ),
    ),
    Group(
        N_("Memory"),
        (
            Setting("new_cards", "whole", 15, N_("New cards a day"), NEW_HELP, (), 0, 500),
            Setting("reviews", "whole", 200, N_("Reviews a day"), REVIEWS_HELP, (), 0, 9999),
            Setting("desired_retention", "share", 0.9, N_("Desired retention"), SHARE_HELP, (), 0.7, 0.97),
        ),
    ),
    Group(
        N_("Day"),
        (
            Setting("rollover", "whole", 4, N_("Day begins at"), ROLLOVER_HELP, (), 0, 12),
            Setting("zone", "zone", "", N_("Time zone"), ZONE_HELP),
        ),
    ),
    Group(
        N_("Looks and tools"),
        (
            Setting("glyphs", "choice", "auto", N_("Signs"), SIGNS_HELP, ("auto", "unicode", "plain")),
            Setting("theme", "choice", "auto", N_("Theme"), THEME_HELP, THEMES),
            Setting("animations", "yesno", True, N_("Motion"), N_("Whether things move where it informs")),
            Setting("editor", "text", "", N_("Editor"), EDITOR_HELP),
        ),
    ),
    Group(
        N_("Memory in detail"),
        (
            Setting("learning_steps", "steps", (60, 600), N_("Learning steps"), STEPS_HELP),
            Setting("relearning_steps", "steps", (600,), N_("Relearning steps"), RELEARNING_HELP),
            Setting("learn_ahead", "whole", 20, N_("Learn ahead"), AHEAD_HELP, (), 0, 1440),
            Setting("maximum_interval", "whole", 36_500, N_("Longest interval"), LONGEST_HELP, (), 1, 36_500),
            Setting("leech_lapses", "whole", 8, N_("Leech after"), LEECH_HELP, (), 0, 99),
            Setting(
                "review_order", "choice", "prerequisites", N_("Order of reviews"), ORDER_HELP, REVIEW_ORDERS
            ),
            Setting(
                "new_order",
                "choice",
                "course",
                N_("Order of new cards"),
                NEW_ORDER_HELP,
                ("course", "random"),
            ),
            Setting(
                "new_mix", "choice", "after", N_("New among due"), MIX_HELP, ("after", "before", "mixed")
            ),
            Setting("comeback_minutes", "whole", 0, N_("Minutes coming back"), COMEBACK_HELP, (), 0, 960),
            Setting("bury_siblings", "yesno", True, N_("Spread siblings"), BURY_HELP),
            Setting("balance", "yesno", True, N_("Balance the load"), BALANCE_HELP),
            Setting("easy_days", "week", NORMAL_WEEK, N_("Easy days"), WEEK_HELP),
        ),
    ),
)
SETTINGS = tuple(setting for group in GROUPS for setting in group.settings)
BY_KEY = {setting.key: setting for setting in SETTINGS}


def setting(key: str) -> Setting:
    """A setting by key.

    Raises:
        UnknownIdError: there is none; the nearest are offered.
    """
    if key not in BY_KEY:
        from difflib import get_close_matches

        near = get_close_matches(key[:60], BY_KEY, n=3, cutoff=0.4) or list(BY_KEY)[:3]
        raise UnknownIdError(N_("setting"), key[:60], tuple(near))
    return BY_KEY[key]
