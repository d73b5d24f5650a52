"""Promises in the database: what is due, whose it is, and with whom it goes."""

from dataclasses import replace

from storage.database import Database, Transaction
from storage.inbox import promises
from storage.inbox.promises import KEPT, Promise
from storage.people import creator_wipe, creators, fan_erasure
from storage.records import CreatorId, DiscordId, EffectId, Link, LinkId, LinkState
from tests.storage.record_fixtures import CREATOR, FAN, OTHER_CREATOR, OTHER_FAN

ANNA, BEN = DiscordId(30), DiscordId(31)
LATER = Promise("p1", CREATOR, FAN, ANNA, made=10, due=300, body=b"\x01one")
SOONER = replace(LATER, id="p2", owed_by=BEN, due=200, channel=DiscordId(5), message=DiscordId(6))
ELSEWHERE = replace(LATER, id="p3", fan=OTHER_FAN, due=100)
FOREIGN = replace(LATER, id="p4", creator=OTHER_CREATOR, due=50)
SETTLED = replace(LATER, id="p5", state=KEPT, settled_by=BEN, settled=250, due=20)


async def keep(database: Database, *made: Promise) -> None:
    async def work(tx: Transaction) -> None:
        for promise in made:
            await promises.add(tx, promise)

    await database.write(work)


async def connect(database: Database, creator: CreatorId) -> None:
    link = Link(LinkId(f"l-{creator}"), creator, ANNA, DiscordId(7), 1, LinkState.ACTIVE, "", "lola")
    await database.write(lambda tx: creators.add_link(tx, link, now=1))


async def due(database: Database, now: int) -> tuple[list[CreatorId], list[Promise]]:
    async def work(tx: Transaction) -> tuple[list[CreatorId], list[Promise]]:
        found = await promises.creators_due(tx, now=now)
        return found, await promises.due(tx, CREATOR, now=now, limit=9)

    return await database.read(work)


async def test_what_is_owed_comes_due_first_and_what_is_settled_is_not_owed(known: Database) -> None:
    await keep(known, LATER, SOONER, ELSEWHERE, FOREIGN, SETTLED)

    assert await known.read(lambda tx: promises.open_of_fan(tx, CREATOR, FAN)) == [SOONER, LATER]
    assert await known.read(lambda tx: promises.settled_of_fan(tx, CREATOR, FAN, limit=9)) == [SETTLED]
    assert await known.read(lambda tx: promises.open_of_creator(tx, CREATOR, limit=2)) == [ELSEWHERE, SOONER]
    assert await known.read(lambda tx: promises.open_by(tx, CREATOR, ANNA)) == [ELSEWHERE, LATER]
    assert await known.read(lambda tx: promises.get(tx, "p5")) == SETTLED
    assert await known.read(lambda tx: promises.get(tx, "p6")) is None


async def test_due_is_what_was_not_reminded_of_and_is_not_frozen(known: Database) -> None:
    await keep(known, LATER, SOONER, ELSEWHERE, FOREIGN, SETTLED)
    await connect(known, CREATOR)

    early, both = await due(known, 99), await due(known, 200)
    await known.write(lambda tx: promises.change(tx, replace(ELSEWHERE, reminder=EffectId("e1"))))

    assert early == ([], [])
    assert both == ([CREATOR], [ELSEWHERE, SOONER])
    assert await due(known, 200) == ([CREATOR], [SOONER])
    await known.write(lambda tx: creators.close(tx, LinkId(f"l-{CREATOR}"), now=2))
    assert (await due(known, 200))[0] == []


async def test_a_change_is_of_one_promise_and_leaves_whose_it_is(known: Database) -> None:
    await keep(known, LATER, SOONER)
    after = replace(SOONER, owed_by=None, due=900, body=b"\x01new", version=2, state=KEPT, settled=7)

    await known.write(lambda tx: promises.change(tx, replace(after, fan=OTHER_FAN, message=None)))

    assert await known.read(lambda tx: promises.get(tx, "p2")) == after
    assert await known.read(lambda tx: promises.get(tx, "p1")) == LATER


async def test_what_was_settled_long_ago_is_forgotten_and_nothing_else(known: Database) -> None:
    await keep(known, LATER, SETTLED)

    assert not await known.read(lambda tx: promises.settled_before(tx, 250))
    assert await known.read(lambda tx: promises.settled_before(tx, 251))
    assert await known.write(lambda tx: promises.forget_settled(tx, before=251)) == 1
    assert await known.read(lambda tx: promises.get(tx, "p1")) == LATER


async def test_promises_go_with_their_fan_and_with_their_creator(known: Database) -> None:
    await keep(known, LATER, ELSEWHERE, FOREIGN)

    await known.write(lambda tx: fan_erasure.take_out(tx, CREATOR, FAN))
    left = await known.read(lambda tx: promises.open_of_creator(tx, CREATOR, limit=9))
    gone, place = await known.write(lambda tx: creator_wipe.wipe(tx, CREATOR, limit=9))
    while "promises" not in gone and place < len(creator_wipe.WIPED):
        start = place
        gone, place = await known.write(lambda tx: creator_wipe.wipe(tx, CREATOR, limit=9, start=start))  # noqa: B023

    assert left == [ELSEWHERE]
    assert gone == {"promises": 1}
    assert await known.read(lambda tx: promises.get(tx, "p4")) == FOREIGN
