"""What may belong into a gap of a sentence of a known form, such as a shape from the lesson's own code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studybuddy.course.importing.blocks import PYTHON, Block, BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studybuddy.course.importing.suspicions import Gap

LONGEST_LINE = 500
LOOK_BACK = 12
"""Lines above a gap in which its sentence may begin."""

_AXIS = r"[A-Za-z]\w*|\d+"
_TUPLE = rf"\(\s*(?:{_AXIS})(?:\s*,\s*(?:{_AXIS}))*\s*,?\s*\)"
_ASSIGNED = re.compile(r"\s*(?P<name>[A-Za-z_]\w*)\s*=(?!=)\s*(?P<value>[^#]*)(?:#(?P<comment>.*))?\Z")
_SAID = re.compile(rf"(?:shape|形状|->|→)\s*[：:]?\s*(?P<shape>{_TUPLE})\s*\Z", re.IGNORECASE)
_DRAWN = re.compile(
    rf"(?:np|numpy|torch|rng)\.(?:random\.)?(?:randn?|zeros|ones|standard_normal|empty)\(\s*\(?\s*"
    rf"(?P<axes>(?:{_AXIS})(?:\s*,\s*(?:{_AXIS}))*)\s*\)?\s*(?:,\s*\w+\s*=[^)]*)?\)\s*\Z"
)
_SAME = re.compile(
    r"(?:(?:np|torch)\.(?:maximum|tanh|exp|relu|clip|sqrt|square)\(\s*)?(?P<name>[A-Za-z_]\w*)(?:\.copy\(\)|\s*,|\s*\)|\s*\Z)"
)
_TICKED = re.compile(r"`(?P<name>[A-Za-z_]\w*)`")
_NAMED = re.compile(r"(?:是|即|为|等于|的形状|形状为|形状是)\s*\Z")
_PRODUCT = re.compile(
    r"`(?P<one>[A-Za-z_]\w*)\.T(?:\.dot\((?P<two>[A-Za-z_]\w*)\)|\s*@\s*(?P<three>[A-Za-z_]\w*))`"
)
_FRACTION = re.compile(r"\\d?frac\s*\{[^{}$]*(?:\{[^{}$]*\}[^{}$]*)*\}\s*\{[^{}$]*(?:\{[^{}$]*\}[^{}$]*)*\}")
_WEIGHT_GRADIENT = r"\frac{\partial L}{\partial W}"


class Proposals:
    """Knows the shapes that the lesson's code tells, and proposes what its sentences may have said."""

    def __init__(self, blocks: Iterable[Block], texts: list[str]) -> None:
        self._texts = texts
        self._blocks = blocks
        self._shapes: dict[str, tuple[str, ...]] | None = None

    def propose(self, line: str, gap: Gap) -> str:
        """A formula for a gap with its dollars, empty where the sentence has no form that is known."""
        before, after = line[: gap.start], line[gap.end :]
        if "形状必须" in line and re.search(r"形状必须(?:和|与)", line):
            return self._same_shape(before, after)
        if before.rstrip().endswith(("分析", "计算")) and re.match(r"\s*[>\d]", line):
            return self._factor(gap.at)
        if before.endswith("只有") and after.startswith("才"):
            return self._product(gap.at)
        if _NAMED.search(before[-40:]):
            names = _TICKED.findall(before[-200:])
            return self._shape_formula(names[-1]) if names else ""
        return ""

    def _same_shape(self, before: str, after: str) -> str:
        """`… 的形状必须和 … 一样`: the gradient and its weight, in a lesson that speaks of both."""
        if not any(_WEIGHT_GRADIENT in text for text in self._texts):
            names = _TICKED.findall(before[-200:])
            return self._shape_formula(names[-1]) if names and _NAMED.search(before[-40:]) else ""
        if after.lstrip().startswith("的形状必须"):
            return f"${_WEIGHT_GRADIENT}$"
        if before.rstrip().endswith(("形状必须和", "形状必须与")):
            return "$W$"
        names = _TICKED.findall(before[-200:])
        return self._shape_formula(names[-1]) if names and _NAMED.search(before[-40:]) else ""

    def _factor(self, at: int) -> str:
        """`分析 …`: the last factor of the product in the step above."""
        for text in reversed(self._texts[max(0, at - 3) : at]):
            found = _FRACTION.findall(text[:2000])
            if found:
                return f"${found[-1]}$"
        return ""

    def _product(self, at: int) -> str:
        """`只有 … 才`: the shapes in the product that the question is about."""
        for text in reversed(self._texts[max(0, at - LOOK_BACK) : at]):
            found = _PRODUCT.search(text[:2000])
            if found is None:
                continue
            one, two = (self._shape(name) for name in (found["one"], found["two"] or found["three"]))
            return f"${_latex(one[::-1])} \\times {_latex(two)}$" if len(one) == len(two) == 2 else ""
        return ""

    def _shape_formula(self, name: str) -> str:
        shape = self._shape(name)
        return f"${_latex(shape)}$" if shape else ""

    def _shape(self, name: str) -> tuple[str, ...]:
        if self._shapes is None:
            self._shapes = shapes_of(self._blocks)
        return self._shapes.get(name, ())


def shapes_of(blocks: Iterable[Block]) -> dict[str, tuple[str, ...]]:
    """The shapes that the programs' assignments and comments tell, by name; the first time counts."""
    shapes: dict[str, tuple[str, ...]] = {}
    for block in blocks:
        if block.kind is not BlockKind.CODE or block.language not in PYTHON:
            continue
        for line in block.lines:
            found = _ASSIGNED.match(line) if "=" in line and len(line) <= LONGEST_LINE else None
            if found is not None and found["name"] not in shapes:
                shape = _told(found["value"].strip(), found["comment"] or "", shapes)
                if shape:
                    shapes[found["name"]] = shape
    return shapes


def _told(value: str, comment: str, shapes: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    if (said := _SAID.search(comment.strip())) is not None:
        return _axes(said["shape"].strip("() "))
    if (drawn := _DRAWN.match(value)) is not None:
        return _axes(drawn["axes"])
    same = _SAME.match(value)
    return shapes.get(same["name"], ()) if same else ()


def _axes(text: str) -> tuple[str, ...]:
    return tuple(axis.strip() for axis in text.split(",") if axis.strip())


def _latex(shape: tuple[str, ...]) -> str:
    axes = (
        f"{head}_{{{tail}}}" if tail else head for head, _, tail in (axis.partition("_") for axis in shape)
    )
    return "(" + ", ".join(axes) + ")"
