"""What each fan was sent, has and bought, and for how much: one answer for all.

Whoever counts, asks or shows asks here: the card, the items, the guard, lists and programs. What was taken
back is not had, unless it was bought before: buyers keep it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from storage.database import Transaction
from storage.records import Cents, CreatorId, EffectId, EffectState, FanId, MediaId, Millis, Pseudonym
from storage.rows import record_of

_HAD = "(gone_at IS NULL OR bought_at IS NOT NULL)"
# When it was bought: as it was read, else as the message or a payment for it tells.
ITEMS = f"""(SELECT * FROM (
    SELECT o.fan_uuid, o.carrier, o.media_uuid, o.price, COALESCE(s.sent_at, o.sent_at) AS sent_at, b.state,
           COALESCE(s.deleted_at, m.deleted_at) AS gone_at,
           COALESCE(o.bought_at, s.bought_at, m.bought_at,
                    (SELECT MIN(p.at) FROM payments p
                     WHERE p.creator_uuid = o.creator_uuid AND p.source = 'message'
                       AND p.message_uuid = COALESCE(s.message_uuid, o.carrier))) AS bought_at
    FROM offers o
    LEFT JOIN outbox b ON b.id = o.send_id
    LEFT JOIN messages s ON s.outbox_id = o.send_id AND s.creator_uuid = o.creator_uuid
    LEFT JOIN messages m ON m.creator_uuid = o.creator_uuid AND m.message_uuid = o.carrier
    WHERE o.creator_uuid = :creator
      AND (o.send_id IS NULL OR b.state IN ('pending', 'sending', 'unknown', 'done'))
      AND {{which}}) AS sent WHERE {_HAD}) AS had"""  # noqa: S608 - a constant
# Three tell of a message: what was sent or shown here, a chat that was read, and a payment for it.
PRICED = f"""(SELECT * FROM (
    SELECT message_uuid, MAX(price) AS price, MAX(sent_at) AS sent_at, MIN(bought_at) AS bought_at,
           MAX(gone_at) AS gone_at
    FROM (SELECT message_uuid, price, sent_at, bought_at, deleted_at AS gone_at FROM messages
          WHERE creator_uuid = :creator AND fan_uuid = :fan AND direction IN ('out', 'mass')
          UNION ALL
          SELECT carrier, price, sent_at, bought_at, NULL FROM offers
          WHERE creator_uuid = :creator AND fan_uuid = :fan AND send_id IS NULL
          UNION ALL
          SELECT message_uuid, gross, NULL, at, NULL FROM payments
          WHERE creator_uuid = :creator AND fan = :name AND source = 'message'
            AND message_uuid IS NOT NULL) AS told
    GROUP BY message_uuid) AS sent WHERE price > 0 AND {_HAD}) AS had"""  # noqa: S608 - a constant


@dataclass(frozen=True)
class Offer:
    """One item in one message. `state`: of the send; None: the message was read on Fanvue."""

    media: MediaId
    price: Cents | None
    sent_at: Millis
    bought_at: Millis | None
    state: EffectState | None = None


@dataclass(frozen=True)
class OfferTotals:
    """How many fans one item went to. `offered`: at a price; `unsettled`: on its way to, or not certain."""

    fans: int = 0
    offered: int = 0
    buyers: int = 0
    unsettled: int = 0


@dataclass(frozen=True)
class FanOffers:
    """Messages with a price that a fan was sent, and has."""

    sent: int
    bought: int
    last_sent: Millis | None
    last_bought: Millis | None
    asked: Cents = 0  # what all of them cost together
    paid: Cents = 0  # and those that were bought


async def priced(tx: Transaction, creator: CreatorId, fan: FanId, name: Pseudonym | None) -> FanOffers:
    """The messages with a price, counted. `name`: the fan's in payments; None: they have none."""
    row = await tx.one(
        f"""SELECT COUNT(*) AS sent, COUNT(bought_at) AS bought, MAX(sent_at) AS last_sent,
                   MAX(bought_at) AS last_bought, COALESCE(SUM(price), 0) AS asked,
                   COALESCE(SUM(CASE WHEN bought_at IS NOT NULL THEN price END), 0) AS paid
            FROM {PRICED}""",  # noqa: S608 - a constant
        creator=creator,
        fan=fan,
        name=name or "",
    )
    assert row is not None, "a count has a row"
    return record_of(FanOffers, row, asked=int(row["asked"]), paid=int(row["paid"]))


async def items(
    tx: Transaction, creator: CreatorId, fan: FanId, *, but: EffectId | None = None
) -> list[Offer]:
    """The items that went to a fan or may have, the oldest first. `but`: without this send's."""
    had = ITEMS.format(which="o.fan_uuid = :fan AND o.carrier <> :but")
    rows = await tx.all(
        f"SELECT * FROM {had} ORDER BY sent_at, carrier, media_uuid",  # noqa: S608 - a constant
        creator=creator,
        fan=fan,
        but=but or "",
    )
    return [record_of(Offer, row) for row in rows]


async def fans_with(tx: Transaction, creator: CreatorId, media: MediaId) -> dict[FanId, list[Offer]]:
    """To whom one item went or may have, the oldest first."""
    had = ITEMS.format(which="o.media_uuid = :media")
    rows = await tx.all(
        f"SELECT * FROM {had} ORDER BY sent_at, carrier",  # noqa: S608 - a constant
        creator=creator,
        media=media,
    )
    found: dict[FanId, list[Offer]] = {}
    for row in rows:
        found.setdefault(FanId(row["fan_uuid"]), []).append(record_of(Offer, row))
    return found


async def buyers(tx: Transaction, creator: CreatorId, media: MediaId) -> list[FanId]:
    """The fans who bought one item, as far as the bridge saw."""
    known = await fans_with(tx, creator, media)
    return sorted(fan for fan, offers in known.items() if any(one.bought_at is not None for one in offers))


async def totals(tx: Transaction, creator: CreatorId, media: Sequence[MediaId]) -> dict[MediaId, OfferTotals]:
    """The same of several items at once, counted; an item that nobody had is not in it."""
    if not media:
        return {}
    named = {f"media_{number}": item for number, item in enumerate(dict.fromkeys(media))}
    had = ITEMS.format(which=f"o.media_uuid IN ({', '.join(f':{name}' for name in named)})")
    rows = await tx.all(
        f"""SELECT media_uuid,
                   COUNT(DISTINCT CASE WHEN state IS NULL OR state = 'done' OR bought_at IS NOT NULL
                                       THEN fan_uuid END) AS fans,
                   COUNT(DISTINCT CASE WHEN price > 0 AND (state IS NULL OR state = 'done')
                                         OR bought_at IS NOT NULL THEN fan_uuid END) AS offered,
                   COUNT(DISTINCT CASE WHEN bought_at IS NOT NULL THEN fan_uuid END) AS buyers,
                   COUNT(DISTINCT CASE WHEN state <> 'done' AND bought_at IS NULL
                                       THEN fan_uuid END) AS unsettled
            FROM {had} GROUP BY media_uuid""",  # noqa: S608 - names of parameters
        creator=creator,
        **named,
    )
    return {MediaId(row["media_uuid"]): record_of(OfferTotals, row) for row in rows}
