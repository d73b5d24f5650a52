"""Limits of prices on both databases."""

from storage.database import Database, Transaction
from storage.inbox import price_limits
from storage.inbox.price_limits import RolePriceLimits
from storage.people import creator_wipe
from storage.records import CreatorId, DiscordId
from tests.storage.record_fixtures import CREATOR, OTHER_CREATOR

SERVER, ELSEWHERE, LENA = DiscordId(7), DiscordId(8), DiscordId(1)
SET = RolePriceLimits(500, 5_000, 1_200, None)


async def put(tx: Transaction, role: str, limits: RolePriceLimits, creator: CreatorId = CREATOR) -> None:
    new = f"{creator}-{role}-{limits}"
    await price_limits.put(tx, creator, SERVER, role, limits, new=new, by=LENA, now=1)


async def kept(database: Database, creator: CreatorId = CREATOR) -> dict[str, RolePriceLimits]:
    return await database.read(lambda tx: price_limits.of_server(tx, creator, SERVER))


async def test_the_newest_limits_of_a_role_hold_on_their_server(database: Database) -> None:
    await database.write(lambda tx: put(tx, "chatter", RolePriceLimits(ceiling=900)))
    await database.write(lambda tx: put(tx, "chatter", SET))
    await database.write(lambda tx: put(tx, "trainee", RolePriceLimits(floor=300)))

    assert await kept(database) == {"chatter": SET, "trainee": RolePriceLimits(floor=300)}
    assert await kept(database, OTHER_CREATOR) == {}
    assert await database.read(lambda tx: price_limits.of_server(tx, CREATOR, ELSEWHERE)) == {}


async def test_no_limits_leave_no_row(database: Database) -> None:
    await database.write(lambda tx: put(tx, "chatter", SET))
    await database.write(lambda tx: put(tx, "chatter", RolePriceLimits()))

    assert await kept(database) == {}


async def test_they_go_with_their_creator_alone(database: Database) -> None:
    await database.write(lambda tx: put(tx, "chatter", SET))
    await database.write(lambda tx: put(tx, "chatter", SET, OTHER_CREATOR))

    gone, _ = await database.write(lambda tx: creator_wipe.wipe(tx, CREATOR, limit=9))

    assert gone == {"price_limits": 1}
    assert await kept(database) == {}
    assert await kept(database, OTHER_CREATOR) == {"chatter": SET}
