"""`Guarding` of a desk: it looks for nothing."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from collections.abc import Mapping

from bot.access.permits import Permit
from bot.features.inbox.guard.packs import GuardLevel
from bot.features.inbox.guard.setting import GuardSetting
from bot.model.ports import Post
from tests.discord.desk import Desk, DeskServices


class DeskGuarding:
    """A guard that says what it was asked."""

    async def show(self, permit: Permit) -> Post:
        return Post(body=("Nothing is looked for.",))

    async def put(self, permit: Permit, pack: str, level: str) -> str:
        return f"{pack}: {level}."

    async def test(self, permit: Permit, text: str, words: Mapping[str, GuardLevel]) -> Post:
        return Post(body=("It would leave.",))


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""
    return {GuardSetting: DeskGuarding()}
