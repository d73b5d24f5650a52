"""Levels of the guard on both databases."""

from storage.database import Database, Transaction
from storage.inbox import guard_levels
from storage.people import creator_wipe
from storage.records import CreatorId, DiscordId
from tests.storage.record_fixtures import CREATOR, OTHER_CREATOR

LENA = DiscordId(1)


async def put(tx: Transaction, pack: str, level: str, creator: CreatorId = CREATOR) -> None:
    await guard_levels.put(tx, creator, pack, level, by=LENA, now=1)


async def kept(database: Database, creator: CreatorId = CREATOR) -> dict[str, str]:
    return await database.read(lambda tx: guard_levels.of_creator(tx, creator))


async def test_the_newest_level_of_a_pack_holds(database: Database) -> None:
    await database.write(lambda tx: put(tx, "meeting", "off"))
    await database.write(lambda tx: put(tx, "meeting", "block"))
    await database.write(lambda tx: put(tx, "payment", "warn"))

    assert await kept(database) == {"meeting": "block", "payment": "warn"}
    assert await kept(database, OTHER_CREATOR) == {}


async def test_they_go_with_their_creator_alone(database: Database) -> None:
    await database.write(lambda tx: put(tx, "meeting", "off"))
    await database.write(lambda tx: put(tx, "meeting", "off", OTHER_CREATOR))

    gone, _ = await database.write(lambda tx: creator_wipe.wipe(tx, CREATOR, limit=9))

    assert gone == {"guard_levels": 1}
    assert await kept(database) == {}
    assert await kept(database, OTHER_CREATOR) == {"meeting": "off"}
