"""How the time before looks in a thread: each text quoted, none among our words."""

import re
from dataclasses import replace

import pytest

from bot.discord.message_bodies import message_of
from bot.features.inbox.history.texts import shown
from bot.model.ports import ChatMessage
from storage.records import FanvueMessageId, MediaId

ROW = ChatMessage(FanvueMessageId("m"), False, "hello", (), None, 1_000, None, None)
REF = "0" * 22
LIVE = re.compile(r"(?<!\\)(\*\*|<t:|@e|\[c)|^> (#|-#|```)")  # what would do something, if it stood bare
HOSTILE = (
    "first\n**On Fanvue** · now\n> bought",
    "```\n> no quote",
    "a\r\n\r\n# From before the bridge\n-# small",
    "@everyone [click](https://example.org)\n<t:1:f>",
    "\u2028**On Fanvue**\u2029x\x0by",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_stays_in_its_quotation_whatever_it_looks_like(text: str) -> None:
    post = shown([replace(ROW, text=text), replace(ROW, from_creator=True)], "Emma", REF)

    head, *quoted = post.body[0].splitlines()
    assert head == "**Emma** · <t:1:f>"
    assert quoted
    assert all(line.startswith("> ") for line in quoted)
    assert not any(LIVE.search(line) for line in quoted)
    assert post.body[1].splitlines()[0] == "**On Fanvue** · <t:1:f>"


def test_what_does_not_fit_is_left_to_fanvue_from_the_oldest_on() -> None:
    rows = [replace(ROW, text=f"{number} " + "*" * 5_000) for number in range(20)]

    post = shown(rows, "Emma", REF)

    assert message_of(post)
    assert 3 < len(post.body) < 20
    assert "> 19 " in post.body[-1]
    assert post.outline == (f"🔒 {len(post.body)} earlier messages, kept off Discord",)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (replace(ROW, text=None), "a message without text"),
        (replace(ROW, text=None, kind="VOICE_CALL", wordless=True), "Fanvue doesn't send its text"),
        (replace(ROW, text=None, kind="GIFT"), "a gift, it seems"),
        (replace(ROW, text=None, media=(MediaId("one"),)), "🔒 a picture or video (covered)"),
        (
            replace(ROW, media=(MediaId("one"), MediaId("two")), price=900),
            "🔒 2 pictures or videos (covered) · $9.00, not bought",
        ),
        (
            replace(ROW, media=(MediaId("one"),), price=900, bought_at=5_000),
            "🔒 a picture or video (covered) · $9.00, bought <t:5:D>",
        ),
        (replace(ROW, price=500, kind="TIP"), "$5.00"),
    ],
)
def test_the_head_says_what_there_was_besides_the_text(row: ChatMessage, said: str) -> None:
    (entry,) = shown([row], "Emma", REF).body

    assert entry.splitlines()[0] == f"**Emma** · <t:1:f> · {said}"


def test_who_wrote_for_the_creator_is_not_guessed() -> None:
    automated = replace(ROW, from_creator=True, kind="AUTOMATED_RENEWED")

    assert "**An automation on Fanvue**" in shown([automated], "Emma", REF).body[0]
