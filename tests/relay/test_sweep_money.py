"""A payment is told once, whoever tells it, and none is missed."""

import random
from functools import partial
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.model.errors import TryLater
from bot.model.events import Paid, Subscribed
from bot.model.language import LANGUAGES, speaking
from bot.relay import payment_dedup
from bot.relay.sweep_ports import SweptEarning, SweptSubscriber, UnreadableSweepRow
from storage.engine.connect import open_database
from storage.money.payments import PaymentReport
from storage.records import FactId, FanvueMessageId, Millis, Pseudonym
from tests.database_place import with_schema
from tests.relay.relay_scenario import CREATOR, EMMA, NOAH
from tests.relay.sweep_scenario import MINUTE, SweepScenario, sweeping
from tests.scenario_fixtures import in_folder

swept = in_folder(sweeping)


async def webhook(world: SweepScenario, number: str, **how: object) -> None:
    """A payment as a webhook tells it."""
    fields: dict[str, object] = {"source": "tip", "gross": 500, "at": world.clock.at, "fan": EMMA, **how}
    await world.happen(Paid(CREATOR, **fields), kind="payment", key=f"event-{number}")  # type: ignore[arg-type]
    await world.pass_time(0)


def row(world: SweepScenario, order: str | None, **how: object) -> None:
    """The same in the list of earnings."""
    fields: dict[str, object] = {
        "fan": EMMA,
        "source": "tip",
        "gross": 500,
        "at": world.clock.at,
        "order": order,
        **how,
    }
    world.lists.earned.append(SweptEarning(**fields))  # type: ignore[arg-type]


def tips(world: SweepScenario) -> int:
    return sum(line.startswith("A tip") for line in world.alerts())


async def test_equal_ids_are_one_payment_in_either_order(swept: SweepScenario) -> None:
    row(swept, "FV-1")
    await swept.sweep()
    await webhook(swept, "1", payment="FV-1", at=swept.clock.at + 30 * MINUTE)
    await webhook(swept, "2", payment="FV-2")
    row(swept, "FV-2", at=swept.clock.at + 30 * MINUTE)
    await swept.sweep()

    assert tips(swept) == 2


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_payment_that_was_taken_for_another_is_told_after_all_at_once(
    swept: SweepScenario, language: str
) -> None:
    row(swept, "FV-1")
    await swept.sweep()
    with speaking(language):
        await webhook(swept, "2", payment="FV-2")
    taken_for_the_same = tips(swept)
    await webhook(swept, "1", payment="FV-1")

    assert (taken_for_the_same, tips(swept)) == (1, 2)


async def test_payments_that_could_not_be_read_are_looked_for_until_they_can(swept: SweepScenario) -> None:
    passed: list[tuple[str, int]] = []
    swept.second.sweeps.skipping = lambda rows, number: passed.append((rows, number))
    paid_at = swept.clock.at
    swept.lists.odd["earnings"] = (UnreadableSweepRow("FV-1", "no gross"),)
    swept.clock.at += 60 * MINUTE
    await swept.sweep()
    before = tips(swept)
    swept.lists.odd.clear()
    row(swept, "FV-1", at=paid_at)
    swept.clock.at += 60 * MINUTE
    await swept.sweep()

    assert (before, tips(swept)) == (0, 1)
    assert passed == [("earnings", 1)]


async def test_different_ids_are_one_payment_when_all_else_is_equal(swept: SweepScenario) -> None:
    await webhook(swept, "1", payment="pay_abc")
    row(swept, "FV-1", at=swept.clock.at + 9 * MINUTE)
    await swept.sweep()
    assert tips(swept) == 1

    row(swept, "FV-2", at=swept.clock.at + MINUTE, gross=900)
    await swept.sweep()
    await webhook(swept, "2", payment="pay_abd", gross=900)
    assert tips(swept) == 2


@pytest.mark.parametrize(
    "other",
    [{"gross": 501}, {"fan": NOAH}, {"source": "post"}, {"at_later": 11 * MINUTE}],
    ids=["amount", "fan", "source", "time"],
)
async def test_what_differs_in_one_thing_is_another_payment(
    swept: SweepScenario, other: dict[str, object]
) -> None:
    await webhook(swept, "1")
    how = {key: value for key, value in other.items() if key != "at_later"}
    row(swept, "FV-1", at=swept.clock.at + int(str(other.get("at_later", 0))), **how)
    await swept.sweep()

    assert len(swept.alerts()) == 2


async def test_two_equal_tips_within_a_minute_are_two_though_one_webhook_got_lost(
    swept: SweepScenario,
) -> None:
    row(swept, "FV-1", at=swept.clock.at)
    row(swept, "FV-2", at=swept.clock.at + 40_000)
    await webhook(swept, "2", at=swept.clock.at + 40_000)
    await swept.sweep()
    await swept.sweep()

    assert tips(swept) == 2


async def test_the_closest_two_find_each_other(swept: SweepScenario) -> None:
    await webhook(swept, "late", at=swept.clock.at + 5 * MINUTE)
    row(swept, "FV-1", at=swept.clock.at)
    row(swept, "FV-2", at=swept.clock.at + 5 * MINUTE)
    await swept.sweep()

    rows = await swept.database.read(
        lambda tx: tx.all("SELECT payment_id FROM payments WHERE told_by = 'sweep' AND twin IS NULL")
    )
    assert [found["payment_id"] for found in rows] == ["FV-1"]


async def test_a_message_is_bought_once_however_late_the_row_comes(swept: SweepScenario) -> None:
    message = FanvueMessageId("message-9")
    await webhook(swept, "1", source="message", message=message, payment="pay_1")
    row(swept, "FV-1", source="message", message=message, at=swept.clock.at + 50 * MINUTE)
    await swept.sweep()

    assert len(swept.alerts()) == 1


async def test_once_ids_were_equal_different_ones_are_different_payments(swept: SweepScenario) -> None:
    await webhook(swept, "1", payment="FV-1")
    row(swept, "FV-1")
    await swept.sweep()
    await webhook(swept, "2", payment="FV-2")
    row(swept, "FV-3")  # its webhook got lost, and the row of FV-2 is late
    await swept.sweep()
    row(swept, "FV-2")
    await swept.sweep()

    assert tips(swept) == 3


async def test_two_that_were_taken_for_one_are_told_apart_when_equal_ids_turn_up(
    swept: SweepScenario,
) -> None:
    await webhook(swept, "1", payment="FV-1")
    row(swept, "FV-2")  # its webhook got lost, and the row of FV-1 is late
    await swept.sweep()
    assert tips(swept) == 1

    row(swept, "FV-1")
    await swept.sweep()

    assert tips(swept) == 2


async def test_a_row_whose_webhook_was_taken_for_another_row_is_told(swept: SweepScenario) -> None:
    row(swept, "FV-1")  # its webhook got lost
    await swept.sweep()
    await webhook(swept, "2", payment="FV-2")  # the row of this one is late
    assert tips(swept) == 1

    row(swept, "FV-2")
    await swept.sweep()

    assert tips(swept) == 2


async def test_refunds_renewals_and_what_is_older_than_the_link_are_not_told(swept: SweepScenario) -> None:
    row(swept, "FV-1", gross=-500)
    row(swept, "FV-2", source="renewal")
    row(swept, "FV-3", at=swept.clock.at - 60 * MINUTE)
    await swept.sweep()

    assert swept.alerts() == []


def subscribers(world: SweepScenario) -> int:
    return sum(line.startswith("New subscriber") for line in world.alerts())


async def subscribed(world: SweepScenario, change: str = "activated", number: str = "1") -> None:
    event = Subscribed(CREATOR, EMMA, change, world.clock.at)
    await world.happen(event, kind=f"subscription.{change}", key=f"event-{number}")
    await world.pass_time(0)


async def test_what_came_in_while_payments_could_not_be_listed_is_told_once_they_can(
    swept: SweepScenario,
) -> None:
    swept.fanvue.faults.chance = lambda call: TryLater("Not now.") if call == "earnings" else None
    row(swept, "FV-1")
    for _ in range(4):
        await swept.pass_time(swept.waits.sweep)  # longer than what one sweep reads over again
    assert tips(swept) == 0
    swept.fanvue.faults.chance = lambda _call: None

    await swept.sweep()

    assert tips(swept) == 1


async def test_a_new_subscriber_is_told_once_by_webhook_payment_and_list(swept: SweepScenario) -> None:
    await subscribed(swept)
    row(swept, "FV-1", source="subscription", gross=999)
    swept.lists.joined.append(SweptSubscriber(EMMA, swept.clock.at))
    await swept.sweep()

    assert subscribers(swept) == 1


async def test_a_webhook_that_comes_after_the_sweep_tells_no_new_subscriber(swept: SweepScenario) -> None:
    swept.lists.joined.append(SweptSubscriber(EMMA, swept.clock.at))
    row(swept, "FV-1", source="subscription", gross=999)
    await swept.sweep()
    assert subscribers(swept) == 1

    await subscribed(swept)

    assert subscribers(swept) == 1


async def test_who_subscribes_again_after_the_end_is_told_again(swept: SweepScenario) -> None:
    swept.lists.joined.append(SweptSubscriber(EMMA, swept.clock.at))
    await swept.sweep()
    await swept.pass_time(60 * MINUTE)
    await subscribed(swept, "deactivated", "2")
    await swept.pass_time(60 * MINUTE)
    row(swept, "FV-2", source="subscription", gross=999)
    await swept.sweep()
    await subscribed(swept, "activated", "3")

    assert subscribers(swept) == 2


async def test_who_was_subscribed_before_the_link_is_not_news(swept: SweepScenario) -> None:
    swept.lists.joined = [SweptSubscriber(EMMA, swept.clock.at - 90 * MINUTE), SweptSubscriber(NOAH, None)]
    await swept.sweep()

    assert subscribers(swept) == 0


# ── any order, any loss ──

FAN = Pseudonym("1" * 32)
FILES = count(1)


def _payment(number: int, at: Millis, told_by: str, *, same_ids: bool) -> PaymentReport:
    payment = f"FV-{number}" if same_ids or told_by == payment_dedup.SWEEP else f"pay-{number}"
    fact = FactId(f"{told_by}-{number}")
    return PaymentReport(fact, CREATOR, FAN, "tip", 500, at, payment, None, None, told_by)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    times=st.lists(st.integers(0, 8 * MINUTE), min_size=1, max_size=6),
    lost=st.sets(st.integers(0, 5)),
    order=st.randoms(use_true_random=False),
    same_ids=st.booleans(),
)
async def test_as_many_payments_are_told_as_there_were(
    tmp_path: Path, times: list[int], lost: set[int], order: random.Random, *, same_ids: bool
) -> None:
    """Whatever webhooks get lost and in whatever order the sources come: none is told twice or missed."""
    batches = [
        [_payment(number, at, payment_dedup.WEBHOOK, same_ids=same_ids)]
        for number, at in enumerate(times)
        if number not in lost
    ]
    rows = [_payment(number, at, payment_dedup.SWEEP, same_ids=same_ids) for number, at in enumerate(times)]
    order.shuffle(rows)
    cut = order.randint(0, len(rows))
    batches += [rows[:cut], rows[cut:]]
    order.shuffle(batches)
    database = await open_database(with_schema(f"sqlite:///{tmp_path}/{next(FILES)}.sqlite3"), now=0)
    try:
        for batch in batches:
            await database.write(partial(payment_dedup.match, new=batch))
        told = await database.read(lambda tx: tx.all("SELECT fact_id FROM payments WHERE quiet = 0"))
    finally:
        await database.close()

    assert len(told) == len(times)
