"""What the shape x-ray saw of a run: line by line, which arrays of which shapes there were."""

from __future__ import annotations

from dataclasses import dataclass

from studybuddy.core.phrase import Phrase


@dataclass(frozen=True, slots=True)
class Value:
    """A value as the x-ray tells it: an array by its shape, a number by its text, all else by its type."""

    shape: tuple[int, ...] | None = None
    """Of an array or tensor; None for anything else."""
    dtype: str = ""
    text: str = ""
    torch: bool = False
    plain: bool = False
    """Whether it is neither an array nor a number or text: a module, a function, an object."""


@dataclass(frozen=True, slots=True)
class Part:
    """An expression of a statement. `value` None: it was not worked out, or is a constant.

    `does` is `name`, `const`, `other`, `[]`, a sign (`@`, `-=`), `.attribute`, `call` or, of a method or a
    function in a module, `call.name` with the object as the first of those it is done `to`.
    """

    id: int
    source: str
    does: str
    to: tuple[int, ...] = ()
    value: Value | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A statement as it was carried out once."""

    number: int
    kind: str
    """The kind of statement, as the grammar of Python calls it."""
    first: int
    last: int
    source: str
    function: str = ""
    """The function it stands in, empty at top level."""
    call: int = 0
    """Steps with the same number belong to the same call of that function."""
    turns: tuple[tuple[int, int], ...] = ()
    """The loops around it, from the outside: line, and which turn it was."""
    parts: tuple[Part, ...] = ()
    """Expressions in the order in which they were worked out."""
    bound: tuple[tuple[str, Value], ...] = ()
    """Names it gave values; `return` for what a function returned."""
    failed: bool = False
    failing: int | None = None
    """The expression that failed, where it is known."""
    notes: tuple[Phrase, ...] = ()
    """What is wrong with its shapes, or unexpected."""

    def part(self, id: int) -> Part | None:
        """The expression with this number."""
        return next((part for part in self.parts if part.id == id), None)


@dataclass(frozen=True, slots=True)
class XrayTrace:
    """The steps of one run, in the order in which they began."""

    exercise: str
    source: str
    steps: tuple[Step, ...] = ()
    sizes: tuple[tuple[str, int], ...] = ()
    """Names of the program that hold a size: `("N", 64)`."""
    complete: bool = False
    """Whether the program came to its last line; it is ended once its loop has been seen."""
    problem: Phrase | None = None
    """Why it ended otherwise, or could not begin."""
    hint: Phrase | None = None
    """What to do about that."""
    full: bool = False
    """Whether there were more steps than are kept."""
    cut_short: bool = False
    """Whether the time was up before a loop had been seen."""
