from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from studybuddy.cli.options import StudyCommand
from studybuddy.cli.speaking import speak


@click.command("completion", cls=StudyCommand)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the completion script for SHELL: `eval "$(studybuddy completion zsh)"`."""
    found = get_completion_class(shell)
    assert found is not None
    program = context.find_root().command
    speak(found(program, {}, "studybuddy", "_STUDYBUDDY_COMPLETE").source())
