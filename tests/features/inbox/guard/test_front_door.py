"""What a text reads like is noticed before it leaves, and said without the word."""

import pytest

from bot.sandbox.discord.answers import InteractionAnswer
from tests.house_fixtures import own_house
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, labels

pytestmark = pytest.mark.asyncio(loop_scope="module")

_LINES = "SELECT action, outcome, target FROM audit WHERE action LIKE 'guard.%' AND seq > ? ORDER BY seq"


house = own_house()


async def command(house: LiveBridge, name: str, *, by: str = "", **values: object) -> InteractionAnswer:
    """The owner, or a member, uses a command outside of threads."""
    who = house.stage.members[by] if by else house.stage.owner
    answer = await who.slash(house.stage.guild, house.stage.guild.channel_ids[0], name, **values)
    return await answer.done(PATIENCE)


async def level(house: LiveBridge, pack: str, level: str) -> str:
    """The owner sets a pack."""
    return (await command(house, "settings guard set", pack=pack, level=level)).text


def newest(house: LiveBridge) -> int:
    """The last line of the audit so far."""
    return int(house.rows("SELECT COALESCE(MAX(seq), 0) AS seq FROM audit")[0]["seq"])


def noted(house: LiveBridge, since: int) -> list[tuple[str, str]]:
    """What was written down of the guard since then."""
    return [(row["action"], row["outcome"]) for row in house.rows(_LINES, since)]


def said(answer: InteractionAnswer) -> str:
    """What the bridge says, without the text that it gives back."""
    return answer.text.partition("**Your reply**")[0]


async def test_a_lead_lets_a_held_reply_go_and_the_audit_says_so(house: LiveBridge) -> None:
    fan, since = house.fan("Gil"), newest(house)
    thread = await house.greeted(fan)
    await house.reply(thread, text="I posted it on instagram: find me on insta")

    card = await command(house, "inbox review")
    assert card.message is not None
    shown, offered = card.text, labels(card.message)
    held = noted(house, since)
    await house.stage.owner.click(card.message, "Approve")
    await house.shows(fan, "✓ Sent")

    assert "This reads like moving the chat outside Fanvue" in shown
    assert "Approve" in offered
    assert held == [("guard.contacts", "held")]
    assert noted(house, since) == [("guard.contacts", "held"), ("guard.contacts", "anyway")]
    assert len(fan.inbox()) == 1
    actors = house.rows("SELECT DISTINCT actor FROM audit WHERE action = 'guard.contacts' AND seq > ?", since)
    assert len(actors) == 2


async def test_a_lead_who_looks_writes_no_attempt_in_the_writers_name(house: LiveBridge) -> None:
    fan, since = house.fan("Ivy"), newest(house)
    thread = await house.greeted(fan)
    await house.reply(thread, text="my insta is the same name")
    await level(house, "contacts", "block")

    card = await command(house, "inbox review")
    await level(house, "contacts", "hold")

    assert "my insta" in card.text
    assert [line for line in noted(house, since) if line[0] != "guard.set"] == [("guard.contacts", "held")]


async def test_what_is_held_waits_for_a_lead_and_says_why(house: LiveBridge) -> None:
    fan, since = house.fan("Ada"), newest(house)
    thread = await house.greeted(fan)

    answer = await house.reply(thread, text="you can p4yp4l me, love")

    assert answer.message is not None
    assert "A lead can approve it" in said(answer)
    assert "This reads like asking for payment outside Fanvue." in said(answer)
    assert "p4yp4l" not in said(answer)
    assert "paypal" not in said(answer).lower()
    assert "p4yp4l" in answer.text
    assert "Send" not in labels(answer.message)
    assert fan.inbox() == []
    assert noted(house, since) == [("guard.payment", "held")]
    await level(house, "payment", "block")
    blocked = await house.reply(thread, text="or v e n m o")
    assert blocked.message is not None
    assert labels(blocked.message) == ["Edit", "Discard"]
    assert "press Edit to change it" in said(blocked)
    assert noted(house, since)[-1] == ("guard.payment", "blocked")


async def test_where_nobody_else_decides_it_does_not_leave(house: LiveBridge) -> None:
    fan, since = house.fan("Hal"), newest(house)
    thread = await house.greeted(fan)

    answer = await (
        await house.stage.owner.slash(house.stage.guild, thread, "reply", text="find me on insta")
    ).done(PATIENCE)

    assert answer.message is not None
    assert "A lead would have to approve it, and nobody else here can" in said(answer)
    assert labels(answer.message) == ["Edit", "Discard"]
    assert noted(house, since) == [("guard.contacts", "blocked")]
    assert fan.inbox() == []


async def test_edit_brings_the_text_back_and_another_wording_leaves(house: LiveBridge) -> None:
    fan, mara = house.fan("Bea"), house.stage.members["mara"]
    thread = await house.greeted(fan)
    answer = await house.reply(thread, text="I'm 15, come and play")
    assert answer.message is not None
    assert labels(answer.message) == ["Edit", "Discard"]

    window = await mara.click(answer.message, "Edit")
    form = await window.opened(PATIENCE)
    await (await mara.submit(window, {"text": "I'm 25, come and play"})).done(PATIENCE)
    await house.shows(fan, "✓ Sent")

    assert "I'm 15, come and play" in str(form)
    assert [message.text for message in fan.inbox()] == ["I'm 25, come and play"]


async def test_a_warning_is_a_question_and_the_audit_keeps_the_answer(house: LiveBridge) -> None:
    fan, since = house.fan("Cleo"), newest(house)
    thread = await house.greeted(fan)

    answer = await house.reply(thread, text="it's really me, and we should meet up")
    assert answer.message is not None
    assert labels(answer.message) == ["Send", "Edit", "Discard"]
    assert fan.inbox() == []
    asked = answer.text
    await house.stage.members["mara"].click(answer.message, "Send")
    await house.shows(fan, "✓ Sent")

    assert "This reads like arranging to meet in person" in asked
    assert "promise that the creator writes personally" in asked
    assert len(fan.inbox()) == 1
    assert noted(house, since) == [
        ("guard.meeting", "warned"),
        ("guard.presence", "warned"),
        ("guard.meeting", "anyway"),
        ("guard.presence", "anyway"),
    ]


@pytest.mark.parametrize(
    ("stricter", "becomes", "says"),
    [("hold", "held", "A lead can approve it"), ("block", "blocked", "press Edit to change it")],
)
async def test_a_yes_does_not_outlive_a_stricter_level(
    house: LiveBridge, stricter: str, becomes: str, says: str
) -> None:
    await level(house, "meeting", "warn")
    fan, since = house.fan("Dora"), newest(house)
    thread = await house.greeted(fan)
    answer = await house.reply(thread, text="let's meet up")
    assert answer.message is not None

    assert "Done. **Meeting in person**" in await level(house, "meeting", stricter)
    await house.stage.members["mara"].click(answer.message, "Send")
    await house.until(lambda: says in answer.text)

    assert "Send" not in labels(answer.message)
    assert fan.inbox() == []
    assert noted(house, since) == [
        ("guard.meeting", "warned"),
        ("guard.set", "done"),
        ("guard.meeting", becomes),
    ]


async def test_what_is_off_is_let_through_and_written_nowhere(house: LiveBridge) -> None:
    fan = house.fan("Eve")
    thread = await house.greeted(fan)
    await level(house, "contacts", "off")
    since = newest(house)

    await house.reply(thread, text="find me on instagram")
    await house.shows(fan, "✓ Sent")

    assert len(fan.inbox()) == 1
    assert noted(house, since) == []
    await level(house, "contacts", "hold")


async def test_an_innocent_reply_leaves_at_once(house: LiveBridge) -> None:
    fan = house.fan("Fay")
    thread = await house.greeted(fan)

    answer = await house.reply(thread, text="call me baby, it's $15 and 5 min long 😘")
    await house.shows(fan, "✓ Sent")

    assert "On its way" in answer.text


async def test_what_is_for_everybody_is_looked_at_too(house: LiveBridge) -> None:
    await level(house, "meeting", "warn")
    since = newest(house)

    refused = await command(house, "post new", text="my whatsapp is open")
    mass = await command(house, "mass new", to="subscribers", text="call me on 555 123 4567")
    asked = await command(house, "post new", text="let's meet up")
    fine = await command(house, "post new", text="a new set is here")
    there = house.stage.fanvue.world.post_as_creator(house.stage.creator, "hello").uuid
    edited = await command(house, "post edit", post=there, text="my whatsapp is open")

    assert "This reads like moving the chat outside Fanvue" in refused.text
    assert "run /post new again" in refused.text
    assert "whatsapp" not in refused.text
    assert "This reads like moving the chat outside Fanvue" in mass.text
    assert "run /mass new again" in mass.text
    assert asked.message is not None
    assert "⚠️ **This reads like arranging to meet in person" in asked.text
    assert labels(asked.message) == ["Publish now", "Media …", "Cancel"]
    await house.stage.owner.click(asked.message, "Publish now")
    await house.until(lambda: "Post published" in asked.text)
    assert "⚠️" not in fine.text
    assert "This reads like moving the chat outside Fanvue" in edited.text
    assert noted(house, since) == [
        ("guard.contacts.all", "blocked"),
        ("guard.contacts.all", "blocked"),
        ("guard.meeting.all", "warned"),
        ("guard.contacts.all", "blocked"),
        ("guard.meeting.all", "warned"),
    ]


async def test_minors_are_never_switched_off(house: LiveBridge) -> None:
    since = newest(house)

    assert "can only be set to hold or block" in await level(house, "age", "off")
    assert "can only be set to hold or block" in await level(house, "age", "warn")
    assert "is already at block" in await level(house, "age", "block")
    assert noted(house, since) == []


async def test_leads_set_and_try_and_chatters_only_see(house: LiveBridge) -> None:
    shown = await command(house, "settings guard show", by="mara")
    tried = await command(house, "settings guard test", text="my paypal, and it's really me")
    passing = await command(house, "settings guard test", text="good night")
    refused = [
        await command(house, "settings guard set", by="mara", pack="meeting", level="off"),
        await command(house, "settings guard test", by="mara", text="paypal"),
    ]

    assert "Payment outside Fanvue" in shown.text
    assert "the author is asked" in shown.text
    assert "**Payment outside Fanvue**: block" in tried.text
    assert "**Who is writing**: warn" in tried.text
    assert "paypal" not in tried.text
    assert "this would be sent" in passing.text
    assert all("You don't have access to this here" in answer.text for answer in refused)


async def test_the_audit_is_read_in_words_and_has_neither_text_nor_trigger(house: LiveBridge) -> None:
    page = await command(house, "team audit", action="the guard")

    assert "what reads like contact outside Fanvue" in page.text
    assert "blocked" in page.text
    assert "set how strictly the guard acts" in page.text
    for word in ("p4yp4l", "venmo", "instagram", "meet up", "whatsapp"):
        assert word not in page.text
        assert not [row for row in house.rows("SELECT * FROM audit") if word in str(row)]
