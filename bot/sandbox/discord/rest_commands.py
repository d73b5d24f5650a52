"""The operations on an application's commands, all at once or one by one."""

from bot.sandbox.discord import commands, one_command
from bot.sandbox.discord.errors import ApiError
from bot.sandbox.discord.model import Application
from bot.sandbox.discord.routing import Call, Reply, Route
from bot.sandbox.discord.world import World


class CommandRoutes:
    """Everything below /applications."""

    def __init__(self, world: World) -> None:
        """The commands of this world."""
        self._world = world

    def routes(self) -> list[Route]:
        """The operations, with their limits; those of one server are counted by themselves."""
        found = []
        for where in ("/applications/{application_id}", "/applications/{application_id}/guilds/{guild_id}"):
            many, one = where + "/commands", where + "/commands/{command_id}"
            found += [
                Route("GET", many, self.all),
                Route("PUT", many, self.set_all, 5, 20),
                Route("POST", many, self.put, 5, 20),
            ]
            if "{guild_id}" in where:
                found.append(Route("GET", many + "/permissions", self.rules))
            found += [
                Route("GET", one, self.get),
                Route("PATCH", one, self.change, 5, 20),
                Route("DELETE", one, self.remove, 5, 20),
            ]
        return found

    def _own(self, call: Call) -> tuple[Application, int | None]:
        if call.id("application_id") != call.bot.id:
            raise ApiError(20012)
        if "guild_id" not in call.params:
            return call.bot, None
        guild = self._world.guild(call.id("guild_id"))
        if call.bot.user.id not in guild.members:
            raise ApiError(50001)
        return call.bot, guild.id

    def all(self, call: Call) -> Reply:
        """The registered commands."""
        application, guild_id = self._own(call)
        return Reply(200, self._world.commands.get((application.id, guild_id), []))

    def set_all(self, call: Call) -> Reply:
        """Register exactly these."""
        application, guild_id = self._own(call)
        return Reply(200, commands.overwrite(self._world, application, guild_id, call.body))

    def put(self, call: Call) -> Reply:
        """Register one more; 200 where it takes the place of one that was there."""
        application, guild_id = self._own(call)
        made, new = one_command.put(self._world, application, guild_id, call.body)
        return Reply(201 if new else 200, made)

    def rules(self, call: Call) -> Reply:
        """Who may use which command on a server, where its owner has said so: nobody has."""
        self._own(call)
        return Reply(200, [])

    def get(self, call: Call) -> Reply:
        """One command."""
        return Reply(200, one_command.find(self._world, *self._own(call), call.id("command_id")))

    def change(self, call: Call) -> Reply:
        """Change one."""
        number = call.id("command_id")
        return Reply(200, one_command.change(self._world, *self._own(call), number, call.body))

    def remove(self, call: Call) -> Reply:
        """Take one away."""
        one_command.remove(self._world, *self._own(call), call.id("command_id"))
        return Reply(204)
