"""The operations on channels and threads."""

from datetime import datetime
from typing import Any

from bot.sandbox.discord import channels, forum
from bot.sandbox.discord import permissions as may
from bot.sandbox.discord.errors import DiscordApiError, wrong
from bot.sandbox.discord.message_wire import message_json
from bot.sandbox.discord.model import DM, FORUM, PRIVATE_THREAD, StandInChannel
from bot.sandbox.discord.routing import RestCall, RestReply, RestRoute
from bot.sandbox.discord.wire import channel_json, thread_json, thread_member_json
from bot.sandbox.discord.world import DiscordWorld


def visible(world: DiscordWorld, call: RestCall) -> StandInChannel:
    """The channel of the path, if the bot sees it."""
    channel = world.channel(call.id("channel_id"))
    world.need(call.bot.user.id, channel, may.VIEW_CHANNEL)
    return channel


def seen(channel: StandInChannel, viewer_id: int) -> dict[str, Any]:
    """A channel or thread as JSON."""
    return (
        channel_json(channel) if channel.thread is None else thread_json(channel, channel.thread, viewer_id)
    )


class ChannelRoutes:
    """Everything below /channels."""

    def __init__(self, world: DiscordWorld) -> None:
        """The channels of this world."""
        self._world = world

    def routes(self) -> list[RestRoute]:
        """The operations, with their limits."""
        one = "/channels/{channel_id}"
        return [
            RestRoute("GET", one, self.get),
            RestRoute("PATCH", one, self.modify, 10, 15),
            RestRoute("DELETE", one, self.delete, 10, 10),
            RestRoute("POST", one + "/typing", self.typing, 5, 5),
            RestRoute("PUT", one + "/permissions/{target_id}", self.set_overwrite, 10, 10),
            RestRoute("DELETE", one + "/permissions/{target_id}", self.drop_overwrite, 10, 10),
            RestRoute("POST", one + "/threads", self.start_thread, 10, 10),
            RestRoute("GET", one + "/threads/archived/public", self.archived),
        ]

    def _visible(self, call: RestCall) -> StandInChannel:
        return visible(self._world, call)

    def get(self, call: RestCall) -> RestReply:
        channel = self._visible(call)
        return RestReply(200, seen(channel, call.bot.user.id))

    def modify(self, call: RestCall) -> RestReply:
        """Change a channel or a thread."""
        channel = self._visible(call)
        change = channels.modify if channel.thread is None else forum.modify
        if channel.type == DM:
            raise DiscordApiError(50024)
        return RestReply(
            200,
            seen(change(self._world, channel, call.bot.user.id, call.body), call.bot.user.id),
        )

    def delete(self, call: RestCall) -> RestReply:
        """Delete a channel or a thread."""
        channel = self._visible(call)
        answer = seen(channel, call.bot.user.id)
        if channel.thread is None:
            channels.delete(self._world, channel, call.bot.user.id)
        else:
            forum.delete(self._world, channel, call.bot.user.id)
        return RestReply(200, answer)

    def typing(self, call: RestCall) -> RestReply:
        """Say that the bot is typing."""
        channel = self._visible(call)
        self._world.need(call.bot.user.id, channel, writing(channel))
        return RestReply(204)

    def set_overwrite(self, call: RestCall) -> RestReply:
        """Permissions of one role or member in a channel."""
        channels.set_overwrite(
            self._world, self._visible(call), call.bot.user.id, call.id("target_id"), call.body
        )
        return RestReply(204)

    def drop_overwrite(self, call: RestCall) -> RestReply:
        channels.drop_overwrite(self._world, self._visible(call), call.bot.user.id, call.id("target_id"))
        return RestReply(204)

    def start_thread(self, call: RestCall) -> RestReply:
        """A forum post, or a thread in a text channel."""
        parent, author = self._visible(call), call.bot.user
        if parent.type != FORUM:
            thread = forum.start(self._world, parent, author, call.body)
            return RestReply(201, seen(thread, author.id))
        thread, first = forum.post(self._world, parent, author, call.body, call.uploads)
        return RestReply(201, {**seen(thread, author.id), "message": message_json(self._world, first)})

    def archived(self, call: RestCall) -> RestReply:
        """Public archived threads, the last archived first."""
        parent, own = self._visible(call), call.bot.user.id
        self._world.need(own, parent, may.READ_HISTORY)
        here = [c for c in self._world.threads(parent.guild_id or 0) if c.parent_id == parent.id]
        return page_of_archived(call, [c for c in here if c.type != PRIVATE_THREAD])


def page_of_archived(call: RestCall, here: list[StandInChannel]) -> RestReply:
    """Those of these threads that rest, the last archived first, from where the call wants them."""
    before, limit = call.query.get("before"), call.number("limit", 50, 2, 100)
    resting = [(c.thread.archive_timestamp, c.id, c) for c in here if c.thread and c.thread.archived]
    resting.sort(key=lambda item: item[:2], reverse=True)
    if before is not None:
        moment = _moment(before)
        resting = [item for item in resting if item[0] < moment]
    page = [item[2] for item in resting[:limit]]
    return RestReply(200, {**threads_json(page, call.bot.user.id), "has_more": len(resting) > limit})


def threads_json(page: list[StandInChannel], own: int) -> dict[str, Any]:
    """Threads, and the memberships of the one who asks."""
    known = [(c, c.thread) for c in page if c.thread is not None]
    return {
        "threads": [thread_json(c, thread, own) for c, thread in known],
        "members": [thread_member_json(c.id, own, thread) for c, thread in known if own in thread.members],
        "has_more": False,
    }


def writing(channel: StandInChannel) -> int:
    return may.SEND_MESSAGES if channel.thread is None else may.SEND_IN_THREADS


def _moment(value: str) -> datetime:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise wrong(
            "before", "DATE_TIME_TYPE_PARSE", f"Could not parse {value}. Should be ISO8601."
        ) from None
    if moment.tzinfo is None:
        raise wrong("before", "DATE_TIME_TYPE_PARSE", f"Could not parse {value}. Should be ISO8601.")
    return moment
