"""The owner limits prices; what a chatter offers outside of them does not leave."""

import pytest

from bot.sandbox.discord.answers import InteractionAnswer
from tests.earlier_windows import with_ids
from tests.house_fixtures import own_house
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, labels

pytestmark = pytest.mark.asyncio(loop_scope="module")


house = own_house()


async def command(house: LiveBridge, name: str, **values: object) -> InteractionAnswer:
    """The owner uses a command outside of threads."""
    place = house.stage.guild.channel_ids[0]
    answer = await house.stage.owner.slash(house.stage.guild, place, name, **values)
    return await answer.done(PATIENCE)


async def press(house: LiveBridge, answer: InteractionAnswer, label: str) -> str:
    """The owner answers a question; what stands in its place."""
    assert answer.message is not None
    assert answer.ephemeral
    asked = answer.text
    await house.stage.owner.click(answer.message, label)
    await house.until(lambda: answer.text != asked)
    return answer.text


async def limit(house: LiveBridge, **values: str) -> str:
    """The owner sets limits for chatters, and says yes."""
    asked = await command(house, "money price limits", role="chatter", **values)
    return await press(house, asked, "Yes, set it")


async def test_a_price_outside_of_the_limits_does_not_leave_and_one_inside_does(house: LiveBridge) -> None:
    said = await limit(house, floor="5", ceiling="50", usual_from="12", usual_to="25")
    fan, media = house.fan("Ada"), house.stage.media[0]
    thread = await house.greeted(fan)

    cheap = await house.reply(thread, text="for you", media=media, price="4.99")
    dear = await house.reply(thread, text="for you", media=media, price="50.01")
    assert cheap.message is not None
    assert fan.inbox() == []
    fits = await house.also_reply(thread, by="mara", text="for you", media=media, price="50")
    await house.shows(fan, "✓ Sent")

    assert "chatter: $5.00 to $50.00; usually $12.00 to $25.00" in said
    assert "$4.99 is below your floor for this creator, $5.00" in cheap.text
    assert labels(cheap.message) == ["Edit", "Discard"]
    assert "$50.01 is above the author's ceiling, $50.00." in dear.text
    assert "A lead can approve it" in dear.text
    assert "On its way to Ada" in fits.text
    assert [message.price for message in fan.inbox()] == [5_000]


async def test_the_window_says_what_is_usual_and_takes_no_other_price_by_edit(house: LiveBridge) -> None:
    await limit(house, floor="6", usual_from="12", usual_to="25")
    fan, media, mara = house.fan("Bea"), house.stage.media[0], house.stage.members["mara"]
    thread = await house.greeted(fan)

    line = next(one for one in reversed(house.messages(thread)) if "Reply" in labels(one))
    window = await mara.click(line, "Reply")
    form = await window.opened(PATIENCE)
    sent = await mara.submit(with_ids(window), {"text": "for you", "price": "5.50", "media": media})
    await sent.told(PATIENCE)
    assert sent.message is not None
    again = await mara.click(sent.message, "Edit")
    form_again = await again.opened(PATIENCE)

    for one in (form, form_again):
        assert "Usually $12.00 to $25.00 here. You may ask $6.00 to $50.00." in str(one)
    assert "below your floor" in sent.text
    assert fan.inbox() == []


async def test_the_window_of_a_template_says_it_too(house: LiveBridge) -> None:
    await limit(house, floor="6", usual_from="12", usual_to="26")
    owner, place = house.stage.owner, house.stage.guild.channel_ids[0]
    written = await owner.slash(house.stage.guild, place, "template add")
    await written.opened(PATIENCE)
    await (await owner.submit(written, {"name": "Hello", "text": "hello you"})).done(PATIENCE)
    thread = await house.greeted(house.fan("Dora"))

    window = await house.stage.members["mara"].slash(
        house.stage.guild, thread, "template use", template="Hello"
    )

    assert "Usually $12.00 to $26.00 here." in str(await window.opened(PATIENCE))


async def test_a_reply_that_waits_for_send_is_held_to_what_holds_then(house: LiveBridge) -> None:
    await limit(house, floor="none", ceiling="none", usual_from="none", usual_to="none")
    fan, media, mara = house.fan("Cleo"), house.stage.media[0], house.stage.members["mara"]
    thread = await house.greeted(fan)
    line = next(one for one in reversed(house.messages(thread)) if "Reply" in labels(one))
    window = await mara.click(line, "Reply")
    await window.opened(PATIENCE)
    await house.greeted(fan, "one more thing")
    asked = await mara.submit(with_ids(window), {"text": "for you", "price": "40", "media": media})
    await asked.told(PATIENCE)
    assert asked.message is not None
    assert labels(asked.message) == ["Send", "Edit", "Discard"]

    await limit(house, ceiling="30")
    await mara.click(asked.message, "Send")
    await house.until(lambda: "is above the author's ceiling" in asked.text)

    assert labels(asked.message) == ["Edit", "Take back"]
    assert fan.inbox() == []


async def test_no_leaves_it_and_a_second_yes_does_nothing(house: LiveBridge) -> None:
    before = (await command(house, "money price show")).text

    asked = await command(house, "money price limits", role="chatter", ceiling="none")
    left = await press(house, asked, "No, leave it")
    after = (await command(house, "money price show")).text

    assert "Then:" not in left
    assert left == "No changes made."
    assert after == before


async def test_who_asked_before_somebody_else_changed_it_is_told(house: LiveBridge) -> None:
    first = await command(house, "money price limits", role="trainee", floor="7")
    second = await command(house, "money price limits", role="trainee", floor="8")

    done, late = await press(house, second, "Yes, set it"), await press(house, first, "Yes, set it")

    assert "trainee: $8.00 or more" in done
    assert "Someone else changed these limits, so yours were not saved" in late
    assert "$8.00 or more" in (await command(house, "money price show")).text


async def test_what_cannot_be_a_limit_is_refused_in_words(house: LiveBridge) -> None:
    assert (
        "lowest price is $3.00" in (await command(house, "money price limits", role="viewer", floor="2")).text
    )
    assert (
        "“cheap” is not a price"
        in (await command(house, "money price limits", role="viewer", floor="cheap")).text
    )
    assert "no limits" in (await command(house, "money price limits", role="manager")).text


async def test_a_chatter_sees_limits_and_sets_none(house: LiveBridge) -> None:
    mara, place = house.stage.members["mara"], house.stage.guild.channel_ids[0]

    seen = await (await mara.slash(house.stage.guild, place, "money price show")).done(PATIENCE)
    denied = await (
        await mara.slash(house.stage.guild, place, "money price limits", role="chatter", floor="3")
    ).done(PATIENCE)

    assert "You are a chatter" in seen.text
    assert "You don't have access to this here" in denied.text
