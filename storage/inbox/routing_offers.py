"""Fans who are offered to one member first, and whose turn it is next."""

from dataclasses import dataclass

from storage.database import FrequentStatement, Transaction
from storage.records import CreatorId, DiscordId, FanId, Millis
from storage.rows import record_of

_OF_FAN = FrequentStatement("SELECT * FROM routing_offers WHERE creator_uuid = :creator AND fan_uuid = :fan")
_OF_CREATOR = FrequentStatement(
    """SELECT * FROM routing_offers
       WHERE creator_uuid = :creator AND member_id IS NOT NULL AND until_at > :now"""
)


@dataclass(frozen=True)
class RoutingOffer:
    """A fan who is offered to one member first. `member`: None while the member is being chosen."""

    creator: CreatorId
    fan: FanId
    rule: str
    member: DiscordId | None
    until: Millis

    def stands(self, now: Millis) -> bool:
        """Whether somebody is offered the fan before all others now."""
        return self.member is not None and self.until > now


async def get(tx: Transaction, creator: CreatorId, fan: FanId) -> RoutingOffer | None:
    """A fan's; None: everybody may see to them."""
    row = await tx.one(_OF_FAN, creator=creator, fan=fan)
    return record_of(RoutingOffer, row) if row else None


async def standing(tx: Transaction, creator: CreatorId, *, now: Millis) -> dict[FanId, RoutingOffer]:
    """The fans of a creator who are offered to somebody now."""
    rows = await tx.all(_OF_CREATOR, creator=creator, now=now)
    return {FanId(row["fan_uuid"]): record_of(RoutingOffer, row) for row in rows}


async def over(tx: Transaction, *, now: Millis, limit: int) -> list[RoutingOffer]:
    """Offers whose time has passed, of any creator, the oldest first."""
    rows = await tx.all(
        "SELECT * FROM routing_offers WHERE until_at <= :now ORDER BY until_at, fan_uuid LIMIT :limit",
        now=now,
        limit=limit,
    )
    return [record_of(RoutingOffer, row) for row in rows]


async def of_member(tx: Transaction, creator: CreatorId, member: DiscordId) -> list[RoutingOffer]:
    """All that a member is offered."""
    rows = await tx.all(
        """SELECT * FROM routing_offers WHERE creator_uuid = :creator AND member_id = :member
           ORDER BY until_at, fan_uuid""",
        creator=creator,
        member=member,
    )
    return [record_of(RoutingOffer, row) for row in rows]


async def of_creator(tx: Transaction, creator: CreatorId) -> list[RoutingOffer]:
    """Every offer of a creator's fans, also one whose member is being chosen."""
    rows = await tx.all(
        "SELECT * FROM routing_offers WHERE creator_uuid = :creator ORDER BY until_at, fan_uuid",
        creator=creator,
    )
    return [record_of(RoutingOffer, row) for row in rows]


async def put(tx: Transaction, offer: RoutingOffer) -> None:
    """Keep an offer in place of the fan's earlier one."""
    await tx.execute(
        """INSERT INTO routing_offers (creator_uuid, fan_uuid, rule_id, member_id, until_at)
           VALUES (:creator, :fan, :rule, :member, :until)
           ON CONFLICT (creator_uuid, fan_uuid) DO UPDATE SET rule_id = excluded.rule_id,
               member_id = excluded.member_id, until_at = excluded.until_at""",
        **vars(offer),
    )


async def end(tx: Transaction, creator: CreatorId, fan: FanId) -> None:
    """Let a fan be everybody's."""
    await tx.execute(
        "DELETE FROM routing_offers WHERE creator_uuid = :creator AND fan_uuid = :fan",
        creator=creator,
        fan=fan,
    )


# ── turns ──


async def known_members(tx: Transaction, creator: CreatorId) -> set[DiscordId]:
    """Members who chose pings or answered a fan of this creator last."""
    rows = await tx.all(
        """SELECT member_id FROM pings WHERE creator_uuid = :creator
           UNION SELECT owner_id AS member_id FROM talks
               WHERE creator_uuid = :creator AND owner_id IS NOT NULL""",
        creator=creator,
    )
    return {DiscordId(row["member_id"]) for row in rows}


async def turns(tx: Transaction, creator: CreatorId) -> dict[DiscordId, Millis]:
    """When each member was offered a fan last."""
    rows = await tx.all(
        "SELECT member_id, offered_at FROM routing_turns WHERE creator_uuid = :creator", creator=creator
    )
    return {DiscordId(row["member_id"]): row["offered_at"] for row in rows}


async def take_turn(tx: Transaction, creator: CreatorId, member: DiscordId, *, now: Millis) -> None:
    """Put a member last in line. Two turns never have the same time, also where the clock stands still."""
    row = await tx.one(
        "SELECT MAX(offered_at) AS at FROM routing_turns WHERE creator_uuid = :creator", creator=creator
    )
    last = row["at"] if row is not None and row["at"] is not None else 0
    await tx.execute(
        """INSERT INTO routing_turns (creator_uuid, member_id, offered_at) VALUES (:creator, :member, :at)
           ON CONFLICT (creator_uuid, member_id) DO UPDATE SET offered_at = excluded.offered_at""",
        creator=creator,
        member=member,
        at=max(now, last + 1),
    )


async def forget_turns(tx: Transaction, creator: CreatorId, member: DiscordId) -> None:
    """Delete what is kept of a member's turns."""
    await tx.execute(
        "DELETE FROM routing_turns WHERE creator_uuid = :creator AND member_id = :member",
        creator=creator,
        member=member,
    )
