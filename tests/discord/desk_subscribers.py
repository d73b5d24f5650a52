"""`SubscriberUses` of a desk: one page, and no file."""

# ruff: noqa: ARG002 - the signatures are the port's; a desk needs less than the real thing

from dataclasses import dataclass

from bot.access.permits import Permit
from bot.model.ports import Post
from storage.records import Link


@dataclass(frozen=True)
class DeskListed:
    """A page without a file."""

    post: Post
    file: bytes | None = None


class DeskSubscriberList:
    """`SubscriberUses` of a desk, likewise."""

    async def page(self, link: Link, permit: Permit, number: int, *, as_file: bool) -> DeskListed:
        return DeskListed(Post(body=(f"Subscribers of {link.handle}, page {number}",)))
