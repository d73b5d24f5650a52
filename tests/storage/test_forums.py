"""Forums: prepared, given to the first creator who links, never lost."""

from functools import partial

from storage import forums
from storage.database import Database, Transaction
from storage.records import CreatorId, DiscordId, Forum
from tests.storage.make import CREATOR, GUILD, OTHER_CREATOR, OTHER_GUILD, forum


async def add(database: Database, *added: Forum, now: int = 0) -> None:
    for one in added:
        await database.write(partial(forums.add, forum=one, now=now))


async def test_the_oldest_unbound_forum_of_a_server_waits(known: Database) -> None:
    await add(known, forum(3, creator=CREATOR), now=1)
    await add(known, forum(2), now=3)
    await add(known, forum(4), now=2)
    await add(known, forum(5, guild=OTHER_GUILD), now=1)

    assert await known.read(lambda tx: forums.waiting(tx, GUILD)) == forum(4)
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
    assert await known.read(lambda tx: forums.waiting(tx, GUILD)) is None


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


async def test_who_has_linked_and_waits_longest_for_a_forum_is_found(known: Database) -> None:
    for number, (creator, guild, state) in enumerate(
        [
            (OTHER_CREATOR, GUILD, "closed"),
            (CREATOR, OTHER_GUILD, "closed"),
            (CREATOR, GUILD, "active"),
            (OTHER_CREATOR, GUILD, "relink_required"),
        ]
    ):
        await known.write(partial(a_link, number=number, creator=creator, guild=guild, state=state))

    assert await known.read(lambda tx: forums.without_forum(tx, GUILD)) == CREATOR
    await add(known, forum(1, creator=CREATOR))
    assert await known.read(lambda tx: forums.without_forum(tx, GUILD)) == OTHER_CREATOR
    await add(known, forum(2, creator=OTHER_CREATOR))
    assert await known.read(lambda tx: forums.without_forum(tx, GUILD)) is None
    assert await known.read(lambda tx: forums.without_forum(tx, OTHER_GUILD)) is None


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
