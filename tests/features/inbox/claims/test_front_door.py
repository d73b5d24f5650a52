"""The whole program: two members, one fan, and nobody answers twice unasked."""

import pytest

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.model import StandInChannel, walk
from tests.house_fixtures import own_house
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, labels

pytestmark = pytest.mark.asyncio(loop_scope="module")


# A claim lasts long enough for a busy machine: half a minute.
house = own_house(silent=True, restarted={"CLAIM_SECONDS": "600"})


async def command(
    house: LiveBridge, thread: StandInChannel, name: str, *, by: str = "mara", **values: object
) -> InteractionAnswer:
    """A member uses a command in a fan's thread."""
    answer = await house.stage.members[by].slash(house.stage.guild, thread, name, **values)
    await answer.done(PATIENCE)
    assert answer.ephemeral
    return answer


def who(house: LiveBridge, name: str) -> str:
    """How an answer names a member."""
    return f"<@{house.stage.members[name].user.id}>"


async def test_who_presses_reply_second_reads_who_answers_and_can_answer_anyway(house: LiveBridge) -> None:
    fan = house.fan("Ada")
    thread = await house.greeted(fan)
    mara, theo = house.stage.members["mara"], house.stage.members["theo"]

    first = await mara.click(house.messages(thread)[-1], "Reply")
    await first.opened()
    second = await house.click(thread, "Reply", by="theo")
    assert second.message is not None
    opened = await theo.click(second.message, "Answer anyway")
    await opened.opened()
    await (await theo.submit(opened, {"text": "I have got her"})).done(PATIENCE)
    await house.shows(fan, "✓ Sent")

    assert second.ephemeral
    assert f"{who(house, 'mara')} has been answering this fan since" in second.text
    assert [message.text for message in fan.inbox()] == ["I have got her"]
    (line,) = house.rows("SELECT * FROM audit WHERE action = 'talk.anyway'")
    assert (line["actor"], line["target"]) == (theo.user.id, str(mara.user.id))
    (talk,) = house.rows("SELECT * FROM talks WHERE fan_uuid = ?", fan.uuid)
    assert (talk["waiting_since"], talk["owner_id"]) == (None, theo.user.id)


async def test_answer_anyway_keeps_the_template_that_was_picked(house: LiveBridge) -> None:
    owner, theo = house.stage.owner, house.stage.members["theo"]
    window = await owner.slash(house.stage.guild, house.stage.guild.channel_ids[0], "template add")
    await window.opened(PATIENCE)
    await (await owner.submit(window, {"name": "Dawn", "text": "good morning {fan_name}"})).done(PATIENCE)
    fan = house.fan("Zoe")
    thread = await house.greeted(fan)
    await command(house, thread, "fan claim", by="mara")

    asked = await (await theo.slash(house.stage.guild, thread, "template use", template="dawn")).done(
        PATIENCE
    )
    assert asked.message is not None
    opened = await theo.click(asked.message, "Answer anyway")
    form = await opened.opened(PATIENCE)
    text = next(one["value"] for one in walk(form["components"]) if one.get("custom_id") == "text")
    await (await theo.submit(opened, {"text": text})).done(PATIENCE)
    await house.shows(fan, "✓ Sent")

    assert [message.text for message in fan.inbox()] == ["good morning Zoe"]
    (sent,) = house.rows("SELECT cause FROM outbox WHERE kind = 'chat.send' AND fan_uuid = ?", fan.uuid)
    assert len(house.rows("SELECT * FROM template_uses WHERE ref = ?", sent["cause"])) == 1


async def test_claiming_and_answering_a_waiting_fan_takes_a_press_and_a_window(house: LiveBridge) -> None:
    fan = house.fan("Eve")
    thread = await house.greeted(fan)
    mara, ledger = house.stage.members["mara"], house.stage.discord.ledger
    before = ledger.count("interaction", user_id=mara.user.id)

    opened = await mara.click(house.messages(thread)[-1], "Reply")
    await opened.opened()
    (claimed,) = house.rows("SELECT claimed_by FROM talks WHERE fan_uuid = ?", fan.uuid)
    await (await mara.submit(opened, {"text": "hi Eve"})).done(PATIENCE)
    await house.shows(fan, "✓ Sent")

    # With opening the thread, which is the client's own, these are three.
    assert ledger.count("interaction", user_id=mara.user.id) - before == 2
    assert claimed["claimed_by"] == mara.user.id
    assert [message.text for message in fan.inbox()] == ["hi Eve"]


async def test_a_fan_is_claimed_taken_over_handed_over_and_let_go_by_commands(house: LiveBridge) -> None:
    fan = house.fan("Bea")
    thread = await house.greeted(fan)
    mara = house.stage.members["mara"].user.id

    claimed = await command(house, thread, "fan claim")
    asked = await command(house, thread, "fan claim", by="theo")
    assert asked.message is not None
    await house.stage.members["theo"].click(asked.message, "Take over")
    await house.until(lambda: asked.text.startswith("This fan is yours"))
    handed = await command(house, thread, "fan handover", by="theo", member=mara)
    await house.shows(fan, "handed this fan to")
    released = await command(house, thread, "fan release")

    assert "This fan is yours until" in claimed.text
    assert f"This fan is now {who(house, 'mara')}'s" in handed.text
    assert "Released" in released.text


async def test_who_is_taken_out_of_the_team_leaves_no_fan_claimed(house: LiveBridge) -> None:
    fan = house.fan("Cleo")
    thread = await house.greeted(fan)
    theo = house.stage.members["theo"].user.id
    await command(house, thread, "fan claim", by="theo")

    asked = await house.stage.owner.slash(house.stage.guild, house.stage.lobby, "team remove", member=theo)
    await asked.done(PATIENCE)
    assert asked.message is not None
    await house.stage.owner.click(asked.message, "Remove them")
    await house.until(lambda: "is removed from the team" in asked.text)

    assert "whom they answered free for everyone" in asked.text
    assert house.rows("SELECT * FROM talks WHERE claimed_by = ? OR owner_id = ?", theo, theo) == []


async def test_a_trainee_writes_beside_who_answers_and_is_offered_nothing_they_may_not_do(
    house: LiveBridge,
) -> None:
    owner, theo = house.stage.owner, house.stage.members["theo"]
    asked = await owner.slash(
        house.stage.guild, house.stage.guild.channel_ids[0], "team grant", to=theo.user.id, role="trainee"
    )
    await asked.done(PATIENCE)
    assert asked.message is not None
    await owner.click(asked.message, labels(asked.message)[0])
    await asked.until(lambda now: now.message is not None and not labels(now.message), PATIENCE)
    fan = house.fan("Yan")
    thread = await house.greeted(fan)
    await command(house, thread, "fan claim", by="mara")

    window = await house.click(thread, "Reply", by="theo")
    answer = await (await theo.submit(window, {"text": "hello Yan"})).told(PATIENCE)

    assert window.state == "modal"
    assert "Waiting for a lead" in answer.text
    (talk,) = house.rows("SELECT * FROM talks WHERE fan_uuid = ?", fan.uuid)
    assert talk["claimed_by"] == house.stage.members["mara"].user.id


async def test_with_the_account_disconnected_nobody_holds_a_fan_who_waits_all_the_same(
    house: LiveBridge,
) -> None:
    fan = house.fan("Dora")
    thread = await house.greeted(fan)
    await command(house, thread, "fan claim")
    owner, stage = house.stage.owner, house.stage

    asked = await owner.slash(stage.guild, stage.lobby, "account unlink")
    await asked.done(PATIENCE)
    await owner.click(asked.message, "Yes, disconnect")
    await house.until(lambda: "is disconnected" in asked.text)
    refused = await command(house, thread, "fan claim")

    (talk,) = house.rows("SELECT * FROM talks WHERE fan_uuid = ?", fan.uuid)
    assert talk["claimed_by"] is None
    assert talk["waiting_since"] is not None
    assert "This thread is frozen" in refused.text
