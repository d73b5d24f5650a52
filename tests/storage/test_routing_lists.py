"""Lists of routing rules, and who is on them, on both databases."""

from functools import partial

from storage.database import Database, Transaction
from storage.inbox import routing_lists, routing_rules
from storage.inbox.routing_lists import RoutingList, RoutingListProblem
from storage.inbox.routing_rules import RoutingCondition, StoredRoutingRule
from storage.records import CreatorId, DiscordId, FanId
from tests.storage.record_fixtures import CREATOR, FAN, OTHER_CREATOR, OTHER_FAN

BIG = RoutingList(CREATOR, "big", b"name", due=100)


def rule(name: str, key: str, *, creator: CreatorId = CREATOR, is_on: bool = True) -> StoredRoutingRule:
    return StoredRoutingRule(
        name,
        creator,
        1,
        RoutingCondition.LIST,
        None,
        None,
        "member",
        DiscordId(7),
        5,
        is_on,
        DiscordId(8),
        1,
        key,
    )


async def put(database: Database, *lists: RoutingList, rules: bool = True) -> None:
    """Keep lists, each with a rule that names it."""

    async def work(tx: Transaction) -> None:
        for one in lists:
            await routing_lists.put(tx, one)
            if rules:
                await routing_rules.add(
                    tx, rule(f"rule-{one.creator}-{one.key}", one.key, creator=one.creator)
                )

    await database.write(work)


async def test_a_list_is_kept_as_it_was_last_put(known: Database) -> None:
    await put(known, BIG)
    after = RoutingList(CREATOR, "big", b"other", 200, 150, is_whole=False, problem=RoutingListProblem.LATER)
    await put(known, after, rules=False)

    assert await known.read(partial(routing_lists.get, creator=CREATOR, key="big")) == after
    assert await known.read(partial(routing_lists.of_creator, creator=CREATOR)) == [after]
    assert await known.read(partial(routing_lists.of_creator, creator=OTHER_CREATOR)) == []


async def test_due_is_what_a_rule_in_use_names_from_its_time_on(known: Database) -> None:
    later, unnamed = RoutingList(CREATOR, "later", b"", 300), RoutingList(CREATOR, "unnamed", b"", 0)
    off, theirs = RoutingList(CREATOR, "off", b"", 0), RoutingList(OTHER_CREATOR, "big", b"", 0)
    await put(known, BIG, later, theirs)
    await put(known, unnamed, off, rules=False)
    await known.write(lambda tx: routing_rules.add(tx, rule("off", "off", is_on=False)))

    async def due(now: int) -> list[str]:
        return [one.key for one in await known.read(lambda tx: routing_lists.due(tx, CREATOR, now=now))]

    assert (await due(99), await due(100), await due(300)) == ([], ["big"], ["big", "later"])


async def test_only_changes_of_a_list_are_written_and_a_fan_is_on_those_read_lately(known: Database) -> None:
    await put(
        known, RoutingList(CREATOR, "new", b"", 0, read=90), RoutingList(CREATOR, "old", b"", 0, read=10)
    )
    many = [FanId(f"fan-{number:04}") for number in range(1_201)]

    async def replaced(key: str, *fans: FanId) -> None:
        await known.write(lambda tx: routing_lists.replace_fans(tx, CREATOR, key, fans))

    await replaced("new", *many)
    await replaced("new", FAN, *many[:600])
    await replaced("old", FAN, OTHER_FAN)
    rows = await known.read(lambda tx: tx.all("SELECT * FROM routing_list_fans WHERE list_key = 'new'"))

    async def lists(fan: FanId, creator: CreatorId = CREATOR) -> set[str]:
        return await known.read(lambda tx: routing_lists.of_fan(tx, creator, fan, since=50))

    assert {row["fan_uuid"] for row in rows} == {FAN, *many[:600]}
    assert (await lists(FAN), await lists(OTHER_FAN)) == ({"new"}, set())
    assert await lists(FAN, OTHER_CREATOR) == set()


async def test_what_is_too_old_is_forgotten_and_what_no_rule_names_is_dropped(known: Database) -> None:
    await put(
        known,
        RoutingList(CREATOR, "new", b"", 0, read=90),
        RoutingList(CREATOR, "old", b"", 0, read=10),
        RoutingList(OTHER_CREATOR, "old", b"", 0, read=10),
    )
    await put(known, RoutingList(CREATOR, "unnamed", b"", 0, read=90), rules=False)
    for creator, key in ((CREATOR, "new"), (CREATOR, "old"), (OTHER_CREATOR, "old"), (CREATOR, "unnamed")):
        await known.write(partial(routing_lists.replace_fans, creator=creator, key=key, fans=[FAN]))

    before = await known.read(partial(routing_lists.has_old, before=50))
    gone = await known.write(partial(routing_lists.forget_old, before=50))
    await known.write(partial(routing_lists.drop_unused, creator=CREATOR))

    rows = await known.read(lambda tx: tx.all("SELECT creator_uuid, list_key FROM routing_list_fans"))
    assert (before, gone) == (True, 2)
    assert not await known.read(partial(routing_lists.has_old, before=50))
    assert [(row["creator_uuid"], row["list_key"]) for row in rows] == [(CREATOR, "new")]
    left = await known.read(partial(routing_lists.of_creator, creator=CREATOR))
    assert [one.key for one in left] == ["new", "old"]
