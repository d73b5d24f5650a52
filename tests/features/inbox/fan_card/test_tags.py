"""Which tags a thread has: an order, and never more than five."""

from dataclasses import replace
from itertools import product

import pytest

from bot.features.inbox.fan_card.loader import FanCardFacts
from bot.features.inbox.fan_card.tag_rules import DAY, MOST, ids_of, tags_of
from storage.inbox.conversations import Conversation
from storage.money.subscribers import KnownSubscriber
from tests.features.inbox.fan_card.fan_card_fixtures import CLAIMED, KNOWN, NOW, SUBSCRIBED, WAITING

ORDER = ("attention", "waiting", "answered", "claimed", "vip", "new", "subscriber", "expired")

CASES: dict[str, tuple[FanCardFacts, tuple[str, ...]]] = {
    "nothing known": (KNOWN, ()),
    "waits": (replace(KNOWN, talk=WAITING), ("waiting",)),
    "answered": (replace(KNOWN, talk=replace(WAITING, waiting_since=None, last_out=NOW)), ("answered",)),
    "waits again": (replace(KNOWN, talk=replace(WAITING, last_out=NOW - 1)), ("waiting",)),
    "claimed": (replace(KNOWN, talk=CLAIMED), ("waiting", "claimed")),
    "a claim that is over": (replace(KNOWN, talk=replace(CLAIMED, claimed_until=NOW)), ("waiting",)),
    "subscribes": (replace(KNOWN, subscriber=SUBSCRIBED), ("subscriber",)),
    "subscribes, first seen today": (
        replace(KNOWN, subscriber=SUBSCRIBED, fan=replace(KNOWN.fan, first_seen=NOW - DAY)),
        ("new",),
    ),
    "expired": (replace(KNOWN, subscriber=replace(SUBSCRIBED, active=False)), ("expired",)),
    "all at once": (
        replace(KNOWN, talk=CLAIMED, subscriber=SUBSCRIBED, trouble=True, marks=("vip", "loves cats")),
        ("attention", "waiting", "claimed", "vip", "subscriber"),
    ),
}


@pytest.mark.parametrize(("known", "tags"), CASES.values(), ids=CASES)
def test_a_thread_is_tagged_by_what_is_known(known: FanCardFacts, tags: tuple[str, ...]) -> None:
    assert tags_of(known) == tags


def test_in_no_case_are_there_more_than_five_or_two_that_contradict_each_other() -> None:
    talks = (Conversation(KNOWN.fan.creator, KNOWN.fan.id), WAITING, CLAIMED, replace(CLAIMED, last_out=NOW))
    told: tuple[KnownSubscriber | None, ...] = (None, SUBSCRIBED, replace(SUBSCRIBED, active=False))

    for talk, subscriber, trouble, marks in product(talks, told, (False, True), ((), ("vip",))):
        tags = tags_of(replace(KNOWN, talk=talk, subscriber=subscriber, trouble=trouble, marks=marks))

        assert len(tags) <= MOST
        assert list(tags) == sorted(tags, key=ORDER.index)
        assert len({"waiting", "answered"} & set(tags)) <= 1
        assert len({"new", "subscriber", "expired"} & set(tags)) <= 1


def test_a_tag_that_a_forum_lacks_is_left_out() -> None:
    assert ids_of(("waiting", "vip", "subscriber"), {"subscriber": 8, "waiting": 3}) == (3, 8)
