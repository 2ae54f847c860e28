"""The Chinese catalogue: in step with the code, complete, and written as Chinese is."""

from __future__ import annotations

import ast
import errno
import importlib
import os
import pkgutil
import re
from collections.abc import Iterator
from datetime import date
from importlib.util import module_from_spec, spec_from_file_location
from io import BytesIO
from pathlib import Path
from string import Formatter
from types import ModuleType
from typing import NamedTuple

import pytest
from babel.messages.pofile import read_po

import studybuddy.tui.screens
from studybuddy.core.errors import StoreFullError, StoreReadOnlyError, UnknownIdError
from studybuddy.core.phrase import Phrase
from studybuddy.i18n import (
    LANGUAGES,
    SYSTEM_REASONS,
    _,
    day_name,
    language,
    ngettext,
    say,
    use_language,
    word,
)
from studybuddy.text import cell_width
from studybuddy.tui.commands import GLOBAL, LANGUAGE, Command
from studybuddy.tui.screens.base import StudyScreen

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
WIDEST_LABEL = 8
"""Cells of a word in the footer: four Chinese characters."""


def load_script() -> ModuleType:
    """`scripts/catalogue.py`, which is no package's module."""
    path = Path(__file__).parents[2] / "scripts" / "catalogue.py"
    spec = spec_from_file_location("catalogue", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SCRIPT = load_script()
PO: bytes = (SCRIPT.FOLDER / "studybuddy.po").read_bytes()
MO: bytes = (SCRIPT.FOLDER / "studybuddy.mo").read_bytes()


class Pair(NamedTuple):
    """One form of a message and its translation."""

    message: str
    translation: str


def pairs() -> list[Pair]:
    """Every translation beside its message; where there is a plural, beside the plural."""
    catalogue = read_po(BytesIO(PO), locale="zh_CN")
    return [
        Pair(SCRIPT.forms(message.id)[-1], form)
        for message in catalogue
        if message.id
        for form in SCRIPT.forms(message.string)
    ]


@pytest.fixture(autouse=True)
def _english_afterwards() -> Iterator[None]:
    yield
    use_language("en")


def ids(catalogue: object) -> set[tuple[str, ...]]:
    assert hasattr(catalogue, "__iter__")
    return {tuple(SCRIPT.forms(message.id)) for message in catalogue if message.id}


def test_the_catalogue_holds_the_messages_of_the_code() -> None:
    of_code, of_file = ids(SCRIPT.extracted()), ids(read_po(BytesIO(PO), locale="zh_CN"))
    assert of_code - of_file == set(), "run scripts/catalogue.py"
    assert of_file - of_code == set(), "run scripts/catalogue.py"
    assert len(of_code) > 400


def test_the_file_is_as_the_script_writes_it() -> None:
    assert SCRIPT.written(SCRIPT.merged()) == PO


def test_nothing_is_untranslated() -> None:
    assert SCRIPT.untranslated(SCRIPT.merged()) == []


def test_the_compiled_catalogue_is_that_of_the_file() -> None:
    assert SCRIPT.compiled(PO) == MO


def test_every_way_to_mark_a_message_is_found() -> None:
    source = """
_("plain")
f"a {_('in an f-string')} b"
N_("in "
   "two pieces")
UsageError("{file} is no file", file=file)
ngettext("{n} day", "{n} days", n)
Phrase.of(N_("{n} card"), plural=N_("{n} cards"), n=n)
_(variable)
other("not a message")
"""
    assert set(SCRIPT.messages(ast.parse(source))) == {
        "plain",
        "in an f-string",
        "in two pieces",
        "{file} is no file",
        ("{n} day", "{n} days"),
        ("{n} card", "{n} cards"),
    }


def placeholders(text: str) -> set[tuple[str, str, str]]:
    """Name, format and conversion of every `{placeholder}`."""
    return {
        (name, spec or "", conversion or "")
        for _text, name, spec, conversion in Formatter().parse(text)
        if name is not None
    }


@pytest.mark.parametrize("pair", pairs(), ids=lambda pair: pair.message[:40])
def test_a_translation_has_the_placeholders_of_its_message(pair: Pair) -> None:
    assert placeholders(pair.translation) == placeholders(pair.message)
    assert all(name.isidentifier() for name, _spec, _conversion in placeholders(pair.message))


def test_placeholders_are_compared_with_their_formats() -> None:
    assert placeholders("loss {first:.2g} of {name!r}") == {("first", ".2g", ""), ("name", "", "r")}
    assert placeholders("损失 {first}") != placeholders("loss {first:.2g}")


def test_chinese_has_chinese_punctuation() -> None:
    half_width = re.compile(r"[\u4e00-\u9fff][,.?!;:()]")
    assert [pair for pair in pairs() if half_width.search(pair.translation)] == []


def test_chinese_keeps_a_space_from_latin_letters_and_numbers() -> None:
    tight = re.compile(r"[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u4e00-\u9fff]")
    found = [pair for pair in pairs() if tight.search(pair.translation)]
    assert [pair.message for pair in found if pair.message not in MONTHS] == []


def test_a_translation_keeps_the_lines_and_keys_of_its_message() -> None:
    key = re.compile(r"\^[a-z]|ctrl\+[a-z]|\bEsc\b|\bEnter\b|\bSpace\b")
    for message, translation in pairs():
        assert translation.count("\n") == message.count("\n"), message
        assert set(key.findall(translation)) <= set(key.findall(message)), message


def footer_commands() -> list[Command]:
    """The commands of all screens that stand in a footer."""
    for module in pkgutil.iter_modules(studybuddy.tui.screens.__path__):
        importlib.import_module(f"studybuddy.tui.screens.{module.name}")
    waiting: list[type[StudyScreen]] = [StudyScreen]
    commands = list(GLOBAL)
    while waiting:
        screen = waiting.pop()
        commands += screen.COMMANDS_HERE
        waiting += screen.__subclasses__()
    return [command for command in commands if command.footer]


def test_words_of_the_footer_are_short() -> None:
    use_language("zh")
    words = {command.label: _(command.label) for command in footer_commands()}
    assert len(words) > 20
    assert {label: said for label, said in words.items() if cell_width(said) > WIDEST_LABEL} == {}


def test_the_language_is_switched_at_once() -> None:
    use_language("zh")
    assert (language(), _("Today"), _("~{n} min", n=6)) == ("zh", "今天", "约 6 分钟")
    use_language("en")
    assert (language(), _("Today"), _("~{n} min", n=6)) == ("en", "Today", "~6 min")


@pytest.mark.parametrize(("chosen", "offered"), [("zh", "English"), ("en", "中文")])
def test_the_switch_offers_the_other_language(chosen: str, offered: str) -> None:
    use_language(chosen)
    assert _(LANGUAGE.label) == offered


@pytest.mark.parametrize("chosen", LANGUAGES)
def test_what_no_catalogue_knows_stays_as_it_is(chosen: str) -> None:
    use_language(chosen)
    assert _("") == ""
    assert _("AC") == "AC"


def test_one_and_many() -> None:
    use_language("en")
    assert [ngettext("{n} card", "{n} cards", n) for n in (0, 1, 2)] == ["0 cards", "1 card", "2 cards"]
    days = Phrase.of("{n} day", plural="{n} days", n=1)
    assert say(days) == "1 day"
    use_language("zh")
    assert [ngettext("{n} card", "{n} cards", n) for n in (0, 1, 2)] == ["0 张", "1 张", "2 张"]
    assert say(days) == "1 天"


def test_a_phrase_may_hold_another() -> None:
    wait = Phrase.of("in {wait}", wait=Phrase.of("{n} day", plural="{n} days", n=3))
    assert say(wait) == "in 3 days"
    use_language("zh")
    assert (say(wait), say(None)) == ("3 天后", "")


def test_a_day_is_written_as_the_language_does() -> None:
    day = date(2026, 11, 22)
    assert day_name(day) == "Sun 22 Nov"
    use_language("zh")
    assert day_name(day) == "11月22日 周日"
    assert [_(month) for month in MONTHS] == [f"{number}月" for number in range(1, 13)]


def test_errors_are_worded_in_both_languages() -> None:
    full, unknown = (
        StoreFullError("the disk is full; nothing was saved. Free some space and try again"),
        UnknownIdError("card", "dz", ("dw", "dx")),
    )
    assert [word(full), word(unknown)] == [str(full), str(unknown)]
    use_language("zh")
    assert word(full) == "磁盘已满，没有保存任何内容。请腾出空间再试"
    assert word(unknown) == "没有 dz 这张卡片；相近的有：dw, dx"


def test_what_the_system_refused_is_said_in_the_learners_language() -> None:
    error = StoreReadOnlyError(
        "{path} cannot be used ({reason}); nothing was saved", path="/x", reason=os.strerror(errno.EACCES)
    )
    assert word(error) == "/x cannot be used (Permission denied); nothing was saved"
    use_language("zh")
    assert word(error) == "无法使用 /x（权限不足），没有保存任何内容"
    assert _("cannot read {file}: {reason}", file="x", reason="Something rare").endswith("Something rare")
    assert _("by you: {reason}", reason="Today").endswith("Today"), "a learner's own words stay"


def test_the_reasons_are_those_of_this_system() -> None:
    said = {os.strerror(number) for number in errno.errorcode}
    assert {reason for reason in SYSTEM_REASONS if reason not in said} <= {"Disk quota exceeded"}


@pytest.mark.parametrize(
    "kind", ["card", "checklist item", "derivation", "exercise", "lesson", "question", "setting"]
)
def test_an_unknown_id_is_the_same_sentence_in_english(kind: str) -> None:
    error = UnknownIdError(kind, "x")
    assert word(error) == str(error)
    use_language("zh")
    assert word(error) != str(error)
