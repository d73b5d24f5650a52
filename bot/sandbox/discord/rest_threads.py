"""The operations on threads: on a message, private ones, and who is in them."""

from bot.sandbox.discord import forum
from bot.sandbox.discord import permissions as may
from bot.sandbox.discord.errors import DiscordApiError
from bot.sandbox.discord.model import PRIVATE_THREAD, StandInChannel, ThreadState
from bot.sandbox.discord.rest_channels import page_of_archived, seen, visible
from bot.sandbox.discord.routing import RestCall, RestReply, RestRoute
from bot.sandbox.discord.wire import member_json, thread_json, thread_member_json
from bot.sandbox.discord.world import PRIVILEGED, DiscordWorld, GatewayEvent


class ThreadRoutes:
    """Threads, as far as they are more than channels."""

    def __init__(self, world: DiscordWorld) -> None:
        """The threads of this world."""
        self._world = world

    def routes(self) -> list[RestRoute]:
        """The operations, with their limits."""
        one = "/channels/{channel_id}"
        member = one + "/thread-members/{user_id}"
        return [
            RestRoute("POST", one + "/messages/{message_id}/threads", self.start, 10, 10),
            RestRoute("GET", one + "/threads/archived/private", self.archived),
            RestRoute("GET", one + "/users/@me/threads/archived/private", self.archived),
            RestRoute("GET", one + "/thread-members", self.members),
            RestRoute("PUT", one + "/thread-members/@me", self.join, 5, 5),
            RestRoute("DELETE", one + "/thread-members/@me", self.leave, 5, 5),
            RestRoute("GET", member, self.member),
            RestRoute("PUT", member, self.join, 5, 5),
            RestRoute("DELETE", member, self.leave, 5, 5),
        ]

    def _thread(self, call: RestCall) -> tuple[StandInChannel, ThreadState, int]:
        channel = visible(self._world, call)
        if channel.thread is None:
            raise DiscordApiError(50024)
        return channel, channel.thread, call.id("user_id") if "user_id" in call.params else call.bot.user.id

    def start(self, call: RestCall) -> RestReply:
        """A thread on a message."""
        parent, author = visible(self._world, call), call.bot.user
        message = self._world.message(parent.id, call.id("message_id"))
        return RestReply(201, seen(forum.start(self._world, parent, author, call.body, message), author.id))

    def archived(self, call: RestCall) -> RestReply:
        """Private archived threads: all for those who manage threads, else those that the bot is in."""
        parent, own = visible(self._world, call), call.bot.user.id
        everyone = "@me" not in call.path
        self._world.need(own, parent, may.READ_HISTORY | (may.MANAGE_THREADS if everyone else 0))
        here = [c for c in self._world.threads(parent.guild_id or 0) if c.parent_id == parent.id]
        private = [c for c in here if c.type == PRIVATE_THREAD and c.thread]
        return page_of_archived(
            call, [c for c in private if everyone or (c.thread and own in c.thread.members)]
        )

    def members(self, call: RestCall) -> RestReply:
        """The thread's people: all at once, or page by page where their members are wanted too."""
        channel, thread, _ = self._thread(call)
        after, limit = call.number("after", 0, 0, 1 << 63), call.number("limit", 100, 1, 100)
        found = sorted(user for user in thread.members if user > after)
        if call.query.get("with_member") not in {"true", "1"}:
            return RestReply(200, [thread_member_json(channel.id, user, thread) for user in found])
        people = self._world.guilds[channel.guild_id or 0].members
        page = [user for user in found if user in people][:limit]
        shown = [
            {**thread_member_json(channel.id, user, thread), "member": member_json(people[user])}
            for user in page
        ]
        return RestReply(200, shown)

    def member(self, call: RestCall) -> RestReply:
        """Whether somebody is in it."""
        channel, thread, user = self._thread(call)
        if user not in thread.members:
            raise DiscordApiError(10007)
        return RestReply(200, thread_member_json(channel.id, user, thread))

    def join(self, call: RestCall) -> RestReply:
        """The bot comes in, or lets somebody in."""
        channel, thread, user = self._thread(call)
        if channel.guild_id is None or user not in self._world.guilds[channel.guild_id].members:
            raise DiscordApiError(10013)
        if thread.archived:
            raise DiscordApiError(50083)
        own = call.bot.user.id
        if channel.type == PRIVATE_THREAD and not thread.invitable and own != thread.owner_id:
            self._world.need(own, channel, may.MANAGE_THREADS)
        if user not in thread.members:
            thread.members[user] = self._world.clock()
            self._tell(channel, thread, added=[user], removed=[])
        return RestReply(204)

    def leave(self, call: RestCall) -> RestReply:
        """The bot goes, or, as one who manages threads or owns this one, lets somebody go."""
        channel, thread, user = self._thread(call)
        own = call.bot.user.id
        owns = channel.type == PRIVATE_THREAD and own == thread.owner_id
        if user != own and not owns:
            self._world.need(own, channel, may.MANAGE_THREADS)
        if thread.archived:
            raise DiscordApiError(50083)
        if thread.members.pop(user, None) is not None:
            self._tell(channel, thread, added=[], removed=[user])
        return RestReply(204)

    def _tell(
        self, channel: StandInChannel, thread: ThreadState, *, added: list[int], removed: list[int]
    ) -> None:
        """Bots are told of themselves by GUILDS alone, and come to know a private thread only now."""
        bots = any(self._world.users[user].bot for user in [*added, *removed])
        if bots and added and channel.type == PRIVATE_THREAD:
            shown = thread_json(channel, thread)
            self._world.emit(GatewayEvent("THREAD_CREATE", shown, 1, channel.guild_id, channel))
        about = {
            "id": str(channel.id),
            "guild_id": str(channel.guild_id),
            "member_count": len(thread.members),
        }
        more = {
            "added_members": [thread_member_json(channel.id, user, thread) for user in added],
            "removed_member_ids": [str(user) for user in removed],
        }
        intent = 1 if bots else PRIVILEGED["members"]
        self._world.emit(
            GatewayEvent("THREAD_MEMBERS_UPDATE", {**about, **more}, intent, channel.guild_id, channel)
        )
