"""Changes of subscriptions on both kinds of databases."""

from storage.database import Database, Transaction
from storage.inbox import watermarks
from storage.money import subscribers, subscription_changes
from storage.money.subscribers import KnownSubscriber, SubscriptionTerms
from storage.money.subscription_changes import BEGAN, ENDED, RENEWED, SubscriptionEvent
from storage.people import pruning
from storage.records import CreatorId, FanId, Pseudonym

LOLA = CreatorId("lola")
ADA = Pseudonym("ada")
LINES = (
    SubscriptionEvent(ADA, BEGAN, 10, link="l"),
    SubscriptionEvent(ADA, RENEWED, 40, due=38),
    SubscriptionEvent(None, ENDED, 50, due=45, reason="not_renewed"),
)


async def _kept(tx: Transaction) -> None:
    for line in LINES * 2:
        await subscription_changes.add(tx, LOLA, line)


async def test_the_same_again_changes_nothing_and_the_end_is_outside(database: Database) -> None:
    async def work(tx: Transaction) -> tuple[object, ...]:
        await _kept(tx)
        return (
            await subscription_changes.between(tx, LOLA, since=10, until=50),
            await subscription_changes.due_between(tx, LOLA, since=38, until=45),
            await subscription_changes.due_between(tx, LOLA, since=39, until=46),
            await subscription_changes.between(tx, CreatorId("mila"), since=0, until=99),
        )

    inside, first, second, others = await database.write(work)

    assert inside == list(LINES[:2])
    assert (first, second, others) == ([LINES[1]], [LINES[2]], [])


async def test_they_are_pruned_with_the_money(database: Database) -> None:
    async def work(tx: Transaction) -> object:
        await _kept(tx)
        gone = await pruning.money(tx, LOLA, before=41, limit=1)
        gone += await pruning.money(tx, LOLA, before=41, limit=100)
        return gone, await subscription_changes.between(tx, LOLA, since=0, until=99)

    assert await database.write(work) == (2, [LINES[2]])


async def test_since_when_they_are_kept(database: Database) -> None:
    async def made(tx: Transaction) -> int:
        row = await tx.one("SELECT applied_at FROM migrations WHERE name = 'subscription_changes'")
        assert row is not None
        return int(row["applied_at"])

    async def work(tx: Transaction) -> list[int | None]:
        found = [await subscription_changes.kept_since(tx, LOLA)]
        await watermarks.begin(tx, LOLA, now=5)
        found.append(await subscription_changes.kept_since(tx, LOLA))
        await tx.execute("UPDATE migrations SET applied_at = 100 WHERE name = 'subscription_changes'")
        found.append(await subscription_changes.kept_since(tx, LOLA))
        await subscription_changes.add(tx, LOLA, LINES[1])
        found.append(await subscription_changes.kept_since(tx, LOLA))
        await watermarks.raise_floor(tx, LOLA, floor=70)
        return [*found, await subscription_changes.kept_since(tx, LOLA)]

    before = await database.read(made)

    assert await database.write(work) == [None, max(5, before), 100, 40, 70]


async def test_who_was_due_without_an_answer(database: Database) -> None:
    async def work(tx: Transaction) -> list[int]:
        for name, active, ends in (("a", True, 10), ("b", True, 20), ("c", False, 15), ("d", True, None)):
            fan = FanId(name)
            await subscribers.put(tx, LOLA, KnownSubscriber(fan, active, "webhook", 1, 1))
            await subscribers.agreed(tx, LOLA, fan, SubscriptionTerms(ends_at=ends), at=1)
        return [await subscription_changes.unanswered(tx, LOLA, since=10, until=end) for end in (20, 21)]

    assert await database.write(work) == [1, 2]
