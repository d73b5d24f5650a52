"""Whose servers, who else delivers, who reads along: never by default."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source_tree import dotted, modules

# A default of these would serve all servers, take what others send for lost, or show texts to minors.
NAMED = {"Serving", "Crew", "Restricted"}


def _defaults(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.AnnAssign) and node.value is not None:
            yield ast.unparse(node.annotation)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            args = node.args
            plain = [*args.posonlyargs, *args.args]
            given = [*plain[len(plain) - len(args.defaults) :]]
            given += [one for one, default in zip(args.kwonlyargs, args.kw_defaults, strict=True) if default]
            yield from (ast.unparse(one.annotation) for one in given if one.annotation)


def test_what_would_fail_open_has_no_default() -> None:
    found = {dotted(path): NAMED & {*_defaults(path)} for path in modules("bot", "cogs")}
    assert {name: what for name, what in found.items() if what} == {}
