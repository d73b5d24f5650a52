"""A quiet post's thread goes to rest before any fan's, and wakes for a comment."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.sandbox.discord.ledger import DiscordLedger
from bot.sandbox.discord.model import StandInChannel
from tests.features.inbox.thread_archiving.archiving_report import most_awake
from tests.features.publishing.post_threads.test_privacy import comments, followed
from tests.proofs.faults.channel_fixtures import the_forum
from tests.proofs.faults.live_bridge import LiveBridge, housed

pytestmark = pytest.mark.asyncio(loop_scope="module")
MOST = 8


@pytest_asyncio.fixture(loop_scope="module")
async def house(tmp_path: Path) -> AsyncIterator[LiveBridge]:
    """A house of its own on a server with little room."""
    async with housed(tmp_path, ACTIVE_THREADS=str(MOST), ECHO_SECONDS="0.1") as made:
        yield made
        assert made.stage.discord.contract_errors == []
        assert made.stage.fanvue.contract_errors == []


def the_posts(house: LiveBridge) -> StandInChannel:
    """The only thread that is no fan's."""
    forum, channels = the_forum(house), house.stage.discord.world.channels.values()
    (found,) = (one for one in channels if one.parent_id == forum.id and one.name.startswith("Post"))
    return found


def rests(thread: StandInChannel) -> bool:
    assert thread.thread is not None
    return thread.thread.archived


def woken(ledger: DiscordLedger, thread: StandInChannel) -> int:
    """How often it was taken from its rest."""
    told = [*ledger.of("thread_woken"), *ledger.of("thread_updated", archived=False)]
    return sum(entry.data["thread_id"] == thread.id for entry in told)


async def test_a_posts_thread_makes_room_before_an_answered_fans_and_wakes_for_a_comment(
    house: LiveBridge,
) -> None:
    early = [house.fan(f"early{number}") for number in range(2)]
    for fan in early:
        await house.answered(fan)
    post = await followed(house)
    thread = the_posts(house)
    for number in range(MOST - 3):
        await house.greeted(house.fan(f"waits{number}"))
    await house.until(lambda: rests(thread))
    before = woken(house.stage.discord.ledger, thread)
    awake = [fan for fan in early if not rests(house.threads(fan)[-1])]
    await house.restart(WINDOW_DIVISOR="100")  # a post is looked at every five minutes: three seconds here

    await comments(house, early[0], post, "Lovely")

    assert awake != []
    assert the_posts(house).id == thread.id
    # It may rest again already: it is the one that makes room.
    assert woken(house.stage.discord.ledger, thread) > before
    assert most_awake(house.stage.discord.ledger) <= MOST
