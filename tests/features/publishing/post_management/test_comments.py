"""/post comments and comment: read, answered once, looked up in doubt."""

from typing import Any

import pytest

from bot.engine.retry import RetryWaits
from tests.features.publishing.post_management.test_changing import out
from tests.features.publishing.posts.posts_scenario import MINUTE, PostStage, labels, message_of, states

YES = "Publish it"
PATIENCE = RetryWaits().proposed + MINUTE


def said(studio: PostStage) -> list[str]:
    """What the bridge has commented."""
    return [entry["text"] for entry in studio.evening.server.ledger.of("comment") if entry["client_id"]]


async def test_comments_are_read_in_their_order_with_who_wrote_them(studio: PostStage) -> None:
    post, fan = out(studio), studio.evening.fan
    await fan.comment(post.uuid, "So *lovely*")
    studio.clock.at += MINUTE
    await studio.press(await studio.command("post comment", post=post.uuid, text="Thank you"), YES)

    answer = await studio.command("post comments", post=post.uuid)

    lines = answer.text.splitlines()
    assert lines[0] == "### Comments below a post of @luna"
    assert [line for line in lines if line.startswith(">")] == [r"> So \*lovely\*", "> Thank you"]
    assert lines[1].startswith(f"**{fan.display_name}**, ")
    assert lines[3].startswith("**the creator**, ")


async def test_it_is_seen_first_and_published_once(studio: PostStage) -> None:
    post = out(studio)
    answer = await studio.command("post comment", post=post.uuid, text="Thank you all")
    shown, before = answer.text, said(studio)

    await studio.press(answer, YES)

    assert before == []
    assert ("> Good morning" in shown, "> Thank you all" in shown) == (True, True)
    assert said(studio) == ["Thank you all"]
    assert answer.text.startswith("### Comment posted")
    [note] = studio.noted()
    assert note.text == f"Comment posted, confirmed by <@{studio.town.olivia.user.id}>."


@pytest.mark.parametrize("how", ["lose_answer", "error_after", "broken_json"])
async def test_one_whose_answer_was_lost_is_found_by_author_text_and_time(
    studio: PostStage, how: str
) -> None:
    post = out(studio)
    await studio.press(await studio.command("post comment", post=post.uuid, text="Thank you"), YES)
    studio.clock.at += MINUTE
    answer = await studio.command("post comment", post=post.uuid, text="Thank you")
    studio.faults.add(how, "POST", "/comments$")

    await studio.press(answer, YES)
    await studio.evening.fan.comment(post.uuid, "Thank you")
    await studio.driver.pass_time(PATIENCE)

    assert said(studio) == ["Thank you", "Thank you"]
    assert answer.text.startswith("### Comment posted")
    assert await studio.waits() == []


@pytest.mark.parametrize("unread", ["uuid", "text", "createdAt", "user"])
async def test_while_what_fanvue_lists_cannot_be_read_it_is_in_doubt_and_never_absent(
    studio: PostStage, unread: str
) -> None:
    server = studio.evening.server
    post = out(studio)
    answer = await studio.command("post comment", post=post.uuid, text="Thank you")
    studio.faults.add("lose_answer", "POST", "/comments$")
    server.switches.renamed = {("/comments", unread): None}

    await studio.press(answer, YES)
    await studio.driver.pass_time(PATIENCE)
    await studio.driver.pass_time(10 * MINUTE)
    doubted = await states(studio.database)
    server.switches.renamed = {}
    await studio.driver.pass_time(10 * MINUTE)

    assert doubted == ["unknown"]
    assert await states(studio.database) == ["done"]
    assert said(studio) == ["Thank you"]


async def test_one_that_did_not_arrive_is_asked_about_and_never_made_again(studio: PostStage) -> None:
    post = out(studio)
    answer = await studio.command("post comment", post=post.uuid, text="Thank you")
    studio.faults.add("error_before", "POST", "/comments$", status=502)

    await studio.press(answer, YES)
    await studio.evening.fan.comment(post.uuid, "Thank you")
    await studio.driver.pass_time(PATIENCE)
    await studio.driver.pass_time(24 * 60 * MINUTE)

    assert said(studio) == []
    assert len(studio.evening.server.ledger.of("fault")) == 1
    [asks] = await studio.waits()
    assert "A comment, confirmed" in asks


@pytest.mark.parametrize(
    ("text", "post", "told"),
    [
        ("   ", {}, "A comment needs a text"),
        ("Soon!", {"published_at": None}, "You can only comment on a published post."),
    ],
)
async def test_what_cannot_be_is_told_before_there_is_a_button(
    studio: PostStage, text: str, post: dict[str, Any], told: str
) -> None:
    there = out(studio, **post)

    answer = await studio.command("post comment", post=there.uuid, text=text)

    assert told in answer.text
    assert labels(message_of(answer)) == []
