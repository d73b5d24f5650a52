"""Which posts on Fanvue may be the doing of an attempt: never a guess."""

from dataclasses import replace

import pytest

from bot.fanvue.figures import PostRow
from bot.features.publishing.posts.match_rules import fitting
from bot.features.publishing.posts.plan_rules import PlannedPost
from storage.records import MediaId

STARTED = 1_795_460_400_000
PHOTO, FILM = MediaId("1b4e28ba-2fa1-11d2-883f-0016d3cca427"), MediaId("2b4e28ba-2fa1-11d2-883f-0016d3cca427")
WANTED = PlannedPost("subscribers", "UTC", text="New set", media=(PHOTO, FILM), price=999)
LATER = STARTED + 3_600_000


def row(**other: object) -> PostRow:
    told = {
        "uuid": "p1",
        "createdAt": "2026-11-23T19:00:01Z",
        "text": "New set",
        "price": 999,
        "audience": "subscribers",
        "mediaUuids": [FILM, PHOTO],
    }
    return PostRow.model_validate({**told, **other})


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"createdAt": "2026-11-23T18:59:56Z"},  # clocks differ
        {"createdAt": "2026-11-23T20:30:00Z"},  # carried out late
        {"createdAt": None, "publishedAt": "2026-11-23T19:00:01Z"},
        {"text": " New set\r\n"},
        {"publishAt": "2026-11-23T19:00:01Z", "publishedAt": "2026-11-23T19:00:02Z"},
        {"isPinned": True, "likesCount": 12},
    ],
)
def test_what_may_be_it_is_found(told: dict[str, object]) -> None:
    assert [post.uuid for post in fitting([row(**told)], WANTED, started=STARTED)] == ["p1"]


@pytest.mark.parametrize(
    "told",
    [
        {"createdAt": "2026-11-23T18:59:54Z"},
        {"createdAt": None},
        {"text": "New set!"},
        {"text": None},
        {"price": None},
        {"price": 998},
        {"audience": "followers-and-subscribers"},
        {"audience": None},
        {"mediaUuids": [FILM]},
        {"mediaUuids": None},
        {"mediaUuids": [FILM, PHOTO, PHOTO]},
        {"mediaPreviewUuid": PHOTO},
        {"publishAt": "2026-11-24T19:00:00Z"},
    ],
)
def test_what_is_another_one_or_is_not_told_of_is_not_taken_for_it(told: dict[str, object]) -> None:
    assert fitting([row(**told)], WANTED, started=STARTED) == []


@pytest.mark.parametrize(
    ("told", "there"),
    [
        ({"publishAt": "2026-11-23T20:00:00Z"}, True),
        ({"publishAt": "2026-11-23T20:00:30Z"}, True),
        ({"publishAt": None, "publishedAt": "2026-11-23T20:00:00Z"}, True),
        ({"publishAt": "2026-11-23T20:02:00Z"}, False),
        ({}, False),
    ],
)
def test_a_scheduled_one_is_known_by_its_time(told: dict[str, object], *, there: bool) -> None:
    wanted = replace(WANTED, publish_at=LATER)

    assert bool(fitting([row(**told)], wanted, started=STARTED)) is there


def test_all_that_fit_are_told_oldest_first() -> None:
    posts = [row(uuid="p2", createdAt="2026-11-23T19:00:09Z"), row(uuid="p1")]

    assert [post.uuid for post in fitting(posts, WANTED, started=STARTED)] == ["p1", "p2"]
