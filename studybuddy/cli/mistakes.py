"""What click says of a mistake on the command line, in the learner's language."""

from __future__ import annotations

import re

import click

from studybuddy.i18n import _

_EXTRA = re.compile(r"Got unexpected extra arguments? \((.*)\)", re.DOTALL)
_NUMBER = re.compile(r"'(.*)' is not a valid (?:integer|float)", re.DOTALL)


def what_is_wrong(error: click.ClickException) -> str:
    """One line; a mistake that is hardly ever made is said as click words it."""
    parameter = getattr(error, "param", None)
    name = parameter.human_readable_name if isinstance(parameter, click.Parameter) else ""
    message = error.format_message()
    match error:
        case click.MissingParameter() if name:
            return _("{name} is missing", name=name)
        case click.NoSuchOption():
            return _("No such option: {name}.", name=error.option_name)
        case click.BadOptionUsage() if "does not take a value" in message:
            return _("{name} takes no value", name=error.option_name)
        case click.BadOptionUsage() if "argument" in message:
            return _("{name} needs a value", name=error.option_name)
        case click.BadParameter() if parameter is not None and isinstance(parameter.type, click.Choice):
            return _("{key} must be one of {choices}", key=name, choices=", ".join(parameter.type.choices))
        case click.BadParameter() if name and (number := _NUMBER.match(error.message)):
            return _("{name} must be a number, not {value}", name=name, value=number[1])
        case click.UsageError() if extra := _EXTRA.search(message):
            return _("not understood: {words}", words=extra[1])
    return message
