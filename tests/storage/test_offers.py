"""What went to whom: a send counts once it exists, a purchase by any word of it."""

from dataclasses import replace

import pytest

from storage.database import Database, Transaction
from storage.engine import outbox
from storage.inbox import mass_offers, messages, offers, received
from storage.inbox.offers import MessageWithItems
from storage.inbox.received import Offer, OfferTotals
from storage.money import payments
from storage.money.payments import PaymentReport
from storage.people import creator_wipe, fan_erasure, pruning
from storage.records import EffectId, EffectState, FactId, FanId, FanvueMessageId, MediaId, Pseudonym
from tests.storage.record_fixtures import CREATOR, FAN, OTHER_CREATOR, OTHER_FAN, a_fan, new_effect, paired

ONE, TWO = MediaId("media-1"), MediaId("media-2")
SEND, MESSAGE = EffectId("effect-1"), FanvueMessageId("message-1")


async def leaving(tx: Transaction, *media: MediaId, fan: FanId = FAN, send: EffectId = SEND) -> None:
    await offers.about_to_leave(tx, send, CREATOR, fan, media, 900, at=5)


async def of_fan(database: Database, but: EffectId | None = None) -> list[Offer]:
    return await database.read(lambda tx: received.items(tx, CREATOR, FAN, but=but))


def read(*media: MediaId, bought_at: int | None = None) -> MessageWithItems:
    return MessageWithItems(MESSAGE, media, 900, 7, bought_at)


async def in_state(tx: Transaction, state: EffectState) -> None:
    await outbox.add(tx, new_effect())
    await tx.execute("UPDATE outbox SET state = :state", state=state)


async def test_what_no_send_carries_never_left_and_the_last_word_is_what_left(known: Database) -> None:
    await known.write(lambda tx: leaving(tx, ONE, TWO, ONE))
    before = await of_fan(known)
    await known.write(lambda tx: leaving(tx, TWO))
    await known.write(lambda tx: outbox.add(tx, new_effect()))

    assert before == []
    assert await of_fan(known) == [Offer(TWO, 900, 5, None, EffectState.PENDING)]
    assert await of_fan(known, but=SEND) == []
    await known.write(leaving)
    assert await of_fan(known) == []


@pytest.mark.parametrize("state", [EffectState.REJECTED, EffectState.ABSENT, EffectState.CANCELLED])
async def test_what_surely_did_not_arrive_is_nothing(known: Database, state: EffectState) -> None:
    await known.write(lambda tx: leaving(tx, ONE))
    await known.write(lambda tx: in_state(tx, state))

    assert await of_fan(known) == []


async def test_a_message_that_a_send_became_says_when_and_whether_it_was_bought(known: Database) -> None:
    async def work(tx: Transaction) -> None:
        await leaving(tx, ONE)
        await in_state(tx, EffectState.DONE)
        await messages.pair(tx, paired(direction="out", effect=SEND, sent_at=8, bought_at=20, price=900))

    await known.write(work)

    assert await of_fan(known) == [Offer(ONE, 900, 8, 20, EffectState.DONE)]


async def test_a_payment_for_the_message_is_enough_and_a_tip_is_not(known: Database) -> None:
    async def pay(tx: Transaction, fact: str, source: str, at: int) -> None:
        one = PaymentReport(
            fact=FactId(fact),
            creator=CREATOR,
            fan=Pseudonym("p"),
            source=source,
            gross=900,
            at=at,
            payment=None,
            message=MESSAGE,
            post=None,
            told_by="webhook",
        )
        await payments.add(tx, one)

    await known.write(lambda tx: offers.were_read(tx, CREATOR, FAN, [read(ONE)]))
    await known.write(lambda tx: pay(tx, "a", "tip", 30))
    tipped = await of_fan(known)
    await known.write(lambda tx: pay(tx, "b", "message", 40))

    assert tipped == [Offer(ONE, 900, 7, None)]
    assert await of_fan(known) == [Offer(ONE, 900, 7, 40)]


async def test_what_was_read_is_news_once_and_again_when_it_was_bought(known: Database) -> None:
    async def news(tx: Transaction, one: MessageWithItems) -> list[MessageWithItems]:
        return await offers.news(tx, CREATOR, [one])

    first = await known.read(lambda tx: news(tx, read(ONE, TWO)))
    await known.write(lambda tx: offers.were_read(tx, CREATOR, FAN, first))
    second = await known.read(lambda tx: news(tx, read(ONE, TWO)))
    bought = await known.read(lambda tx: news(tx, read(ONE, TWO, bought_at=9)))
    await known.write(lambda tx: offers.were_read(tx, CREATOR, FAN, bought))
    await known.write(lambda tx: offers.were_read(tx, CREATOR, FAN, first))

    assert (first, second, bought) == ([read(ONE, TWO)], [], [read(ONE, TWO, bought_at=9)])
    assert [one.bought_at for one in await of_fan(known)] == [9, 9]


async def test_of_somebody_whom_the_bridge_does_not_know_nothing_is_kept(known: Database) -> None:
    nobody = FanId("nobody")

    kept = await known.write(lambda tx: offers.were_read(tx, CREATOR, nobody, [read(ONE)]))

    assert not kept
    assert await known.read(lambda tx: tx.all("SELECT * FROM offers")) == []


async def test_one_question_counts_the_fans_of_several_items(known: Database) -> None:
    async def work(tx: Transaction) -> None:
        await leaving(tx, ONE)
        await in_state(tx, EffectState.UNKNOWN)
        await offers.were_read(tx, CREATOR, OTHER_FAN, [read(ONE, TWO)])
        bought = replace(read(ONE, bought_at=9), message=FanvueMessageId("message-2"))
        await offers.were_read(tx, CREATOR, OTHER_FAN, [bought])
        given = MessageWithItems(FanvueMessageId("message-3"), (TWO,), None, 7, None)
        await offers.were_read(tx, CREATOR, FAN, [given])

    await a_fan(known, CREATOR, OTHER_FAN)
    await known.write(work)
    asked = [ONE, TWO, MediaId("media-3")]

    assert await known.read(lambda tx: received.totals(tx, CREATOR, asked)) == {
        ONE: OfferTotals(fans=1, offered=1, buyers=1, unsettled=1),
        TWO: OfferTotals(fans=2, offered=1),
    }
    assert await known.read(lambda tx: received.totals(tx, OTHER_CREATOR, asked)) == {}
    assert await known.read(lambda tx: received.totals(tx, CREATOR, [])) == {}


async def test_it_goes_with_the_fan_with_time_and_with_the_creator(known: Database) -> None:
    async def work(tx: Transaction) -> None:
        await leaving(tx, ONE)
        await leaving(tx, ONE, fan=OTHER_FAN, send=EffectId("effect-2"))
        await mass_offers.keep(tx, EffectId("mass-1"), CREATOR, [ONE], None, at=5)
        await mass_offers.keep(tx, EffectId("mass-2"), OTHER_CREATOR, [ONE], None, at=5)

    async def left(tx: Transaction) -> list[str]:
        rows = await tx.all("SELECT carrier FROM offers UNION SELECT effect_id FROM mass_offers ORDER BY 1")
        return [row["carrier"] for row in rows]

    await known.write(work)
    await known.write(lambda tx: fan_erasure.take_out(tx, CREATOR, FAN))
    forgotten = await known.read(left)
    await known.write(lambda tx: pruning.records(tx, CREATOR, before=5, limit=9))
    kept = await known.read(left)
    await known.write(lambda tx: pruning.records(tx, CREATOR, before=6, limit=9))
    over = await known.read(left)
    await known.write(lambda tx: pruning.records(tx, CREATOR, before=6, limit=9))
    await known.write(work)
    while (await known.write(lambda tx: creator_wipe.wipe(tx, CREATOR, limit=9)))[0]:
        pass

    assert forgotten == kept == ["effect-2", "mass-1", "mass-2"]
    assert over == ["mass-1", "mass-2"]
    assert await known.read(left) == ["mass-2"]


async def test_a_mass_message_is_looked_into_once_and_counts_unless_it_surely_did_not_go(
    known: Database,
) -> None:
    async def work(tx: Transaction) -> None:
        await outbox.add(tx, new_effect(kind="proposed.mass", fan=None))
        await mass_offers.keep(tx, SEND, CREATOR, [ONE, TWO, ONE], 900, at=50)
        await mass_offers.keep(tx, SEND, CREATOR, [], None, at=1)

    async def told(tx: Transaction, since: int) -> list[tuple[MediaId, ...]]:
        return [one.media for one in await mass_offers.since(tx, CREATOR, since)]

    await known.write(lambda tx: outbox.add(tx, new_effect(2, kind="proposed.mass", fan=None)))
    await known.write(work)

    assert await known.read(lambda tx: mass_offers.unread(tx, CREATOR, "proposed.mass")) == ["effect-2"]
    assert await known.read(lambda tx: told(tx, 50)) == [(ONE, TWO)]
    assert await known.read(lambda tx: told(tx, 51)) == []
    await known.write(lambda tx: tx.execute("UPDATE outbox SET state = 'rejected'"))
    assert await known.read(lambda tx: told(tx, 0)) == []
