"""A sentence that is not worded yet: rooms return it, screens word it in the learner's language."""

from __future__ import annotations

from typing import NamedTuple, Self


class Phrase(NamedTuple):
    """A catalogue id and what fills its `{braces}`; with a parameter `n` it may have a plural."""

    message: str
    parameters: tuple[tuple[str, object], ...] = ()
    plural: str = ""

    @classmethod
    def of(cls, message: str, /, plural: str = "", **parameters: object) -> Self:
        """A phrase with its parameters as keywords."""
        return cls(message, tuple(parameters.items()), plural)

    def english(self) -> str:
        """The sentence as the program has it, filled in, whatever the language in use is."""
        filled = {key: v.english() if isinstance(v, Phrase) else v for key, v in self.parameters}
        text = self.plural if self.plural and filled.get("n") != 1 else self.message
        return text.format(**filled) if filled else text
