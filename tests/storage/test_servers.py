"""Each server belongs to one bot: to who was there before, or claimed it first."""

import pytest

from storage.database import Database, Transaction
from storage.engine import guild_assignments
from storage.errors import SeveralBots
from storage.inbox import forums
from storage.records import CreatorId, DiscordId
from tests.storage.record_fixtures import CREATOR, GUILD, OTHER_CREATOR, OTHER_GUILD, forum
from tests.storage.test_forums import a_link

ONE, TWO, THREE = 71, 72, 73


async def begin(
    database: Database, application: int, *, alone: bool = False, replaces: int | None = None
) -> bool:
    begun = await database.write(
        lambda tx: guild_assignments.begin(tx, application, alone=alone, replaces=replaces, now=5)
    )
    return begun.home


async def owners(database: Database) -> dict[DiscordId, int]:
    return await database.read(guild_assignments.every)


async def claim(database: Database, guild: DiscordId, application: int) -> int:
    return await database.write(lambda tx: guild_assignments.claim(tx, guild, application, now=6))


async def known_before(tx: Transaction) -> None:
    """A forum on one server, a link on another one, from before there were bots."""
    await forums.add(tx, forum(1, creator=CREATOR), 1)
    await a_link(tx, number=1, creator=OTHER_CREATOR, guild=OTHER_GUILD, state="active")


async def test_what_is_there_belongs_to_the_first_bot_that_starts(known: Database) -> None:
    await known.write(known_before)

    home = [await begin(known, application) for application in (ONE, TWO, ONE)]

    assert home == [True, False, True]
    assert await owners(known) == {GUILD: ONE, OTHER_GUILD: ONE}


async def test_a_server_is_the_first_ones_that_claims_it(database: Database) -> None:
    await begin(database, ONE)

    claimed = [await claim(database, GUILD, application) for application in (TWO, ONE)]

    assert claimed == [TWO, TWO]
    assert await database.read(lambda tx: guild_assignments.owner(tx, GUILD)) == TWO
    assert await database.read(lambda tx: guild_assignments.owner(tx, OTHER_GUILD)) is None


async def test_a_process_alone_takes_over_from_the_bot_that_it_is_told_to_replace(known: Database) -> None:
    await known.write(known_before)
    await begin(known, ONE, alone=True)

    for replaces in (None, THREE):
        with pytest.raises(SeveralBots, match="belong to application 71"):
            await begin(known, TWO, alone=True, replaces=replaces)
    home = await begin(known, TWO, alone=True, replaces=ONE)

    assert home
    assert await owners(known) == {GUILD: TWO, OTHER_GUILD: TWO}
    assert await begin(known, TWO)


@pytest.mark.parametrize("alone", [ONE, TWO, THREE])
async def test_a_process_alone_does_not_begin_among_servers_of_several_bots(
    database: Database, alone: int
) -> None:
    await begin(database, ONE)
    await claim(database, GUILD, ONE)
    await claim(database, OTHER_GUILD, TWO)

    with pytest.raises(SeveralBots):
        await begin(database, alone, alone=True)

    assert await owners(database) == {GUILD: ONE, OTHER_GUILD: TWO}


async def test_the_first_bot_does_not_take_over_servers_that_are_another_ones(database: Database) -> None:
    await begin(database, ONE)
    await claim(database, GUILD, TWO)

    with pytest.raises(SeveralBots):
        await begin(database, ONE, alone=True)


@pytest.mark.parametrize(
    ("creator", "bot"),
    [(CREATOR, ONE), (OTHER_CREATOR, TWO), (CreatorId("nobody"), None)],
    ids=["by the forum", "by the link", "by nothing"],
)
async def test_a_creator_is_the_bots_on_whose_server_they_are(
    known: Database, creator: CreatorId, bot: int | None
) -> None:
    await begin(known, THREE)
    await claim(known, GUILD, ONE)
    await claim(known, OTHER_GUILD, TWO)
    await known.write(known_before)

    assert await known.read(lambda tx: guild_assignments.of_creator(tx, creator)) == bot


async def test_a_link_that_is_closed_holds_nobody(known: Database) -> None:
    await begin(known, ONE)
    await claim(known, GUILD, ONE)
    await known.write(lambda tx: a_link(tx, number=1, creator=CREATOR, guild=GUILD, state="closed"))

    assert await known.read(lambda tx: guild_assignments.of_creator(tx, CREATOR)) is None
