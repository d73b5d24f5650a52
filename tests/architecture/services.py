"""Which services the source asks for, read from `service(asked, …)` in it."""

import ast
import importlib
from collections.abc import Iterator
from functools import cache
from typing import Any

from tests.architecture.source_tree import dotted, modules, trees_with


@cache
def asked_services() -> frozenset[type[Any]]:
    """The classes that commands, buttons and the bot itself ask for."""
    paths = [*modules("cogs"), *modules("bot/discord")]
    return frozenset(
        getattr(importlib.import_module(dotted(path)), name)
        for path, tree in trees_with(paths, "service(")
        for name in _asked(tree)
    )


def _asked(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "service":
            _, kind = node.args
            assert isinstance(kind, ast.Name), ast.unparse(node)  # a class, by its own name
            yield kind.id
