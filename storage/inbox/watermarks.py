"""The point up to which each creator was read, and their live events."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from storage.database import Transaction
from storage.records import CreatorId, FanId, FanvueMessageId, Millis
from storage.rows import record_of


@dataclass(frozen=True)
class Watermark:
    """A hint where to look, never a filter; only `floor` is one: anything older stays on Fanvue (B7)."""

    creator: CreatorId
    floor: Millis
    swept_at: Millis | None  # when the last whole sweep began
    paid_at: Millis | None  # when the payments were last listed to their end: figures can fail by themselves
    full_at: Millis  # when the last sweep of full depth began


@dataclass(frozen=True)
class ChatMark:
    """The newest message of a chat when it was last read to its end."""

    message: FanvueMessageId | None
    last_at: Millis | None


async def begin(tx: Transaction, creator: CreatorId, *, now: Millis) -> None:
    """Start reading a creator from now on; a creator that was known before goes on where it was."""
    await tx.execute(
        """INSERT INTO watermarks (creator_uuid, floor_at, full_at) VALUES (:creator, :now, :now)
           ON CONFLICT (creator_uuid) DO NOTHING""",
        creator=creator,
        now=now,
    )


async def raise_floor(tx: Transaction, creator: CreatorId, *, floor: Millis) -> None:
    """Leave what is older than `floor` on Fanvue; a floor is never lowered."""
    await tx.execute(
        "UPDATE watermarks SET floor_at = :floor WHERE creator_uuid = :creator AND floor_at < :floor",
        creator=creator,
        floor=floor,
    )


async def get(tx: Transaction, creator: CreatorId) -> Watermark | None:
    """The watermark of a creator."""
    row = await tx.one("SELECT * FROM watermarks WHERE creator_uuid = :creator", creator=creator)
    return record_of(Watermark, row, creator=creator) if row else None


async def swept(tx: Transaction, creator: CreatorId, *, began: Millis, full: bool) -> None:
    """A sweep that began then came to its end."""
    await tx.execute(
        """UPDATE watermarks SET swept_at = :began,
                  full_at = CASE WHEN :full = 1 THEN :began ELSE full_at END
           WHERE creator_uuid = :creator""",
        creator=creator,
        began=began,
        full=int(full),
    )


async def paid(tx: Transaction, creator: CreatorId, *, began: Millis) -> None:
    """The payments were listed to their end by a reading that began then."""
    await tx.execute(
        "UPDATE watermarks SET paid_at = :began WHERE creator_uuid = :creator", creator=creator, began=began
    )


async def chat_marks(tx: Transaction, creator: CreatorId, fans: Sequence[FanId]) -> Mapping[FanId, ChatMark]:
    """The marks of these chats; one that was never read has none."""
    found: dict[FanId, ChatMark] = {}
    for fan in fans:
        row = await tx.one(
            "SELECT * FROM chat_marks WHERE creator_uuid = :creator AND fan_uuid = :fan",
            creator=creator,
            fan=fan,
        )
        if row is not None:
            message = FanvueMessageId(row["message_uuid"]) if row["message_uuid"] is not None else None
            found[fan] = ChatMark(message, row["last_at"])
    return found


async def chat_read(tx: Transaction, creator: CreatorId, fan: FanId, mark: ChatMark) -> None:
    """A chat was read down to what was known."""
    await tx.execute(
        """INSERT INTO chat_marks (creator_uuid, fan_uuid, message_uuid, last_at)
           VALUES (:creator, :fan, :message, :last_at)
           ON CONFLICT (creator_uuid, fan_uuid) DO UPDATE SET message_uuid = excluded.message_uuid,
                                                              last_at = excluded.last_at""",
        creator=creator,
        fan=fan,
        message=mark.message,
        last_at=mark.last_at,
    )


# ── what came live ──


async def heard(tx: Transaction, creator: CreatorId, event: str, *, at: Millis) -> None:
    """A live event of this kind came, new or repeated."""
    await tx.execute(
        """INSERT INTO heard (creator_uuid, event, last_at) VALUES (:creator, :event, :at)
           ON CONFLICT (creator_uuid, event) DO UPDATE SET last_at = excluded.last_at""",
        creator=creator,
        event=event,
        at=at,
    )


async def heard_of(tx: Transaction, creator: CreatorId) -> Mapping[str, Millis]:
    """The time of the last live event of each kind."""
    rows = await tx.all("SELECT event, last_at FROM heard WHERE creator_uuid = :creator", creator=creator)
    return {row["event"]: row["last_at"] for row in rows}


async def heard_last(tx: Transaction, creator: CreatorId) -> Millis | None:
    """The time of the last live event."""
    row = await tx.one(
        "SELECT MAX(last_at) AS newest FROM heard WHERE creator_uuid = :creator", creator=creator
    )
    return row["newest"] if row else None


async def credited(tx: Transaction, creator: CreatorId) -> Millis:
    """Up to when everybody's replies are remembered; 0: nobody has looked."""
    row = await tx.one("SELECT credited_at FROM watermarks WHERE creator_uuid = :creator", creator=creator)
    return row["credited_at"] or 0 if row else 0


async def credit(tx: Transaction, creator: CreatorId, *, until: Millis) -> None:
    """They are remembered up to then; of a creator who was never swept it is found out again."""
    await tx.execute(
        """UPDATE watermarks SET credited_at = :until
           WHERE creator_uuid = :creator AND COALESCE(credited_at, 0) < :until""",
        creator=creator,
        until=until,
    )
