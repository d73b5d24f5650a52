"""A burst is one post; however the bridge dies, each text is there once."""

import pytest

from bot.engine.failpoints import ARM, KILLED
from bot.sandbox.discord.model import StandInMessage
from bot.sandbox.fanvue import chat_actions
from bot.sandbox.fanvue.people import StandInFan
from tests.house_fixtures import own_house
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge

pytestmark = pytest.mark.asyncio(loop_scope="module")

BURST = "30"  # the most there is: a busy machine is slow
LINES = "SELECT * FROM outbox WHERE fan_uuid = ? AND kind IN ('post', 'post.join') ORDER BY seq"
OPEN = "SELECT 1 FROM outbox WHERE fan_uuid = ? AND state IN ('pending', 'sending', 'unknown')"


house = own_house(silent=True, restarted={"BURST_SECONDS": BURST})


async def said(house: LiveBridge, fan: StandInFan, *texts: str) -> None:
    """The fan writes these, each when the one before is shown and nothing is left to do."""
    for text in texts:
        await fan.write(text)
        await house.shows(fan, text)
        await settled(house, fan)


async def settled(house: LiveBridge, fan: StandInFan) -> None:
    await house.stored(lambda: not house.rows(OPEN, fan.uuid))


def posts(house: LiveBridge, fan: StandInFan) -> list[StandInMessage]:
    """What stands in the fan's thread, without its card."""
    (thread,) = house.threads(fan)
    return house.messages(thread)[1:]


def shown(house: LiveBridge, fan: StandInFan) -> list[list[str]]:
    """The texts of each post, without small print."""
    return [[text for text in post.displays() if not text.startswith("-# ")] for post in posts(house, fan)]


async def dies_at(house: LiveBridge, point: str, fan: StandInFan, text: str) -> None:
    """The bridge begins again, and dies there when this fan writes."""
    await house.restart(**{ARM: point})
    await fan.write(text)
    process = house.stage.bridge._process
    assert process is not None
    assert (point, await process.wait()) == (point, KILLED)
    house.stage.bridge._settings.pop(ARM)


async def test_a_burst_is_one_post_that_is_answered_whole_and_what_follows_the_answer_is_another(
    house: LiveBridge,
) -> None:
    fan, mara = house.fan("Ines"), house.stage.members["mara"]
    await said(house, fan, "hey", "you there?", "about friday")
    [burst] = posts(house, fan)
    rows = house.rows(LINES, fan.uuid)

    window = await mara.menu(burst, "Reply to this")
    await window.opened(PATIENCE)
    answer = await (await mara.submit(window, {"text": "I am!"})).done(PATIENCE)
    await house.shows(fan, "✓ Sent")
    await said(house, fan, "great")

    assert burst.displays()[:3] == ["hey", "you there?", "about friday"]
    assert [(row["kind"], row["state"]) for row in rows] == [
        ("post", "done"),
        ("post.join", "done"),
        ("post.join", "done"),
    ]
    assert {row["external_id"] for row in rows} == {f"{burst.channel_id}:{burst.id}"}
    assert "On its way" in answer.text  # it asked about nothing: the newest of the post was meant
    assert [message.text for message in fan.inbox()] == ["I am!"]
    assert shown(house, fan)[-1] == ["great"]


async def test_a_message_that_is_deleted_on_fanvue_is_struck_in_the_post_and_ends_it(
    house: LiveBridge,
) -> None:
    fan = house.fan("Jana")
    await said(house, fan, "one", "two")

    chat_actions.unsend(fan._state, fan.bond, fan.chat()[-1])
    await house.shows(fan, "~~two~~")
    await said(house, fan, "three")

    first, last = shown(house, fan)
    assert (first, last) == (["one", "~~two~~"], ["three"])


async def test_an_edit_whose_answer_gets_lost_shows_the_text_once(house: LiveBridge) -> None:
    fan = house.fan("Kira")
    await said(house, fan, "one")
    (post,) = posts(house, fan)
    house.stage.discord.faults.lose_answer("PATCH", rf"/messages/{post.id}$")

    await said(house, fan, "two", "three")

    assert shown(house, fan) == [["one", "two"], ["three"]]


@pytest.mark.parametrize("point", ["deed.post.join/do/before", "deed.post.join/do/after"])
async def test_a_bridge_that_dies_around_the_edit_makes_it_when_it_is_back(
    house: LiveBridge, point: str
) -> None:
    fan = house.fan("Lena")
    await said(house, fan, "one")
    await house.restart()

    await dies_at(house, point, fan, "two")
    await house.restart()
    await house.shows(fan, "two")
    await settled(house, fan)

    assert sorted(text for texts in shown(house, fan) for text in texts) == ["one", "two"]


async def test_a_bridge_that_dies_with_a_first_post_shows_it_and_the_next_message_once_each(
    house: LiveBridge,
) -> None:
    fan = house.fan("Mona")
    await said(house, fan, "hello")
    await house.reply(house.threads(fan)[-1], text="yes?")
    await house.shows(fan, "✓ Sent")
    await settled(house, fan)
    await dies_at(house, "deed.post/do/after", fan, "first")
    await house.restart()
    await fan.write("second")
    await house.shows(fan, "second")
    await settled(house, fan)

    assert [texts for texts in shown(house, fan) if "→" not in texts[0]] == [["hello"], ["first"], ["second"]]
