"""Whatever edits a message goes through the rule for late edits."""

import ast

from tests.architecture.source_tree import TOP, modules

RULE = "bot/relay/late_edits.py"
ADAPTERS = ("bot/discord/", "bot/sandbox/")  # Discord itself, real or not


def _edits(source: str) -> bool:
    """Whether it has a message edited by the port itself: `….discord.edit(…)`."""
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "edit"
        and ast.unparse(node.func.value).removeprefix("self.").endswith("discord")
        for node in ast.walk(ast.parse(source))
    )


def test_only_the_rule_for_late_edits_has_messages_edited() -> None:
    editing = [
        path.relative_to(TOP).as_posix()
        for path in modules("bot")
        if _edits(path.read_text(encoding="utf-8"))
    ]
    assert [path for path in editing if not path.startswith(ADAPTERS)] == [RULE]


def test_an_edit_is_seen() -> None:
    assert _edits("self._discord.edit(1, 2, post)")
    assert _edits("self._on.discord.edit(1, 2, post)")
    assert not _edits("self._late.edit(self._discord, effect, place, post)")
