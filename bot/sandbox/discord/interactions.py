"""Interactions: a person's actions, and the windows in which to answer."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.sandbox import witness
from bot.sandbox.discord import permissions as may
from bot.sandbox.discord.errors import DiscordApiError
from bot.sandbox.discord.message_wire import message_json
from bot.sandbox.discord.model import DM, StandInApplication, StandInChannel, StandInMessage, StandInUser
from bot.sandbox.discord.wire import channel_json, member_json, thread_json, user_json
from bot.sandbox.discord.world import DiscordWorld, GatewayEvent

COMMAND, COMPONENT, AUTOCOMPLETE, SUBMIT = 2, 3, 4, 5
FIRST_ANSWER_SECONDS, TOKEN_SECONDS = 3.0, 900.0


@dataclass(slots=True)
class StandInInteraction:
    """One thing that a person did with an application, and what came back."""

    id: int
    token: str
    type: int
    application: StandInApplication
    user: StandInUser
    channel: StandInChannel
    created_at: datetime
    name: str
    command_type: int | None = None
    source: StandInMessage | None = None  # the message whose component was used
    metadata: dict[str, Any] = field(default_factory=dict)
    callback: int | None = None  # the type of the first answer
    answered_at: datetime | None = None
    failed: bool = False
    original: StandInMessage | None = None
    followups: list[StandInMessage] = field(default_factory=list)
    modal: dict[str, Any] | None = None
    choices: list[dict[str, Any]] | None = None


class StandInInteractions:
    """Every interaction; makes them, keeps their windows, finds them by token."""

    def __init__(self, world: DiscordWorld) -> None:
        """Interactions happen in this world."""
        self._world = world
        # Seconds. Whoever divides time may give a busy machine more: it computes no faster for that.
        self.first_answer = FIRST_ANSWER_SECONDS / world.speed
        self._by_id: dict[int, StandInInteraction] = {}
        self._by_token: dict[str, StandInInteraction] = {}
        self._timers: dict[int, asyncio.TimerHandle] = {}

    def close(self) -> None:
        for timer in self._timers.values():
            timer.cancel()

    def get(self, interaction_id: int) -> StandInInteraction | None:
        """The interaction of this id."""
        return self._by_id.get(interaction_id)

    def begin(  # noqa: PLR0913 - what Discord knows of a click
        self,
        kind: int,
        application: StandInApplication,
        user: StandInUser,
        channel: StandInChannel,
        data: dict[str, Any],
        *,
        name: str,
        source: StandInMessage | None = None,
        cause: StandInInteraction | None = None,
    ) -> StandInInteraction:
        """A person did something; the application is told over its gateway."""
        world = self._world
        token = f"sandbox.{world.random.getrandbits(256):064x}"
        witness.note("token", token)
        witness.note_typed(data)
        made = StandInInteraction(
            world.snowflakes.new(), token, kind, application, user, channel, world.clock(), name
        )
        made.source = source
        made.command_type = data.get("type") if kind == COMMAND else None
        made.metadata = self._metadata(made, cause)
        self._by_id[made.id] = self._by_token[made.token] = made
        world.ledger.add(
            "interaction",
            interaction_id=made.id,
            type=kind,
            name=name,
            user_id=user.id,
            channel_id=channel.id,
        )
        loop, wait = asyncio.get_running_loop(), self.first_answer
        self._timers[made.id] = loop.call_later(wait, self._give_up, made)
        world.emit(
            GatewayEvent("INTERACTION_CREATE", self._payload(made, data), application_id=application.id)
        )
        return made

    def _give_up(self, interaction: StandInInteraction) -> None:
        del self._timers[interaction.id]
        if interaction.callback is None and not interaction.failed:
            interaction.failed = True
            self._world.ledger.add("interaction_failed", interaction_id=interaction.id, name=interaction.name)

    def _metadata(self, made: StandInInteraction, cause: StandInInteraction | None) -> dict[str, Any]:
        owner = {"0": str(made.channel.guild_id or made.user.id)}
        data: dict[str, Any] = {"id": str(made.id), "type": made.type, "user": user_json(made.user)}
        data["authorizing_integration_owners"] = owner
        if made.type == COMPONENT and made.source is not None:
            data["interacted_message_id"] = str(made.source.id)
        if made.type == SUBMIT and cause is not None:
            data["triggering_interaction_metadata"] = cause.metadata
        return data

    def _payload(self, made: StandInInteraction, data: dict[str, Any]) -> dict[str, Any]:
        world, channel, guild_id = self._world, made.channel, made.channel.guild_id
        where = thread_json(channel, channel.thread) if channel.thread else channel_json(channel)
        rights = world.permissions(made.user.id, channel)
        payload: dict[str, Any] = {
            "id": str(made.id),
            "application_id": str(made.application.id),
            "type": made.type,
        }
        payload |= {"token": made.token, "version": 1, "locale": made.user.locale, "entitlements": []}
        payload |= {"data": data}
        payload |= {"channel_id": str(channel.id), "channel": {**where, "permissions": str(rights)}}
        payload |= {"app_permissions": str(world.permissions(made.application.user.id, channel))}
        payload |= {"authorizing_integration_owners": made.metadata["authorizing_integration_owners"]}
        payload |= {"context": 1 if channel.type == DM else 0, "attachment_size_limit": 10 * 1024 * 1024}
        if guild_id is None:
            payload["user"] = user_json(made.user)
        else:
            member = world.guilds[guild_id].members[made.user.id]
            payload |= {
                "member": {**member_json(member), "permissions": str(rights)},
                "guild_id": str(guild_id),
            }
            payload |= {
                "guild": {"id": str(guild_id), "locale": "en-US", "features": []},
                "guild_locale": "en-US",
            }
        if made.source is not None:
            payload["message"] = message_json(world, made.source)
        return payload

    def unanswered(self, interaction_id: int, token: str) -> StandInInteraction:
        """The interaction that may be answered for the first time now, or Discord's error."""
        found = self._by_id.get(interaction_id)
        if found is None or found.token != token:
            raise DiscordApiError(10062)
        if found.callback is not None:
            raise DiscordApiError(40060)
        if found.failed or self._world.clock() - found.created_at > timedelta(seconds=self.first_answer):
            raise DiscordApiError(10062)
        return found

    def by_webhook(self, application_id: int, token: str) -> StandInInteraction:
        """The answered interaction whose token still works, or Discord's error."""
        found = self._by_token.get(token)
        if found is None or found.application.id != application_id or found.callback is None:
            raise DiscordApiError(10015)
        if self._world.clock() - found.created_at > self._world.window(TOKEN_SECONDS):
            raise DiscordApiError(50027)
        return found


def usable(world: DiscordWorld, user: StandInUser, channel: StandInChannel) -> bool:
    """Whether a person may use commands here: sees the channel, may use commands, is old enough."""
    rights = world.permissions(user.id, channel)
    if channel.type != DM and not rights & may.USE_COMMANDS:
        return False
    return bool(rights & may.VIEW_CHANNEL) and (user.adult or not world.age_restricted(channel))
