"""Who bought a post: each fan once, whoever told of it, and no tip."""

from storage import payments, post_sales
from storage.database import Database, Transaction
from storage.payments import Payment
from storage.records import CreatorId, FactId, Pseudonym
from tests.storage.make import CREATOR, OTHER_CREATOR


async def test_each_fan_counts_once_and_neither_tips_nor_paid_back_ones_do(known: Database) -> None:
    number = iter(range(100))

    async def pay(
        tx: Transaction, fan: str, gross: int, source: str = "post", post: str = "p", by: CreatorId = CREATOR
    ) -> None:
        fact = FactId(f"fact-{next(number)}")
        paid = Payment(fact, by, Pseudonym(fan), source, gross, 1, None, None, post, "webhook")
        await payments.add(tx, paid)

    async def work(tx: Transaction) -> None:
        await pay(tx, "anna", 500)
        await pay(tx, "anna", 500)  # the same, told by somebody else
        await pay(tx, "bea", 500)
        await pay(tx, "cara", 500)
        await pay(tx, "cara", -500, "refund")
        await pay(tx, "dora", 900, "tip")
        await pay(tx, "ella", 500, post="another")
        await pay(tx, "fay", 500, by=OTHER_CREATOR)

    await known.write(work)

    assert await known.read(lambda tx: post_sales.buyers(tx, CREATOR, "p")) == 2
