"""What a card says, and that it fits whatever the longest names are."""

from dataclasses import replace
from typing import Any

import pytest

from bot.discord.message_bodies import container_of
from bot.features.inbox.fan_card.loader import FanCardFacts
from bot.features.inbox.fan_card.texts import face
from bot.model.ports import Button, Post
from storage.inbox.conversations import AnsweredBy
from storage.inbox.fan_status import FanStatus
from storage.inbox.received import FanOffers
from storage.money.subscribers import SubscriptionTerms
from tests.features.inbox.fan_card.fan_card_fixtures import (
    CLAIMED,
    DAY,
    KNOWN,
    NINA,
    NOW,
    OTTO,
    SUBSCRIBED,
    WAITING,
)

LONG = ("#" * 900, "*_~|`>" * 200, "👩‍👩‍👧‍👦" * 300, "\uff37" * 900, "\n" * 50, "א" * 900, "")
SUMMER = 1_783_000_000_000
_ROW = 1  # the type of a row of buttons
_LIMIT = 4000  # characters of all texts of a message made of components

CASES: dict[str, tuple[FanCardFacts, str]] = {
    "nothing told": (KNOWN, "Subscription: no news from Fanvue yet"),
    "subscribes": (
        replace(KNOWN, subscriber=SUBSCRIBED),
        f"Subscriber, last update <t:{91 * DAY // 1000}:D>",
    ),
    "renews": (
        replace(KNOWN, subscriber=replace(SUBSCRIBED, terms=SubscriptionTerms(DAY, NOW + DAY, renews=True))),
        f"Subscriber since <t:{DAY // 1000}:D>, renews <t:{101 * DAY // 1000}:D>",
    ),
    "does not renew": (
        replace(KNOWN, subscriber=replace(SUBSCRIBED, terms=SubscriptionTerms(DAY, NOW + DAY, renews=False))),
        f"Subscriber since <t:{DAY // 1000}:D>, ends <t:{101 * DAY // 1000}:D>: renewal is off",
    ),
    "does not renew, and nobody told when": (
        replace(KNOWN, subscriber=replace(SUBSCRIBED, terms=SubscriptionTerms(DAY, renews=False))),
        f"Subscriber since <t:{DAY // 1000}:D>, ends when its time is up: renewal is off",
    ),
    "expired": (
        replace(KNOWN, subscriber=replace(SUBSCRIBED, active=False)),
        f"Subscription ended <t:{91 * DAY // 1000}:D>",
    ),
    "follows": (
        replace(KNOWN, standing=FanStatus("follower", NOW)),
        "Follower, not subscribed",
    ),
    "follows, as told after the subscription ended": (
        replace(KNOWN, standing=FanStatus("follower", NOW), subscriber=replace(SUBSCRIBED, active=False)),
        f"Follower, not subscribed. Subscription ended <t:{91 * DAY // 1000}:D>",
    ),
    "followed before they subscribed": (
        replace(KNOWN, standing=FanStatus("follower", DAY), subscriber=SUBSCRIBED),
        f"Subscriber, last update <t:{91 * DAY // 1000}:D>",
    ),
    "expired, and no event told": (
        replace(KNOWN, standing=FanStatus("expired", NOW)),
        "Subscription has ended",
    ),
    "subscribes, and no event told": (replace(KNOWN, standing=FanStatus("subscriber", NOW)), "Subscriber"),
    "a word that Fanvue made later": (
        replace(KNOWN, standing=FanStatus("admirer", NOW)),
        "Subscription: no news from Fanvue yet",
    ),
    "nobody can write": (
        replace(KNOWN, standing=FanStatus("not_contactable", NOW), subscriber=SUBSCRIBED),
        "🚫 **Fanvue doesn't let you write to this fan right now.**",
    ),
    "waits": (
        replace(KNOWN, talk=WAITING),
        f"**Waiting for an answer, wrote <t:{(NOW - 60000) // 1000}:R>**",
    ),
    "answered by the team": (
        replace(
            KNOWN, talk=replace(WAITING, waiting_since=None, last_out=NOW, last_out_by=AnsweredBy.MEMBER)
        ),
        f"Last answer <t:{NOW // 1000}:R> by the team",
    ),
    "answered elsewhere": (
        replace(KNOWN, talk=replace(WAITING, last_out=NOW, last_out_by=AnsweredBy.ELSEWHERE)),
        f"Last answer <t:{NOW // 1000}:R> on Fanvue itself",
    ),
    "claimed": (replace(KNOWN, talk=CLAIMED), f"<@{NINA}> is answering"),
    "theirs": (replace(KNOWN, talk=replace(WAITING, owner=OTTO)), f"Last answered by: <@{OTTO}>"),
    "closed": (replace(KNOWN, talk=replace(KNOWN.talk, state="closed")), "Closed: nothing to do"),
    "snoozed": (
        replace(KNOWN, talk=replace(KNOWN.talk, snoozed_until=NOW + DAY)),
        f"Snoozed until <t:{(NOW + DAY) // 1000}:f>",
    ),
    "snoozed by somebody": (
        replace(KNOWN, talk=replace(KNOWN.talk, snoozed_until=NOW + DAY, aside_by=NINA)),
        f"Snoozed until <t:{(NOW + DAY) // 1000}:f> by <@{NINA}>",
    ),
    "closed by somebody": (
        replace(KNOWN, talk=replace(KNOWN.talk, state="closed", aside_by=OTTO)),
        f"Closed by <@{OTTO}>: nothing to do until they write again",
    ),
    "noted": (replace(KNOWN, notes=2), "📝 2 notes"),
    "noted once": (replace(KNOWN, notes=1), "📝 1 note"),
    "marked": (replace(KNOWN, marks=("vip", "loves cats")), "🏷️ vip · loves cats"),
    "whose time zone is known": (
        replace(KNOWN, marks=("vip", "europe/berlin", "america/new_york"), now=SUMMER),
        "🕓 America/New_York, UTC-4",
    ),
    "whose older time zone is a tag": (
        replace(KNOWN, marks=("vip", "europe/berlin", "america/new_york")),
        "🏷️ vip · europe\\/berlin",
    ),
    "tagged with a word that is no place": (replace(KNOWN, marks=("turkey", "n/a")), "🏷️ turkey · n\\/a"),
    "offered": (
        replace(KNOWN, offered=FanOffers(12, 7, NOW, NOW, asked=12_000, paid=7_000)),
        "🔓 7 of 12 priced messages unlocked",
    ),
    "offered once": (
        replace(KNOWN, offered=FanOffers(1, 0, NOW, None, asked=1_000)),
        "🔓 0 of 1 priced message unlocked",
    ),
    "seen first": (KNOWN, f"Chats with **Lola** · first seen here <t:{70 * DAY // 1000}:D>"),
    "owed": (replace(KNOWN, owed=("Promised: the video",)), "Promised: the video"),
    "typed here": (replace(KNOWN, mode="Typing goes to the fan"), "✍️ **Typing goes to the fan**"),
    "taken for somebody": (replace(KNOWN, warning="Similar to Emma."), "**Similar to Emma.**"),
}


@pytest.mark.parametrize(("known", "line"), CASES.values(), ids=CASES)
def test_a_card_says_what_is_known_and_what_is_not(known: FanCardFacts, line: str) -> None:
    assert any(said.startswith(line) for said in lines_of(face(known)))


def test_a_card_shows_no_amount_and_has_a_button_for_who_may_see_them() -> None:
    offered = FanOffers(12, 7, NOW, NOW, asked=12_345, paid=7_777)
    post = face(replace(KNOWN, subscriber=SUBSCRIBED, talk=CLAIMED, offered=offered))

    assert "$" not in "".join(post.body)
    assert "123" not in "".join(post.body)
    assert post.buttons[-1] == Button("card.more", KNOWN.thread.reference, "More")


def test_a_card_has_one_row_of_buttons() -> None:
    post = face(replace(KNOWN, notes=2, marks=("vip",), talk=CLAIMED, subscriber=SUBSCRIBED))

    shown = [(one.action, one.label) for one in post.buttons]
    assert shown == [("reply", "Reply"), ("template.list", "Templates"), ("card.more", "More")]
    assert rows_in(container_of(post)) == [3]


def test_a_card_names_its_fan_without_digits_unless_it_is_told_to() -> None:
    assert face(replace(KNOWN, label="Emma @quiet")).title == "Emma @quiet"
    assert (face(KNOWN).title or "").endswith(f" · {KNOWN.fan.id[:4]}")


def test_what_is_to_be_done_stands_before_who_it_is() -> None:
    known = replace(KNOWN, talk=WAITING, warning="Similar to Emma.", marks=("vip",), owed=("Promised: it",))

    body = face(known).body

    assert [part.partition("\n")[0] for part in body] == [
        "**Similar to Emma.**",
        "Subscription: no news from Fanvue yet",
        "Promised: it",
        "🏷️ vip",
    ]


@pytest.mark.parametrize("text", LONG)
def test_a_card_fits_with_the_longest_names_and_everything_at_once(text: str) -> None:
    fan = replace(KNOWN.fan, handle=text, display_name=text, status=text or None)
    talk = replace(
        CLAIMED, owner=OTTO, last_out=NOW, last_out_by=AnsweredBy.AUTOMATED, snoozed_until=NOW + DAY
    )
    known = replace(
        KNOWN,
        fan=fan,
        creator=text,
        talk=talk,
        subscriber=SUBSCRIBED,
        marks=(text,) * 50,
        offered=FanOffers(10**9, 10**9, NOW, NOW),
        owed=("Promised: " + "#" * 400,) * 4,
        warning="Similar to somebody. " * 20,
        thread=replace(KNOWN.thread, generation=9),
    )

    sizes = [len(one) for one in texts_in(container_of(face(known)))]

    assert 0 < sum(sizes) <= _LIMIT


def lines_of(post: Post) -> list[str]:
    """Every line of its body."""
    return [line for part in post.body for line in part.splitlines()]


def rows_in(message: dict[str, Any]) -> list[int]:
    """How many buttons each row has."""
    [box] = message["components"]
    return [len(one["components"]) for one in box["components"] if one["type"] == _ROW]


def texts_in(found: object) -> list[str]:
    """All texts of a message."""
    if isinstance(found, dict):
        own = [found["content"]] if isinstance(found.get("content"), str) else []
        return own + [text for value in found.values() for text in texts_in(value)]
    return [text for one in found for text in texts_in(one)] if isinstance(found, list | tuple) else []
