"""What a fan had before is asked about before it is offered again."""

import pytest

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.model import StandInChannel
from bot.sandbox.fanvue.people import StandInFan
from bot.sandbox.fanvue.records import MediaId
from tests.earlier_windows import with_ids
from tests.house_fixtures import own_house
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, labels, plain

pytestmark = pytest.mark.asyncio(loop_scope="module")

CHOICES = ["Send", "Edit", "Discard"]


house = own_house()


async def offer(
    house: LiveBridge, thread: StandInChannel, *media: int, price: str = "12", text: str = "for you"
) -> InteractionAnswer:
    """Mara offers items of the vault, by their places in it."""
    items = ",".join(house.stage.media[place] for place in media)
    return await house.reply(thread, text=text, media=items, price=price)


async def sold(house: LiveBridge, thread: StandInChannel, fan: StandInFan, media: int = 0) -> None:
    """Mara has offered an item, and the fan has it in front of them."""
    before = len(fan.inbox())
    await offer(house, thread, media)
    await house.until(lambda: len(fan.inbox()) > before)
    await house.until(lambda: len(house.with_words(fan, "✓ Sent")) > before)


async def press(house: LiveBridge, answer: InteractionAnswer, label: str) -> str:
    """Mara presses a button under a private question; what stands in its place."""
    assert answer.ephemeral
    assert answer.message is not None
    asked = answer.text
    await house.stage.members["mara"].click(answer.message, label)
    await house.until(lambda: answer.text != asked)
    return answer.text


def card(house: LiveBridge, thread: StandInChannel) -> str:
    """What everybody reads at the top of a fan's thread."""
    return plain(house.messages(thread)[0])


async def items(house: LiveBridge, thread: StandInChannel) -> str:
    """What Mara is told of the items that went to the fan."""
    answer = await house.stage.members["mara"].slash(house.stage.guild, thread, "fan items")
    await answer.done(PATIENCE)
    assert answer.ephemeral
    return answer.text


def swept_at(house: LiveBridge) -> int:
    """When the last sweep that came to its end began."""
    return max(row["swept_at"] or 0 for row in house.rows("SELECT swept_at FROM watermarks"))


async def test_what_was_sent_and_not_bought_is_asked_about_and_sent_once_on_yes(house: LiveBridge) -> None:
    fan = house.fan("Ada")
    thread = await house.greeted(fan)
    first = await offer(house, thread, 0)
    await house.shows(fan, "✓ Sent")

    asked = await offer(house, thread, 0, 1, text="once more")
    assert asked.message is not None
    assert labels(asked.message) == CHOICES
    assert len(fan.inbox()) == 1
    mara = house.stage.members["mara"]
    pressed = [await mara.click(asked.message, "Send"), await mara.click(asked.message, "Send")]
    await pressed[1].done(PATIENCE)
    await house.until(lambda: len(house.with_words(fan, "✓ Sent")) == 2)

    assert "On its way to Ada" in first.text
    assert "On its way to Ada" in asked.text
    assert [message.text for message in fan.inbox()] == ["for you", "once more"]
    assert house.posts_to(fan) == 2


async def test_the_question_says_which_item_and_when(house: LiveBridge) -> None:
    fan = house.fan("Bea")
    thread = await house.greeted(fan)
    await sold(house, thread, fan)

    asked = await offer(house, thread, 1, 0)

    assert "This fan already got this.**" in asked.text
    assert "Item 2 of 2: sent" in asked.text
    assert "not bought" in asked.text


async def test_what_was_bought_is_said_and_a_yes_from_before_does_not_cover_it(house: LiveBridge) -> None:
    fan = house.fan("Cleo")
    thread = await house.greeted(fan)
    await sold(house, thread, fan)
    asked = await offer(house, thread, 0, text="again")
    assert "not bought" in asked.text

    await fan.buy(fan.inbox()[0].uuid)
    await house.shows(fan, "💰 Paid")
    now = await press(house, asked, "Send")

    assert "The item: bought" in now
    assert asked.message is not None
    assert labels(asked.message) == CHOICES
    assert len(fan.inbox()) == 1


async def test_discard_sends_nothing_and_what_was_never_sent_is_not_remembered(house: LiveBridge) -> None:
    fan = house.fan("Dora")
    thread = await house.greeted(fan)
    await sold(house, thread, fan)
    asked = await offer(house, thread, 0, 2)

    said = await press(house, asked, "Discard")
    fresh = await offer(house, thread, 2, text="something new")

    assert "Not sent" in said
    assert "On its way to Dora" in fresh.text


async def test_without_a_price_nothing_is_asked_but_it_is_remembered(house: LiveBridge) -> None:
    fan = house.fan("Elsa")
    thread = await house.greeted(fan)
    given = await house.reply(thread, text="a present", media=house.stage.media[0])
    await house.shows(fan, "✓ Sent")

    asked = await offer(house, thread, 0)

    assert "On its way to Elsa" in given.text
    assert "without a price" in asked.text


async def test_another_fan_is_another_matter(house: LiveBridge) -> None:
    one, other = house.fan("Faye"), house.fan("Gina")
    thread, elsewhere = await house.greeted(one), await house.greeted(other)
    await sold(house, thread, one)

    assert "On its way to Gina" in (await offer(house, elsewhere, 0)).text


async def test_a_template_is_asked_about_too(house: LiveBridge) -> None:
    owner, place = house.stage.owner, house.stage.guild.channel_ids[0]
    written = await owner.slash(house.stage.guild, place, "template add")
    await written.opened(PATIENCE)
    kept = {"name": "Beach", "text": "the beach", "price": "15", "media": house.stage.media[0]}
    await (await owner.submit(with_ids(written), kept)).done(PATIENCE)
    fan = house.fan("Hera")
    thread = await house.greeted(fan)
    await sold(house, thread, fan)

    asked = await house.reply(thread, template="Beach")

    assert "not bought" in asked.text
    assert len(fan.inbox()) == 1


async def test_card_and_list_say_how_much_was_sent_and_bought_and_no_amount(house: LiveBridge) -> None:
    fan = house.fan("Iris")
    thread = await house.greeted(fan)
    nothing = await items(house, thread)
    await sold(house, thread, fan, media=0)
    await sold(house, thread, fan, media=1)
    await house.until(lambda: "0 of 2 priced messages unlocked" in card(house, thread))

    await fan.buy(fan.inbox()[0].uuid)
    await house.until(lambda: "1 of 2 priced messages unlocked" in card(house, thread))

    told = await items(house, thread)
    assert "They got nothing from the vault, as far as we know" in nothing
    assert "2 items sent, 1 bought" in told
    assert "- Picture · Set 1: bought <t:" in told
    assert "- Picture · Set 2: sent <t:" in told
    assert not [item for item in house.stage.media if item[:8] in told]
    assert "$" not in told
    assert "$" not in card(house, thread)


async def test_what_was_offered_on_fanvue_itself_is_known_once_the_chat_was_read(house: LiveBridge) -> None:
    fan = house.fan("Jana")
    thread = await house.greeted(fan)
    house.stage.fanvue.world.write_as_creator(fan, "from my phone", [MediaId(house.stage.media[0])], 900)
    await house.shows(fan, "from my phone")
    await fan.read()
    await house.until(lambda: "0 of 1 priced message unlocked" in card(house, thread))

    asked = await offer(house, thread, 0)

    assert "The item: sent" in asked.text
    assert len(fan.inbox()) == 1


async def test_a_send_that_fanvue_refused_is_not_one(house: LiveBridge) -> None:
    fan = house.fan("Kira")
    thread = await house.greeted(fan)
    fan.block()
    await offer(house, thread, 0)
    await house.shows(fan, "Not sent")
    fan.unblock()

    assert "On its way to Kira" in (await offer(house, thread, 0)).text


async def test_a_mass_message_is_one_that_they_may_have_received(house: LiveBridge) -> None:
    owner, lobby = house.stage.owner, house.stage.lobby
    fan = house.fan("Lara", subscribed=False)
    thread = await house.greeted(fan)
    values = {"to": "subscribers", "text": "for all of you", "price": "9", "media": house.stage.media[2]}
    preview = await (await owner.slash(house.stage.guild, lobby, "mass new", **values)).done(PATIENCE)
    assert preview.message is not None
    send = next(label for label in labels(preview.message) if label.startswith("Send to"))
    await owner.click(preview.message, send)
    await house.until(lambda: "Mass message sent" in preview.text)

    asked = await offer(house, thread, 2)
    told = await items(house, thread)
    again = await (await owner.slash(house.stage.guild, lobby, "mass new", **values)).done(PATIENCE)

    assert "before" not in preview.text
    assert "This fan may already have this.**" in asked.text
    assert "they may have received it in the mass message of" in asked.text
    assert "0 items sent" not in told
    assert "May have received:" in told
    assert "1 item with a price" in told
    assert "Many fans already got this.**" in again.text
    assert "sent" not in card(house, thread).split("Items")[-1]
    assert fan.inbox() == []


async def test_a_change_of_a_planned_mass_message_is_not_warned_of_its_own_items(house: LiveBridge) -> None:
    owner, guild, lobby = house.stage.owner, house.stage.guild, house.stage.lobby
    items, when = house.stage.media[4:6], "in 3 hours"
    values = {"to": "subscribers", "text": "planned for all", "price": "9", "media": items[0], "when": when}
    preview = await (await owner.slash(guild, lobby, "mass new", **values)).done(PATIENCE)
    assert preview.message is not None
    plan = next(label for label in labels(preview.message) if label.startswith("Schedule for"))
    await owner.click(preview.message, plan)
    await house.until(lambda: "Mass message scheduled" in preview.text)
    (offered,) = await owner.autocomplete(guild, lobby, "mass change", "campaign", "planned for")

    async def changed(**what: str) -> str:
        asked = await owner.slash(guild, lobby, "mass change", campaign=offered["value"], **what)
        return (await asked.done(PATIENCE)).text

    other = await changed(price="12")
    added = await changed(media=" ".join(items))

    assert "**Price** $9.00 → **$12.00**" in other
    assert "Many fans already got this" not in other
    assert "**Media** 1 item → **2 items**" in added
    assert "Many fans already got this" not in added


async def planned(house: LiveBridge, **values: str) -> InteractionAnswer:
    """Luna plans a mass message for all who subscribe."""
    values = {"to": "subscribers", "price": "9", "when": "in 3 hours", **values}
    preview = await house.stage.owner.slash(house.stage.guild, house.stage.lobby, "mass new", **values)
    await preview.done(PATIENCE)
    assert preview.message is not None
    plan = next(label for label in labels(preview.message) if label.startswith("Schedule for"))
    await house.stage.owner.click(preview.message, plan)
    await house.until(lambda: "Mass message scheduled" in preview.text)
    return preview


async def done_with(house: LiveBridge, what: str, text: str, label: str, **values: str) -> None:
    """Luna changes or cancels the mass message with these words."""
    owner, guild, lobby = house.stage.owner, house.stage.guild, house.stage.lobby
    one = next(mass for mass in house.stage.fanvue.ledger.of("mass") if mass["text"] == text)
    asked = await owner.slash(guild, lobby, f"mass {what}", campaign=one["uuid"], **values)
    await asked.done(PATIENCE)
    assert asked.message is not None
    await owner.click(asked.message, label)
    await house.until(lambda: "carried out" in asked.text)


async def test_what_was_cancelled_or_replaced_before_it_went_out_went_to_nobody(house: LiveBridge) -> None:
    world, vault = house.stage.fanvue.world, house.stage.media
    vault += [str(world.add_media(house.stage.creator, name=f"Later {n}").uuid) for n in range(3)]
    gone, replaced, instead = vault[-3:]
    fan = house.fan("Olga")
    thread = await house.greeted(fan)
    await planned(house, text="cancelled soon", media=gone)
    await planned(house, text="replaced soon", media=replaced)
    before = await items(house, thread)

    await done_with(house, "cancel", "cancelled soon", "Cancel it")
    await done_with(house, "change", "replaced soon", "Change it", media=instead)
    after = await items(house, thread)
    offered = [(await offer(house, thread, place, text=f"item {place}")).text for place in (-3, -2, -1)]

    assert before.count("(planned)") == after.count("(planned)") + 1
    assert [text.startswith("On its way to Olga") for text in offered] == [True, True, False]
    assert "in the mass message planned for" in offered[2]


async def test_a_mass_message_that_a_chat_ends_with_is_one_line_and_surely_there(house: LiveBridge) -> None:
    owner, lobby = house.stage.owner, house.stage.lobby
    fan, quiet = house.fan("Mona"), house.fan("Nele")
    thread = await house.greeted(fan)
    values = {"to": "subscribers", "text": "a beach for all", "price": "9", "media": house.stage.media[3]}
    preview = await (await owner.slash(house.stage.guild, lobby, "mass new", **values)).done(PATIENCE)
    assert preview.message is not None
    send = next(label for label in labels(preview.message) if label.startswith("Send to"))
    await owner.click(preview.message, send)
    await house.until(lambda: "Mass message sent" in preview.text)

    await house.restart()  # which sweeps
    await house.shows(fan, "A mass message reached this chat")
    before = swept_at(house)
    await house.restart()
    await house.stored(lambda: swept_at(house) > before)
    asked = await offer(house, thread, 3)

    assert len(house.with_words(fan, "a beach for all")) == 1
    assert "The item: sent" in asked.text
    assert house.threads(quiet) == []
