"""Suggested posts: drafts as versions of one, its author, and those that wait."""

from collections.abc import Sequence
from dataclasses import dataclass

from storage.database import Transaction
from storage.records import CreatorId, DiscordId, DraftId, Millis
from storage.rows import record_of

_NEWEST = """NOT EXISTS (SELECT 1 FROM suggested_posts later
                         WHERE later.first_id = s.first_id AND later.number > s.number)"""


@dataclass(frozen=True)
class PostSuggestion:
    """One version; a draft of the same id says whether it waits, and for whom."""

    draft: DraftId
    first: DraftId  # the first version's draft
    number: int  # 1 for that one
    creator: CreatorId
    guild: DiscordId
    writer: DiscordId
    made_at: Millis
    edited_by: DiscordId | None = None  # who changed it last; None: it is as it was put up


async def add(tx: Transaction, one: PostSuggestion) -> None:
    """A version more; the one before it has been settled in the same transaction."""
    await tx.execute(
        """INSERT INTO suggested_posts (draft_id, first_id, number, creator_uuid, guild_id, writer, edited_by,
                                        made_at)
           VALUES (:draft, :first, :number, :creator, :guild, :writer, :edited_by, :made_at)""",
        **vars(one),
    )


async def get(tx: Transaction, draft: DraftId) -> PostSuggestion | None:
    """One version; None for any other draft."""
    row = await tx.one("SELECT * FROM suggested_posts WHERE draft_id = :draft", draft=draft)
    return record_of(PostSuggestion, row) if row else None


async def newest(tx: Transaction, first: DraftId) -> PostSuggestion:
    row = await tx.one(
        "SELECT * FROM suggested_posts WHERE first_id = :first ORDER BY number DESC LIMIT 1", first=first
    )
    assert row is not None, "there is a first version"
    return record_of(PostSuggestion, row)


async def waiting(
    tx: Transaction, creators: Sequence[CreatorId], guild: DiscordId, *, now: Millis
) -> list[PostSuggestion]:
    """Suggestions for somebody who may publish for these creators on this server.

    Those put up first come first, however often they were changed.
    """
    found: list[tuple[Millis, PostSuggestion]] = []
    for creator in creators:
        rows = await tx.all(
            """SELECT s.*, f.made_at AS begun FROM suggested_posts s
                 JOIN suggested_posts f ON f.draft_id = s.first_id
                 JOIN drafts d ON d.id = s.draft_id JOIN proposals p ON p.draft_id = s.draft_id
               WHERE s.creator_uuid = :creator AND s.guild_id = :guild AND d.owner IS NULL
                 AND d.state = 'open' AND d.expires_at > :now""",
            creator=creator,
            guild=guild,
            now=now,
        )
        found += [(row["begun"], record_of(PostSuggestion, row)) for row in rows]
    return [one for _, one in sorted(found, key=lambda found: (found[0], found[1].draft))]


async def written(
    tx: Transaction, writer: DiscordId, guild: DiscordId, *, now: Millis
) -> list[PostSuggestion]:
    """A writer's suggestions on this server that they can still change, the newest first."""
    rows = await tx.all(
        f"""SELECT s.* FROM suggested_posts s
              JOIN drafts d ON d.id = s.draft_id JOIN proposals p ON p.draft_id = s.draft_id
            WHERE s.writer = :writer AND s.guild_id = :guild AND d.state = 'open' AND d.expires_at > :now
              AND {_NEWEST} ORDER BY s.made_at DESC, s.draft_id""",  # noqa: S608 - a constant
        writer=writer,
        guild=guild,
        now=now,
    )
    return [record_of(PostSuggestion, row) for row in rows]


async def overdue(tx: Transaction, *, now: Millis, limit: int) -> list[PostSuggestion]:
    """Suggestions that waited, for a manager or their writer, beyond their time; longest over first."""
    rows = await tx.all(
        """SELECT s.* FROM suggested_posts s JOIN drafts d ON d.id = s.draft_id
           WHERE d.state = 'open' AND d.expires_at <= :now ORDER BY d.expires_at, s.draft_id LIMIT :limit""",
        now=now,
        limit=limit,
    )
    return [record_of(PostSuggestion, row) for row in rows]
