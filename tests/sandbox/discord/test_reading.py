"""What a person sees of a text on Discord: a table, one line a case."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.sandbox.discord.model import COMPONENTS_V2, StandInMessage, StandInUser
from bot.sandbox.discord.reading.message import SUPPRESS_EMBEDS, reading_of
from bot.sandbox.discord.reading.pieces import PLAIN, ShownTextPiece
from bot.sandbox.discord.reading.text import pieces_of


def seen(text: str) -> list[tuple[str, str]]:
    """The pieces of a text: the words, and how they look or what they do."""
    return [(one.text, one.does or "+".join(sorted(one.look))) for one in pieces_of(text)]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("just words, 12:30:15 a_b_c 2 * 3 | # 5 > 4", None),
        ("**b**", [("b", "bold")]),
        ("*i* _i_", [("i", "italic"), (" ", ""), ("i", "italic")]),
        ("__u__ ~~s~~", [("u", "underline"), (" ", ""), ("s", "strike")]),
        ("**a *b***", [("a ", "bold"), ("b", "bold+italic")]),
        ("||x||", [("x", "spoiler")]),
        ("`a*b*`", [("a*b*", "code")]),
        ("```py\n**x**\n```", [("**x**", "code")]),
        ("# A\nb", [("A\n", "heading"), ("b", "")]),
        ("### A", [("A\n", "heading")]),
        ("#### A", None),
        ("#A", None),
        ("a # b", None),
        ("-# s", [("s\n", "small")]),
        ("> q\n> r\ns", [("q\nr\n", "quote"), ("s", "")]),
        (">>> q\nr", [("q\nr", "quote")]),
        ("- a\n2. b", [("a\nb\n", "item")]),
        ("<@1> <@!2>", [("<@1>", "user"), (" ", ""), ("<@!2>", "user")]),
        ("<@&1>", [("<@&1>", "role")]),
        ("<#1>", [("<#1>", "channel")]),
        ("</reply now:1>", [("</reply now:1>", "command")]),
        ("<id:browse>", [("<id:browse>", "navigation")]),
        ("@everyone", [("@everyone", "everyone")]),
        ("@here!", [("@here", "everyone"), ("!", "")]),
        ("<:smile:1> <a:x_y:2>", [("<:smile:1>", "emoji"), (" ", ""), ("<a:x_y:2>", "emoji")]),
        (":smile:", [(":smile:", "emoji")]),
        ("<t:1:R> <t:-5>", [("<t:1:R>", "time"), (" ", ""), ("<t:-5>", "time")]),
        ("<t:1:X>", None),
        ("<me@x.example>", [("<me@x.example>", "address")]),
        ("<+15551234>", [("<+15551234>", "address")]),
        ("see https://a.example/b.", [("see ", ""), ("https://a.example/b", "link"), (".", "")]),
        ("HTTPS://A.example", [("HTTPS://A.example", "link")]),
        ("<https://a.example>", [("<https://a.example>", "link")]),
        ("[bank](https://e.example)", [("bank", "masked link")]),
        ("[**b**](<https://e.example> 't')", [("b", "masked link")]),
        ("[a](b)", None),
        ("discord.gg/abc", [("discord.gg/abc", "invite")]),
        ("¯\\_(ツ)_/¯", None),
    ],
)
def test_a_text_is_read_as_discord_shows_it(text: str, pieces: list[tuple[str, str]] | None) -> None:
    assert seen(text) == ([(text, "")] if pieces is None else pieces)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\\*no\\*", "*no*"),
        ("\\# no", "# no"),
        ("\\`\\`\\`no\\`\\`\\`", "```no```"),
        ("\\<\\@1\\>", "<@1>"),
        ("\\@everyone", "@everyone"),
        ("\\[a\\]\\(https\\:\\/\\/b\\)", "[a](https://b)"),
        ("\\<t\\:1\\>", "<t:1>"),
        ("\\\\", "\\"),
        ("a\\b", "a\\b"),
        ("\\é", "é"),
    ],
)
def test_an_escaped_sign_is_shown_and_does_nothing(text: str, shown: str) -> None:
    assert pieces_of(text) == [ShownTextPiece(shown)]


@pytest.mark.parametrize("text", ["**\\**x**", "||\\||", "`\\`*x*`", "[a\\](b](https://c)"])
def test_an_escape_saves_nobody_whose_other_signs_are_live(text: str) -> None:
    assert any(piece.look != PLAIN or piece.does for piece in pieces_of(text))


def test_formatting_in_formatting_ends_somewhere() -> None:
    deep = "".join("**" if level % 2 else "__" for level in range(400))

    assert "".join(piece.text for piece in pieces_of(f"{deep}x{deep[::-1]}")) != ""


def message(**fields: Any) -> StandInMessage:
    """A message with these fields."""
    made = StandInMessage(1, 2, StandInUser(3, "bridge", bot=True), datetime(2026, 11, 25, tzinfo=UTC))
    for name, value in fields.items():
        setattr(made, name, value)
    return made


@pytest.mark.parametrize(
    ("fields", "unfolds"),
    [
        ({"content": "https://a.example/x"}, ("https://a.example/x",)),
        ({"content": "<https://a.example/x>"}, ()),
        ({"content": "https://a.example", "flags": SUPPRESS_EMBEDS}, ()),
        ({"content": "discord.gg/abc", "flags": SUPPRESS_EMBEDS}, ("discord.gg/abc",)),
        (
            {
                "components": [{"type": 10, "content": "https://a.example discord.gg/abc"}],
                "flags": COMPONENTS_V2,
            },
            ("discord.gg/abc",),
        ),
    ],
    ids=["address", "in brackets", "suppressed", "invite", "text display"],
)
def test_what_unfolds_into_a_preview_or_a_card(fields: dict[str, Any], unfolds: tuple[str, ...]) -> None:
    assert reading_of(message(**fields)).unfolds == unfolds


def test_a_message_is_read_with_all_its_texts_and_labels() -> None:
    display = {"type": 10, "content": "### <@1>"}
    button = {"type": 2, "style": 1, "label": "**Reply**", "custom_id": "x"}
    embed = {"title": "[a](https://b.example)", "fields": [{"name": "n", "value": "v"}]}

    reading = reading_of(
        message(content="c", embeds=[embed], components=[display, {"type": 1, "components": [button]}])
    )

    assert ["".join(piece.text for piece in text) for text in reading.texts] == ["c", "a", "n", "v", "<@1>\n"]
    assert [piece.text for piece in reading.mentions] == ["<@1>"]
    assert [piece.target for piece in reading.masked] == ["https://b.example"]
    assert reading.labels == ("**Reply**",)
    assert not reading.pinged
