"""A running bridge counts what is new in Fanvue's answers, once."""

import logging
from collections import Counter
from typing import Any

import pytest

from bot.features.operations.live_check.drift import DriftWatch

MESSAGE = {"uuid": "0b8c", "text": "hello", "sentAt": "2026-11-30T10:00:00Z", "type": "SINGLE_RECIPIENT"}


@pytest.fixture
def counted() -> Counter[tuple[str, str]]:
    return Counter()


@pytest.fixture
def watch(counted: Counter[tuple[str, str]]) -> DriftWatch:
    def count(operation: str, kind: str) -> None:
        counted[operation, kind] += 1

    return DriftWatch(count)


@pytest.mark.parametrize(
    ("operation", "body"),
    [
        ("messages", {"data": [MESSAGE, {**MESSAGE, "text": None}], "dateFilter": {}}),
        ("messages", {"data": []}),
        ("message", MESSAGE),
        ("fans_insights", {"results": {"0b8c": {"status": "subscriber"}, "1c9d": None}}),
        ("send", {"anything": 1}),
        ("part_address", "https://example.test/part"),
    ],
)
def test_what_is_known_is_not_counted(
    watch: DriftWatch, counted: Counter[tuple[str, str]], operation: str, body: Any
) -> None:
    watch.heard(operation, body)

    assert counted == {}


@pytest.mark.parametrize(
    ("operation", "body", "kind"),
    [
        ("messages", {"items": [MESSAGE]}, "shape"),
        ("messages", None, "shape"),
        ("messages", {"data": [{**MESSAGE, "uuid": None}]}, "row"),
        ("messages", {"data": ["hello"]}, "row"),
        ("messages", {"data": [{**MESSAGE, "sentAt": 1795460400}]}, "field"),
        ("messages", {"data": [{**MESSAGE, "type": "VOICE_CALL"}]}, "word"),
        ("message", {**MESSAGE, "mediaType": "hologram"}, "word"),
        ("media", {"data": [{"uuid": "0b8c", "status": "frozen"}]}, "word"),
    ],
)
def test_what_is_new_is_counted_once(
    watch: DriftWatch, counted: Counter[tuple[str, str]], operation: str, body: Any, kind: str
) -> None:
    for _ in range(3):
        watch.heard(operation, body)

    assert counted == {(operation, kind): 1}


def test_a_second_new_thing_is_counted_beside_the_first(
    watch: DriftWatch, counted: Counter[tuple[str, str]]
) -> None:
    for word in ("VOICE_CALL", "MARKETING_KYC", "VOICE_CALL"):
        watch.heard("message", {**MESSAGE, "type": word})

    assert counted == {("message", "word"): 2}


def test_the_log_has_names_and_no_values(watch: DriftWatch, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        watch.heard("messages", {"data": [{**MESSAGE, "sentAt": "my dog is called Biscuit"}]})
        watch.heard("messages", {"data": [{**MESSAGE, "type": "my dog is called Biscuit"}]})

    told = [vars(record)["what"] for record in caplog.records]
    assert told == ["sentAt", "type: no word"]
    assert "Biscuit" not in caplog.text


def test_it_does_not_grow_for_ever(watch: DriftWatch, counted: Counter[tuple[str, str]]) -> None:
    for number in range(2_000):
        watch.heard("message", {**MESSAGE, f"field{number}": 1, "type": f"WORD_{'A' * (number % 39)}"})

    assert sum(map(len, watch._forms.values())) <= 500
    assert sum(counted.values()) <= 500
