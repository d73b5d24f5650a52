"""Private messages: to the right person, once, and never to a closed door."""

import pytest

from bot.discord.private_messages import PrivateMessages
from bot.model.errors import DeliveryRefused
from bot.model.ports import Post
from bot.sandbox.discord.model import DM
from storage.records import DiscordId
from tests.discord.discord_test_server import DiscordTestServer

POST = Post(title="Your server", body=("your team's server is blocking the bot",))


async def test_it_reaches_the_person_and_the_same_nonce_sends_it_once(town: DiscordTestServer) -> None:
    private, maya = PrivateMessages(town.bot.direct, town.bot.discord), DiscordId(town.maya.user.id)

    first = await private.tell(maya, POST, nonce="n" * 22)
    second = await private.tell(maya, POST, nonce="n" * 22)

    world = town.server.world
    (channel,) = (there for there in world.channels.values() if there.type == DM)
    assert first == second
    assert town.maya.user in channel.recipients
    assert [message.id for message in world.messages[channel.id].values()] == [first]


async def test_who_takes_none_is_a_refusal(town: DiscordTestServer) -> None:
    town.maya.user.dms_open = False

    with pytest.raises(DeliveryRefused, match="This person doesn't accept private messages from the bot"):
        await PrivateMessages(town.bot.direct, town.bot.discord).tell(
            DiscordId(town.maya.user.id), POST, nonce="n" * 22
        )
