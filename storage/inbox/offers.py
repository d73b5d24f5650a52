"""Vault items that went to each fan, at a price or not, and were bought."""

from collections.abc import Sequence
from dataclasses import dataclass

from storage.database import Transaction
from storage.records import Cents, CreatorId, EffectId, EffectState, FanId, FanvueMessageId, MediaId, Millis
from storage.rows import record_of

# When it was bought: as it was read, else as the message or a payment for it tells.
_OFFERS = """SELECT o.fan_uuid, o.media_uuid, o.price, COALESCE(s.sent_at, o.sent_at) AS sent_at, b.state,
                  COALESCE(o.bought_at, s.bought_at, m.bought_at,
                           (SELECT MIN(p.at) FROM payments p
                            WHERE p.creator_uuid = o.creator_uuid AND p.source = 'message'
                              AND p.message_uuid = COALESCE(s.message_uuid, o.carrier))) AS bought_at
           FROM offers o
           LEFT JOIN outbox b ON b.id = o.send_id
           LEFT JOIN messages s ON s.outbox_id = o.send_id AND s.creator_uuid = o.creator_uuid
           LEFT JOIN messages m ON m.creator_uuid = o.creator_uuid AND m.message_uuid = o.carrier
           WHERE o.creator_uuid = :creator
             AND (o.send_id IS NULL OR b.state IN ('pending', 'sending', 'unknown', 'done'))"""


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
class MessageWithItems:
    """A message of the creator's with items in it, as a chat on Fanvue shows it."""

    message: FanvueMessageId
    media: tuple[MediaId, ...]
    price: Cents | None
    sent_at: Millis
    bought_at: Millis | None


async def about_to_leave(
    tx: Transaction,
    send: EffectId,
    creator: CreatorId,
    fan: FanId,
    media: Sequence[MediaId],
    price: Cents | None,
    *,
    at: Millis,
) -> None:
    """Keep the items of this send; said again, it is these alone. It counts once the send exists."""
    await tx.execute(
        "DELETE FROM offers WHERE creator_uuid = :creator AND carrier = :send", creator=creator, send=send
    )
    for item in dict.fromkeys(media):
        await tx.execute(
            """INSERT INTO offers (creator_uuid, fan_uuid, carrier, media_uuid, send_id, price, sent_at)
               VALUES (:creator, :fan, :send, :media, :send, :price, :at)""",
            creator=creator,
            fan=fan,
            send=send,
            media=item,
            price=price,
            at=at,
        )


async def news(
    tx: Transaction, creator: CreatorId, read: Sequence[MessageWithItems]
) -> list[MessageWithItems]:
    """Those of these messages of which something is not known yet."""
    found = []
    for one in read:
        rows = await tx.all(
            "SELECT media_uuid, bought_at FROM offers WHERE creator_uuid = :creator AND carrier = :message",
            creator=creator,
            message=one.message,
        )
        known = {row["media_uuid"]: row["bought_at"] for row in rows}
        if any(item not in known or (one.bought_at and known[item] is None) for item in one.media):
            found.append(one)
    return found


async def were_read(
    tx: Transaction, creator: CreatorId, fan: FanId, read: Sequence[MessageWithItems]
) -> bool:
    """Keep what a chat on Fanvue shows; False: the fan is nobody whom the bridge knows."""
    known = await tx.one(
        "SELECT 1 AS one FROM fans WHERE creator_uuid = :creator AND fan_uuid = :fan",
        creator=creator,
        fan=fan,
    )
    for one in read if known is not None else ():
        for item in dict.fromkeys(one.media):
            await tx.execute(
                """INSERT INTO offers (creator_uuid, fan_uuid, carrier, media_uuid, price, sent_at, bought_at)
                   VALUES (:creator, :fan, :message, :item, :price, :sent_at, :bought_at)
                   ON CONFLICT (creator_uuid, carrier, media_uuid) DO UPDATE SET
                       bought_at = COALESCE(offers.bought_at, excluded.bought_at)""",
                creator=creator,
                fan=fan,
                item=item,
                **vars(one),
            )
    return known is not None


async def of_fan(
    tx: Transaction, creator: CreatorId, fan: FanId, *, but: EffectId | None = None
) -> list[Offer]:
    """All that went to a fan or may have, the oldest first. `but`: without this send's."""
    rows = await tx.all(
        f"""{_OFFERS} AND o.fan_uuid = :fan AND o.carrier <> :but
           ORDER BY sent_at, o.carrier, o.media_uuid""",
        creator=creator,
        fan=fan,
        but=but or "",
    )
    return [record_of(Offer, row) for row in rows]


async def of_item(tx: Transaction, creator: CreatorId, media: MediaId) -> dict[FanId, list[Offer]]:
    """To whom one item went or may have, the oldest first."""
    rows = await tx.all(
        f"{_OFFERS} AND o.media_uuid = :media ORDER BY sent_at, o.carrier", creator=creator, media=media
    )
    found: dict[FanId, list[Offer]] = {}
    for row in rows:
        found.setdefault(FanId(row["fan_uuid"]), []).append(record_of(Offer, row))
    return found


async def totals(tx: Transaction, creator: CreatorId, media: Sequence[MediaId]) -> dict[MediaId, OfferTotals]:
    """The same of several items at once, counted; an item that nobody had is not in it."""
    if not media:
        return {}
    named = {f"media_{number}": item for number, item in enumerate(dict.fromkeys(media))}
    rows = await tx.all(
        f"""SELECT media_uuid,
                   COUNT(DISTINCT CASE WHEN state IS NULL OR state = 'done' OR bought_at IS NOT NULL
                                       THEN fan_uuid END) AS fans,
                   COUNT(DISTINCT CASE WHEN price > 0 AND (state IS NULL OR state = 'done')
                                         OR bought_at IS NOT NULL THEN fan_uuid END) AS offered,
                   COUNT(DISTINCT CASE WHEN bought_at IS NOT NULL THEN fan_uuid END) AS buyers,
                   COUNT(DISTINCT CASE WHEN state <> 'done' AND bought_at IS NULL
                                       THEN fan_uuid END) AS unsettled
            FROM ({_OFFERS} AND o.media_uuid IN ({", ".join(f":{name}" for name in named)})) AS known
            GROUP BY media_uuid""",  # noqa: S608 - names of parameters
        creator=creator,
        **named,
    )
    return {MediaId(row["media_uuid"]): record_of(OfferTotals, row) for row in rows}
