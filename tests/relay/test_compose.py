"""What a member typed against Fanvue's rules: taken whole, or refused."""

import pytest

from bot.model.ports import MessageToFan
from bot.text.reply_rules import NOT_CHANGED, ReplyRefused, compose
from storage.records import MediaId

CHOOSE = "choose from the list. Not sent."
PICTURE = "11111111-2222-4333-8444-555555555555"


@pytest.mark.parametrize(
    ("text", "price", "media", "preview", "message"),
    [
        ("hi", None, (), None, MessageToFan("hi")),
        ("  hi\n", None, (), None, MessageToFan("hi")),
        ("x" * 5000, None, (), None, MessageToFan("x" * 5000)),
        (None, None, (PICTURE,), None, MessageToFan(None, (MediaId(PICTURE),))),
        ("", 300, (PICTURE.upper(),), None, MessageToFan(None, (MediaId(PICTURE),), 300)),
        ("buy", 900, (PICTURE,), PICTURE, MessageToFan("buy", (MediaId(PICTURE),), 900, MediaId(PICTURE))),
    ],
    ids=["text", "trimmed", "5,000 characters", "media alone", "lowest price", "preview"],
)
def test_a_good_reply_is_taken_as_it_is(
    text: str | None, price: int | None, media: tuple[str, ...], preview: str | None, message: MessageToFan
) -> None:
    assert compose(text, price, media, preview) == message


@pytest.mark.parametrize(
    ("text", "price", "media", "preview", "sentence"),
    [
        (
            "x" * 5001,
            None,
            (),
            None,
            (
                "That is 5,001 characters, and Fanvue takes 5,000. Not sent: shorten "
                "it, or send it as two replies."
            ),
        ),
        (
            "hi",
            299,
            (PICTURE,),
            None,
            "$2.99 is below Fanvue's lowest price, $3.00. Not sent.",
        ),
        (
            "hi",
            300,
            (),
            None,
            "A price needs media to buy: add some from the vault. Not sent.",
        ),
        (
            None,
            None,
            (),
            None,
            "There is nothing to send yet. Write a text, or add media from the vault.",
        ),
        (
            " \n ",
            None,
            (),
            None,
            "There is nothing to send yet. Write a text, or add media from the vault.",
        ),
        (
            "hi",
            None,
            ("nude.jpg",),
            None,
            "“nude\\.jpg” isn't an item of the vault: choose from the list. Not sent.",
        ),
        (
            "hi",
            None,
            (PICTURE,),
            f"{PICTURE}\n",
            f"“{PICTURE.replace('-', chr(92) + '-')}\n” isn't an item of the vault: {CHOOSE}",
        ),
        (
            "hi",
            None,
            (),
            PICTURE,
            "A preview needs media. Not sent.",
        ),
    ],
    ids=[
        "5,001 characters",
        "299 cents",
        "price without media",
        "nothing",
        "only white space",
        "bad media id",
        "bad preview",
        "preview alone",
    ],
)
def test_a_bad_reply_is_refused_with_its_sentence(
    text: str | None, price: int | None, media: tuple[str, ...], preview: str | None, sentence: str
) -> None:
    with pytest.raises(ReplyRefused) as refused:
        compose(text, price, media, preview)

    assert refused.value.sentence == sentence
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("text", "price", "media"),
    [
        ("x" * 5001, None, ()),
        ("hi", 299, (PICTURE,)),
        ("hi", 300, ()),
        (None, None, ()),
        ("hi", None, ("a",)),
    ],
    ids=["too long", "too cheap", "price without media", "nothing", "bad media id"],
)
def test_what_is_no_message_yet_is_never_refused_as_not_sent(
    text: str | None, price: int | None, media: tuple[str, ...]
) -> None:
    with pytest.raises(ReplyRefused) as refused:
        compose(text, price, media, None, NOT_CHANGED)

    assert "sen" not in refused.value.sentence.lower()
