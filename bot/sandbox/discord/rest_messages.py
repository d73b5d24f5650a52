"""The operations on the messages of a channel."""

from typing import Any

from bot.sandbox.discord import drafts, forum, messages
from bot.sandbox.discord import permissions as may
from bot.sandbox.discord.errors import DiscordApiError, must_fit, wrong
from bot.sandbox.discord.message_wire import as_seen_by, message_json
from bot.sandbox.discord.model import CATEGORY, DM, FORUM, StandInChannel, StandInMessage
from bot.sandbox.discord.rest_channels import visible, writing
from bot.sandbox.discord.routing import RestCall, RestReply, RestRoute
from bot.sandbox.discord.shape import IdShape, ListShape, form
from bot.sandbox.discord.world import DiscordWorld

_TWO_WEEKS_MS = 14 * 86_400_000


class MessageRoutes:
    """Everything below /channels/…/messages."""

    def __init__(self, world: DiscordWorld) -> None:
        """The messages of this world."""
        self._world = world

    def routes(self) -> list[RestRoute]:
        """The operations, with their limits."""
        many = "/channels/{channel_id}/messages"
        message = many + "/{message_id}"
        return [
            RestRoute("GET", many, self.list_messages, 5, 5),
            RestRoute("POST", many, self.send, 5, 5),
            RestRoute("POST", many + "/bulk-delete", self.bulk_delete, 1, 1),
            RestRoute("GET", message, self.get_message, 10, 5),
            RestRoute("PATCH", message, self.edit_message, 5, 5),
            RestRoute("DELETE", message, self.delete_message, 5, 5),
        ]

    def list_messages(self, call: RestCall) -> RestReply:
        """The newest messages first; nothing for who may not read the history."""
        channel, limit = visible(self._world, call), call.number("limit", 50, 1, 100)
        if channel.type in {CATEGORY, FORUM}:
            raise DiscordApiError(50008)
        if not self._world.permissions(call.bot.user.id, channel) & may.READ_HISTORY:
            return RestReply(200, [])
        found = [m for m in self._world.messages.get(channel.id, {}).values() if not m.ephemeral]
        found.sort(key=lambda m: m.id)
        before, after = call.query.get("before"), call.query.get("after")
        if before is not None:
            found = [m for m in found if m.id < _whole(before)]
        if after is not None:
            found = [m for m in found if m.id > _whole(after)][:limit]
        return RestReply(200, [self._seen(call, m) for m in reversed(found[-limit:])])

    def _seen(self, call: RestCall, message: StandInMessage) -> dict[str, Any]:
        return as_seen_by(self._world, call.bot, message, message_json(self._world, message))

    def get_message(self, call: RestCall) -> RestReply:
        channel = visible(self._world, call)
        if not self._world.permissions(call.bot.user.id, channel) & may.READ_HISTORY:
            raise DiscordApiError(50001)
        return RestReply(200, self._seen(call, self._world.message(channel.id, call.id("message_id"))))

    def send(self, call: RestCall) -> RestReply:
        """Post a message; with a nonce that is enforced, the second time gives the first message."""
        world, channel, author = self._world, visible(self._world, call), call.bot.user
        if channel.type in {CATEGORY, FORUM}:
            raise DiscordApiError(50008)
        drafts.check(call.body, None, drafts.CHANNEL_BODY)
        drafts.check_nonce(call.body)
        world.need(author.id, channel, _needed(channel, call))
        same = messages.same_nonce(world, author, call.body)
        if same is not None:
            world.ledger.add("nonce_repeated", message_id=same.id, nonce=same.nonce)
            return RestReply(200, message_json(world, same))
        if channel.type == DM and not _reachable(world, channel):
            raise DiscordApiError(50007)
        forum.before_posting(world, channel, author.id)
        message = messages.create(world, drafts.MessageDraft(author, channel, call.body, call.uploads))
        forum.after_posting(world, channel)
        return RestReply(200, message_json(world, message))

    def edit_message(self, call: RestCall) -> RestReply:
        """Change one of the bot's own messages; not in a thread that rests."""
        channel = visible(self._world, call)
        message = self._world.message(channel.id, call.id("message_id"))
        if message.author.id != call.bot.user.id:
            raise DiscordApiError(50005)
        if channel.thread is not None and channel.thread.archived:
            raise DiscordApiError(50083)
        drafts.check(call.body, message, drafts.BODY)
        messages.edit(
            self._world, message, drafts.MessageDraft(call.bot.user, channel, call.body, call.uploads)
        )
        return RestReply(200, message_json(self._world, message))

    def delete_message(self, call: RestCall) -> RestReply:
        """Delete a message: one's own, or any for those who manage messages."""
        channel = visible(self._world, call)
        message = self._world.message(channel.id, call.id("message_id"))
        if message.author.id != call.bot.user.id:
            self._world.need(call.bot.user.id, channel, may.MANAGE_MESSAGES)
        if channel.thread is not None and channel.thread.archived:
            raise DiscordApiError(50083)  # Discord's own client wakes a thread first, too
        messages.delete(self._world, message, call.bot.user.id)
        return RestReply(204)

    def bulk_delete(self, call: RestCall) -> RestReply:
        """Delete 2 to 100 young messages at once."""
        must_fit(
            form("messages", messages=ListShape(IdShape(null=False), 100, 2, null=False), null=False),
            call.body,
        )
        channel = visible(self._world, call)
        self._world.need(call.bot.user.id, channel, may.MANAGE_MESSAGES)
        wanted = {int(i) for i in call.body["messages"]}
        found = [
            m for m in self._world.messages.get(channel.id, {}).values() if m.id in wanted and not m.ephemeral
        ]
        oldest = self._world.clock().timestamp() * 1000 - _TWO_WEEKS_MS
        if any(m.created_at.timestamp() * 1000 < oldest for m in found):
            raise DiscordApiError(50034)
        for message in found:
            messages.delete(self._world, message, call.bot.user.id)
        return RestReply(204)


def _needed(channel: StandInChannel, call: RestCall) -> int:
    bits = writing(channel)
    bits |= may.ATTACH_FILES if call.uploads else 0
    return bits | (may.EMBED_LINKS if call.body.get("embeds") else 0)


def _reachable(world: DiscordWorld, channel: StandInChannel) -> bool:
    """A bot writes only to people who share a server with it and let it."""
    ids = {user.id for user in channel.recipients}
    together = any(ids <= guild.members.keys() for guild in world.guilds.values())
    return together and all(user.dms_open for user in channel.recipients)


def _whole(value: str) -> int:
    if not value.isdecimal():
        raise wrong("before", "NUMBER_TYPE_COERCE", f'Value "{value}" is not snowflake.')
    return int(value)
