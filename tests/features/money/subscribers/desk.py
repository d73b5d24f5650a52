"""A desk's subscribers: one page, and no file."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from bot.access.permits import Permit
from bot.access.roles import MoneyView
from bot.features.money.subscribers.list_service import SubscriberListPage, SubscriberListService
from bot.features.money.subscribers.service import SubscribersService
from bot.model.ports import Picture, Post
from storage.records import (
    Link,
)
from tests.discord.desk import Desk, DeskServices


class DeskSubscribers:
    """Names what was asked for."""

    async def subscribers(self, link: Link, period: str, level: MoneyView) -> tuple[Post, Picture | None]:
        return Post(body=(f"Subscribers of {link.handle}, {period}",)), None


class DeskSubscriberList:
    """Says whose was asked for."""

    async def page(self, link: Link, permit: Permit, number: int, *, as_file: bool) -> SubscriberListPage:
        return SubscriberListPage(Post(body=(f"Subscribers of {link.handle}, page {number}",)))


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""
    return {SubscribersService: DeskSubscribers(), SubscriberListService: DeskSubscriberList()}
