"""Fans who wait, are claimed or snoozed, with names and threads."""

from dataclasses import dataclass
from typing import Final

from storage.database import Transaction
from storage.engine.namesakes import ALIKE_BESIDE
from storage.inbox.conversations import Conversation, talk_of
from storage.records import CreatorId, DiscordId, Millis
from storage.rows import record_of


@dataclass(frozen=True)
class WaitingFan:
    """A talk with what is needed to name its fan and to go there."""

    talk: Conversation
    handle: str | None
    display_name: str | None
    guild: DiscordId | None  # of the fan's thread, once Discord has it
    thread: DiscordId | None
    mistakable: bool = True  # another fan of the creator is named alike, as far as anybody told


# Each of the three by its own index; OR would read every talk that the creator ever had.
STANDING: Final = f"""SELECT k.*, f.handle, f.display_name, t.guild_id, t.thread_id,
           CASE WHEN {ALIKE_BESIDE} THEN 1 ELSE 0 END AS mistakable
    FROM (SELECT * FROM (SELECT * FROM (SELECT * FROM talks
                WHERE creator_uuid = :creator AND waiting_since IS NOT NULL
                ORDER BY waiting_since, fan_uuid LIMIT :limit) AS waiting
            UNION SELECT * FROM talks
                WHERE creator_uuid = :creator AND claimed_until IS NOT NULL AND claimed_until > :now
            UNION SELECT * FROM talks
                WHERE creator_uuid = :creator AND snoozed_until IS NOT NULL AND snoozed_until > :now) AS every
          ORDER BY CASE WHEN waiting_since IS NULL THEN 1 ELSE 0 END, waiting_since, fan_uuid
          LIMIT :limit) k
    LEFT JOIN fans f ON f.creator_uuid = k.creator_uuid AND f.fan_uuid = k.fan_uuid
    LEFT JOIN threads t ON t.creator_uuid = k.creator_uuid AND t.fan_uuid = k.fan_uuid
         AND t.state = 'open'
         AND t.generation = (SELECT MAX(generation) FROM threads
                             WHERE creator_uuid = k.creator_uuid AND fan_uuid = k.fan_uuid)
    ORDER BY CASE WHEN k.waiting_since IS NULL THEN 1 ELSE 0 END, k.waiting_since, k.fan_uuid"""  # noqa: S608 - constants


async def standing(tx: Transaction, creator: CreatorId, *, now: Millis, limit: int) -> list[WaitingFan]:
    """A creator's talks in which somebody waits, or that are claimed or out of sight; the longest first."""
    rows = await tx.all(STANDING, creator=creator, now=now, limit=limit)
    return [record_of(WaitingFan, row, talk=talk_of(row)) for row in rows]


async def creators(tx: Transaction) -> list[CreatorId]:
    """Every creator who has a board, or for whom somebody waits."""
    rows = await tx.all(
        """SELECT creator_uuid FROM waiting_boards
           UNION SELECT creator_uuid FROM talks WHERE waiting_since IS NOT NULL"""
    )
    return sorted(CreatorId(row["creator_uuid"]) for row in rows)
