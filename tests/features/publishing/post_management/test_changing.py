"""/post edit and its like: before and after shown, confirmed, done once."""

import asyncio
from typing import Any

import pytest

from bot.sandbox.fanvue.records import PostId, PostRecord
from tests.features.publishing.posts.posts_scenario import MINUTE, PostStage, labels, message_of

DEEDS = {
    "edit": ("Change it", "post.changed", {"text": "Good night"}),
    "delete": ("Delete it", "post.deleted", {}),
    "pin": ("Pin it", "post.pinned", {}),
    "repost": ("Repost it", "post.reposted", {}),
}


def out(studio: PostStage, text: str = "Good morning", **more: Any) -> PostRecord:
    """A post that is published already."""
    post = studio.evening.server.world.post_as_creator(studio.evening.account, text)
    for name, value in more.items():
        setattr(post, name, value)
    return post


async def scheduled(studio: PostStage) -> PostRecord:
    """A post that comes out tomorrow at 18:00, made through the bridge."""
    await studio.press(await studio.ask(text="Soon", when="tomorrow 18:00"), "Schedule it")
    return studio.evening.server.world.posts[PostId(studio.published()[-1]["uuid"])]


def now_of(studio: PostStage, post: PostRecord) -> PostRecord:
    return studio.evening.server.world.posts[post.uuid]


def made(studio: PostStage, kind: str) -> int:
    """How many times Fanvue did it."""
    return len(studio.evening.server.ledger.of(kind))


async def test_an_edit_shows_before_and_after_and_changes_only_what_was_named(studio: PostStage) -> None:
    await studio.live_in("Europe/Berlin")
    studio.at("2026-11-24 10:00", "Europe/Berlin")
    photo = studio.media()
    post = out(studio, "Good *morning*", media=[photo], price=500)
    answer = await studio.command("post edit", post=post.uuid, price="6.99", expires="tomorrow 18:00")
    shown = answer.text

    await studio.press(answer, "Change it")

    assert shown.splitlines()[:5] == [
        "### Edit a post of @luna",
        (
            "**The post:** published Tue 24 Nov 10:00 (Europe/Berlin) · subscribers only · $5.00 to unlock · "
            "1 file"
        ),
        "**Price:** $5.00 → **$6.99**",
        "**Expires:** never → **Wed 25 Nov 18:00 (Europe/Berlin)**, for you <t:1795626000:f>",
        r"> Good \*morning\*",
    ]
    after = now_of(studio, post)
    assert (after.text, after.price, after.media, after.audience) == (
        *("Good *morning*", 699, [photo], "subscribers"),
    )
    assert after.expires_at is not None
    assert after.expires_at.isoformat() == "2026-11-25T17:00:00+00:00"
    assert answer.text.startswith("### Post edited")
    [note] = studio.noted()
    assert note.text == f"Post edited, confirmed by <@{studio.town.olivia.user.id}>."


async def test_a_scheduled_post_is_moved_and_then_published_at_once(studio: PostStage) -> None:
    post = await scheduled(studio)

    await studio.press(await studio.command("post edit", post=post.uuid, when="fri 9:30"), "Change it")
    moved = now_of(studio, post)
    await studio.press(await studio.command("post edit", post=post.uuid, when="now"), "Change it")

    assert moved.publish_at is not None
    assert moved.publish_at.strftime("%a %H:%M") == "Fri 09:30"
    assert now_of(studio, post).published_at is not None


async def test_what_changed_on_fanvue_meanwhile_is_said_and_asked_again(studio: PostStage) -> None:
    post = out(studio)
    answer = await studio.command("post edit", post=post.uuid, text="Good night")
    post.audience = "followers-and-subscribers"

    await studio.press(answer, "Change it")
    asked_again, before = answer.text, made(studio, "post.changed")
    await studio.press(answer, "Change it")

    assert before == 0
    assert (
        "Just changed on Fanvue:** Who sees it subscribers only → followers and subscribers." in asked_again
    )
    after = now_of(studio, post)
    assert (after.text, after.audience) == ("Good night", "followers-and-subscribers")


async def test_a_delete_names_the_post_and_what_stands_below_it(studio: PostStage) -> None:
    post = out(studio, "The long version", price=500, media=[studio.media()])
    fan = studio.evening.fan
    await fan.like(post.uuid)
    await fan.comment(post.uuid, "wow")
    answer = await studio.command("post delete", post=post.uuid)
    shown = answer.text

    await studio.press(answer, "Delete it")

    assert "> The long version" in shown
    assert "**Below it:** 1 like, 1 comment, 0 tips" in shown
    assert "**Bought by:** nobody, as far as we know." in shown
    assert post.uuid not in studio.evening.server.world.posts
    assert answer.text.startswith("### Post deleted")
    assert ("postdelete.press", "confirmed") in await studio.written_down()


@pytest.mark.parametrize("verb", DEEDS)
async def test_of_two_people_who_confirm_at_once_one_has_it_done(studio: PostStage, verb: str) -> None:
    post, (label, kind, typed) = out(studio), DEEDS[verb]
    first, second = [
        await studio.command(f"post {verb}", who, post=post.uuid, **typed) for who in ("olivia", "maya")
    ]
    studio.driver.hold()  # both have confirmed before anything is done: whoever is first has ended then

    await asyncio.gather(
        studio.town.olivia.click(message_of(first), label), studio.town.maya.click(message_of(second), label)
    )
    await studio.presses.until(2)
    assert made(studio, kind) == 0
    studio.driver.let_go()
    await studio.driver.turn()
    await studio.driver.pass_time(MINUTE)

    assert made(studio, kind) == 1
    ends = sorted((first.text, second.text), key=lambda text: "Already" in text)
    assert ends[0].startswith("### Post ")
    assert any(
        f"by <@{person.user.id}> at <t:" in ends[1] for person in (studio.town.olivia, studio.town.maya)
    )
    assert "Already" in ends[1]


@pytest.mark.parametrize("verb", DEEDS)
async def test_who_comes_second_is_told_who_did_it_and_when(studio: PostStage, verb: str) -> None:
    post, (label, kind, typed) = out(studio), DEEDS[verb]
    late = await studio.command(f"post {verb}", "maya", post=post.uuid, **typed)
    await studio.press(await studio.command(f"post {verb}", post=post.uuid, **typed), label)

    await studio.press(late, label, "maya")

    assert made(studio, kind) == 1
    assert f"by <@{studio.town.olivia.user.id}> at <t:{studio.clock.at // 1000}:t>" in late.text


@pytest.mark.parametrize("how", ["lose_answer", "error_after", "broken_json"])
@pytest.mark.parametrize("verb", ["edit", "delete", "pin"])
async def test_one_whose_answer_was_lost_is_looked_at_and_not_asked_for_again(
    studio: PostStage, verb: str, how: str
) -> None:
    post, (label, kind, typed) = out(studio), DEEDS[verb]
    answer = await studio.command(f"post {verb}", post=post.uuid, **typed)
    studio.faults.add(how, "PATCH|DELETE|POST", f"/posts/{post.uuid}")

    await studio.press(answer, label)
    await studio.driver.pass_time(5 * MINUTE)

    assert made(studio, kind) == 1
    assert answer.text.startswith(f"### Post {'edited' if verb == 'edit' else kind.removeprefix('post.')}")
    assert await studio.waits() == []


@pytest.mark.parametrize("verb", ["edit", "delete", "pin"])
async def test_one_that_did_not_arrive_is_asked_for_again(studio: PostStage, verb: str) -> None:
    post, (label, kind, typed) = out(studio), DEEDS[verb]
    answer = await studio.command(f"post {verb}", post=post.uuid, **typed)
    studio.faults.add("error_before", "PATCH|DELETE|POST", f"/posts/{post.uuid}", status=502)

    await studio.press(answer, label)
    doubted = answer.text
    await studio.driver.pass_time(5 * MINUTE)

    assert "We check the post, and ask again only for what is still missing" in doubted
    assert made(studio, kind) == 1
    assert await studio.waits() == []


async def test_what_somebody_changed_while_it_was_unclear_is_left_alone(studio: PostStage) -> None:
    post = out(studio)
    answer = await studio.command("post edit", post=post.uuid, text="Good night")
    studio.faults.add("error_before", "PATCH", f"/posts/{post.uuid}", status=502)
    await studio.press(answer, "Change it")
    post.text = "By hand"

    await studio.driver.pass_time(5 * MINUTE)

    assert now_of(studio, post).text == "By hand"
    assert "The post changed on Fanvue after you confirmed, so we left it as is" in answer.text


@pytest.mark.parametrize("how", ["lose_answer", "error_before"])
async def test_an_unclear_repost_is_told_and_never_repeated(studio: PostStage, how: str) -> None:
    post = out(studio)
    answer = await studio.command("post repost", post=post.uuid)
    late = await studio.command("post repost", "maya", post=post.uuid)
    studio.faults.add(how, "POST", "/repost$", **({"status": 502} if how == "error_before" else {}))

    await studio.press(answer, "Repost it")
    await studio.driver.pass_time(5 * MINUTE)
    await studio.press(late, "Repost it", "maya")
    await studio.driver.pass_time(24 * 60 * MINUTE)

    assert len(studio.evening.server.ledger.of("fault")) == 1
    assert made(studio, "post.reposted") == (1 if how == "lose_answer" else 0)
    assert "We won't repost automatically" in answer.text
    assert "we don't know yet whether that worked" in late.text
    [waits] = await studio.waits()
    assert "not known whether it was made" in waits


async def test_who_edits_a_post_that_a_colleague_deleted_is_told_so(studio: PostStage) -> None:
    post = out(studio)
    late = await studio.command("post edit", "maya", post=post.uuid, text="Good night")
    await studio.press(await studio.command("post delete", post=post.uuid), "Delete it")

    await studio.press(late, "Change it", "maya")

    assert made(studio, "post.changed") == 0
    assert f"Already deleted on Fanvue by <@{studio.town.olivia.user.id}> at <t:" in late.text


async def test_nobody_else_is_shown_or_changes_posts(studio: PostStage) -> None:
    post = out(studio)

    told = [
        (await studio.command(name, "victor", **typed)).text
        for name, typed in (("post list", {}), ("post delete", {"post": post.uuid}))
    ]

    assert all("You don't have access to this here" in text for text in told)


@pytest.mark.parametrize(
    ("verb", "typed", "told"),
    [
        ("edit", {"text": "Good morning"}, "The post is already like that."),
        ("edit", {"price": "5"}, "A price needs media to buy, and this post has none"),
        ("edit", {"price": "1"}, "is below Fanvue's lowest price"),
        ("edit", {"when": "tomorrow 18:00"}, "This post is already published, so its time can't change"),
        ("edit", {"expires": "now"}, "A post can only expire in the future"),
        ("edit", {"expires": "soonish"}, "We can't read that time."),
        ("unpin", {}, "is already like that on Fanvue"),
        ("delete", {"post": "morning"}, "Choose the post from the list"),
        ("pin", {"post": "1b4e28ba-2fa1-11d2-883f-0016d3cca427"}, "is no longer on Fanvue"),
    ],
)
async def test_what_cannot_be_done_is_told_before_there_is_a_button(
    studio: PostStage, verb: str, typed: dict[str, str], told: str
) -> None:
    post = out(studio)

    answer = await studio.command(f"post {verb}", **({"post": post.uuid} | typed))

    assert told in answer.text
    assert labels(message_of(answer)) == []
