"""Puts probes into a program: calls that tell the x-ray what is done, and change nothing.

`h = x @ w1` becomes `begin(7); h = probe(9, probe(5, x) @ probe(6, w1)); bound(7, h)`. Order of evaluation,
short circuits, positions in tracebacks and names in sight stay as they were. Names are read only where the
program has just bound them or reads them next. Nothing is put into class bodies, patterns, annotations,
decorators and defaults.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Callable
from types import CodeType
from typing import Any

from studybuddy.runner.harness.expressions import MARK, SIGNS, Expressions, Node, probe_call, reads_a_size
from studybuddy.runner.harness.failure import FILE

MOST_LINES = 10_000
MOST_NODES = 60_000
"""Of a program that is looked into: a larger one takes seconds to prepare."""
_LEFT_ALONE = (ast.Import, ast.ImportFrom, ast.Pass, ast.Global, ast.Nonlocal)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_LOOPS = (ast.For, ast.AsyncFor, ast.While)
_NEW_SCOPES = (*_FUNCTIONS, ast.ClassDef, ast.Lambda)


class Statement:
    """A statement: its lines, and the function, and the loops of that function, that it stands in."""

    __slots__ = ("change", "first", "function", "kind", "last", "loops", "names", "target", "yields")

    def __init__(self, found: ast.stmt, function: str, loops: tuple[int, ...], yields: bool) -> None:
        self.kind = type(found).__name__
        self.first = found.lineno
        self.last = _end_of_head(found)
        self.function = function
        self.loops = loops
        self.yields = yields
        """Whether its function is a generator, which may rest for ever."""
        self.names: list[str] = []
        """Names that it binds."""
        self.target = self.change = -1
        """Of an augmented assignment the numbers of what it changes, and of itself."""


class Instrumented:
    """A program with probes in it, and what there is to know of their places.

    Raises:
        RecursionError, MemoryError: it is nested too deeply.
        ValueError: it is too large.
    """

    def __init__(self, source: str) -> None:
        self.statements: list[Statement] = []
        self._expressions = Expressions()
        self._function, self._loops, self._yields = "", (), False
        if source.count("\n") > MOST_LINES:
            raise ValueError("too many lines")
        self._tree = ast.parse(source, FILE)
        if sum(1 for _ in ast.walk(self._tree)) > MOST_NODES:
            raise ValueError("too large")
        self._tree.body = self._block(self._tree.body)

    _loops: tuple[int, ...]

    @property
    def nodes(self) -> list[Node]:
        """The expressions by number."""
        return self._expressions.nodes

    @property
    def sized(self) -> set[str]:
        """Names that are given to calls or read off a shape: an int among them may be a size."""
        return self._expressions.sized

    def compiled(self, probes: dict[str, Callable[..., Any]]) -> CodeType:
        """The code with these probes: begin, enter, probe, bound, turn, over, leave, caught."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the plain program was compiled before, and said them
            code = compile(self._tree, FILE, "exec", dont_inherit=True)
        return _filled(code, {MARK + name: probe for name, probe in probes.items()})

    # ---- statements

    def _block(self, body: list[ast.stmt]) -> list[ast.stmt]:
        return [made for statement in body for made in self._statement(statement)]

    def _statement(self, found: ast.stmt) -> list[ast.stmt]:
        if isinstance(found, _FUNCTIONS):
            self._define(found)
            return [found]
        if isinstance(found, ast.ClassDef):
            for member in found.body:
                if isinstance(member, (*_FUNCTIONS, ast.ClassDef)):
                    self._statement(member)
            return [found]
        if isinstance(found, _LEFT_ALONE) or _is_words(found):
            return [found]
        number = self._register(found)
        before = [_tell("begin", found, number, *_name_read_first(found))]
        after: list[ast.stmt] = []
        self._inside(found, number)
        if isinstance(found, _LOOPS):
            after = [_tell("over", found, number)]
        elif isinstance(found, (ast.With, ast.AsyncWith)):
            after = [_tell("caught", found)]
        elif names := self.statements[number].names:
            after = [_tell("bound", found, number, *_reads(names, found))]
        return [*before, found, *after]

    def _register(self, found: ast.stmt) -> int:
        statement = Statement(found, self._function, self._loops, self._yields)
        match found:
            case ast.Assign():
                statement.names = _names(found.targets)
            case ast.AugAssign() | ast.For() | ast.AsyncFor():
                statement.names = _names([found.target])
            case ast.AnnAssign():
                statement.names = _names([found.target]) if found.value is not None else []
        self.statements.append(statement)
        return len(self.statements) - 1

    def _inside(self, found: ast.stmt, number: int) -> None:
        """Put probes into a statement."""
        probed = self._expressions.probed
        match found:
            case ast.If() | ast.Assert():
                found.test = probed(found.test, number)[0]
            case ast.Match():
                found.subject = probed(found.subject, number)[0]
            case ast.Return():
                self._return(found, number)
            case ast.Assign() | ast.AnnAssign() | ast.Expr() if found.value is not None:
                if isinstance(found, ast.Assign) and reads_a_size(found.value):
                    self.sized.update(_names(found.targets))
                found.value = probed(found.value, number)[0]
            case ast.AugAssign():
                target = self._expressions.number(number, found.target, "name", [])
                self.statements[number].target = target
                found.value, part = probed(found.value, number)
                sign = SIGNS[type(found.op)] + "="
                self.statements[number].change = self._expressions.number(number, found, sign, [target, part])
        self._blocks(found, number)

    def _blocks(self, found: ast.stmt, number: int) -> None:
        """Put probes into the blocks of a statement."""
        match found:
            case ast.For() | ast.AsyncFor() | ast.While():
                self._loop(found, number)
            case ast.If():
                found.body, found.orelse = self._block(found.body), self._block(found.orelse)
            case ast.With() | ast.AsyncWith():
                found.body = self._block(found.body)
            case ast.Try() | ast.TryStar():
                self._try(found)
            case ast.Match():
                for case in found.cases:
                    case.body = self._block(case.body)

    def _return(self, found: ast.Return, number: int) -> None:
        if found.value is not None:
            value = self._expressions.probed(found.value, number)[0]
            found.value = probe_call("leave", found.value, number, value)
        elif self._loops and not self._yields:
            found.value = probe_call("leave", found, number, ast.copy_location(ast.Constant(None), found))

    def _loop(self, found: ast.For | ast.AsyncFor | ast.While, number: int) -> None:
        if isinstance(found, ast.While):
            found.test = self._expressions.probed(found.test, number)[0]
        else:
            found.iter = self._expressions.probed(found.iter, number)[0]
        outside, self._loops = self._loops, (*self._loops, number)
        turn = _tell("turn", found, number, *_reads(self.statements[number].names, found))
        found.body = [turn, *self._block(found.body)]
        self._loops = outside
        found.orelse = self._block(found.orelse)

    def _try(self, found: ast.Try | ast.TryStar) -> None:
        found.body, found.orelse = self._block(found.body), self._block(found.orelse)
        found.finalbody = self._block(found.finalbody)
        for handler in found.handlers:
            handler.body = [_tell("caught", handler), *self._block(handler.body)]

    def _define(self, found: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        outside = self._function, self._loops, self._yields
        self._function, self._loops, self._yields = found.name, (), _yields(found)
        statement = Statement(found, self._function, (), self._yields)
        given = (*found.args.posonlyargs, *found.args.args, *found.args.kwonlyargs)
        statement.names = [argument.arg for argument in given]
        self.statements.append(statement)
        number = len(self.statements) - 1
        has_words = isinstance(found.body[0], ast.Expr) and _is_words(found.body[0])
        words, rest = found.body[:has_words], found.body[has_words:]
        enter = _tell("enter", found, number, *_reads(statement.names, found))
        found.body = [*words, enter, *self._block(rest)]
        self._function, self._loops, self._yields = outside


def _tell(probe: str, at: ast.stmt | ast.ExceptHandler, *values: int | ast.expr) -> ast.stmt:
    return ast.copy_location(ast.Expr(probe_call(probe, at, *values)), at)


def _reads(names: list[str], at: ast.stmt) -> list[ast.expr]:
    return [ast.copy_location(ast.Name(name, ast.Load()), at) for name in names]


def _name_read_first(found: ast.stmt) -> list[ast.expr]:
    """The name that an augmented assignment reads before all else."""
    if isinstance(found, ast.AugAssign) and isinstance(found.target, ast.Name):
        return [ast.copy_location(ast.Name(found.target.id, ast.Load()), found.target)]
    return []


def _names(targets: list[ast.expr]) -> list[str]:
    """The plain names among the targets of an assignment, each once."""
    found: dict[str, None] = {}
    waiting = list(reversed(targets))
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Name):
            found[node.id] = None
        elif isinstance(node, (ast.Tuple, ast.List)):
            waiting.extend(reversed(node.elts))
        elif isinstance(node, ast.Starred):
            waiting.append(node.value)
    return list(found)


def _is_words(found: ast.stmt) -> bool:
    """A string or a number that stands alone, such as a docstring."""
    return (
        isinstance(found, ast.Expr) and isinstance(found.value, ast.Constant) and found.value.value is not ...
    )


def _end_of_head(found: ast.stmt) -> int:
    """The last line of a statement, without the block that belongs to it."""
    match found:
        case ast.If() | ast.While():
            return found.test.end_lineno or found.lineno
        case ast.For() | ast.AsyncFor():
            return found.iter.end_lineno or found.lineno
        case ast.With() | ast.AsyncWith():
            return found.items[-1].context_expr.end_lineno or found.lineno
        case ast.Match():
            return found.subject.end_lineno or found.lineno
        case ast.Try() | ast.TryStar() | ast.FunctionDef() | ast.AsyncFunctionDef():
            return found.lineno
    return found.end_lineno or found.lineno


def _yields(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    waiting: list[ast.AST] = list(function.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, (ast.Yield, ast.YieldFrom)):
            return True
        if not isinstance(node, _NEW_SCOPES):
            waiting.extend(ast.iter_child_nodes(node))
    return False


def _filled(code: CodeType, probes: dict[str, Callable[..., Any]]) -> CodeType:
    """The code, and all code in it, with the probes in the place of their marks."""

    def fill(constant: Any) -> Any:
        if type(constant) is CodeType:
            return _filled(constant, probes)
        return probes.get(constant, constant) if type(constant) is str else constant

    return code.replace(co_consts=tuple([fill(constant) for constant in code.co_consts]))
