"""Figures exact, in ranges, hidden: what each level sees, in words and pictures."""

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.access.roles import MoneyView
from bot.discord.asking import NOT_HERE
from bot.features.money.periods.bands import BANDED, EXACT, band, shown_to
from bot.features.money.periods.chart import described, draw
from bot.features.money.periods.currency_sums import CurrencySum, EarningsTransaction, sums
from bot.features.money.periods.days import Days
from storage.database import Transaction as Tx
from storage.people import consents, grants
from storage.records import DiscordId
from tests.features.money.periods.periods_scenario import PeriodsScenario

FIRST, UTC = date(2026, 10, 1), ZoneInfo("UTC")


@pytest.mark.parametrize(
    ("cents", "currency", "words"),
    [
        (0, None, "$10 or less"),
        (1, None, "$10 or less"),
        (999, None, "$10 or less"),
        (1_000, None, "$10 to $25"),
        (2_499, None, "$10 to $25"),
        (2_500, None, "$25 to $50"),
        (9_999, None, "$50 to $100"),
        (10_000, None, "$100 to $250"),
        (24_999, None, "$100 to $250"),
        (25_000, None, "$250 to $500"),
        (99_999, None, "$500 to $1,000"),
        (123_456_789, None, "$1,000,000 to $2,500,000"),
        (-1_500, None, "-$10 to -$25"),
        (-1, None, "-$10 or less"),
        (12_345, "EUR", "100 EUR to 250 EUR"),
    ],
)
def test_an_amount_is_in_its_range(cents: int, currency: str | None, words: str) -> None:
    assert BANDED.money(cents, currency) == words


@given(st.integers(0, 10**12))
def test_every_number_has_one_range_that_holds_it(whole: int) -> None:
    low, high = band(whole)

    assert low <= whole < high
    assert band(low) == (low, high)
    assert high <= max(10, 5 * low // 2)


def test_how_many_is_in_a_range_too() -> None:
    told = [BANDED.many(count, ("{n} transaction", "{n} transactions")) for count in (0, 1, 12, 260)]

    assert told == [
        "up to 10 transactions",
        "up to 10 transactions",
        "10 to 25 transactions",
        "250 to 500 transactions",
    ]
    assert EXACT.many(1, ("{n} transaction", "{n} transactions")) == "1 transaction"


def test_who_sees_nothing_is_never_shown_anything() -> None:
    assert (shown_to(MoneyView.EXACT), shown_to(MoneyView.BANDED)) == (EXACT, BANDED)
    with pytest.raises(AssertionError):
        shown_to(MoneyView.HIDDEN)


def of_days(amounts: list[int]) -> tuple[CurrencySum, Days]:
    days = Days(UTC, FIRST, FIRST + timedelta(days=len(amounts) - 1))
    rows = [
        EarningsTransaction(days.since + n * 86_400_000, source, gross, gross * 8 // 10, order=f"{n}")
        for n, gross in enumerate(amounts)
        for source in ("tip",)
    ]
    (one,) = sums(rows, days)
    return one, days


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_amounts_of_the_same_ranges_make_the_same_picture_and_the_same_words(data: st.DataObject) -> None:
    first = data.draw(st.lists(st.integers(1, 10**8), min_size=1, max_size=9))
    second = [data.draw(st.integers(low * 100, high * 100 - 1)) for low, high in map(_band, first)]
    one, days = of_days(first)
    other, _ = of_days([max(1, cents) for cents in second])
    # The whole may lie in another range than its parts' ranges say; here only the parts differ.
    other = replace(other, gross=one.gross, net=one.net)

    assert described(one, days, BANDED) == described(other, days, BANDED)
    assert draw(one, days, BANDED) == draw(other, days, BANDED)


def _band(cents: int) -> tuple[int, int]:
    return band(cents // 100)


# Whatever role and level of money Maya has: what she reads, or that there is nothing.
HIDDEN = (NOT_HERE, NOT_HERE, NOT_HERE)
RANGES = ("Gross **$25 to $50**, net **$10 to $25**", "**$25 to $50**", "**up to 10** subscribers now")
TO_THE_CENT = ("Gross **$30.00**, net **$24.00**", "**$30.00**", "**1** subscriber now")


@pytest.mark.parametrize(
    ("role", "plus", "money", "sees"),
    [
        ("viewer", "", None, HIDDEN),
        ("chatter", "", None, HIDDEN),
        ("manager", "", None, RANGES),
        ("manager", "", "hidden", HIDDEN),
        ("manager", "", "banded", RANGES),
        ("manager", "", "exact", TO_THE_CENT),
        ("viewer", "money", None, RANGES),
        ("chatter", "", "exact", TO_THE_CENT),
        ("trainee", "", "banded", RANGES),
    ],
)
async def test_each_level_sees_its_own(
    bureau: PeriodsScenario, role: str, plus: str, money: str | None, sees: tuple[str, str, str]
) -> None:
    await bureau.fan.tip(3_000)
    await bureau.database.write(lambda tx: _let_in(tx, bureau, role, plus, money))

    for command, words in zip(("money earnings", "money top", "money subscribers show"), sees, strict=True):
        assert words in (await bureau.ask(command, "maya")).text


async def test_the_picture_and_its_words_are_in_ranges_too(bureau: PeriodsScenario) -> None:
    await bureau.fan.tip(3_000)
    await bureau.database.write(lambda tx: _let_in(tx, bureau, "manager", "", None))

    answer = await bureau.ask("money earnings", "maya")

    assert answer.message is not None
    (picture,) = answer.message.attachments
    assert "in all $25 to $50: Tips $25 to $50" in (picture.description or "")
    assert "30" not in answer.text.split("Data as of")[0].split("UTC time")[0]
    assert "You see figures in ranges." in answer.text


async def _let_in(tx: Tx, bureau: PeriodsScenario, role: str, plus: str, money: str | None) -> None:
    guild, owner = bureau.link.guild, bureau.link.discord_user
    creator, maya = bureau.evening.creator, DiscordId(bureau.town.maya.user.id)
    await consents.give(tx, creator, guild, "owner", by=owner, now=0)
    await consents.give(tx, creator, guild, "server", by=owner, now=0)
    await grants.put(
        tx, grants.GrantRecord("g", creator, guild, "member", maya, role, plus, "", money, owner, 0)
    )
