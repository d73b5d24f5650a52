"""What a fan paid: each payment once, and what went back taken off."""

from collections.abc import Sequence
from typing import Any

import pytest

from storage.database import Database, Transaction
from storage.inbox import messages, offers, received
from storage.inbox.offers import MessageWithItems
from storage.inbox.received import FanOffers
from storage.money import earning_events, earnings, spending
from storage.money.earning_events import EarningEvent
from storage.money.earnings import LedgerRow
from storage.money.spending import PENDING, FanSpending
from storage.records import FactId, FanvueMessageId, MediaId, Pseudonym
from tests.storage.record_fixtures import CREATOR, FAN, OTHER_CREATOR, paired

DAY = 86_400_000
NOW = 20_000 * DAY
EMMA, NOAH = Pseudonym("p-1"), Pseudonym("p-2")


def line(key: str, gross: int, at: int = NOW - DAY, **other: Any) -> LedgerRow:
    made: dict[str, Any] = {"fan": EMMA, "source": "tip", "net": None, **other}
    return LedgerRow(key=key, at=at, gross=gross, **made)


def told(fact: str, gross: int | None, at: int = NOW - DAY, **other: Any) -> EarningEvent:
    made: dict[str, Any] = {"fan": EMMA, "source": "tip", **other}
    return EarningEvent(FactId(fact), at, gross=gross, **made)


async def keep(database: Database, lines: Sequence[LedgerRow], events: Sequence[EarningEvent] = ()) -> None:
    async def work(tx: Transaction) -> None:
        for row in lines:
            await earnings.put(tx, CREATOR, row)
        for event in events:
            await earning_events.add(tx, CREATOR, event)

    await database.write(work)


async def sums(database: Database) -> tuple[dict[Pseudonym, int], int]:
    """What of all fans and of one is answered."""

    async def work(tx: Transaction) -> tuple[dict[Pseudonym, int], int]:
        everybody = await spending.of_fans(tx, CREATOR, since=0, least=1, now=NOW)
        return everybody, await spending.of(tx, CREATOR, EMMA, now=NOW)

    return await database.read(work)


async def test_refunds_and_chargebacks_are_taken_off_in_every_sum(known: Database) -> None:
    await keep(
        known,
        [
            line("a", 30_000, order="o-1"),
            line("b", -30_000, source="refund", reverses="o-1"),
            line("c", 2_000),
            line("d", 900, fan=NOAH),
            line("e", -900, fan=NOAH, source="chargeback"),
            line("f", 70_000, currency="EUR"),
        ],
        [told("g", -500, source="refund")],  # not listed yet
    )

    by_source = await known.read(lambda tx: spending.by_source(tx, CREATOR, EMMA, now=NOW))

    assert await sums(known) == ({EMMA: 1_500}, 1_500)
    assert [(one.source, one.gross, one.count) for one in by_source] == [
        ("tip", 32_000, 2),
        ("refund", -30_500, 2),
    ]


async def test_what_was_told_live_counts_until_it_is_listed_and_never_beside_its_row(known: Database) -> None:
    await keep(
        known,
        [line("a", 700)],
        [
            told("paired", 700),
            told("maybe", 900, NOW - DAY),
            told("alone", 500),
            told("untold", None),
            told("old", 9_000, NOW - PENDING),
        ],
    )
    await keep(known, [line("b", 900, NOW - DAY + 60_000)])

    async def work(tx: Transaction) -> None:
        await earning_events.pair(tx, CREATOR, [(FactId("paired"), "a")])
        await earnings.have_read(tx, CREATOR, [19_998, 19_999, 20_000], at=NOW, unreadable=0)

    await known.write(work)

    by_source = await known.read(lambda tx: spending.by_source(tx, CREATOR, EMMA, now=NOW))

    assert await sums(known) == ({EMMA: 2_100}, 2_100)
    assert by_source == [FanSpending("tip", 2_100, count=4, untold=1, last=NOW - DAY + 60_000)]


async def test_of_days_that_were_never_read_what_was_told_live_counts(known: Database) -> None:
    await keep(known, [], [told("old", 9_000, NOW - 300 * DAY), told("older", -1_000, NOW - 299 * DAY)])

    assert await sums(known) == ({EMMA: 8_000}, 8_000)


async def test_only_what_was_paid_since_then_counts_and_only_enough(known: Database) -> None:
    await keep(
        known, [line("a", 9_000, 10), line("b", 700, 60), line("c", 600, 70), line("d", 900, fan=NOAH)]
    )

    found = await known.read(lambda tx: spending.of_fans(tx, CREATOR, since=50, least=1_000, now=NOW))
    nobody = await known.read(lambda tx: spending.of_fans(tx, OTHER_CREATOR, since=0, least=0, now=NOW))

    assert found == {EMMA: 1_300}
    assert nobody == {}
    assert await known.read(lambda tx: spending.known_since(tx, CREATOR)) == 10
    assert await known.read(lambda tx: spending.known_since(tx, OTHER_CREATOR)) is None


@pytest.mark.parametrize(
    ("second", "counts"),
    [
        (told("2", 500, payment="p-1"), 500),
        (told("2", 500, NOW - 5, payment="p-2", message="m-1", source="message"), 1_000),
        (told("2", 500, payment="p-2"), 1_000),
        (told("2", 500, payment="p-1", source="renewal"), 1_000),
        (told("2", -500, payment="p-1", source="refund"), 0),
        (told("2", 500), 1_000),
    ],
    ids=["same id", "another message", "another id", "another source", "went back", "without an id"],
)
async def test_of_two_events_of_one_payment_one_counts(
    known: Database, second: EarningEvent, counts: int
) -> None:
    await keep(known, [], [told("1", 500, payment="p-1"), second])

    assert (await sums(known))[1] == counts


@pytest.mark.parametrize("fan", [EMMA, NOAH], ids=["the same fan", "another fan"])
async def test_a_fan_buys_a_message_once_under_whatever_ids(known: Database, fan: Pseudonym) -> None:
    first = told("1", 900, payment="p-1", message="m-1", source="message")
    again = told("2", 900, NOW - 5, payment="p-2", message="m-1", source="message", fan=fan)
    await keep(known, [], [first, again])

    found, of_emma = await sums(known)

    assert of_emma == 900
    assert found.get(NOAH, 0) == (900 if fan == NOAH else 0)


async def test_a_payment_goes_back_once_whichever_event_tells_of_it(known: Database) -> None:
    def refund(key: str, at: int = NOW) -> EarningEvent:
        return told(key, -500, at, payment="p-1", source="refund")

    await keep(known, [], [told("1", 500, payment="p-1"), refund("2", NOW - 9), refund("3")])

    assert (await sums(known))[1] == 0


async def test_only_messages_with_a_price_that_went_out_count_as_offered(known: Database) -> None:
    sent: tuple[dict[str, Any], ...] = (
        {"direction": "out", "price": 500, "bought_at": 70},
        {"direction": "out", "price": 900},
        {"direction": "out"},
        {"direction": "in", "price": 900},
    )

    async def work(tx: Transaction) -> FanOffers:
        for number, other in enumerate(sent):
            made = paired(number, message=FanvueMessageId(f"m{number}"), sent_at=number + 1, **other)
            await messages.pair(tx, made)
        return await received.priced(tx, CREATOR, FAN, None)

    assert await known.write(work) == FanOffers(
        sent=2, bought=1, last_sent=2, last_bought=70, asked=1_400, paid=500
    )


async def test_what_was_offered_on_fanvue_itself_counts_once_whoever_read_it_first(known: Database) -> None:
    elsewhere, ours, free = (FanvueMessageId(name) for name in ("m-elsewhere", "m-ours", "m-free"))
    one, two = MediaId("one"), MediaId("two")
    read = [
        MessageWithItems(elsewhere, (one, two), 900, 5, None),
        MessageWithItems(ours, (one,), 500, 1, 70),
        MessageWithItems(free, (one,), None, 6, None),
    ]

    async def work(tx: Transaction) -> FanOffers:
        await messages.pair(tx, paired(1, message=ours, sent_at=1, direction="out", price=500, bought_at=70))
        await messages.pair(tx, paired(2, message=elsewhere, sent_at=5, direction="out", bought_at=80))
        assert await offers.were_read(tx, CREATOR, FAN, read)
        return await received.priced(tx, CREATOR, FAN, None)

    assert await known.write(work) == FanOffers(
        sent=2, bought=2, last_sent=5, last_bought=80, asked=1_400, paid=1_400
    )
