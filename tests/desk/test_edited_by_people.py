"""A moderator deletes a line: Fanvue is untouched, nothing is sent again (D10)."""

from bot.relay.events import ChatRead
from storage import outbox
from storage.records import EffectState
from tests.desk.office import Office, words
from tests.relay.worlds import CREATOR, EMMA


async def test_a_deleted_reply_line_stays_deleted_and_the_reply_stays_sent(office: Office) -> None:
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
    assert words(await office.desk.problems.page([CREATOR])).strip() == "Nothing waits for a person."
