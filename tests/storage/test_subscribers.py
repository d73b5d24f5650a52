"""How a subscription goes on: the newest word counts, whatever comes when."""

from storage.database import Database, Transaction
from storage.money import subscribers
from storage.money.subscribers import KnownSubscriber, SubscriptionTerms
from tests.storage.record_fixtures import CREATOR, FAN

BEGUN = KnownSubscriber(FAN, active=True, told_by="webhook", changed_at=10, noticed_at=11)
FIRST, OFF = (
    SubscriptionTerms(since=5, ends_at=100, renews=True),
    SubscriptionTerms(since=5, ends_at=100, renews=False),
)


async def told(
    database: Database, *words: tuple[SubscriptionTerms, int], known: bool = True
) -> SubscriptionTerms | None:
    async def work(tx: Transaction) -> SubscriptionTerms | None:
        if known:
            await subscribers.put(tx, CREATOR, BEGUN)
        for terms, at in words:
            await subscribers.agreed(tx, CREATOR, FAN, terms, at=at)
        found = await subscribers.get(tx, CREATOR, FAN)
        return found.terms if found is not None else None

    return await database.write(work)


async def test_the_newest_word_counts_and_an_older_one_that_comes_late_does_not(known: Database) -> None:
    assert await told(known, (FIRST, 20), (OFF, 30)) == OFF
    assert await told(known, (FIRST, 25)) == OFF


async def test_of_a_subscription_that_begins_anew_nothing_is_left_of_the_old_one(known: Database) -> None:
    assert await told(known, (OFF, 20), (SubscriptionTerms(since=200), 200)) == SubscriptionTerms(since=200)


async def test_when_it_began_is_not_forgotten_by_a_word_that_does_not_say(known: Database) -> None:
    assert await told(known, (FIRST, 20), (SubscriptionTerms(renews=False), 30)) == SubscriptionTerms(
        since=5, renews=False
    )


async def test_of_somebody_who_is_not_known_nothing_is_kept(known: Database) -> None:
    assert await told(known, (FIRST, 20), known=False) is None
