"""Whose servers, who else delivers, who reads along: never by default."""

import ast
from collections.abc import Iterator

from tests.architecture.source_tree import dotted, modules, trees_with

# A default of these would serve all servers, take what others send for lost, or show texts to minors.
NAMED = {"Serving", "Crew", "Restricted"}


def _defaults(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.AnnAssign) and node.value is not None:
            yield ast.unparse(node.annotation)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            args = node.args
            plain = [*args.posonlyargs, *args.args]
            given = [*plain[len(plain) - len(args.defaults) :]]
            given += [one for one, default in zip(args.kwonlyargs, args.kw_defaults, strict=True) if default]
            yield from (ast.unparse(one.annotation) for one in given if one.annotation)


def test_what_would_fail_open_has_no_default() -> None:
    trees = trees_with(modules("bot", "cogs"), *NAMED)
    found = {dotted(path): NAMED & {*_defaults(tree)} for path, tree in trees}
    assert {name: what for name, what in found.items() if what} == {}
