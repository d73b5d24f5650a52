"""Forums: prepared, bound to who was named, never lost."""

from functools import partial

from storage.database import Database, Transaction
from storage.inbox import forums
from storage.records import CreatorId, DiscordId, Forum
from tests.storage.record_fixtures import CREATOR, GUILD, OTHER_CREATOR, OTHER_GUILD, forum


async def add(database: Database, *added: Forum, now: int = 0) -> None:
    for one in added:
        await database.write(partial(forums.add, forum=one, now=now))


async def test_every_unbound_forum_of_a_server_waits_and_its_age_says_nothing(known: Database) -> None:
    await add(known, forum(3, creator=CREATOR), now=1)
    await add(known, forum(2), now=3)
    await add(known, forum(4), now=2)
    await add(known, forum(5, guild=OTHER_GUILD), now=1)

    assert await known.read(lambda tx: forums.waiting(tx, GUILD)) == [forum(2), forum(4)]
    of_guild = await known.read(lambda tx: forums.of_guild(tx, GUILD))
    assert of_guild == [forum(3, creator=CREATOR), forum(4), forum(2)]
    assert await known.read(forums.every) == [*of_guild, forum(5, guild=OTHER_GUILD)]


async def test_a_forum_is_bound_once(known: Database) -> None:
    await add(known, forum(1))

    assert await known.write(lambda tx: forums.bind(tx, DiscordId(1), CREATOR))
    assert not await known.write(lambda tx: forums.bind(tx, DiscordId(1), OTHER_CREATOR))
    assert not await known.write(lambda tx: forums.bind(tx, DiscordId(9), CREATOR))

    assert await known.read(lambda tx: forums.of_creator(tx, CREATOR)) == forum(1, creator=CREATOR)
    assert await known.read(lambda tx: forums.of_creator(tx, OTHER_CREATOR)) is None
    assert await known.read(lambda tx: forums.waiting(tx, GUILD)) == []


async def test_a_creators_forum_is_their_newest(known: Database) -> None:
    await add(known, forum(9, creator=CREATOR), now=1)
    await add(known, forum(1, creator=CREATOR), now=2)

    assert await known.read(lambda tx: forums.of_creator(tx, CREATOR)) == forum(1, creator=CREATOR)


async def test_adding_a_forum_again_renews_it_and_keeps_its_creator(known: Database) -> None:
    await add(known, forum(1, creator=CREATOR))

    await add(known, forum(1, tags='{"vip": 7}', alerts=DiscordId(99)), now=5)
    renewed = forum(1, creator=CREATOR, tags='{"vip": 7}', alerts=DiscordId(99))
    assert await known.read(lambda tx: forums.of_guild(tx, GUILD)) == [renewed]


async def test_a_removed_forum_is_forgotten(known: Database) -> None:
    await add(known, forum(1), forum(2))

    await known.write(lambda tx: forums.remove(tx, DiscordId(1)))
    assert await known.read(lambda tx: forums.of_guild(tx, GUILD)) == [forum(2)]


async def test_a_name_stays_where_nobody_tells_another(known: Database) -> None:
    await add(known, forum(1, name="mila-fans"), forum(1), forum(2))

    assert [one.name for one in await known.read(lambda tx: forums.of_guild(tx, GUILD))] == ["mila-fans", ""]


async def test_a_forum_that_a_link_has_bound_is_held_until_it_is_ready(known: Database) -> None:
    await add(known, forum(1, creator=CREATOR), forum(2, guild=OTHER_GUILD, creator=CREATOR))
    await known.write(lambda tx: forums.hold(tx, DiscordId(1)))

    held = await known.read(lambda tx: forums.held(tx, CREATOR))
    elsewhere = await known.write(lambda tx: forums.ready(tx, CREATOR, OTHER_GUILD))
    ready = await known.write(lambda tx: forums.ready(tx, CREATOR, GUILD))

    assert (held, elsewhere, ready) == (True, False, True)
    assert not await known.read(lambda tx: forums.held(tx, CREATOR))
    assert await known.read(lambda tx: forums.guilds_of(tx, CREATOR)) == [GUILD, OTHER_GUILD]


async def a_link(tx: Transaction, *, number: int, creator: CreatorId, guild: DiscordId, state: str) -> None:
    await tx.execute(
        """INSERT INTO links (id, creator_uuid, discord_user, guild_id, generation, state, scopes, handle,
                              created_at)
           VALUES (:id, :creator, 1, :guild, 1, :state, '', 'handle', :number)""",
        id=f"link-{number}",
        creator=creator,
        guild=guild,
        state=state,
        number=number,
    )
