"""An exercise: a program the learner writes and the judge runs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from studybuddy.core.experiment import Experiment


class ExerciseKind(StrEnum):
    """SCRIPT runs from top to bottom and is observed; FUNCTION is called with the inputs of each case."""

    SCRIPT = "script"
    FUNCTION = "function"


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one run: seconds of wall and CPU time, MB of memory above the start, KB of output."""

    wall_s: float = 10.0
    cpu_s: float = 8.0
    memory_mb: int = 512
    output_kb: int = 8192
    case_wall_s: float = 2.0


@dataclass(frozen=True, slots=True)
class Case:
    """One call of a function exercise. `arguments` and `expected` are JSON values.

    A tree is its level-order list (`[3,9,20,null,null,15,7]`); a generated argument is
    `{"chain": 10000, "side": "left"}`. `public` cases are shown before the first run.
    """

    name: str
    arguments: tuple[Any, ...]
    expected: Any
    public: bool = False
    why: str = ""
    """Which mistake the case catches, in the learner's language."""


@dataclass(frozen=True, slots=True)
class Domain:
    """Which values an argument may have, so that the judge can try others than those of the cases."""

    size: tuple[int, int] = (0, 100)
    """Nodes of a tree, elements of a list, letters of a string: the least and the most."""
    values: tuple[float, float] = (-100, 100)
    """Least and largest number: of the argument itself, of a node, of an element."""
    items: str = "int"
    """Type of the elements of a list: `int`, `float`, `str` or `bool`."""
    letters: str = "abc"
    """What strings are made of."""
    shape: tuple[tuple[int, int], ...] = ((1, 4),)
    """For each axis of an array its least and its largest length."""


@dataclass(frozen=True, slots=True)
class Signature:
    """What a function exercise must define, and of which types its arguments and result are."""

    entry: str
    """`Solution.maxDepth` or `max_depth`."""
    text: str
    """The signature as shown to a learner who left it out."""
    parameters: tuple[str, ...]
    """`tree`, `int`, `float`, `list`, `str`, `bool` or `array`, one per argument; `node`: one of the tree."""
    returns: str


@dataclass(frozen=True, slots=True)
class Observation:
    """Which names of a script the judge watches, and how it decides from them."""

    names: tuple[str, ...]
    """Arrays copied when the first of `gradients` is assigned."""
    gradients: tuple[str, ...]
    """Gradients whose first value is kept."""
    rule: str
    """The judge's own computation, by name: `two-layer-relu` (sum of squares)."""
    loss_pattern: str
    """Regular expression with the groups step and loss."""
    checkpoints: tuple[int, ...] = ()
    """Steps at which the loss must have strictly fallen."""
    final_ratio: float = 1.0
    """Largest allowed loss at the last checkpoint over the loss at the first."""
    shapes: tuple[tuple[str, tuple[int, ...]], ...] = ()
    """Shapes that some of the names must have, so that the network is the lesson's."""

    @property
    def weights(self) -> tuple[str, ...]:
        """The last of the names: one for each gradient, in the same order."""
        return self.names[len(self.names) - len(self.gradients) :]


@dataclass(frozen=True, slots=True)
class Exercise:
    """A program to write, with what is needed to judge it. Sources are Python text."""

    id: str
    kind: ExerciseKind
    title: str
    section: str
    starter: str
    reference: str
    packages: tuple[str, ...] = ()
    limits: Limits = Limits()
    signature: Signature | None = None
    cases: tuple[Case, ...] = ()
    observation: Observation | None = None
    requires: tuple[str, ...] = ()
    """Names the source must use, such as `deque`."""
    hints: tuple[str, ...] = ()
    misconceptions: tuple[tuple[str, str], ...] = ()
    """Pairs of a rule (`off-by-one-low`) and what to say when all failing cases obey it."""
    optional: bool = False
    task: str = ""
    """What is to be done, in a sentence or two of Markdown."""
    domains: tuple[Domain, ...] = ()
    """What each parameter may be; with them the judge looks for an input that breaks the program."""
    own: tuple[Case, ...] = ()
    """Cases the learner keeps, judged after the others; what is expected the reference says."""
    experiments: tuple[Experiment, ...] = ()
    """Changes of the program to try, for a script whose losses are watched."""
    self_report: bool = False
    """There are no tests: the learner says how it went, and no verdict is evidence."""
    of_bank: bool = False
    """Whether programs and tests are the course's own for a known problem, in place of the lesson's."""
    trusted: bool = True
    """False for the code of an imported lesson until the learner allows it: it is shown and never run."""
    problem: int = 0
    """The number of a known problem at LeetCode, whose tests the course brings itself; 0 for none."""

    @property
    def ahead(self) -> tuple[str, ...]:
        """Packages that may be imported before a run is asked for: of code that may not run, none."""
        return self.packages if self.trusted else ()
