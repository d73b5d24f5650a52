"""Nothing is answered before it is sure that no other process has the session."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.model.ports import Button, Post
from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.model import StandInMessage
from storage.records import DiscordId
from tests.discord.discord_test_server import DiscordTestServer, town

REF = "AbCdEfGhIjKlMnOpQr-_12"


async def command(there: DiscordTestServer, _message: StandInMessage) -> InteractionAnswer:
    return await there.maya.slash(there.guild, there.lobby, "account show")


async def press(there: DiscordTestServer, message: StandInMessage) -> InteractionAnswer:
    return await there.maya.click(message, "Old")


@pytest.mark.parametrize("asks", [command, press])
async def test_whoever_stood_still_lets_people_wait_until_it_has_looked(
    asks: Callable[[DiscordTestServer, StandInMessage], Awaitable[InteractionAnswer]],
) -> None:
    reached, looked = asyncio.Event(), asyncio.Event()

    async def sure() -> None:
        reached.set()
        await looked.wait()

    async with town(sure=sure) as there:
        post = Post(body=("A post.",), buttons=(Button("claim.take", REF, "Old"),))
        made = await there.bot.discord.post(DiscordId(there.lobby.id), post, nonce=REF)
        answer = await asks(there, there.server.world.messages[there.lobby.id][made])
        async with asyncio.timeout(60):
            await reached.wait()
        before = answer.state
        looked.set()
        await answer.done()

        assert (before, answer.state) == ("waiting", "shown")
