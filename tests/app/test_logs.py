"""Logs: one line of JSON each, ids hashed, nothing that has the shape of a secret."""

import io
import json
import logging
import re
import traceback
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from bot.app.logs import GONE, LONGEST, PINNED, configure, redact

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GaBcDe.aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789ab"
JWT = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhYmMifQ.c2lnbmF0dXJl-_x"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """The root logger writes here, and is put back as it was afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in PINNED}
    stream = io.StringIO()
    configure("DEBUG", salt=b"salt", stream=stream)
    yield stream
    root.handlers[:], root.level = handlers, level
    root.setLevel(level)
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)


def parsed(lines: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines.getvalue().splitlines()]


def test_a_record_is_one_line_with_time_level_logger_and_text(lines: io.StringIO) -> None:
    logging.getLogger("bot.relay").info("two\nlines\r\u2028here of %d", 3)

    [line] = [json.loads(line) for line in lines.getvalue().removesuffix("\n").split("\n")]
    assert line["text"] == "two\nlines\r\u2028here of 3"
    assert (line["level"], line["logger"]) == ("INFO", "bot.relay")
    assert line["at"].endswith("+00:00")


def test_only_listed_fields_are_kept_and_ids_are_hashed(lines: io.StringIO) -> None:
    extra = {"kind": "fan.message", "attempt": 2, "creator": "a-uuid", "text_of_fan": "hello"}

    logging.getLogger("bot").info("delivered", extra=extra)
    logging.getLogger("bot").info("again", extra={"creator": "a-uuid", "fan": "b-uuid"})

    first, second = parsed(lines)
    assert (first["kind"], first["attempt"]) == ("fan.message", 2)
    assert "text_of_fan" not in first
    assert "a-uuid" not in lines.getvalue()
    assert first["creator"] == second["creator"] != second["fan"]


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        pytest.param(f"login with {TOKEN} failed", TOKEN, id="Discord bot token"),
        pytest.param("Authorization: Bearer abcdefghij.klm", "abcdefghij", id="bearer"),
        pytest.param("{'Authorization': 'Basic Y2xpZW50OnNlY3JldA=='}", "Y2xpZW50OnNlY3JldA", id="basic"),
        pytest.param(f"token was {JWT}.", JWT, id="JWT"),
        pytest.param("GET /cb?code=s3cr3tcode&state=s3cr3tstate", "s3cr3t", id="callback"),
        pytest.param("redirect=%2Fcb?code%3Ds3cr3tcode", "s3cr3t", id="encoded callback"),
        pytest.param('{"refresh_token": "s3cr3t value", "a": 1}', "s3cr3t value", id="refresh token in JSON"),
        pytest.param("{'access_token': 's3cr3t'}", "s3cr3t", id="access token in a dict"),
        pytest.param("refresh_token=s3cr3t; x", "s3cr3t", id="refresh token in a form"),
        pytest.param("got ory_rt_s3cr3t.abc back", "s3cr3t", id="token of the authorization server"),
        pytest.param("hook whsec_s3cr3t==", "s3cr3t", id="webhook secret"),
        pytest.param("7:" + "A" * 43 + "=", "A" * 43, id="encryption key"),
        pytest.param("PATCH /webhooks/123/aW50ZXJhY3Rpb246MTIz/messages/@original", "aW50", id="interaction"),
        pytest.param("GET /link/s3cr3t-ticket", "s3cr3t", id="link page"),
        pytest.param("t=17,v0=" + "ab" * 32, "abab", id="webhook signature"),
    ],
)
def test_what_looks_like_a_secret_is_removed(text: str, secret: str) -> None:
    assert secret in text
    assert secret not in redact(text)
    assert GONE in redact(text)


@pytest.mark.parametrize(
    "text",
    [
        "status code: 429",
        "Bot started",
        "state of the stream",
        "see docs/link",
        "error_code=50035 was answered",
    ],
)
def test_ordinary_words_are_left_alone(text: str) -> None:
    assert redact(text) == text


def test_a_secret_in_an_argument_a_field_or_an_error_is_removed_too(lines: io.StringIO) -> None:
    try:
        _fail(f"GET https://x.example/cb?code=s3cr3t with {TOKEN}\nsecond line")
    except ConnectionError:
        logging.getLogger("bot").exception("failed with %s", TOKEN, extra={"reason": f"Bearer {TOKEN}"})

    [line] = parsed(lines)
    assert TOKEN not in lines.getvalue()
    assert "s3cr3t" not in lines.getvalue()
    assert line["error"].startswith("ConnectionError: GET https://x.example/cb?code=")
    assert "second line" not in line["error"]
    assert line["trace"][-1].endswith(" _fail")


def _fail(text: str) -> None:
    raise ConnectionError(text)


def test_an_error_of_pydantic_does_not_repeat_its_input(lines: io.StringIO) -> None:
    class Message(BaseModel):
        likes: int

    try:
        Message.model_validate({"likes": "words of a fan"})
    except ValueError:
        logging.getLogger("bot").exception("not understood")

    [line] = parsed(lines)
    assert line["error"] == "ValidationError"
    assert "words of a fan" not in lines.getvalue()


def test_libraries_that_print_payloads_are_pinned_even_at_debug(lines: io.StringIO) -> None:
    for name in ("discord.http", "discord.gateway", "httpx", "aiohttp.client", "aiosqlite", "psycopg"):
        logging.getLogger(name).debug("a payload")
    logging.getLogger("httpx").info("HTTP Request: GET https://x.example")
    logging.getLogger("bot.relay").debug("ours")

    assert [line["text"] for line in parsed(lines)] == ["ours"]


def test_a_record_whose_arguments_do_not_fit_is_still_written(lines: io.StringIO) -> None:
    logging.getLogger("bot").info("%d items", "many")

    assert "do not fit" in parsed(lines)[0]["text"]


def test_a_very_long_text_is_cut_and_says_so() -> None:
    text = redact("word " * 1000)

    assert len(text) < LONGEST + 40
    assert text.startswith("word word")
    assert " … (5000 characters) … " in text


def test_of_a_long_traceback_the_frames_where_it_began_and_where_it_failed_stay(lines: io.StringIO) -> None:
    def deeper(left: int) -> None:
        if left:
            deeper(left - 1)
        _fail("at the bottom")

    try:
        deeper(60)
    except ConnectionError as error:
        places = "".join(traceback.format_tb(error.__traceback__))
        logging.getLogger("bot").exception("an interaction failed with %s\n%s", "ConnectionError", places)

    [line] = parsed(lines)
    assert len(line["text"]) < LONGEST + 40
    assert "an interaction failed with ConnectionError" in line["text"]
    assert line["text"].rstrip().endswith("raise ConnectionError(text)")
    assert line["trace"][0].endswith(
        " test_of_a_long_traceback_the_frames_where_it_began_and_where_it_failed_stay"
    )
    assert line["trace"][-1].endswith(" _fail")
    assert len(line["trace"]) <= 18
    assert any("frames" in one for one in line["trace"])


@given(before=st.text(max_size=30), after=st.text(max_size=30))
def test_a_bot_token_is_removed_wherever_it_stands(before: str, after: str) -> None:
    assert TOKEN[28:60] not in redact(f"{before} {TOKEN} {after}")


class Terminal(io.StringIO):
    """A stream at which a person looks."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(lines: io.StringIO) -> Terminal:
    """The root logger writes here instead; the other fixture puts it back."""
    assert not lines.isatty()
    shown = Terminal()
    configure("DEBUG", salt=b"salt", stream=shown)
    return shown


def test_a_person_at_a_terminal_reads_time_level_text_and_fields(terminal: Terminal) -> None:
    extra = {"kind": "fan.message", "attempt": 2, "creator": "a-uuid", "text_of_fan": "hello"}

    logging.getLogger("bot.relay").warning("not delivered\n\x1b[31mnow, token=%s", TOKEN, extra=extra)

    shown = terminal.getvalue()
    pattern = (
        r"\d\d:\d\d:\d\d WARNING  not delivered  \[31mnow, token=\[removed\] "
        r"\(attempt=2 creator=[0-9a-f]{12} kind=fan\.message\)\n"
    )
    assert re.fullmatch(pattern, shown)


def test_at_a_terminal_a_failure_has_its_cause_and_places_below(terminal: Terminal) -> None:
    try:
        int(f"no number, token={TOKEN}")
    except ValueError:
        logging.getLogger("bot").exception("it failed")

    first, cause, place, end = terminal.getvalue().split("\n")
    assert first.endswith("ERROR    it failed")
    assert cause.strip().startswith("ValueError: invalid literal for int()")
    assert GONE in cause
    assert place.strip().endswith("test_at_a_terminal_a_failure_has_its_cause_and_places_below")
    assert end == ""
