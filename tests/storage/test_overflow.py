"""Which forums are full, on both databases."""

from storage.database import Database, Transaction
from storage.engine import outbox
from storage.inbox import forums, overflow, threads
from storage.inbox.overflow import MORE
from storage.records import DiscordId, FanId
from tests.storage.query_plans import plan_of
from tests.storage.record_fixtures import CREATOR, GUILD, OTHER_CREATOR, a_fan, fan_thread, forum, new_effect

FIRST, SECOND, THIRD = (DiscordId(number) for number in (1, 2, 3))


async def fans_in(known: Database, where: DiscordId, *numbers: int) -> None:
    """These fans' threads are in a forum."""
    for number in numbers:
        fan = FanId(f"fan-{number}")
        await a_fan(known, CREATOR, fan)
        thread = fan_thread(number, fan=fan, forum=where)
        await known.write(lambda tx, thread=thread: threads.want(tx, thread))  # type: ignore[misc]


async def full(known: Database, most: int) -> list[DiscordId]:
    return await known.read(lambda tx: overflow.full(tx, most=most))


async def test_a_forum_with_so_many_fans_is_full_and_threads_that_are_gone_do_not_count(
    known: Database,
) -> None:
    await known.write(lambda tx: forums.add(tx, forum(FIRST, creator=CREATOR), 10))
    await fans_in(known, FIRST, 11, 12)

    assert (await full(known, 3), await full(known, 2)) == ([], [FIRST])
    await known.write(lambda tx: threads.gone(tx, fan_thread(11).key))
    assert await full(known, 2) == []


async def test_where_new_fans_come_elsewhere_already_nothing_is_full(known: Database) -> None:
    async def work(tx: Transaction) -> None:
        await forums.add(tx, forum(FIRST, creator=CREATOR), 10)
        await forums.add(tx, forum(SECOND, creator=CREATOR), 10)
        await forums.add(tx, forum(THIRD, creator=OTHER_CREATOR), 5)

    await known.write(work)
    await fans_in(known, FIRST, 11, 12)

    assert await full(known, 2) == []
    await fans_in(known, SECOND, 13, 14)
    assert await full(known, 2) == [SECOND]
    assert await known.read(lambda tx: overflow.number(tx, CREATOR, GUILD)) == 2
    assert await known.read(lambda tx: overflow.number(tx, CREATOR, DiscordId(5))) == 0


async def test_what_was_made_for_a_cause_is_counted_once_it_is_over(known: Database) -> None:
    effect = new_effect(1, kind=MORE, cause="forum:1")
    await known.write(lambda tx: outbox.add(tx, effect))

    assert await known.read(lambda tx: overflow.ended_before(tx, "forum:1")) == 0
    await known.write(lambda tx: tx.execute("UPDATE outbox SET state = 'done'"))
    assert await known.read(lambda tx: overflow.ended_before(tx, "forum:1")) == 1
    assert await known.read(lambda tx: overflow.ended_before(tx, "forum:2")) == 0


async def test_a_look_for_full_forums_reads_no_threads_but_theirs(known: Database, url: str) -> None:
    plan = await plan_of(known, url, overflow.FULL, {"most": 2000})

    assert any("threads_forum" in step for step in plan)
