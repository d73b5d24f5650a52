"""The operations on what is added to a message: reactions and pins."""

from bot.sandbox.discord import permissions as may
from bot.sandbox.discord import pins, reactions
from bot.sandbox.discord.message_wire import as_seen_by, message_json
from bot.sandbox.discord.model import StandInMessage
from bot.sandbox.discord.rest_channels import visible
from bot.sandbox.discord.routing import RestCall, RestReply, RestRoute
from bot.sandbox.discord.snowflakes import iso
from bot.sandbox.discord.wire import user_json
from bot.sandbox.discord.world import DiscordWorld


class MarkRoutes:
    """Reactions below a message, and pins below a channel in their two forms."""

    def __init__(self, world: DiscordWorld) -> None:
        """The messages of this world."""
        self._world = world

    def routes(self) -> list[RestRoute]:
        """The operations, with their limits."""
        channel = "/channels/{channel_id}"
        given = channel + "/messages/{message_id}/reactions"
        kind = given + "/{emoji}"
        found = [
            RestRoute("PUT", kind + "/@me", self.react, 1, 0.25),
            RestRoute("DELETE", kind + "/@me", self.take_back, 1, 0.25),
            RestRoute("DELETE", kind + "/{user_id}", self.take_back, 1, 0.25),
            RestRoute("GET", kind, self.people),
            RestRoute("DELETE", kind, self.clear, 1, 0.25),
            RestRoute("DELETE", given, self.clear, 1, 0.25),
            RestRoute("GET", channel + "/messages/pins", self.pinned),
            RestRoute("GET", channel + "/pins", self.pinned_before),
        ]
        for one in (channel + "/messages/pins/{message_id}", channel + "/pins/{message_id}"):
            found += [RestRoute("PUT", one, self.pin, 5, 5), RestRoute("DELETE", one, self.unpin, 5, 5)]
        return found

    def _message(self, call: RestCall) -> StandInMessage:
        return self._world.message(visible(self._world, call).id, call.id("message_id"))

    def react(self, call: RestCall) -> RestReply:
        reactions.add(self._world, self._message(call), call.bot.user.id, call.params["emoji"])
        return RestReply(204)

    def take_back(self, call: RestCall) -> RestReply:
        """The bot's own reaction goes, or, for those who manage messages, somebody else's."""
        message, own = self._message(call), call.bot.user.id
        whose = call.id("user_id") if "user_id" in call.params else own
        if whose != own:
            self._world.need(own, self._world.channels[message.channel_id], may.MANAGE_MESSAGES)
        reactions.remove(self._world, message, whose, call.params["emoji"])
        return RestReply(204)

    def people(self, call: RestCall) -> RestReply:
        """Those who reacted with this emoji."""
        given = self._message(call).reactions.get(reactions.known(call.params["emoji"]), [])
        limit, after = call.number("limit", 25, 1, 100), call.number("after", 0, 0, 1 << 63)
        page = sorted(user for user in given if user > after)[:limit]
        return RestReply(200, [user_json(self._world.users[user]) for user in page])

    def clear(self, call: RestCall) -> RestReply:
        """All reactions go, or all of one emoji; for those who manage messages."""
        message = self._message(call)
        self._world.need(call.bot.user.id, self._world.channels[message.channel_id], may.MANAGE_MESSAGES)
        reactions.clear(self._world, message, call.params.get("emoji"))
        return RestReply(204)

    def pin(self, call: RestCall) -> RestReply:
        pins.pin(self._world, self._message(call), call.bot.user)
        return RestReply(204)

    def unpin(self, call: RestCall) -> RestReply:
        pins.unpin(self._world, self._message(call), call.bot.user)
        return RestReply(204)

    def pinned(self, call: RestCall) -> RestReply:
        """The pinned messages, page by page, each with its time."""
        channel, limit = visible(self._world, call), call.number("limit", 50, 1, 50)
        found = [(iso(moment) or "", m) for moment, m in pins.pinned(self._world, channel.id)]
        before = call.query.get("before")
        found = [item for item in found if before is None or item[0] < before.replace("Z", "+00:00")]
        items = [{"pinned_at": moment, "message": self._seen(call, m)} for moment, m in found[:limit]]
        return RestReply(200, {"items": items, "has_more": len(found) > limit})

    def pinned_before(self, call: RestCall) -> RestReply:
        """The pinned messages, as older clients ask for them."""
        channel = visible(self._world, call)
        return RestReply(200, [self._seen(call, m) for _, m in pins.pinned(self._world, channel.id)[:50]])

    def _seen(self, call: RestCall, message: StandInMessage) -> dict[str, object]:
        return as_seen_by(self._world, call.bot, message, message_json(self._world, message))
