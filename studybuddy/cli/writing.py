"""A change made by a command that mainly reads: where it cannot be kept, that is said and no more."""

from __future__ import annotations

from collections.abc import Callable

import click

from studybuddy.cli.options import launch
from studybuddy.cli.output import print_line
from studybuddy.core.errors import StoreError
from studybuddy.i18n import _, word
from studybuddy.study.wiring import Study


def written(context: click.Context, change: Callable[[Study], object]) -> bool:
    """Make a change in a study of its own that may write; whether it was kept."""
    try:
        writer = Study(launch(context), writer="studybuddy run")
    except StoreError as error:
        print_line(_("not recorded: {reason}", reason=word(error)), err=True)
        return False
    try:
        change(writer)
    except StoreError as error:
        print_line(_("not recorded: {reason}", reason=word(error)), err=True)
        return False
    finally:
        writer.close()
    return True
