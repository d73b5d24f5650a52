"""Lists of forbidden words on both databases."""

from dataclasses import replace

from storage.database import Database, Transaction
from storage.inbox import guard_words
from storage.inbox.guard_words import ANYWHERE, SHARED, StoredGuardWords
from storage.people import creator_wipe
from storage.records import DiscordId
from tests.storage.record_fixtures import CREATOR, OTHER_CREATOR

SERVER, ELSEWHERE = DiscordId(7), DiscordId(8)
OWN = StoredGuardWords(ANYWHERE, CREATOR, b"sealed", DiscordId(1), 10)
OURS = replace(OWN, guild=SERVER, creator=SHARED)
OTHERS = replace(OWN, creator=OTHER_CREATOR)


async def fill(tx: Transaction) -> None:
    for one in (OWN, OURS, OTHERS):
        await guard_words.put(tx, one)


async def acting(database: Database, *guilds: DiscordId) -> list[StoredGuardWords]:
    return await database.read(lambda tx: guard_words.acting(tx, CREATOR, guilds))


async def test_a_creators_own_list_acts_everywhere_and_a_servers_there(database: Database) -> None:
    await database.write(fill)

    assert await acting(database) == [OWN]
    assert await acting(database, SERVER, ELSEWHERE) == [OWN, OURS]
    assert await acting(database, ELSEWHERE) == [OWN]


async def test_a_list_is_kept_in_place_of_what_it_was(database: Database) -> None:
    await database.write(fill)
    changed = replace(OURS, body=b"other", by=DiscordId(2), at=20)

    await database.write(lambda tx: guard_words.put(tx, changed))

    assert await database.read(lambda tx: guard_words.get(tx, SERVER, SHARED)) == changed
    assert await database.read(lambda tx: guard_words.get(tx, ELSEWHERE, SHARED)) is None


async def test_it_goes_with_its_creator_alone(database: Database) -> None:
    await database.write(fill)

    gone, _ = await database.write(lambda tx: creator_wipe.wipe(tx, CREATOR, limit=9))

    assert gone == {"guard_words": 1}
    assert await acting(database, SERVER) == [OURS]
    assert await database.read(lambda tx: guard_words.get(tx, ANYWHERE, OTHER_CREATOR)) == OTHERS
