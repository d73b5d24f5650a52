"""Leads look back through Discord; nobody else does, and no page outlives a right."""

import pytest

from bot.discord.asking import NOT_HERE
from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.people import DiscordPerson
from tests.house_fixtures import own_house
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, labels

pytestmark = pytest.mark.asyncio(loop_scope="module")


# Mara chats, Theo is a manager, and the owner leads as well.
house = own_house(lambda made: grant(made, "manager"), silent=True)


def who(house: LiveBridge, by: str) -> DiscordPerson:
    """The owner, or a member."""
    return house.stage.owner if by == "owner" else house.stage.members[by]


async def command(house: LiveBridge, name: str, by: str, **values: object) -> InteractionAnswer:
    """Somebody uses a command outside of threads."""
    place = house.stage.guild.channel_ids[0]
    return await (await who(house, by).slash(house.stage.guild, place, name, **values)).done(PATIENCE)


async def press(house: LiveBridge, answer: InteractionAnswer, label: str, by: str) -> str:
    """Somebody presses a button under a private answer; what stands in its place."""
    assert answer.message is not None
    asked = answer.text
    await who(house, by).click(answer.message, label)
    await house.until(lambda: answer.text != asked)
    return answer.text


async def grant(house: LiveBridge, role: str) -> None:
    """The owner says what Theo is."""
    asked = await command(house, "team grant", "owner", to=house.stage.members["theo"].user.id, role=role)
    assert asked.message is not None
    await press(house, asked, labels(asked.message)[0], "owner")


async def test_a_lead_reads_what_was_sent_and_a_chatter_does_not(house: LiveBridge) -> None:
    fan = house.fan("Ada")
    thread = await house.greeted(fan)
    await house.also_reply(thread, by="mara", text="only for you", media=house.stage.media[0], price="12")
    await house.shows(fan, "✓ Sent")

    exact = await command(house, "team sent", "owner", order="price")
    banded = await command(house, "team sent", "theo", price="yes", as_file=True)
    denied = await command(house, "team sent", "mara")

    mara = house.stage.members["mara"].user.id
    assert exact.ephemeral
    assert f"<@{mara}> → **Ada @{fan.handle}" in exact.text
    assert "· after " in exact.text
    assert "$12.00, not bought" in exact.text
    assert "||only for you|| · 1 from the vault" in exact.text
    assert f"/{thread.id}/" in exact.text
    assert "$10 to $25" in banded.text
    assert "12.00" not in banded.text
    assert "in all" not in banded.text
    assert banded.message is not None
    (file,) = banded.message.attachments
    assert ",$10 to $25,," in file.content.decode()
    assert denied.text == NOT_HERE


async def test_a_page_outlives_a_restart_and_no_right(house: LiveBridge) -> None:
    fan = house.fan("Bea")
    thread = await house.greeted(fan)
    for number in range(9):
        await house.also_reply(thread, by="mara", text=f"number {number}")
    await house.until(lambda: len(house.with_words(fan, "✓ Sent")) == 9)
    listed = await command(house, "team sent", "theo", member=house.stage.members["mara"].user.id)
    await house.restart()

    turned = await press(house, listed, "More", "theo")
    await grant(house, "chatter")
    assert listed.message is not None
    refused = await (await who(house, "theo").click(listed.message, "Back")).done(PATIENCE)
    await grant(house, "manager")

    assert "page 2 of" in turned
    assert refused.text == NOT_HERE


async def test_a_lead_reads_what_was_stopped_without_the_word(house: LiveBridge) -> None:
    fan = house.fan("Cleo")
    thread = await house.greeted(fan)
    await house.reply(thread, text="you can p4yp4l me, love")

    shown = await command(house, "team blocked", "theo", what="guard.payment", as_file=True)
    denied = await command(house, "team blocked", "mara")

    assert shown.ephemeral
    assert f"→ **Cleo @{fan.handle}" in shown.text
    assert "**Payment outside Fanvue** · kept for a lead" in shown.text
    assert f"/{thread.id}" in shown.text
    assert "p4yp4l" not in shown.text
    assert shown.message is not None
    (file,) = shown.message.attachments
    assert "p4yp4l" not in file.content.decode()
    assert denied.text == NOT_HERE
