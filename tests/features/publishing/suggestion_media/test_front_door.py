"""A suggested post that waits gets its media in the gallery."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.sandbox.discord.answers import InteractionAnswer
from tests.features.publishing.picker.gallery_fixtures import (
    UUID,
    asked,
    choose,
    gallery_house,
    item,
    labels,
    look,
    number,
    posts,
    press,
    shown,
    tap,
    write,
)
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[LiveBridge]:
    async with gallery_house(tmp_path_factory.mktemp("suggestion-media"), "boat", "lake") as made:
        yield made


async def suggested(house: LiveBridge, text: str) -> None:
    """Mara, who may draft, has put a post up."""
    mara, stage = house.stage.members["mara"], house.stage
    answer = await (await mara.slash(stage.guild, stage.lobby, "post new", text=text)).done(PATIENCE)
    await press(house, answer, "Ask for approval")
    await answer.until(lambda now: "submitted for approval" in now.text, PATIENCE)


async def mine(house: LiveBridge) -> InteractionAnswer:
    """What Mara suggested."""
    mara, stage = house.stage.members["mara"], house.stage
    return await (await mara.slash(stage.guild, stage.lobby, "post suggested")).done(PATIENCE)


async def test_its_writer_changes_the_media_and_a_manager_publishes_that(house: LiveBridge) -> None:
    before = len(posts(house))
    await suggested(house, "May I?")
    answer = await mine(house)
    await press(house, answer, "Media …")
    await press(house, answer, number(answer, "lake"))
    await choose(house, answer, "pick.suggest.price", "1500")
    first, seen = shown(answer), answer.text + look(answer)
    untouched = shown(await asked(house, "post review"))
    await house.restart()
    await press(house, answer, "Done")
    kept, seen = shown(answer), seen + answer.text
    waiting = await asked(house, "post review")
    await tap(house, waiting, "Publish now")
    await house.until(lambda: len(posts(house)) > before)

    assert "**So far** · 1 item · **$15.00**\n> May I?" in first
    assert "**Media:** none" in untouched
    assert "Your change is saved. Nothing is published before it is confirmed." in kept
    assert "**Media:** 1 photo" in kept
    assert "Text …" not in labels(answer)
    assert UUID.findall(seen) == []
    (made,) = posts(house)[before:]
    assert (made["text"], made["price"], made["media"]) == ("May I?", 1500, [item(house, "lake").uuid])


async def test_a_manager_adds_a_file_from_their_device(house: LiveBridge) -> None:
    before = len(posts(house))
    await suggested(house, "With a file")
    answer = await asked(house, "post review")
    await tap(house, answer, "Media …")
    await write(answer, "Upload …", by=house.stage.owner, files=[("dusk.jpg", b"dusk" * 50)])
    await answer.until(lambda now: "is ready" in now.text, PATIENCE)
    await tap(house, answer, "Go on", "Done", "Publish now")
    await house.until(lambda: len(posts(house)) > before)

    (made,) = posts(house)[before:]
    named = [house.stage.fanvue.world.media[one].name for one in made["media"]]
    assert (made["text"], named) == ("With a file", ["dusk"])


async def test_of_two_who_choose_at_once_the_second_is_told_and_publishes_nothing(house: LiveBridge) -> None:
    before = len(posts(house))
    await suggested(house, "Twice")
    one, other = await asked(house, "post review"), await mine(house)
    await tap(house, one, "Media …")
    await tap(house, one, number(one, "boat"))
    await press(house, other, "Media …")
    await press(house, other, number(other, "lake"))
    await tap(house, one, "Done")
    late = await (await house.stage.members["mara"].click(other.message, "Done")).done(PATIENCE)

    assert "**Media:** 1 photo" in shown(one)
    assert "Someone changed this post while you chose, so your choice was not saved." in late.text
    assert len(posts(house)) == before


async def test_cancel_shows_the_post_as_it_is(house: LiveBridge) -> None:
    await suggested(house, "As it is")
    answer = await mine(house)
    await press(house, answer, "Media …")
    await press(house, answer, number(answer, "boat"))
    await press(house, answer, "Cancel")

    assert "**Media:** none" in shown(answer)
    assert labels(answer)[:3] == ["Edit", "Media …", "Take back"]


async def test_one_that_was_taken_back_meanwhile_is_not_changed(house: LiveBridge) -> None:
    for _ in range(2):  # what earlier tests left
        left = await mine(house)
        if "Take back" in labels(left):
            await press(house, left, "Take back")
    await suggested(house, "Back again")
    manager, writer = await asked(house, "post review"), await mine(house)
    await tap(house, manager, "Media …")
    await press(house, writer, "Take back")
    await tap(house, manager, "1")

    assert "Already taken back" in shown(manager)
