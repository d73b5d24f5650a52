"""What was taken back is not had: struck in the thread, and counted nowhere."""

import pytest

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.model import StandInChannel
from bot.sandbox.fanvue.people import StandInFan
from tests.features.inbox.profiles.profiles_scenario import more
from tests.features.inbox.purchases.test_front_door import card, items, offer, sold
from tests.house_fixtures import own_house
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, labels

pytestmark = pytest.mark.asyncio(loop_scope="module")

house = own_house()

NOTHING = "They got nothing from the vault, as far as we know"
ARRIVED = "A mass message reached this chat"


async def to_all(house: LiveBridge, text: str, *media: int, price: str = "9") -> InteractionAnswer:
    """Luna sends a mass message to all who subscribe; what she is told of it."""
    owner, guild, lobby = house.stage.owner, house.stage.guild, house.stage.lobby
    named = {"media": " ".join(house.stage.media[one] for one in media), "price": price} if media else {}
    preview = await (await owner.slash(guild, lobby, "mass new", to="subscribers", text=text, **named)).done(
        PATIENCE
    )
    assert preview.message is not None
    send = next(label for label in labels(preview.message) if label.startswith("Send to"))
    await owner.click(preview.message, send)
    await house.until(lambda: "Mass message sent" in preview.text)
    return preview


async def arrived(house: LiveBridge, fan: StandInFan, text: str) -> None:
    """A sweep has seen that the fan's chat ends with these words."""
    await house.restart()
    await house.shows(fan, text)


async def recalled(house: LiveBridge, text: str) -> None:
    """Luna takes the mass message with these words back."""
    owner, guild, lobby = house.stage.owner, house.stage.guild, house.stage.lobby
    one = next(mass for mass in house.stage.fanvue.ledger.of("mass") if mass["text"] == text)
    asked = await (await owner.slash(guild, lobby, "mass recall", campaign=one["uuid"])).done(PATIENCE)
    assert asked.message is not None
    await owner.click(asked.message, "Take it back")
    await house.until(lambda: "carried out" in asked.text)


async def unsent(house: LiveBridge, thread: StandInChannel) -> None:
    """Mara takes back the newest line that can be taken back."""
    line = next(one for one in reversed(house.messages(thread)) if "Unsend" in labels(one))
    question = await (await house.stage.members["mara"].click(line, "Unsend")).done(PATIENCE)
    assert question.message is not None
    await house.stage.members["mara"].click(question.message, "Unsend")


async def test_a_recalled_mass_message_is_struck_and_had_by_nobody_who_did_not_buy_it(
    house: LiveBridge,
) -> None:
    fan, buyer = house.fan("Ada"), house.fan("Bea")
    thread, other = await house.greeted(fan), await house.greeted(buyer)
    await to_all(house, "a slip for all", 0)
    await arrived(house, fan, "a slip for all")
    await house.shows(buyer, "a slip for all")
    await house.until(lambda: "0 of 1 priced message unlocked" in card(house, thread))
    await buyer.buy(buyer.inbox()[-1].uuid)
    await house.until(lambda: "1 of 1 priced message unlocked" in card(house, other))

    await recalled(house, "a slip for all")
    await house.shows(fan, "Taken back")
    await house.until(lambda: "unlocked" not in card(house, thread))
    told, kept = await items(house, thread), await items(house, other)
    again, known = await offer(house, thread, 0), await offer(house, other, 0)

    (line,) = house.with_words(fan, "a slip for all")
    assert "~~a slip for all~~" in line
    assert f"by <@{house.stage.owner.user.id}>" in line
    assert "Taken back" not in house.with_words(buyer, "a slip for all")[0]
    assert NOTHING in told
    assert "mass message" not in told
    assert "1 item sent, 1 bought" in kept
    assert "On its way to Ada" in again.text
    assert "The item: bought" in known.text


async def test_a_recalled_mass_message_without_items_is_struck_too(house: LiveBridge) -> None:
    fan = house.fan("Cleo")
    await house.greeted(fan)
    await to_all(house, "only words")
    await arrived(house, fan, "only words")

    await recalled(house, "only words")

    await house.shows(fan, "~~only words~~")
    assert f"by <@{house.stage.owner.user.id}>" in house.with_words(fan, "only words")[0]


async def test_a_reply_that_was_unsent_is_struck_and_not_had(house: LiveBridge) -> None:
    fan = house.fan("Dora")
    thread = await house.greeted(fan)
    await sold(house, thread, fan)
    await house.until(lambda: "0 of 1 priced message unlocked" in card(house, thread))

    await unsent(house, thread)
    await house.shows(fan, "Taken back")
    await house.until(lambda: "unlocked" not in card(house, thread))
    told, again = await items(house, thread), await offer(house, thread, 0)

    (line,) = house.with_words(fan, "for you")[:1]
    assert "~~for you~~" in line
    assert f"by <@{house.stage.members['mara'].user.id}>" in line
    assert "0 bought" not in told
    assert NOTHING in told
    assert "On its way to Dora" in again.text


async def test_a_mass_message_that_was_bought_is_bought_on_the_card_and_behind_it(house: LiveBridge) -> None:
    fan = house.fan("Elsa")
    thread = await house.greeted(fan)
    await to_all(house, "the other beach", 1)
    await arrived(house, fan, "the other beach")
    await fan.buy(fan.inbox()[-1].uuid)

    await house.until(lambda: "1 of 1 priced message unlocked" in card(house, thread))
    shown, told = (await more(house, thread)).text, await items(house, thread)

    assert "1 message sent for $9.00, 1 message bought for $9.00" in shown
    assert "1 item sent, 1 bought" in told


async def test_a_bought_copy_that_no_thread_showed_counts_as_sent_and_bought(house: LiveBridge) -> None:
    fan = house.fan("Faye")
    await to_all(house, "before we spoke", 2)
    await fan.buy(fan.inbox()[-1].uuid)
    thread = await house.greeted(fan)

    await house.until(lambda: "1 of 1 priced message unlocked" in card(house, thread))


async def test_a_reply_that_was_deleted_on_fanvue_itself_is_not_had_either(house: LiveBridge) -> None:
    fan = house.fan("Gina")
    thread = await house.greeted(fan)
    await sold(house, thread, fan)
    await house.until(lambda: "0 of 1 priced message unlocked" in card(house, thread))

    await fan.take_back(fan.inbox()[0].uuid)
    await house.shows(fan, "on the creator's side")
    await house.until(lambda: "unlocked" not in card(house, thread))

    assert NOTHING in await items(house, thread)
    assert "On its way to Gina" in (await offer(house, thread, 0)).text
