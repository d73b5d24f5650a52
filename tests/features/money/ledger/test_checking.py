"""Comparing with Fanvue: every difference is found, and none is made up."""

import random
from collections.abc import Sequence

import pytest

from bot.features.money.ledger.comparison_rules import (
    NO_EVENT,
    NO_ROW,
    LedgerDifference,
    LedgerReport,
    unpacked,
)
from bot.sandbox.fanvue.records import PaymentRecord
from storage.money import earning_checks
from tests.features.money.ledger.ledger_fixtures import comes, connected, lists_no_more
from tests.features.money.periods.periods_scenario import PeriodsScenario

HOUR = 3_600_000


async def busy_days(bureau: PeriodsScenario, rng: random.Random) -> list[PaymentRecord]:
    """Thirty days of tips, renewals, refunds and chargebacks; each of its own amount or its own hour."""
    done: list[PaymentRecord] = []
    open_: list[PaymentRecord] = []
    for _ in range(60):
        bureau.clock.at += rng.randrange(1, 11 * HOUR)
        if open_ and rng.random() < 0.2:
            taken = open_.pop(rng.randrange(len(open_)))
            back = bureau.fan.refunded if rng.random() < 0.5 else bureau.fan.dispute
            done.append(await back(taken.id))
            continue
        paid = await (bureau.fan.renew() if rng.random() < 0.2 else bureau.fan.tip(rng.randrange(300, 9_000)))
        done.append(paid)
        open_.append(paid)
    return done


async def report(bureau: PeriodsScenario) -> LedgerReport:
    found, _checked = await bureau.ledger.checking.check(bureau.evening.creator)
    return found


def at(payment: PaymentRecord) -> int:
    return int(payment.at.timestamp() * 1000)


def sorted_(found: Sequence[LedgerDifference]) -> list[LedgerDifference]:
    return sorted(found, key=repr)


@pytest.mark.parametrize("seed", range(4))
async def test_every_event_that_is_missing_and_every_row_is_found_and_nothing_else(
    bureau: PeriodsScenario, seed: int
) -> None:
    rng = random.Random(seed)  # noqa: S311 - repeatable
    bureau.at("2026-10-25 12:00")
    await connected(bureau)
    done = await busy_days(bureau, rng)
    bureau.clock.at = max(bureau.clock.at, at(done[-1])) + 30 * HOUR
    inside = [one for one in done if at(one) >= bureau.clock.at - 31 * 24 * HOUR]
    no_event, no_row = rng.sample(inside, 3), rng.sample(inside, 3)
    late = rng.sample([one for one in done if one not in no_event], 5)
    for one in done:
        if one not in no_event and one not in late:
            await comes(bureau, one)
    for one in no_row:
        if one not in no_event:
            lists_no_more(bureau, one)
    await bureau.ledger.reader.look()
    for one in late:  # their rows were read before
        await comes(bureau, one)

    found = await report(bureau)

    wanted = [
        LedgerDifference(NO_EVENT, one.source, one.gross, 0, at(one)) for one in no_event if one in inside
    ] + [LedgerDifference(NO_ROW, one.source, 0, one.gross, at(one)) for one in no_row if one not in no_event]
    assert sorted_(found.differences) == sorted_(wanted)
    assert not found.agrees


async def test_all_agree_to_the_cent_is_said_when_it_is_true(bureau: PeriodsScenario) -> None:
    bureau.at("2026-10-25 12:00")
    await connected(bureau)
    done = await busy_days(bureau, random.Random(9))  # noqa: S311 - repeatable
    for one in done:
        await comes(bureau, one)
    bureau.clock.at += 30 * HOUR

    answer = await bureau.ask("money check")

    assert "**All agree to the cent**: " in answer.text
    assert "Fanvue's own sums and its live events" in answer.text
    assert "leave out refunds: -$" in answer.text
    assert "all agree to the cent." in (await bureau.ask("money earnings", period="yesterday")).text


async def test_only_days_that_were_compared_whole_are_said_to_agree_and_the_days_are_named(
    bureau: PeriodsScenario,
) -> None:
    bureau.at("2026-11-20 12:00")
    await connected(bureau)
    assert "Not compared with Fanvue yet." in (await bureau.ask("money earnings", period="today")).text
    await comes(bureau, await bureau.fan.tip(1000))
    bureau.at("2026-11-24 12:00")
    await comes(bureau, await bureau.fan.tip(17_396))
    await bureau.ask("money check")
    compared = "24 Nov 2026, 12:00 (24 Oct – 23 Nov 2026)"

    today = (await bureau.ask("money earnings", period="today")).text
    week = (await bureau.ask("money earnings", period="7")).text
    whole = (await bureau.ask("money earnings", period="20 Nov")).text
    older = (await bureau.ask("money earnings", period="1 Oct")).text
    digest = (await bureau.ask("money digest now")).text

    for said in (today, week):
        assert f"Not compared with Fanvue yet. Last comparison on {compared}." in said
    assert f"Compared with Fanvue on {compared}: all agree to the cent." in whole
    assert f"Not compared with Fanvue. Last comparison on {compared}." in older
    assert f"Compared with Fanvue on {compared}: all agree to the cent." in digest


async def test_what_is_told_of_compared_days_afterwards_takes_the_sentence_back(
    bureau: PeriodsScenario,
) -> None:
    bureau.at("2026-11-23 23:00")
    await connected(bureau)
    tip = await bureau.fan.tip(1000)
    late = await bureau.fan.tip(700)
    lists_no_more(bureau, late)
    await comes(bureau, tip)
    bureau.at("2026-11-24 04:10")
    await bureau.ask("money check")
    before = (await bureau.ask("money earnings", period="yesterday")).text
    await comes(bureau, late)

    after = (await bureau.ask("money earnings", period="yesterday")).text

    assert "all agree to the cent" in before
    assert "to the cent" not in after
    assert "Not compared with Fanvue yet." in after


async def test_a_row_that_fanvue_lists_later_takes_the_sentence_back(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-23 23:00")
    await bureau.fan.tip(1000)
    late = await bureau.fan.tip(700)
    lists_no_more(bureau, late)
    bureau.at("2026-11-24 04:10")
    await bureau.ask("money check")
    before = (await bureau.ask("money earnings", period="yesterday")).text
    bureau.fan._state.payments[late.id] = late
    bureau.clock.at += 30 * HOUR
    await bureau.ledger.reader.look()

    after = (await bureau.ask("money earnings", period="23 Nov")).text

    assert "Gross **$10.00**" in before
    assert "all agree to the cent" in before
    assert "Gross **$17.00**" in after
    assert "Not compared with Fanvue yet." in after


async def test_days_without_a_transaction_are_not_said_to_agree_to_the_cent(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-24 12:00")
    await bureau.ask("money check")

    said = (await bureau.ask("money earnings", period="yesterday")).text

    assert "(24 Oct – 23 Nov 2026): no earnings." in said
    assert "to the cent" not in said


async def test_a_sum_of_fanvues_that_is_another_is_told_with_both_figures(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-20 12:00")
    await connected(bureau)
    tip = await bureau.fan.tip(1000)
    await comes(bureau, tip)
    bureau.at("2026-11-24 12:00")
    await bureau.evening.acting().money.summary(since=await since(bureau), until=day(bureau))
    tip.gross = 900  # Fanvue's sum is kept for ten minutes, its list is not

    answer = (await bureau.ask("money check")).text

    assert "- Tips, gross: $9.00 by the list, $10.00 by Fanvue's sum." in answer
    assert "- Tips, net: $7.20 by the list, $8.00 by Fanvue's sum." in answer


async def test_equal_payments_whose_events_nobody_can_tell_apart_agree_as_a_group(
    bureau: PeriodsScenario,
) -> None:
    bureau.at("2026-11-20 12:00")
    bureau.evening.server.switches.tips_show_in_chat = False  # nothing tells one tip from another
    await connected(bureau)
    for _ in range(3):
        await comes(bureau, await bureau.fan.tip(500))
        bureau.clock.at += 1_000
    bureau.at("2026-11-24 12:00")

    answer = (await bureau.ask("money check")).text

    assert "**All agree to the cent**" in answer
    assert "3 payments reported live look the same as others of the same minutes" in answer


async def test_without_live_events_it_says_that_they_were_not_compared(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-20 12:00")
    await bureau.fan.tip(500)
    bureau.at("2026-11-24 12:00")

    answer = (await bureau.ask("money check")).text

    assert "**All agree to the cent**: 1 transaction of Fanvue's list, Fanvue's own sums." in answer
    assert "We never received live events about money for this creator, so they were not compared" in answer


async def test_where_nothing_came_in_nothing_is_said_to_agree_to_the_cent(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-24 12:00")

    answer = (await bureau.ask("money check")).text

    assert "**No earnings** in this time, by Fanvue's list and by its own sums." in answer
    assert "to the cent" not in answer


async def test_every_night_it_is_done_once_and_when_asked_again_within_ten_minutes_it_is_the_same(
    bureau: PeriodsScenario,
) -> None:
    creator = bureau.evening.creator
    await bureau.live_in("Europe/Berlin")
    bureau.at("2026-11-24 03:59", "Europe/Berlin")
    await bureau.ledger.checking.look()
    assert await bureau.database.read(lambda tx: earning_checks.get(tx, creator)) is None

    bureau.clock.at += 60_000
    await bureau.ledger.checking.look()
    first = await bureau.database.read(lambda tx: earning_checks.get(tx, creator))
    await bureau.ask("money check")
    bureau.clock.at += 3 * HOUR
    await bureau.ledger.checking.look()

    assert first is not None
    assert (first.day, unpacked(first.body).agrees) == ("2026-11-24", True)
    assert await bureau.database.read(lambda tx: earning_checks.get(tx, creator)) == first


async def test_only_who_may_see_figures_compares_and_only_the_owner_rebuilds(bureau: PeriodsScenario) -> None:
    for command in ("money check", "money rebuild"):
        assert "$" not in (await bureau.ask(command, "maya")).text
    assert "All agree" not in (await bureau.ask("money check", "maya")).text


def day(bureau: PeriodsScenario) -> int:
    """The beginning of today."""
    return bureau.clock.at // (24 * HOUR) * 24 * HOUR


async def since(bureau: PeriodsScenario) -> int:
    return day(bureau) - 31 * 24 * HOUR
