"""What a member types as a price or as media."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.price_input import NotAPrice, cents_of, ids_of


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("4.99", 499),
        ("4,99 US$", 499),
        ("US$ 5", 500),
        ("12 dólares", 1200),
        ("5 Dollar", 500),
        ("5", 500),
        ("$5", 500),
        ("5 $", 500),
        (" 12,50 ", 1250),
        ("4.9", 490),
        ("2.99", 299),
        ("299 cents", 299),
        ("499¢", 499),
        ("19.99 USD", 1999),
        ("0.29", 29),
        ("", None),
        ("   ", None),
        (None, None),
    ],
)
def test_a_price_is_read_as_exact_cents(typed: str | None, cents: int | None) -> None:
    assert cents_of(typed) == cents


@pytest.mark.parametrize(
    "typed", ["free", "1,000", "4.999", "-5", "5-6", "1e3", "4.99 €", "NaN", ".5", "\u0665"]
)
def test_what_is_not_clearly_dollars_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(NotAPrice, match=r"4\.99 or 5"):
        cents_of(typed)


@given(st.integers(min_value=0, max_value=10**8))
def test_every_amount_survives_being_written_in_dollars(cents: int) -> None:
    assert cents_of(f"{cents // 100}.{cents % 100:02d}") == cents


def test_media_ids_may_be_separated_by_anything_usual_and_count_once() -> None:
    assert ids_of("a, b\nc;a  d") == ("a", "b", "c", "d")
    assert ids_of("  ") == ()
    assert ids_of(None) == ()
