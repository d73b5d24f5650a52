"""A Discord in this process: takes what the bridge posts, says what is seen."""

import json
from typing import Any

from bot.sandbox.discord.permissions import ALL
from bot.sandbox.discord.reading.message import MessageReading, reading_of
from bot.sandbox.discord.rest_messages import MessageRoutes
from bot.sandbox.discord.routing import RestCall
from bot.sandbox.discord.server import DiscordServer
from tests.proofs.render.stranger_texts import MentionTargets

BOT = 700_000_000_000_000_001


class RenderChannelStandIn:
    """One channel in which everybody can be called: whatever is not held back would ring."""

    def __init__(self) -> None:
        world = DiscordServer().world
        self._application = world.add_application(BOT, "token", "secret")
        owner, maya = world.add_user("olivia"), world.add_user("maya")
        guild = world.add_guild("Studio", owner)
        team = world.add_role(guild, "Team", mentionable=True)
        world.add_member(guild, maya, [team])
        world.invite_bot(guild, self._application, ALL)
        self._channel = world.add_channel(guild, "chat")
        self._routes = MessageRoutes(world)
        self._world = world
        self.targets = MentionTargets(maya.id, team.id, self._channel.id)

    def post(self, body: dict[str, Any]) -> MessageReading:
        """Take a message as it comes over the wire. Raises ApiError where Discord would refuse it."""
        wire = json.loads(json.dumps(body, ensure_ascii=False).encode())
        path = f"/channels/{self._channel.id}/messages"
        call = RestCall("POST", path, {}, wire, application=self._application)
        call.params = {"channel_id": str(self._channel.id)}
        reply = self._routes.send(call)
        return reading_of(self._world.messages[self._channel.id].pop(int(reply.body["id"])))

    @property
    def rung(self) -> int:
        """How many messages have notified somebody."""
        return self._world.ledger.count("ping")
