"""What a fan has: what was taken back is not, what a payment names is."""

from itertools import count
from typing import Any

import pytest

from storage.database import Database, Transaction
from storage.engine import outbox
from storage.inbox import messages, offers, received
from storage.inbox.offers import MessageWithItems
from storage.inbox.received import FanOffers, Offer, OfferTotals
from storage.money import payments
from storage.money.payments import PaymentReport
from storage.people import pruning
from storage.records import EffectId, EffectState, FactId, FanId, FanvueMessageId, MediaId, Pseudonym
from tests.storage.query_plans import plan_of, whole_tables
from tests.storage.record_fixtures import CREATOR, FAN, OTHER_CREATOR, new_effect, paired

ITEM, NAME = MediaId("media-1"), Pseudonym("p")
SEND, MASS, MESSAGE = EffectId("effect-1"), EffectId("mass-1"), FanvueMessageId("message-1")
NOTHING = FanOffers(0, 0, None, None)
NUMBER = count(1)


async def pay(tx: Transaction, message: FanvueMessageId = MESSAGE, **other: Any) -> None:
    """The fan paid for a message, as a webhook says."""
    told: dict[str, Any] = {
        "fact": FactId(f"fact-{next(NUMBER)}"),
        "creator": CREATOR,
        "fan": NAME,
        "source": "message",
        "gross": 900,
        "at": 40,
        "payment": None,
        "message": message,
        "post": None,
        "told_by": "webhook",
    }
    await payments.add(tx, PaymentReport(**{**told, **other}))


async def send(tx: Transaction) -> None:
    """A reply with an item at a price was sent."""
    await offers.about_to_leave(tx, SEND, CREATOR, FAN, [ITEM], 900, at=5)
    await outbox.add(tx, new_effect())
    await tx.execute("UPDATE outbox SET state = 'done'")
    await messages.pair(tx, paired(direction="out", message=MESSAGE, effect=SEND, sent_at=8, price=900))


async def arrive(tx: Transaction) -> None:
    """The fan's copy of a mass message was seen at the end of their chat."""
    await offers.were_read(tx, CREATOR, FAN, [MessageWithItems(MESSAGE, (ITEM,), 900, 8, None)])
    await messages.pair(tx, paired(direction="mass", message=MESSAGE, effect=MASS, sent_at=8, price=900))


async def had(known: Database) -> tuple[list[Offer], FanOffers, OfferTotals | None]:
    """The three answers: the fan's items, their messages with a price, and the item over all fans."""

    async def work(tx: Transaction) -> tuple[list[Offer], FanOffers, OfferTotals | None]:
        everybody = await received.totals(tx, CREATOR, [ITEM])
        whose = await received.priced(tx, CREATOR, FAN, NAME)
        return await received.items(tx, CREATOR, FAN), whose, everybody.get(ITEM)

    return await known.read(work)


@pytest.mark.parametrize(("sent", "state"), [(send, EffectState.DONE), (arrive, None)])
async def test_what_was_taken_back_is_in_no_answer(
    known: Database, sent: Any, state: EffectState | None
) -> None:
    await known.write(sent)
    before = await had(known)

    assert await known.write(lambda tx: messages.deleted(tx, CREATOR, MESSAGE, 30))
    assert not await known.write(lambda tx: messages.deleted(tx, CREATOR, MESSAGE, 31))

    offered = FanOffers(sent=1, bought=0, last_sent=8, last_bought=None, asked=900)
    assert before == ([Offer(ITEM, 900, 8, None, state)], offered, OfferTotals(fans=1, offered=1))
    assert await had(known) == ([], NOTHING, None)


@pytest.mark.parametrize(("sent", "state"), [(send, EffectState.DONE), (arrive, None)])
async def test_what_was_bought_stays_the_fans_whatever_is_taken_back(
    known: Database, sent: Any, state: EffectState | None
) -> None:
    await known.write(sent)
    await known.write(pay)
    await known.write(lambda tx: messages.deleted(tx, CREATOR, MESSAGE, 30))

    bought = FanOffers(sent=1, bought=1, last_sent=8, last_bought=40, asked=900, paid=900)
    sold = OfferTotals(fans=1, offered=1, buyers=1)
    assert await had(known) == ([Offer(ITEM, 900, 8, 40, state)], bought, sold)
    assert await known.read(lambda tx: received.buyers(tx, CREATOR, ITEM)) == [FAN]


async def test_a_payment_for_a_message_that_nobody_knows_is_one_that_was_sent_and_bought(
    known: Database,
) -> None:
    unknown = FanvueMessageId("somewhere")

    async def work(tx: Transaction) -> None:
        await pay(tx, unknown)
        await pay(tx, unknown, told_by="sweep", at=41)
        await pay(tx, fan=Pseudonym("somebody else"))
        await pay(tx, source="tip")

    await known.write(work)

    assert (await had(known))[1] == FanOffers(1, 1, None, 40, asked=900, paid=900)
    assert await known.read(lambda tx: received.priced(tx, CREATOR, FAN, None)) == NOTHING


async def test_a_recall_takes_the_copies_that_were_not_bought(known: Database) -> None:
    async def work(tx: Transaction) -> None:
        for number, other in enumerate(({}, {"bought_at": 9}, {}, {})):
            copy = paired(message=FanvueMessageId(f"copy-{number}"), direction="mass", effect=MASS, **other)
            await messages.pair(tx, copy)
        await messages.pair(tx, paired(message=FanvueMessageId("reply"), direction="out", effect=MASS))
        await messages.deleted(tx, CREATOR, FanvueMessageId("copy-2"), 9)
        await pay(tx, FanvueMessageId("copy-3"))

    await known.write(work)

    left = await known.read(lambda tx: messages.kept_copies(tx, MASS))
    assert [one.message for one in left] == ["copy-0"]


async def test_copies_go_with_time(known: Database) -> None:
    await known.write(arrive)

    while await known.write(lambda tx: pruning.records(tx, CREATOR, before=100, limit=9)):
        pass

    assert await known.read(lambda tx: tx.all("SELECT * FROM messages")) == []
    assert await had(known) == ([], NOTHING, None)


@pytest.mark.parametrize("sql", [received.PRICED, received.ITEMS.format(which="o.fan_uuid = :fan")])
async def test_a_card_among_very_many_fans_reads_no_table_whole(known: Database, url: str, sql: str) -> None:
    given = {"creator": OTHER_CREATOR, "fan": FanId("f"), "name": "p"}

    plan = await plan_of(known, url, f"SELECT * FROM {sql}", given)  # noqa: S608 - constants

    derived = {"SCAN told", "SCAN sent"}  # of rows that were found already
    assert set(whole_tables(plan)) <= derived
