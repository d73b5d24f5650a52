"""Messages in a creator's name: by whom, to whom, and how far they are."""

from collections.abc import Sequence
from dataclasses import dataclass

from storage.database import Row, Transaction
from storage.engine.namesakes import ALIKE_BESIDE
from storage.engine.sends import ACTOR, IN_HER_NAME, PLACE, SENT, SPEAKS
from storage.engine.signed_rights import GRANTS, fits
from storage.records import CreatorId, DiscordId, EffectId, EffectState, FanId, Millis
from storage.rows import record_of

_ROWS = f"""SELECT o.id, o.kind, o.fan_uuid, o.state, COALESCE(o.settled_at, o.created_at) AS at,
                  {ACTOR} AS actor, f.handle, f.display_name, s.external_id AS shown, NULL AS channel_id,
                  CASE WHEN {ALIKE_BESIDE} THEN 1 ELSE 0 END AS mistakable
           FROM outbox o
           LEFT JOIN fans f ON f.creator_uuid = o.creator_uuid AND f.fan_uuid = o.fan_uuid
           LEFT JOIN outbox s ON s.cause = o.id AND s.part = 'show'
           WHERE """  # noqa: S608 - constants
_OPEN = "('pending', 'sending', 'unknown', 'absent')"


@dataclass(frozen=True)
class OutgoingMessage:
    """One message. `effect`, `actor` and `state` are None for what was written without the bridge."""

    effect: EffectId | None
    kind: str
    fan: FanId | None  # None: to many
    handle: str | None
    display_name: str | None
    actor: DiscordId | None
    state: EffectState | None
    at: Millis
    channel: DiscordId | None  # the thread that shows it, as far as it is known
    mistakable: bool = True  # another fan of the creator is named alike, as far as anybody told

    @property
    def done(self) -> bool:
        return self.state in (None, EffectState.DONE)

    @property
    def sent(self) -> bool:
        return self.done and self.kind in SENT


async def of(tx: Transaction, effects: Sequence[EffectId]) -> list[OutgoingMessage]:
    """These effects, in this order; unknown ones and those that say nothing are left out."""
    found = [await tx.one(f"{_ROWS} {SPEAKS} AND o.id = :id", id=effect) for effect in effects]
    return [_said_of(row) for row in found if row is not None]


async def since(tx: Transaction, creator: CreatorId, since: Millis) -> list[OutgoingMessage]:
    """Messages since then, or still to be said, with and without the bridge, newest first."""
    ours = await tx.all(
        f"""{_ROWS} {IN_HER_NAME} AND o.creator_uuid = :creator
            AND (o.created_at >= :since OR o.settled_at >= :since OR o.state IN {_OPEN})""",
        creator=creator,
        since=since,
    )
    elsewhere = await tx.all(
        f"""SELECT NULL AS id, 'chat.send' AS kind, m.fan_uuid, NULL AS state, m.sent_at AS at, NULL AS actor,
                  f.handle, f.display_name, NULL AS shown, m.channel_id,
                  CASE WHEN {ALIKE_BESIDE} THEN 1 ELSE 0 END AS mistakable
           FROM messages m
           LEFT JOIN fans f ON f.creator_uuid = m.creator_uuid AND f.fan_uuid = m.fan_uuid
           WHERE m.creator_uuid = :creator AND m.direction = 'out' AND m.outbox_id IS NULL
             AND m.sent_at >= :since""",  # noqa: S608 - constants
        creator=creator,
        since=since,
    )
    found = [_said_of(row) for row in (*ours, *elsewhere)]
    return sorted(found, key=lambda one: (one.at, one.effect or ""), reverse=True)


async def carried_out(tx: Transaction, creator: CreatorId, since: Millis) -> list[EffectId]:
    """Effects done for the whole creator since then; Fanvue may publish them later."""
    rows = await tx.all(
        f"""SELECT o.id FROM outbox o WHERE {SPEAKS} AND o.creator_uuid = :creator AND o.fan_uuid IS NULL
              AND o.state = 'done' AND o.settled_at >= :since ORDER BY o.settled_at, o.id""",  # noqa: S608 - constants
        creator=creator,
        since=since,
    )
    return [EffectId(row["id"]) for row in rows]


async def waiting_by(tx: Transaction, creator: CreatorId, actor: DiscordId) -> list[EffectId]:
    """Effects one person asked for that have surely not begun, oldest first."""
    rows = await tx.all(
        f"""SELECT o.id FROM outbox o WHERE {SPEAKS} AND o.creator_uuid = :creator AND o.state = 'pending'
              AND {ACTOR} = :actor ORDER BY o.created_at, o.stream, o.seq""",  # noqa: S608 - constants
        creator=creator,
        actor=actor,
    )
    return [EffectId(row["id"]) for row in rows]


async def begun_by(tx: Transaction, creator: CreatorId, actor: DiscordId) -> list[EffectId]:
    """Effects one person asked for that are under way, or may have arrived; likewise."""
    rows = await tx.all(
        f"""SELECT o.id FROM outbox o WHERE {SPEAKS} AND o.creator_uuid = :creator
              AND o.state IN ('sending', 'unknown') AND {ACTOR} = :actor
            ORDER BY o.created_at, o.stream, o.seq""",  # noqa: S608 - constants
        creator=creator,
        actor=actor,
    )
    return [EffectId(row["id"]) for row in rows]


async def author_left(tx: Transaction, effect: EffectId) -> bool:
    """Whether the one who asked for this was taken out of the team where they did."""
    rows = await tx.all(
        f"""SELECT g.* FROM outbox o
            JOIN grants g ON g.creator_uuid = o.creator_uuid AND g.kind = 'member'
             AND g.ended_at IS NULL AND g.subject_id = {ACTOR} AND g.guild_id = {PLACE}
            WHERE {SPEAKS} AND o.id = :effect""",  # noqa: S608 - constants
        effect=effect,
    )
    # Of a row that was changed by hand it may be that it took them out.
    return any((row["role"], row["plus"]) == ("none", "") or not fits(tx, GRANTS, row) for row in rows)


def _said_of(row: Row) -> OutgoingMessage:
    shown = row["channel_id"] or (row["shown"] or "").partition(":")[0]
    return record_of(OutgoingMessage, row, effect=row["id"], channel=DiscordId(int(shown)) if shown else None)
