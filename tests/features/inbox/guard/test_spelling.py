"""One name in many disguises, and what is too far away from it."""

import pytest

from bot.features.inbox.guard.detection import find
from bot.features.inbox.guard.packs import GuardPack


@pytest.mark.parametrize(
    "text",
    [
        "paypal",
        "PAYPAL",
        "PayPaI",
        "p4yp4l",
        "p@yp@1",
        "pаypаl",  # noqa: RUF001 - Cyrillic a
        "рауραl",  # noqa: RUF001 - three scripts
        "\U0001d4f9\U0001d4ea\U0001d502\U0001d4f9\U0001d4ea\U0001d4f5",  # mathematical script
        "\u1d18\u1d00\u028f\u1d18\u1d00\u029f",  # small capitals
        "\uff50\uff41\uff59\uff50\uff41\uff4c",  # fullwidth
        "\U0001f17f\U0001f170\U0001f188\U0001f17f\U0001f170\U0001f17b",  # white on black
        "\u24df\u24d0\u24e8\u24df\u24d0\u24db",  # in circles
        "p\u200ba\u200by\u2060p\u00ada\ufeffl",  # signs that nobody sees
        "p\u0301a\u0336y\u0323p\u0308a\u0300l\u20dd",  # marks above and below
        "p a y p a l",
        "p.a.y.p.a.l",
        "p-a_y*p/a|l",
        "p\na\ny\np\na\nl",
        "pay pal",
        "pay\npal",
        "pay.pal",
        "paaaaaaaaypaaaaaaal",
        "payypall",
        "p*ypal",
        "mypaypal",
        "paypalme",
        "(paypal)",
        "paypal!!!",
        "“paypal”",
    ],
)
def test_a_name_is_known_in_every_disguise(text: str) -> None:
    assert GuardPack.PAYMENT in find(text).packs


@pytest.mark.parametrize(
    "text",
    ["pay, pal", "pay. Pal, you know", "pay my pal", "paid a pal", "p y p l", "p**pal", "papal", "pay"],
)
def test_what_is_something_else_is_not_taken_for_it(text: str) -> None:
    assert find(text).packs == frozenset()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("4111 1111 1111 1111", {GuardPack.PAYMENT}),
        ("4111 1111 1111 1112", set()),  # no card has this sum
        ("DE89370400440532013000", {GuardPack.PAYMENT}),
        ("DE88370400440532013000", set()),
        ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", {GuardPack.PAYMENT}),
        ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", set()),
    ],
)
def test_cards_and_accounts_are_known_by_their_sums(text: str, found: set[GuardPack]) -> None:
    assert find(text).packs & {GuardPack.PAYMENT} == found


@pytest.mark.parametrize(
    "text",
    ["fanvue.com", "https://www.fanvue.com/luna", "see fanvue.com/luna?tab=posts", "HTTPS://FANVUE.COM/x"],
)
def test_fanvues_own_links_pass(text: str) -> None:
    assert find(text).packs == frozenset()


@pytest.mark.parametrize(
    "text",
    [
        "notfanvue.com",
        "fanvue.com.evil.net",
        "https://evil.net/fanvue.com",
        "https://fanvue.com@evil.net",
        "fanvuе.com",  # noqa: RUF001 - Cyrillic e
        "\uff46anvue.com",
    ],
)
def test_what_only_looks_like_fanvue_does_not(text: str) -> None:
    assert GuardPack.CONTACTS in find(text).packs


@pytest.mark.parametrize(
    ("refusal", "evasion"),
    [
        ("I don't use whatsapp, sorry", "I don't use whatsapp, add me on telegram"),
        ("I don't use whatsapp", "I don't use wh4ts4pp"),
        ("we can't meet", "why don't we meet up?"),
        ("nice to meet you", "it would be nice if we could meet in person"),
        ("sorry, I can't give you my number", "I can't give you my number here, text 555 123 4567"),
        ("I don't take paypal", "don't tell anyone, here is my paypal"),
    ],
)
def test_who_says_no_is_let_through_and_nobody_hides_behind_it(refusal: str, evasion: str) -> None:
    assert find(refusal).packs == frozenset()
    assert find(evasion).packs != frozenset()
