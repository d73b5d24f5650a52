"""The languages that members chose for themselves, and leads for channels."""

from typing import Final

from storage.database import FrequentStatement, Transaction
from storage.records import CreatorId, DiscordId, Millis

CHANNELS: Final = DiscordId(0)  # in the place of a member: what everybody reads

_OF_CHANNELS = FrequentStatement(
    "SELECT language FROM languages WHERE creator_uuid = :creator AND member_id = 0"
)
_OF_MEMBER = FrequentStatement(
    "SELECT language FROM languages WHERE member_id = :member ORDER BY changed_at DESC, creator_uuid LIMIT 1"
)

# What was typed into a thread came without the language of its author's Discord, and somebody may type
# all day: so many are looked at, and no more.
_LAST_ASKED_IN = """
    SELECT language FROM (SELECT language, created_at, id FROM commands WHERE actor = :member
                          ORDER BY created_at DESC, id LIMIT 1000) AS latest
    WHERE language IS NOT NULL ORDER BY created_at DESC, id LIMIT 1
"""


async def of_channels(tx: Transaction, creator: CreatorId) -> str | None:
    """What a creator's channels are written in; None: nobody chose."""
    row = await tx.one(_OF_CHANNELS, creator=creator)
    return str(row["language"]) if row else None


async def of_member(tx: Transaction, member: DiscordId) -> str | None:
    """What a member chose last, for whichever creator; None: what their Discord speaks."""
    row = await tx.one(_OF_MEMBER, member=member)
    return str(row["language"]) if row else None


async def last_asked_in(tx: Transaction, member: DiscordId) -> str | None:
    """The language of what a member asked for last; None: they never did, or it is forgotten."""
    row = await tx.one(_LAST_ASKED_IN, member=member)
    return str(row["language"]) if row else None


async def put(
    tx: Transaction, creator: CreatorId, member: DiscordId, language: str | None, *, now: Millis
) -> None:
    """Keep a choice in place of the one before; None: none any longer."""
    if language is None:
        await tx.execute(
            "DELETE FROM languages WHERE creator_uuid = :creator AND member_id = :member",
            creator=creator,
            member=member,
        )
        return
    await tx.execute(
        """INSERT INTO languages (creator_uuid, member_id, language, changed_at)
           VALUES (:creator, :member, :language, :now)
           ON CONFLICT (creator_uuid, member_id) DO UPDATE SET language = excluded.language,
               changed_at = excluded.changed_at""",
        creator=creator,
        member=member,
        language=language,
        now=now,
    )
