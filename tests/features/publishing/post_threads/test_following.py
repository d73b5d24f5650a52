"""Followed posts by their front door: a thread for each, a line for each comment."""

import pytest

from bot.sandbox.fanvue import feed as below
from storage.people.privacy_modes import PrivacyMode
from storage.records import DiscordId
from tests.features.publishing.post_management.test_changing import out
from tests.features.publishing.post_threads.post_threads_fixtures import (
    FIVE,
    follow,
    furnish,
    later,
    messages,
    threads,
)
from tests.features.publishing.posts.posts_scenario import MINUTE, PostStage, labels

DAY = 24 * 60 * MINUTE


async def test_a_published_post_gets_one_thread_with_its_card(studio: PostStage) -> None:
    forum = await furnish(studio)
    out(studio, "Good *morning*")
    out(studio, "Long ago", published_at=studio.later(-2 * DAY)())

    answer = await studio.command("post follow", posts="on")
    await studio.driver.turn()
    await later(studio)

    assert answer.text.startswith(
        "You now follow published posts, from the last day on: each "
        "gets a thread in the creator's forum with likes and comments"
    )
    [thread] = threads(studio, forum)
    [card] = messages(studio, thread)
    assert thread.name == "Post: Good *morning*"
    assert r"Good \*morning\*" in card.text
    assert "0 likes · 0 comments" in card.text
    assert labels(card) == ["Tips and revenue"]


async def test_nothing_is_followed_before_somebody_asks_and_after_it_was_switched_off(
    studio: PostStage,
) -> None:
    forum = await furnish(studio)
    out(studio)
    await later(studio)
    before = threads(studio, forum)

    await studio.command("post follow", posts="on")
    again = await studio.command("post follow", posts="on")
    await studio.command("post follow", posts="off")
    await studio.driver.turn()
    out(studio, "Not followed")
    await later(studio)

    assert (before, again.text) == ([], "You already follow published posts.")
    assert "Post: Not followed" not in [one.name for one in threads(studio, forum)]
    assert [did for did, _ in await studio.written_down()].count("posts.follow") == 2


async def test_each_comment_has_one_line_with_its_author_and_pings_nobody(studio: PostStage) -> None:
    forum = await furnish(studio)
    post = await follow(studio)
    await studio.evening.fan.comment(post.uuid, "@everyone <@1>\n### forged")

    await later(studio, 4 * FIVE)

    [thread] = threads(studio, forum)
    card, line = messages(studio, thread)
    assert line.text.startswith(f"**{studio.evening.fan.display_name} commented")
    assert "\\@everyone \\<\\@1\\>\n\\#\\#\\# forged" in line.text
    assert "1 comment" in card.text
    assert labels(line) == ["Reply"]


async def test_comments_on_two_pages_are_told_once_each_in_their_order(studio: PostStage) -> None:
    forum = await furnish(studio)
    studio.town.server.limits.enabled = False
    post = await follow(studio)
    said = [f"Number {number}." for number in range(60)]
    for text in said:
        studio.clock.at += 1000
        await studio.evening.fan.comment(post.uuid, text)

    await later(studio, 4 * FIVE)

    [thread] = threads(studio, forum)
    lines = messages(studio, thread)[1:]
    assert [one.text.split("\n")[1].replace("\\", "") for one in lines] == said


async def test_a_line_whose_answer_was_lost_stands_there_once(studio: PostStage) -> None:
    forum = await furnish(studio)
    post = await follow(studio)
    await studio.evening.fan.comment(post.uuid, "Lovely")
    studio.town.server.faults.lose_answer("POST", "/messages$")

    await later(studio)
    await studio.driver.pass_time(10 * MINUTE)

    [thread] = threads(studio, forum)
    assert len(messages(studio, thread)) == 2
    assert studio.town.server.faults.waiting("lose_answer") == 0


async def test_a_thread_whose_answer_was_lost_is_adopted(studio: PostStage) -> None:
    forum = await furnish(studio)
    studio.town.server.faults.lose_answer("POST", "/threads$")

    post = await follow(studio)
    await studio.driver.pass_time(10 * MINUTE)
    await studio.evening.fan.comment(post.uuid, "Lovely")
    await later(studio)

    [thread] = threads(studio, forum)
    assert len(messages(studio, thread)) == 2


async def test_a_deleted_comment_is_struck_and_cannot_be_answered(studio: PostStage) -> None:
    forum = await furnish(studio)
    post = await follow(studio)
    comment = await studio.evening.fan.comment(post.uuid, "Oh no")
    await later(studio)
    studio.evening.server.world.below.comments.remove(comment)

    await later(studio)

    [thread] = threads(studio, forum)
    _, line = messages(studio, thread)
    assert "~~Oh no~~" in line.text
    assert "Deleted on Fanvue." in line.text


async def test_a_comment_that_cannot_be_read_any_more_is_not_called_deleted(studio: PostStage) -> None:
    forum = await furnish(studio)
    post = await follow(studio)
    await studio.evening.fan.comment(post.uuid, "Oh no")
    await later(studio)
    studio.evening.server.switches.renamed = {("/comments", "uuid"): None}

    await later(studio)

    [thread] = threads(studio, forum)
    _, line = messages(studio, thread)
    assert "Deleted on Fanvue." not in line.text


async def test_a_post_that_was_deleted_meanwhile_says_so_and_is_asked_about_no_more(
    studio: PostStage,
) -> None:
    forum = await furnish(studio)
    post = await follow(studio)
    await studio.evening.fan.comment(post.uuid, "Lovely")
    await later(studio)
    below.remove(studio.evening.server.world, post)

    await later(studio, 2 * FIVE)
    asked = len(studio.evening.server.ledger.of("request"))
    await later(studio, 2 * FIVE)

    [thread] = threads(studio, forum)
    card, line = messages(studio, thread)
    assert "The post is no longer on Fanvue." in card.text
    assert "Lovely" in line.text
    requests = [one["path"] for one in studio.evening.server.ledger.of("request")[asked:]]
    assert [one for one in requests if one.endswith("/comments")] == []


async def test_where_comments_are_disabled_the_card_still_counts(studio: PostStage) -> None:
    forum = await furnish(studio)
    post = await follow(studio)
    studio.faults.add("error_before", "GET", "/comments", status=403, count=None)
    below.like(studio.evening.server.world, post, studio.evening.fan.uuid)

    await later(studio, 2 * FIVE)

    [thread] = threads(studio, forum)
    [card] = messages(studio, thread)
    assert "1 like · " in card.text


async def test_a_thread_that_somebody_deleted_is_not_made_again(studio: PostStage) -> None:
    forum = await furnish(studio)
    post = await follow(studio)
    [thread] = threads(studio, forum)
    await studio.town.bot.discord.delete_thread(DiscordId(thread.id))
    await studio.evening.fan.comment(post.uuid, "Lovely")

    await later(studio, 3 * FIVE)

    assert threads(studio, forum) == []
    assert await studio.waits() == []


async def test_a_reply_is_shown_first_and_published_once(studio: PostStage) -> None:
    forum = await furnish(studio)
    post = await follow(studio)
    await studio.evening.fan.comment(post.uuid, "Lovely")
    await later(studio)
    [thread] = threads(studio, forum)
    olivia, line = studio.town.olivia, messages(studio, thread)[1]
    opened = await olivia.click(line, "Reply")
    await opened.opened()

    answer = await olivia.submit(opened, {"text": "Thank you"})
    await answer.done()
    shown = answer.text
    before = len(studio.evening.server.ledger.of("comment"))
    studio.faults.add("lose_answer", "POST", "/comments$")
    await studio.press(answer, "Publish it")
    await studio.driver.pass_time(10 * MINUTE)
    await later(studio)

    assert before == 1
    assert "commented" in shown.split("**Below the post:**")[0]
    assert "> Lovely" in shown.split("**Below the post:**")[0]
    assert [one["text"] for one in studio.evening.server.ledger.of("comment")] == ["Lovely", "Thank you"]
    assert "**The creator commented" in messages(studio, thread)[2].text
    assert labels(messages(studio, thread)[2]) == ["Comment again"]  # nobody replies to the creator


async def test_money_is_behind_the_button_and_as_exact_as_the_role(studio: PostStage) -> None:
    forum = await furnish(studio)
    post = await follow(studio)
    await studio.evening.fan.tip_post(post.uuid, 700)
    await later(studio, 2 * FIVE)
    [thread] = threads(studio, forum)
    [card] = messages(studio, thread)

    answer = await studio.town.olivia.click(card, "Tips and revenue")
    await answer.done()

    assert "$" not in card.text
    assert "**Tips:** 1 tip, $7.00" in answer.text
    assert answer.ephemeral


@pytest.mark.parametrize(
    ("mode", "adults", "covered", "told"),
    [
        (PrivacyMode.FULL, True, False, True),
        (PrivacyMode.COVERED, True, True, True),
        (PrivacyMode.PRIVATE, True, False, False),
        (PrivacyMode.FULL, False, False, False),
    ],
)
async def test_a_text_stands_there_only_as_the_creator_lets_texts_stand(
    studio: PostStage, mode: PrivacyMode, *, adults: bool, covered: bool, told: bool
) -> None:
    forum = await furnish(studio, mode, adults=adults)
    post = await follow(studio, "Secret post")
    await studio.evening.fan.comment(post.uuid, "Secret words")

    await later(studio)

    [thread] = threads(studio, forum)
    card, line = messages(studio, thread)
    assert ("Secret" in card.text, "Secret" in line.text) == (told, told)
    assert ("Secret" in thread.name) == (mode is PrivacyMode.FULL and adults)
    assert any(one.get("spoiler") for one in line.components) == covered
