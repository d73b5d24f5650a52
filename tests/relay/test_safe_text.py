"""A stranger's text is shown letter by letter, whole, and does nothing (R15)."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.safe_text import PART, one_line, parts_of, plain, safe
from tests.relay.reader_view import shown, visible

FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"
TECHNOLOGIST = "\U0001f469\U0001f3fd\u200d\U0001f4bb"
FIERY_HEART = "\u2764\ufe0f\u200d\U0001f525"
NODDING = "\U0001f642\u200d\u2195\ufe0f"
SHAKING = "\U0001f642\u200d\u2194\ufe0f"
SCOTLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
PINK_HEART = "\U0001fa77"  # younger than the tables of Python 3.11
OLD_HANGUL = "\u1100\u119e\u11ab"

PIECES = (
    "@everyone",
    "<@&1>",
    "[bank](https://evil.example)",
    "```",
    "||",
    "\n# big",
    "\n> quoted",
    "\r\n-# small",
    "\u202e",
    "\u200b",
    "e\u0301",
    "\u0301" * 9,
    "\ufe0f",
    "\u200d",
    FAMILY,
    SCOTLAND,
    "\U0001f1ec\U0001f1e7",
    "\\",
    " ",
    "\ud800",
    "\ufffe",
)
ANY_TEXT = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=30).map("".join)


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("@everyone", "\\@everyone"),
        ("@here", "\\@here"),
        ("<@123> <@&4> <#5>", "\\<\\@123\\> \\<\\@\\&4\\> \\<\\#5\\>"),
        ("[bank](https://evil.example)", "\\[bank\\]\\(https\\:\\/\\/evil\\.example\\)"),
        ("<https://evil.example>", "\\<https\\:\\/\\/evil\\.example\\>"),
        ("**b** *i* __u__ ~~s~~", "\\*\\*b\\*\\* \\*i\\* \\_\\_u\\_\\_ \\~\\~s\\~\\~"),
        ("# heading\n-# small\n> quote\n>>> all", "\\# heading\n\\-\\# small\n\\> quote\n\\>\\>\\> all"),
        ("- item\n+ item\n1. item", "\\- item\n\\+ item\n1\\. item"),
        ("```py\nx\n```", "\\`\\`\\`py\nx\n\\`\\`\\`"),
        ("||hidden||", "\\|\\|hidden\\|\\|"),
        ("<t:1:R> :smile: <:a:1>", "\\<t\\:1\\:R\\> \\:smile\\: \\<\\:a\\:1\\>"),
        ("\\*already\\*", "\\\\\\*already\\\\\\*"),
        ("\u1fefcode\u1fef", "\\`code\\`"),  # NFC turns this accent into a backtick
        ("just words, 100 % & more?", "just words, 100 % \\& more?"),
    ],
    ids=[
        "everyone",
        "here",
        "mentions",
        "masked link",
        "bare link",
        "emphasis",
        "headings and quotes",
        "lists",
        "code fence",
        "spoiler",
        "timestamp and emoji",
        "escaped already",
        "becomes a backtick",
        "plain words",
    ],
)
def test_what_discord_would_read_as_something_is_escaped(text: str, escaped: str) -> None:
    assert safe(text) == escaped


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\x00b\x07c\x85d", "abcd"),
        ("one\r\ntwo\rthree\u2028four\tfive", "one\ntwo\nthree\nfour\tfive"),
        ("abc\u202edef\u2066g\u2069\u200f", "abcdefg"),
        ("pass\u200bword\u2060\ufeff\u00ad", "password"),
        ("blank\u3164\u115f\uffa0", "blank"),
        ("a" + "\u0301" * 4000, "\u00e1" + "\u0301" * 4),
        ("a" + ("\u0302" * 4 + "\ufe0f") * 50, "\u00e2" + "\u0302" * 3 + "\ufe0f"),
        ("a" + ("\u0302" * 4 + "\u200b") * 50, "\u00e2" + "\u0302" * 4),
        ("half \ud83d emoji", "half  emoji"),
        ("never \ufffe \ufdd0", "never  "),
        ("a\u200db", "ab"),
        ("\u200d\U0001f525\u200d", "\U0001f525"),
        ("cafe\u0301", "caf\u00e9"),
    ],
    ids=[
        "controls",
        "line ends",
        "direction marks",
        "zero width",
        "fillers",
        "tower of accents",
        "tower with selectors between",
        "tower with spaces of no width between",
        "half a character",
        "never a character",
        "a joiner between letters",
        "a joiner at the edges",
        "composed",
    ],
)
def test_what_cannot_be_seen_is_dropped(text: str, kept: str) -> None:
    assert plain(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        FAMILY,
        TECHNOLOGIST,
        FIERY_HEART,
        NODDING,
        SHAKING,
        SCOTLAND,
        PINK_HEART,
        f"{PINK_HEART}\u200d{PINK_HEART}",
        "1\ufe0f\u20e3",
        "\U0001f1ec\U0001f1e7",
        "\u0e01\u0e49\u0e33",
        "\u1ec7",
        "\u06dd12",
        "\uf8ff",
    ],
    ids=[
        "family",
        "skin tone",
        "fiery heart",
        "nodding",
        "shaking",
        "Scotland",
        "younger than Python",
        "younger ones joined",
        "keycap",
        "flag",
        "Thai",
        "Vietnamese",
        "end of a verse",
        "private use",
    ],
)
def test_what_can_be_seen_is_kept_as_it_is(text: str) -> None:
    assert plain(text) == text


@given(ANY_TEXT)
def test_nothing_that_a_stranger_writes_is_ever_live(text: str) -> None:
    seen, live = shown(safe(text))

    assert live == ""
    assert seen == plain(text)


@given(ANY_TEXT)
def test_no_visible_character_is_ever_lost(text: str) -> None:
    seen, _ = shown(safe(text))

    assert visible(seen) == visible(text)


@given(ANY_TEXT)
def test_a_plain_text_is_plain_already(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@given(ANY_TEXT, st.integers(min_value=2, max_value=60))
def test_parts_fit_and_are_the_whole_text_together(text: str, limit: int) -> None:
    parts = parts_of(text, limit)

    assert "".join(parts) == plain(text)
    assert all(len(safe(part)) <= limit for part in parts)
    assert all(parts) or parts == [""]


@pytest.mark.parametrize(
    "letter",
    [
        FAMILY,
        TECHNOLOGIST,
        FIERY_HEART,
        SCOTLAND,
        "1\ufe0f\u20e3",
        "\U0001f1ec\U0001f1e7",
        "x\u0323\u0302",
        "\u0915\u094d\u0937\u093f",
        OLD_HANGUL,
        "\U0001f44d\U0001f3fd",
    ],
    ids=[
        "family",
        "technologist",
        "heart",
        "Scotland",
        "keycap",
        "flag",
        "accents",
        "Hindi",
        "Hangul",
        "thumb",
    ],
)
@pytest.mark.parametrize("more", [1, 2, 3])
def test_a_letter_is_never_cut(letter: str, more: int) -> None:
    syllables = [letter[:2], letter[2:]] if letter.startswith("\u0915") else [letter]
    parts = parts_of(letter * 40, len(safe(letter)) + more)

    for part in parts:
        rest = part
        while rest:
            rest = next((rest.removeprefix(one) for one in syllables if rest.startswith(one)), "cut")
            assert rest != "cut"


def test_a_long_text_is_cut_at_a_line_or_else_at_a_word() -> None:
    lines = parts_of("one two\nthree four\nfive six", 22)
    words = parts_of("one two three four five six", 22)

    assert lines == ["one two\nthree four\n", "five six"]
    assert words == ["one two three four ", "five six"]


def test_a_line_end_that_carries_an_accent_is_no_place_to_cut() -> None:
    parts = parts_of("aaaaaaaa \u0301bbbb", 10)

    assert parts == ["aaaaaaaa \u0301", "bbbb"]


@pytest.mark.parametrize(
    "text",
    ["\U0001f469\u200d" * 20_000, "a" + "\u0302\u0323" * 60_000, "\U0001f1e6" * 20_000, "\\" * 60_000],
    ids=["endless letter", "tower", "endless flags", "backslashes"],
)
def test_a_text_made_to_hurt_takes_no_time_and_few_parts(text: str) -> None:
    begun = time.process_time()

    parts = parts_of(text)

    assert time.process_time() - begun < 5
    assert len(parts) <= 1 + 2 * len(text) // (PART - 40)


@pytest.mark.parametrize(
    ("text", "most", "line"),
    [
        ("Emma", 40, "Emma"),
        ("  Emma\nNoah\u2028 x ", 40, "Emma Noah x"),
        ("abcdef", 3, "abc"),
        (FAMILY * 3, 10, FAMILY),
        ("\u200b", 40, ""),
    ],
    ids=["as it is", "one line", "shortened", "whole letters", "nothing"],
)
def test_a_name_is_one_line(text: str, most: int, line: str) -> None:
    assert one_line(text, most) == line


def test_the_oracle_knows_what_is_invisible() -> None:
    assert visible("a\u200b\u0301\u3164b\n") == "ab"
    assert unicodedata.category("\u3164") == "Lo"
    assert shown("\\*a*") == ("*a*", "*")
