"""Every table is either wiped of an erased creator, or kept for a reason."""

from storage.database import Database
from storage.engine.dialect import COLUMNS
from storage.people import creator_wipe


async def test_every_table_about_a_creator_is_wiped_or_kept(database: Database) -> None:
    """Whoever adds such a table adds it to WIPED or KEPT in storage/people/creator_wipe.py."""
    columns = await database.read(lambda tx: tx.all(COLUMNS))

    about = {row["table"] for row in columns if row["column"] in {"creator_uuid", "managed"}}
    wiped = {table for table, _, _ in creator_wipe.WIPED}

    assert about - wiped - set(creator_wipe.KEPT) == {"links", "creators"}
    assert set(creator_wipe.KEPT) <= about
    assert wiped.isdisjoint(creator_wipe.KEPT)
