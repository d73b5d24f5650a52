"""What every alert says: fit for a lock screen, exact where it counts."""

import pytest

from bot.features.operations.alerts.announcement_texts import announce
from bot.model.events import (
    ChatRead,
    Event,
    FanWrote,
    Followed,
    Ignored,
    MessageDeleted,
    MoneyBack,
    Paid,
    PaidOut,
    Person,
    Reacted,
    Subscribed,
)
from bot.model.ports import Button
from storage.records import CreatorId, FanId, FanvueMessageId

AT = 1_795_460_400_000
REF = "r" * 22
LOLA = CreatorId("creator-1")
EMMA = Person(FanId("3b6a2c9e-54c1"), "otter", "Emma")
WHO = "Emma @otter · 3b6a"
UNTIL = AT + 30 * 86_400_000


@pytest.mark.parametrize(
    ("event", "title", "line"),
    [
        (Followed(LOLA, EMMA, AT), "New follower", WHO),
        (Subscribed(LOLA, EMMA, "activated", AT), "New subscriber", WHO),
        (
            Subscribed(LOLA, EMMA, "activated", AT, UNTIL),
            "New subscriber",
            f"{WHO} until <t:{UNTIL // 1000}:D>",
        ),
        (
            Subscribed(LOLA, EMMA, "activated", AT, link="https://www.fanvue.com/lola/fv-12?fan=3#x"),
            "New subscriber",
            f"{WHO}, came through fanvue\\.com\\/lola\\/fv\\-12",
        ),
        (
            Subscribed(LOLA, EMMA, "activated", AT, link="https://[broken"),
            "New subscriber",
            f"{WHO}, came through https\\:\\/\\/\\[broken",
        ),
        (
            Subscribed(LOLA, EMMA, "renewed", AT, UNTIL),
            "Subscription renewed",
            f"{WHO} until <t:{UNTIL // 1000}:D>",
        ),
        (Subscribed(LOLA, EMMA, "deactivated", AT), "Subscription ended", WHO),
        (
            Subscribed(LOLA, EMMA, "deactivated", AT, reason="payment_failed"),
            "Subscription ended",
            f"{WHO}: the payment failed",
        ),
        (
            Subscribed(LOLA, EMMA, "deactivated", AT, reason="not_renewed"),
            "Subscription ended",
            f"{WHO}: not renewed",
        ),
        (
            Subscribed(LOLA, EMMA, "deactivated", AT, reason="user_banned"),
            "Subscription ended",
            f"{WHO}: the fan was banned",
        ),
        (
            Subscribed(LOLA, EMMA, "deactivated", AT, reason="[something](new)"),
            "Subscription ended",
            WHO,
        ),
        (Subscribed(LOLA, EMMA, "renewal_changed", AT, renews=True), "Renewal switched on again", WHO),
        (Subscribed(LOLA, EMMA, "renewal_changed", AT, renews=False), "Renewal switched off", WHO),
        (Subscribed(LOLA, EMMA, "renewal_changed", AT), "Renewal changed", WHO),
        (Paid(LOLA, EMMA, "tip", 500, AT), "A tip", f"**$5.00** from {WHO}"),
        (Paid(LOLA, EMMA, "message", 1500, AT), "A paid message was opened", f"**$15.00** from {WHO}"),
        (Paid(LOLA, EMMA, "post", 700, AT), "A post was bought", f"**$7.00** from {WHO}"),
        (Paid(LOLA, EMMA, "media_link", 1, AT), "A media link was bought", f"**$0.01** from {WHO}"),
        (Paid(LOLA, EMMA, "checkout_link", 1, AT), "A checkout link was paid", f"**$0.01** from {WHO}"),
        (Paid(LOLA, EMMA, "moon", None, AT), "New earnings", f"amount unknown from {WHO}"),
        (
            Paid(LOLA, None, "tip", 123_400, AT),
            "A tip",
            "**$1,234.00** from a fan Fanvue did not name",
        ),
        (Paid(LOLA, EMMA, "tip", 500, AT, currency="USD"), "A tip", f"**$5.00** from {WHO}"),
        (Paid(LOLA, EMMA, "tip", 500, AT, currency="eur"), "A tip", f"**5.00 EUR** from {WHO}"),
        (Paid(LOLA, EMMA, "tip", 5, AT, currency="*x*\n@me"), "A tip", f"**0.05 \\*X\\* \\@ME** from {WHO}"),
        (PaidOut(LOLA, 120_000, AT), "Fanvue made a payout", "**$1,200.00**"),
        (PaidOut(LOLA, None, AT), "Fanvue made a payout", "amount unknown"),
        (
            MoneyBack(LOLA, EMMA, "refund", 1500, AT, currency="GBP"),
            "A payment was refunded",
            f"**-15.00 GBP**, {WHO}",
        ),
        (MoneyBack(LOLA, EMMA, "refund", 1500, AT), "A payment was refunded", f"**-$15.00**, {WHO}"),
        (MoneyBack(LOLA, EMMA, "refund", -1500, AT), "A payment was refunded", f"**-$15.00**, {WHO}"),
        (
            MoneyBack(LOLA, None, "dispute", None, AT),
            "A payment was disputed",
            "amount unknown, a fan Fanvue did not name",
        ),
    ],
)
def test_what_an_alert_says(event: Event, title: str, line: str) -> None:
    post = announce(event, REF)

    assert post is not None
    assert post.title == title
    assert post.body == (line,)
    assert post.small == "<t:1795460400:f>"
    # A lock screen shows the first line to whoever looks: no name, no figure.
    assert not any(char.isdigit() or char in "@$" for char in title)
    assert EMMA.display_name is not None
    assert EMMA.display_name not in title
    named = getattr(event, "fan", None) is not None
    assert post.buttons == ((Button("chat.open", REF, "Open the chat"),) if named else ())


@pytest.mark.parametrize(
    "event",
    [
        FanWrote(LOLA, EMMA, FanvueMessageId("m"), AT, "hi"),
        ChatRead(LOLA, EMMA, AT),
        MessageDeleted(LOLA, EMMA, FanvueMessageId("m"), AT),
        Reacted(LOLA, FanvueMessageId("m"), "❤️", AT),
        Ignored(LOLA, "presence", AT),
        # The subscription's own event tells it: one notice, not two (A10).
        Paid(LOLA, EMMA, "subscription", 999, AT),
        Paid(LOLA, EMMA, "renewal", 999, AT),
    ],
    ids=lambda event: type(event).__name__,
)
def test_nobody_is_told_of_what_is_no_alert(event: Event) -> None:
    assert announce(event, REF) is None


def test_a_lock_screen_shows_the_words_of_an_alert() -> None:
    post = announce(Paid(LOLA, EMMA, "tip", 500, AT), REF)

    assert post is not None
    assert (post.accent, post.spoiler) == (None, False)  # so it becomes an ordinary message


@pytest.mark.parametrize(
    ("person", "who"),
    [
        (Person(FanId("3b6a2c9e"), None, None), "fan · 3b6a"),
        (Person(FanId("3b6a2c9e"), "otter", None), "otter @otter · 3b6a"),
        (Person(FanId("3b6a2c9e"), None, "@everyone"), "\\@everyone · 3b6a"),
        (Person(FanId("3b6a2c9e"), None, "Emma\n# **$900**"), "Emma \\# \\*\\*$900\\*\\* · 3b6a"),
    ],
    ids=["only an id", "only a handle", "a mention", "two lines"],
)
def test_a_fans_name_cannot_say_more_than_a_name(person: Person, who: str) -> None:
    post = announce(Followed(LOLA, person, AT), REF)

    assert post is not None
    assert post.body == (who,)
