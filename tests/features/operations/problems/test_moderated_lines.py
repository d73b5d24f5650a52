"""A moderator deletes a line: Fanvue is untouched, nothing is sent again (D10)."""

from bot.model.events import ChatRead
from storage.engine import outbox
from storage.records import DiscordId, EffectId, EffectState
from tests.features.operations.problems.problems_scenario import ProblemsScenario, labels, words
from tests.relay.fault_switchboard import LostAnswer
from tests.relay.relay_scenario import ALERTS, CREATOR, EMMA, MAYA


async def test_a_deleted_reply_line_stays_deleted_and_the_reply_stays_sent(office: ProblemsScenario) -> None:
    thread = await office.greeted()
    reply = await office.reply("hi")
    await office.turn()
    shown = await office.database.read(lambda tx: outbox.by_cause(tx, reply, "show"))
    assert shown is not None
    assert shown.state is EffectState.DONE
    line = max(office.discord.channels[thread].posts)
    edits = office.discord.faults.calls["edit"]

    office.discord.take_away(thread, line)
    office.desk.noticing.deleted(line)
    await office.desk.noticing.act()
    (sent,) = (there for there in office.fanvue.chat(CREATOR, EMMA.id) if there.from_creator)
    office.fanvue.change(sent.message, read=True)
    await office.happen(ChatRead(CREATOR, EMMA, office.clock.now()), kind="chat.read")

    edit = await office.database.read(
        lambda tx: tx.one(
            "SELECT state, reason FROM outbox WHERE kind = 'reply.edit' ORDER BY seq DESC LIMIT 1"
        )
    )
    assert edit == {"state": EffectState.CANCELLED, "reason": "The message was deleted."}
    assert office.discord.faults.calls["edit"] == edits + 1
    assert line not in office.discord.channels[thread].posts
    assert office.texts() == ["hi"]
    assert (await office.effect(reply)).state is EffectState.DONE
    assert words(await office.desk.problems.page([CREATOR])).strip() == "Nothing needs your attention."


async def deleted_line(office: ProblemsScenario) -> tuple[DiscordId, EffectId]:
    """A sent reply whose line a moderator deleted: the thread, and the note that says so."""
    thread = await office.greeted()
    await office.reply("hi")
    await office.turn()
    line = max(office.discord.channels[thread].posts)
    office.discord.take_away(thread, line)
    office.desk.noticing.deleted(line)
    await office.desk.noticing.act()
    await office.turn()
    note = office.discord.lines(thread)[-1]
    assert labels(note) == ["Reply", "Unsend"]
    return thread, EffectId(note.buttons[1].ref)


async def test_unsend_counts_once_and_only_in_the_fans_own_thread(office: ProblemsScenario) -> None:
    thread, note = await deleted_line(office)

    elsewhere = await office.desk.unsending.unsend(note, MAYA, ALERTS)
    first = await office.desk.unsending.unsend(note, MAYA, thread)
    second = await office.desk.unsending.unsend(note, MAYA, thread)
    await office.turn()

    assert "isn't for a message" in elsewhere
    assert "We asked Fanvue" in first
    assert f"<@{MAYA}> had it taken back" in second
    assert office.fanvue.faults.calls["unsend"] == 1
    assert [entry.action for entry in await office.audit()] == ["reply.unsend"]
    assert "taken back" in words(office.discord.lines(thread)[-1])


async def test_an_unsend_of_unknown_fate_is_looked_for_before_it_is_asked_for_again(
    office: ProblemsScenario,
) -> None:
    thread, note = await deleted_line(office)
    office.fanvue.faults.add("unsend", LostAnswer())

    await office.desk.unsending.unsend(note, MAYA, thread)
    await office.turn()
    unsure = words(office.discord.lines(thread)[-1])
    await office.pass_time(6_000)

    assert "Not sure yet" in unsure
    assert (office.fanvue.faults.calls["unsend"], office.fanvue.faults.calls["has"]) == (1, 1)
    assert office.texts() == []
    assert "It was taken back since: the fan no longer has it" in words(office.discord.lines(thread)[-1])
