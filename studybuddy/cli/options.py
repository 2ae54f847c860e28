"""Options that every command takes, before its name and after it, and lazy loading of the commands."""

from __future__ import annotations

import importlib
from typing import Any

import click

from studybuddy.i18n import LANGUAGES, N_, _, use_language
from studybuddy.study.launch import Launch

COMMANDS: dict[str, tuple[str, str]] = {
    "today": ("studybuddy.cli.today:today", N_("The day's plan.")),
    "lesson": ("studybuddy.cli.lesson:lesson", N_("Print a lesson, or one of its sections.")),
    "lessons": ("studybuddy.cli.lesson:lessons", N_("All lessons and how far you are.")),
    "review": ("studybuddy.cli.review:review", N_("Review the due cards in plain lines.")),
    "cards": ("studybuddy.cli.cards:cards", N_("List cards.")),
    "answer": ("studybuddy.cli.review:answer", N_("Record one review.")),
    "undo": ("studybuddy.cli.review:undo", N_("Take the last undoable thing back.")),
    "tick": ("studybuddy.cli.tick:tick", N_("Tick a checklist item by hand.")),
    "untick": ("studybuddy.cli.tick:untick", N_("Untick a checklist item by hand.")),
    "run": ("studybuddy.cli.run:run_exercise", N_("Run and judge your program for an exercise.")),
    "cases": ("studybuddy.cli.cases:cases", N_("Your own cases of an exercise.")),
    "check": ("studybuddy.cli.check:check", N_("Check an answer to a step of a derivation.")),
    "interview": ("studybuddy.cli.interview:interview", N_("A mock interview in plain lines.")),
    "add": ("studybuddy.cli.own:add", N_("Add a card of your own.")),
    "export": ("studybuddy.cli.export:export", N_("Write your cards as CSV or your log as JSON lines.")),
    "settings": ("studybuddy.cli.settings:settings", N_("Read and change settings.")),
    "stats": ("studybuddy.cli.stats:stats", N_("The figures of your studies.")),
    "fit": ("studybuddy.cli.fit:fit", N_("Fit the memory model to your own reviews.")),
    "reschedule": (
        "studybuddy.cli.reschedule:reschedule",
        N_("Move due days to where the memory model has them."),
    ),
    "import": (
        "studybuddy.cli.importing:import_lessons",
        N_("Import lessons from notebooks, Markdown and text exports."),
    ),
    "trust": ("studybuddy.cli.trust:trust", N_("Allow an imported lesson's code to run.")),
    "untrust": ("studybuddy.cli.trust:untrust", N_("Forbid an imported lesson's code to run.")),
    "lint": ("studybuddy.cli.lint:lint_files", N_("Check lesson files.")),
    "new-lesson": (
        "studybuddy.cli.new_lesson:new_lesson",
        N_("Write a small lesson to begin a new one with."),
    ),
    "doctor": ("studybuddy.cli.care:doctor", N_("Check versions, data and terminal.")),
    "backup": ("studybuddy.cli.care:backup", N_("Write a checked copy of your data and your lessons.")),
    "restore": ("studybuddy.cli.care:restore", N_("Put a backup in the place of your data.")),
    "completion": ("studybuddy.cli.completion:completion", N_("Print the completion script of a shell.")),
    "rebuild": ("studybuddy.cli.care:rebuild", N_("Replay the log into fresh tables.")),
}
"""Every command: where it is, and its line in the list. A command is loaded when it is called."""


def common_options() -> list[click.Parameter]:
    """`--data-dir` and `--lang`, for one command."""
    return [
        click.Option(
            ["--data-dir"],
            metavar="DIR",
            expose_value=False,
            callback=_keep,
            help=N_("Where your data is kept (also STUDYBUDDY_HOME)."),
        ),
        click.Option(
            ["--lang"],
            type=click.Choice(LANGUAGES),
            expose_value=False,
            is_eager=True,
            callback=_keep,
            help=N_("Language of interface and course."),
        ),
    ]


def _keep(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
    """Remember an option wherever it was given; the one nearest to the command's name wins."""
    options = context.find_root().ensure_object(dict)
    if value is not None:
        options[parameter.name] = value
        if parameter.name == "lang":
            use_language(value)


def launch(context: click.Context) -> Launch:
    """What the learner said about data and language."""
    options: dict[str, Any] = context.find_root().ensure_object(dict)
    return Launch(options.get("data_dir"), options.get("lang"))


class Helpful(click.Command):
    """A page of help in the learner's language; the help of an option is a catalogue id."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The line that shows how the command is typed."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), _("Usage: "))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of options, those of click itself included."""
        options = [parameter for parameter in self.get_params(ctx) if isinstance(parameter, click.Option)]
        records = [record for option in options if (record := option.get_help_record(ctx))]
        _write_list(formatter, _("Options:"), [(names, _(text)) for names, text in records])


def _write_list(formatter: click.HelpFormatter, heading: str, rows: list[tuple[str, str]]) -> None:
    formatter.write(f"\n{heading}\n")
    with formatter.indentation():
        formatter.write_dl(rows)


OF_CLICK = (N_("Show this message and exit."), N_("Show the version and exit."))
"""Help of the options that click adds."""


class StudyCommand(Helpful):
    """A command with the common options. Its help is translated when it is shown."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params = [*self.params, *common_options()]

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The command's line in the learner's language, then what else its docstring says."""
        line = COMMANDS.get(self.name or "", ("", ""))[1]
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(_(line))


class StudyGroup(Helpful, click.Group):
    """The program itself: loads a command when it is called, offers the nearest name when there is none."""

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What the program does without a command, and with one."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(_("Open the app on Today; with a command, do that instead."))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, then the commands."""
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of a day."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command."""
        if cmd_name not in COMMANDS:
            return None
        module, _sep, name = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with the nearest command offered for an unknown one."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, n=1, cutoff=0.4)
            name = args[0][:60]
            if near:
                ctx.fail(_("No such command: {name}. Did you mean {near}?", name=name, near=near[0]))
            ctx.fail(_("No such command: {name}.", name=name))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without loading any of them."""
        rows = [(name, _(line)) for name, (_where, line) in COMMANDS.items()]
        _write_list(formatter, _("Commands:"), rows)
