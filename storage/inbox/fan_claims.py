"""A member's claim on a fan's conversation; it ends by itself."""

from dataclasses import replace

from storage.database import Transaction
from storage.inbox import conversations
from storage.inbox.conversations import Conversation, freed, talk_of
from storage.records import CreatorId, DiscordId, FanId, Millis


async def claim(
    tx: Transaction,
    creator: CreatorId,
    fan: FanId,
    member: DiscordId,
    *,
    now: Millis,
    until: Millis,
    over: bool = False,
) -> Conversation:
    """A member answers this fan until then; who holds it already keeps it, unless it is taken `over`.

    Whether it is theirs says the talk's `holder`. A claim of one's own never gets shorter by it.
    """
    talk = await conversations.known(tx, creator, fan)
    holder = talk.holder(now)
    if holder not in (None, member) and not over:
        return talk
    if holder == member:
        until = max(until, talk.claimed_until or until)
    since = talk.claimed_since if holder == member else now
    after = replace(talk, claimed_by=member, claimed_since=since, claimed_until=until)
    return await conversations.changed(tx, talk, after)


async def release(tx: Transaction, creator: CreatorId, fan: FanId, member: DiscordId) -> Conversation:
    """A member lets the fan go, if they hold the claim."""
    talk = await conversations.known(tx, creator, fan)
    after = freed(talk) if talk.claimed_by == member else talk
    return await conversations.changed(tx, talk, after)


async def hand_over(
    tx: Transaction, creator: CreatorId, fan: FanId, to: DiscordId, *, now: Millis, until: Millis
) -> Conversation:
    """The fan is another member's from now on, who also holds the claim until then."""
    talk = await conversations.known(tx, creator, fan)
    after = replace(talk, owner=to, claimed_by=to, claimed_since=now, claimed_until=until)
    return await conversations.changed(tx, talk, after)


def held_beside(talk: Conversation, member: DiscordId, now: Millis) -> tuple[DiscordId, Millis] | None:
    """Another member who answers the fan now, and since when."""
    holder = talk.holder(now)
    return None if holder is None or holder == member else (holder, talk.claimed_since or now)


async def over(tx: Transaction, *, now: Millis, limit: int) -> list[Conversation]:
    """Claims whose time is over and that still stand there, the oldest first."""
    rows = await tx.all(
        "SELECT * FROM talks WHERE claimed_until <= :now ORDER BY claimed_until, fan_uuid LIMIT :limit",
        now=now,
        limit=limit,
    )
    return [talk_of(row) for row in rows]


async def held(tx: Transaction, creator: CreatorId) -> list[Conversation]:
    """Every talk of a creator with a claim."""
    rows = await tx.all(
        "SELECT * FROM talks WHERE creator_uuid = :creator AND claimed_by IS NOT NULL ORDER BY fan_uuid",
        creator=creator,
    )
    return [talk_of(row) for row in rows]


async def of_member(tx: Transaction, creator: CreatorId, member: DiscordId) -> list[Conversation]:
    """Every talk of a creator that a member has claimed, or answered last."""
    rows = await tx.all(
        """SELECT * FROM talks WHERE creator_uuid = :creator AND (claimed_by = :member OR owner_id = :member)
           ORDER BY fan_uuid""",
        creator=creator,
        member=member,
    )
    return [talk_of(row) for row in rows]


async def free(tx: Transaction, talk: Conversation) -> Conversation:
    """The claim of a talk that was just read ends."""
    return await conversations.changed(tx, talk, freed(talk))


async def let_go(tx: Transaction, talk: Conversation, member: DiscordId) -> Conversation:
    """The fan of a talk that was just read is not this member's any more."""
    after = freed(talk) if talk.claimed_by == member else talk
    owner = None if talk.owner == member else talk.owner
    return await conversations.changed(tx, talk, replace(after, owner=owner))
