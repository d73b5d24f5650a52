"""A team answers by typing, as its members and the fan see it."""

from dataclasses import replace

from bot.sandbox.play import EveningPlay
from tests.features.inbox.checks.test_front_door import PATIENCE, shown
from tests.features.inbox.message_replies.message_replies_fixtures import (
    FAN,
    arrived,
    begun,
    consents,
    inbox,
    labels,
    lines,
    switch,
    taken_away,
)


async def test_the_first_typed_message_asks_once_and_the_next_one_goes_out(play: EveningPlay) -> None:
    mara = play.stage.members["mara"]
    thread = await begun(play)

    first = await mara.say(thread, "hi Sam")
    _, question = await shown(play, FAN, "what you type in this creator's threads goes to the fan")
    before = inbox(play)
    await (await mara.click(question, "Send")).says("s messages here now go to the fan", PATIENCE)
    await taken_away(play, first)
    second = await mara.say(thread, "how are you?")
    await taken_away(play, second)
    await arrived(play, "hi Sam", "how are you?")

    assert labels(question) == []
    assert before == []
    assert inbox(play) == ["hi Sam", "how are you?"]
    assert sum("how are you?" in line for line in lines(play, thread)) == 1


async def test_what_begins_with_the_sign_and_every_command_stays_inside(play: EveningPlay) -> None:
    mara = play.stage.members["mara"]
    thread = await begun(play)
    await consents(play, thread)

    await mara.say(thread, "// what do we charge him?")
    asked = await mara.slash(play.stage.guild, thread, "fan claim")
    await asked.done(PATIENCE)
    await mara.say(thread, "the end")
    await arrived(play, "hi Sam", "the end")

    assert inbox(play) == ["hi Sam", "the end"]
    assert "// what do we charge him?" in lines(play, thread)


async def test_the_card_says_that_typing_goes_to_the_fan_until_it_is_switched_off(play: EveningPlay) -> None:
    thread = await begun(play)

    _, card = await shown(play, FAN, "Typing here goes to the fan; `//` keeps it inside")
    off = await switch(play, thread, state="off")
    await play.stage.discord.world.until(lambda: "Typing here" not in card.text or None, PATIENCE)
    await play.stage.members["mara"].say(thread, "nobody reads this outside")
    again = await switch(play, thread)

    assert "stay inside" in off.text
    assert "Typing here" not in card.text
    assert "stay inside" in again.text
    assert inbox(play) == []


async def test_keep_inside_sends_nothing_and_the_next_message_is_asked_about_again(play: EveningPlay) -> None:
    mara = play.stage.members["mara"]
    thread = await begun(play)

    first = await mara.say(thread, "who takes him?")
    _, question = await shown(play, FAN, "goes to the fan. Send this")
    await (await mara.click(question, "Keep inside")).says("Kept inside", PATIENCE)
    await mara.say(thread, "hi Sam")
    _, again = await shown(play, FAN, "goes to the fan. Send this")
    await (await mara.click(again, "Send")).says("s messages here now go to the fan", PATIENCE)
    await arrived(play, "hi Sam")

    assert labels(question) == []
    assert again.id != question.id
    assert not first.deleted
    assert inbox(play) == ["hi Sam"]


async def test_what_is_typed_before_the_answer_waits_with_it_and_keeps_its_order(play: EveningPlay) -> None:
    mara = play.stage.members["mara"]
    thread = await begun(play)

    for text in ("one", "two", "three"):
        await mara.say(thread, text)
    _, question = await shown(play, FAN, "goes to the fan. Send this")
    await (await mara.click(question, "Send")).says("s messages here now go to the fan", PATIENCE)
    await arrived(play, "one", "two", "three")

    assert inbox(play) == ["one", "two", "three"]
    assert sum("Send this" in line for line in lines(play, thread)) == 0


async def test_nobody_presses_for_somebody_else(play: EveningPlay) -> None:
    mara, other = play.stage.members["mara"], play.stage.members[_other(play)]
    thread = await begun(play)
    await mara.say(thread, "hi Sam")
    _, question = await shown(play, FAN, "goes to the fan. Send this")

    pressed = await (await other.click(question, "Send")).done(PATIENCE)

    assert pressed.ephemeral
    assert "Only the person who typed this can press it" in pressed.text
    assert labels(question) == ["Send", "Keep inside"]
    assert inbox(play) == []


async def test_whoever_may_not_answer_is_told_once_and_nothing_goes_out(play: EveningPlay) -> None:
    thread = await begun(play)
    world = play.stage.discord.world
    viewer = world.add_user("vera")
    watchers = world.add_role(play.stage.guild, "Watchers")
    world.add_member(play.stage.guild, viewer, [watchers])
    parent = world.channel(thread.parent_id or 0)
    parent.overwrites[watchers.id] = replace(parent.overwrites[play.stage.team.id], id=watchers.id)
    vera = play.stage.discord.person(viewer.id)

    await vera.say(thread, "shall I?")
    await shown(play, FAN, "s messages here stay inside")
    await vera.say(thread, "hello?")
    await consents(play, thread)

    assert sum("s messages here stay inside" in line for line in lines(play, thread)) == 1
    assert inbox(play) == ["hi Sam"]


async def test_what_is_not_surely_for_the_fan_is_asked_about(play: EveningPlay) -> None:
    mara, other = play.stage.members["mara"], play.stage.members[_other(play)]
    thread = await begun(play)
    await consents(play, thread)
    told = await other.say(thread, "// he is nice")

    await mara.say(thread, "/reply hi", reply_to=None)
    await shown(play, FAN, "looks like a command")
    await mara.say(thread, f"<@{other.user.id}> your turn")
    await shown(play, FAN, "only Discord can show")
    await mara.say(thread, "he is", reply_to=told)
    await shown(play, FAN, "this answers someone on the team")
    await mara.say(thread, "look at this", files={"cat.png": b"png"})
    _, picture = await shown(play, FAN, "only the text can go")
    await mara.say(thread, "", files={"cat.png": b"png"})
    await shown(play, FAN, "only text goes to the fan")
    before = inbox(play)
    await (await mara.click(picture, "Send")).says("sent it to the fan", PATIENCE)
    await arrived(play, "hi Sam", "look at this")

    assert before == ["hi Sam"]
    assert inbox(play) == ["hi Sam", "look at this"]


def _other(play: EveningPlay) -> str:
    return next(name for name in play.stage.members if name != "mara")
