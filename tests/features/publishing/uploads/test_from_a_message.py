"""“Add to vault”: files of a message go up, then the message goes."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.discord.asking import NOT_HERE
from bot.features.publishing.uploads import texts
from bot.sandbox.discord import channels
from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.model import StandInChannel, StandInMessage
from bot.sandbox.discord.people import DiscordPerson
from bot.sandbox.discord.permissions import MANAGE_MESSAGES, VIEW_CHANNEL
from bot.sandbox.discord.standalone import APPLICATION_ID
from cogs.publishing.upload_views import NO_FILES, SEEN_BY_ALL
from tests.features.publishing.uploads.test_front_door import (
    THERE,
    WITHIN,
    UploadThreadScenario,
    content,
    opened,
)
from tests.features.publishing.uploads.uploads_scenario import PART

MENU = "Add to vault"


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[UploadThreadScenario]:
    async with opened(tmp_path) as ready:
        hide(ready, ready.stage.lobby)
        team, world = ready.stage.team.id, ready.stage.discord.world
        await world.until(lambda: team in alerts_of(ready).overwrites, WITHIN)  # by the owner's yes
        yield ready


def hide(room: UploadThreadScenario, channel: StandInChannel) -> None:
    """Only the team and the bot see this channel from now on."""
    stage, sees = room.stage, str(VIEW_CHANNEL)
    rules = {
        stage.guild.id: {"type": 0, "allow": "0", "deny": sees},
        stage.team.id: {"type": 0, "allow": sees, "deny": "0"},
        APPLICATION_ID: {"type": 1, "allow": sees, "deny": "0"},
    }
    for whose, rule in rules.items():
        channels.set_overwrite(stage.discord.world, channel, stage.owner.user.id, whose, rule)


def alerts_of(room: UploadThreadScenario) -> StandInChannel:
    """The creator's own channel, which only the team sees."""
    channels_here = room.stage.discord.world.channels.values()
    return next(one for one in channels_here if one.name.endswith("-alerts"))


async def said(
    room: UploadThreadScenario,
    where: StandInChannel | None = None,
    by: DiscordPerson | None = None,
    **files: bytes,
) -> StandInMessage:
    """The owner's message with files, or somebody else's, in her alerts channel or another one."""
    named = {name.replace("_", "."): one for name, one in files.items()}
    return await (by or room.stage.owner).say(where or alerts_of(room), "new ones", files=named)


async def add(
    room: UploadThreadScenario, message: StandInMessage, who: DiscordPerson | None = None
) -> InteractionAnswer:
    """Somebody uses the menu of a message."""
    answer = await (who or room.stage.owner).menu(message, MENU)
    await answer.done(WITHIN)
    assert answer.ephemeral
    return answer


async def test_the_message_is_deleted_once_the_vault_has_all_of_its_files(room: UploadThreadScenario) -> None:
    room.stage.fanvue.faults.add("error_before", "PUT", r"/_parts/.*/3$", count=None, status=503)
    message = await said(room, one_jpg=content(500), two_mp4=content(4 * PART, 2))
    answer = await add(room, message)
    await answer.until(lambda now: "50 % (2 of 4 parts)" in now.text, WITHIN)
    before = message.deleted
    room.stage.fanvue.faults.clear()
    await answer.until(lambda now: texts.GONE in now.text, WITHIN)

    assert (before, message.deleted, len(THERE.findall(answer.text))) == (False, True, 2)
    assert all(one.finished for one in room.stage.fanvue.world.uploads.values())


async def test_it_is_deleted_once_also_over_a_kill_and_where_the_files_were_there_before(
    room: UploadThreadScenario,
) -> None:
    first = await room.upload(("one.jpg", content(500)))
    await first.until(lambda now: THERE.search(now.text) is not None, WITHIN)
    room.stage.discord.faults.fail("DELETE", r"/messages/\d+$", 503)
    message = await said(room, other_jpg=content(500))
    answer = await add(room, message)
    await answer.until(lambda now: texts.GOES in now.text, WITHIN)
    await room.stage.bridge.kill()
    await room.stage.bridge.start()
    await answer.until(lambda now: texts.GONE in now.text, WITHIN)

    assert (message.deleted, room.begun) == (True, 1)
    assert "was already in the vault" in answer.text


async def test_a_file_that_cannot_go_up_keeps_the_message(room: UploadThreadScenario) -> None:
    message = await said(room, one_jpg=content(500), notes_zip=content(10))
    refused = await add(room, message)
    bare = await add(room, await room.stage.owner.say(room.stage.lobby, "no files"))
    room.stage.fanvue.faults.add("error_before", "PUT", r"/_parts/.*/2$", count=None, status=503)
    slow = await said(room, long_mp4=content(4 * PART, 5))
    stopped = await add(room, slow)
    await stopped.until(lambda now: "25 %" in now.text, WITHIN)
    await room.stage.owner.click(stopped.message, "Cancel")
    await stopped.until(lambda now: "was cancelled" in now.text, WITHIN)

    assert "Fanvue's vault does not take this kind of file." in refused.text
    assert bare.text == NO_FILES
    assert (message.deleted, slow.deleted) == (False, False)


async def test_without_the_right_to_delete_the_answer_says_so(room: UploadThreadScenario) -> None:
    world = room.stage.discord.world
    forbidden = {"type": 1, "allow": str(VIEW_CHANNEL), "deny": str(MANAGE_MESSAGES)}
    channels.set_overwrite(world, alerts_of(room), room.stage.owner.user.id, APPLICATION_ID, forbidden)
    message = await said(room, one_jpg=content(500))
    answer = await add(room, message)
    await answer.until(lambda now: texts.NO_RIGHT in now.text, WITHIN)

    assert not message.deleted
    assert THERE.search(answer.text) is not None


async def test_what_its_presser_may_not_delete_themselves_is_not_deleted_for_them(
    room: UploadThreadScenario,
) -> None:
    stage, where = room.stage, alerts_of(room)
    mara = stage.members["mara"]
    asked = await stage.owner.slash(stage.guild, stage.lobby, "team grant", to=mara.user.id, role="manager")
    await asked.done(WITHIN)
    await stage.owner.click(asked.message, "Yes, do it")
    await asked.until(lambda now: "Yes, do it" not in str(now.message and now.message.components), WITHIN)
    message = await said(room, one_jpg=content(500))
    answer = await add(room, message, mara)
    await answer.until(lambda now: texts.NOT_THEIRS in now.text, WITHIN)
    kept = message.deleted
    allowed = {"type": 1, "allow": str(VIEW_CHANNEL | MANAGE_MESSAGES), "deny": "0"}
    channels.set_overwrite(stage.discord.world, where, stage.owner.user.id, mara.user.id, allowed)
    again = await add(room, message, mara)
    await again.until(lambda now: texts.GONE in now.text, WITHIN)

    assert (kept, message.deleted) == (False, True)


async def test_who_may_not_upload_adds_nothing_and_deletes_nothing(room: UploadThreadScenario) -> None:
    message = await said(room, one_jpg=content(500))
    refused = await add(room, message, next(iter(room.stage.members.values())))

    assert (refused.text, message.deleted, room.begun) == (NOT_HERE, False, 0)


async def test_from_a_channel_that_everybody_sees_nothing_is_taken(room: UploadThreadScenario) -> None:
    stage = room.stage
    public = stage.discord.world.add_channel(stage.guild, "gallery")
    message = await said(room, public, one_jpg=content(500))
    refused = await add(room, message)
    hide(room, public)
    answer = await add(room, message)
    await answer.until(lambda now: texts.ELSEWHERE in now.text, WITHIN)

    assert (refused.text, room.begun) == (SEEN_BY_ALL, 1)
    assert not message.deleted


async def test_a_thread_is_as_open_as_its_forum(room: UploadThreadScenario) -> None:
    stage, world = room.stage, room.stage.discord.world
    await next(iter(stage.fans.values())).write("hello")
    await world.until(lambda: any(one.thread for one in world.channels.values()), WITHIN)
    thread = next(one for one in world.channels.values() if one.thread)
    forum = world.channels[thread.parent_id or 0]
    message = await said(room, thread, one_jpg=content(500))
    everybody = {"type": 0, "allow": str(VIEW_CHANNEL), "deny": "0"}
    channels.set_overwrite(world, forum, stage.owner.user.id, stage.guild.id, everybody)
    refused = await add(room, message)
    hide(room, forum)
    answer = await add(room, message)
    await answer.until(lambda now: texts.GONE in now.text, WITHIN)

    assert (refused.text, room.begun) == (SEEN_BY_ALL, 1)
    assert message.deleted


async def test_the_audit_has_who_had_the_message_deleted(room: UploadThreadScenario) -> None:
    message = await said(room, one_jpg=content(500))
    answer = await add(room, message)
    await answer.until(lambda now: texts.GONE in now.text, WITHIN)
    audit = await room.stage.owner.slash(room.stage.guild, room.stage.lobby, "team audit", action="uploads")
    await audit.done(WITHIN)

    assert audit.text.count("had a message deleted whose files are in the vault") == 1
    assert f"<@{room.stage.owner.user.id}> had a message deleted" in audit.text


async def test_where_whoever_runs_the_bridge_says_so_the_message_stays(tmp_path: Path) -> None:
    async with opened(tmp_path, DELETE_UPLOADED="false") as room:
        hide(room, room.stage.lobby)
        message = await said(room, one_jpg=content(500))
        answer = await add(room, message)
        await answer.until(lambda now: texts.KEPT in now.text, WITHIN)

        assert not message.deleted
