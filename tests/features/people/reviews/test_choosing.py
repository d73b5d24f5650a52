"""Which replies a page shows, in which order, and what its reader may conclude."""

import random

import pytest

from bot.access.roles import MoneyView
from bot.features.money.periods.bands import floor_of
from bot.features.people.reviews import choice_rules
from bot.features.people.reviews.choice_rules import ReviewRow
from bot.relay.review_wishes import SentRepliesOrder, SentRepliesWish
from tests.features.people.reviews.reviews_fixtures import MINUTE, NOW, row


def order_of(rows: list[ReviewRow], **wish: object) -> list[int]:
    """When what is shown was sent."""
    asked = SentRepliesWish(**wish)  # type: ignore[arg-type]
    return [one.reply.at - NOW for one in choice_rules.chosen(rows, asked, floor_of)]


WAITS = [row(1, waited=5 * MINUTE), row(2), row(3, waited=9 * MINUTE), row(4, waited=5 * MINUTE - 1)]


@pytest.mark.parametrize(
    ("wish", "shown"),
    [
        ({}, [4, 3, 2, 1]),
        ({"order": SentRepliesOrder.SLOWEST}, [3, 1, 4, 2]),
        ({"slower": 5}, [3, 1]),
        ({"slower": 10}, []),
        ({"slower": 0}, [4, 3, 1]),
        ({"slower": 5, "order": SentRepliesOrder.SLOWEST}, [3, 1]),
    ],
)
def test_by_time_and_by_wait(wish: dict[str, object], shown: list[int]) -> None:
    assert order_of(WAITS, **wish) == shown


def test_by_price_exactly_and_without_one_last() -> None:
    rows = [row(1, price=500), row(2), row(3, price=1500), row(4, price=501)]

    assert order_of(rows, order=SentRepliesOrder.PRICE) == [3, 4, 1, 2]


@pytest.mark.parametrize("seed", range(20))
def test_within_a_range_the_order_says_nothing_of_prices(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - repeatable, no secret
    band = [1000, 1250, 1999, 2499]
    dice.shuffle(band)
    rows = [row(at, MoneyView.BANDED, price=price) for at, price in enumerate(band)]
    rows += [
        row(9, MoneyView.BANDED, price=2500),
        row(10, MoneyView.BANDED, price=999),
        row(11, MoneyView.BANDED),
    ]

    assert order_of(rows, order=SentRepliesOrder.PRICE) == [9, 3, 2, 1, 0, 10, 11]


def test_among_exact_prices_a_range_stands_where_it_begins() -> None:
    rows = [row(1, price=2400), row(2, MoneyView.BANDED, price=2499), row(3, price=1001), row(4, price=999)]

    assert order_of(rows, order=SentRepliesOrder.PRICE) == [1, 3, 2, 4]


def test_whoever_sees_no_figures_gets_no_order_by_price() -> None:
    rows = [
        row(1, MoneyView.HIDDEN, price=9900),
        row(2, MoneyView.HIDDEN),
        row(3, MoneyView.HIDDEN, price=300),
    ]

    assert order_of(rows, order=SentRepliesOrder.PRICE) == [3, 2, 1]


def many(money: MoneyView, priced: int, bought: int) -> list[ReviewRow]:
    """So many with a price, and one without."""
    return [row(at, money, price=500, bought=at < bought) for at in range(priced)] + [row(999, money)]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (many(MoneyView.EXACT, 3, 1), "1 of 3 with a price bought"),
        ([*many(MoneyView.EXACT, 3, 1), row(9, price=500, taken_back=True)], "1 of 3 with a price bought"),
        ([row(9, price=500, taken_back=True)], None),
        (many(MoneyView.EXACT, 0, 0), None),
        (many(MoneyView.BANDED, 1, 1), "bought: too few to say"),
        (many(MoneyView.BANDED, 20, 20), "bought: too few to say"),
        (many(MoneyView.BANDED, 0, 0), "bought: too few to say"),
        (many(MoneyView.BANDED, 40, 39), "about 100% of what had a price bought"),
        (many(MoneyView.HIDDEN, 40, 39), None),
        (
            many(MoneyView.EXACT, 2, 2) + many(MoneyView.BANDED, 30, 9),
            "2 of 2 with a price bought; about 30% of what had a price bought",
        ),
    ],
)
def test_how_much_was_bought_as_exactly_as_the_reader_may_know(
    rows: list[ReviewRow], said: str | None
) -> None:
    assert choice_rules.bought(rows) == said


@pytest.mark.parametrize(
    ("money", "priced", "told"),
    [
        (MoneyView.EXACT, True, True),
        (MoneyView.BANDED, True, False),
        (MoneyView.BANDED, False, False),
        (MoneyView.BANDED, None, True),
        (MoneyView.HIDDEN, None, True),
    ],
)
def test_how_many_have_a_price_is_counted_for_whoever_sees_exact_figures(
    *, money: MoneyView, priced: bool | None, told: bool
) -> None:
    assert choice_rules.countable([row(1, money)], SentRepliesWish(priced=priced)) is told


@pytest.mark.parametrize(("number", "rows", "page"), [(0, 0, 0), (5, 0, 0), (1, 8, 0), (1, 9, 1), (7, 17, 2)])
def test_a_page_that_is_not_there_any_more_is_the_last_one(number: int, rows: int, page: int) -> None:
    assert choice_rules.cut(number, rows) == page
