"""The whole program: a card says who only follows, and to whom nobody can write."""

import pytest

from bot.sandbox.discord.model import StandInChannel
from bot.sandbox.fanvue.people import StandInFan
from tests.house_fixtures import own_house
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, labels, plain

pytestmark = pytest.mark.asyncio(loop_scope="module")

FOLLOWS = "Follower, not subscribed"
CANNOT = "Fanvue doesn't let you write to this fan right now.**"


# Other tests count what Fanvue is asked.
house = own_house(silent=True)


def card(house: LiveBridge, thread: StandInChannel) -> str:
    return plain(house.messages(thread)[0])


def asked(house: LiveBridge, fan: StandInFan) -> int:
    """How often it was decided to ask Fanvue what this fan is; a lost answer is asked for once more."""
    return len(house.rows("SELECT 1 FROM outbox WHERE fan_uuid = ? AND kind = 'fan.look'", fan.uuid))


async def looked(house: LiveBridge, fan: StandInFan, times: int = 1) -> None:
    done = "SELECT 1 FROM outbox WHERE fan_uuid = ? AND kind = 'fan.look' AND settled_at IS NOT NULL"
    await house.stored(lambda: len(house.rows(done, fan.uuid)) >= times)


async def test_whoever_followed_before_the_bridge_was_there_is_asked_about_once(house: LiveBridge) -> None:
    fan = house.fan("Ada", subscribed=False)
    house.stage.fanvue.faults.webhooks.off = True
    await fan.follow()
    house.stage.fanvue.faults.webhooks.off = False

    thread = await house.greeted(fan)
    await house.until(lambda: FOLLOWS in card(house, thread))
    for text in ("hi again", "are you there?"):  # no reply: to a follower it is refused, which asks anew
        await fan.write(text)
        await house.shows(fan, text)

    assert asked(house, fan) == 1


async def test_whoever_begins_to_follow_or_to_subscribe_is_called_that_from_then_on(
    house: LiveBridge,
) -> None:
    fan = house.fan("Bea", subscribed=False)
    thread = await house.greeted(fan)
    await looked(house, fan)

    await fan.follow()
    await house.until(lambda: FOLLOWS in card(house, thread))
    await fan.subscribe()
    await house.until(lambda: "Subscriber since" in card(house, thread))

    assert FOLLOWS not in card(house, thread)
    assert asked(house, fan) == 1


async def test_a_refused_reply_says_on_the_card_that_nobody_can_write_until_they_are_back(
    house: LiveBridge,
) -> None:
    fan = house.fan("Cleo")
    thread = await house.greeted(fan)
    await looked(house, fan)
    fan.block()
    await house.reply(thread, text="are you there?")
    await house.until(lambda: CANNOT in card(house, thread))

    fan.unblock()
    await fan.write("I am back")
    await house.until(lambda: CANNOT not in card(house, thread))

    assert "Subscriber" in card(house, thread)


async def test_what_more_is_told_stands_on_the_card_too(house: LiveBridge) -> None:
    fan = house.fan("Dora")
    thread = await house.greeted(fan)
    await looked(house, fan)
    fan.block()
    await house.until(lambda: "More" in labels(house.messages(thread)[0]))

    answer = await house.stage.owner.click(house.messages(thread)[0], "More")
    await answer.done(PATIENCE)

    await house.until(lambda: CANNOT in card(house, thread))


async def test_where_fanvue_does_not_say_nobody_is_troubled_and_it_is_not_asked_again(
    house: LiveBridge,
) -> None:
    fan = house.fan("Elsa")
    house.stage.fanvue.faults.add("error_before", "GET", f"/insights/fans/{fan.uuid}", status=404, count=None)
    thread = await house.greeted(fan)
    await looked(house, fan)
    before = asked(house, fan)

    await house.reply(thread, text="hi Elsa")
    await house.shows(fan, "✓ Sent")

    assert asked(house, fan) == before
    assert [
        row["state"]
        for row in house.rows("SELECT state FROM outbox WHERE kind = 'fan.look' AND fan_uuid = ?", fan.uuid)
    ] == ["cancelled"]


async def test_whom_a_sign_in_could_not_see_is_asked_about_with_the_next_one(house: LiveBridge) -> None:
    fan = house.fan("Fay", subscribed=False)
    house.stage.fanvue.faults.add("error_before", "GET", f"/insights/fans/{fan.uuid}", status=401, count=None)
    thread = await house.greeted(fan)
    await looked(house, fan)
    assert FOLLOWS not in card(house, thread)

    house.stage.fanvue.faults.clear()
    await house.play.link()
    await fan.write("still here")
    await house.until(lambda: FOLLOWS in card(house, thread))

    assert asked(house, fan) == 2
