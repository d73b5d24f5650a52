"""/money earnings: exact sums of the creator's own days, for the owner alone."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from bot.discord.asking import NOT_HERE
from bot.sandbox.fanvue.records import PaymentRecord
from tests.features.money.periods.periods_scenario import PeriodsScenario, opened


async def test_an_evening_is_summed_to_the_cent_by_source_and_drawn(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-24 10:00")
    await bureau.fan.tip(2599)
    await bureau.fan.tip(1)
    await bureau.fan.renew()
    taken = await bureau.fan.tip(1000)
    await bureau.fan.refunded(taken.id)

    answer = await bureau.ask("money earnings")

    assert "Earnings of @luna, today" in answer.text
    assert "Gross **$35.99**, net **$28.78**, 5 transactions" in answer.text
    assert "Tips: $36.00 (3)\nRenewals: $9.99 (1)\nRefunds: -$10.00 (1)" in answer.text
    assert "24 Nov 2026 (UTC)." in answer.text
    assert "Data as of 24 Nov 2026, 10:00, UTC." in answer.text
    assert answer.message is not None
    (picture,) = answer.message.attachments
    assert Image.open(BytesIO(picture.content)).size == (1080, 526)
    assert picture.description == (
        "Bar chart of the gross by source, 24 Nov 2026, in all $35.99: Tips $36.00, Renewals $9.99, "
        "Refunds -$10.00"
    )


@pytest.mark.parametrize("prefix", ["/v1", ""], ids=["v1", "unversioned"])
async def test_refunds_and_chargebacks_count_on_both_surfaces(tmp_path: Path, prefix: str) -> None:
    async with opened(tmp_path, prefix=prefix) as bureau:
        first, second = await bureau.fan.tip(1000), await bureau.fan.tip(2000)
        await bureau.fan.refunded(first.id)
        await bureau.fan.dispute(second.id)
        await bureau.fan.tip(333)

        answer = await bureau.ask("money earnings", period="month")

    assert "Gross **$3.33**, net **$2.66**, 5 transactions" in answer.text
    assert "Refunds: -$10.00 (1)\nChargebacks: -$20.00 (1)" in answer.text


async def test_an_empty_day_says_so_and_draws_nothing(bureau: PeriodsScenario) -> None:
    await bureau.fan.tip(500)
    bureau.clock.at += 3 * 86_400_000

    answer = await bureau.ask("money earnings", period="yesterday")

    assert "No earnings: gross **$0.00**, net **$0.00**." in answer.text
    assert answer.message is not None
    assert answer.message.attachments == []


@pytest.mark.parametrize(
    ("zone", "begins", "ends", "day"),
    [
        ("Europe/Berlin", "2026-10-25T00:00+02:00", "2026-10-26T00:00+01:00", "25 Oct 2026"),  # 25 hours
        ("Europe/Berlin", "2026-03-29T00:00+01:00", "2026-03-30T00:00+02:00", "29 Mar 2026"),  # 23 hours
        ("Pacific/Kiritimati", "2026-11-24T00:00+14:00", "2026-11-25T00:00+14:00", "24 Nov 2026"),
        ("Asia/Beirut", "2026-03-29T01:00+03:00", "2026-03-30T00:00+03:00", "29 Mar 2026"),  # no midnight
    ],
)
async def test_a_day_is_the_creators_own_half_open_and_right_on_the_nights_of_the_clock_change(
    bureau: PeriodsScenario, zone: str, begins: str, ends: str, day: str
) -> None:
    await bureau.live_in(zone)
    bureau.at(ends)
    bureau.clock.at -= 1
    await bureau.fan.tip(100)  # the last millisecond of the day
    bureau.at(begins)
    bureau.clock.at -= 1
    await bureau.fan.tip(10_000)  # the last one of the day before
    bureau.clock.at += 1
    await bureau.fan.tip(1)
    bureau.at(ends)
    await bureau.fan.tip(30_000)
    bureau.clock.at += 3_600_000

    answer = await bureau.ask("money earnings", period="yesterday")

    assert "Gross **$1.01**" in answer.text
    assert f"{day} ({zone})." in answer.text


async def test_thirty_days_are_read_page_by_page_and_each_has_its_bar(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-24 12:00")
    for number in range(130):
        bureau.clock.at -= 9_000_000 + number
        await bureau.fan.tip(300 + number)
    bureau.at("2026-11-24 12:00")

    answer = await bureau.ask("money earnings", period="30")

    assert "Gross **$473.85**, net **$378.56**, 130 transactions" in answer.text
    assert answer.message is not None
    (picture,) = answer.message.attachments
    assert Image.open(BytesIO(picture.content)).size == (1080, 760)
    assert (picture.description or "").count("Nov $") == 24


async def test_several_currencies_are_never_mixed(bureau: PeriodsScenario) -> None:
    for currency, cents in (("USD", 1000), ("EUR", 2000), ("GBP", 4000), ("EUR", 500)):
        payment: PaymentRecord = await bureau.fan.tip(cents)
        payment.currency = currency

    answer = await bureau.ask("money earnings")

    assert "Gross **25.00 EUR**, net **20.00 EUR**, 2 transactions" in answer.text
    assert "Gross **40.00 GBP**, net **32.00 GBP**, 1 transaction" in answer.text
    assert "Gross **$10.00**, net **$8.00**, 1 transaction" in answer.text
    assert "Fanvue uses several currencies here" in answer.text


async def test_nobody_else_is_told_the_figures(bureau: PeriodsScenario) -> None:
    await bureau.fan.tip(500)

    commands = ("money earnings", "money top", "money subscribers show")
    told = [(await bureau.ask(command, "maya")).text for command in commands]

    assert told == [NOT_HERE] * 3


async def test_with_several_accounts_one_is_chosen_from_ones_own(bureau: PeriodsScenario) -> None:
    await bureau.fan.tip(500)
    there = bureau.town
    await bureau.link_too("zoe")

    unsure = await bureau.ask("money earnings")
    offered = await there.olivia.autocomplete(there.guild, there.lobby, "money earnings", "creator", "lu")
    chosen = await bureau.ask("money earnings", creator="@Luna")

    assert "You work with several creators – pick one in `creator" in unsure.text
    assert [choice["name"] for choice in offered] == ["@luna"]
    assert "Gross **$5.00**" in chosen.text


async def test_a_missing_permission_is_named(bureau: PeriodsScenario) -> None:
    world = bureau.evening.server.world
    bureau.evening.holds(world.grant(bureau.evening.account, scopes=["read:self", "read:chat"]).access_token)

    answer = await bureau.ask("money earnings")

    assert answer.text == (
        "Fanvue needs the permission read:insights. Use /link to connect again and allow it."
    )


async def test_a_fanvue_that_does_not_answer_is_told_in_words(bureau: PeriodsScenario) -> None:
    bureau.evening.server.faults.add("error_before", "GET", "/insights/earnings", count=9, status=503)

    answer = await bureau.ask("money earnings")

    assert answer.text == (
        "We can't reach Fanvue right now. Nothing is lost; please run the command again in a minute."
    )


async def test_a_picture_that_discord_does_not_take_costs_the_words_nothing(bureau: PeriodsScenario) -> None:
    await bureau.fan.tip(500)
    bureau.town.server.faults.fail("PATCH", "@original$", 413)

    answer = await bureau.ask("money earnings")

    assert "Gross **$5.00**" in answer.text
    assert answer.message is not None
    assert answer.message.attachments == []


async def test_a_row_that_cannot_be_read_is_said_to_be_missing(bureau: PeriodsScenario) -> None:
    await bureau.fan.tip(500)
    (await bureau.fan.tip(700)).gross = 7.5  # type: ignore[assignment]  # what Fanvue should never send

    answer = await bureau.ask("money earnings")

    assert "Gross **$5.00**" in answer.text
    assert "Not in these figures: 1 transaction that we couldn't read." in answer.text
