"""The whole program: what a conversation of ten messages costs at Discord."""

from collections import Counter

import pytest

from bot.sandbox.discord.model import StandInChannel
from tests.features.inbox.fan_card.test_front_door import card, patches, shown, standing, tags
from tests.house_fixtures import own_house
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge

pytestmark = pytest.mark.asyncio(loop_scope="module")

# However slow the machine is, no wait ends meanwhile: it is divided by twenty.
_LONG = "40000"


# What can wait does.
house = own_house(
    BURST_SECONDS="0",
    CARD_CALM_SECONDS=_LONG,
    BOARD_CALM_SECONDS=_LONG,
    REPLY_LINE_SECONDS=_LONG,
    CLAIM_SECONDS=_LONG,
)


def calls(house: LiveBridge, thread: StandInChannel, since: int) -> Counter[str]:
    """What the bridge asked of Discord since then, but alerts and looks at the team, which come any time."""
    found: Counter[str] = Counter()
    for entry in house.stage.discord.ledger.of("request", since):
        method, route, path = (entry.data[one] for one in ("method", "route", "path"))
        if route == "/guilds/{guild_id}":
            continue
        if route == "/channels/{channel_id}/messages/{message_id}" and method == "PATCH":
            found["card" if path.endswith(f"/{thread.id}/messages/{thread.id}") else "edit"] += 1
        elif method != "POST" or f"/channels/{thread.id}/" in path or not path.endswith("/messages"):
            found[f"{method} {route}"] += 1
    return found


async def test_ten_messages_are_ten_posts_and_nothing_is_edited_before_the_conversation_rests(
    house: LiveBridge,
) -> None:
    fan = house.fan("Ada", subscribed=False)
    thread = await house.greeted(fan)
    await fan.subscribe()  # told at once: a sweep would tell it in the middle of the conversation
    await shown(house, fan, lambda: tags(house, thread) == ["waiting", "new"])
    await house.until(lambda: bool(house.waiting()))
    mara, since = house.stage.members["mara"], len(house.stage.discord.ledger)

    for number in range(5):
        answer = await mara.slash(house.stage.guild, thread, "reply", text=f"answer {number}")
        await answer.until(lambda one: one.state == "deleted", PATIENCE)
        await fan.write(f"line {number}")
        await house.shows(fan, f"line {number}")

    cost = calls(house, thread, since)
    assert cost.pop("POST /channels/{channel_id}/messages") == 10
    assert cost.pop("POST /interactions/{interaction_id}/{token}/callback") == 5
    assert cost.pop("DELETE /webhooks/{webhook_id}/{token}/messages/{message_id}") == 5
    assert cost == Counter()
    assert len(house.with_words(fan, "✓ Sent")) == 5


async def test_a_restart_in_the_middle_loses_nothing_and_one_edit_of_each_makes_it_true(
    house: LiveBridge,
) -> None:
    fan = house.fan("Bea", subscribed=False)
    thread = await house.greeted(fan)
    await fan.subscribe()
    await shown(house, fan, lambda: tags(house, thread) == ["waiting", "new"])
    await house.stage.members["mara"].slash(house.stage.guild, thread, "reply", text="hello Bea")
    await house.shows(fan, "✓ Sent")
    before, since = (card(house, thread), standing(house, thread)), len(house.stage.discord.ledger)

    await house.restart()
    done = await house.stage.members["mara"].slash(house.stage.guild, thread, "fan release")
    await done.says("Released: anyone on the team can answer", PATIENCE)
    await house.until(lambda: standing(house, thread) == ["answered"])
    await house.until(lambda: "by the team" in card(house, thread))

    assert "by the team" not in before[0]
    assert before[1] == ["waiting"]
    assert len(patches(house, thread, since)) == 2  # the card and the tags, each of which says something new
