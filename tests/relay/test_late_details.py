"""Media and names that no event tells are read and shown all the same."""

import asyncio
from dataclasses import replace

import pytest

from bot.model.errors import DeliveryRefused, TargetGone, TryLater
from bot.model.events import TIP, FanWrote, Followed, Person
from bot.model.read_purposes import ReadPurpose
from storage.records import DiscordId, EffectId, FanId, MediaId
from tests.relay.fault_switchboard import HeldCall, LostAnswer
from tests.relay.relay_scenario import ALERTS, CREATOR, EMMA, GUILD, RelayScenario, told

PICTURE = MediaId("11111111-2222-4333-8444-555555555555")
LOCKED = "📎 1 media item"
NAMELESS = Person(FanId("5555-fan"))


def with_picture(world: RelayScenario, text: str) -> FanWrote:
    """A fan writes and adds a picture; the event tells of the text only."""
    there = world.fanvue.write(CREATOR, EMMA.id, text, media=[PICTURE])
    return FanWrote(CREATOR, EMMA, there.message, there.sent_at, text)


async def looked(world: RelayScenario) -> None:
    """Texts were looked at together."""
    await world.pass_time(world.waits.gather)


async def test_a_text_is_shown_at_once_and_its_media_are_added_to_its_line(world: RelayScenario) -> None:
    await world.greeted()
    await world.happen(with_picture(world, "look"))
    at_once = (await world.whole_lines())[1:]

    await looked(world)

    assert len(at_once) == 1
    assert LOCKED not in at_once[0]
    assert (await world.whole_lines())[1:] == [f"{at_once[0]} · {LOCKED}"]
    assert (await world.lines())[1:] == ["look"]


async def test_the_texts_of_a_burst_are_looked_at_with_one_read_and_each_has_its_own_media(
    world: RelayScenario,
) -> None:
    await world.happen(with_picture(world, "look"))
    await world.happen(world.wrote("do you like it?"))
    await world.happen(with_picture(world, "and this?"))
    await world.happen(world.wrote(None, complete=False))

    await looked(world)

    by, *others = [by for by, _, reads in world.fanvue.read if reads is ReadPurpose.MEDIA]
    assert (by, others) == ("lately", [])
    told = [LOCKED in line for line in await world.whole_lines()]
    assert told == [True, False, True, False]


async def test_a_text_that_comes_while_its_chat_is_read_is_looked_at_as_well(world: RelayScenario) -> None:
    held = HeldCall(done=True)
    world.fanvue.faults.add("lately", held)
    await world.happen(with_picture(world, "look"))
    passing = asyncio.create_task(looked(world))
    await held.reached.wait()
    await world.keep(with_picture(world, "and this?"))
    held.go.set()
    await passing

    await looked(world)

    assert [LOCKED in line for line in await world.whole_lines()] == [True, True]


async def test_a_line_that_tells_of_its_media_already_is_not_edited(world: RelayScenario) -> None:
    await world.happen(world.wrote("hello"))
    there = with_picture(world, "look")
    await world.happen(replace(there, text=None, complete=False))

    await looked(world)

    assert [LOCKED in line for line in await world.whole_lines()] == [False, True]
    assert world.discord.faults.calls["edit"] == 0


async def test_no_media_are_added_to_the_placeholder_of_a_text_that_follows(world: RelayScenario) -> None:
    # Found by the simulation: the placeholder became the line, and the line came as well.
    await world.greeted()
    there = with_picture(world, "look")
    world.fanvue.faults.down = TryLater("Fanvue cannot be reached.")
    await world.keep(replace(there, text=None, complete=False))
    await world.pass_time(2 * world.waits.fetch)
    world.fanvue.faults.down = None
    await world.happen(world.wrote("and?"))

    await world.pass_time(world.waits.backoff_max)

    said = await world.lines()
    assert [line for line in said if line == "look"] == ["look"]
    assert [line for line in said if "its text follows" in line] == said[1:2]


async def test_media_of_a_long_text_are_added_to_its_last_part(world: RelayScenario) -> None:
    await world.happen(with_picture(world, "word " * 999))
    await looked(world)

    first, last = await world.whole_lines()
    assert LOCKED not in first
    assert last.endswith(LOCKED)


async def test_a_line_that_is_edited_can_still_be_answered_and_found(world: RelayScenario) -> None:
    await world.happen(with_picture(world, "look"))
    await looked(world)

    [post] = world.discord.lines(await world.thread())
    kept = await world.effect(EffectId(post.buttons[0].ref))
    assert kept.kind == "post"


async def test_a_message_without_media_keeps_its_line(world: RelayScenario) -> None:
    await world.greeted()
    await looked(world)

    assert ("media.look", "done") in world.watched
    assert world.discord.faults.calls["edit"] == 0


@pytest.mark.parametrize("failed", [TargetGone("Fanvue no longer has this message."), DeliveryRefused("No.")])
async def test_a_message_that_cannot_be_looked_at_keeps_its_line(
    world: RelayScenario, failed: TargetGone | DeliveryRefused
) -> None:
    world.fanvue.faults.add("lately", failed)

    await world.happen(with_picture(world, "look"))
    await looked(world)

    assert await world.lines() == ["look"]
    assert ("media.look", "moot") in world.watched


async def test_a_tip_without_a_text_is_shown_at_once(world: RelayScenario) -> None:
    await world.happen(replace(world.wrote(""), text=None, kind=TIP))

    [line] = await world.whole_lines()
    assert line.startswith("🎁 A tip\n<t:")
    assert line.endswith(":t>")
    await looked(world)
    assert world.fanvue.read == []


async def test_a_tip_is_not_looked_at(world: RelayScenario) -> None:
    await world.happen(replace(with_picture(world, "thanks"), kind=TIP, price=500))

    [line] = await world.whole_lines()
    assert line.startswith("🎁 A tip of $5.00\nthanks\n<t:")
    await looked(world)
    assert world.fanvue.read == []


async def test_a_line_that_was_deleted_is_not_edited(world: RelayScenario) -> None:
    thread = await world.greeted()
    await world.happen(with_picture(world, "look"))
    world.discord.channels[thread].posts.clear()

    await looked(world)

    assert ("line.edit", "moot") in world.watched


async def test_media_of_a_line_that_was_refused_are_added_nowhere(world: RelayScenario) -> None:
    await world.greeted()
    world.discord.faults.add("post", DeliveryRefused("AutoMod of this server blocked this message."))

    await world.happen(with_picture(world, "blocked"))
    await looked(world)

    assert ("line.edit", "moot") in world.watched
    assert await world.lines() == ["hello"]


async def test_an_edit_whose_answer_was_lost_is_repeated(world: RelayScenario) -> None:
    world.discord.faults.add("edit", LostAnswer())

    await world.happen(with_picture(world, "look"))
    await world.pass_time(2 * world.waits.gather)

    [line] = await world.whole_lines()
    assert line.startswith("look\n")
    assert line.endswith(LOCKED)


# ── names ──


async def test_a_fan_whom_the_event_does_not_name_is_named_by_fanvue(world: RelayScenario) -> None:
    world.fanvue.names[CREATOR, NAMELESS.id] = Person(NAMELESS.id, "shy-crane", "Zoe")

    await world.greeted(NAMELESS)

    channel = world.discord.channels[await world.thread(NAMELESS)]
    assert channel.name == "Zoe @shy-crane"


async def test_a_fan_whom_nobody_names_has_a_thread_all_the_same(world: RelayScenario) -> None:
    world.fanvue.faults.add("person", TryLater("Fanvue cannot be reached."))

    await world.greeted(NAMELESS)

    assert world.discord.channels[await world.thread(NAMELESS)].name == "fan · 5555"


async def test_a_fan_who_is_known_is_not_asked_for(world: RelayScenario) -> None:
    await world.greeted()

    assert world.fanvue.faults.calls["person"] == 0


# ── from an alert to the chat ──


async def test_an_alert_leads_to_the_thread_of_its_fan_on_its_own_server(world: RelayScenario) -> None:
    thread = await world.greeted()
    await world.happen(Followed(CREATOR, EMMA, world.clock.now()), kind="follow")
    [alert] = world.discord.lines(ALERTS)
    ref = EffectId(alert.buttons[0].ref)

    assert told(alert) == "Emma @quiet-otter"
    assert await world.places.chat_of(ref, GUILD) == thread
    assert await world.places.chat_of(ref, DiscordId(1)) is None
    assert await world.places.chat_of(EffectId("unknown"), GUILD) is None


async def test_an_alert_of_a_fan_without_a_thread_leads_nowhere(world: RelayScenario) -> None:
    await world.happen(Followed(CREATOR, EMMA, world.clock.now()), kind="follow")
    [alert] = world.discord.lines(ALERTS)

    assert await world.places.chat_of(EffectId(alert.buttons[0].ref), GUILD) is None
