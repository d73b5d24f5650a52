"""The operations on an application's commands, all at once or one by one."""

from bot.sandbox.discord import commands, single_command
from bot.sandbox.discord.errors import DiscordApiError
from bot.sandbox.discord.model import StandInApplication
from bot.sandbox.discord.routing import RestCall, RestReply, RestRoute
from bot.sandbox.discord.world import DiscordWorld


class CommandRoutes:
    """Everything below /applications."""

    def __init__(self, world: DiscordWorld) -> None:
        """The commands of this world."""
        self._world = world

    def routes(self) -> list[RestRoute]:
        """The operations, with their limits; those of one server are counted by themselves."""
        found = []
        for where in ("/applications/{application_id}", "/applications/{application_id}/guilds/{guild_id}"):
            many, one = where + "/commands", where + "/commands/{command_id}"
            found += [
                RestRoute("GET", many, self.all),
                RestRoute("PUT", many, self.set_all, 5, 20),
                RestRoute("POST", many, self.put, 5, 20),
            ]
            if "{guild_id}" in where:
                found.append(RestRoute("GET", many + "/permissions", self.rules))
            found += [
                RestRoute("GET", one, self.get),
                RestRoute("PATCH", one, self.change, 5, 20),
                RestRoute("DELETE", one, self.remove, 5, 20),
            ]
        return found

    def _own(self, call: RestCall) -> tuple[StandInApplication, int | None]:
        if call.id("application_id") != call.bot.id:
            raise DiscordApiError(20012)
        if "guild_id" not in call.params:
            return call.bot, None
        guild = self._world.guild(call.id("guild_id"))
        if call.bot.user.id not in guild.members:
            raise DiscordApiError(50001)
        return call.bot, guild.id

    def all(self, call: RestCall) -> RestReply:
        application, guild_id = self._own(call)
        return RestReply(200, self._world.commands.get((application.id, guild_id), []))

    def set_all(self, call: RestCall) -> RestReply:
        application, guild_id = self._own(call)
        return RestReply(200, commands.overwrite(self._world, application, guild_id, call.body))

    def put(self, call: RestCall) -> RestReply:
        """Register one more; 200 where it takes the place of one that was there."""
        application, guild_id = self._own(call)
        made, new = single_command.put(self._world, application, guild_id, call.body)
        return RestReply(201 if new else 200, made)

    def rules(self, call: RestCall) -> RestReply:
        """The owner's rules of who may use which command on a server: there are none."""
        self._own(call)
        return RestReply(200, [])

    def get(self, call: RestCall) -> RestReply:
        return RestReply(200, single_command.find(self._world, *self._own(call), call.id("command_id")))

    def change(self, call: RestCall) -> RestReply:
        number = call.id("command_id")
        return RestReply(200, single_command.change(self._world, *self._own(call), number, call.body))

    def remove(self, call: RestCall) -> RestReply:
        single_command.remove(self._world, *self._own(call), call.id("command_id"))
        return RestReply(204)
