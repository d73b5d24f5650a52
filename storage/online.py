"""Of which fans it was told that they came online, and what a fan has spent."""

from collections.abc import Set as AbstractSet

from storage.database import Transaction
from storage.records import Cents, CreatorId, DiscordId, FanId, Millis, Pseudonym


async def told_to(
    tx: Transaction, creator: CreatorId, fan: FanId, *, since: Millis
) -> AbstractSet[DiscordId]:
    """Who was told of this fan since then; 0: the channel."""
    rows = await tx.all(
        """SELECT member_id FROM online_told
           WHERE creator_uuid = :creator AND fan_uuid = :fan AND told_at > :since""",
        creator=creator,
        fan=fan,
        since=since,
    )
    return {DiscordId(row["member_id"]) for row in rows}


async def tell(
    tx: Transaction, creator: CreatorId, fan: FanId, member: DiscordId, *, now: Millis, since: Millis
) -> None:
    """They were told now. Of a creator's fans nothing from before `since` is kept: it decides nothing."""
    await tx.execute(
        """DELETE FROM online_told WHERE creator_uuid = :creator
             AND (told_at <= :since OR (fan_uuid = :fan AND member_id = :member))""",
        creator=creator,
        since=since,
        fan=fan,
        member=member,
    )
    await tx.execute(
        """INSERT INTO online_told (creator_uuid, fan_uuid, member_id, told_at)
           VALUES (:creator, :fan, :member, :now)""",
        creator=creator,
        fan=fan,
        member=member,
        now=now,
    )


async def spent(
    tx: Transaction, creator: CreatorId, fan: Pseudonym, *, currency: str, pending: Millis
) -> Cents:
    """What a fan has paid in this currency, what went back taken off; a line without a currency is in it.

    The ledger, with what events since `pending` told that it lacks yet; or all events, where that is more: of
    a creator whose list may not be read there are only these.
    """
    row = await tx.one(
        """SELECT (SELECT COALESCE(SUM(gross), 0) FROM earnings
                   WHERE creator_uuid = :creator AND fan = :fan AND gone_at IS NULL
                     AND COALESCE(UPPER(currency), :currency) = :currency) AS listed,
                  COALESCE(SUM(CASE WHEN row_key IS NULL AND at >= :pending THEN gross END), 0) AS missing,
                  COALESCE(SUM(gross), 0) AS told
           FROM earnings_told WHERE creator_uuid = :creator AND fan = :fan
             AND COALESCE(UPPER(currency), :currency) = :currency""",
        creator=creator,
        fan=fan,
        currency=currency,
        pending=pending,
    )
    assert row is not None, "a sum has a row"
    return max(int(row["listed"]) + int(row["missing"]), int(row["told"]))
