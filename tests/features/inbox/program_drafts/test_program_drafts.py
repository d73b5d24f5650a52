"""A program's draft reaches a fan by a person's press, once, and in no other way."""

import pytest

from bot.sandbox.discord import channels
from bot.sandbox.discord.answers import InteractionAnswer
from tests.features.inbox.program_drafts.draft_scenario import ProgramDraftScenario
from tests.proofs.faults.live_bridge import PATIENCE, plain

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_a_draft_stands_in_the_thread_until_a_person_sends_it(writer: ProgramDraftScenario) -> None:
    fan, key = writer.house.fan("Sendy"), await writer.key()
    await writer.house.greeted(fan)
    draft, line = await writer.drafted(key, fan, text="Thank you, *sweet* one!")
    asked_before = writer.house.posts_to(fan)
    await writer.press(line, "Send")
    await writer.house.shows(fan, "✓ Sent")
    await writer.gone(fan)

    assert asked_before == 0
    assert [message.text for message in fan.inbox()] == ["Thank you, *sweet* one!"]
    told = (await writer.ask("GET", f"/drafts/{draft}", key))[1]
    assert (told["state"], told["by"]) == ("taken", str(writer.house.stage.members["mara"].user.id))


async def test_a_person_changes_a_draft_before_they_send_it(writer: ProgramDraftScenario) -> None:
    fan, key = writer.house.fan("Edith"), await writer.key()
    await writer.house.greeted(fan)
    _, line = await writer.drafted(key, fan, text="I love cats")
    mara = writer.house.stage.members["mara"]
    opened = await mara.click(line, "Edit")
    await opened.done(PATIENCE)
    await (await mara.submit(opened, {"text": "I love dogs"})).done(PATIENCE)
    await writer.house.shows(fan, "✓ Sent")
    await writer.gone(fan)

    assert "I love cats" in str(opened.modal)
    assert [message.text for message in fan.inbox()] == ["I love dogs"]


async def test_what_a_forum_without_an_age_gate_hides_is_read_before_it_leaves(
    writer: ProgramDraftScenario,
) -> None:
    stage, fan, key = writer.house.stage, writer.house.fan("Gated"), await writer.key()
    thread = await writer.house.greeted(fan)
    world, forum = stage.discord.world, stage.discord.world.channels[thread.parent_id or 0]
    forum.nsfw = False
    channels.changed(world, forum, stage.owner.user.id)
    try:
        await writer.write(key, fan, text="not for everyone's eyes")
        await writer.house.shows(fan, "A draft, kept off Discord")
        pressed = await stage.members["mara"].click(writer.line(fan), "Send")
        await pressed.done(PATIENCE)
    finally:
        forum.nsfw = True
        channels.changed(world, forum, stage.owner.user.id)

    assert "not for everyone's eyes" not in plain(writer.line(fan))
    assert "not for everyone's eyes" in str(pressed.modal)
    assert fan.inbox() == []


async def test_media_and_a_price_go_with_it_whichever_button_is_pressed(writer: ProgramDraftScenario) -> None:
    key, stage = await writer.key(), writer.house.stage
    item = stage.fanvue.world.add_media(stage.creator, name="beach.jpg")
    for name, button in (("Paula", "Send"), ("Petra", "Edit")):
        fan = writer.house.fan(name)
        await writer.house.greeted(fan)
        _, line = await writer.drafted(key, fan, text="Look", media=[str(item.uuid)], price_cents=500)
        pressed = await stage.members["mara"].click(line, button)
        await pressed.done(PATIENCE)
        if button == "Edit":
            again = {"text": "Look", "price": "5.00"}
            await (await stage.members["mara"].submit(pressed, again)).done(PATIENCE)
        await writer.house.shows(fan, "✓ Sent")

        (sent,) = fan.inbox()
        assert ([str(one) for one in sent.media], sent.price) == ([str(item.uuid)], 500)


def is_too_late(answer: InteractionAnswer) -> bool:
    """Whether the presser is told that somebody was faster: in the answer itself, or beside the draft."""
    told = [answer.text, *(message.text for message in answer.followups)]
    return any("already took" in text or "no longer available" in text for text in told)


async def test_of_two_people_who_send_it_one_does(writer: ProgramDraftScenario) -> None:
    fan, key = writer.house.fan("Twice"), await writer.key()
    await writer.house.greeted(fan)
    _, line = await writer.drafted(key, fan, text="only once")
    other = await writer.house.stage.owner.click(line, "Send")
    mine = await writer.house.stage.members["mara"].click(line, "Send")
    await writer.house.until(lambda: any(map(is_too_late, (mine, other))))
    await writer.house.shows(fan, "✓ Sent")
    await writer.gone(fan)

    assert [message.text for message in fan.inbox()] == ["only once"]


async def test_a_fan_who_wrote_since_is_asked_about(writer: ProgramDraftScenario) -> None:
    fan, key = writer.house.fan("Faster"), await writer.key()
    await writer.house.greeted(fan)
    _, line = await writer.drafted(key, fan, text="Good night")
    await fan.write("wait, my dog is ill")
    await writer.house.shows(fan, "my dog is ill")
    asked = await writer.asks(await writer.press(line, "Send"))

    assert "new message since you started" in asked.text
    assert "my dog is ill" in asked.text
    assert fan.inbox() == []
    assert asked.message is not None
    await writer.press(asked.message, "Send")
    await writer.house.shows(fan, "✓ Sent")


async def test_nobody_is_shown_an_answer_to_something_older(writer: ProgramDraftScenario) -> None:
    fan, key = writer.house.fan("Older"), await writer.key()
    await writer.house.greeted(fan)
    read = fan.chat()[-1].uuid
    await fan.write("and one more thing")
    await writer.house.shows(fan, "one more thing")
    late = await writer.write(key, fan, text="hi", answers=str(read))
    unknown = await writer.write(key, fan, text="hi", answers="who-knows")
    now = await writer.write(key, fan, text="hi", answers=str(fan.chat()[-1].uuid))

    assert (late[0], "has written since" in late[1]["error"]) == (409, True)
    assert (unknown[0], "has not seen" in unknown[1]["error"]) == (409, True)
    assert now[0] == 201


async def test_a_person_discards_it(writer: ProgramDraftScenario) -> None:
    fan, key = writer.house.fan("Nope"), await writer.key()
    await writer.house.greeted(fan)
    draft, line = await writer.drafted(key, fan, text="buy now")
    said = await writer.press(line, "Discard")
    await writer.gone(fan)

    assert said.text == "Discarded. Not sent."
    assert (await writer.state(key, draft), fan.inbox()) == ("discarded", [])


async def test_its_program_takes_it_back_or_writes_another_one(writer: ProgramDraftScenario) -> None:
    fan, key = writer.house.fan("Again"), await writer.key()
    await writer.house.greeted(fan)
    first, _ = await writer.drafted(key, fan, text="first try")
    second = (await writer.write(key, fan, text="second try"))[1]["id"]
    await writer.house.shows(fan, "second try")
    await writer.house.until(lambda: len(writer.lines(fan)) == 1)
    withdrawn = await writer.ask("DELETE", f"/drafts/{second}", key)
    await writer.gone(fan)

    assert await writer.state(key, first) == "replaced"
    assert (withdrawn[0], withdrawn[1]["state"]) == (200, "withdrawn")
    assert (await writer.ask("DELETE", f"/drafts/{second}", key))[1]["state"] == "withdrawn"


async def test_the_same_request_twice_makes_one_draft(writer: ProgramDraftScenario) -> None:
    fan, key = writer.house.fan("Echo"), await writer.key()
    await writer.house.greeted(fan)
    one = await writer.write(key, fan, "job-1", text="written twice")
    two = await writer.write(key, fan, "job-1", text="written twice")
    other = await writer.write(key, fan, "job-1", text="something else")
    await writer.house.shows(fan, "written twice")

    assert (one[0], two[0], one[1]["id"]) == (201, 200, two[1]["id"])
    assert (other[0], "Idempotency-Key" in other[1]["error"]) == (422, True)
    assert len(writer.lines(fan)) == 1


async def test_a_revoked_key_takes_its_drafts_with_it(writer: ProgramDraftScenario) -> None:
    fan, key = writer.house.fan("Ended"), await writer.key()
    await writer.house.greeted(fan)
    await writer.drafted(key, fan, text="too late")
    await writer.program.keys("revoke", key.split(".")[1])
    await writer.gone(fan)

    assert fan.inbox() == []


async def test_a_draft_is_seen_by_its_own_key_alone(writer: ProgramDraftScenario) -> None:
    fan, key, other = writer.house.fan("Secret"), await writer.key(), await writer.key()
    await writer.house.greeted(fan)
    draft, _ = await writer.drafted(key, fan, text="hush")

    assert (await writer.ask("GET", f"/drafts/{draft}", other))[0] == 404
    assert (await writer.ask("DELETE", f"/drafts/{draft}", other))[0] == 404
    assert await writer.state(key, draft) == "waiting"


@pytest.mark.parametrize(
    ("body", "status", "says"),
    [
        ({}, 400, "nothing to send"),
        ({"text": "x" * 1501}, 400, "text"),
        ({"text": "hi", "price_cents": 500}, 400, "A price needs media"),
        ({"text": "hi", "price_cents": "500"}, 400, "price_cents"),
        ({"text": "hi", "media": ["../../etc"]}, 400, "isn't an item of the vault"),
        ({"text": "hi", "media": ["x"] * 21}, 400, "media"),
        ({"text": "hi", "send": True}, 400, "send"),
        (b"\xff\xfe", 400, "Send JSON"),
        (b"[]", 400, "Send JSON"),
        (b"{" + b" " * 70_000, 413, "at most"),
    ],
)
async def test_wrong_drafts_are_answered_with_what_is_wrong(
    writer: ProgramDraftScenario, body: object, status: int, says: str
) -> None:
    fan, key = writer.house.fan("Wrong"), await writer.key()
    await writer.house.greeted(fan)

    told = await writer.ask("POST", f"/fans/{fan.uuid}/drafts", key, body)
    assert (told[0], says in told[1]["error"]) == (status, True), told
    assert writer.lines(fan) == []


async def test_a_key_without_that_scope_writes_nothing(writer: ProgramDraftScenario) -> None:
    fan = writer.house.fan("Narrow")
    await writer.house.greeted(fan)
    for scope in ("data", "chats"):
        told = await writer.write(await writer.key(scope), fan, text="hi")
        assert (told[0], "scope drafts" in told[1]["error"]) == (403, True)


async def test_a_fan_without_a_thread_gets_no_draft(writer: ProgramDraftScenario) -> None:
    fan = writer.house.fan("Silent")

    assert (await writer.write(await writer.key(), fan, text="hi"))[0] == 404


async def test_what_became_of_it_is_in_the_audit_log(writer: ProgramDraftScenario) -> None:
    fan, key = writer.house.fan("Audited"), await writer.key()
    await writer.house.greeted(fan)
    _, line = await writer.drafted(key, fan, text="noted")
    await writer.press(line, "Send")
    await writer.house.shows(fan, "✓ Sent")

    found = writer.house.rows(
        "SELECT action, outcome, actor FROM audit WHERE target = ? ORDER BY seq", key.split(".")[1]
    )
    mara = writer.house.stage.members["mara"].user.id
    assert [tuple(one.values()) for one in found] == [
        ("draft.made", "done", None),
        ("draft.ended", "taken", mara),
    ]
