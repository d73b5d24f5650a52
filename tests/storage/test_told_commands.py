"""What Discord was told of the commands outlives a restart and a new version."""

from functools import partial

from bot.engine.guild_routing import GuildRouting
from bot.engine.told_commands import ToldCommands, ToldCommandStore
from bot.model.shards import whole
from storage.database import Database
from storage.engine import instance


def store(database: Database, *, home: bool = True) -> ToldCommandStore:
    return ToldCommandStore(database, GuildRouting(71, home=home, alone=False, shard=whole))


async def test_what_was_told_is_known_again_and_each_bot_has_its_own(database: Database) -> None:
    told = ToldCommands("abc", to_team=True, old_names=False)
    await store(database).keep(told)

    assert await store(database).last() == told
    assert await store(database, home=False).last() is None


async def test_where_the_version_before_ran_its_names_are_offered(database: Database) -> None:
    await database.write(partial(instance.remember, name="commands", value="of before"))

    assert await store(database).last() == ToldCommands("of before", to_team=False, old_names=True)
