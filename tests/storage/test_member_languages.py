"""In which language a member last asked, as far as anybody knows."""

from storage.database import Database, Transaction
from storage.engine import commands
from storage.people import languages
from storage.records import DiscordId
from tests.storage.query_plans import plan_of, whole_tables
from tests.storage.record_fixtures import command

MARA, THEO = DiscordId(30), DiscordId(31)


async def test_the_last_one_that_is_known_counts(database: Database) -> None:
    asked = (
        command(1, language="de"),
        command(2, language="es"),
        command(3, language=None),  # typed into a thread
        command(4, actor=THEO, language=None),
    )

    async def work(tx: Transaction) -> None:
        for one in asked:
            assert await commands.stage(tx, one)

    await database.write(work)

    assert await database.read(lambda tx: languages.last_asked_in(tx, MARA)) == "es"
    assert await database.read(lambda tx: languages.last_asked_in(tx, THEO)) is None
    assert await database.read(lambda tx: commands.get(tx, asked[0].id)) == asked[0]


async def test_it_is_found_without_reading_all_commands(database: Database, url: str) -> None:
    query = languages._LAST_ASKED_IN

    plan = await plan_of(database, url, query, {"member": MARA})

    assert not [step for step in whole_tables(plan) if "commands" in step]
    assert any("commands_actor" in step for step in plan)
