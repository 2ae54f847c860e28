"""Words in the learner's language.

Message ids are the English sentences. A language is chosen once at start and may be switched at any moment;
whoever shows a string calls `_()` when drawing, so that a switch shows at once.
"""

from __future__ import annotations

import gettext
import os
from datetime import date
from functools import cache

from studybuddy.core.errors import StudybuddyError, UnknownIdError
from studybuddy.core.phrase import Phrase

LANGUAGES = ("zh", "en")
_LOCALES = {"zh": "zh_CN", "en": "en"}
LOCALE_DIR = os.path.join(os.path.dirname(__file__), "locale")  # noqa: PTH118, PTH120


class _Catalogue:
    """The catalogue in use; one for the process, like the language of the screen."""

    language = "en"
    translations: gettext.NullTranslations = gettext.NullTranslations()


def language_from_environment() -> str:
    """`zh` for a Chinese locale, `en` for any other, in the order POSIX gives the variables."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(variable):
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


def use_language(language: str) -> None:
    """Switch the process to a language of `LANGUAGES`; a missing catalogue leaves the English ids."""
    _Catalogue.language = language
    _Catalogue.translations = _catalogue(language)


def translation(message: str, language: str) -> str:
    """A message in a language that need not be the one in use, for whoever searches in both."""
    return _catalogue(language).gettext(message)


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    path = os.path.join(LOCALE_DIR, _LOCALES[language], "LC_MESSAGES", "studybuddy.mo")  # noqa: PTH118
    try:
        with open(path, "rb") as catalogue:  # noqa: PTH123
            return gettext.GNUTranslations(catalogue)
    except OSError:
        return gettext.NullTranslations()


def language() -> str:
    """The language in use, `zh` or `en`."""
    return _Catalogue.language


def _(message: str, /, **parameters: object) -> str:
    """The message in the learner's language, its `{parameters}` filled in."""
    text = _Catalogue.translations.gettext(message) if message else ""
    for name in _REASON_NAMES.intersection(parameters):
        if (reason := parameters[name]) in SYSTEM_REASONS:
            parameters[name] = _Catalogue.translations.gettext(str(reason))
    return text.format(**parameters) if parameters else text


def ngettext(singular: str, plural: str, n: int, /, **parameters: object) -> str:
    """The message in the number that `n` asks for; `{n}` and the parameters are filled in."""
    return _Catalogue.translations.ngettext(singular, plural, n).format(n=n, **parameters)


def N_(message: str, /) -> str:
    """Mark a message for the catalogue without translating it yet."""
    return message


def say(phrase: Phrase | None, /) -> str:
    """A phrase of another room, worded with the phrases among its parameters; empty for None."""
    if phrase is None:
        return ""
    parameters = {key: say(v) if isinstance(v, Phrase) else v for key, v in phrase.parameters}
    if phrase.plural:
        return ngettext(phrase.message, phrase.plural, int(str(parameters.pop("n"))), **parameters)
    return _(phrase.message, **parameters)


def word(error: StudybuddyError, /) -> str:
    """What an error has to say, worded."""
    if not isinstance(error, UnknownIdError):
        return _(error.message, **error.parameters)
    text = _(_UNKNOWN.get(str(error.parameters["kind"]), "no {kind} {wanted}"), **error.parameters)
    return text + _("; nearest: {nearest}", nearest=", ".join(error.nearest)) if error.nearest else text


_REASON_NAMES = frozenset({"reason", "why"})
"""Parameters that hold why the system refused something, in its own English words."""
SYSTEM_REASONS = (
    *(N_("Permission denied"), N_("Operation not permitted"), N_("Read-only file system")),
    *(N_("No such file or directory"), N_("Is a directory"), N_("Not a directory"), N_("File exists")),
    *(N_("No space left on device"), N_("Disk quota exceeded"), N_("Input/output error")),
    *(N_("File name too long"), N_("Too many levels of symbolic links"), N_("Too many open files")),
    *(N_("Cannot allocate memory"), N_("Exec format error"), N_("Resource temporarily unavailable")),
)
"""What the system says most; anything else is shown as it says it."""
_UNKNOWN = {
    "card": N_("no card {wanted}"),
    "checklist item": N_("no checklist item {wanted}"),
    "derivation": N_("no derivation {wanted}"),
    "exercise": N_("no exercise {wanted}"),
    "experiment": N_("no experiment {wanted}"),
    "lesson": N_("no lesson {wanted}"),
    "preset": N_("no preset {wanted}"),
    "question": N_("no question {wanted}"),
    "section": N_("no section {wanted}"),
    "setting": N_("no setting {wanted}"),
}
"""A sentence for each kind of id: another language does not put one together like English."""

_WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
_MONTHS = (
    *(N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun")),
    *(N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec")),
)


def day_name(day: date, /) -> str:
    """A day as it is written at the top of a screen: `Sun 22 Nov`, `11月22日 周日`."""
    return _(
        "{weekday} {day} {month}",
        weekday=_(_WEEKDAYS[day.weekday()]),
        day=day.day,
        month=_(_MONTHS[day.month - 1]),
    )


def short_day(day: date, /) -> str:
    """A day without its weekday: `22 Nov`, `11月22日`."""
    return _("{day} {month}", day=day.day, month=_(_MONTHS[day.month - 1]))


def weekday_name(weekday: int, /) -> str:
    """A weekday from Monday, 0, to Sunday, 6: `Mon`, `周一`."""
    return _(_WEEKDAYS[weekday])


def month_name(month: int, /) -> str:
    """A month from 1 to 12: `Jan`, `1月`."""
    return _(_MONTHS[month - 1])
