"""A post in doubt stays in doubt while Fanvue lists what cannot be read."""

import pytest

from tests.features.publishing.posts.posts_scenario import MINUTE, PostStage
from tests.features.publishing.posts.test_lost_posts import NOW, PATIENCE


@pytest.mark.parametrize("unread", ["uuid", "text", "createdAt", "audience"])
async def test_while_what_fanvue_lists_cannot_be_read_it_is_in_doubt_and_never_absent(
    studio: PostStage, unread: str
) -> None:
    server = studio.evening.server
    answer = await studio.ask(text="hello")
    studio.faults.add("lose_answer", "POST", "/posts$")
    server.switches.renamed = {("/posts", unread): None, ("/posts", "publishedAt"): None}

    await studio.press(answer, NOW)
    await studio.driver.pass_time(PATIENCE)
    await studio.driver.pass_time(10 * MINUTE)
    doubted = await studio.effects()
    [asks] = await studio.waits()
    server.switches.renamed = {}
    await studio.driver.pass_time(10 * MINUTE)

    [post] = studio.published()
    assert doubted == [("unknown", None)]
    assert "Fanvue lists something that we can't read, and it may be this one" in asks
    assert await studio.effects() == [("done", post["uuid"])]


async def test_what_is_surely_older_and_cannot_be_read_hides_nothing(studio: PostStage) -> None:
    server = studio.evening.server
    server.world.post_as_creator(studio.evening.account, "hello")
    studio.clock.at += 60 * MINUTE
    answer = await studio.ask(text="hello")
    studio.faults.add("error_before", "POST", "/posts$", status=502)
    server.switches.renamed = {("/posts", "uuid"): None}

    await studio.press(answer, NOW)
    await studio.driver.pass_time(PATIENCE)

    assert await studio.effects() == [("absent", None)]
