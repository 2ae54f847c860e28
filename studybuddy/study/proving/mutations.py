"""The mistakes that are made in one statement: operators, constants, operands, transposes, axes, calls."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_ARITHMETIC: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div,),
    ast.Div: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
    ast.FloorDiv: (ast.Div, ast.Mult),
    ast.Mod: (ast.FloorDiv,),
    ast.Pow: (ast.Mult,),
}
_ORDERED = (ast.Sub, ast.Div, ast.MatMult, ast.FloorDiv, ast.Mod, ast.Pow)
"""Operations whose operands may not change places."""
_SYMMETRIC = frozenset({"max", "min", "maximum", "minimum", "gcd"})
_TWINS = {
    one: other
    for pair in (
        ("max", "min"),
        ("maximum", "minimum"),
        ("argmax", "argmin"),
        ("sum", "mean"),
        ("any", "all"),
        ("popleft", "pop"),
        ("append", "appendleft"),
        ("left", "right"),
        ("zeros", "ones"),
        ("exp", "log"),
        ("sin", "cos"),
    )
    for one, other in (pair, pair[::-1])
}
_ONE_WAY = {"appendleft": "append", "pop": ""}
"""Names that belong to several types: `list.pop` has no `popleft`."""
_NESTED = frozenset({"body", "orelse", "finalbody", "handlers", "annotation", "returns", "decorator_list"})


@dataclass(frozen=True, slots=True)
class Change:
    """One mutation of a tree, that can be made and taken back."""

    holder: Any
    field: str
    index: int | None
    old: Any
    new: Any
    line: int

    def make(self) -> None:
        """Put the mistake in."""
        self._put(self.new)

    def undo(self) -> None:
        """Take it out again."""
        self._put(self.old)

    def _put(self, value: Any) -> None:
        if self.index is None:
            setattr(self.holder, self.field, value)
        else:
            getattr(self.holder, self.field)[self.index] = value


def changes_of(statement: ast.stmt) -> Iterator[Change]:
    """The mutations of a statement itself, not of those inside it."""
    if isinstance(statement, ast.AugAssign):
        yield from _operators(statement, statement.lineno)
    if isinstance(statement, ast.Return) and statement.value is not None:
        yield _set(statement, "value", ast.Constant(None), statement.lineno)
    if isinstance(statement, ast.If):
        negated = ast.UnaryOp(ast.Not(), statement.test)
        yield _set(statement, "test", negated, statement.lineno)
        yield _set(statement, "test", ast.Constant(True), statement.lineno)
    yield from _below(statement, statement.lineno)


def _below(node: ast.AST, line: int) -> Iterator[Change]:
    """Mutations of every expression under a node."""
    for field, value in ast.iter_fields(node):
        if field in _NESTED:
            continue
        for index, child in enumerate(value) if isinstance(value, list) else ((None, value),):
            if not isinstance(child, ast.AST):
                continue
            here = getattr(child, "lineno", line)
            for new in _instead(child):
                yield Change(node, field, index, child, new, here)
            yield from _operators(child, here)
            if not isinstance(child, ast.JoinedStr):
                yield from _below(child, here)


def _set(holder: ast.AST, field: str, new: Any, line: int) -> Change:
    return Change(holder, field, None, getattr(holder, field), new, line)


def _operators(node: ast.AST, line: int) -> Iterator[Change]:
    """Mutations inside a node: what it does with its operands."""
    match node:
        case ast.Compare(ops=ops):
            for index, operator in enumerate(ops):
                for other in _COMPARED.get(type(operator), ()):
                    yield Change(node, "ops", index, operator, other(), line)
        case ast.BinOp(op=operation) | ast.AugAssign(op=operation):
            for new in _ARITHMETIC.get(type(operation), ()):
                yield _set(node, "op", new(), line)
        case ast.BoolOp(op=junction):
            yield _set(node, "op", ast.Or() if isinstance(junction, ast.And) else ast.And(), line)
        case ast.Attribute(attr=name) if name in _TWINS and _ONE_WAY.get(name, "x"):
            yield _set(node, "attr", _ONE_WAY.get(name, _TWINS[name]), line)
        case ast.keyword(arg="min" | "max" as name):
            yield _set(node, "arg", "max" if name == "min" else "min", line)


def _instead(node: ast.AST) -> Iterator[ast.expr]:
    """What may stand in the place of an expression."""
    match node:
        case ast.Constant(value=value):
            yield from (ast.Constant(other) for other in _constants(value))
        case ast.UnaryOp(op=ast.USub() | ast.Not(), operand=operand):
            yield operand
        case ast.BinOp(left=left, op=operation, right=right) if isinstance(operation, _ORDERED):
            yield ast.BinOp(right, operation, left)
        case ast.BoolOp(values=[first, *others]):
            yield first
            yield others[-1]
        case ast.Attribute(value=value, attr="T"):
            yield value
        case ast.IfExp(test=test, body=body, orelse=orelse):
            yield ast.IfExp(test, orelse, body)
        case ast.Call():
            yield from _calls(node)


def _constants(value: Any) -> tuple[Any, ...]:
    if isinstance(value, bool):
        return (not value,)
    if isinstance(value, int):
        return value + 1, value - 1
    if isinstance(value, float):
        return (value * 2,)
    return ()


def _calls(call: ast.Call) -> Iterator[ast.expr]:
    """A call with other arguments, by another name, or left out."""
    plain = not call.keywords and not any(isinstance(part, ast.Starred) for part in call.args)
    function = call.func
    name = function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
    if isinstance(function, ast.Name) and name in _TWINS:
        yield ast.Call(ast.Name(_TWINS[name]), call.args, call.keywords)
    if not plain or name == "print":
        return
    if name in _SYMMETRIC and len(call.args) == 2:
        yield from call.args
    elif len(call.args) == 2:
        yield ast.Call(function, call.args[::-1], [])
    elif len(call.args) == 1 and name == "range":
        for operation in (ast.Add(), ast.Sub()):
            yield ast.Call(function, [ast.BinOp(call.args[0], operation, ast.Constant(1))], [])
    elif len(call.args) == 1 and name not in ("deque",):
        yield call.args[0]
    elif not call.args and isinstance(function, ast.Attribute):
        yield function.value
