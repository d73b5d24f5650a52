"""What must not reach a fan, whatever else the member is told."""

import pytest

from bot.model.ports import Button, OpenedThread, Post
from bot.sandbox.discord.model import FORUM, StandInOverwrite
from bot.sandbox.discord.permissions import SEND_IN_THREADS
from storage.records import DiscordId
from tests.discord.discord_test_server import DiscordTestServer

REF = "AbCdEfGhIjKlMnOpQr-_12"


async def _fan(town: DiscordTestServer) -> OpenedThread:
    forum = town.server.world.add_channel(town.guild, "fans", FORUM, nsfw=True)
    card = Post(title="Nora", body=("A fan.",), accent=1, buttons=(Button("reply", REF, "Reply"),))
    opened = await town.bot.discord.open_thread(DiscordId(forum.id), name="Nora", card=card, tags=[])
    town.desk.fans.add(opened.thread)
    return opened


async def test_nothing_is_kept_or_sent_for_whoever_may_only_read(town: DiscordTestServer) -> None:
    fan = await _fan(town)
    forum = town.server.world.channel(town.server.world.channel(fan.thread).parent_id or 0)
    forum.overwrites[town.team.id] = StandInOverwrite(town.team.id, 0, 0, SEND_IN_THREADS)

    answer = await town.maya.slash(town.guild, fan.thread, "reply", text="hi")
    await answer.done()

    assert (town.desk.kept, town.desk.sent) == ({}, [])
    assert "On its way" not in answer.text


async def test_nothing_is_sent_when_nobody_knows_whether_discord_took_the_answer(
    town: DiscordTestServer,
) -> None:
    fan = await _fan(town)
    town.server.faults.lose_answer("POST", "/interactions/.*/callback")

    answer = await town.maya.slash(town.guild, fan.thread, "reply", text="hi")
    await answer.done()

    assert town.desk.sent == []
    assert town.desk.states("reply") == ["cancelled"]
    assert "On its way" not in answer.text


@pytest.mark.parametrize("breaks", ["template", "accept"])
async def test_what_breaks_after_it_was_kept_is_cancelled_and_comes_back(
    town: DiscordTestServer, breaks: str
) -> None:
    fan = await _fan(town)
    town.desk.broken, town.desk.breaks = True, breaks
    named = {"template": "greeting"} if breaks == "template" else {}

    answer = await town.maya.slash(town.guild, fan.thread, "reply", text="good evening", **named)
    await answer.says("Something went wrong")

    assert "good evening" in answer.text
    assert town.desk.states("reply") == ["cancelled"]
    assert town.desk.sent == []
