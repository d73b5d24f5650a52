"""Whatever is written down has words that people read."""

import ast
import re
from pathlib import Path

import bot
from bot.features.people.audit import action_texts
from tests.architecture.source_tree import trees_with

WRITERS = {"write", "note", "_note", "looked"}
ACTION = re.compile(r"[a-z]+\.[a-z_]+")
# Lines about no creator, which /team audit shows to nobody.
UNSEEN = {
    *("database.restored", "link.answer", "link.other_person", "rights.signed"),
    *("page.sign_in", "page.sign_out", "page.other_person"),
}


def written() -> set[str]:
    """Every action that a call to one of the writers names."""
    found: set[str] = set()
    paths = Path(next(iter(bot.__path__))).rglob("*.py")
    for path, tree in trees_with(paths, *WRITERS):
        if "sandbox" in path.parts:
            continue
        for call in ast.walk(tree):
            if (
                isinstance(call, ast.Call)
                and isinstance(call.func, ast.Attribute)
                and call.func.attr in WRITERS
            ):
                given = [part for one in call.args for part in ast.walk(one)]
                texts = [one.value for one in given if isinstance(one, ast.Constant)]
                found |= {text for text in texts if isinstance(text, str) and ACTION.fullmatch(text)}
    return found


def test_every_action_has_words() -> None:
    found = written()

    assert {"team.grant", "pause.on", "privacy.forget", "link.connected"} <= found
    assert found - set(action_texts.DID) - UNSEEN == set()
