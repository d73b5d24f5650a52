"""Posts that are there: changed, deleted, pinned, reposted, commented."""

from typing import Any

import pytest

from bot.sandbox.fanvue.records import PostId
from tests.sandbox.fanvue.conftest import FanvueStage

SOON, LATER = "2026-11-24T12:30:00Z", "2026-11-24T18:00:00Z"


async def made(stage: FanvueStage, **body: Any) -> PostId:
    answer = await stage.call("POST", "/posts", {"audience": "subscribers", "text": "Hello", **body})
    return PostId(answer.json()["uuid"])


async def test_a_change_touches_only_what_it_names_and_null_publishes(stage: FanvueStage) -> None:
    post = await made(stage, publishAt=SOON)

    moved = (await stage.call("PATCH", f"/posts/{post}", {"publishAt": LATER, "text": "Better"})).json()
    out = (await stage.call("PATCH", f"/posts/{post}", {"publishAt": None})).json()
    late = await stage.call("PATCH", f"/posts/{post}", {"publishAt": LATER})

    assert (moved["text"], moved["audience"], moved["publishAt"]) == (
        *("Better", "subscribers", "2026-11-24T18:00:00.000Z"),
    )
    assert (out["publishAt"], out["publishedAt"]) == (None, "2026-11-24T12:00:00.000Z")
    assert late.status_code == 400


async def test_a_refused_change_changes_nothing(stage: FanvueStage) -> None:
    post = await made(stage)

    refused = await stage.call("PATCH", f"/posts/{post}", {"text": "Cheap", "price": 500})

    assert refused.status_code == 400
    assert (await stage.call("GET", f"/posts/{post}")).json()["text"] == "Hello"


async def test_pins_are_a_state_and_reposts_are_deeds(stage: FanvueStage) -> None:
    post = await made(stage)

    for _ in range(2):
        pinned = (await stage.call("POST", f"/posts/{post}/pin")).json()
        await stage.call("POST", f"/posts/{post}/repost")
    unpinned = (await stage.call("DELETE", f"/posts/{post}/pin")).json()

    assert (pinned["isPinned"], unpinned["isPinned"]) == (True, False)
    assert len(stage.server.ledger.of("post.reposted", uuid=post)) == 2


async def test_a_deleted_post_is_gone_and_what_was_paid_for_it_stays(stage: FanvueStage) -> None:
    post = await made(stage)
    await stage.fan.tip_post(post, 500)

    answers = [(await stage.call("DELETE", f"/posts/{post}")).status_code for _ in range(2)]

    assert answers == [204, 404]
    assert (await stage.call("GET", f"/posts/{post}")).status_code == 404
    assert [payment.gross for payment in stage.server.world.payments.values()] == [500]


@pytest.mark.parametrize("surface", ["/v1", ""])
async def test_comments_likes_and_tips_stand_below_a_post(stage: FanvueStage, surface: str) -> None:
    post = await made(stage)
    await stage.fan.comment(post, "So lovely")
    await stage.fan.like(post)
    await stage.fan.like(post)
    await stage.fan.tip_post(post, 500)

    own = await stage.call("POST", f"{surface}/posts/{post}/comments", {"text": "Thank you"})
    comments = (await stage.call("GET", f"{surface}/posts/{post}/comments")).json()["data"]
    likes = (await stage.call("GET", f"/posts/{post}/likes")).json()["data"]
    tips = (await stage.call("GET", f"/posts/{post}/tips")).json()["data"]
    row = (await stage.call("GET", f"{surface}/posts/{post}")).json()

    assert own.status_code == 201
    assert {(one["text"], one["user"]["uuid"]) for one in comments} == {
        ("So lovely", stage.fan.uuid),
        ("Thank you", stage.creator.uuid),
    }
    assert ([one["user"]["uuid"] for one in likes], [one["gross"] for one in tips]) == (
        [stage.fan.uuid],
        [500],
    )
    assert (row["likesCount"], row["commentsCount"], row["tips"]["totalNet"]) == (1, 2, 400)


async def test_somebody_elses_post_is_not_there(stage: FanvueStage) -> None:
    world = stage.server.world
    other = world.post_as_creator(world.add_creator("other", "Other"), "Mine").uuid
    calls = [("PATCH", "", {"text": "x"}), ("DELETE", "", None), ("POST", "/repost", None)]

    found = [
        (await stage.call(method, f"/posts/{other}{end}", body)).status_code for method, end, body in calls
    ]

    assert found == [404, 404, 404]
