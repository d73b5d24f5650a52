"""Drafts of posts that belong to nobody alone: which wait for a manager."""

from collections.abc import Sequence

from storage.database import Transaction
from storage.records import CreatorId, DiscordId, DraftId, Millis


async def waiting(
    tx: Transaction, creators: Sequence[CreatorId], guild: DiscordId, *, now: Millis
) -> list[DraftId]:
    """What waits for somebody who may publish for these creators on this server, oldest first."""
    found: list[tuple[Millis, DraftId]] = []
    for creator in creators:
        rows = await tx.all(
            """SELECT d.id, d.created_at FROM drafts d JOIN proposals p ON p.draft_id = d.id
               WHERE d.creator_uuid = :creator AND d.guild_id = :guild AND d.owner IS NULL
                 AND d.action = 'post.propose' AND d.state = 'open' AND d.expires_at > :now""",
            creator=creator,
            guild=guild,
            now=now,
        )
        found += [(row["created_at"], DraftId(row["id"])) for row in rows]
    return [ref for _, ref in sorted(found)]
