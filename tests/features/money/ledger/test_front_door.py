"""From a webhook to the comparison: figures agree, and what differs is named."""

import json
from collections.abc import AsyncIterator, Awaitable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.fanvue.events import iso
from bot.sandbox.fanvue.people import StandInFan
from bot.sandbox.fanvue.records import PaymentRecord
from bot.sandbox.fanvue.state import WebhookEvent
from bot.sandbox.fanvue.webhooks import body_of
from storage.database import Transaction
from storage.engine.connect import open_database
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, housed

# What is compared are whole days that are over.
_AGO = timedelta(days=1)
_HOUR_MS = 3_600_000
_WEEK_MS = 7 * 86_400_000


@pytest.fixture
async def house(tmp_path: Path, virtual_time: None) -> AsyncIterator[LiveBridge]:
    """A house that was linked a week ago."""
    async with housed(tmp_path) as made:
        made.stage.fanvue.switches.summary_seconds = 0  # else its sums are those of the question before
        await asks(made, "money check")
        await made.stage.bridge.kill()
        database = await open_database(made.setting("DATABASE_URL"), now=0)
        try:
            await database.write(_a_week_ago)
        finally:
            await database.close()
        await made.stage.bridge.start()
        yield made
        assert made.stage.discord.contract_errors == []
        assert made.stage.fanvue.contract_errors == []


async def _a_week_ago(tx: Transaction) -> None:
    """Live events have been expected, and each kind of money was heard of, since then."""
    await tx.execute("UPDATE watermarks SET floor_at = floor_at - :week", week=_WEEK_MS)
    # Within ten minutes the last comparison is repeated; and of today there has been one.
    await tx.execute("UPDATE earnings_checks SET checked_at = checked_at - :hour", hour=_HOUR_MS)


async def told(house: LiveBridge, deed: Awaitable[PaymentRecord], *, comes: bool = True) -> PaymentRecord:
    """A payment of yesterday; `comes`: whether its event gets to the bridge, under its own id."""
    heard: list[WebhookEvent] = []
    fanvue = house.stage.fanvue
    fanvue.world.listeners.append(heard.append)
    fanvue.faults.webhooks.off = True
    try:
        payment = await deed
    finally:
        fanvue.faults.webhooks.off = False
        fanvue.world.listeners.remove(heard.append)
    payment.at -= _AGO
    for event in heard:
        event.data.update({name: iso(payment.at) for name in ("created_at", "paid_at") if name in event.data})
        if comes:
            assert await house.post(body_of(event)) == 200
    return payment


async def money(house: LiveBridge) -> StandInFan:
    """A fan whom the bridge knows, and who has paid in every way there is."""
    fan = house.fan("Ada", subscribed=False)
    await told(house, fan.subscribe())
    tip = await told(house, fan.tip(2_500))
    await told(house, fan.tip(700))
    await told(house, fan.refunded(tip.id))
    await told(house, fan.dispute((await told(house, fan.tip(1_200))).id))
    await house.alerted("$12.00")
    return fan


async def asks(house: LiveBridge, name: str, **values: str) -> InteractionAnswer:
    """The owner asks about money, and reads the answer."""
    answer = await house.stage.owner.slash(house.stage.guild, house.stage.lobby, name, **values)
    return await answer.done(PATIENCE)


async def test_what_is_told_live_counts_pending_until_it_is_listed_and_then_agrees_to_the_cent(
    house: LiveBridge,
) -> None:
    await money(house)

    pending = (await asks(house, "money earnings", period="7")).text
    said = (await asks(house, "money check")).text
    listed = (await asks(house, "money earnings", period="7")).text

    assert "Gross **$16.99**" in pending
    assert "Not in net yet: 6 payments reported live" in pending
    assert "**All agree to the cent**: 6 transactions" in said
    assert "-$37.00" in said
    assert "Gross **$16.99**" in listed
    assert "pending" not in listed
    assert "Not compared with Fanvue yet. Last comparison on" in listed  # today is one of these days


async def test_every_difference_is_named_and_none_is_invented(house: LiveBridge) -> None:
    fan = await money(house)
    await told(house, fan.tip(4_100), comes=False)
    unlisted = await told(house, fan.tip(5_300))
    await house.alerted("$53.00")
    del house.stage.fanvue.world.payments[unlisted.id]

    said = (await asks(house, "money check")).text

    differences = [line.split(", ", 2)[2] for line in said.splitlines() if line.startswith("- ")]
    assert differences == [
        "Tips: reported live with $53.00, not in Fanvue's list. It is not counted.",
        "Tips: $41.00 in Fanvue's list, never reported live. It is counted.",
    ]
    assert "**2 differences** between 7 transactions" in said


async def test_one_payment_under_two_event_ids_counts_once_in_every_live_sum(house: LiveBridge) -> None:
    fan = house.fan("Ada", subscribed=False)
    heard: list[WebhookEvent] = []
    house.stage.fanvue.world.listeners.append(heard.append)
    await fan.tip(2_500)
    await house.alerted("$25.00")
    (event,) = (one for one in heard if one.type == "creator.payment.succeeded")

    assert await house.post(body_of(replace(event, id=f"{event.id}-again"))) == 200
    await house.stored(lambda: len(house.rows("SELECT 1 FROM payments WHERE gross = 2500")) == 2)
    earned = (await asks(house, "money earnings", period="7")).text
    sales = (await asks(house, "money credit sales", period="7")).text

    assert "Gross **$25.00**" in earned
    assert "1 transaction" in earned
    assert sales.count("$25.00") == 1


def _checkout(house: LiveBridge, fan: StandInFan, kind: str, **data: object) -> bytes:
    """An event of a checkout link, as Fanvue documents it, an hour ago."""
    now = house.stage.fanvue.world.now() - timedelta(hours=1)
    about = {"checkout_link": {"name": "Winter bundle"}, "creator": {"uuid": house.stage.creator.uuid}}
    buyer = {"purchaser": {"uuid": fan.uuid, "handle": fan.handle}}
    event = {"id": f"{kind}-{data}", "type": f"checkout_link.{kind}", "timestamp": iso(now)}
    return json.dumps(event | {"data": {"created_at": iso(now), **about, **buyer, **data}}).encode()


async def test_what_a_checkout_link_sold_goes_back_whole_and_once_and_a_warning_or_a_part_counts_nowhere(
    house: LiveBridge,
) -> None:
    fan = house.fan("Ada", subscribed=False)
    marks = {"client_reference_id": "order-1182", "metadata": {"chatter": "maya", "campaign": "winter"}}

    async def comes(kind: str, **data: object) -> None:
        assert await house.post(_checkout(house, fan, kind, **data)) == 200

    await comes("payment.succeeded", id="FV-1", gross=4_999, currency="USD", **marks)
    await comes("payment.succeeded", id="FV-2", gross=2_000, currency="USD")
    await house.alerted("$20.00")
    await comes("dispute.flagged", id="FVD-1", payment_id="FV-2", amount=2_000, currency="USD")
    await comes("installment.paid", gross=1_111, currency="EUR", installment={"number": 2, "of": 3})
    await house.alerted("2 of 3")
    before = (await asks(house, "money earnings", period="7")).text
    sold = (await asks(house, "money credit sales", period="7")).text
    back = {"payment_id": "FV-1", "amount": 4_999, "currency": "USD"}
    await comes("refund.created", id="FVC-1", **back)
    await comes("refund.created", id="FVC-1-again", **back)
    await house.alerted("-$49.99")
    await comes("dispute.created", id="FVC-2", payment_id="FV-2", amount=2_000, currency="USD")
    await house.alerted("-$20.00")
    after = (await asks(house, "money earnings", period="7")).text
    returned = (await asks(house, "money credit sales", period="7")).text

    assert "Gross **$69.99**" in before
    assert "Gross **$0.00**" in after
    assert "Refunds: -$49.99 (1)" in after
    assert len(house.alerts("-$49.99")) == 1
    assert "A payment may be disputed" in "\n".join(house.alerts())
    assert "An installment was paid" in "\n".join(house.alerts())
    assert "On the link: client_reference_id: order-1182, chatter: maya, campaign: winter" in sold.replace(
        "\\", ""
    )
    assert returned.count("takes back the sale of") == 2
