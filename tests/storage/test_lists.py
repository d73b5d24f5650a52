"""The ledger of lists: frozen, a state for each row, and gone with whom it names."""

from dataclasses import replace

from storage.database import Database, Transaction
from storage.money import subscribers
from storage.money.subscribers import KnownSubscriber
from storage.people import creator_wipe, fan_erasure, pruning
from storage.publishing import lists
from storage.publishing.lists import ListJobRecord, PlacedFan
from storage.records import CreatorId, DiscordId, EffectId, FanId
from tests.storage.record_fixtures import CREATOR, FAN, OTHER_CREATOR, OTHER_FAN

THIRD = FanId("fan-3")
JOB = ListJobRecord("job-1", CREATOR, DiscordId(30), made=100, body=b"\x01sealed", sizing="{}")
FOREIGN = replace(JOB, id="job-2", creator=OTHER_CREATOR)


async def kept(database: Database) -> None:
    async def work(tx: Transaction) -> None:
        await lists.add(tx, JOB, [OTHER_FAN, FAN, OTHER_FAN, THIRD])
        await lists.add(tx, FOREIGN, [FAN])

    await database.write(work)


async def states(database: Database, job: str = JOB.id) -> dict[str, int]:
    return await database.read(lambda tx: lists.counts(tx, job))


async def test_rows_keep_their_order_and_each_its_own_state(known: Database) -> None:
    await kept(known)

    first = await known.read(lambda tx: lists.waiting(tx, JOB.id, until=None, limit=2))
    await known.write(lambda tx: lists.mark(tx, JOB.id, [OTHER_FAN], lists.ADDED))
    second = await known.read(lambda tx: lists.waiting(tx, JOB.id, until=2, limit=9))
    added = await known.read(lambda tx: lists.in_state(tx, JOB.id, lists.ADDED))

    assert first == [PlacedFan(OTHER_FAN, 1), PlacedFan(FAN, 2)]
    assert second == [PlacedFan(FAN, 2)]
    assert added == [PlacedFan(OTHER_FAN, 1)]
    assert await states(known) == {"added": 1, "waiting": 2}
    assert await states(known, FOREIGN.id) == {"waiting": 1}


async def test_what_is_changed_is_read_back_and_what_was_only_asked_about_is_not_listed(
    known: Database,
) -> None:
    await kept(known)
    after = replace(
        JOB, list="l", state=lists.STOPPED, looked=True, steps=3, effect=EffectId("e"), why="why", ended=7
    )

    before = await known.read(lambda tx: lists.newest(tx, CREATOR, limit=9))
    await known.write(lambda tx: lists.change(tx, after))

    assert before == []
    assert await known.read(lambda tx: lists.get(tx, JOB.id)) == after
    assert await known.read(lambda tx: lists.newest(tx, CREATOR, limit=9)) == [after]


async def test_a_forgotten_fan_leaves_the_ledger_and_a_creator_takes_theirs_along(known: Database) -> None:
    await kept(known)

    await known.write(lambda tx: fan_erasure.take_out(tx, CREATOR, FAN))
    forgotten = await states(known), await states(known, FOREIGN.id)

    async def wiped(tx: Transaction) -> None:
        gone, _ = await creator_wipe.wipe(tx, CREATOR, limit=100)
        while gone:
            gone, _ = await creator_wipe.wipe(tx, CREATOR, limit=100)

    await known.write(wiped)

    assert forgotten == ({"waiting": 2}, {"waiting": 1})
    assert await known.read(lambda tx: lists.get(tx, JOB.id)) is None
    assert await states(known) == {}
    assert await states(known, FOREIGN.id) == {"waiting": 1}


async def test_what_is_old_goes_with_its_ledger_and_nothing_else_does(known: Database) -> None:
    await kept(known)

    async def prune(tx: Transaction, before: int) -> list[int]:
        return [await pruning.records(tx, CREATOR, before=before, limit=100) for _ in range(3)]

    young = await known.write(lambda tx: prune(tx, 100))
    old = await known.write(lambda tx: prune(tx, 101))

    assert young == [0, 0, 0]
    assert old == [3, 1, 0]
    assert await states(known, FOREIGN.id) == {"waiting": 1}


async def test_what_nobody_said_yes_to_goes_and_what_was_begun_stays(known: Database) -> None:
    await kept(known)
    begun = replace(JOB, id="job-3", state=lists.RUNNING)
    await known.write(lambda tx: lists.add(tx, begun, [FAN]))

    await known.write(lambda tx: lists.drop_asked(tx, CREATOR, before=100))
    young = await states(known)
    await known.write(lambda tx: lists.drop_asked(tx, CREATOR, before=0, job=begun.id))
    await known.write(lambda tx: lists.drop_asked(tx, CREATOR, before=101))

    assert young == {"waiting": 3}
    assert await known.read(lambda tx: lists.get(tx, JOB.id)) is None
    assert await states(known) == {}
    assert await states(known, begun.id) == {"waiting": 1}
    assert await states(known, FOREIGN.id) == {"waiting": 1}


async def test_lapsed_is_whose_subscription_ended_since_then_and_who_was_forgotten_is_not(
    known: Database,
) -> None:
    async def told(tx: Transaction, creator: CreatorId, fan: str, at: int, *, active: bool) -> None:
        await subscribers.put(tx, creator, KnownSubscriber(FanId(fan), active, "webhook", at, at))

    async def work(tx: Transaction) -> None:
        await told(tx, CREATOR, "ended", 50, active=False)
        await told(tx, CREATOR, "long ago", 49, active=False)
        await told(tx, CREATOR, "active", 60, active=True)
        await told(tx, CREATOR, "nameless", 60, active=False)
        await told(tx, OTHER_CREATOR, "elsewhere", 60, active=False)
        await tx.execute(
            "INSERT INTO forgotten_fans (creator_uuid, name, at) VALUES (:creator, 'nameless', 1)",
            creator=CREATOR,
        )

    await known.write(work)

    assert await known.read(lambda tx: lists.lapsed(tx, CREATOR, since=50)) == ["ended"]
