"""A desk's goals: says what was asked for."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from bot.access.permits import Permit
from bot.features.money.goals.service import GoalService
from bot.model.ports import Post
from storage.records import (
    Cents,
    Link,
)
from tests.discord.desk import Desk, DeskServices


class DeskGoals:
    """Names what was asked for, likewise."""

    async def put(self, link: Link, permit: Permit, span: str, cents: Cents | None, *, net: bool) -> str:
        return f"A goal of {link.handle}: {cents} {'net' if net else 'gross'} a {span}."

    async def off(self, link: Link, permit: Permit, span: str) -> str:
        return f"No goal of {link.handle} a {span}."

    async def show(self, link: Link, permit: Permit) -> Post:
        return Post(body=(f"Goals of {link.handle}",))


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""
    return {GoalService: DeskGoals()}
