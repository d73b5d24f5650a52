"""Who came online, as far as an event says so of somebody."""

import json
from typing import Any

import pytest

from bot.fanvue.event_storage import event_from, stored
from bot.fanvue.payloads import understand
from bot.model.events import CameOnline, Ignored, Understood

FAN = {"uuid": "fan-1", "handle": "otter", "display_name": "Quiet Otter", "email": "otter@example.test"}
TOLD_AT, CHANGED_AT = "2026-11-20T18:04:32.000Z", "2026-11-20T18:03:55.000Z"
CHANGED: dict[str, Any] = {
    "object": "fan_status",
    "change_type": "presence",
    "state": "online",
    "changed_at": CHANGED_AT,
    "fan": FAN,
    "creator": {"uuid": "creator-1"},
}


def told(*, number: str | None = "event-1", **data: Any) -> Understood:
    event = {"type": "creator.fan.presence_changed", "timestamp": TOLD_AT, "data": CHANGED | data}
    meaning = understand(json.dumps(event | ({"id": number} if number else {})).encode())
    assert isinstance(meaning, Understood), meaning
    return meaning


def test_somebody_came_online_when_it_changed_and_not_when_it_was_told() -> None:
    meaning = told()

    assert isinstance(meaning.event, CameOnline)
    assert (meaning.event.creator, meaning.event.fan.id, meaning.event.at) == (
        "creator-1",
        "fan-1",
        1_795_197_835_000,
    )
    assert (meaning.kind, meaning.key) == ("creator.fan.presence_changed", "event-1")
    assert event_from(stored(meaning)) == meaning
    assert b"example.test" not in stored(meaning)


@pytest.mark.parametrize(
    "data",
    [
        {"state": "offline"},
        {"state": "away"},
        {"state": None},
        {"state": 1},
        {"state": {"online": True}},
        {"change_type": "mute"},
        {"change_type": None},
        {"fan": None},
        {"fan": {"handle": "otter"}},
        {"changed_at": None},
        {"changed_at": "soon"},
    ],
    ids=repr,
)
def test_what_says_less_tells_nothing(data: dict[str, Any]) -> None:
    assert isinstance(told(**data).event, Ignored)


def test_without_an_id_each_change_is_a_fact_and_its_repeat_is_the_same() -> None:
    came, went = told(number=None), told(number=None, state="offline")
    later = told(number=None, changed_at="2026-11-20T19:00:00Z")

    assert len({came.key, went.key, later.key}) == 3
    assert told(number=None, fan=FAN | {"display_name": "Louder"}).key == came.key
