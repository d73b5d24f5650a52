"""The operations on roles, and on what a member has of them."""

from bot.sandbox.discord import roles
from bot.sandbox.discord.errors import DiscordApiError
from bot.sandbox.discord.model import StandInGuild, StandInMember
from bot.sandbox.discord.routing import RestCall, RestReply, RestRoute
from bot.sandbox.discord.wire import member_json, role_json
from bot.sandbox.discord.world import DiscordWorld


class RoleRoutes:
    """Roles of a server, and its members as far as others change them."""

    def __init__(self, world: DiscordWorld) -> None:
        """The servers of this world."""
        self._world = world

    def routes(self) -> list[RestRoute]:
        """The operations, with their limits."""
        many, people = "/guilds/{guild_id}/roles", "/guilds/{guild_id}/members"
        held = people + "/{user_id}/roles/{role_id}"
        return [
            RestRoute("GET", many, self.all),
            RestRoute("POST", many, self.create, 10, 10),
            RestRoute("GET", many + "/{role_id}", self.get),
            RestRoute("PATCH", many + "/{role_id}", self.modify, 10, 10),
            RestRoute("DELETE", many + "/{role_id}", self.delete, 10, 10),
            RestRoute("PUT", held, self.give, 10, 10),
            RestRoute("DELETE", held, self.take, 10, 10),
            RestRoute("PATCH", people + "/@me", self.change_member, 10, 10),
            RestRoute("PATCH", people + "/{user_id}", self.change_member, 10, 10),
        ]

    def _guild(self, call: RestCall) -> StandInGuild:
        guild = self._world.guild(call.id("guild_id"))
        if call.bot.user.id not in guild.members:
            raise DiscordApiError(50001)
        return guild

    def _member(self, call: RestCall) -> tuple[StandInGuild, StandInMember]:
        guild = self._guild(call)
        member = guild.members.get(call.id("user_id") if "user_id" in call.params else call.bot.user.id)
        if member is None:
            raise DiscordApiError(10007)
        return guild, member

    def all(self, call: RestCall) -> RestReply:
        return RestReply(200, [role_json(role) for role in self._guild(call).roles.values()])

    def get(self, call: RestCall) -> RestReply:
        return RestReply(200, role_json(roles.find(self._guild(call), call.id("role_id"))))

    def create(self, call: RestCall) -> RestReply:
        return RestReply(
            200, role_json(roles.create(self._world, self._guild(call), call.bot.user.id, call.body))
        )

    def modify(self, call: RestCall) -> RestReply:
        guild = self._guild(call)
        role = roles.find(guild, call.id("role_id"))
        return RestReply(200, role_json(roles.modify(self._world, guild, call.bot.user.id, role, call.body)))

    def delete(self, call: RestCall) -> RestReply:
        guild = self._guild(call)
        roles.delete(self._world, guild, call.bot.user.id, roles.find(guild, call.id("role_id")))
        return RestReply(204)

    def give(self, call: RestCall) -> RestReply:
        """Give a member one role more."""
        guild, member = self._member(call)
        wanted = [*member.roles, call.id("role_id")]
        roles.give(self._world, guild, call.bot.user.id, member, wanted)
        return RestReply(204)

    def take(self, call: RestCall) -> RestReply:
        guild, member = self._member(call)
        gone = roles.find(guild, call.id("role_id")).id
        rest = [number for number in member.roles if number != gone]
        roles.give(self._world, guild, call.bot.user.id, member, rest)
        return RestReply(204)

    def change_member(self, call: RestCall) -> RestReply:
        """A member's name on this server, and roles."""
        guild, member = self._member(call)
        roles.change_member(self._world, guild, call.bot.user.id, member, call.body)
        return RestReply(200, member_json(member))
