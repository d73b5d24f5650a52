"""What a desk says of tracking links: every creator has one."""
# ruff: noqa: ARG002 -- a desk is asked what the real thing is asked

from collections.abc import Sequence

from bot.access.roles import MoneyView
from bot.features.publishing.links.list_service import TrackingLinkListService
from bot.model.ports import Post
from storage.records import Link
from tests.discord.desk import Desk, DeskServices


class DeskTracking:
    """Says what was asked for."""

    async def page(self, link: Link, number: int) -> Post | str:
        return Post(body=("A page of links.",))

    async def show(self, link: Link, typed: str, level: MoneyView) -> Post | str:
        return Post(body=(f"A link, {level}.",))

    async def fans(self, link: Link, typed: str, number: int) -> Post | str:
        return Post(body=("Fans.",))

    async def like(self, link: Link, typed: str) -> Sequence[tuple[str, str]]:
        return (("spring bio", "11111111-2222-4333-8444-555555555555"),)


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""
    return {TrackingLinkListService: DeskTracking()}
