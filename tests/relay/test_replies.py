"""A member replies: queued, sent, seen, paid; or how it failed, in words."""

import pytest

from bot.engine.retry import RetryWaits
from bot.model.errors import DeliveryRefused, TargetGone, TryLater
from bot.model.events import ChatRead, Paid
from bot.text.reply_rules import ReplyRefused
from storage.engine import audit_log
from storage.inbox import messages
from storage.records import DiscordId, EffectId, MediaId
from tests.relay.far_side_stand_ins import ChannelStandIn
from tests.relay.fault_switchboard import HeldCall
from tests.relay.relay_scenario import CREATOR, EMMA, MAYA, NOAH, RelayScenario, told

PICTURE = MediaId("11111111-2222-4333-8444-555555555555")


async def test_a_reply_is_on_fanvue_once_and_its_thread_shows_it(world: RelayScenario) -> None:
    thread = await world.greeted()

    reply = await world.reply("hi *there*")
    await world.turn()

    post = await world.shown(reply)
    assert world.texts() == ["hi *there*"]
    assert post.title == "Maya → Emma @quiet\\-otter"
    assert told(post) == "hi *there*"
    assert post.small is not None
    assert post.small.startswith("✓ Sent <t:")
    paired = await world.database.read(lambda tx: messages.of_effect(tx, reply))
    assert paired is not None
    assert paired.channel == thread
    assert world.discord.channels[thread].posts[paired.discord_message or DiscordId(0)] == post


async def test_a_reply_says_queued_then_sent_then_seen_then_paid(world: RelayScenario) -> None:
    await world.greeted()
    held = HeldCall(done=True)
    world.fanvue.faults.add("send", held)
    reply = await world.reply("look", price=900, media=(PICTURE,))
    await held.reached.wait()
    await world.discord.until_posts(2)
    states = [(await world.shown(reply)).small]
    held.go.set()
    await world.turn()
    states.append((await world.shown(reply)).small)
    [there] = (one for one in world.fanvue.chat(CREATOR, EMMA.id) if one.from_creator)

    world.fanvue.change(there.message, read=True)
    await world.happen(ChatRead(CREATOR, EMMA, world.clock.now()), kind="chat.read")
    states.append((await world.shown(reply)).small)
    world.fanvue.change(there.message, bought_at=world.clock.now())
    await world.happen(
        Paid(CREATOR, EMMA, "message", 900, world.clock.now(), message=there.message), kind="payment"
    )
    states.append((await world.shown(reply)).small)

    assert there.price == 900
    assert there.media == (PICTURE,)
    at = f"<t:{world.clock.now() // 1000}:t>"
    offer = "\n🔒 1 item from the vault for $9.00"
    assert states[0] in {f"⏳ Queued{offer}", f"⏳ Sending …{offer}"}  # whichever it was when it was posted
    assert states[1:] == [f"✓ Sent {at}{offer}", f"👁 Seen {at}{offer}", f"💰 Paid {at}{offer}"]


async def test_seen_is_shown_only_where_the_message_itself_says_so(world: RelayScenario) -> None:
    await world.greeted()
    reply = await world.reply("hi")
    await world.turn()

    await world.happen(ChatRead(CREATOR, EMMA, world.clock.now()), kind="chat.read")

    assert (await world.shown(reply)).small == f"✓ Sent <t:{world.clock.now() // 1000}:t>"


async def test_a_chat_is_not_read_when_nothing_in_it_can_be_news(world: RelayScenario) -> None:
    await world.greeted()

    await world.happen(ChatRead(CREATOR, EMMA, world.clock.now()), kind="chat.read")
    await world.happen(Paid(CREATOR, EMMA, "tip", 500, world.clock.now()), kind="payment")

    assert world.fanvue.faults.calls["recent"] == 0


async def test_a_message_bought_long_after_it_was_sent_is_shown_as_paid(world: RelayScenario) -> None:
    await world.greeted()
    reply = await world.reply("look", price=900, media=(PICTURE,))
    await world.turn()
    [there] = (one for one in world.fanvue.chat(CREATOR, EMMA.id) if one.from_creator)
    for number in range(60):
        world.fanvue.write(CREATOR, EMMA.id, f"chat {number}")
    world.fanvue.change(there.message, bought_at=world.clock.now())

    await world.happen(
        Paid(CREATOR, EMMA, "message", 900, world.clock.now(), message=there.message), kind="payment"
    )

    assert ((await world.shown(reply)).small or "").startswith("💰 Paid")


async def test_a_look_at_a_chat_that_is_gone_bothers_nobody(world: RelayScenario) -> None:
    await world.greeted()
    reply = await world.reply("hi")
    await world.turn()
    world.fanvue.faults.add("recent", TargetGone("Fanvue no longer has this chat or message."))

    await world.happen(ChatRead(CREATOR, EMMA, world.clock.now()), kind="chat.read")

    assert ("chat.look", "moot") in world.watched
    assert ((await world.shown(reply)).small or "").startswith("✓ Sent")


# ── the ways it can fail ──


async def test_what_was_surely_not_sent_waits_with_its_reason_and_goes_out_later(
    world: RelayScenario,
) -> None:
    await world.greeted()
    world.fanvue.faults.down = TryLater("Fanvue cannot be reached right now.")
    reply = await world.reply("hi")
    await world.turn()
    waiting = (await world.shown(reply)).small
    world.fanvue.faults.down = None
    await world.pass_time(RetryWaits().backoff_max)

    assert waiting == "⏳ Queued. Fanvue cannot be reached right now."
    assert world.texts() == ["hi"]
    assert ((await world.shown(reply)).small or "").startswith("✓ Sent")


async def test_a_wait_that_fanvue_asks_for_is_kept_and_not_charged(world: RelayScenario) -> None:
    await world.greeted()
    world.fanvue.faults.add("send", TryLater("Fanvue asks us to wait.", after=30))
    reply = await world.reply("hi")
    await world.pass_time(29_999)
    before = (world.texts(), (await world.effect(reply)).attempts)

    await world.pass_time(1)

    assert before == ([], 0)
    assert world.texts() == ["hi"]


async def test_replies_of_one_fan_stay_in_order_and_another_fan_does_not_wait(world: RelayScenario) -> None:
    await world.greeted()
    await world.greeted(NOAH)
    world.fanvue.faults.add("send", TryLater("Fanvue asks us to wait.", after=30))
    await world.reply("one")
    await world.turn()
    await world.reply("two")
    await world.reply("three", NOAH)
    await world.turn()
    early = (world.texts(), world.texts(NOAH))

    await world.pass_time(30_000)

    assert early == ([], ["three"])
    assert world.texts() == ["one", "two"]


async def test_a_creator_who_must_sign_in_again_keeps_the_reply_waiting_for_a_person(
    world: RelayScenario,
) -> None:
    await world.greeted()
    world.fanvue.faults.add("send", TryLater("Use /link to connect it again.", paused=True))
    reply = await world.reply("hi")
    await world.turn()

    waiting = await world.effect(reply)
    assert waiting.not_before == world.clock.now() + RetryWaits().paused
    assert waiting.attempts == 0
    assert (await world.shown(reply)).small == "⏳ Queued. Use /link to connect it again."


@pytest.mark.parametrize(
    ("failed", "words"),
    [
        (DeliveryRefused("The fan cannot be contacted."), "⚠️ Not sent: The fan cannot be contacted."),
        (TargetGone("Fanvue no longer has this chat."), "⚠️ Not sent: Fanvue no longer has this chat."),
    ],
    ids=["refused", "gone"],
)
async def test_what_was_refused_is_shown_with_its_reason_and_two_buttons(
    world: RelayScenario, failed: DeliveryRefused | TargetGone, words: str
) -> None:
    await world.greeted()
    world.fanvue.faults.add("send", failed)

    reply = await world.reply("hi")
    await world.turn()

    post = await world.shown(reply)
    assert post.small == words
    assert [button.label for button in post.buttons] == ["Send again", "Discard"]
    assert world.texts() == []


async def test_a_refused_reply_is_sent_again_by_a_person(world: RelayScenario) -> None:
    thread = await world.greeted()
    world.fanvue.faults.add("send", DeliveryRefused("No."), DeliveryRefused("No, again."))
    reply = await world.reply("hi")
    await world.turn()
    await world.replies.again(reply, MAYA, thread)
    await world.turn()
    still = (await world.shown(reply)).small

    said = await world.replies.again(reply, MAYA, thread)
    await world.turn()

    assert still == "⚠️ Not sent: No, again."
    assert said == "On its way again."
    assert world.texts() == ["hi"]
    assert ((await world.shown(reply)).small or "").startswith("✓ Sent")


async def test_a_refused_reply_is_discarded_by_a_person(world: RelayScenario) -> None:
    thread = await world.greeted()
    world.fanvue.faults.add("send", DeliveryRefused("No."))
    reply = await world.reply("hi")
    await world.turn()

    said = await world.replies.drop(reply, MAYA, thread)
    await world.turn()

    assert said == "Discarded. Not sent."
    assert (await world.shown(reply)).small == "Discarded. Not sent. No."
    settled = await world.replies.drop(reply, MAYA, thread)
    assert settled == f"This is settled: <@{MAYA}> discarded it <t:{world.clock.now() // 1000}:R>."
    assert world.texts() == []


async def test_a_button_pressed_too_late_says_what_became_of_the_reply(world: RelayScenario) -> None:
    thread = await world.greeted()
    held = HeldCall(done=True)
    world.fanvue.faults.add("send", held)
    reply = await world.reply("hi")
    await held.reached.wait()
    under_way = await world.replies.drop(reply, MAYA, thread)
    held.go.set()
    await world.turn()

    assert under_way == "It is already on its way."
    assert await world.replies.again(reply, MAYA, thread) == "It was already sent."
    assert world.texts() == ["hi"]


async def test_a_button_works_only_in_the_thread_of_its_fan(world: RelayScenario) -> None:
    thread = await world.greeted()
    other = await world.greeted(NOAH)
    world.fanvue.faults.add("send", DeliveryRefused("No."))
    reply = await world.reply("hi")
    await world.turn()

    for ref, channel in ((reply, other), (EffectId("unknown"), thread), (reply, DiscordId(1))):
        with pytest.raises(ReplyRefused, match="This item is already settled"):
            await world.replies.again(ref, MAYA, channel)


async def test_the_audit_names_who_sent_what_was_sent_again_and_what_was_dropped(
    world: RelayScenario,
) -> None:
    thread = await world.greeted()
    world.fanvue.faults.add("send", DeliveryRefused("No."), DeliveryRefused("No."))
    reply = await world.reply("secret words")
    await world.turn()
    await world.replies.again(reply, MAYA, thread)
    await world.turn()
    await world.replies.drop(reply, MAYA, thread)

    entries = await world.database.read(lambda tx: audit_log.recent(tx, CREATOR, 10))
    assert entries.pop().action == "setup"
    assert [(entry.action, entry.outcome) for entry in entries] == [
        ("reply.drop", "done"),
        ("reply.again", "cancelled"),
        ("reply.again", "rejected"),
        ("reply.again", "accepted"),
        ("reply", "rejected"),
        ("reply", "accepted"),
    ]
    emma = await world.database.read(lambda tx: world.effects.trail.pseudonyms.known(tx, CREATOR, EMMA.id))
    assert {(entry.actor, entry.fan, entry.cause) for entry in entries} == {(MAYA, emma, reply)}
    assert not [word for word in ("secret words", EMMA.id) if word in repr(entries)]


async def test_an_edit_of_a_deleted_line_is_given_up(world: RelayScenario) -> None:
    thread = await world.greeted()
    held = HeldCall(done=True)
    world.fanvue.faults.add("send", held)
    await world.reply("hi")
    await world.discord.until_posts(2)
    world.discord.channels[thread] = ChannelStandIn()
    held.go.set()
    await world.turn()

    assert ("reply.edit", "moot") in world.watched
    assert world.texts() == ["hi"]
