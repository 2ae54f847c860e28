"""`settings preset`: presets on the command line."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from studybuddy.cli.output import print_json, print_line, study
from studybuddy.core.errors import UsageError
from studybuddy.i18n import N_, _, say

if TYPE_CHECKING:
    from studybuddy.study.desk import Desk
    from studybuddy.study.preset_rules import PresetRule

AS_DEFAULT = "default"
"""The value that leaves a setting to the default preset again."""


class PresetOrder(NamedTuple):
    """What was asked of presets: nothing but the name shows one, nothing at all shows every one."""

    name: str | None
    lessons: tuple[str, ...]
    tags: tuple[str, ...]
    changes: tuple[str, ...]
    delete: bool

    @property
    def changes_something(self) -> bool:
        """Whether anything is to be written."""
        return bool(self.lessons or self.tags or self.changes or self.delete)


def preset_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of `settings preset`."""
    for option in (
        click.option("--delete", is_flag=True, help=N_("Delete a preset.")),
        click.option(
            "--set",
            "changes",
            multiple=True,
            metavar="KEY=VALUE",
            help=N_("A value of a preset, or `default`."),
        ),
        click.option("--tag", "tags", multiple=True, metavar="TAG", help=N_("A tag that a preset is about.")),
        click.option(
            "--lesson", "lessons", multiple=True, metavar="CODE", help=N_("A lesson that a preset is about.")
        ),
    ):
        command = option(command)
    return command


def settle_preset(context: click.Context, order: PresetOrder, *, as_json: bool) -> None:
    """Show presets, or make, change or delete one.

    Lessons and tags that are given take the place of those a preset had; values are changed one by one.
    """
    if order.changes_something and order.name is None:
        raise UsageError("say which preset: settings preset NAME")
    if order.delete and (order.lessons or order.tags or order.changes):
        raise UsageError("a preset is either changed or deleted")
    with study(context, writer="studybuddy settings" if order.changes_something else None) as opened:
        desk = opened.desk
        if order.changes_something:
            _write(desk, order)
        rules = desk.presets.rules
        if order.name is not None and not order.delete:
            from studybuddy.study.presets import known_rule

            rules = (known_rule(desk.presets, order.name.strip()),)
        notes = [say(note) for note in desk.presets.notes]
        codes = {lesson.id: lesson.code for lesson in desk.catalogue.lessons}
    for note in notes:
        print_line(note, err=True)
    if as_json:
        print_json({"presets": [_as_json(rule, codes) for rule in rules]})
        return
    if not rules:
        print_line(_("There is no preset."))
    for rule in rules:
        print_line(_in_a_line(rule, codes))


def _write(desk: Desk, order: PresetOrder) -> None:
    from studybuddy.study.preset_rules import PresetRule, read_name
    from studybuddy.study.presets import drop_preset, keep_preset

    name = read_name(order.name)
    if order.delete:
        drop_preset(desk, name)
        return
    rule = desk.presets.rule(name) or PresetRule(name)
    if order.lessons:
        codes = [code for given in order.lessons for code in given.replace(",", " ").split()]
        rule = rule.about(lessons=[desk.catalogue.lesson(code).id for code in codes])
    if order.tags:
        rule = rule.about(tags=order.tags)
    for change in order.changes:
        key, sign, value = change.partition("=")
        if not sign:
            raise UsageError("{change} is no change; write KEY=VALUE", change=change[:40])
        rule = rule.changed(key.strip(), None if value.strip() == AS_DEFAULT else value.strip())
    keep_preset(desk, rule)


def _as_json(rule: PresetRule, codes: dict[str, str]) -> dict[str, Any]:
    body = rule.body()
    lessons = [codes.get(lesson, lesson) for lesson in rule.lessons]
    return {"name": rule.name, "lessons": lessons, "tags": body["tags"], "set": body["set"]}


def _in_a_line(rule: PresetRule, codes: dict[str, str]) -> str:
    about = [codes.get(lesson, lesson) for lesson in rule.lessons] + [f"#{tag}" for tag in rule.tags]
    changes = [f"{key}={value}" for key, value in rule.body()["set"].items()]
    return _(
        "{name}: for {cards}; {changes}",
        name=rule.name,
        cards=" ".join(about) or _("no card yet"),
        changes=" · ".join(changes) or _("changes nothing yet"),
    )
