"""Who bought a post: each payment once, without tips and what went back."""

from itertools import count

from storage.database import Database, Transaction
from storage.money import earning_events, earnings, payments
from storage.money.earning_events import EarningEvent
from storage.money.earnings import LedgerRow
from storage.money.payments import PaymentReport
from storage.publishing import post_sales
from storage.records import CreatorId, FactId, Pseudonym
from tests.storage.record_fixtures import CREATOR, OTHER_CREATOR

NUMBER = count(1)


async def pay(
    tx: Transaction,
    fan: str,
    gross: int,
    source: str = "post",
    *,
    post: str = "p",
    by: CreatorId = CREATOR,
    id_: str | None = None,
) -> FactId:
    """One source tells of a payment."""
    fact = FactId(f"fact-{next(NUMBER):03}")
    paid = PaymentReport(fact, by, Pseudonym(fan), source, gross, 1, id_, None, post, "webhook")
    await payments.add(tx, paid)
    return fact


async def sold(database: Database) -> tuple[int, int]:
    """To how many fans, and for how much."""

    async def work(tx: Transaction) -> tuple[int, int]:
        buyers = await post_sales.buyers(tx, CREATOR, "p")
        return buyers, await post_sales.earned(tx, CREATOR, "p")

    return await database.read(work)


async def test_each_payment_counts_once_whoever_told_of_it_and_no_tip(known: Database) -> None:
    async def work(tx: Transaction) -> None:
        one, other = await pay(tx, "anna", 500, id_="w-1"), await pay(tx, "anna", 500, id_="o-1")
        await payments.pair(tx, one, other)
        await pay(tx, "bea", 500, id_="w-2")
        await pay(tx, "bea", 500, id_="w-2")  # under another event's id
        await pay(tx, "dora", 900, "tip")
        await pay(tx, "ella", 500, post="another")
        await pay(tx, "fay", 500, by=OTHER_CREATOR)

    await known.write(work)

    assert await sold(known) == (2, 1_000)


async def test_what_went_back_is_no_sale_listed_or_only_told(known: Database) -> None:
    async def work(tx: Transaction) -> None:
        for fan in ("anna", "bea", "cara"):
            await pay(tx, fan, 500, id_=f"o-{fan}")
        row = LedgerRow("r", 2, "refund", -500, None, reverses="o-anna", fan=Pseudonym("anna"))
        await earnings.put(tx, CREATOR, row)
        for fact, fan in (("b", "bea"), ("a", "anna")):
            told = EarningEvent(FactId(fact), 2, "chargeback", -500, Pseudonym(fan), payment=f"o-{fan}")
            await earning_events.add(tx, CREATOR, told)
        await earning_events.pair(tx, CREATOR, [(FactId("a"), "r")])

    await known.write(work)

    assert await sold(known) == (1, 500)
