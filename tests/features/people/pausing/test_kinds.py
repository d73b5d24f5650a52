"""Whether a pause holds it is said of every kind of effect on Fanvue."""

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

from bot.features.operations.problems.effect_names import WHAT
from bot.features.publishing.proposals.model import PREFIX
from storage.engine.sends import ASKS, CHANGES, HARMLESS, SENT
from tests.architecture.source_tree import dotted, modules, trees_with


def test_every_kind_is_called_sent_a_change_or_harmless() -> None:
    trees = trees_with(modules("bot"), "network=")
    wanted = {kind for path, tree in trees for kind in kinds_of(path, tree)}
    proposed = {kind for kind in WHAT if kind.startswith(PREFIX)}

    assert wanted > {"chat.send", "posts.look", "comments.read"}  # it finds what it looks for
    assert (wanted | proposed) - {*SENT, *CHANGES, *ASKS, *HARMLESS} == set()


def kinds_of(path: Path, tree: ast.Module) -> Iterator[str]:
    """Kinds that a module wants on Fanvue, as far as they are named there."""
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call):
            continue
        given = {one.arg: one.value for one in call.keywords}
        network = given.get("network")
        if not (isinstance(network, ast.Constant) and network.value == "fanvue"):
            continue
        kind = given.get("kind") or (call.args[1] if len(call.args) > 1 else None)
        if isinstance(kind, ast.Constant):
            yield str(kind.value)
        elif isinstance(kind, ast.Name):
            module = importlib.import_module(dotted(path))
            if hasattr(module, kind.id):  # else whoever calls says it: the steps of a list
                yield getattr(module, kind.id)
