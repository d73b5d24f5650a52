"""The whole program: promised, on the card, reminded of, settled by a button."""

import pytest

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.model import StandInChannel, StandInMessage
from bot.sandbox.fanvue.people import StandInFan
from tests.due_times import newest_promise_falls_due
from tests.house_fixtures import own_house
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, labels, plain

pytestmark = pytest.mark.asyncio(loop_scope="module")


house = own_house(silent=True)


async def command(
    house: LiveBridge, thread: StandInChannel, name: str, *, by: str = "mara", **values: object
) -> InteractionAnswer:
    """A member uses a command in a fan's thread."""
    answer = await house.stage.members[by].slash(house.stage.guild, thread, name, **values)
    await answer.done(PATIENCE)
    assert answer.ephemeral
    return answer


def card(house: LiveBridge, thread: StandInChannel) -> str:
    """What the first message of a thread says."""
    return plain(house.messages(thread)[0])


def reminders(house: LiveBridge, fan: StandInFan) -> list[StandInMessage]:
    """What the alerts channel reminds of, about this fan."""
    return [one for one in house.reports() if "A promise is due" in plain(one) and fan.handle in plain(one)]


def value(window: InteractionAnswer, field: str) -> str:
    """What a field of a window begins with."""
    assert window.modal is not None
    (found,) = [
        part["component"] for part in window.modal["components"] if part["component"]["custom_id"] == field
    ]
    return str(found.get("value") or "")


async def test_a_promise_stands_on_the_card_until_it_is_kept(house: LiveBridge) -> None:
    fan = house.fan("Ada")
    thread = await house.greeted(fan)

    said = await command(house, thread, "fan promise add", what="the beach video", until="tomorrow")
    await house.until(lambda: "Promised: the beach video" in card(house, thread).replace("*", ""))
    listed = await command(house, thread, "fan promise list", by="theo")
    done = await command(house, thread, "fan promise done", by="theo")
    await house.until(lambda: "Promised:" not in card(house, thread))

    assert said.text.startswith("Promised: **the beach video**, due ")
    assert "the beach video" in listed.text
    assert listed.message is not None
    assert "Add a promise" in labels(listed.message)
    assert done.text.startswith("Kept: ")
    (row,) = house.rows("SELECT body_ct, state FROM promises WHERE fan_uuid = ?", fan.uuid)
    assert row["state"] == "kept"
    assert b"beach" not in row["body_ct"]


async def test_a_reply_is_marked_and_its_reminder_is_one_ping_that_goes_when_it_is_moved(
    house: LiveBridge,
) -> None:
    fan = house.fan("Bea")
    thread = await house.greeted(fan)
    await house.reply(thread, text="I owe you the video")
    await house.shows(fan, "✓ Sent")
    (line,) = [one for one in house.messages(thread) if "I owe you the video" in plain(one)]
    mara = house.stage.members["mara"]

    window = await mara.menu(line, "Mark as a promise")
    await window.opened(PATIENCE)
    begins = value(window, "text")
    said = await (await mara.submit(window, {"until": "in 2 hours"})).done(PATIENCE)
    newest_promise_falls_due(house.database)
    await house.until(lambda: len(reminders(house, fan)) == 1)
    (reminder,) = reminders(house, fan)
    what = await (await mara.click(reminder, "What was it?")).done(PATIENCE)
    moved = await (await mara.click(reminder, "Tomorrow")).done(PATIENCE)
    await house.until(lambda: reminders(house, fan) == [])

    assert begins == "I owe you the video"
    assert said.text.startswith("Promised: **I owe you the video**, due ")
    assert labels(reminder) == ["Done", "Tomorrow", "Drop", "What was it?", "Open the chat"]
    assert f"/{thread.id}/{line.id}" in what.text
    assert moved.text.startswith("Changed: ")
    pings = house.stage.discord.ledger.of("ping")
    assert [mara.user.id in ping.data["people"] for ping in pings] == [True]


async def test_a_reminder_is_dropped_with_a_reason_and_a_late_press_says_who_did(house: LiveBridge) -> None:
    fan = house.fan("Cleo")
    thread = await house.greeted(fan)
    await command(house, thread, "fan promise add", what="a voice note", until="in 2 hours")
    newest_promise_falls_due(house.database)
    await house.until(lambda: len(reminders(house, fan)) == 1)
    (reminder,) = reminders(house, fan)
    theo, mara = house.stage.members["theo"], house.stage.members["mara"]

    windows = [await member.click(reminder, "Drop") for member in (theo, mara)]
    for window in windows:
        await window.opened(PATIENCE)
    said = await (await theo.submit(windows[0], {"text": "she got two yesterday"})).done(PATIENCE)
    late = await (await mara.submit(windows[1], {"text": "no time"})).done(PATIENCE)
    await house.until(lambda: reminders(house, fan) == [])
    listed = await command(house, thread, "fan promise list")

    assert said.text.startswith("Dropped: **a voice note**.")
    assert late.text.startswith(f"No changes made: <@{theo.user.id}> already marked this as dropped")
    assert "she got two yesterday" in listed.text


async def test_what_the_fan_wrote_is_no_promise_of_ours(house: LiveBridge) -> None:
    fan = house.fan("Dora")
    thread = await house.greeted(fan, "you owe me")
    (line,) = [one for one in house.messages(thread) if "you owe me" in plain(one)]

    answer = await (await house.stage.members["mara"].menu(line, "Mark as a promise")).done(PATIENCE)

    assert answer.ephemeral
    assert answer.text.startswith(
        "Use this on a message your team sent, or write the promise down with /fan promise add"
    )


async def test_what_a_removed_member_promised_is_the_teams(house: LiveBridge) -> None:
    fan = house.fan("Ella")
    thread = await house.greeted(fan)
    theo = house.stage.members["theo"]
    await command(house, thread, "fan promise add", by="theo", what="a song", until="in 3 days")
    await house.until(lambda: f"<@{theo.user.id}>" in card(house, thread))

    asked = await house.stage.owner.slash(
        house.stage.guild, house.stage.lobby, "team remove", member=theo.user.id
    )
    await asked.done(PATIENCE)
    await house.stage.owner.click(asked.message, "Remove them")
    await house.until(lambda: "1 promise to fans, now owed by the whole team" in asked.text)
    await house.until(lambda: "· the team" in card(house, thread))

    (row,) = house.rows("SELECT owed_by, state FROM promises WHERE fan_uuid = ?", fan.uuid)
    assert (row["owed_by"], row["state"]) == (None, "open")
