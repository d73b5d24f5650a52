"""A line whose text is kept back is shown privately to those who may read here."""

import pytest

from bot.discord.asking import NOT_HERE
from bot.model.ports import Button, OpenedThread, Post
from bot.sandbox.discord import channels
from bot.sandbox.discord.model import FORUM
from bot.sandbox.discord.permissions import READ_HISTORY
from storage.records import DiscordId, EffectId
from tests.discord.discord_test_server import DiscordTestServer

REF = EffectId("AbCdEfGhIjKlMnOpQr-_12")
ACTIONS = ["hidden.show", "private.show"]


async def with_a_hidden_line(town: DiscordTestServer, action: str) -> OpenedThread:
    """A fan's thread whose newest line hides something."""
    forum = town.server.world.add_channel(town.guild, "fans", FORUM, nsfw=True)
    fan = await town.bot.discord.open_thread(
        DiscordId(forum.id), name="Nora", card=Post(body=("A fan.",)), tags=[]
    )
    town.desk.fans.add(fan.thread)
    post = Post(body=("A message is hidden.",), buttons=(Button(action, REF, "Show to me"),))
    await town.bot.discord.post(fan.thread, post, nonce="n" * 22)
    return fan


async def shown_to(town: DiscordTestServer, who: str, fan: OpenedThread) -> str:
    """What this person reads after they have pressed the button."""
    person = getattr(town, who)
    answer = await person.click(town.olivia.read(fan.thread)[-1], "Show to me")
    await answer.done()
    assert answer.ephemeral
    return str(answer.text)


@pytest.mark.parametrize("action", ACTIONS)
async def test_a_member_who_may_read_here_is_shown_it(town: DiscordTestServer, action: str) -> None:
    fan = await with_a_hidden_line(town, action)
    what = {"hidden.show": f"What {REF} hides in", "private.show": f"The whole of {REF} in"}[action]

    assert await shown_to(town, "maya", fan) == f"{what} {fan.thread}."


@pytest.mark.parametrize("action", ACTIONS)
async def test_who_sees_the_thread_but_is_not_in_the_team_is_not_shown_it(
    town: DiscordTestServer, action: str
) -> None:
    fan = await with_a_hidden_line(town, action)

    assert await shown_to(town, "victor", fan) == NOT_HERE


@pytest.mark.parametrize("action", ACTIONS)
async def test_a_member_who_may_not_read_what_was_written_is_refused(
    town: DiscordTestServer, action: str
) -> None:
    fan = await with_a_hidden_line(town, action)
    world = town.server.world
    forum = world.channel(world.channel(fan.thread).parent_id or 0)
    rule = {"type": 0, "allow": "0", "deny": str(READ_HISTORY)}
    channels.set_overwrite(world, forum, town.guild.owner_id, town.guild.id, rule)

    assert "You may not read here" in await shown_to(town, "maya", fan)
