"""Every table of an export that has a sealed column: each of them is opened."""

import json
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path
from typing import Final

import pytest

from bot.engine.commands import body_place as command_place
from bot.engine.outbox import body_place as effect_place
from bot.engine.pseudonyms import Pseudonyms
from bot.features.inbox.guard_words.word_lists import GuardWordScope, place_of_list
from bot.features.inbox.notes.service import body_place as note_place
from bot.features.inbox.notes.tag_service import tag_place
from bot.features.inbox.promises.content import promise_place
from bot.features.inbox.routing.rule_book import rule_place
from bot.features.inbox.routing_lists.service import list_place
from bot.features.people.accounts.keyring import Keyring, MasterKey
from bot.features.people.privacy.exporter import Exporter
from bot.features.publishing.drafts.content_place import place_of as composition_place
from bot.features.publishing.lists.jobs import job_place
from bot.features.publishing.proposals.records import body_place as proposal_place
from bot.features.publishing.uploads.bodies import upload_place
from bot.relay.fact_bodies import body_place as fact_place
from bot.relay.live_money import marks_place
from bot.relay.message_template import place_of as template_place
from bot.relay.reassignment import move_place
from storage.database import Database, Transaction, Value
from storage.engine.connect import open_database
from storage.operations.sealed_columns import PLACES
from storage.people.data_export import LEFT_OUT, PARTS
from storage.records import CommandId, CreatorId, DiscordId, DraftId, EffectId, FactId, TemplateId
from tests.database_place import with_schema
from tests.storage.conftest import url

__all__ = ("url",)

LUNA: Final = CreatorId("11111111-2222-3333-4444-555555555555")
ROW: Final = "row-1"  # the value of every text column but hers
EXPORTED: Final = [
    place
    for place in PLACES
    if place.table in {part.table for part in PARTS} and f"{place.table}.{place.column}" not in LEFT_OUT
]
# Where the features themselves seal what such a row says.
SEALED_BY: Final[Mapping[str, Callable[[], str]]] = {
    "commands": lambda: command_place(CommandId(ROW)),
    "compositions": lambda: composition_place(ROW, LUNA),
    "credit_moves": lambda: move_place(ROW, LUNA),
    "earnings_told": lambda: marks_place(FactId(ROW), LUNA),
    "fan_tags": lambda: tag_place(ROW, LUNA),
    "guard_words": lambda: place_of_list(GuardWordScope(DiscordId(1), LUNA)),
    "inbox": lambda: fact_place(FactId(ROW), LUNA),
    "list_jobs": lambda: job_place(ROW, LUNA),
    "notes": lambda: note_place(ROW, LUNA),
    "outbox": lambda: effect_place(EffectId(ROW), LUNA),
    "promises": lambda: promise_place(ROW, LUNA),
    "proposals": lambda: proposal_place(DraftId(ROW)),
    "routing_lists": lambda: list_place(ROW, LUNA),
    "routing_rules": lambda: rule_place(ROW, LUNA),
    "templates": lambda: template_place(TemplateId(ROW)),
    "uploads": lambda: upload_place(ROW, LUNA),
}


@pytest.fixture
def ring() -> Keyring:
    return Keyring([MasterKey("111", b"k" * 32)])


@pytest.fixture
async def database(url: str, ring: Keyring, tmp_path: Path) -> AsyncIterator[Database]:
    """One row in every table of an export; what is sealed says the table's name."""
    columns = await columns_of(f"sqlite:///{tmp_path}/schema.sqlite3")
    opened = await open_database(url, now=0)

    async def fill(tx: Transaction) -> None:
        for table in ("tickets", *(part.table for part in PARTS)):  # a link that is asked about has a ticket
            row = {name: value_of(table, name, kind, ring) for name, kind in columns[table].items()}
            names = ", ".join(f'"{name}"' for name in row)
            values = ", ".join(f":{name}" for name in row)
            await tx.execute(f"INSERT INTO {table} ({names}) VALUES ({values})", **row)  # noqa: S608 - of the schema

    try:
        await opened.write(fill)
        yield opened
    finally:
        await opened.close()


async def columns_of(url: str) -> Mapping[str, Mapping[str, str]]:
    """The type of each column of each table."""
    database = await open_database(with_schema(url), now=0)
    rows = await database.read(
        lambda tx: tx.all(
            """SELECT tables.name AS "table", columns.name AS "column", columns.type AS kind
               FROM sqlite_master AS tables JOIN pragma_table_info(tables.name) AS columns
               WHERE tables.type = 'table'"""
        )
    )
    await database.close()
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        found.setdefault(str(row["table"]), {})[str(row["column"])] = str(row["kind"])
    return found


def value_of(table: str, column: str, kind: str, ring: Keyring) -> Value:
    """What stands there: hers where it is about her, and everywhere else the same."""
    if kind == "BYTEA":
        return ring.seal(SEALED_BY[table](), f"what {table} says".encode()) if table in SEALED_BY else b"?"
    if kind == "TEXT":
        return LUNA if column == "creator_uuid" else ROW
    return 1


def test_what_features_seal_for_an_exported_row_is_what_the_one_list_says() -> None:
    row = {"id": ROW, "draft_id": ROW, "creator_uuid": LUNA, "guild_id": 1, "list_key": ROW, "fact_id": ROW}

    assert {place.table: place.place.format(**row) for place in EXPORTED} == {
        table: sealed_for() for table, sealed_for in SEALED_BY.items()
    }


async def test_every_exported_table_is_written_and_every_sealed_column_of_them_opened(
    database: Database, ring: Keyring
) -> None:
    pieces: list[str] = []
    names = Pseudonyms(sealer=ring, random=bytes)
    exporter = Exporter(sealer=ring, names=names, write=pieces.append)

    number = await database.read(lambda tx: exporter.export(tx, LUNA, None, now=1))

    found = json.loads("".join(pieces))
    assert {part.table: len(found[part.table]) for part in PARTS if len(found[part.table]) != 1} == {}
    assert number == len(PARTS)
    assert {place.table: found[place.table][0]["body"] for place in EXPORTED} == {
        table: f"what {table} says" for table in SEALED_BY
    }
