"""What of an erased creator is listed to go from Discord, and what stays."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.database import Database, Row, Transaction
from storage.engine import outbox, stream_heads
from storage.engine.migrate import load, migrate
from storage.engine.postgres import PostgresDatabase
from storage.engine.sqlite import SqliteDatabase
from storage.inbox import fans, forums
from storage.people import erasure_places, removals
from storage.people.erasure_places import ErasurePlace, RemovalRank
from storage.records import DiscordId, EffectId, EffectState, FanThread
from tests import postgres
from tests.storage import record_fixtures
from tests.storage.record_fixtures import CREATOR, GUILD, OTHER_CREATOR, OTHER_GUILD

ALERTS, FORUM, POST = DiscordId(500), DiscordId(600), DiscordId(601)
# The migration from which on it is known whose a message is.
WHOSE = next(one.version for one in load("sqlite") if one.name == "whose_removals")


async def channels(database: Database, *, shared: bool) -> None:
    async def work(tx: Transaction) -> None:
        await forums.add(tx, record_fixtures.forum(FORUM, creator=CREATOR, alerts=ALERTS), now=0)
        if shared:
            await forums.add(tx, record_fixtures.forum(700, creator=OTHER_CREATOR, alerts=ALERTS), now=0)

    await database.write(work)


async def alert(database: Database, message: int, *, channel: int = ALERTS, **other: object) -> None:
    effect = record_fixtures.new_effect(message, network="discord", kind="alert", stream="al:1", **other)

    async def work(tx: Transaction) -> None:
        await outbox.add(tx, effect)
        await stream_heads.end(
            tx, EffectId(effect.id), EffectState.DONE, now=2000, external_id=f"{channel}:{message}"
        )

    await database.write(work)


async def listed(database: Database) -> list[tuple[int, int, int | None]]:
    async def work(tx: Transaction) -> list[Row]:
        await erasure_places.list_channels(tx, CREATOR)
        await erasure_places.list_posts(tx, CREATOR)
        return await tx.all("SELECT * FROM erasure_places ORDER BY rank, channel_id, message_id")

    return [(row["channel_id"], row["message_id"], row["guild_id"]) for row in await database.write(work)]


async def waiting(database: Database) -> list[tuple[int, str]]:
    rows = await database.read(lambda tx: tx.all("SELECT * FROM removals ORDER BY message_id"))
    return [(row["message_id"], row["creator_uuid"]) for row in rows]


async def test_what_was_to_go_already_is_listed_and_nobody_elses(known: Database) -> None:
    await channels(known, shared=True)
    await alert(known, 1)
    await alert(known, 2, created_at=9000)
    await alert(known, 3, creator=OTHER_CREATOR)
    for creator in (CREATOR, OTHER_CREATOR):
        await known.write(lambda tx, one=creator: removals.take_alerts(tx, one, ALERTS, before=5000))  # type: ignore[misc]  # one each

    found = await listed(known)

    assert found == [(FORUM, 0, GUILD), (ALERTS, 1, GUILD), (ALERTS, 2, GUILD)]
    assert await waiting(known) == [(3, OTHER_CREATOR)]


async def test_what_was_listed_before_it_was_known_whose_it_is_goes_with_whoever_leaves_first(
    known: Database,
) -> None:
    await channels(known, shared=True)
    await known.write(
        lambda tx: tx.execute("INSERT INTO removals (channel_id, message_id) VALUES (500, 1), (501, 2)")
    )

    found = await listed(known)

    assert (ALERTS, 1, GUILD) in found
    assert await waiting(known) == [(2, "")]


async def test_what_lies_in_a_fans_post_goes_with_it(known: Database) -> None:
    await channels(known, shared=False)
    thread = record_fixtures.fan_thread(thread=POST, forum=FORUM, state="open")

    async def work(tx: Transaction) -> None:
        await put(tx, thread)
        await tx.execute(
            "INSERT INTO removals (channel_id, message_id, creator_uuid) VALUES (601, 1, :creator)",
            creator=CREATOR,
        )

    await known.write(work)

    assert await listed(known) == [(FORUM, 0, GUILD), (ALERTS, 0, GUILD), (POST, 0, GUILD)]
    assert await waiting(known) == []


async def put(tx: Transaction, thread: FanThread) -> None:
    await tx.execute(
        """INSERT INTO threads (thread_key, creator_uuid, fan_uuid, generation, guild_id, forum_id, thread_id,
                                reference, state)
           VALUES (:key, :creator, :fan, 1, :guild, :forum, :thread, 'reference', 'open')""",
        key=thread.key,
        creator=thread.creator,
        fan=thread.fan,
        guild=thread.guild,
        forum=thread.forum,
        thread=thread.thread,
    )


@pytest.mark.parametrize(("servers", "guild"), [(1, GUILD), (2, None)])
async def test_a_channel_of_which_nothing_is_known_is_on_the_creators_server_if_they_have_one(
    known: Database, servers: int, guild: DiscordId | None
) -> None:
    await channels(known, shared=False)
    if servers == 2:
        other = record_fixtures.forum(800, creator=CREATOR, guild=OTHER_GUILD, alerts=DiscordId(801))
        await known.write(lambda tx: forums.add(tx, other, now=0))
    await alert(known, 7, channel=900)

    assert (900, 7, guild) in await listed(known)


async def refused(database: Database, *places: ErasurePlace) -> None:
    async def work(tx: Transaction) -> None:
        for place in places:
            await erasure_places.refused(tx, place)

    await database.write(work)


async def test_what_stays_is_named_up_to_a_number_and_counted_truly(known: Database) -> None:
    await channels(known, shared=True)
    for message in range(1, 6):
        await alert(known, message)
    await listed(known)
    lines = [ErasurePlace(CREATOR, ALERTS, DiscordId(one), RemovalRank.LINE, GUILD) for one in range(1, 6)]
    forum = ErasurePlace(CREATOR, FORUM, None, RemovalRank.FORUM, GUILD)
    await refused(known, forum, *lines[:4])

    stays = await known.read(lambda tx: erasure_places.what_stays(tx, CREATOR, most=3))

    assert stays == erasure_places.RemainingPlaces((forum,), tuple(lines[:3]), 1, 4)


@pytest.fixture(params=["sqlite", "postgres"])
async def older(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """A database of each kind, of the version before it was known whose a message is."""
    if request.param == "sqlite":
        here = await SqliteDatabase.open(tmp_path / "older.sqlite3")
        await migrate(here, load("sqlite")[: WHOSE - 1], now=0)
        yield here
        await here.close()
        return
    with postgres.fresh() as url:
        there = await PostgresDatabase.open(url, token="a1")
        await migrate(there, load("postgres")[: WHOSE - 1], now=0)
        yield there
        await there.close()


async def test_whose_a_waiting_message_is_follows_from_its_channel_where_that_is_one_creators(
    older: Database,
) -> None:
    async def work(tx: Transaction) -> None:
        for one in (CREATOR, OTHER_CREATOR):
            await record_fixtures.a_creator_in(tx, one)
        await fans.learn(tx, record_fixtures.fan_record())
        await put(tx, record_fixtures.fan_thread(thread=POST, forum=FORUM))
        whose = ((510, CREATOR), (520, CREATOR), (520, OTHER_CREATOR), (530, None))
        for number, (alerts, creator) in enumerate(whose):
            await tx.execute(
                """INSERT INTO forums
                       (forum_id, guild_id, category_id, alerts_id, creator_uuid, tags, created_at)
                   VALUES (:forum, 1, 2, :alerts, :creator, '{}', 0)""",
                forum=number,
                alerts=alerts,
                creator=creator,
            )
        await tx.execute(
            """INSERT INTO removals (channel_id, message_id)
               VALUES (601, 1), (510, 2), (520, 3), (530, 4), (540, 5)"""
        )

    await older.write(work)
    dialect = "sqlite" if isinstance(older, SqliteDatabase) else "postgres"

    await migrate(older, load(dialect), now=1)

    assert await waiting(older) == [(1, CREATOR), (2, CREATOR), (3, ""), (4, ""), (5, "")]
