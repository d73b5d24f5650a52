"""How long what is kept of a creator; the defaults, unless their owner chose."""

from dataclasses import dataclass

from storage.database import Row, Transaction
from storage.records import CreatorId, Millis

DAY: Millis = 86_400_000
AUDIT = 400  # days: the record of who did what keeps its own time, whatever an owner chooses


@dataclass(frozen=True)
class Terms:
    """How many days what is kept, from when it came in."""

    texts: int = 30  # what people wrote, in the database and on Discord
    records: int = 400  # ids by which a repeat is known, and what members asked for
    money: int = 3653  # lines about payments: ten years

    def before(self, days: int, now: Millis) -> Millis:
        """What came in before this time is over."""
        return now - days * DAY


async def terms(tx: Transaction, creator: CreatorId) -> Terms:
    """What holds for a creator."""
    row = await tx.one("SELECT * FROM retention WHERE creator_uuid = :creator", creator=creator)
    return _terms_of(row) if row else Terms()


async def choose(tx: Transaction, creator: CreatorId, chosen: Terms) -> None:
    """Let these terms hold from now on."""
    await tx.execute(
        """INSERT INTO retention (creator_uuid, texts, records, money)
           VALUES (:creator, :texts, :records, :money)
           ON CONFLICT (creator_uuid) DO UPDATE SET texts = excluded.texts, records = excluded.records,
               money = excluded.money""",
        creator=creator,
        texts=chosen.texts,
        records=chosen.records,
        money=chosen.money,
    )


async def everybody(tx: Transaction) -> list[CreatorId]:
    """Every creator about whom anything is kept, linked or not; '' is what belongs to nobody."""
    rows = await tx.all(
        """SELECT '' AS creator_uuid UNION SELECT creator_uuid FROM creators
           UNION SELECT creator_uuid FROM inbox UNION SELECT creator_uuid FROM outbox
           UNION SELECT creator_uuid FROM payments
           ORDER BY creator_uuid"""
    )
    return [CreatorId(row["creator_uuid"]) for row in rows]


def _terms_of(row: Row) -> Terms:
    return Terms(row["texts"], row["records"], row["money"])
