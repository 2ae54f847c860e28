"""Puts a probe around each expression of a statement: a call that hands its value on.

The probes are constants of the compiled code, found under no name. Left as they are: comprehensions, lambdas,
`yield`, f-strings, slices, and `super()`, which must be called as it is written.
"""

from __future__ import annotations

import ast
from os import urandom

MARK = f"xray {urandom(16).hex()} "
"""Begins the constants that stand for the probes until the code is compiled; no source can hold it."""
_BINARY = "Add + Sub - Mult * Div / FloorDiv // Mod % Pow ** MatMult @ BitAnd & BitOr | BitXor ^"
_SHIFTS = "LShift << RShift >>"
_COMPARING = "Eq == NotEq != Lt < LtE <= Gt > GtE >= Is is IsNot is-not In in NotIn not-in"
_UNARY = "USub - UAdd + Invert ~ Not not"
_words = f"{_BINARY} {_SHIFTS} {_COMPARING} {_UNARY}".split()
SIGNS: dict[type[ast.AST], str] = {
    vars(ast)[name]: sign.replace("-", " ") if len(sign) > 2 else sign
    for name, sign in zip(_words[::2], _words[1::2], strict=True)
}
"""How an operator is written."""
_NO_SIZES = frozenset({"range", "print", "str", "format", "enumerate", "round"})
_SIZES = frozenset({"shape", "size"})
_NOTHING = -1
Place = tuple[int, int, int, int]
"""First line, first column, last line, end; columns in bytes of UTF-8."""


class Node:
    """An expression: where it stands, what it does, and the numbers of those it does it to.

    `operation` is `name`, `const`, `other`, `[]`, a sign (`@`, `-=`), `.attribute`, `call` or, of a method,
    `call.name`, with the object as the first of its parts.
    """

    __slots__ = ("operation", "parts", "place", "statement")

    def __init__(self, statement: int, place: Place, operation: str, parts: list[int]) -> None:
        self.statement = statement
        self.place = place
        self.operation = operation
        self.parts = parts


def probe_call(probe: str, at: ast.AST, *values: int | ast.expr) -> ast.Call:
    """A call of a probe, in the place of `at`."""
    arguments = [ast.Constant(value) if isinstance(value, int) else value for value in values]
    call = ast.Call(ast.Constant(MARK + probe), list(arguments), [])
    for part in (call, call.func, *(value for value in arguments if isinstance(value, ast.Constant))):
        if not hasattr(part, "lineno"):
            ast.copy_location(part, at)
    return call


class Expressions:
    """Puts the probes in, and numbers the expressions in the order in which they are worked out."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.sized: set[str] = set()
        """Names that are given to calls: an int among them may be a size."""
        self._statement = 0

    def probed(self, expression: ast.expr, statement: int) -> tuple[ast.expr, int]:
        """The expression with its probes, and its number."""
        self._statement = statement
        return self._probed(expression)

    def number(self, statement: int, at: ast.expr | ast.stmt, operation: str, parts: list[int]) -> int:
        """Number an expression, or a statement that does something like one."""
        self.nodes.append(
            Node(statement, _place(at), operation, [part for part in parts if part != _NOTHING])
        )
        return len(self.nodes) - 1

    def _probed(self, node: ast.expr) -> tuple[ast.expr, int]:
        if isinstance(node, ast.Starred):
            node.value, part = self._probed(node.value)
            return node, part
        if isinstance(node, ast.NamedExpr):
            node.value, part = self._probed(node.value)
            return node, part
        if _is_constant(node):
            return node, self.number(self._statement, node, "const", [])
        if isinstance(node, (ast.Tuple, ast.List)):
            node.elts, parts = self._all(node.elts)
            return node, self.number(self._statement, node, "other", parts)
        found = self._parts(node)
        if found is None:
            return node, _NOTHING
        number = self.number(self._statement, node, *found)
        return probe_call("probe", node, number, node), number

    def _all(self, nodes: list[ast.expr]) -> tuple[list[ast.expr], list[int]]:
        pairs = [self._probed(node) for node in nodes]
        return [node for node, _ in pairs], [part for _, part in pairs]

    def _parts(self, node: ast.expr) -> tuple[str, list[int]] | None:
        """What an expression does and to which others, these with their probes; None leaves it alone."""
        match node:
            case ast.Name():
                return None if node.id == "__debug__" else ("name", [])
            case ast.Attribute():
                node.value, part = self._probed(node.value)
                return f".{node.attr}", [part]
            case ast.Call():
                return self._call(node)
            case ast.BinOp():
                node.left, left = self._probed(node.left)
                node.right, right = self._probed(node.right)
                return SIGNS[type(node.op)], [left, right]
            case ast.UnaryOp():
                node.operand, part = self._probed(node.operand)
                return SIGNS[type(node.op)], [part]
            case ast.Compare():
                node.left, left = self._probed(node.left)
                node.comparators, others = self._all(node.comparators)
                return (SIGNS[type(node.ops[0])] if len(node.ops) == 1 else "other"), [left, *others]
            case ast.BoolOp():
                node.values, parts = self._all(node.values)
                return "other", parts
            case _:
                return self._rarer_parts(node)

    def _rarer_parts(self, node: ast.expr) -> tuple[str, list[int]] | None:
        match node:
            case ast.IfExp():
                node.test, test = self._probed(node.test)
                node.body, body = self._probed(node.body)
                node.orelse, orelse = self._probed(node.orelse)
                return "other", [test, body, orelse]
            case ast.Subscript():
                node.value, value = self._probed(node.value)
                index = _NOTHING
                if not isinstance(node.slice, (ast.Slice, ast.Tuple)):
                    node.slice, index = self._probed(node.slice)
                return "[]", [value, index]
            case ast.Await():
                node.value, part = self._probed(node.value)
                return "other", [part]
            case ast.ListComp():
                return "other", []
            case _:
                return None

    def _call(self, node: ast.Call) -> tuple[str, list[int]] | None:
        function = node.func
        parts: list[int] = []
        operation = "call"
        if isinstance(function, ast.Name):
            if function.id == "super":
                return None
        elif isinstance(function, ast.Attribute):
            function.value, part = self._probed(function.value)
            parts.append(part)
            operation = f"call.{function.attr}"
        elif not isinstance(function, ast.Lambda):
            node.func, _ = self._probed(function)
        self._find_sizes(node)
        node.args, given = self._all(node.args)
        for keyword in node.keywords:
            keyword.value, part = self._probed(keyword.value)
            if part != _NOTHING and self.nodes[part].operation in ("const", "name") and keyword.arg:
                self.nodes[part].place = _place(keyword)  # to be shown as `axis=0`
            given.append(part)
        return operation, [*parts, *given]

    def _find_sizes(self, call: ast.Call) -> None:
        if isinstance(call.func, ast.Name) and call.func.id in _NO_SIZES:
            return
        waiting: list[ast.AST] = [*call.args, *(keyword.value for keyword in call.keywords)]
        while waiting:
            node = waiting.pop()
            if isinstance(node, ast.Name):
                self.sized.add(node.id)
            elif isinstance(node, (ast.Tuple, ast.List, ast.Starred)):
                waiting.extend(ast.iter_child_nodes(node))


def _place(at: ast.expr | ast.stmt | ast.keyword) -> Place:
    return (at.lineno, at.col_offset, at.end_lineno or at.lineno, at.end_col_offset or at.col_offset)


def reads_a_size(expression: ast.expr) -> bool:
    """Whether a value may be read off a shape: `x.shape[0]`, `len(x)`."""
    for node in ast.walk(expression):
        if isinstance(node, ast.Attribute) and node.attr in _SIZES:
            return True
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "len":
            return True
    return False


def _is_constant(node: ast.expr) -> bool:
    if isinstance(node, ast.UnaryOp):
        node = node.operand
    return isinstance(node, (ast.Constant, ast.JoinedStr))
