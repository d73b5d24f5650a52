"""A chatter chooses pings: one message that notifies, gone with the answer."""

import pytest

from bot.sandbox.discord.model import StandInMessage
from tests.house_fixtures import own_house
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, plain

pytestmark = pytest.mark.asyncio(loop_scope="module")


live = own_house(silent=True)


async def choose(live: LiveBridge, by: str, **typed: str) -> str:
    """A member uses /inbox pings."""
    stage = live.stage
    answer = await stage.members[by].slash(stage.guild, stage.lobby, "inbox pings", **typed)
    await answer.done(PATIENCE)
    assert answer.ephemeral
    return answer.text


def shown(live: LiveBridge) -> list[str]:
    """The pings that the alerts channel shows."""
    return [words for words in map(plain, live.reports()) if "💬 New" in words]


async def test_a_chatters_phone_rings_once_and_the_ping_goes_with_the_answer(live: LiveBridge) -> None:
    said = await choose(live, "mara", mode="messages")
    fan = live.fan("Ada")
    thread = await live.greeted(fan)
    await live.until(lambda: len(shown(live)) == 1)
    (words,) = shown(live)
    notified = live.stage.discord.ledger.of("ping")
    await live.also_reply(thread, by="mara", text="hello Ada")
    await live.until(lambda: shown(live) == [])

    assert "every message" in said
    mara = live.stage.members["mara"].user.id
    assert [entry.data["people"] for entry in notified] == [[mara]]
    assert fan.handle not in words


async def test_a_button_of_the_offer_chooses_for_whoever_presses_it(live: LiveBridge) -> None:
    stage = live.stage
    owner, theo = stage.owner, stage.members["theo"]
    preview = await owner.slash(stage.guild, stage.lobby, "team grant", role="chatter", to=theo.user.id)
    await preview.done(PATIENCE)
    await (await owner.click(preview.message, "Yes, do it")).done(PATIENCE)
    offers: list[StandInMessage] = []

    def offered() -> bool:
        offers[:] = [one for one in live.reports() if "Should your phone ring" in plain(one)]
        return bool(offers)

    await live.until(offered)
    pressed = await theo.click(offers[0], "Only fans I answered last")
    await pressed.done(PATIENCE)

    assert pressed.ephemeral
    assert "a fan you answered last" in pressed.text
    rows = live.rows("SELECT mode FROM pings WHERE member_id = ?", theo.user.id)
    assert [row["mode"] for row in rows] == ["mine"]
