"""Mass messages and posts under a pause: refused, held, sent or discarded."""

import pytest

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.mass_message_scene import button
from bot.sandbox.tally import labels
from tests.features.people.pausing.test_front_door import pause, press
from tests.house_fixtures import own_house
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge

pytestmark = pytest.mark.asyncio(loop_scope="module")
MASS, POSTS = "/chats/mass-messages$", "/posts$"


house = own_house()


async def preview(house: LiveBridge, command: str, **values: str) -> InteractionAnswer:
    """What Luna sees before she confirms."""
    stage = house.stage
    shown = await stage.owner.slash(stage.guild, stage.lobby, command, **values)
    return await shown.done(PATIENCE)


async def confirm(house: LiveBridge, shown: InteractionAnswer, label: str) -> None:
    assert shown.message is not None
    await house.stage.owner.click(shown.message, label)


def sent(house: LiveBridge) -> list[str]:
    return [mass["text"] for mass in house.stage.fanvue.ledger.of("mass")]


async def test_while_paused_nothing_is_proposed_or_confirmed_and_a_preview_waits_for_the_end(
    house: LiveBridge,
) -> None:
    shown = await preview(house, "mass new", to="subscribers", text="seen before the pause")
    await pause(house, "creator")

    refused = await preview(house, "mass new", to="subscribers", text="typed during the pause")
    post = await preview(house, "post new", text="typed too", audience="subscribers")
    await confirm(house, shown, button(shown))
    await shown.until(lambda now: "Paused by its owner" in now.text, PATIENCE)
    nothing = sent(house)
    ended = await pause(house, "off")
    await confirm(house, shown, button(shown))
    await shown.until(lambda now: "Mass message sent to" in now.text, PATIENCE)

    for answer, done in ((refused, "sent"), (post, "published")):
        assert answer.text.startswith("Paused by its owner since")
        assert answer.text.endswith(f"Not {done}.")
    assert nothing == []
    assert "The pause is over" in ended.text
    assert sent(house) == ["seen before the pause"]


@pytest.mark.parametrize(
    ("label", "goes"), [("Send them", True), ("Discard them", False)], ids=["send", "discard"]
)
async def test_what_was_confirmed_and_waits_is_held_until_the_owners_word(
    house: LiveBridge, label: str, *, goes: bool
) -> None:
    words, before = f"held, then: {label}", len(sent(house))
    shown = await preview(house, "mass new", to="subscribers", text=words)
    house.stage.fanvue.faults.add("too_many", "POST", MASS, retry_after=2)
    await confirm(house, shown, button(shown))
    await shown.until(lambda now: "Mass message: waiting" in now.text, PATIENCE)

    paused = await pause(house, "all")
    await shown.until(lambda now: "Mass message: held" in now.text, PATIENCE)
    question = await pause(house, "off")
    held = sent(house)[before:]
    await press(house, question, label, in_place=True)
    end = "Mass message sent to" if goes else "Mass message: not sent"
    await shown.until(lambda now: end in now.text, PATIENCE)

    assert "→ a mass message · waits" in paused.text
    assert held == []
    assert sent(house)[before:] == ([words] if goes else [])


async def carried_out(house: LiveBridge, shown: InteractionAnswer, kind: str, label: str) -> None:
    """Luna confirms a preview, and it takes place."""
    done = "SELECT 1 FROM outbox WHERE kind = 'proposed.' || ? AND state = 'done'"
    before = len(house.rows(done, kind))
    assert shown.message is not None
    await confirm(house, shown, next(one for one in labels(shown.message) if one.startswith(label)))
    await house.stored(lambda: len(house.rows(done, kind)) > before)


async def lies_there(house: LiveBridge) -> int:
    """How many times of what Fanvue will still publish a pause names."""
    paused = await pause(house, "all")
    await pause(house, "off")
    _, found, told = paused.text.partition(
        "Fanvue itself will still publish what was scheduled there before:"
    )
    return told.partition("Take it back")[0].count("<t:") if found else 0


async def test_what_lies_at_fanvue_for_later_is_named_until_it_was_moved_or_cancelled(
    house: LiveBridge,
) -> None:
    before = await lies_there(house)
    shown = await preview(house, "mass new", to="subscribers", text="for tomorrow", when="tomorrow 18:00")
    await carried_out(house, shown, "mass", "Schedule")
    planned = await lies_there(house)

    message = house.stage.fanvue.ledger.of("mass")[-1]["uuid"]
    moved = await preview(house, "mass change", campaign=message, when="tomorrow 19:00")
    await carried_out(house, moved, "mass_change", "Change it")
    later = await lies_there(house)
    ended = await preview(house, "mass cancel", campaign=message)
    await carried_out(house, ended, "mass_end", "Cancel it")

    assert (before, planned, later) == (0, 1, 1)
    assert await lies_there(house) == 0


async def test_a_scheduled_post_is_named_until_it_was_moved_or_deleted(house: LiveBridge) -> None:
    shown = await preview(house, "post new", text="soon", audience="subscribers", when="tomorrow 12:00")
    await carried_out(house, shown, "post", "Schedule")
    planned = await lies_there(house)

    post = house.rows("SELECT external_id AS id FROM outbox WHERE kind = 'proposed.post'")[-1]["id"]
    moved = await preview(house, "post edit", post=post, when="tomorrow 13:00")
    await carried_out(house, moved, "postedit", "Change")
    later = await lies_there(house)
    gone = await preview(house, "post delete", post=post)
    await carried_out(house, gone, "postdelete", "Delete")

    assert (planned, later) == (1, 1)
    assert await lies_there(house) == 0
