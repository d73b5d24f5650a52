"""The retention of a creator's data; the defaults, unless their owner chose."""

from dataclasses import dataclass

from storage.database import Transaction
from storage.records import CreatorId, Millis
from storage.rows import record_of

DAY: Millis = 86_400_000
AUDIT = 400  # days: the record of who did what keeps its own time, whatever an owner chooses


# From one creator to the next through an index; UNION or DISTINCT would read every row that there is.
_EACH = """WITH RECURSIVE names (one) AS (
        SELECT MIN(creator_uuid) FROM {table}
        UNION ALL SELECT (SELECT MIN(creator_uuid) FROM {table} WHERE creator_uuid > names.one)
        FROM names WHERE names.one IS NOT NULL)
    SELECT one FROM names WHERE one IS NOT NULL"""


@dataclass(frozen=True)
class RetentionTerms:
    """The days each sort of data is kept, from when it came in."""

    texts: int = 30  # what people wrote, in the database and on Discord
    records: int = 400  # ids by which a repeat is known, and what members asked for
    money: int = 3653  # lines about payments: ten years

    def before(self, days: int, now: Millis) -> Millis:
        """The time before which data is over."""
        return now - days * DAY


async def terms(tx: Transaction, creator: CreatorId) -> RetentionTerms:
    """A creator's terms."""
    row = await tx.one("SELECT * FROM retention WHERE creator_uuid = :creator", creator=creator)
    return record_of(RetentionTerms, row) if row else RetentionTerms()


async def choose(tx: Transaction, creator: CreatorId, chosen: RetentionTerms) -> None:
    """Let these terms hold from now on."""
    await tx.execute(
        """INSERT INTO retention (creator_uuid, texts, records, money)
           VALUES (:creator, :texts, :records, :money)
           ON CONFLICT (creator_uuid) DO UPDATE SET texts = excluded.texts, records = excluded.records,
               money = excluded.money""",
        creator=creator,
        **vars(chosen),
    )


async def everybody(tx: Transaction) -> list[CreatorId]:
    """Every creator about whom anything is kept, linked or not; '' is what belongs to nobody."""
    found = {"", *(row["creator_uuid"] for row in await tx.all("SELECT creator_uuid FROM creators"))}
    for table in ("inbox", "outbox", "payments"):
        found |= {row["one"] for row in await tx.all(_EACH.format(table=table))}
    return [CreatorId(creator) for creator in sorted(found)]
