"""Items in mass messages; nobody tells whom they reached."""

from collections.abc import Sequence
from dataclasses import dataclass

from storage.database import Transaction
from storage.records import Cents, CreatorId, EffectId, EffectState, MediaId, Millis
from storage.rows import record_of


@dataclass(frozen=True)
class MassOffer:
    """One mass message that went out through the bridge, may have, or is to."""

    effect: EffectId
    media: tuple[MediaId, ...]
    price: Cents | None
    sent_at: Millis
    state: EffectState
    ended: Millis | None = None  # when it was cancelled or taken back


async def unread(
    tx: Transaction, creator: CreatorId, kind: str, *, carried_out: bool = False
) -> list[EffectId]:
    """Effects of this kind of which nobody has looked yet what is in them, oldest first.

    `carried_out`: only those that took place; the others are looked at once they have.
    """
    rows = await tx.all(
        """SELECT id FROM outbox WHERE creator_uuid = :creator AND fan_uuid IS NULL AND kind = :kind
             AND (state = 'done' OR :any = 1)
             AND NOT EXISTS (SELECT 1 FROM mass_offers WHERE mass_offers.effect_id = outbox.id)
           ORDER BY created_at, id""",
        creator=creator,
        kind=kind,
        any=int(not carried_out),
    )
    return [EffectId(row["id"]) for row in rows]


async def keep(
    tx: Transaction,
    effect: EffectId,
    creator: CreatorId,
    media: Sequence[MediaId],
    price: Cents | None,
    *,
    at: Millis,
) -> None:
    """Keep the items of a mass message; of an effect that only changes one: none, so it is read once."""
    await tx.execute(
        """INSERT INTO mass_offers (effect_id, creator_uuid, media, price, sent_at)
           VALUES (:effect, :creator, :media, :price, :at) ON CONFLICT (effect_id) DO NOTHING""",
        effect=effect,
        creator=creator,
        media=" ".join(dict.fromkeys(media)),
        price=price,
        at=at,
    )


async def become(
    tx: Transaction,
    creator: CreatorId,
    message: str,
    media: Sequence[MediaId],
    price: Cents | None,
    *,
    at: Millis | None,
) -> None:
    """Set the items of a mass message, by its id on Fanvue. Without items it is none any more."""
    await tx.execute(
        """UPDATE mass_offers SET media = :media, price = :price, sent_at = COALESCE(:at, sent_at)
           WHERE effect_id IN (SELECT id FROM outbox WHERE creator_uuid = :creator AND fan_uuid IS NULL
                                 AND external_id = :message)""",
        media=" ".join(dict.fromkeys(media)),
        price=price,
        at=at,
        creator=creator,
        message=message,
    )


async def end(tx: Transaction, creator: CreatorId, message: str, *, at: Millis) -> None:
    """The mass message with this id on Fanvue was cancelled or taken back; the first word counts."""
    await tx.execute(
        """UPDATE mass_offers SET ended_at = :at
           WHERE ended_at IS NULL AND effect_id IN (
               SELECT id FROM outbox WHERE creator_uuid = :creator AND fan_uuid IS NULL
                 AND external_id = :message)""",
        at=at,
        creator=creator,
        message=message,
    )


async def since(
    tx: Transaction, creator: CreatorId, since: Millis, *, all_of: str | None = None
) -> list[MassOffer]:
    """Mass messages with items that went out since then, may have, or are to, newest first.

    `all_of`: every one that is an effect of this kind, also without items, cancelled or taken back.
    """
    rows = await tx.all(
        """SELECT m.effect_id, m.media, m.price, m.sent_at, m.ended_at, o.state
           FROM mass_offers m JOIN outbox o ON o.id = m.effect_id
           WHERE m.creator_uuid = :creator AND m.sent_at >= :since
             AND ((m.media <> '' AND m.ended_at IS NULL) OR o.kind = :all_of)
             AND o.state IN ('pending', 'sending', 'unknown', 'done')
           ORDER BY m.sent_at DESC, m.effect_id""",
        creator=creator,
        since=since,
        all_of=all_of or "",
    )
    return [
        record_of(MassOffer, row, media=tuple(MediaId(item) for item in row["media"].split())) for row in rows
    ]
