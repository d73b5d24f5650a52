"""What posts say, and that every one of them fits a Discord message."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count, islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.ports import Button, MessageToFan, Post
from bot.text import render
from bot.text.safe_text import PART, safe
from storage.records import (
    CreatorId,
    DiscordId,
    Effect,
    EffectId,
    EffectState,
    Fan,
    FanId,
    FanThread,
    FanvueMessageId,
    MediaId,
    MessagePair,
    Reference,
    Stream,
    ThreadKey,
)
from tests.relay.reader_view import shown

AT = 1_795_460_400_000
REF = "r" * 22
CREATOR = CreatorId("creator-1")
EMMA = Fan(CREATOR, FanId("3b6a2c9e-54c1"), "quiet-otter", "Emma", None, AT)
LOUD = Fan(CREATOR, FanId("ffff0000-54c1"), "#" * 900, "*" * 900, "_" * 900, AT)
SEND = Effect(
    id=EffectId(REF),
    stream=Stream("fv:creator-1:fan-1"),
    seq=1,
    network="fanvue",
    kind="chat.send",
    creator=CREATOR,
    fan=EMMA.id,
    cause="command-1",
    part="send",
    body=b"",
    state=EffectState.PENDING,
    attempts=0,
    attempt_started=None,
    doubted_at=None,
    not_before=0,
    external_id=None,
    nonce=REF,
    reason=None,
    created_at=AT,
    settled_at=None,
)
PAIRED = MessagePair(
    CREATOR, EMMA.id, FanvueMessageId("m"), "out", AT, EffectId(REF), None, None, None, None, None
)
THREAD = FanThread(
    key=ThreadKey("key-1"),
    creator=CREATOR,
    fan=EMMA.id,
    generation=1,
    guild=DiscordId(1),
    forum=DiscordId(2),
    thread=None,
    card=None,
    reference=Reference(REF),
    state="wanted",
)


def refs() -> Iterator[str]:
    """Never the same."""
    return (f"{number:022}" for number in count())


def message(
    text: str | None,
    *,
    media: int = 0,
    price: int | None = None,
    kind: str | None = None,
    media_type: str | None = None,
) -> list[Post]:
    """The posts of a fan's message."""
    lines = render.fan_message(
        text, at=AT, media=media, price=price, kind=kind, refs=refs(), media_type=media_type
    )
    assert [post.buttons[0].ref for post in lines] == list(islice(refs(), len(lines)))
    return lines


def shown_reply(
    send: Effect, text: str | None = "hi", paired: MessagePair | None = None, **other: int
) -> Post:
    """A reply as its thread shows it."""
    return render.reply(
        send,
        MessageToFan(text, (MediaId("one"),) * other.get("media", 0), other.get("price")),
        author="Maya",
        fan=render.fan_label(EMMA),
        paired=paired,
        ref=REF,
    )


def length(post: Post) -> int:
    """The characters of all texts of a message, with the marks that make them title and small print."""
    return sum(map(len, (f"### {post.title}", *post.body, f"-# {post.small}")))


AT_TIME = "<t:1795460400:t>"
UNTOLD = "Fanvue doesn't send its text: look there"
ONE = "📎 1 media item"


@pytest.mark.parametrize(
    ("text", "other", "title", "body", "small"),
    [
        ("hi", {}, None, ("hi",), AT_TIME),
        ("*hi*", {}, None, ("\\*hi\\*",), AT_TIME),
        (None, {}, None, (), f"{AT_TIME} · a message without text"),
        (None, {"kind": "GIFT"}, "🎁 A gift, it seems: Fanvue shows it", (), AT_TIME),
        ("\u200b \n", {}, None, (), f"{AT_TIME} · a message without text"),
        (None, {"media": 1}, None, (), f"{AT_TIME} · {ONE}"),
        (None, {"kind": "UNTOLD", "media": 1}, None, (), f"{AT_TIME} · {ONE} · {UNTOLD}"),
        ("look", {"media": 3}, None, ("look",), f"{AT_TIME} · 📎 3 media items"),
        (None, {"media": 1, "media_type": "image"}, None, (), f"{AT_TIME} · 📷 1 photo"),
        (None, {"media": 1, "media_type": "video"}, None, (), f"{AT_TIME} · 🎬 1 video"),
        (None, {"media": 1, "media_type": "audio"}, None, (), f"{AT_TIME} · 🎤 1 voice note"),
        (None, {"media": 1, "media_type": "hologram"}, None, (), f"{AT_TIME} · {ONE}"),
        (None, {"media": 2, "media_type": "image"}, None, (), f"{AT_TIME} · 📎 2 media items"),
        ("buy", {"price": 500}, None, ("buy",), f"{AT_TIME} · $5.00"),
        ("thanks", {"kind": "TIP", "price": 500}, "🎁 A tip of $5.00", ("thanks",), AT_TIME),
        (None, {"kind": "TIP"}, "🎁 A tip", (), AT_TIME),
        ("🎁 A tip of $5.00", {}, None, ("🎁 A tip of $5\\.00",), AT_TIME),
    ],
    ids=[
        "text",
        "escaped",
        "nothing",
        "a gift",
        "nothing to see",
        "media",
        "media beside words that Fanvue does not tell",
        "text and media",
        "a photo",
        "a video",
        "a voice note",
        "a type that nobody knows",
        "several, of which Fanvue names one type",
        "priced",
        "tip",
        "tip of an amount that nobody told",
        "a tip that the fan only claims",
    ],
)
def test_a_fans_message(
    text: str | None, other: dict[str, int], title: str | None, body: tuple[str, ...], small: str
) -> None:
    [post] = message(text, **other)  # type: ignore[arg-type]

    assert post.body == body
    assert post.small == small
    assert post.title == title
    assert post.buttons[0].action == "reply"


def test_a_long_message_is_numbered_and_its_media_come_last() -> None:
    posts = message("word " * 1500, media=2)

    media = " · 📎 2 media items"
    assert [post.small for post in posts] == [
        f"{AT_TIME} · part {number} of 3{media if number == 3 else ''}" for number in (1, 2, 3)
    ]
    assert [len(post.body) for post in posts] == [1, 1, 1]


def test_a_message_from_elsewhere_says_so_in_a_place_that_no_text_reaches() -> None:
    lines = render.from_elsewhere("hi", at=AT, media=0, price=None, automated=False, refs=refs())
    automated = render.from_elsewhere("hi", at=AT, media=0, price=None, automated=True, refs=refs())

    assert lines[0].title == "Sent on Fanvue, not through Discord"
    assert automated[0].title == "Sent by an automation on Fanvue"
    assert lines[0].body == ("hi",)


@given(st.text(alphabet=st.sampled_from("*a \n@<\u0301\U0001f469\u200d"), max_size=9000))
def test_every_part_of_every_message_fits(text: str) -> None:
    lines = render.from_elsewhere(text, at=AT, media=99, price=10**9, automated=True, refs=refs())

    for post in lines:
        assert length(post) < 4000
        assert all(len(part) <= PART for part in post.body)


# ── replies ──


@pytest.mark.parametrize(
    ("send", "paired", "small"),
    [
        (SEND, None, "⏳ Queued"),
        (replace(SEND, reason="Fanvue asks us to wait."), None, "⏳ Queued. Fanvue asks us to wait."),
        (replace(SEND, state=EffectState.SENDING), None, "⏳ Sending …"),
        (replace(SEND, state=EffectState.DONE, settled_at=AT + 2000), PAIRED, "✓ Sent <t:1795460402:t>"),
        (replace(SEND, state=EffectState.DONE), None, "✓ Sent <t:1795460400:t>"),
        (
            replace(SEND, state=EffectState.DONE),
            replace(PAIRED, seen_at=AT + 5000),
            "👁 Seen <t:1795460405:t>",
        ),
        (
            replace(SEND, state=EffectState.DONE),
            replace(PAIRED, seen_at=AT, bought_at=AT + 9000),
            "💰 Paid <t:1795460409:t>",
        ),
        (
            replace(SEND, state=EffectState.UNKNOWN),
            None,
            "⚠️ Not sure yet: we are checking the chat on Fanvue. Please do not send it again.",
        ),
        (
            replace(SEND, state=EffectState.ABSENT),
            None,
            "⚠️ We didn't find it in the chat within a minute. Send it again, or discard it.",
        ),
        (replace(SEND, state=EffectState.REJECTED, reason="Too long."), None, "⚠️ Not sent: Too long."),
        (replace(SEND, state=EffectState.REJECTED), None, "⚠️ Not sent: Fanvue refused it."),
        (replace(SEND, state=EffectState.CANCELLED), None, "Discarded. Not sent."),
        (
            replace(SEND, state=EffectState.CANCELLED, reason="Disconnected."),
            None,
            "Discarded. Not sent. Disconnected.",
        ),
    ],
    ids=[
        "queued",
        "queued with a reason",
        "sending",
        "sent",
        "sent, time not kept",
        "seen",
        "paid",
        "unknown",
        "absent",
        "rejected",
        "rejected without words",
        "discarded",
        "discarded with a reason",
    ],
)
def test_a_reply_says_what_became_of_it(send: Effect, paired: MessagePair | None, small: str) -> None:
    assert shown_reply(send, paired=paired).small == small


@pytest.mark.parametrize("state", list(EffectState))
def test_only_a_reply_that_a_person_must_settle_has_buttons_for_that(state: EffectState) -> None:
    post = shown_reply(replace(SEND, state=state))

    waits = state in {EffectState.ABSENT, EffectState.REJECTED}
    assert [button.action for button in post.buttons] == (["send.again", "send.drop"] if waits else ["reply"])
    assert all(button.ref == SEND.id for button in post.buttons)


def test_a_reply_shows_its_author_its_fan_and_its_offer() -> None:
    post = shown_reply(SEND, "look *here*", media=2, price=1250)

    assert post.title == "Maya → Emma @quiet\\-otter · 3b6a"
    assert post.body == ("look \\*here\\*",)
    assert post.small == "⏳ Queued\n🔒 2 items from the vault for $12.50"
    assert shown_reply(SEND, None, media=1).body == ()
    assert shown_reply(SEND, None, media=1).small == "⏳ Queued\n🔒 1 item from the vault"


def test_a_long_reply_is_shortened_in_the_thread_and_says_so() -> None:
    post = shown_reply(SEND, "word " * 999)

    assert len(post.body) == 1
    assert post.small == "⏳ Queued\n… shortened here, not for the fan"


@pytest.mark.parametrize("state", list(EffectState))
def test_the_longest_reply_of_the_loudest_people_fits(state: EffectState) -> None:
    post = render.reply(
        replace(SEND, state=state, reason="reason " * 200),
        MessageToFan("*" * 5000, (MediaId("one"),) * 99, 10**9),
        author="*" * 900,
        fan=render.fan_label(LOUD),
        paired=None,
        ref=REF,
    )

    assert length(post) < 4000


# ── cards, names, notes ──


def test_a_card_says_who_it_is_and_what_to_do() -> None:
    post = render.card(EMMA, THREAD, creator="Lola *")
    named = render.card(EMMA, THREAD, creator="Lola *", label=render.plain_label(EMMA), warning="Look")

    assert post.title == "Emma @quiet\\-otter · 3b6a"
    assert post.body == ("Chats with **Lola \\*** · first seen here <t:1795460400:D>",)
    assert (named.title, named.body[0]) == ("Emma @quiet\\-otter", "**Look**")
    assert post.buttons == (Button("reply", REF, "Reply", "primary"),)


def test_a_card_of_a_later_generation_says_that_it_continues() -> None:
    post = render.card(EMMA, replace(THREAD, generation=2), creator="Lola")

    assert post.body[-1].endswith("\nThis thread continues an earlier one that is gone.")


def test_the_card_of_the_loudest_fan_fits() -> None:
    post = render.card(LOUD, THREAD, creator="#" * 900)

    assert length(post) < 4000


@pytest.mark.parametrize(
    ("fan", "label", "name"),
    [
        (EMMA, "Emma @quiet\\-otter · 3b6a", "Emma @quiet-otter · 3b6a"),
        (replace(EMMA, handle=None), "Emma · 3b6a", "Emma · 3b6a"),
        (
            replace(EMMA, display_name=None),
            "quiet\\-otter @quiet\\-otter · 3b6a",
            "quiet-otter @quiet-otter · 3b6a",
        ),
        (replace(EMMA, display_name=None, handle=None), "fan · 3b6a", "fan · 3b6a"),
        (replace(EMMA, display_name="\u200b\u202e", handle=None), "fan · 3b6a", "fan · 3b6a"),
        (
            replace(EMMA, display_name="Emma\n**$500.00** from you", handle=None),
            "Emma \\*\\*$500\\.00\\*\\* from you · 3b6a",
            "Emma **$500.00** from you · 3b6a",
        ),
    ],
    ids=["both", "no handle", "no name", "neither", "nothing to see", "two lines"],
)
def test_a_fans_label_and_thread_name(fan: Fan, label: str, name: str) -> None:
    assert render.fan_label(fan) == label
    assert render.thread_name(fan) == name
    assert render.thread_name(fan, digits=False) == name.removesuffix(" · 3b6a")
    assert shown(label) == (name, "@" if fan.handle else "")


def test_the_longest_thread_name_has_at_most_100_characters() -> None:
    assert len(render.thread_name(LOUD)) <= 100


def test_notes_and_placeholders_can_be_answered_and_found_again() -> None:
    note = render.note("A message was deleted on Fanvue.", ref=REF, at=AT)
    unread = render.unread_message(at=AT, ref=REF)

    assert note.body == ("A message was deleted on Fanvue.",)
    assert note.title == unread.title == "From the bridge"
    assert (note.buttons[0].ref, unread.buttons[0].ref) == (REF, REF)
    assert note.small == unread.small == "<t:1795460400:t>"


@pytest.mark.parametrize(
    ("cents", "words"),
    [
        (0, "$0.00"),
        (5, "$0.05"),
        (300, "$3.00"),
        (123_456_789, "$1,234,567.89"),
        (-1, "-$0.01"),
        (-1500, "-$15.00"),
    ],
)
def test_money_is_exact(cents: int, words: str) -> None:
    assert render.money(cents) == words


def test_render_hands_on_what_makes_a_text_safe() -> None:
    assert render.safe is safe
