"""Every column of sealed values is known to whoever encrypts it anew."""

from pathlib import Path

from storage.engine.connect import open_database
from storage.operations import sealed_values, sealing_keys
from storage.operations.sealed_columns import PLACES
from tests.database_place import with_schema


async def test_storage_sealed_places_has_a_line_for_every_bytea_column(tmp_path: Path) -> None:
    """Whoever adds such a column adds its line to PLACES in storage/operations/sealed_columns.py."""
    database = await open_database(with_schema(f"sqlite:///{tmp_path}/bridge.sqlite3"), now=0)
    columns = await database.read(sealing_keys.columns)
    keys = await database.read(sealed_values.keys_of)
    for column in PLACES:  # the statement of each is one that the database understands
        await database.read(
            lambda tx, column=column: sealed_values.older(  # type: ignore[misc]  # a default binds it
                tx, column, keys[column.table], head=b"", after=None, limit=1
            )
        )
    await database.close()

    assert [(column.table, column.column) for column in PLACES] == columns
