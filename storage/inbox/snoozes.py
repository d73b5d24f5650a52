"""Fans who are put aside: snoozed until a time, or closed until they write again."""

from dataclasses import replace

from storage.database import Transaction
from storage.inbox import conversations
from storage.inbox.conversations import Conversation, freed, talk_of
from storage.records import CreatorId, DiscordId, FanId, Millis


async def snooze(
    tx: Transaction, creator: CreatorId, fan: FanId, *, until: Millis, by: DiscordId | None = None
) -> Conversation:
    """The talk is out of sight until then, or until the fan writes again; nobody answers it meanwhile."""
    talk = await conversations.known(tx, creator, fan)
    return await conversations.changed(tx, talk, replace(freed(talk), snoozed_until=until, aside_by=by))


async def close(
    tx: Transaction, creator: CreatorId, fan: FanId, *, at: Millis, by: DiscordId | None = None
) -> Conversation:
    """Nothing that the fan has sent until then needs an answer; a newer message opens the talk again."""
    talk = await conversations.known(tx, creator, fan)
    after = await conversations.settled(tx, talk, at)
    if after.waiting_since is None:
        after = replace(freed(after), state="closed", aside_by=by)
    return await conversations.changed(tx, talk, after)


async def reopen(tx: Transaction, creator: CreatorId, fan: FanId) -> Conversation:
    """Show the conversation; unanswered messages wait again, also those closed without an answer."""
    talk = await conversations.known(tx, creator, fan)
    after = replace(talk, snoozed_until=None)
    if talk.state == "closed":
        waiting = await conversations.oldest(
            tx, talk, after=talk.last_out if talk.last_out is not None else -1
        )
        after = replace(after, state="open", settled_until=talk.last_out, waiting_since=waiting)
    return await conversations.changed(tx, talk, after)


async def over(tx: Transaction, *, now: Millis, limit: int) -> list[Conversation]:
    """Snoozes whose time is over and that still stand there, the oldest first."""
    rows = await tx.all(
        "SELECT * FROM talks WHERE snoozed_until <= :now ORDER BY snoozed_until, fan_uuid LIMIT :limit",
        now=now,
        limit=limit,
    )
    return [talk_of(row) for row in rows]


async def wake(tx: Transaction, talk: Conversation) -> Conversation:
    """A talk that was just read is back in sight."""
    return await conversations.changed(tx, talk, replace(talk, snoozed_until=None))
