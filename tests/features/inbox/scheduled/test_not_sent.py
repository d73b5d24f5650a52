"""Scheduled for a fan, or by an author, who is gone: not sent, and said."""

from bot.relay.scheduled_replies import KIND
from bot.sandbox.discord import forum
from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.model import StandInMessage
from bot.sandbox.play import EveningPlay
from bot.sandbox.program import until
from tests.due_times import its_time_comes
from tests.features.inbox.checks.conftest import play as play  # noqa: PLC0414 - a fixture of this folder, too
from tests.features.inbox.checks.test_front_door import PATIENCE, buttons, shown
from tests.features.inbox.scheduled.test_front_door import labels, scheduled
from tests.proofs.faults.questions import press_until


async def by_owner(play: EveningPlay, command: str, **typed: str) -> InteractionAnswer:
    owner, stage = play.stage.owner, play.stage
    return await (await owner.slash(stage.guild, stage.lobby, command, **typed)).done(PATIENCE)


def line_of(play: EveningPlay, shown: StandInMessage) -> StandInMessage | None:
    return play.stage.discord.world.messages.get(shown.channel_id, {}).get(shown.id)


async def test_of_a_forgotten_fan_nothing_is_left_to_send_or_to_see(play: EveningPlay) -> None:
    mara, fan, stage = play.stage.members["mara"], play.stage.fans["sam_k"], play.stage
    waiting = await scheduled(play, "at its time")
    thread, _ = await shown(play, "sam_k", "hello there")
    asked = await (await stage.owner.slash(stage.guild, thread, "settings privacy forget")).done(PATIENCE)
    await press_until(stage.owner, asked, "Yes, do it", "is forgotten")
    listed = await (await mara.slash(stage.guild, stage.lobby, "inbox scheduled")).done(PATIENCE)
    left = await its_time_comes(play.stage.bridge, KIND)
    problems = await by_owner(play, "inbox problems")

    assert "No scheduled replies" in listed.text
    assert line_of(play, waiting) is None
    assert left == 0
    assert "This isn't one of your scheduled replies" not in problems.text
    assert fan.inbox() == []


async def test_where_its_thread_is_gone_it_waits_among_the_problems(play: EveningPlay) -> None:
    mara, fan, stage = play.stage.members["mara"], play.stage.fans["sam_k"], play.stage
    await scheduled(play, "at its time")
    thread, _ = await shown(play, "sam_k", "hello there")
    forum.delete(stage.discord.world, thread, stage.owner.user.id)
    await its_time_comes(play.stage.bridge, KIND)

    problems = await until_problem(play, "A scheduled reply to **Sam")
    listed = await (await mara.slash(stage.guild, stage.lobby, "inbox scheduled")).done(PATIENCE)

    assert "The thread that it was written in is gone" in problems.text
    assert "Not sent: The thread that it was written in is gone" in listed.text
    assert buttons(listed) == ["Change 1", "Cancel 1"]
    assert fan.inbox() == []


async def until_problem(play: EveningPlay, words: str) -> InteractionAnswer:
    async def there() -> InteractionAnswer | None:
        found = await by_owner(play, "inbox problems")
        return found if words in found.text else None

    found = await until(there, PATIENCE)
    assert found is not None
    return found


async def test_with_the_account_it_is_disconnected_and_the_owner_reads_which_one(play: EveningPlay) -> None:
    mara, fan, stage = play.stage.members["mara"], play.stage.fans["sam_k"], play.stage
    waiting = await scheduled(play, "at its time")
    asked = await by_owner(play, "account unlink")
    ended = await (await stage.owner.click(asked.message, "Yes, disconnect")).done(PATIENCE)
    _, kept = await shown(play, "sam_k", "⏰ Not sent")
    listed = await (await mara.slash(stage.guild, stage.lobby, "inbox scheduled")).done(PATIENCE)
    left = await its_time_comes(play.stage.bridge, KIND)

    assert "a scheduled reply: Sam" in ended.text
    assert kept.id == waiting.id
    assert "disconnected their Fanvue account" in kept.text
    assert labels(kept) == ["Reply"]
    assert "No scheduled replies" in listed.text
    assert left == 0
    assert fan.inbox() == []


async def test_who_left_the_server_sends_nothing_and_the_line_says_so(play: EveningPlay) -> None:
    mara, fan, stage = play.stage.members["mara"], play.stage.fans["sam_k"], play.stage
    waiting = await scheduled(play, "at its time")

    stage.discord.world.remove_member(stage.guild, mara.user)
    await its_time_comes(play.stage.bridge, KIND)
    _, kept = await shown(play, "sam_k", "Not sent")
    problems = await by_owner(play, "inbox problems")

    assert kept.id == waiting.id
    assert "no longer on this server" in kept.text
    assert "A scheduled reply to **Sam" in problems.text
    assert fan.inbox() == []


async def test_who_lost_their_role_changes_nothing_in_the_list(play: EveningPlay) -> None:
    mara, stage = play.stage.members["mara"], play.stage
    waiting = await scheduled(play, "at its time", "in 2 hours")
    listed = await (await mara.slash(stage.guild, stage.lobby, "inbox scheduled")).done(PATIENCE)

    stage.guild.members[mara.user.id].roles.remove(stage.team.id)
    refused = await (await mara.click(listed.message, "Change 1")).done(PATIENCE)

    assert "Ask the owner; /team explain shows what your role can do." in refused.text
    assert "Scheduled for" in waiting.text
