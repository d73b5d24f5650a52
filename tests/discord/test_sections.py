"""A line's button is beside its text where that saves height, else below."""

from dataclasses import replace
from typing import Any

import pytest

from bot.discord.controls import MessageTooBig, references_in
from bot.discord.message_bodies import message_of
from bot.model.ports import Button, Post

REF = "AbCdEfGhIjKlMnOpQr-_12"
OTHER = "0" * 22
REPLY, SHOW = Button("reply", REF, "Reply", "primary"), Button("private.show", OTHER, "Show")
SECTION, DISPLAY, ROW, CONTAINER = 9, 10, 1, 17


def _line(*body: str, buttons: tuple[Button, ...] = (REPLY,), **more: Any) -> Post:
    return Post(body=body, accent=1, buttons=buttons, beside=True, **more)


def _shown(post: Post) -> list[tuple[Any, ...]]:
    """Each part: a text as it is, a section with its texts and its button, a row with its buttons."""
    (box,) = message_of(post)["components"]
    return [_part(part) for part in box["components"]]


def _part(part: dict[str, Any]) -> tuple[Any, ...]:
    if part["type"] == DISPLAY:
        return (part["content"],)
    inner = tuple(one.get("content") or one["label"] for one in part["components"])
    return (*inner, part["accessory"]["label"]) if part["type"] == SECTION else ("row", *inner)


def test_a_short_line_is_one_section_with_its_button_beside_all_of_it() -> None:
    assert _shown(_line("hey", title="A tip", small="10:02")) == [("### A tip", "hey", "-# 10:02", "Reply")]


def test_two_buttons_stand_beside_the_words_and_beside_the_small_print() -> None:
    shown = _shown(_line("hey", small="10:02 · 1 photo", buttons=(REPLY, SHOW)))

    assert shown == [("hey", "Reply"), ("-# 10:02 · 1 photo", "Show")]


@pytest.mark.parametrize(
    ("post", "last"),
    [
        (_line("x" * 400, small="10:02"), ("-# 10:02", "Reply")),
        (_line("one", "two", "three", small="10:02"), ("-# 10:02", "Reply")),
        (_line(small="10:02 · 1 photo", buttons=(REPLY, SHOW)), ("row", "Reply", "Show")),
        (_line("x" * 400, small="10:02", buttons=(REPLY, SHOW)), ("row", "Reply", "Show")),
        (_line("hey", small="why " * 30, buttons=(REPLY, SHOW)), ("row", "Reply", "Show")),
        (_line("x" * 400), ("row", "Reply")),
    ],
    ids=[
        "long",
        "several",
        "media alone",
        "long with two buttons",
        "much small print",
        "long without small print",
    ],
)
def test_where_a_section_would_cost_width_or_height_it_is_not_made(post: Post, last: tuple[str, ...]) -> None:
    assert _shown(post)[-1] == last


def test_beside_a_covered_text_stands_nothing_and_the_button_stays_readable() -> None:
    box, small = message_of(_line("a secret", small="10:02", spoiler=True))["components"]

    assert (box["type"], box["spoiler"], _part(box["components"][0])) == (CONTAINER, True, ("a secret",))
    assert _part(small) == ("-# 10:02", "Reply")


@pytest.mark.parametrize("buttons", [(REPLY,), (REPLY, SHOW)])
def test_a_button_beside_a_text_is_found_by_its_reference(buttons: tuple[Button, ...]) -> None:
    post = _line("hey", small="10:02", buttons=buttons)

    assert list(references_in(message_of(post)["components"])) == [button.ref for button in buttons]


def test_other_posts_keep_their_buttons_in_rows() -> None:
    assert _shown(Post(body=("Sure?",), accent=1, buttons=(REPLY,)))[-1] == ("row", "Reply")


def test_a_button_stands_beside_the_part_that_it_is_about_and_others_below() -> None:
    first, third = (replace(REPLY, label=name, beside=at) for name, at in (("First", 0), ("Third", 2)))

    shown = _shown(Post(body=("one", "two", "three"), accent=1, buttons=(SHOW, first, third)))

    assert shown == [("one", "First"), ("two",), ("three", "Third"), ("row", "Show")]


def test_a_panel_of_more_parts_than_discord_takes_is_never_cut() -> None:
    rows = tuple(replace(REPLY, beside=number) for number in range(13))

    with pytest.raises(MessageTooBig, match="40 parts"):
        _shown(Post(body=tuple(map(str, range(13))), accent=1, buttons=rows, small="small"))
