"""Posts become Discord messages within every limit."""

from dataclasses import replace

import pytest

from bot.discord.controls import MessageTooBig, WebButton, custom_id, is_among, references_in
from bot.discord.message_bodies import COMPONENTS_V2, SUPPRESS_EMBEDS, edit_of, message_of
from bot.model.choices import Choice, ChoiceOption
from bot.model.ports import Button, Picture, Post, mark_of

REF = "AbCdEfGhIjKlMnOpQr-_12"
OTHER = "0" * 22


def test_a_post_with_an_accent_is_one_container_in_the_order_of_reading() -> None:
    post = Post(
        title="Mila",
        body=("first", "second"),
        small="10:02\nqueued",
        accent=0x7C5CFF,
        buttons=(Button("reply", REF, "Reply", "primary"),),
    )

    body = message_of(post)

    assert body["flags"] == COMPONENTS_V2
    assert "content" not in body
    (box,) = body["components"]
    assert (box["type"], box["accent_color"], box["spoiler"]) == (17, 0x7C5CFF, False)
    assert [part.get("content") for part in box["components"]] == [
        "### Mila",
        "first",
        "second",
        "-# 10:02\n-# queued",
        None,
    ]
    assert box["components"][-1]["components"] == [
        {"type": 2, "style": 1, "label": "Reply", "disabled": False, "custom_id": f"v1:reply:{REF}"}
    ]


def test_a_small_picture_stands_beside_its_part_and_eight_fit_with_a_list() -> None:
    parts = tuple(f"name {number}" for number in range(9))
    faces = [Picture(f"face-{number}.jpg", b"", "a face", True, number) for number in range(1, 9)]
    choice = Choice("pick", REF, "Choose", (ChoiceOption("one", "One"),))

    body = edit_of(Post(body=parts, title="Who?", small="Nothing yet."), pictures=faces, choice=choice)

    first, *sections = body["components"][0]["components"][1:10]
    assert first["content"] == "name 0"
    assert [one["components"][0]["content"] for one in sections] == list(parts[1:])
    assert sections[0]["accessory"] == {
        "type": 11,
        "media": {"url": "attachment://face-1.jpg"},
        "description": "a face",
        "spoiler": True,
    }
    assert [one["filename"] for one in body["attachments"]] == [one.name for one in faces]
    assert 12 not in [one["type"] for one in body["components"][0]["components"]]


def test_a_cover_lies_on_the_body_alone_so_that_who_when_and_the_buttons_stay_readable() -> None:
    post = Post(
        title="Mila",
        body=("a secret",),
        small="10:02",
        accent=0x7C5CFF,
        buttons=(Button("reply", REF, "Reply"),),
        spoiler=True,
    )

    head, box, small, row = message_of(post)["components"]

    assert (box["type"], box["spoiler"], box["accent_color"]) == (17, True, 0x7C5CFF)
    assert [part["content"] for part in box["components"]] == ["a secret"]
    assert (head["content"], small["content"]) == ("### Mila", "-# 10:02")
    assert [button["label"] for button in row["components"]] == ["Reply"]


def test_the_bots_own_words_are_content_so_that_a_lock_screen_shows_them() -> None:
    post = Post(title="New subscriber", body=("Mila joined.",), buttons=(Button("reply", REF, "Reply"),))

    body = message_of(post)

    assert body["content"] == "**New subscriber**\nMila joined."
    assert body["flags"] == SUPPRESS_EMBEDS
    assert body["components"][0]["type"] == 1


def test_an_edit_is_always_a_container_because_discord_never_turns_one_back() -> None:
    body = edit_of(Post(body=("now seen",)))

    assert (body["flags"], body["content"], body["embeds"]) == (COMPONENTS_V2, None, [])
    assert body["components"][0]["components"][0]["content"] == "now seen"


@pytest.mark.parametrize("accent", [None, 1])
def test_nothing_that_is_posted_or_edited_mentions_anybody(accent: int | None) -> None:
    post = Post(body=("@everyone <@1>",), accent=accent)

    assert message_of(post)["allowed_mentions"] == {"parse": []}
    assert edit_of(post)["allowed_mentions"] == {"parse": []}


@pytest.mark.parametrize(
    "post",
    [
        pytest.param(Post(body=("x" * 4001,), accent=1), id="one text of 4,001"),
        pytest.param(Post(body=("x" * 2000, "y" * 2001), accent=1), id="two texts of 4,001 together"),
        pytest.param(Post(title="t", body=("x" * 4000,), accent=1), id="the title counts"),
        pytest.param(Post(body=("x" * 4001,)), id="without an accent"),
        pytest.param(Post(body=("x",) * 40, accent=1), id="41 components"),
        pytest.param(Post(body=()), id="nothing at all"),
        pytest.param(Post(body=("  \n",), accent=1), id="only white space"),
        pytest.param(Post(body=("x",), buttons=(Button("reply", REF, "l" * 81),)), id="a label of 81"),
        pytest.param(Post(body=("x",), buttons=(Button("reply", REF, ""),)), id="an empty label"),
    ],
)
def test_what_does_not_fit_is_refused_and_never_cut(post: Post) -> None:
    with pytest.raises(MessageTooBig):
        message_of(post)


def test_a_text_of_exactly_4000_characters_fits() -> None:
    body = message_of(Post(body=("x" * 4000,)))

    assert body["components"][0]["components"][0]["content"] == "x" * 4000


def test_eleven_buttons_take_three_rows() -> None:
    refs = [f"{number:022d}" for number in range(11)]
    post = Post(body=("x",), accent=1, buttons=tuple(Button("reply", ref, "R") for ref in refs))

    box = message_of(post)["components"][0]

    assert [len(row["components"]) for row in box["components"][1:]] == [5, 5, 1]


def test_an_address_button_carries_no_reference() -> None:
    body = edit_of(Post(body=("open",)), [WebButton("Open", "https://bridge.example/link/x")])

    (button,) = body["components"][0]["components"][-1]["components"]
    assert button == {
        "type": 2,
        "style": 5,
        "label": "Open",
        "disabled": False,
        "url": "https://bridge.example/link/x",
    }
    assert list(references_in(body["components"])) == []


@pytest.mark.parametrize("accent", [None, 1])
def test_references_are_found_however_deep_they_lie(accent: int | None) -> None:
    post = Post(
        body=("x",), accent=accent, buttons=(Button("reply", REF, "R"), Button("send.again", OTHER, "A"))
    )

    assert list(references_in(message_of(post)["components"])) == [REF, OTHER]


@pytest.mark.parametrize(
    "button",
    [
        pytest.param(Button("reply", "short", "R"), id="a short reference"),
        pytest.param(Button("reply", REF + "x", "R"), id="a long reference"),
        pytest.param(Button("Reply", REF, "R"), id="a capital in the action"),
        pytest.param(Button("reply:x", REF, "R"), id="a colon in the action"),
    ],
)
def test_a_custom_id_holds_only_an_action_and_a_random_reference(button: Button) -> None:
    with pytest.raises(ValueError, match="not an action"):
        custom_id(button)


def test_buttons_about_the_same_thing_stand_in_one_row_as_far_as_a_row_has_room() -> None:
    refs = [f"{number:022d}" for number in range(4)]
    pairs = [Button(action, ref, action) for ref in refs for action in ("send.again", "send.drop")]
    many = [Button("send.again", OTHER[:-1] + "9", str(number)) for number in range(7)]

    def rows(*buttons: Button) -> list[int]:
        (box,) = message_of(Post(body=("x",), accent=1, buttons=buttons))["components"]
        return [len(row["components"]) for row in box["components"] if "components" in row]

    assert rows(*pairs[:4]) == [4]
    assert rows(*pairs[:6]) == [4, 2]
    assert rows(*pairs, Button("inbox.list", REF, "Show all")) == [4, 5]
    assert rows(*many) == [5, 2]
    assert rows(pairs[0], *many) == [5, 3]


def test_a_button_carries_the_references_of_four_lines_and_each_is_found() -> None:
    refs = [letter * 22 for letter in "abcd"]
    post = Post(body=("hi",), buttons=(Button("reply", refs[0], "Reply", also=tuple(refs[1:])),))

    assert list(references_in(message_of(post)["components"])) == refs
    with pytest.raises(ValueError, match="not an action"):
        custom_id(Button("reply", refs[0], "Reply", also=("e" * 22, *refs[1:])))


def test_a_button_carries_marks_of_twelve_more_and_each_is_found_by_its_reference() -> None:
    more = [letter * 22 for letter in "bcdefghijklm"]
    button = Button("alert.why", "a" * 22, "Why?", marks=tuple(map(mark_of, more)))

    carried = frozenset(references_in(message_of(Post(body=("hi",), buttons=(button,)))["components"]))

    assert [is_among(one, carried) for one in ("a" * 22, *more, "n" * 22)] == [True] * 13 + [False]
    with pytest.raises(ValueError, match="not an action"):
        custom_id(replace(button, marks=(*button.marks, "nnnnn")))
    with pytest.raises(ValueError, match="not an action"):
        custom_id(replace(button, marks=("nnnn",)))
