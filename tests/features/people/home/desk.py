"""`/home` of a desk: nothing waits."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from collections.abc import Mapping

from bot.access.permits import Actor
from bot.access.policy import Action
from bot.features.people.home.service import HomeService
from bot.model.ports import Post
from tests.discord.desk import Desk, DeskServices


class DeskHome:
    """Nothing is there but the panel."""

    async def show(self, actor: Actor, commands: Mapping[str, Action]) -> Post:
        return Post(body=("Home.",))

    def command(self, key: str) -> str | None:
        return None


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""
    return {HomeService: DeskHome()}
