"""What is typed goes through all that a reply goes through."""

from bot.sandbox.play import EveningPlay
from tests.features.inbox.checks.test_front_door import PATIENCE, shown
from tests.features.inbox.checks.test_front_door import buttons as buttons_of
from tests.features.inbox.message_replies.message_replies_fixtures import (
    FAN,
    arrived,
    begun,
    consents,
    inbox,
    lines,
    taken_away,
)

WARNED = "I wish we could meet up at my place tonight"
BLOCKED = "I am 15 years old"


async def test_look_shows_the_question_privately_and_send_takes_what_was_typed_away(
    play: EveningPlay,
) -> None:
    mara = play.stage.members["mara"]
    thread = await begun(play)
    await consents(play, thread)

    typed = await mara.say(thread, WARNED)
    _, line = await shown(play, FAN, "press Look to see why")
    before = inbox(play)
    first = await (await mara.click(line, "Look")).done(PATIENCE)
    again = await (await mara.click(line, "Look")).done(PATIENCE)
    old = await (await mara.click(first.message, "Send")).done(PATIENCE)
    await (await mara.click(again.message, "Send")).says("On its way", PATIENCE)
    await taken_away(play, typed)
    await taken_away(play, line)

    assert before == ["hi Sam"]
    assert first.ephemeral
    assert "meet" not in line.text
    assert buttons_of(again) == []
    assert "There was a new message after this, so you were asked again" in old.text
    assert inbox(play) == ["hi Sam", WARNED]


async def test_what_is_refused_can_be_changed_and_goes_out_once(play: EveningPlay) -> None:
    mara = play.stage.members["mara"]
    thread = await begun(play)
    await consents(play, thread)

    typed = await mara.say(thread, BLOCKED)
    _, line = await shown(play, FAN, "press Look to see why")
    shown_to = await (await mara.click(line, "Look")).done(PATIENCE)
    editing = await mara.click(shown_to.message, "Edit")
    await editing.opened(PATIENCE)
    await (await mara.submit(editing, {"text": "I am an adult"})).says("On its way", PATIENCE)
    await arrived(play, "hi Sam", "I am an adult")
    late = await (await mara.click(line, "Look")).done(PATIENCE)

    assert "Send" not in buttons_of(shown_to)
    assert "newer version" in late.text or "already sent" in late.text
    assert not typed.deleted
    assert inbox(play) == ["hi Sam", "I am an adult"]


async def test_what_was_typed_waits_its_seconds_and_cancel_takes_it_back(play: EveningPlay) -> None:
    mara, owner = play.stage.members["mara"], play.stage.owner
    thread = await begun(play)
    await consents(play, thread)
    await (await owner.slash(play.stage.guild, thread, "inbox hold", seconds=60)).done(PATIENCE)

    await mara.say(thread, "not this")
    _, line = await shown(play, FAN, "is sent in 60 s")
    await (await mara.click(line, "Cancel")).says("Cancelled", PATIENCE)
    await (await owner.slash(play.stage.guild, thread, "inbox hold", seconds=0)).done(PATIENCE)
    await mara.say(thread, "but this")
    await arrived(play, "hi Sam", "but this")

    assert inbox(play) == ["hi Sam", "but this"]


async def test_a_pause_keeps_it_and_look_says_so_to_its_member_alone(play: EveningPlay) -> None:
    mara, owner = play.stage.members["mara"], play.stage.owner
    thread = await begun(play)
    await consents(play, thread)
    paused = await owner.slash(play.stage.guild, thread, "pause member", member=mara.user.id)
    await paused.done(PATIENCE)

    typed = await mara.say(thread, "how are you?")
    _, line = await shown(play, FAN, "press Look to see why")
    told = await (await mara.click(line, "Look")).done(PATIENCE)
    lifting = await (await owner.slash(play.stage.guild, thread, "pause off")).done(PATIENCE)
    assert "The pause is over" in lifting.text
    await (await mara.click(line, "Look")).says("On its way", PATIENCE)
    await taken_away(play, typed)
    await arrived(play, "hi Sam", "how are you?")

    assert told.ephemeral
    assert "Paused by its owner" in told.text
    assert not any("Paused by" in one for one in lines(play, thread))
    assert inbox(play) == ["hi Sam", "how are you?"]


async def test_a_trainees_message_waits_for_a_lead_and_goes_out_by_their_word(play: EveningPlay) -> None:
    mara, owner = play.stage.members["mara"], play.stage.owner
    thread = await begun(play)
    granted = await owner.slash(play.stage.guild, thread, "team grant", to=mara.user.id, role="trainee")
    await granted.done(PATIENCE)
    await (await owner.click(granted.message, buttons_of(granted)[0])).done(PATIENCE)
    typed = await mara.say(thread, "hi Sam")
    _, question = await shown(play, FAN, "goes to the fan. Send this")
    await (await mara.click(question, "Send")).says("s messages here now go to the fan", PATIENCE)
    await shown(play, FAN, "reply is waiting for a lead")
    before = inbox(play)

    review = await (await owner.slash(play.stage.guild, thread, "inbox review")).done(PATIENCE)
    await (await owner.click(review.message, "Approve")).done(PATIENCE)
    await arrived(play, "hi Sam")
    await taken_away(play, typed)

    assert before == []
    assert inbox(play) == ["hi Sam"]


async def test_an_edit_counts_until_it_is_taken_and_is_said_not_to_afterwards(play: EveningPlay) -> None:
    mara = play.stage.members["mara"]
    thread = await begun(play)
    first = await mara.say(thread, "hi Sma")
    _, question = await shown(play, FAN, "goes to the fan. Send this")

    await mara.edit(first, "hi Sam")
    await (await mara.click(question, "Send")).says("s messages here now go to the fan", PATIENCE)
    await arrived(play, "hi Sam")
    kept = await mara.say(thread, WARNED)
    await shown(play, FAN, "press Look to see why")
    await mara.edit(kept, "something harmless")
    await shown(play, FAN, "Fanvue can't edit messages")
    await mara.edit(kept, "something else")
    await mara.say(thread, "bye")
    await arrived(play, "hi Sam", "bye")

    assert sum("Fanvue can't edit messages" in one for one in lines(play, thread)) == 1
    assert inbox(play) == ["hi Sam", "bye"]


async def test_whoever_takes_away_what_was_not_sent_takes_the_question_along(play: EveningPlay) -> None:
    mara = play.stage.members["mara"]
    thread = await begun(play)
    first = await mara.say(thread, "oops")
    _, question = await shown(play, FAN, "goes to the fan. Send this")
    await mara.delete(first)
    await taken_away(play, question)
    await consents(play, thread)
    kept = await mara.say(thread, WARNED)
    _, line = await shown(play, FAN, "press Look to see why")
    await mara.delete(kept)
    await taken_away(play, line)

    assert inbox(play) == ["hi Sam"]
