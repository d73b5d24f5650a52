"""/money goal set, show, off, and the line of /money earnings."""

from bot.access.roles import MoneyView
from storage.money import goals
from storage.records import DiscordId
from tests.features.money.ledger.ledger_fixtures import comes
from tests.features.money.periods.periods_scenario import PeriodsScenario

DAY = 86_400_000


async def test_a_goal_of_a_month_shows_its_pace_and_where_it_would_end(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-10 12:00")
    await bureau.fan.tip(30_000)
    bureau.at("2026-11-21 12:00")
    await bureau.fan.tip(10_000)

    said = await bureau.ask("money goal set", amount="1000", span="month", counts="gross")
    shown = (await bureau.ask("money goal show")).text

    assert "**$1,000.00** gross, this month included" in said.text
    assert "**November 2026**\n**$400.00** of **$1,000.00** gross (40%)." in shown
    assert "$600.00 to go in 10 days, today included: $60.00 a day." in shown
    assert "At the pace of the 20 whole days so far it ends at about $450." in shown
    assert "The projected total is an estimate: every day like the average of the whole days so far" in shown


async def test_net_counts_what_is_left_after_the_fee_and_a_week_begins_on_monday(
    bureau: PeriodsScenario,
) -> None:
    bureau.at("2026-11-22 12:00")  # a Sunday
    await bureau.fan.tip(10_000)
    bureau.at("2026-11-23 12:00")
    await bureau.fan.tip(1_000)

    await bureau.ask("money goal set", amount="$10", span="week")
    shown = (await bureau.ask("money goal show")).text

    assert "**The week from 23 Nov 2026**\n**$8.00** of **$10.00** net (80%)." in shown
    assert "$2.00 to go in 7 days, today included: $0.29 a day. No whole day is over yet" in shown


async def test_a_payment_without_a_net_is_not_in_the_net_and_it_is_said(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-24 12:00")
    await bureau.ask("money goal set", amount="100", span="month")
    await bureau.ask("money earnings")
    await comes(bureau, await bureau.fan.tip(1000))

    shown = (await bureau.ask("money goal show")).text

    assert "**$0.00** of **$100.00** net" in shown
    assert "For some payments Fanvue gave no net yet: they are not in the net." in shown


async def test_days_are_those_of_the_creators_zone(bureau: PeriodsScenario) -> None:
    await bureau.live_in("Asia/Tokyo")
    bureau.at("2026-11-30 14:59")
    await bureau.fan.tip(10_000)
    bureau.at("2026-11-30 15:00")  # midnight there
    await bureau.fan.tip(300)

    await bureau.ask("money goal set", amount="10", span="month", counts="gross")
    shown = (await bureau.ask("money goal show")).text

    assert "**December 2026**\n**$3.00** of **$10.00** gross" in shown
    assert "in 31 days, today included" in shown
    assert "Days of Asia/Tokyo" in shown


async def test_earnings_of_the_month_say_how_the_goal_stands_and_of_other_days_do_not(
    bureau: PeriodsScenario,
) -> None:
    bureau.at("2026-11-10 12:00")
    await bureau.fan.tip(30_000)
    await bureau.ask("money goal set", amount="1000", span="month", counts="gross")

    month = (await bureau.ask("money earnings", period="month")).text
    other = (await bureau.ask("money earnings", period="7")).text
    none = (await bureau.ask("money earnings")).text

    assert (
        "Goal of November 2026: **$300.00** of **$1,000.00** gross (30%). $700.00 to go in 21 days" in month
    )
    assert "Goal of" not in other + none


async def test_whoever_sees_ranges_reads_ranges_and_neither_share_nor_pace(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-10 12:00")
    await bureau.fan.tip(30_000)
    bureau.clock.at += DAY
    await bureau.ask("money goal set", amount="1000", span="month", counts="gross")
    await manages(bureau, MoneyView.BANDED)

    shown = (await bureau.ask("money goal show", who="maya")).text
    month = (await bureau.ask("money earnings", who="maya", period="month")).text

    for text in (shown, month):
        assert "**$250 to $500** of **$1,000 to $2,500** gross: not reached yet; 20 days to go" in text
        assert "%" not in text
        assert "a day." not in text
        assert "300" not in text
    assert "Pace is hidden because you see ranges only" in shown


async def test_whoever_sees_ranges_or_nothing_sets_no_goal(bureau: PeriodsScenario) -> None:
    await manages(bureau, MoneyView.BANDED)
    banded = (await bureau.ask("money goal set", who="maya", amount="1000", span="month")).text
    await manages(bureau, MoneyView.HIDDEN)
    hidden = (await bureau.ask("money goal set", who="maya", amount="1000", span="month")).text
    unseen = (await bureau.ask("money goal show", who="maya")).text

    assert (
        "Only someone who sees exact figures can set a goal, because it shows when earnings reached it"
        in banded
    )
    assert (
        "Only someone who sees exact figures can set a goal, because it shows when earnings reached it"
        in hidden
    )
    assert "Ask the owner; /team explain shows what your role can do." in unseen
    assert await bureau.database.read(lambda tx: goals.of_creator(tx, bureau.evening.creator)) == []


async def test_a_goal_ends_and_what_is_no_amount_is_refused(bureau: PeriodsScenario) -> None:
    for amount in ("much", "0.50", "100000000"):
        refused = await bureau.ask("money goal set", amount=amount, span="week")
        assert "That isn't an amount for a goal." in refused.text
    nothing = (await bureau.ask("money goal show")).text
    await bureau.ask("money goal set", amount="5", span="week")

    off = (await bureau.ask("money goal off", span="week")).text
    again = (await bureau.ask("money goal off", span="week")).text

    assert "@luna has no goal yet." in nothing
    assert off == "@luna no longer has a goal for each week."
    assert again.startswith("@luna had no goal for each week.")


async def manages(bureau: PeriodsScenario, money: MoneyView) -> None:
    """Maya manages, and sees figures so exactly."""
    await bureau.engage(DiscordId(bureau.town.maya.user.id), "manager", money)
