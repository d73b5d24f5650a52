"""Facts: kept once, decided in order, adopted when their creator links."""

from functools import partial

from storage.database import Database, Row
from storage.engine import inbox
from storage.records import CreatorId, Fact, FactId, FactState
from tests.storage.record_fixtures import CREATOR, OTHER_CREATOR, new_fact


async def keep(database: Database, *facts: inbox.NewFact) -> list[bool]:
    return [await database.write(partial(inbox.keep, new=fact)) for fact in facts]


async def row_of(database: Database, fact: str) -> Row | None:
    return await database.read(lambda tx: tx.one("SELECT * FROM inbox WHERE id = :id", id=fact))


async def test_a_fact_comes_back_as_it_was_kept(database: Database) -> None:
    new = new_fact(body=b"\x00123\xff")

    assert await keep(database, new) == [True]
    assert await database.read(lambda tx: inbox.get(tx, new.id)) == Fact(
        new.id, CREATOR, "message", "key-1", "webhook", 1001, 2001, FactState.NEW, b"\x00123\xff"
    )


async def test_a_repeat_is_counted_and_changes_nothing_else(database: Database) -> None:
    await keep(database, new_fact(1))
    before = await row_of(database, "fact-1")

    repeat = new_fact(2, key="key-1", source="sweep", body=b"another")
    assert await keep(database, repeat, repeat) == [False, False]

    assert before is not None
    assert await row_of(database, "fact-1") == {**before, "dup_count": 2}
    assert await row_of(database, "fact-2") is None


async def test_a_key_is_one_fact_only_for_its_creator_and_kind(database: Database) -> None:
    facts = (
        new_fact(1, key="k"),
        new_fact(2, key="k", creator=OTHER_CREATOR),
        new_fact(3, key="k", kind="payment"),
    )

    assert await keep(database, *facts) == [True, True, True]


async def test_a_body_of_digits_stays_bytes(database: Database) -> None:
    await keep(database, new_fact(body=b"123"))

    fact = await database.read(lambda tx: inbox.get(tx, FactId("fact-1")))
    assert fact is not None
    assert fact.body == b"123"


async def test_the_next_fact_is_the_oldest_then_the_one_with_the_smaller_key(database: Database) -> None:
    await keep(
        database,
        new_fact(1, source_at=300, key="a"),
        new_fact(2, source_at=100, key="z"),
        new_fact(3, source_at=100, key="b"),
        new_fact(4, source_at=1, creator=OTHER_CREATOR),
        new_fact(5, source_at=1, state=FactState.QUARANTINED),
    )

    order = []
    while fact := await database.read(lambda tx: inbox.next_new(tx, CREATOR)):
        order.append(fact.id)
        await database.write(partial(inbox.settle, fact=fact.id, state=FactState.DONE))
    assert order == ["fact-3", "fact-2", "fact-1"]


async def test_settling_says_why(database: Database) -> None:
    await keep(database, new_fact(1))

    await database.write(
        lambda tx: inbox.settle(tx, FactId("fact-1"), FactState.QUARANTINED, reason="No rule covers it.")
    )

    row = await row_of(database, "fact-1")
    assert row is not None
    assert (row["state"], row["reason"]) == ("quarantined", "No rule covers it.")


async def test_only_creators_with_undecided_facts_have_new_ones(database: Database) -> None:
    await keep(
        database,
        new_fact(1),
        new_fact(2),
        new_fact(3, creator=OTHER_CREATOR, state=FactState.ORPHAN),
    )

    assert await database.read(inbox.creators_with_new) == [CREATOR]


async def test_a_creator_who_links_adopts_their_own_orphans(database: Database) -> None:
    await keep(
        database,
        new_fact(1, state=FactState.ORPHAN, reason="Nobody has linked this creator."),
        new_fact(2, state=FactState.ORPHAN),
        new_fact(3, state=FactState.QUARANTINED),
        new_fact(4, state=FactState.ORPHAN, creator=OTHER_CREATOR),
    )

    assert await database.write(lambda tx: inbox.adopt_orphans(tx, CREATOR)) == 2
    assert await database.write(lambda tx: inbox.adopt_orphans(tx, CREATOR)) == 0

    assert await database.read(inbox.counts) == {"new": 2, "done": 0, "quarantined": 1, "orphan": 1}
    row = await row_of(database, "fact-1")
    assert row is not None
    assert row["reason"] is None


async def test_the_newest_fact_is_by_its_own_time(database: Database) -> None:
    await keep(database, new_fact(1, source_at=900, received_at=1), new_fact(2, source_at=100, received_at=2))

    assert await database.read(lambda tx: inbox.newest_at(tx, CREATOR)) == 900
    assert await database.read(lambda tx: inbox.newest_at(tx, CreatorId("nobody"))) is None
