"""A desk's subscribers: one page, and no file."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from bot.access.permits import Permit
from bot.features.money.subscribers.list_service import SubscriberListPage
from bot.model.ports import Post
from storage.records import Link


class DeskSubscriberList:
    """Says whose was asked for."""

    async def page(self, link: Link, permit: Permit, number: int, *, as_file: bool) -> SubscriberListPage:
        return SubscriberListPage(Post(body=(f"Subscribers of {link.handle}, page {number}",)))
