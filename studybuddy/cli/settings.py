from __future__ import annotations

from typing import Any

import click

from studybuddy.cli.options import StudyCommand
from studybuddy.cli.output import json_option, print_json, print_line, study
from studybuddy.cli.presets import PresetOrder, preset_options, settle_preset
from studybuddy.core.errors import UsageError
from studybuddy.i18n import _, say
from studybuddy.study.settings import SETTINGS, setting


@click.command("settings", cls=StudyCommand)
@click.argument("action", type=click.Choice(["get", "set", "preset"]), default="get")
@click.argument("key", required=False)
@click.argument("value", required=False)
@preset_options
@json_option
@click.pass_context
def settings(
    context: click.Context,
    /,
    action: str,
    key: str | None,
    value: str | None,
    as_json: bool,
    **asked: Any,
) -> None:
    """`settings`, `settings get KEY`, `settings set KEY VALUE`, `settings preset [NAME]`."""
    order = PresetOrder(key, **asked)
    if action == "preset":
        if value is not None:
            raise UsageError("a preset is given one name; put it in quotes if it has spaces")
        settle_preset(context, order, as_json=as_json)
        return
    if order.changes_something:
        raise UsageError("--lesson, --tag, --set and --delete belong to: settings preset NAME")
    _settings(context, key, value, writes=action == "set", as_json=as_json)


def _settings(
    context: click.Context, key: str | None, value: str | None, *, writes: bool, as_json: bool
) -> None:
    if key is not None:
        setting(key)
    if writes and (key is None or value is None):
        raise UsageError("say which setting and which value: settings set KEY VALUE")
    with study(context, writer="studybuddy settings" if writes else None) as opened:
        if writes:
            opened.desk.prefer(str(key), value)
        values = opened.desk.preferences.plain()
        notes = [say(note) for note in opened.desk.notes()]
    shown = {name: entry for name, entry in values.items() if key in (None, name)}
    for note in notes:
        print_line(note, err=True)
    if as_json:
        print_json({"settings": shown})
        return
    labels = {entry.key: entry.label for entry in SETTINGS}
    for name, entry in shown.items():
        print_line(f"{name} = {entry}    {_(labels[name])}")
