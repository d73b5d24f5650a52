"""Threads that may go to rest: answered, claimed by nobody, with nothing open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from storage.database import Row, Transaction, Value
from storage.records import OPEN_O, CreatorId, DiscordId, EffectId, FanId, Millis
from storage.rows import record_of

_EVER: Millis = 2**62
# Its turn has come, and it has not failed yet: only other work is before it.
_QUEUED = """(o.network = 'discord' AND o.created_at > :queued_since AND (o.state = 'sending'
                         OR (o.state = 'pending' AND o.attempts = 0 AND o.not_before <= :now)))"""
REST = "thread.rest"  # the kind of the effect that archives a thread


@dataclass(frozen=True)
class IdleThread:
    """A fan's or a followed post's thread in which nothing is to be done; `since`: the last known of it."""

    creator: CreatorId
    thread: DiscordId
    since: Millis
    fan: FanId | None = None
    post: str | None = None


async def idle(
    tx: Transaction, among: Sequence[DiscordId], *, now: Millis, besides: EffectId | None = None
) -> list[IdleThread]:
    """Those of these threads that may rest; not those of waiting fans, even snoozed ones.

    Nor may one that is claimed, or about whose fan anything is still to be done or to be decided;
    `besides`: an effect that does not count.
    """
    return await _idle(tx, among, now=now, besides=besides or "", until=_EVER)


async def idle_soon(
    tx: Transaction, among: Sequence[DiscordId], *, now: Millis, since: Millis, queued_since: Millis
) -> bool:
    """Whether any may rest once what was wanted since then is done.

    `queued_since`: from then on, what Discord is just to be told; what is older may be held by something.
    """
    parts = {"queued_since": queued_since}
    return bool(
        await _idle(tx, among, now=now, besides="", until=since, but=f"AND NOT {_QUEUED}", parts=parts)
    )


async def _idle(
    tx: Transaction,
    among: Sequence[DiscordId],
    *,
    now: Millis,
    besides: str,
    until: Millis,
    but: str = "",
    parts: Mapping[str, Value] | None = None,
) -> list[IdleThread]:
    """`until`: what was wanted after that hinders nobody. `but`: what else does not, with its parts."""
    if not among:
        return []
    named = {f"thread_{number}": thread for number, thread in enumerate(among)}
    rows = await tx.all(
        f"""SELECT t.creator_uuid, t.fan_uuid, t.thread_id, k.last_in, k.last_out, k.settled_until
            FROM threads t
            LEFT JOIN talks k ON k.creator_uuid = t.creator_uuid AND k.fan_uuid = t.fan_uuid
            WHERE t.thread_id IN ({", ".join(f":{name}" for name in named)}) AND t.state = 'open'
              AND k.waiting_since IS NULL AND (k.claimed_until IS NULL OR k.claimed_until <= :now)
              AND NOT EXISTS (SELECT 1 FROM outbox o
                  WHERE o.creator_uuid = t.creator_uuid AND o.fan_uuid = t.fan_uuid AND o.id <> :besides
                    AND {OPEN_O} AND o.created_at <= :until {but})
              AND NOT EXISTS (SELECT 1 FROM outbox o
                  WHERE o.creator_uuid = t.creator_uuid AND o.fan_uuid = t.fan_uuid AND o.id <> :besides
                    AND o.attention IS NOT NULL)
              AND NOT EXISTS (SELECT 1 FROM held_replies h JOIN drafts d ON d.id = h.draft_id
                  WHERE h.creator_uuid = t.creator_uuid AND h.fan_uuid = t.fan_uuid
                    AND h.told_at IS NULL AND d.state = 'open')""",  # noqa: S608 - names of our own
        **named,
        now=now,
        besides=besides,
        until=until,
        **(parts or {}),
    )
    return [_idle_of(row) for row in rows]


# As `bot.engine.streams` names it: nothing else says for which post an effect is.
_STREAM = "'pt:' || c.creator_uuid || ':' || c.post_uuid"


async def quiet_posts(
    tx: Transaction, among: Sequence[DiscordId], *, besides: EffectId | None = None
) -> list[IdleThread]:
    """Those of these threads that are followed posts' and have nothing on its way; nobody waits in them."""
    if not among:
        return []
    named = {f"thread_{number}": thread for number, thread in enumerate(among)}
    rows = await tx.all(
        f"""SELECT c.creator_uuid, c.post_uuid, c.thread_id, COALESCE(
                (SELECT MAX(p.told_at) FROM post_comments p
                 WHERE p.creator_uuid = c.creator_uuid AND p.post_uuid = c.post_uuid), c.since_at) AS last
            FROM post_cards c
            WHERE c.thread_id IN ({", ".join(f":{name}" for name in named)})
              AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.stream = {_STREAM} AND o.id <> :besides
                    AND ({OPEN_O} OR o.attention IS NOT NULL))""",  # noqa: S608 - names of our own
        **named,
        besides=besides or "",
    )
    return [record_of(IdleThread, row, since=row["last"], fan=None) for row in rows]


async def going(tx: Transaction, guild: DiscordId, *, since: Millis) -> int:
    """Count a server's threads that are about to go to rest, as was wanted since then."""
    wanted = f"""{OPEN_O} AND o.kind = '{REST}'
                 AND o.created_at > :since"""
    row = await tx.one(
        f"""SELECT (SELECT COUNT(*) FROM outbox o
                    JOIN threads t ON t.creator_uuid = o.creator_uuid AND t.fan_uuid = o.fan_uuid
                         AND t.state = 'open' AND t.guild_id = :guild WHERE {wanted})
                 + (SELECT COUNT(*) FROM outbox o
                    JOIN post_cards c ON c.creator_uuid = o.creator_uuid AND o.stream = {_STREAM}
                         AND c.guild_id = :guild WHERE {wanted}) AS number""",  # noqa: S608 - constants
        guild=guild,
        since=since,
    )
    return int(row["number"]) if row else 0


def _idle_of(row: Row) -> IdleThread:
    last = max(row["last_in"] or 0, row["last_out"] or 0, row["settled_until"] or 0)
    return record_of(IdleThread, row, since=last, post=None)
