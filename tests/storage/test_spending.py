"""What a fan paid: each payment once, and what nobody told is not made up."""

from dataclasses import replace
from typing import Any

import pytest

from storage import messages, payments, spending
from storage.database import Database, Transaction
from storage.payments import Payment
from storage.records import FactId, FanvueMessageId, Pseudonym
from storage.spending import Offered, Spent
from tests.storage.make import CREATOR, FAN, OTHER_CREATOR, paired

FAN_NAME, OTHER_NAME = Pseudonym("p-1"), Pseudonym("p-2")


def payment(fact: str, gross: int | None, at: int, **other: Any) -> Payment:
    known: dict[str, Any] = {"fan": FAN_NAME, "source": "tip", "told_by": "webhook", **other}
    return Payment(
        fact=FactId(fact), creator=CREATOR, gross=gross, at=at, payment=None, message=None, post=None, **known
    )


async def test_a_payment_that_two_sources_told_counts_once_with_the_amount_that_is_known(
    known: Database,
) -> None:
    async def work(tx: Transaction) -> list[Spent]:
        for one in (
            payment("a", 500, 10),
            payment("b", 500, 11, told_by="sweep"),
            payment("c", None, 20),
            payment("d", 700, 21, told_by="sweep", fan=None),
            payment("e", None, 30),
            payment("f", 300, 5, source="message"),
            payment("g", 9900, 99, fan=OTHER_NAME),
        ):
            await payments.add(tx, one)
        await payments.pair(tx, FactId("a"), FactId("b"))
        await payments.pair(tx, FactId("d"), FactId("c"))
        return await spending.by_source(tx, CREATOR, FAN_NAME)

    assert await known.write(work) == [
        Spent("tip", gross=1200, count=3, untold=1, last=30),
        Spent("message", gross=300, count=1, untold=0, last=5),
    ]


async def test_what_was_paid_lately_counts_once_for_whoever_paid_enough(known: Database) -> None:
    async def work(tx: Transaction) -> None:
        for one in (
            payment("early", 9_000, 10, told_by="sweep"),
            payment("hook", 700, 60),
            payment("twin", 700, 60, told_by="sweep"),
            payment("alone", 500, 70),
            payment("unsaid", None, 70, fan=OTHER_NAME),
            payment("little", 900, 70, fan=OTHER_NAME, told_by="sweep"),
        ):
            await payments.add(tx, one)
        await payments.pair(tx, FactId("hook"), FactId("twin"))

    await known.write(work)

    found = await known.read(lambda tx: spending.of_fans(tx, CREATOR, since=50, least=1_000))
    nobody = await known.read(lambda tx: spending.of_fans(tx, OTHER_CREATOR, since=0, least=0))

    assert found == {FAN_NAME: 1_200}
    assert nobody == {}


@pytest.mark.parametrize("ids", [("a", "b"), ("b", "a")], ids=["webhook first", "sweep first"])
@pytest.mark.parametrize("lacks", [{"fan": None}, {"gross": None}, {}], ids=["fan", "amount", "nothing"])
async def test_whatever_one_half_of_a_payment_lacks_it_is_the_same_sum_for_one_fan_and_for_all(
    known: Database, ids: tuple[str, str], lacks: dict[str, Any]
) -> None:
    async def work(tx: Transaction) -> None:
        await payments.add(tx, payment(ids[0], 30_000, 60))
        await payments.add(tx, replace(payment(ids[1], 30_000, 61, told_by="sweep"), **lacks))
        await payments.pair(tx, FactId("a"), FactId("b"))

    await known.write(work)

    everybody = await known.read(lambda tx: spending.of_fans(tx, CREATOR, since=50, least=1))
    alone = await known.read(lambda tx: spending.by_source(tx, CREATOR, FAN_NAME))

    assert everybody == {FAN_NAME: 30_000}
    assert [(one.gross, one.count) for one in alone] == [(30_000, 1)]


async def test_only_messages_with_a_price_that_went_out_count_as_offered(known: Database) -> None:
    sent: tuple[dict[str, Any], ...] = (
        {"direction": "out", "price": 500, "bought_at": 70},
        {"direction": "out", "price": 900},
        {"direction": "out"},
        {"direction": "in", "price": 900},
    )

    async def work(tx: Transaction) -> Offered:
        for number, other in enumerate(sent):
            made = paired(number, message=FanvueMessageId(f"m{number}"), sent_at=number + 1, **other)
            await messages.pair(tx, made)
        return await spending.offered(tx, CREATOR, FAN)

    assert await known.write(work) == Offered(
        sent=2, bought=1, last_sent=2, last_bought=70, asked=1_400, paid=500
    )
