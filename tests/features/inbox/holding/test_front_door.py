"""A manager has replies wait; a member cancels one, also after a restart."""

from bot.sandbox.discord.model import walk
from bot.sandbox.play import EveningPlay
from tests.features.inbox.checks.test_front_door import PATIENCE, buttons, opened, shown


async def test_a_reply_that_waits_is_cancelled_edited_and_sent(play: EveningPlay) -> None:
    mara, fan, owner = play.stage.members["mara"], play.stage.fans["sam_k"], play.stage.owner
    await fan.write("hello there")
    thread, line = await shown(play, "sam_k", "hello there")
    denied = await (await mara.slash(play.stage.guild, thread, "inbox hold", seconds=0)).done(PATIENCE)
    set_to = await (await owner.slash(play.stage.guild, thread, "inbox hold", seconds=60)).done(PATIENCE)
    window = await opened(play, line)

    answer = await (await mara.submit(window, {"text": "hello Sam"})).says("is sent in 60 s", PATIENCE)
    offered = buttons(answer)
    await play.stage.bridge.stop()
    await play.stage.bridge.start()
    cancelled = await (await mara.click(answer.message, "Cancel")).says("Cancelled", PATIENCE)
    editing = await mara.click(cancelled.message, "Edit")
    form = await editing.opened(PATIENCE)
    none = await (await owner.slash(play.stage.guild, thread, "inbox hold", seconds=0)).done(PATIENCE)
    held = await (await owner.slash(play.stage.guild, thread, "inbox hold")).done(PATIENCE)
    asked = await (await mara.submit(editing, {"text": "hello again"})).says("hello there", PATIENCE)
    sent = await (await mara.click(asked.message, "Send")).says("On its way", PATIENCE)
    await shown(play, "sam_k", "✓ Sent")

    filled = {one["custom_id"]: one.get("value") for one in walk(form["components"]) if "custom_id" in one}
    assert "You don't have access to this here" in denied.text
    assert "wait 60 s" in set_to.text
    assert offered == ["Cancel"]
    assert filled["text"] == "hello Sam"
    assert "sent right away" in none.text
    assert "sent right away" in held.text
    assert buttons(sent) == []
    assert [message.text for message in fan.inbox()] == ["hello again"]
