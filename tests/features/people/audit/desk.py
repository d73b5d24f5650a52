"""An audit in memory: no lines, one fan to offer."""

# ruff: noqa: ARG002 - the signatures are the real one's; a desk needs less than the real thing

from collections.abc import Collection, Sequence

from bot.features.people.audit.service import AuditService
from bot.model.ports import Post
from storage.records import CreatorId, DiscordId
from tests.discord.desk import Desk, DeskServices

_NOTHING = "Nothing is written down."


class DeskAudit:
    """Whoever may ask is offered somebody."""

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
        return _NOTHING

    async def turn(self, ref: str, owner: DiscordId, creators: Collection[CreatorId]) -> Post | str:
        return _NOTHING

    async def suggest(self, creator: CreatorId, typed: str) -> Sequence[tuple[str, str]]:
        """One fan of each creator."""
        return [(f"Nora {typed}".strip(), f"pseudonym of {creator}")]


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""
    return {AuditService: DeskAudit()}
