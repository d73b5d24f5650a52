"""The status of each fan's conversation: who waits since when, and who answers.

Every fact may be told twice and in any order: only the time at which a message was sent counts. So an old
message that is found late never makes an answered fan wait again. Of two that were sent at the same time the
one that was told later counts.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from storage.database import FrequentStatement, Row, Transaction
from storage.records import CreatorId, DiscordId, FanId, FanvueMessageId, Millis
from storage.rows import record_of

_GET = FrequentStatement("SELECT * FROM talks WHERE creator_uuid = :creator AND fan_uuid = :fan")


class AnsweredBy(StrEnum):
    MEMBER = "member"  # somebody of the team, through the bridge
    ELSEWHERE = "elsewhere"  # somebody on Fanvue itself
    AUTOMATED = "automated"  # an automation on Fanvue


@dataclass(frozen=True)
class Conversation:
    """One fan's chat with one creator."""

    creator: CreatorId
    fan: FanId
    state: str = "open"  # or "closed": nothing is to be done until the fan writes again
    waiting_since: Millis | None = None  # when the oldest unanswered message was sent
    last_in: Millis | None = None
    last_in_message: FanvueMessageId | None = None
    last_out: Millis | None = None
    last_out_by: AnsweredBy | None = None
    settled_until: Millis | None = None  # what was sent before needs no answer: answered, or closed
    owner: DiscordId | None = None  # the member who answered last, to whom the fan comes back
    claimed_by: DiscordId | None = None
    claimed_since: Millis | None = None
    claimed_until: Millis | None = None
    snoozed_until: Millis | None = None
    aside_by: DiscordId | None = None  # the member who snoozed or closed it
    version: int = 0  # grows with whatever can be seen of it; a claim that only lasts longer is no change

    def holder(self, now: Millis) -> DiscordId | None:
        """The member who answers now."""
        return self.claimed_by if self.claimed_until is not None and self.claimed_until > now else None

    def snoozed(self, now: Millis) -> bool:
        """Whether it is out of sight now."""
        return self.snoozed_until is not None and self.snoozed_until > now


@dataclass(frozen=True)
class ConversationCounts:
    """Counts of a creator's conversations by status."""

    waiting: int  # the fan waits, and the talk is not snoozed
    claimed: int  # somebody answers now
    snoozed: int
    oldest: Millis | None  # since when the longest of those waits


_COLUMNS = (
    "state, waiting_since, last_in, last_in_message, last_out, last_out_by, settled_until, owner_id, "
    "claimed_by, claimed_since, claimed_until, snoozed_until, aside_by, version"
)
_PUT = f"""INSERT INTO talks (creator_uuid, fan_uuid, {_COLUMNS})
    VALUES (:creator, :fan, :state, :waiting_since, :last_in, :last_in_message, :last_out, :last_out_by,
            :settled_until, :owner, :claimed_by, :claimed_since, :claimed_until, :snoozed_until, :aside_by,
            :version)
    ON CONFLICT (creator_uuid, fan_uuid)
        DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in _COLUMNS.split(", "))}"""  # noqa: S608 - our own
_IN_SIGHT = "(snoozed_until IS NULL OR snoozed_until <= :now)"


# ── what is there ──


async def get(tx: Transaction, creator: CreatorId, fan: FanId) -> Conversation | None:
    """One fan's talk; None when nobody has written yet."""
    row = await tx.one(_GET, creator=creator, fan=fan)
    return talk_of(row) if row else None


async def list_waiting(
    tx: Transaction, creator: CreatorId, *, now: Millis, limit: int, offset: int = 0
) -> list[Conversation]:
    """The fans of a creator who wait and are not snoozed, the longest first."""
    rows = await tx.all(
        f"""SELECT * FROM talks WHERE creator_uuid = :creator AND waiting_since IS NOT NULL AND {_IN_SIGHT}
            ORDER BY waiting_since, fan_uuid LIMIT :limit OFFSET :offset""",  # noqa: S608 - a constant
        creator=creator,
        now=now,
        limit=limit,
        offset=offset,
    )
    return [talk_of(row) for row in rows]


async def counts(tx: Transaction, creator: CreatorId, *, now: Millis) -> ConversationCounts:
    """Count a creator's conversations by status."""
    row = await tx.one(
        f"""SELECT COUNT(CASE WHEN waiting_since IS NOT NULL AND {_IN_SIGHT} THEN 1 END) AS waiting,
                   COUNT(CASE WHEN claimed_until > :now THEN 1 END) AS claimed,
                   COUNT(CASE WHEN snoozed_until > :now THEN 1 END) AS snoozed,
                   MIN(CASE WHEN {_IN_SIGHT} THEN waiting_since END) AS oldest
            FROM talks WHERE creator_uuid = :creator""",  # noqa: S608 - a constant
        creator=creator,
        now=now,
    )
    assert row is not None, "a count has a row"
    return record_of(ConversationCounts, row)


# ── what is said ──


async def fan_wrote(
    tx: Transaction, creator: CreatorId, fan: FanId, *, message: FanvueMessageId, at: Millis
) -> Conversation:
    """The fan's message was sent at that time: they wait, unless something newer than it has settled that."""
    talk = await known(tx, creator, fan)
    after = talk
    if talk.last_in is None or (at, message) > (talk.last_in, talk.last_in_message or ""):
        after = replace(after, last_in=at, last_in_message=message, snoozed_until=None)
    if talk.settled_until is None or at >= talk.settled_until:
        waiting = at if talk.waiting_since is None else min(at, talk.waiting_since)
        after = replace(after, state="open", waiting_since=waiting)
    return await changed(tx, talk, after)


async def answered(
    tx: Transaction,
    creator: CreatorId,
    fan: FanId,
    *,
    at: Millis,
    by: AnsweredBy,
    member: DiscordId | None = None,
) -> Conversation:
    """Record an answer at that time: the fan's earlier messages wait no longer.

    `member`: its author; the fan is theirs from now on, unless a newer answer is known.
    """
    talk = await known(tx, creator, fan)
    after = talk
    if talk.last_out is None or at > talk.last_out:
        after = replace(
            after, last_out=at, last_out_by=by, owner=member if member is not None else talk.owner
        )
    after = await settled(tx, after, at)
    return await changed(tx, talk, after)


# ── rows ──


async def known(tx: Transaction, creator: CreatorId, fan: FanId) -> Conversation:
    """One fan's talk, also when nobody has written yet."""
    return await get(tx, creator, fan) or Conversation(creator, fan)


async def settled(tx: Transaction, talk: Conversation, at: Millis) -> Conversation:
    """Settle the messages sent until then; those sent later still wait."""
    until = at if talk.settled_until is None else max(at, talk.settled_until)
    waiting = talk.waiting_since
    if waiting is not None and waiting <= at:
        waiting = await oldest(tx, talk, after=at)
    after = replace(talk, settled_until=until, waiting_since=waiting)
    return after if waiting is not None else replace(after, snoozed_until=None)  # nothing left to put off


async def oldest(tx: Transaction, talk: Conversation, *, after: Millis) -> Millis | None:
    """The time of the fan's oldest message after that one, not taken back; None: no such one."""
    row = await tx.one(
        """SELECT MIN(sent_at) AS at FROM messages WHERE creator_uuid = :creator AND fan_uuid = :fan
             AND direction = 'in' AND sent_at > :after AND deleted_at IS NULL""",
        creator=talk.creator,
        fan=talk.fan,
        after=after,
    )
    return row["at"] if row else None


def freed(talk: Conversation) -> Conversation:
    """The talk without a claim."""
    return replace(talk, claimed_by=None, claimed_since=None, claimed_until=None)


async def changed(tx: Transaction, before: Conversation, after: Conversation) -> Conversation:
    """Keep what is new, and return it; the version grows when it can be seen."""
    if after == before:
        return before
    seen = replace(after, claimed_until=before.claimed_until) != before
    after = replace(after, version=before.version + 1 if seen else before.version)
    await tx.execute(_PUT, **vars(after))
    return after


def talk_of(row: Row) -> Conversation:
    """The record of one row."""
    return record_of(Conversation, row)
