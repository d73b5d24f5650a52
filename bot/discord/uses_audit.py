"""What commands and buttons need of the audit; `bot.features.people.audit` is it."""
# ruff: noqa: ARG002 -- where nothing is written down, nothing is read

from collections.abc import Collection, Sequence
from typing import Protocol

from bot.model.ports import Post
from storage.records import CreatorId, DiscordId


class AuditUses(Protocol):
    """The record of who did what. Who may read whose is checked before."""

    async def look(
        self,
        creator: CreatorId,
        owner: DiscordId,
        *,
        channel: DiscordId | None = None,
        member: DiscordId | None = None,
        kind: str | None = None,
        fan: str | None = None,
        days: int | None = None,
    ) -> Post | str:
        """The first page; in a fan's thread, without another one named, what was done for this fan."""

    async def turn(self, ref: str, owner: DiscordId, creators: Collection[CreatorId]) -> Post | str:
        """The page that a button leads to; `creators`: whose audit this person may read at this moment."""

    async def suggest(self, creator: CreatorId, typed: str) -> Sequence[tuple[str, str]]:
        """Fans to offer whose handle or name begins so: what is shown, and what is sent."""


class NoAudit:
    """An audit without lines: what holds until `bot.app.feature_groups` passes in better."""

    async def look(self, creator: CreatorId, owner: DiscordId, **asked: object) -> Post | str:
        """See `AuditUses`, as everywhere here."""
        return "Nothing is written down."

    async def turn(self, ref: str, owner: DiscordId, creators: Collection[CreatorId]) -> Post | str:
        return "Nothing is written down."

    async def suggest(self, creator: CreatorId, typed: str) -> Sequence[tuple[str, str]]:
        return ()
