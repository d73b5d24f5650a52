"""A trainee and a lead through Discord; the fan gets what was approved."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.relay.scheduled_replies import KIND
from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.model import StandInChannel, walk
from bot.sandbox.discord.people import DiscordPerson
from bot.sandbox.fanvue.people import StandInFan
from tests.due_times import its_time_comes
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, housed, labels, plain

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory, virtual_time: None) -> AsyncIterator[LiveBridge]:
    """Mara is a trainee here; the owner leads."""
    async with housed(tmp_path_factory.mktemp("approving")) as made:
        owner, place = made.stage.owner, made.stage.guild.channel_ids[0]
        mara = made.stage.members["mara"].user.id
        asked = await owner.slash(made.stage.guild, place, "team grant", to=mara, role="trainee")
        await asked.done(PATIENCE)
        await press(made, asked, button_of(asked))
        yield made
        assert made.stage.discord.contract_errors == []
        assert made.stage.fanvue.contract_errors == []
        assert made.stage.discord.ledger.of("mentions_allowed") == []


def button_of(answer: InteractionAnswer) -> str:
    """The first button under an answer."""
    assert answer.message is not None
    return labels(answer.message)[0]


async def press(house: LiveBridge, answer: InteractionAnswer, label: str, *, by: str = "owner") -> str:
    """Somebody presses a button under a private answer; what stands in its place."""
    assert answer.message is not None
    assert answer.ephemeral
    asked = answer.text
    await who(house, by).click(answer.message, label)
    await house.until(lambda: answer.text != asked)
    return answer.text


def who(house: LiveBridge, by: str) -> DiscordPerson:
    """The owner, or a member."""
    return house.stage.owner if by == "owner" else house.stage.members[by]


async def reviews(house: LiveBridge) -> InteractionAnswer:
    """The owner uses /inbox review."""
    place = house.stage.guild.channel_ids[0]
    return await (await house.stage.owner.slash(house.stage.guild, place, "inbox review")).done(PATIENCE)


async def drafted(house: LiveBridge, fan: StandInFan, text: str) -> tuple[StandInChannel, InteractionAnswer]:
    """A fan has written, and Mara's answer waits."""
    thread = await house.greeted(fan)
    answer = await house.reply(thread, text=text)
    assert "Waiting for a lead" in answer.text
    return thread, answer


async def test_a_trainees_reply_waits_until_the_owner_approves_it(house: LiveBridge) -> None:
    fan = house.fan("Ada")
    thread, answer = await drafted(house, fan, "hello from Mara")
    assert answer.message is not None
    offered = labels(answer.message)
    line = await house.shows(fan, "s reply is waiting for a lead")
    board = await house.stored(
        lambda: next((plain(m) for m in house.waiting() if "/inbox review" in plain(m)), "")
    )
    assert fan.inbox() == []
    assert line.id == thread.id

    listed = await reviews(house)
    seen = listed.text
    done = await press(house, listed, "Approve")
    await house.shows(fan, "✓ Sent")
    await house.shows(fan, "approved <@")

    assert offered == ["Edit", "Take back"]
    assert "1 reply is waiting for a lead: /inbox review" in board
    assert "> hello from Mara" in seen
    assert "On its way to Ada" in done
    assert [message.text for message in fan.inbox()] == ["hello from Mara"]


async def test_what_a_trainee_schedules_is_approved_at_once_and_sent_at_its_time(house: LiveBridge) -> None:
    fan = house.fan("Tim")
    thread = await house.greeted(fan)
    written = await house.reply(thread, text="good night", when="in 2 hours")
    told = written.text

    approved = await press(house, await reviews(house), "Approve")
    await house.shows(fan, "⏰ Scheduled for <t:")
    (line,) = [one for one in house.messages(thread) if "⏰ Scheduled for <t:" in plain(one)]
    shown, said = labels(line), plain(line)
    await its_time_comes(house.stage.bridge, KIND)
    await house.shows(fan, "✓ Sent")

    assert "if a lead approves it before" in told
    assert "Approved. It is sent to Tim" in approved
    assert "good night" in said
    assert shown == ["Change", "Send now", "Cancel"]
    assert [message.text for message in fan.inbox()] == ["good night"]


async def test_a_returned_reply_is_read_changed_and_approved_after_a_restart(house: LiveBridge) -> None:
    fan = house.fan("Bea")
    thread, _ = await drafted(house, fan, "helo")
    await house.restart()
    listed = await reviews(house)
    assert listed.message is not None
    window = await house.stage.owner.click(listed.message, "Return")
    await window.opened(PATIENCE)
    await house.stage.owner.submit(window, {"text": "Two l, please."})
    await house.until(lambda: "Returned." in listed.text)
    await house.shows(fan, "returned")
    assert house.with_words(fan, "Two l") == []

    mine = await house.click(thread, "Open")
    assert mine.message is not None
    assert "> Two l, please" in mine.text
    editing = await house.stage.members["mara"].click(mine.message, "Edit")
    form = await editing.opened(PATIENCE)
    filled = {one["custom_id"]: one.get("value") for one in walk(form["components"]) if "custom_id" in one}
    sent = await house.stage.members["mara"].submit(editing, {"text": "hello"})
    await sent.says("Waiting for a lead", PATIENCE)
    await press(house, await reviews(house), "Approve")
    await house.shows(fan, "✓ Sent")

    assert filled["text"] == "helo"
    assert [message.text for message in fan.inbox()] == ["hello"]


async def test_what_the_owner_writes_instead_is_sent(house: LiveBridge) -> None:
    fan = house.fan("Cleo")
    await drafted(house, fan, "helo")
    listed = await reviews(house)
    assert listed.message is not None

    window = await house.stage.owner.click(listed.message, "Edit")
    await window.opened(PATIENCE)
    await house.stage.owner.submit(window, {"text": "hello"})
    await house.until(lambda: "Approved." in listed.text)
    await house.shows(fan, "edited and approved")
    await house.shows(fan, "✓ Sent")

    assert [message.text for message in fan.inbox()] == ["hello"]
    assert house.with_words(fan, "edited by")


async def test_take_back_gives_the_text_back(house: LiveBridge) -> None:
    fan = house.fan("Dora")
    _, answer = await drafted(house, fan, "hello Dora")

    back = await press(house, answer, "Take back", by="mara")
    await house.shows(fan, "took back a reply")

    assert "> hello Dora" in back
    assert "Nothing is waiting for you." in (await reviews(house)).text
    assert fan.inbox() == []


async def test_a_trainee_is_no_lead(house: LiveBridge) -> None:
    place = house.stage.guild.channel_ids[0]

    answer = await house.stage.members["mara"].slash(house.stage.guild, place, "inbox review")
    await answer.done(PATIENCE)

    assert "You don't have access to this here" in answer.text


async def test_what_waits_when_its_writer_is_removed_is_closed(house: LiveBridge) -> None:
    owner, stage = house.stage.owner, house.stage
    other = next(name for name in stage.members if name != "mara")
    asked = await owner.slash(
        stage.guild, stage.lobby, "team grant", to=stage.members[other].user.id, role="trainee"
    )
    await asked.done(PATIENCE)
    await press(house, asked, button_of(asked))
    fan = house.fan("Finn")
    thread = await house.greeted(fan)
    answer = await house.reply(thread, by=other, text="hello Finn")
    assert "Waiting for a lead" in answer.text

    question = await owner.slash(stage.guild, stage.lobby, "team remove", member=stage.members[other].user.id)
    await question.done(PATIENCE)
    await press(house, question, "Remove them")
    await house.shows(fan, "left the team while a reply was waiting")

    assert "Nothing is waiting for you." in (await reviews(house)).text
    assert fan.inbox() == []


async def test_what_waits_when_the_account_is_disconnected_is_closed_and_listed(house: LiveBridge) -> None:
    fan, owner = house.fan("Eve"), house.stage.owner
    thread, _ = await drafted(house, fan, "hello Eve")
    place = house.stage.guild.channel_ids[0]

    asked = await (await owner.slash(house.stage.guild, place, "account unlink")).done(PATIENCE)
    said = await press(house, asked, button_of(asked))
    await house.shows(fan, "s reply was waiting when the account was disconnected")
    mine = await house.click(thread, "Open")

    assert "a reply waiting for a lead: Eve" in said
    assert "hello Eve" in mine.text
    assert fan.inbox() == []
