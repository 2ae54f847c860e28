"""The names of an exercise, and every other way in which a learner may write them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from studybuddy.core.phrase import Phrase
from studybuddy.derivation.signs import FOR_WORD
from studybuddy.i18n import N_

FUNCTIONS = ("softmax", "sigmoid", "relu", "tanh", "exp", "log", "ln", "sqrt", "diag", "sign", "max")
"""Functions that an answer may use. `ReLU` and `σ` are read as these."""
GREEK = (
    *("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu"),
    *("nu", "xi", "omicron", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega"),
)


@dataclass(frozen=True)
class Names:
    """What may be named in an answer.

    `tensors` are all quantities, given or defined, by their own spelling (`delta_Z`, `W_1`); `dimensions` the
    letters of sizes; `loss` what is derived; `others` further spellings of a tensor that the exercise allows.
    """

    tensors: tuple[str, ...]
    dimensions: tuple[str, ...]
    loss: str = "L"
    others: dict[str, str] = field(default_factory=dict)

    @cached_property
    def spellings(self) -> dict[str, str]:
        """Every spelling, with the name it stands for; the exercise's own names come first."""
        found = {name: name for name in (*self.tensors, *self.dimensions)} | self.others
        for name in self.tensors:
            for other in _variants(name):
                found.setdefault(other, name)
        for name in (*self.tensors, *self.dimensions):
            if len(name) == 1 and name.swapcase() not in (*found, "d", "e"):
                found[name.swapcase()] = name
        return found

    @cached_property
    def runs(self) -> tuple[str, ...]:
        """Names and function names that a run of letters may hold, the longest first."""
        words = {word for word in (*self.spellings, *FUNCTIONS, *FOR_WORD, "grad") if word.isalpha()}
        words |= {f"d{name.partition('_')[0]}" for name in self.tensors if name[0].isascii()}
        words |= {letter for letter in GREEK if len(letter) > 2}
        return tuple(sorted(words, key=lambda word: (-len(word), word)))

    def tensor(self, spelling: str) -> str | None:
        """The name that a spelling stands for; None where it is none."""
        return self.spellings.get(spelling)

    def is_tensor(self, spelling: str) -> bool:
        """Whether a spelling stands for a quantity beside the loss."""
        named = self.spellings.get(spelling)
        return named in self.tensors and named != self.loss

    def gradient_of(self, spelling: str) -> str | None:
        """The tensor whose gradient a name such as `dW`, `grad_W` or `delta_W` means, else None."""
        by = f"d{re.escape(self.loss)}_?d_?"
        match = re.fullmatch(rf"(?:{by}|grad_?|delta_|d_?|g_)([^\W_]\w*)", spelling)
        named = self.spellings.get(match[1]) if match else None
        return named if named in self.tensors and named != self.loss else None

    def near(self, spelling: str) -> str | None:
        """The name that somebody meant who wrote its letters in another case; None where there is none."""
        folded = spelling.casefold()
        found = {name for other, name in self.spellings.items() if other.casefold() == folded}
        return found.pop() if len(found) == 1 else None

    def unknown(self, spelling: str) -> Phrase:
        """What to say of a name that is none: which one is meant, or which there are."""
        meant = self.near(spelling)
        if meant is not None:
            words = N_("{name} is no name of this exercise; do you mean {other}?")
            return Phrase.of(words, name=shown(spelling[:30]), other=shown(meant))
        words = N_("{name} is no name of this exercise; there are {known}")
        known = ", ".join(shown(name) for name in (*self.tensors, *self.dimensions))
        return Phrase.of(words, name=shown(spelling[:30]), known=known)


def _variants(name: str) -> list[str]:
    """`delta_Z`: dZ, grad_Z; `W_1`: W1, w1, w_1."""
    stem, _, tail = name.partition("_")
    if stem == "delta":
        bare = tail.replace("_", "")
        return [f"d{tail}", f"d{bare}", f"grad_{tail}", f"d_{tail}", f"delta{tail}", f"grad{tail}"]
    if tail:
        return [f"{stem}{tail}", f"{stem.lower()}{tail}", f"{stem.lower()}_{tail}", f"{stem.upper()}_{tail}"]
    return []


def shown(name: str) -> str:
    """A name as it is written in a sentence: δ_Z, W_1, Z."""
    stem, mark, tail = name.partition("_")
    letter = chr(_GREEK_LETTERS[stem]) if stem in _GREEK_LETTERS else stem
    return letter + mark + tail


_GREEK_LETTERS = dict(zip(GREEK, (code for code in range(0x3B1, 0x3CA) if code != 0x3C2), strict=True))
