"""What a digest says: within Discord's limits, as exactly as readers may know."""

import re
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.access.roles import MoneyView
from bot.discord.message_bodies import CONTENT_LIMIT, message_of
from bot.features.money.digests.model import DigestContent, DigestNeeds
from bot.features.money.digests.period_rules import DigestPeriod, before, days_of
from bot.features.money.digests.texts import NO_PICTURE, digest
from bot.features.money.periods.currency_sums import CurrencySum, SourceSum
from bot.features.money.periods.ports import LedgerSums
from bot.features.money.periods.subscription_moves import SubscriptionMoves, SubscriptionNumbers
from bot.model.ports import Button
from storage.money.digest_counts import EndingSubscriptions
from storage.records import CreatorId, DiscordId, Link, LinkId, LinkState

BERLIN = ZoneInfo("Europe/Berlin")
LINK = Link(LinkId("l"), CreatorId("c"), DiscordId(7), DiscordId(8), 1, LinkState.ACTIVE, "", "luna")
DAYS = days_of(DigestPeriod.DAILY, date(2026, 11, 23), BERLIN)


def sum_of(gross: int, currency: str = "USD", sources: dict[str, int] | None = None) -> CurrencySum:
    parts = {name: SourceSum(part, 1) for name, part in (sources or {"tip": gross}).items()}
    return CurrencySum(currency, gross, gross * 8 // 10, len(parts), 0, parts, {DAYS.last: gross})


def content(
    *sums: CurrencySum,
    then: tuple[int, ...] = (),
    moves: SubscriptionNumbers = SubscriptionNumbers(),  # noqa: B008 - frozen
    needs: DigestNeeds = DigestNeeds(),  # noqa: B008 - frozen
    lacking: bool = False,
    **told: int | str,
) -> DigestContent:
    """A Monday; `then`: the gross of the day and of the Monday before."""
    held = [LedgerSums([sum_of(one)] if one else [], 0) for one in then]
    return DigestContent(
        sort=DigestPeriod.DAILY,
        days=DAYS,
        told=LedgerSums(sums, DAYS.until, **told),  # type: ignore[arg-type]
        before=dict(zip(before(DAYS, DigestPeriod.DAILY), held, strict=False)),
        moves=SubscriptionMoves(moves, lacking=lacking),
        moves_before=SubscriptionMoves(SubscriptionNumbers(began=1)),
        needs=needs,
        drawn=None,
        agrees=True,
    )


def words(one: DigestContent, level: MoneyView = MoneyView.EXACT) -> str:
    return str(message_of(digest(one, link=LINK, level=level))["content"])


def test_it_says_what_happened_what_changed_and_what_needs_a_person() -> None:
    needs = DigestNeeds(waiting=2, oldest=1_795_500_000_000, problems=3, unsent=1, held=1, owed=1)
    moves = SubscriptionNumbers(began=2, renewed=5, ended=1, off=1)

    said = words(content(sum_of(1500), then=(3000, 1000), moves=moves, needs=needs)).splitlines()

    assert said[:12] == [
        "**Monday, 23 Nov 2026, @luna: 4 things need your attention**",
        "Gross **$15.00**, net **$12.00**, 1 transaction",
        "Subscribers: 2 new, 5 renewed, 1 ended, 1 switched renewal off",
        "Fanvue's fee: $3.00",
        "Tips: $15.00 (1)",
        "",
        "**What changed**",
        "Against the day before: **-$15.00** (-50 %), it was $30.00",
        "Against the Monday before: **+$5.00** (+50 %), it was $10.00",
        "New subscribers: 2 instead of 1",
        "",
        "**Needs your attention**",
    ]
    assert said[12:16] == [
        "**2 fans** without an answer, the first wrote <t:1795500000:R>: `/inbox waiting`",
        "**3 problems** to settle (1 reply not sent or unconfirmed): `/inbox problems`",
        "**1 reply** to review: `/inbox review`",
        "**1 promise** due within a day: `/fan promise list`",
    ]


def test_of_days_on_which_nothing_came_in_nothing_is_compared() -> None:
    said = words(content(then=(0, 0), moves=SubscriptionNumbers(began=1)))

    assert "No earnings" in said
    assert "What changed" not in said
    assert "Against" not in said


def test_the_first_line_names_no_figure() -> None:
    said = words(content(sum_of(123_456), then=(0, 0))).splitlines()

    assert "$" not in said[0]
    assert "$1,234.56" in said[1]


@pytest.mark.parametrize(
    ("now", "then", "said"),
    [
        (1500, 1500, "the same, $15.00"),
        (1500, 0, "**+$15.00**, it was $0.00"),
        (0, 1500, "**-$15.00** (-100 %), it was $15.00"),
    ],
)
def test_a_change_is_told_with_its_share_where_there_is_one(now: int, then: int, said: str) -> None:
    sums = [sum_of(now)] if now else []

    assert f"Against the day before: {said}" in words(content(*sums, then=(then, 0))).splitlines()


def test_in_ranges_nothing_says_how_far_two_amounts_are_apart() -> None:
    less, more = (
        words(content(sum_of(2_000), then=(2_400, 99_900)), MoneyView.BANDED),
        words(content(sum_of(99_900), then=(2_000, 0)), MoneyView.BANDED),
    )

    assert "Against the day before: the same, $10 to $25" in less
    assert "Against the Monday before: **less**, it was $500 to $1,000" in less
    assert "Against the day before: **more**, it was $10 to $25" in more
    assert "%" not in less + more
    assert not re.search(r"\$[\d,]+\.\d\d", less + more)


def test_without_figures_it_names_only_what_needs_a_person() -> None:
    ending = EndingSubscriptions(3, None)
    one = content(
        sum_of(123_456),
        then=(99,),
        moves=SubscriptionNumbers(began=77),
        needs=DigestNeeds(waiting=2, ending=ending),
        pending=4,
    )

    said = words(one, MoneyView.HIDDEN)

    assert "**2 fans** without an answer: `/inbox waiting`" in said
    assert "No figures are shown here." in said
    assert "$" not in said
    assert not any(what in said for what in ("Subscribers", "subscriber", "pending", "77", "What changed"))


def test_renewals_that_are_off_are_named_with_the_first_end_and_ask_nobody() -> None:
    one = content(needs=DigestNeeds(ending=EndingSubscriptions(12, 1_795_500_000_000)))

    assert "Renewal off: 12 subscribers, the first ends <t:1795500000:R>" in words(one)
    assert "Renewal off: 10 to 25 subscribers, the first ends" in words(one, MoneyView.BANDED)
    assert "all clear" in words(one)
    assert "Needs your attention" not in words(one)


@pytest.mark.parametrize(
    ("one", "silent"),
    [
        (content(), True),
        (content(then=(1500, 0)), True),
        (content(needs=DigestNeeds(ending=EndingSubscriptions(1, 5))), True),
        (content(sum_of(-500)), False),
        (content(moves=SubscriptionNumbers(off=1)), False),
        (content(needs=DigestNeeds(owed=1)), False),
        (content(unreadable=1), False),
    ],
)
def test_there_is_nothing_to_say_only_where_nothing_happened_and_nobody_waits(
    one: DigestContent, *, silent: bool
) -> None:
    assert one.silent is silent


AMOUNTS = st.integers(-(10**11), 10**11)
SOURCES = st.dictionaries(st.text(min_size=1, max_size=60), AMOUNTS, min_size=1, max_size=30)
CODES = st.lists(st.sampled_from(["USD", "EUR", "GBP", "JPY", "CHF", "SEK"]), unique=True, max_size=6)


@given(
    codes=CODES,
    sources=SOURCES,
    then=st.tuples(AMOUNTS, AMOUNTS),
    number=st.integers(0, 10**7),
    level=st.sampled_from(list(MoneyView)),
    handle=st.text(min_size=1, max_size=60),
)
def test_it_is_always_an_ordinary_message_whose_words_a_lock_screen_shows(
    codes: list[str],
    sources: dict[str, int],
    then: tuple[int, int],
    number: int,
    level: MoneyView,
    handle: str,
) -> None:
    needs = DigestNeeds(number, 10**13, number, number, number, number, EndingSubscriptions(number, 10**13))
    one = content(
        *(sum_of(sum(sources.values()), code, sources) for code in codes),
        then=then,
        moves=SubscriptionNumbers(number, number, number, number, number),
        lacking=True,
        needs=needs,
        unreadable=number,
        pending=number,
        alike=number,
        checked=(
            "Not compared with Fanvue yet. Last comparison on 30 Nov 2026, 04:10 (30 Nov 2025 – 31 Dec 2026)"
            ": not everything could be compared; see /money check."
        ),
    )
    link = Link(**{**vars(LINK), "handle": handle})
    button = Button("figures.more", "x" * 22, "The last 30 days")

    post = digest(one, link=link, level=level, buttons=(button,), also=(NO_PICTURE,))
    body = message_of(post)

    assert len(body["content"]) <= CONTENT_LIMIT
    assert body["components"]
