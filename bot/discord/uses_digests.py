"""What commands call of a creator's digests."""

from dataclasses import dataclass
from typing import Protocol

from bot.model.ports import Picture, Post
from bot.relay.digest_wish import DigestWish
from storage.records import CreatorId, EffectId, Link


class DigestSetting(Protocol):
    """A creator's digests, for the link's own person. Sentences are what to tell them."""

    async def put(self, link: Link, wish: DigestWish) -> str:
        """Let one come so from now on."""

    async def off(self, link: Link, sort: str | None) -> str:
        """Let one sort come no longer; None: every one."""

    async def show(self, link: Link) -> str:
        """Which there are, and where and when they come."""

    async def live_in(self, link: Link, zone: str) -> str:
        """Let the creator's days be those of another zone."""

    async def creator_of(self, digest: EffectId) -> CreatorId | None:
        """Whose digest this is; None when it is none."""


class DigestPreviews(Protocol):
    """What digests would say, for the link's own person."""

    async def now(self, link: Link, sort: str) -> tuple[Post, Picture | None]:
        """What one would say now; nothing counts as told. Refusals are raised with a sentence."""


@dataclass(frozen=True)
class DigestUses:
    """What `interaction.client.uses.digests` holds."""

    setting: DigestSetting
    previews: DigestPreviews
