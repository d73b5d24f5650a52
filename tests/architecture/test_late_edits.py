"""Whatever edits a message goes through the rule for late edits."""

import ast

from tests.architecture.source_tree import TOP, modules, trees_with

RULE = "bot/relay/late_edits.py"
ADAPTERS = ("bot/discord/", "bot/sandbox/")  # Discord itself, real or not


def _edits(tree: ast.Module) -> bool:
    """Whether it has a message edited by the port itself: `….discord.edit(…)`."""
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "edit"
        and ast.unparse(node.func.value).removeprefix("self.").endswith("discord")
        for node in ast.walk(tree)
    )


def test_only_the_rule_for_late_edits_has_messages_edited() -> None:
    editing = [
        path.relative_to(TOP).as_posix()
        for path, tree in trees_with(modules("bot"), ".edit(")
        if _edits(tree)
    ]
    assert [path for path in editing if not path.startswith(ADAPTERS)] == [RULE]


def test_an_edit_is_seen() -> None:
    assert _edits(ast.parse("self._discord.edit(1, 2, post)"))
    assert _edits(ast.parse("self._on.discord.edit(1, 2, post)"))
    assert not _edits(ast.parse("self._late.edit(self._discord, effect, place, post)"))
