"""Why shapes do not fit together, and where they fit in a way that is seldom meant."""

from __future__ import annotations

from collections.abc import Sequence

from studybuddy.core.phrase import Phrase
from studybuddy.core.xray import Part, Step
from studybuddy.i18n import N_

INNER = N_("{shapes}: the inner sizes differ, {left} ≠ {right}")
OUTER = N_("{shapes}: the sizes before the last two differ, {left} ≠ {right}")
NO_MATRIX = N_("{shapes}: @ needs arrays on both sides; a number is multiplied with *")
ALIGNED = N_("{shapes}: counted from the right, {left} ≠ {right}, and neither is 1")
OVERFLOWS = N_("{shapes}: the result would be {result}, which does not fit into {target}")
BOTH_STRETCHED = N_("{shapes}: both are stretched, to {result}; is that meant?")
STRETCHED_INTO = N_("{small} is stretched to fit into {target}; is that meant?")
BLANK = N_("{name} is still a blank: ...")

Shape = tuple[int, ...]
_PRODUCTS = frozenset({"@", "@=", "call.dot", "call.matmul", "call.mm"})
_SIGNS = frozenset(["+", "-", "*", "/", "//", "%", "**", "&", "|", "^", "==", "!=", "<", "<=", ">", ">="])
_FUNCTIONS = "maximum minimum fmax fmin add subtract multiply divide power sub mul div"
_BY_ELEMENT = frozenset(_FUNCTIONS.split())


def notes(step: Step) -> tuple[Phrase, ...]:
    """What is to be said of the shapes of a step: of the expression that failed, else of all of them."""
    if step.failed:
        failing = step.part(step.failing) if step.failing is not None else None
        found = _fault(step, failing) if failing is not None else None
        return (found,) if found is not None else ()
    return tuple(note for part in step.parts if (note := _oddity(step, part)) is not None)


def _operands(step: Step, part: Part) -> list[Part]:
    """What an expression is done to, without the module in which a function stands."""
    given = [found for id in part.to if (found := step.part(id)) is not None]
    if part.does.startswith("call.") and given and given[0].value is not None and given[0].value.plain:
        return given[1:]
    return given


def _shapes(operands: Sequence[Part]) -> list[Shape]:
    """Their shapes; a number counts as an array without dimensions."""
    return [(operand.value.shape if operand.value else None) or () for operand in operands]


def _fault(step: Step, part: Part) -> Phrase | None:
    operands = _operands(step, part)
    for operand in operands:
        if operand.value is not None and operand.value.text == "...":
            return Phrase.of(BLANK, name=operand.source)
    if len(operands) != 2 or not any(operand.value and operand.value.shape for operand in operands):
        return None
    left, right = _shapes(operands)
    if part.does in _PRODUCTS:
        return _product_fault(left, right)
    if _by_element(part):
        return _element_fault(part.does.removeprefix("call."), left, right)
    return None


def _product_fault(left: Shape, right: Shape) -> Phrase | None:
    shapes = f"{shape_text(left)} @ {shape_text(right)}"
    if not left or not right:
        return Phrase.of(NO_MATRIX, shapes=shapes)
    inner = right[-2] if len(right) > 1 else right[0]
    if left[-1] != inner:
        return Phrase.of(INNER, shapes=shapes, left=left[-1], right=inner)
    clash = _clash(left[:-2], right[:-2])
    return Phrase.of(OUTER, shapes=shapes, left=clash[0], right=clash[1]) if clash else None


def _element_fault(sign: str, left: Shape, right: Shape) -> Phrase | None:
    shapes = _both(sign, left, right)
    if clash := _clash(left, right):
        return Phrase.of(ALIGNED, shapes=shapes, left=clash[0], right=clash[1])
    result = stretched(left, right)
    if sign.endswith("=") and sign[:-1] in _SIGNS and result != left:
        return Phrase.of(OVERFLOWS, shapes=shapes, result=shape_text(result), target=shape_text(left))
    return None


def _oddity(step: Step, part: Part) -> Phrase | None:
    if not _by_element(part) or part.value is None:
        return None
    operands = _operands(step, part)
    if len(operands) != 2:
        return None
    left, right = _shapes(operands)
    if not left or not right or _clash(left, right):
        return None
    result = stretched(left, right)
    if result not in (left, right):
        shapes = _both(part.does.removeprefix("call."), left, right)
        return Phrase.of(BOTH_STRETCHED, shapes=shapes, result=shape_text(result))
    if _changes(part) and right != left:
        return Phrase.of(STRETCHED_INTO, small=shape_text(right), target=shape_text(left))
    return None


def _by_element(part: Part) -> bool:
    return part.does in _SIGNS or _changes(part) or part.does.removeprefix("call.") in _BY_ELEMENT


def _changes(part: Part) -> bool:
    """Whether it is an augmented assignment of a sign that works element by element."""
    return part.does.endswith("=") and part.does[:-1] in _SIGNS and part.does not in _SIGNS


def _clash(left: Shape, right: Shape) -> tuple[int, int] | None:
    """The first two sizes, from the right, that cannot stand together."""
    for one, other in zip(reversed(left), reversed(right), strict=False):
        if one != other and 1 not in (one, other):
            return one, other
    return None


def stretched(left: Shape, right: Shape) -> Shape:
    """The shape that two shapes which fit together give, element by element."""
    length = max(len(left), len(right))
    pairs = zip((1,) * (length - len(left)) + left, (1,) * (length - len(right)) + right, strict=True)
    return tuple(other if one == 1 else one for one, other in pairs)


def _both(sign: str, left: Shape, right: Shape) -> str:
    if sign.isidentifier():
        return f"{sign}({shape_text(left)}, {shape_text(right)})"
    return f"{shape_text(left)} {sign} {shape_text(right)}"


def shape_text(shape: Shape) -> str:
    """A shape as Python writes it: `(64, 10)`, `(64,)`, `()`."""
    return f"({shape[0]},)" if len(shape) == 1 else f"({', '.join(map(str, shape))})"
