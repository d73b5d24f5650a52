"""What each status and body of Fanvue means."""

import json
import re

import pytest

from bot.fanvue.error_answers import error_of, reasons_of, retry_after
from bot.fanvue.errors import (
    FanvueError,
    NameConflict,
    NotContactable,
    ObjectNotFound,
    RequestInvalid,
    RequestRateLimited,
    RequestUnclear,
    ScopeMissing,
    TokenUnauthorized,
    VersionRetired,
)
from bot.fanvue.operations import road
from bot.fanvue.transport import HttpAnswer

SEND = road("send", prefix="/v1")
CHATS = road("chats", prefix="/v1")


def answer(status: int, body: object = None, **headers: str) -> HttpAnswer:
    return HttpAnswer(status, headers, b"" if body is None else json.dumps(body).encode())


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param(answer(400, {"errors": ["text too long"]}), RequestInvalid, id="validation"),
        pytest.param(answer(400, {"message": "Media is not ready"}), RequestInvalid, id="message refused"),
        pytest.param(answer(400, {"message": "Invalid user UUID"}), NotContactable, id="not contactable"),
        pytest.param(answer(400, {"error": ""}), RequestInvalid, id="empty reason"),
        pytest.param(answer(400), RequestInvalid, id="empty body"),
        pytest.param(answer(401, {"error": "expired"}), TokenUnauthorized, id="401"),
        pytest.param(answer(403), ScopeMissing, id="403 with an empty body"),
        pytest.param(answer(404, {"message": "gone"}), ObjectNotFound, id="404"),
        pytest.param(answer(409, {"message": "taken"}), NameConflict, id="409"),
        pytest.param(answer(410, {"nextVersion": "2027-01-01"}), VersionRetired, id="410"),
        pytest.param(answer(413), RequestInvalid, id="413"),
        pytest.param(answer(422, {"message": "no"}), RequestInvalid, id="422"),
        pytest.param(answer(429, {"error": "slow"}), RequestRateLimited, id="429"),
        pytest.param(answer(500), RequestUnclear, id="500"),
        pytest.param(answer(502, "<html>"), RequestUnclear, id="502"),
        pytest.param(answer(503, {"message": "upstream"}), RequestUnclear, id="503"),
        pytest.param(answer(302), RequestUnclear, id="redirect"),
        pytest.param(answer(304), RequestUnclear, id="not modified"),
    ],
)
def test_each_status_is_one_error(given: HttpAnswer, expected: type[FanvueError]) -> None:
    assert type(error_of(SEND, given)) is expected


@pytest.mark.parametrize("status", [200, 201, 204])
def test_a_success_is_no_error(status: int) -> None:
    assert error_of(SEND, answer(status)) is None


def test_an_unknown_user_is_uncontactable_only_when_writing_to_them() -> None:
    error = error_of(CHATS, answer(400, {"message": "Invalid user UUID"}))

    assert type(error) is RequestInvalid


def test_a_missing_scope_is_named_by_fanvue_or_by_the_table() -> None:
    told = error_of(CHATS, answer(403, {"error": "Missing scope read:fan"}))
    silent = error_of(CHATS, answer(403))

    assert isinstance(told, ScopeMissing)
    assert told.scopes == ("read:fan",)
    assert isinstance(silent, ScopeMissing)
    assert silent.scopes == ("read:chat",)


def test_a_retired_version_names_the_next_one() -> None:
    error = error_of(CHATS, answer(410, {"error": "x", "message": "y", "nextVersion": "2027-01-01"}))

    assert isinstance(error, VersionRetired)
    assert error.next_version == "2027-01-01"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"errors": ["a", "b"], "message": "c"}, ("a", "b")),
        ({"errors": [{"message": "a"}]}, ("a",)),
        ({"errors": [], "message": "c", "error": "d"}, ("c", "d")),
        ({"errors": "not a list", "error": "d"}, ("d",)),
        ({"message": ["odd"]}, ()),
        ({"message": "two\nlines\x00\u202e"}, ("two lines\ufffd",)),
        ({"message": "x" * 1000}, ("x" * 200,)),
        ({"errors": ["same", "same"]}, ("same",)),
    ],
    ids=repr,
)
def test_reasons_come_from_errors_then_message_then_error(
    body: dict[str, object], expected: tuple[str, ...]
) -> None:
    assert reasons_of(body) == expected


def test_fanvues_own_words_of_an_error_are_shown_letter_by_letter_and_still_understood() -> None:
    masked = "[free gift](https://evil.example) @everyone **now**"
    wrong = error_of(SEND, answer(400, {"message": masked}))
    barred = error_of(SEND, answer(403, {"message": f"needs write:chat {masked}"}))

    assert isinstance(wrong, RequestInvalid)
    assert isinstance(barred, ScopeMissing)
    assert barred.scopes == ("write:chat",)
    for said in (*wrong.reasons, wrong.reason, barred.reason):
        assert not re.search(r"(?<!\\)[\[\]()@*]", said)
        assert "evil" in said


@pytest.mark.parametrize(
    ("header", "expected"),
    [("30", 30.0), ("0", 0.0), ("", 30.0), ("soon", 30.0), ("-1", 30.0), ("nan", 30.0), ("999999", 30.0)],
)
def test_a_wait_is_what_fanvue_asks_for_if_it_is_sane(header: str, expected: float) -> None:
    assert retry_after({"Retry-After": header}) == expected
