"""A payment told live counts at once, its net pending, and never twice."""

from bot.features.money.ledger.reading_plan import DAY
from tests.features.money.ledger.ledger_fixtures import comes, lists_no_more
from tests.features.money.periods.periods_scenario import PeriodsScenario


async def test_it_is_pending_until_its_row_is_read_and_counts_once(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-24 12:00")
    await bureau.ask("money earnings")
    tip = await bureau.fan.tip(1000)
    await comes(bureau, tip)

    pending = (await bureau.ask("money earnings")).text
    bureau.clock.at += 16 * 60_000
    listed = (await bureau.ask("money earnings")).text

    assert "Gross **$10.00**, **net pending**, 1 transaction" in pending
    assert "Not in net yet: 1 payment reported live" in pending
    assert "Gross **$10.00**, net **$8.00**, 1 transaction" in listed
    assert "pending" not in listed


async def test_an_event_that_comes_after_its_row_adds_nothing(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-24 12:00")
    tip = await bureau.fan.tip(1000)
    await bureau.ask("money earnings")
    await comes(bureau, tip)

    assert "Gross **$10.00**, net **$8.00**, 1 transaction" in (await bureau.ask("money earnings")).text


async def test_money_that_goes_back_is_pending_too(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-24 12:00")
    tip = await bureau.fan.tip(1000)
    await bureau.ask("money earnings")
    await comes(bureau, await bureau.fan.refunded(tip.id))

    answer = (await bureau.ask("money earnings")).text

    assert "Gross **$0.00**, net **$8.00** so far (-$10.00 gross pending), 2 transactions" in answer
    assert "Refunds: -$10.00 (1)" in answer


async def test_of_two_equal_ones_and_one_row_nothing_is_counted_twice(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-24 12:00")
    bureau.evening.server.switches.tips_show_in_chat = False  # nothing tells one tip from another
    first = await bureau.fan.tip(500)
    await bureau.ask("money earnings")
    second = await bureau.fan.tip(500)
    for one in (first, second):
        await comes(bureau, one)

    answer = (await bureau.ask("money earnings")).text

    assert "Gross **$5.00**" in answer
    assert "Not counted: 2 payments reported live that may already be counted." in answer


async def test_what_fanvue_does_not_list_within_two_days_counts_no_more(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-24 12:00")
    tip = await bureau.fan.tip(1000)
    lists_no_more(bureau, tip)
    await comes(bureau, tip)

    assert "Gross **$10.00**" in (await bureau.ask("money earnings", period="7")).text
    bureau.clock.at += 2 * DAY
    assert "No earnings: gross" in (await bureau.ask("money earnings", period="7")).text
