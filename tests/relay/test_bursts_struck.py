"""A text that was deleted on Fanvue, in a post that it shares with others."""

from collections.abc import AsyncIterator

import pytest

from bot.model.errors import TryLater
from storage.people import privacy_modes
from storage.people.privacy_modes import PrivacyMode
from tests.relay.bursts_fixtures import delete, joining, posts, say, texts
from tests.relay.relay_scenario import CREATOR, RelayScenario, told


@pytest.fixture
async def world(world: RelayScenario) -> AsyncIterator[RelayScenario]:
    """One whose fans' messages of seven seconds are one post; Emma has a thread."""
    async with joining(world):
        yield world


async def test_a_deleted_text_alone_is_struck_and_what_follows_is_a_new_post(world: RelayScenario) -> None:
    first = await say(world, "one")
    await say(world, "two")
    await delete(world, first)
    await say(world, "three")

    struck, after = await texts(world)
    assert struck.splitlines()[0] == "~~one~~"
    assert struck.splitlines()[1].startswith("-# 🗑 Deleted <t:")
    assert struck.splitlines()[2:] == ["two"]
    assert after == "three"


async def test_of_a_shared_post_in_private_mode_a_deleted_text_is_shown_to_nobody(
    world: RelayScenario,
) -> None:
    await world.database.write(
        lambda tx: privacy_modes.choose(tx, CREATOR, PrivacyMode.PRIVATE, since=world.clock.now())
    )
    await say(world, "one")
    second = await say(world, "two")
    await delete(world, second)

    [post] = await posts(world)
    assert [button.label for button in post.buttons if button.action == "private.show"] == ["Show 1"]
    assert "two" not in told(post)
    assert "🗑 Deleted <t:" in told(post)


async def test_a_text_that_was_deleted_before_it_was_shown_joins_nothing(world: RelayScenario) -> None:
    await say(world, "one")
    world.discord.faults.add("edit", TryLater("Discord is busy."))
    second = await say(world, "two")
    await delete(world, second)
    await world.turn()

    assert "two" not in "\n".join(await texts(world))
    assert (await texts(world))[0] == "one"
