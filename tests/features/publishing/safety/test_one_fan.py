"""The whole program: a draft of a mass message is tried on one real fan."""

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.sandbox.discord import channels
from bot.sandbox.discord.permissions import SEND_IN_THREADS, VIEW_CHANNEL
from bot.sandbox.fanvue.people import StandInFan
from tests.features.publishing.drafts.phone_stand_in import PhoneStandIn
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, housed, labels

pytestmark = pytest.mark.asyncio(loop_scope="module")
TEST, SEND = "Test to one fan", "Send to this one fan"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[LiveBridge]:
    """A house of its own."""
    async with housed(tmp_path_factory.mktemp("one_fan")) as made:
        yield made
        assert made.stage.discord.contract_errors == []
        assert made.stage.fanvue.contract_errors == []
        assert made.stage.fanvue.ledger.of("mass") == []


@pytest_asyncio.fixture(loop_scope="module")
async def phone(house: LiveBridge) -> AsyncIterator[PhoneStandIn]:
    """The owner's, on which nothing is begun."""
    made = PhoneStandIn(house)
    await made.mass()
    if "Start over" in labels(made.message):
        await made.tap("Start over")
    yield made


async def greeted(house: LiveBridge, name: str) -> StandInFan:
    """A fan who has a thread."""
    fan = house.fan(name)
    await house.greeted(fan)
    return fan


def got(fan: StandInFan) -> list[str | None]:
    """What the fan has received."""
    return [message.text for message in fan.inbox()]


async def owner(house: LiveBridge, command: str, **options: object) -> str:
    """A command of the owner's; what it answers."""
    stage = house.stage
    answer = await stage.owner.slash(stage.guild, stage.lobby, command, **options)
    return (await answer.done(PATIENCE)).text


async def test_one_fan_gets_it_as_a_message_of_their_own_and_the_draft_stays(
    house: LiveBridge, phone: PhoneStandIn
) -> None:
    fan, other = await greeted(house, "Ada"), await greeted(house, "Bo")
    house.stage.fanvue.world.add_list(house.stage.creator, "Both", [fan, other])
    item = house.stage.media[5]
    await phone.fill("Find a list", to="Both")
    await phone.fill("Write", text="New set *tonight*")
    await phone.tap("Media and price")
    number = re.search(r"\*\*(\d+)\*\* \w+ · Set 6\b", phone.text)
    assert number is not None
    await phone.tap(number[1])
    await phone.choose("Price: none", "$5.00")
    before = await phone.tap("Done")

    asked = await phone.fill(TEST, fan=fan.handle)
    waits = got(fan)
    on_its_way = await phone.tap(SEND)
    await house.shows(fan, "✓ Sent")
    after = await phone.tap("Back to the draft")

    assert f"Ada @{fan.handle}" in asked
    assert "is a real fan and really gets this" in asked
    assert "It costs them $5.00: they may buy it, and then it is sold." in asked.replace("**", "")
    assert waits == []
    assert "On its way to Ada" in on_its_way
    (message,) = fan.inbox()
    assert (message.text, message.price, [str(one) for one in message.media]) == (
        "New set *tonight*",
        500,
        [item],
    )
    assert got(other) == []
    assert after == before


async def test_of_two_presses_one_counts(house: LiveBridge, phone: PhoneStandIn) -> None:
    fan = await greeted(house, "Cy")
    await phone.fill("Write", text="once and no more")
    await phone.fill(TEST, fan=f"@{fan.handle}")

    first = await phone.who.click(phone.message, SEND)
    second = await phone.who.click(phone.message, SEND)
    await first.done(PATIENCE)
    await second.done(PATIENCE)
    await house.shows(fan, "✓ Sent")

    assert got(fan) == ["once and no more"]
    assert len(house.sends(fan)) == 1


async def test_of_several_with_the_name_one_is_chosen(house: LiveBridge, phone: PhoneStandIn) -> None:
    first, second = await greeted(house, "Dee"), await greeted(house, "Dee")
    await phone.fill("Write", text="for the second Dee")

    several = await phone.fill(TEST, fan="dee")
    asked = await phone.choose("Choose the fan", f"Dee @{second.handle} · {second.uuid[:4]}")
    await phone.tap(SEND)
    await house.shows(second, "✓ Sent")

    assert "Which one?" in several
    assert f"Dee @{second.handle} · {second.uuid[:4]} is a real fan" in asked
    assert (got(first), got(second)) == ([], ["for the second Dee"])


async def test_a_name_without_a_thread_here_and_a_draft_without_words_say_what_to_do(
    house: LiveBridge, phone: PhoneStandIn
) -> None:
    silent = house.fan("Eve")

    empty = await phone.fill(TEST, fan=silent.handle)
    await phone.fill("Write", text="anybody there?")
    nobody = await phone.fill(TEST, fan=silent.handle)

    assert "There is nothing to send yet." in empty
    assert "No fan with that name has an open thread here." in nobody
    assert "anybody there?" in nobody
    assert got(silent) == []


async def test_what_the_guard_asks_about_is_asked_here_and_sent_once(
    house: LiveBridge, phone: PhoneStandIn
) -> None:
    fan = await greeted(house, "Fay")
    await phone.fill("Write", text="let's meet up")
    await phone.fill(TEST, fan=fan.handle)

    asked = await phone.tap(SEND)
    offered, none = labels(phone.message), got(fan)
    await phone.tap("Send")
    await house.shows(fan, "✓ Sent")

    assert "This reads like arranging to meet in person" in asked
    assert offered == ["Send", "Discard", "Back to the draft"]
    assert none == []
    assert got(fan) == ["let's meet up"]


async def test_what_is_discarded_there_is_not_sent_and_the_draft_is_still_there(
    house: LiveBridge, phone: PhoneStandIn
) -> None:
    fan = await greeted(house, "Gus")
    await phone.fill("Write", text="let's meet up soon")
    await phone.fill(TEST, fan=fan.handle)
    await phone.tap(SEND)

    discarded = await phone.tap("Discard")
    draft = await phone.tap("Back to the draft")

    assert "Discarded. Not sent." in discarded
    assert "let's meet up soon" in draft
    assert got(fan) == []


async def test_what_the_guard_blocks_says_where_to_change_it(house: LiveBridge, phone: PhoneStandIn) -> None:
    fan = await greeted(house, "Hal")
    await owner(house, "settings guard set", pack="contacts", level="block")
    await phone.fill("Write", text="find me on instagram")
    await phone.fill(TEST, fan=fan.handle)

    refused = await phone.tap(SEND)

    assert "Change the draft and test it again" in refused
    assert labels(phone.message) == ["Discard", "Back to the draft"]
    assert got(fan) == []


async def test_a_reply_that_is_held_for_a_moment_is_cancelled_here(
    house: LiveBridge, phone: PhoneStandIn
) -> None:
    fan = await greeted(house, "Ida")
    await owner(house, "inbox hold", seconds=60)
    await phone.fill("Write", text="wait for it")
    await phone.fill(TEST, fan=fan.handle)

    waits = await phone.tap(SEND)
    cancelled = await phone.tap("Cancel")
    await owner(house, "inbox hold", seconds=0)

    assert "is sent in 60 s" in waits
    assert "Cancelled" in cancelled
    assert got(fan) == []
    assert [one["state"] for one in house.sends(fan)] == ["cancelled"]


async def test_while_a_pause_stops_the_creator_nothing_is_sent(
    house: LiveBridge, phone: PhoneStandIn
) -> None:
    fan = await greeted(house, "Joy")
    await phone.fill("Write", text="not during a pause")
    await phone.fill(TEST, fan=fan.handle)
    await owner(house, "pause creator")

    await phone.tap(SEND)
    await owner(house, "pause off")

    assert "paused" in phone.said.lower()
    assert house.sends(fan) == []


async def test_a_draft_that_changed_since_the_question_is_shown_anew(
    house: LiveBridge, phone: PhoneStandIn
) -> None:
    fan = await greeted(house, "Kim")
    await phone.fill("Write", text="the first words")
    await phone.fill(TEST, fan=fan.handle)
    other = PhoneStandIn(house)
    await other.mass()
    await other.tap("Go on")
    await other.fill("Write", text="the other words")

    shown = await phone.tap(SEND)

    assert "You continued this draft elsewhere" in shown
    assert "the other words" in shown
    assert house.sends(fan) == []


async def test_whom_discord_does_not_let_write_in_the_thread_sends_nothing_there(
    house: LiveBridge, phone: PhoneStandIn
) -> None:
    fan = await greeted(house, "Lou")
    stage = house.stage
    world, mara = stage.discord.world, stage.members["mara"]
    asked = await stage.owner.slash(stage.guild, stage.lobby, "team grant", to=mara.user.id, role="manager")
    await asked.done(PATIENCE)
    await stage.owner.click(asked.message, "Yes, do it")
    await asked.until(lambda now: "Yes, do it" not in str(now.message and now.message.components), PATIENCE)
    forum = world.channels[house.threads(fan)[0].parent_id or 0]
    reads = {"type": 1, "allow": str(VIEW_CHANNEL), "deny": str(SEND_IN_THREADS)}
    channels.set_overwrite(world, forum, stage.owner.user.id, mara.user.id, reads)
    hers = PhoneStandIn(house, mara)
    await hers.mass()
    await hers.fill("Write", text="not from who may only read")
    await hers.fill(TEST, fan=fan.handle)

    refused = await (await mara.click(hers.message, SEND)).done(PATIENCE)

    assert "Discord doesn't let you write in this fan's thread" in refused.text
    assert house.sends(fan) == []
    assert got(fan) == []
