"""`Media` of a desk: every vault is empty."""

# ruff: noqa: ARG002 - the signatures are the port's; a desk needs less than the real thing

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.relay.choices import Choice
from bot.relay.ports import Picture, Post
from storage.records import CreatorId, DiscordId, FanId, Link, LinkId


@dataclass(frozen=True)
class DeskLook:
    """An empty page."""

    post: Post
    choice: Choice | None = None


class DeskMedia:
    """`Media` of a desk: every vault is empty."""

    async def chat_at(self, channel: DiscordId) -> tuple[CreatorId, FanId] | None:
        return None

    async def browse(
        self,
        link: Link,
        owner: DiscordId,
        *,
        kind: str | None,
        folder: str | None,
        search: str,
        fan: FanId | None,
    ) -> DeskLook:
        return DeskLook(Post(body=("The vault is empty.",)))

    async def turn(self, ref: str, owner: DiscordId, own: Collection[LinkId]) -> DeskLook:
        return DeskLook(Post(body=("The vault is empty.",)))

    async def items(
        self, ref: str, which: Sequence[str], owner: DiscordId, own: Collection[LinkId], *, adult: bool
    ) -> tuple[Post, Sequence[Picture]]:
        return Post(body=("An item.",)), ()

    async def suggest(self, link: Link, typed: str, *, several: bool) -> Sequence[tuple[str, str]]:
        return ()

    async def folders(self, link: Link, typed: str) -> Sequence[tuple[str, str]]:
        return ()
