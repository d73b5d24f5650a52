"""Every table is either wiped of an erased creator, or kept for a reason."""

from storage import wiping
from storage.database import Database
from storage.dialect import COLUMNS


async def test_every_table_about_a_creator_is_wiped_or_kept(database: Database) -> None:
    """Whoever adds such a table adds it to WIPED or KEPT in storage/wiping.py."""
    columns = await database.read(lambda tx: tx.all(COLUMNS))

    about = {row["table"] for row in columns if row["column"] in {"creator_uuid", "managed"}}
    wiped = {table for table, _, _ in wiping.WIPED}

    assert about - wiped - set(wiping.KEPT) == {"links", "creators"}
    assert set(wiping.KEPT) <= about
    assert wiped.isdisjoint(wiping.KEPT)
