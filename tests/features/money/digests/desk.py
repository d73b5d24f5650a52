"""A desk's digests: nobody wants one."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from bot.features.money.digests.preview_service import DigestPreviewService
from bot.features.money.digests.service import DigestService
from bot.model.ports import Picture, Post
from bot.relay.digest_wish import DigestWish
from storage.records import (
    CreatorId,
    EffectId,
    Link,
)
from tests.discord.desk import MILA, Desk, DeskServices


class DeskDigests:
    """`Digests` of a desk: nobody wants one, and whatever is asked about is Mila's."""

    async def put(self, link: Link, wish: DigestWish) -> str:
        return f"At {wish.hour} in <#{wish.channel}>."

    async def off(self, link: Link, sort: str | None) -> str:
        return "None any more."

    async def now(self, link: Link, sort: str) -> tuple[Post, Picture | None]:
        return Post(title=sort, body=("A preview.",)), None

    async def show(self, link: Link) -> str:
        return "None."

    async def live_in(self, link: Link, zone: str) -> str:
        return zone

    async def creator_of(self, digest: EffectId) -> CreatorId | None:
        return MILA


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""
    one = DeskDigests()
    return {DigestPreviewService: one, DigestService: one}
