"""Goals on both kinds of databases: one of each span, told once."""

from collections.abc import Sequence
from dataclasses import replace

from storage.database import Database, Transaction
from storage.money import digests, goals
from storage.money.goals import Goal
from storage.people import creators
from storage.records import CreatorId, DiscordId, Link, LinkId, LinkState
from tests.storage.record_fixtures import CREATOR, OTHER_CREATOR

LOLA, MILA = CreatorId("lola"), CreatorId("mila")
GOAL = Goal(LOLA, "month", 100_000, net=True, set_at=5)


async def test_a_span_has_one_goal_and_another_takes_its_place(database: Database) -> None:
    async def work(tx: Transaction) -> tuple[object, ...]:
        for one in (GOAL, replace(GOAL, span="week"), replace(GOAL, cents=7, net=False, set_at=9)):
            await goals.put(tx, one)
        there = await goals.of_creator(tx, LOLA)
        gone = await goals.remove(tx, LOLA, "week"), await goals.remove(tx, LOLA, "week")
        return there, gone, await goals.of_creator(tx, MILA)

    there, gone, others = await database.write(work)

    assert there == [replace(GOAL, cents=7, net=False, set_at=9), replace(GOAL, span="week")]
    assert gone == (True, False)
    assert others == []


async def test_it_is_told_once_in_each_span_and_only_while_it_is_wanted(database: Database) -> None:
    other = replace(GOAL, cents=1)

    async def work(tx: Transaction) -> list[bool]:
        await goals.put(tx, GOAL)
        return [
            await goals.was_told(tx, GOAL, "2026-11-01"),
            await goals.tell(tx, GOAL, "2026-11-01", now=9),
            await goals.tell(tx, GOAL, "2026-11-01", now=10),
            await goals.was_told(tx, GOAL, "2026-11-01"),
            await goals.tell(tx, GOAL, "2026-12-01", now=11),
            await goals.tell(tx, other, "2026-12-01", now=12),
            await goals.was_told(tx, other, "2026-12-01"),
        ]

    assert await database.write(work) == [False, True, False, True, True, False, False]


async def test_goals_run_while_fanvue_lets_the_bridge_read_with_their_zone(known: Database) -> None:
    owner, guild = DiscordId(7), DiscordId(8)
    link = Link(LinkId("one"), CREATOR, owner, guild, 1, LinkState.ACTIVE, "", "lola")

    async def work(tx: Transaction) -> list[Sequence[tuple[Goal, str | None]]]:
        for creator in (CREATOR, OTHER_CREATOR):
            await goals.put(tx, replace(GOAL, creator=creator))
        found = [await goals.running(tx)]
        await creators.add_link(tx, link, now=1)
        found.append(await goals.running(tx))
        await digests.choose_zone(tx, CREATOR, "Asia/Tokyo")
        return [*found, await goals.running(tx)]

    mine = replace(GOAL, creator=CREATOR)

    assert await known.write(work) == [[], [(mine, None)], [(mine, "Asia/Tokyo")]]
