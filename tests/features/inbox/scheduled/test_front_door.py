"""A reply is scheduled, changed, cancelled, sent at its time, or asked about."""

import pytest

from bot.relay.scheduled_replies import KIND
from bot.sandbox.discord.model import StandInMessage, walk
from bot.sandbox.play import EveningPlay
from tests.due_times import its_time_comes
from tests.features.inbox.checks.conftest import play as play  # noqa: PLC0414 - a fixture of this folder, too
from tests.features.inbox.checks.test_front_door import PATIENCE, buttons, opened, shown


def labels(message: StandInMessage) -> list[str]:
    return [str(one["label"]) for one in walk(message.components) if "label" in one]


async def scheduled(play: EveningPlay, text: str, when: str = "in 2 hours") -> StandInMessage:
    """Mara schedules a reply in the window; its line in the thread."""
    mara, fan = play.stage.members["mara"], play.stage.fans["sam_k"]
    await fan.write("hello there")
    _, line = await shown(play, "sam_k", "hello there")
    window = await opened(play, line)
    answer = await (await mara.submit(window, {"text": text, "when": when})).says("Scheduled", PATIENCE)
    assert buttons(answer) == ["Change", "Send now", "Cancel"]
    _, waiting = await shown(play, "sam_k", "⏰ Scheduled for <t:")
    assert text in waiting.text
    return waiting


async def test_a_scheduled_reply_waits_is_listed_and_is_sent_now(play: EveningPlay) -> None:
    mara, fan = play.stage.members["mara"], play.stage.fans["sam_k"]
    waiting = await scheduled(play, "see you tonight", "in 2 hours")
    offered = labels(waiting)

    listed = await mara.slash(play.stage.guild, play.stage.lobby, "inbox scheduled")
    await listed.done(PATIENCE)
    other = next(name for name in play.stage.members if name != "mara")
    unseen = await play.stage.members[other].slash(play.stage.guild, play.stage.lobby, "inbox scheduled")
    await unseen.done(PATIENCE)
    sent = await mara.click(waiting, "Send now")
    await sent.says("On its way", PATIENCE)
    await shown(play, "sam_k", "✓ Sent")
    await shown(play, "sam_k", "⏰ Sent: see")
    empty = await (await mara.slash(play.stage.guild, play.stage.lobby, "inbox scheduled")).done(PATIENCE)

    assert offered == ["Change", "Send now", "Cancel"]
    assert buttons(listed) == ["Change 1", "Cancel 1"]
    assert "Sam" in listed.text
    assert "No scheduled replies" in unseen.text
    assert "No scheduled replies" in empty.text
    assert [message.text for message in fan.inbox()] == ["see you tonight"]


@pytest.mark.parametrize("where", ["line", "list"])
async def test_a_scheduled_reply_is_cancelled_in_its_line_and_in_the_list(
    play: EveningPlay, where: str
) -> None:
    mara, fan = play.stage.members["mara"], play.stage.fans["sam_k"]
    waiting = await scheduled(play, "see you tonight", "in 2 hours")
    if where == "line":
        gone = await mara.click(waiting, "Cancel")
        await gone.says("Discarded. Not sent.", PATIENCE)
    else:
        listed = await mara.slash(play.stage.guild, play.stage.lobby, "inbox scheduled")
        await listed.done(PATIENCE)
        gone = await mara.click(listed.message, "Cancel 1")
        await gone.says("Cancelled. Not sent.", PATIENCE)

    _, over = await shown(play, "sam_k", "⏰ Cancelled. Not sent.")

    assert labels(over) == ["Reply"]
    assert "see you tonight" not in over.text
    assert fan.inbox() == []


async def test_change_brings_its_words_and_its_time_back(play: EveningPlay) -> None:
    mara, fan = play.stage.members["mara"], play.stage.fans["sam_k"]
    waiting = await scheduled(play, "see you tonight", "in 2 hours")

    editing = await mara.click(waiting, "Change")
    form = await editing.opened(PATIENCE)
    filled = {one["custom_id"]: one.get("value") for one in walk(form["components"]) if "custom_id" in one}
    asked = await mara.submit(editing, {"text": "see you now", "when": ""})
    await asked.says("hello there", PATIENCE)  # in this house a line counts as read after an hour
    await (await mara.click(asked.message, "Send")).says("On its way", PATIENCE)
    await shown(play, "sam_k", "✓ Sent")
    await shown(play, "sam_k", "⏰ Changed")

    assert filled["text"] == "see you tonight"
    assert str(filled["when"]).startswith("<t:")
    assert [message.text for message in fan.inbox()] == ["see you now"]


async def test_it_is_changed_in_the_list_and_sent_from_there(play: EveningPlay) -> None:
    mara, fan, stage = play.stage.members["mara"], play.stage.fans["sam_k"], play.stage
    await scheduled(play, "see you tonight", "in 2 hours")
    listed = await (await mara.slash(stage.guild, stage.lobby, "inbox scheduled")).done(PATIENCE)

    changing = await mara.click(listed.message, "Change 1")
    form = await changing.opened(PATIENCE)
    later = await mara.submit(changing, {"text": "see you tomorrow", "when": "in 3 hours"})
    asked = await later.says("Not sent yet", PATIENCE)  # here nobody knows that they read the thread
    await (await mara.click(asked.message, "Send")).says("Scheduled", PATIENCE)
    await shown(play, "sam_k", "⏰ Changed")
    again = await (await mara.slash(stage.guild, stage.lobby, "inbox scheduled")).done(PATIENCE)
    await (await mara.click(again.message, "Cancel 1")).says("Cancelled. Not sent.", PATIENCE)

    assert not {"vault", "files"} & {one.get("custom_id") for one in walk(form["components"])}
    assert buttons(again) == ["Change 1", "Cancel 1"]
    assert fan.inbox() == []


async def test_what_others_wrote_is_not_changed_in_the_list(play: EveningPlay) -> None:
    owner, stage = play.stage.owner, play.stage
    await scheduled(play, "see you tonight", "in 2 hours")

    listed = await (await owner.slash(stage.guild, stage.lobby, "inbox scheduled")).done(PATIENCE)

    assert buttons(listed) == ["Cancel 1"]


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("yesterday", "We can't read that time"),
        ("in 40 days", "at most 30 days ahead"),
        ("2020-01-01 10:00", "has passed"),
    ],
)
async def test_a_time_that_cannot_be_kept_is_refused_and_what_was_typed_comes_back(
    play: EveningPlay, when: str, said: str
) -> None:
    mara, fan = play.stage.members["mara"], play.stage.fans["sam_k"]
    await fan.write("hello there")
    _, line = await shown(play, "sam_k", "hello there")
    window = await opened(play, line)

    refused = await (await mara.submit(window, {"text": "see you", "when": when})).says(said, PATIENCE)

    assert "see you" in refused.text
    assert fan.inbox() == []


async def test_it_leaves_at_its_time_once_and_holds_nobody_up(play: EveningPlay) -> None:
    mara, fan = play.stage.members["mara"], play.stage.fans["sam_k"]
    waiting = await scheduled(play, "at its time")
    thread, _ = await shown(play, "sam_k", "hello there")
    meanwhile = await (await mara.slash(play.stage.guild, thread, "reply", text="first this")).says(
        "hello there", PATIENCE
    )
    await (await mara.click(meanwhile.message, "Send")).says("On its way", PATIENCE)
    await shown(play, "sam_k", "✓ Sent")
    before = [message.text for message in fan.inbox()]

    await its_time_comes(play.stage.bridge, KIND)
    _, left = await shown(play, "sam_k", "⏰ Sent: see")
    await shown(play, "sam_k", "at its time")

    assert left.id == waiting.id
    assert before == ["first this"]
    assert [message.text for message in fan.inbox()] == ["first this", "at its time"]


async def test_after_a_restart_its_author_reads_that_it_is_kept_and_can_cancel_it(play: EveningPlay) -> None:
    mara, fan = play.stage.members["mara"], play.stage.fans["sam_k"]
    await fan.write("hello there")
    _, line = await shown(play, "sam_k", "hello there")
    window = await opened(play, line)
    answer = await mara.submit(window, {"text": "see you tonight", "when": "in 2 hours"})
    await answer.says("Scheduled", PATIENCE)

    await play.stage.bridge.stop()
    await play.stage.bridge.start()
    await answer.says("Your scheduled reply is kept", PATIENCE)
    offered = buttons(answer)
    await mara.click(answer.message, "Cancel")
    await shown(play, "sam_k", "⏰ Cancelled. Not sent.")

    assert offered == ["Change", "Send now", "Cancel"]
    assert fan.inbox() == []


async def test_where_the_fan_wrote_meanwhile_it_stays_and_its_author_is_asked(play: EveningPlay) -> None:
    mara, fan, owner = play.stage.members["mara"], play.stage.fans["sam_k"], play.stage.owner
    waiting = await scheduled(play, "at its time")
    await fan.write("wait, one more thing")
    await shown(play, "sam_k", "one more thing")
    await its_time_comes(play.stage.bridge, KIND)
    _, kept = await shown(play, "sam_k", "Not sent at its time")
    said = kept.text

    problems = await (await owner.slash(play.stage.guild, play.stage.lobby, "inbox problems")).done(PATIENCE)
    listed = await (await mara.slash(play.stage.guild, play.stage.lobby, "inbox scheduled")).done(PATIENCE)
    asked = await (await mara.click(kept, "Send now")).says("one more thing", PATIENCE)
    await shown(play, "sam_k", "Not sent yet: there's a new message")
    offered, before = labels(kept), [message.text for message in fan.inbox()]
    await (await mara.click(asked.message, "Send")).says("On its way", PATIENCE)
    await shown(play, "sam_k", "✓ Sent")
    await shown(play, "sam_k", "⏰ Sent: see")
    settled = await (await owner.slash(play.stage.guild, play.stage.lobby, "inbox problems")).done(PATIENCE)

    assert kept.id == waiting.id
    assert "There's a new message since it was scheduled" in said
    assert offered == ["Change", "Send now", "Cancel"]
    assert "A scheduled reply to **Sam" in problems.text
    assert "There's a new message" in listed.text
    assert asked.ephemeral
    assert before == []
    assert [message.text for message in fan.inbox()] == ["at its time"]
    assert "A scheduled reply" not in settled.text


async def test_who_lost_their_role_meanwhile_sends_nothing(play: EveningPlay) -> None:
    mara, fan = play.stage.members["mara"], play.stage.fans["sam_k"]
    await scheduled(play, "at its time")

    play.stage.guild.members[mara.user.id].roles.remove(play.stage.team.id)
    await its_time_comes(play.stage.bridge, KIND)
    _, kept = await shown(play, "sam_k", "Not sent at its time")

    assert "Its author may no longer answer this creator's fans." in kept.text
    assert fan.inbox() == []


async def test_while_everything_is_paused_it_waits_and_whoever_ends_the_pause_decides(
    play: EveningPlay,
) -> None:
    mara, fan, owner = play.stage.members["mara"], play.stage.fans["sam_k"], play.stage.owner
    guild, lobby = play.stage.guild, play.stage.lobby
    waiting = await scheduled(play, "at its time", "in 2 hours")
    await (await owner.slash(guild, lobby, "pause creator")).done(PATIENCE)

    refused = await (await mara.click(waiting, "Send now")).says("Paused by", PATIENCE)
    ending = await (await owner.slash(guild, lobby, "pause off")).done(PATIENCE)
    await (await owner.click(ending.message, "Discard them")).done(PATIENCE)
    _, kept = await shown(play, "sam_k", "Not sent at its time. A pause held it.")
    sent = await mara.click(kept, "Send now")
    await sent.says("On its way", PATIENCE)
    await shown(play, "sam_k", "✓ Sent")

    assert refused.ephemeral
    assert [message.text for message in fan.inbox()] == ["at its time"]
