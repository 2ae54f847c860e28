"""Keys that the learner gave to commands. Loaded only where there are some."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_
from studybuddy.tui.commands import GLOBAL, Command, key_name


def every_screen() -> list[tuple[Command, ...]]:
    """The commands of each screen."""
    from studybuddy.tui.screens.checklist import ChecklistScreen
    from studybuddy.tui.screens.derivation_keys import DERIVATION_COMMANDS
    from studybuddy.tui.screens.drills import DrillsScreen
    from studybuddy.tui.screens.interview_keys import INTERVIEW_COMMANDS
    from studybuddy.tui.screens.lab_keys import LAB_COMMANDS
    from studybuddy.tui.screens.lesson_keys import LESSON_COMMANDS
    from studybuddy.tui.screens.lessons import LessonsScreen
    from studybuddy.tui.screens.preset import PresetScreen
    from studybuddy.tui.screens.presets import PresetsScreen
    from studybuddy.tui.screens.review_keys import REVIEW_COMMANDS
    from studybuddy.tui.screens.settings import SettingsScreen
    from studybuddy.tui.screens.today import TodayScreen

    return [
        *(TodayScreen.COMMANDS_HERE, LESSON_COMMANDS, REVIEW_COMMANDS, LAB_COMMANDS, DERIVATION_COMMANDS),
        *(INTERVIEW_COMMANDS, ChecklistScreen.COMMANDS_HERE, LessonsScreen.COMMANDS_HERE),
        DrillsScreen.COMMANDS_HERE,
        *(SettingsScreen.COMMANDS_HERE, PresetsScreen.COMMANDS_HERE, PresetScreen.COMMANDS_HERE),
    ]


def checked(wanted: Mapping[str, str]) -> tuple[dict[str, str], list[Phrase]]:
    """The keys that can be given, and a sentence for each that cannot.

    A key that something else on the same screen has already is left where it is, so that nothing becomes
    unreachable. Two commands that share a key by default take turns, and that stays so.
    """
    screens = [[*screen, *GLOBAL] for screen in every_screen()]
    known = {command.id for screen in screens for command in screen}
    given: dict[str, str] = {}
    notes: list[Phrase] = []
    for id, written in wanted.items():
        keys = [key_name(key) for key in written.split(",") if key.strip()]
        if id not in known or not keys:
            notes.append(Phrase.of(N_("settings.toml: there is no command {id}"), id=id[:60]))
            continue
        other = _in_the_way(id, keys, screens, {**wanted, **given}, given)
        if other is not None:
            words = N_("settings.toml: {key} is the key of {other} already; {id} keeps its own")
            notes.append(Phrase.of(words, key=written[:40], other=other.id, id=id))
            continue
        given[id] = ",".join(keys)
    return given, notes


def _in_the_way(
    id: str,
    keys: Sequence[str],
    screens: Sequence[Sequence[Command]],
    moving: Mapping[str, str],
    given: Mapping[str, str],
) -> Command | None:
    """The first command on a screen with `id` that has one of the keys, or was given it just now."""
    for screen in screens:
        if not any(command.id == id for command in screen):
            continue
        for command in screen:
            if command.id == id or (command.id in moving and command.id not in given):
                continue
            if set(keys) & set(given.get(command.id, command.key).split(",")):
                return command
    return None


def beside(given: Mapping[str, str]) -> dict[str, str]:
    """The keys for Textual: those given, and for commands that took turns with them their own again.

    Textual takes a key away from every command that has it when one of them moves elsewhere.
    """
    commands = [command for screen in every_screen() for command in (*screen, *GLOBAL)]
    left = {key for command in commands if command.id in given for key in command.key.split(",")}
    staying = {command.id: command.key for command in commands if left & set(command.key.split(","))}
    return {**staying, **given}
