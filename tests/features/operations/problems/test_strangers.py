"""Own posts that no row explains tell of another bridge on the token (E6)."""

import pytest

from bot.model.errors import TryLater
from bot.model.ports import Post
from storage.records import DiscordId, Millis
from tests.features.operations.problems.problems_scenario import WAITS, ProblemsScenario
from tests.relay.fault_switchboard import LostAnswer
from tests.relay.relay_scenario import ALERTS

GRACE: Millis = WAITS.nonce + WAITS.settle[-1] + WAITS.backoff_max


async def wait(office: ProblemsScenario, by: Millis = GRACE) -> str | None:
    office.clock.at += by
    await office.desk.noticing.act()
    return await office.desk.strangers.probe()


async def everything(office: ProblemsScenario) -> None:
    """Discord tells of every message that is there."""
    for place, channel in office.discord.channels.items():
        for message in channel.posts:
            office.desk.noticing.posted(place, message)


async def test_what_this_bridge_posted_is_explained(office: ProblemsScenario) -> None:
    thread = await office.greeted()
    await office.reply("hi")
    await office.turn()

    await everything(office)

    assert len(office.discord.channels[thread].posts) == 3
    assert await wait(office) is None


async def test_a_post_in_a_fans_thread_that_no_row_explains_is_told_for_a_while(
    office: ProblemsScenario,
) -> None:
    thread = await office.greeted()
    made = await office.discord.post(thread, Post(body=("from elsewhere",)), nonce="another")

    office.desk.noticing.posted(thread, made)
    too_early = await wait(office, GRACE - 1)
    told = await wait(office, 1)
    later = await wait(office, 900_001)

    assert too_early is None
    assert told is not None
    assert f"<#{thread}>" in told
    assert "DISCORD_TOKEN" in told
    assert later is None


async def test_a_post_elsewhere_on_the_server_is_nobodys_business(office: ProblemsScenario) -> None:
    await office.greeted()

    office.desk.noticing.posted(ALERTS, DiscordId(1))

    assert await wait(office) is None


async def test_nothing_is_said_while_an_attempt_in_that_thread_is_in_doubt(office: ProblemsScenario) -> None:
    thread = await office.greeted()
    office.discord.faults.add("post", LostAnswer())
    for _ in range(3):
        office.discord.faults.add("post", TryLater("Not now.", after=3600))
    await office.happen(office.wrote("are you there?"))
    await office.pass_time(10_000)

    await everything(office)
    in_doubt = await wait(office)
    await office.pass_time(3_700_000)
    settled = await wait(office)

    assert len(office.discord.channels[thread].posts) == 3
    assert (in_doubt, settled) == (None, None)


@pytest.mark.parametrize("number", [1000, 1500])
async def test_what_waits_to_be_looked_up_is_bounded(office: ProblemsScenario, number: int) -> None:
    thread = await office.greeted()

    for message in range(number):
        office.desk.noticing.posted(thread, DiscordId(message))

    assert len(office.desk.strangers._heard) == 1000
    assert await wait(office) is not None
