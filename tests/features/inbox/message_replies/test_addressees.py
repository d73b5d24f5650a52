"""What is for the fan, what for the team, and what is asked about."""

from dataclasses import replace

import pytest

from bot.access.permits import Actor
from bot.features.inbox.message_replies.rules import MessageDoubt, doubt_of, may_begin, stays_inside
from bot.relay.typed_messages import TypedThreadMessage
from storage.records import DiscordId

NOW, LATE = 1_000_000, 60_000
MAYA = Actor(DiscordId(1), DiscordId(2))
PLAIN = TypedThreadMessage(DiscordId(3), DiscordId(4), MAYA, "Maya", "hi Emma", NOW)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("hi Emma", None),
        ("...so tired", None),
        ("?! really", None),
        ("5 < 6 and 7 > 6", None),
        ("-20% today, $5 only, .5 of it", None),
        ("mail me @ home", None),
        ("see https://fanvue.com/luna", None),
        ("/reply hi", MessageDoubt.COMMAND),
        ("  !close", MessageDoubt.COMMAND),
        ("?help", MessageDoubt.COMMAND),
        (".ban", MessageDoubt.COMMAND),
        ("/ответ", MessageDoubt.COMMAND),
        ("<@123> your turn", MessageDoubt.MARK),
        ("<@!123> your turn", MessageDoubt.MARK),
        ("ask <@&123>", MessageDoubt.MARK),
        ("see <#123>", MessageDoubt.MARK),
        ("nice <:cat:123>", MessageDoubt.MARK),
        ("nice <a:cat:123>", MessageDoubt.MARK),
        ("at <t:1700000000:R>", MessageDoubt.MARK),
        ("try </reply:123>", MessageDoubt.MARK),
        ("@here look", MessageDoubt.MARK),
        ("@everyone look", MessageDoubt.MARK),
    ],
)
def test_what_the_text_says(text: str, why: MessageDoubt | None) -> None:
    assert doubt_of(replace(PLAIN, text=text), now=NOW, late=LATE) == why


def test_what_else_is_in_it() -> None:
    cases = {
        replace(PLAIN, extras=True): MessageDoubt.EXTRAS,
        replace(PLAIN, beside=True): MessageDoubt.COLLEAGUE,
        replace(PLAIN, at=NOW - LATE): None,
        replace(PLAIN, at=NOW - LATE - 1): MessageDoubt.LATE,
    }

    assert {heard: doubt_of(heard, now=NOW, late=LATE) for heard in cases} == cases


@pytest.mark.parametrize(
    ("text", "inside", "stays"),
    [
        ("// he is nice", "//", True),
        ("  //he is nice", "//", True),
        ("/ / he is nice", "//", False),
        ("http://fanvue.com", "//", False),
        ("%% no", "%%", True),
        ("// no", "%%", False),
    ],
)
def test_what_begins_with_the_sign_stays_inside(text: str, inside: str, *, stays: bool) -> None:
    assert stays_inside(text, inside) is stays


@pytest.mark.parametrize(
    ("sign", "fine"),
    [
        ("//", True), ("%%", True), ("§", True), ("=", True),
        ("", False), ("a", False), ("1", False), ("/ /", False), ("<", False), ("@", False), ("**", False),
        ("//////", False),
    ],
)  # fmt: skip
def test_which_signs_can_say_so(sign: str, *, fine: bool) -> None:
    assert may_begin(sign) is fine
