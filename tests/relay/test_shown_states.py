"""The thread shows the true state, also after a late or doubled call."""

from bot.relay.send_effects import show_state
from storage.database import Transaction
from storage.engine import outbox, unresolved_effects
from storage.records import EffectId
from tests.relay.fault_switchboard import HeldCall, LateCall
from tests.relay.relay_scenario import RelayScenario


async def test_an_edit_that_arrives_after_later_ones_is_put_right(world: RelayScenario) -> None:
    await world.greeted()
    held = HeldCall(done=True, lost=True)
    world.fanvue.faults.add("send", held)
    world.discord.faults.add("edit", LateCall(30_000))  # says "⚠️ Not sure yet"
    reply = await world.reply("hi")
    await held.reached.wait()
    await world.discord.until_posts(2)  # a reply that is shown only now says "⚠️ Not sure yet" without an edit
    held.go.set()
    await world.pass_time(10_000)
    before = (await world.shown(reply)).small

    await world.pass_time(25_000)
    world.discord.faults.catch_up()
    late = (await world.shown(reply)).small
    await world.pass_time(61_000)
    world.discord.faults.catch_up()

    assert before is not None
    assert before.startswith("✓ Sent")
    assert late is not None
    assert late.startswith("⚠️ Not sure yet")
    assert (await world.shown(reply)).small == before


async def test_an_edit_that_was_answered_is_not_repeated(world: RelayScenario) -> None:
    await world.greeted()
    held = HeldCall(done=True)
    world.fanvue.faults.add("send", held)
    reply = await world.reply("hi")
    await held.reached.wait()
    await world.discord.until_posts(2)
    held.go.set()

    await world.pass_time(120_000)

    assert world.discord.faults.calls["edit"] == 1
    assert ((await world.shown(reply)).small or "").startswith("✓ Sent")


async def test_a_reply_that_may_have_been_posted_once_is_edited_though_it_waits_again(
    world: RelayScenario,
) -> None:
    await world.greeted()
    await world.crash()  # nobody carries anything out while the rows are looked at
    send = await world.effect(await world.reply("hi"))

    async def posted_once(tx: Transaction) -> tuple[bool, bool]:
        shown = await outbox.by_cause(tx, send.id, "show")
        assert shown is not None
        await show_state(tx, world.effects, send, "never tried")
        await outbox.begin(tx, shown.id, 1)
        await unresolved_effects.doubt(tx, shown.id, not_before=2, reason="The answer got lost.")
        await unresolved_effects.reopen(tx, shown.id, now=3, forget=False)
        await show_state(tx, world.effects, send, "tried")
        return await _edits(tx, send.id, "never tried"), await _edits(tx, send.id, "tried")

    never_tried, tried = await world.database.write(posted_once)

    assert not never_tried
    assert tried


async def _edits(tx: Transaction, send: EffectId, part: str) -> bool:
    return await outbox.by_cause(tx, send, part) is not None
