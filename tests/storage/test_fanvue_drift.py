"""New things in Fanvue's answers: each once, for good, and no more than fit."""

from collections.abc import Sequence

from storage.database import Database, Transaction
from storage.operations import fanvue_drift
from storage.operations.fanvue_drift import MOST, FanvueDrift


def new(what: str, *, kind: str = "word", at: int = 1_000) -> FanvueDrift:
    return FanvueDrift("messages", kind, what, at, "2025-06-26")


async def add(database: Database, *several: FanvueDrift) -> Sequence[bool]:
    async def work(tx: Transaction) -> Sequence[bool]:
        return [await fanvue_drift.add(tx, one) for one in several]

    return await database.write(work)


async def test_each_is_kept_once_with_its_first_time(database: Database) -> None:
    assert await add(database, new("type: VOICE"), new("type: GIFT", at=2_000)) == [True, True]
    assert await add(database, new("type: VOICE", at=3_000)) == [False]

    kept = await database.read(fanvue_drift.every)
    assert kept == [new("type: GIFT", at=2_000), new("type: VOICE")]


async def test_they_are_counted_by_kind_and_by_time(database: Database) -> None:
    await add(
        database, new("type: VOICE"), new("type: GIFT", at=2_000), new("sentAt", kind="field", at=3_000)
    )

    assert await database.read(fanvue_drift.totals) == {("messages", "word"): 2, ("messages", "field"): 1}
    counted = [
        await database.read(lambda tx, until=until: fanvue_drift.between(tx, 1_000, until))  # type: ignore[misc]
        for until in (1_000, 1_001, 3_000, 3_001)
    ]
    assert counted == [0, 1, 2, 3]


async def test_no_more_than_fit_are_kept(database: Database) -> None:
    added = await add(database, *(new(f"type: W{number}") for number in range(MOST + 20)))

    assert added == [True] * MOST + [False] * 20
    assert len(await database.read(fanvue_drift.every)) == MOST
