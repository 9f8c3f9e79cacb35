"""Makes mutants of a Python file: each differs in one coefficient, operator or symbol."""

from __future__ import annotations

import ast
import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

OPERATORS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Pow: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.And: ast.Or,
    ast.Or: ast.And,
}
NAMES = {
    "min": "max",
    "max": "min",
    "floor": "ceil",
    "ceil": "floor",
    "all": "any",
    "any": "all",
    "inf": "nan",
}


@dataclass(frozen=True)
class Mutant:
    """A changed file: where, what stood there, what stands there now, and the whole text.

    Equal changes of equal words in one function are told apart by their number.
    """

    file: str
    function: str
    before: str
    after: str
    number: int
    text: str

    @property
    def key(self) -> str:
        """Return the name of the change, the same as long as the words around it stay."""
        number = f" #{self.number}" if self.number > 1 else ""
        return f"{self.file} {self.function}: {self.before} → {self.after}{number}"


def mutants(file: str, text: str) -> Iterator[Mutant]:
    """Yield every mutant of a file, function by function, in the order of its lines."""
    tree = ast.parse(text)
    for function, body in _functions(tree):
        seen: dict[tuple[str, str], int] = {}
        spared = set(_annotations(body))
        for node in list(ast.walk(body)):
            if node in spared:
                continue
            for changed in (*_changes(node), *_another_symbol(node, body)):
                before, after = ast.unparse(node), ast.unparse(changed)
                seen[before, after] = seen.get((before, after), 0) + 1
                mutated = _with(tree, node, changed)
                yield Mutant(file, function, before, after, seen[before, after], mutated)


def _functions(tree: ast.Module) -> Iterator[tuple[str, ast.AST]]:
    """Yield the functions and methods with their names; what stands outside them is no equation."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            for part in node.body:
                if isinstance(part, ast.FunctionDef):
                    yield f"{node.name}.{part.name}", part


def _annotations(function: ast.AST) -> Iterator[ast.AST]:
    """Yield every node of a type, which no test can see."""
    for node in ast.walk(function):
        for kind in (getattr(node, "annotation", None), getattr(node, "returns", None)):
            if isinstance(kind, ast.AST):
                yield from ast.walk(kind)


def _changes(node: ast.AST) -> Iterator[ast.AST]:
    """Yield each way to change one node."""
    match node:
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int(value)):
            yield ast.Constant(value + 1)
        case ast.Constant(value=float(value)):
            yield ast.Constant(float(f"{value * 1.01:.6g}") if value else 1.0)
        case ast.BinOp(op=operator) | ast.AugAssign(op=operator) | ast.BoolOp(op=operator):
            yield from _swapped(node, operator)
        case ast.Compare(ops=[operator, *_]) if type(operator) in OPERATORS:
            changed = copy.deepcopy(node)
            changed.ops[0] = OPERATORS[type(operator)]()  # type: ignore[call-overload]
            yield changed
        case ast.UnaryOp(operand=operand):
            yield operand
        case ast.IfExp():
            yield node.body
            yield node.orelse
        case ast.Name(id=name) if name in NAMES:
            yield ast.Name(NAMES[name], node.ctx)
        case ast.Return(value=ast.Tuple(elts=[first, second, *rest])):
            yield ast.Return(ast.Tuple([second, first, *rest], ast.Load()))


def _another_symbol(node: ast.AST, function: ast.AST) -> Iterator[ast.AST]:
    """Yield the function's next parameter in place of one that is read."""
    if isinstance(node, ast.Name) and isinstance(function, ast.FunctionDef):
        names = [each.arg for each in function.args.args if each.arg not in ("self", "cls")]
        if node.id in names and len(names) > 1:
            yield ast.Name(names[(names.index(node.id) + 1) % len(names)], node.ctx)


def _swapped(node: ast.AST, operator: ast.AST) -> Iterator[ast.AST]:
    if type(operator) in OPERATORS:
        changed = copy.deepcopy(node)
        changed.op = OPERATORS[type(operator)]()  # type: ignore[attr-defined]
        yield changed


class _Exchange(ast.NodeTransformer):
    """Puts one node in the place of another."""

    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self._old, self._new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        """Return the new node for the old one, and every other as it is."""
        return self._new if node is self._old else self.generic_visit(node)


def _with(tree: ast.Module, node: ast.AST, changed: ast.AST) -> str:
    """Return the file with one node replaced; the tree is afterwards as it was."""
    text = ast.unparse(ast.fix_missing_locations(_Exchange(node, changed).visit(tree)))
    _Exchange(changed, node).visit(tree)
    return text
