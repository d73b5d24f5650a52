"""Keeps which vault items are to go to a fan, and which a read chat shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from storage.database import Transaction
from storage.records import Cents, CreatorId, EffectId, FanId, FanvueMessageId, MediaId, Millis


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
