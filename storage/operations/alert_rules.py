"""Rules of who is told of what, as a team, a creator and members set them."""

from collections.abc import Sequence
from dataclasses import dataclass

from storage.database import Row, Transaction
from storage.records import Cents, CreatorId, DiscordId, Millis
from storage.rows import record_of

EVERY = CreatorId("")  # about every creator of the server
NOBODY = DiscordId(0)  # nobody's own


@dataclass(frozen=True)
class AlertRule:
    """One row. `creator` and `member` say of which level it is; quiet hours are both or neither."""

    guild: DiscordId
    creator: CreatorId
    member: DiscordId
    kind: str
    wanted: bool = True
    channel: DiscordId | None = None
    threshold: Cents = 0
    money: str = "hidden"
    mention: str | None = None
    mention_id: DiscordId | None = None
    quiet_from: int | None = None
    quiet_to: int | None = None
    zone: str | None = None
    vips: bool = True
    closed_at: Millis | None = None
    by: DiscordId = NOBODY
    at: Millis = 0


async def about(tx: Transaction, guild: DiscordId, creator: CreatorId, kind: str) -> Sequence[AlertRule]:
    """Every rule of a server that can decide about one kind of one creator's events."""
    rows = await tx.all(
        """SELECT * FROM alert_rules WHERE guild_id = :guild AND kind = :kind
             AND creator_uuid IN (:creator, '') ORDER BY member_id, creator_uuid""",
        guild=guild,
        creator=creator,
        kind=kind,
    )
    return [_rule_of(row) for row in rows]


async def of_guild(tx: Transaction, guild: DiscordId) -> Sequence[AlertRule]:
    """Every rule of a server."""
    rows = await tx.all(
        "SELECT * FROM alert_rules WHERE guild_id = :guild ORDER BY member_id, creator_uuid, kind",
        guild=guild,
    )
    return [_rule_of(row) for row in rows]


async def get(
    tx: Transaction, guild: DiscordId, creator: CreatorId, member: DiscordId, kind: str
) -> AlertRule | None:
    """The rule of exactly this level."""
    row = await tx.one(
        """SELECT * FROM alert_rules WHERE guild_id = :guild AND creator_uuid = :creator
             AND member_id = :member AND kind = :kind""",
        guild=guild,
        creator=creator,
        member=member,
        kind=kind,
    )
    return _rule_of(row) if row else None


async def put(tx: Transaction, rule: AlertRule) -> None:
    """Let it hold in place of what held on its level."""
    await remove(tx, rule)
    await tx.execute(
        """INSERT INTO alert_rules (guild_id, creator_uuid, member_id, kind, wanted, channel_id, threshold,
                                    money, mention, mention_id, quiet_from, quiet_to, zone, vips, closed_at,
                                    changed_by, changed_at)
           VALUES (:guild, :creator, :member, :kind, :wanted, :channel, :threshold, :money, :mention,
                   :mention_id, :quiet_from, :quiet_to, :zone, :vips, NULL, :by, :at)""",
        **vars(rule),
    )


async def remove(tx: Transaction, rule: AlertRule) -> None:
    """Let the next wider level decide."""
    await tx.execute(
        """DELETE FROM alert_rules WHERE guild_id = :guild AND creator_uuid = :creator
             AND member_id = :member AND kind = :kind""",
        guild=rule.guild,
        creator=rule.creator,
        member=rule.member,
        kind=rule.kind,
    )


async def forget_channel(tx: Transaction, guild: DiscordId, channel: DiscordId) -> None:
    """Have alerts of this channel told in the alerts channel from now on."""
    await tx.execute(
        "UPDATE alert_rules SET channel_id = NULL WHERE guild_id = :guild AND channel_id = :channel",
        guild=guild,
        channel=channel,
    )


async def close(tx: Transaction, guild: DiscordId, member: DiscordId, *, now: Millis) -> bool:
    """Somebody takes no private messages; False when that was known."""
    changed = await tx.execute(
        """UPDATE alert_rules SET closed_at = :now
           WHERE guild_id = :guild AND member_id = :member AND closed_at IS NULL""",
        guild=guild,
        member=member,
        now=now,
    )
    return changed > 0


async def reopen(tx: Transaction, guild: DiscordId, member: DiscordId) -> None:
    """Try them again: they changed a rule of theirs."""
    await tx.execute(
        "UPDATE alert_rules SET closed_at = NULL WHERE guild_id = :guild AND member_id = :member",
        guild=guild,
        member=member,
    )


async def leave(tx: Transaction, guild: DiscordId, member: DiscordId) -> None:
    """Keep nothing of a member who is no longer on the server."""
    await tx.execute(
        "DELETE FROM alert_rules WHERE guild_id = :guild AND member_id = :member AND member_id <> 0",
        guild=guild,
        member=member,
    )


def _rule_of(row: Row) -> AlertRule:
    return record_of(AlertRule, row, by=row["changed_by"], at=row["changed_at"])
