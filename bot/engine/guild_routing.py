"""Assigns servers to bots, where several share an installation."""

import logging
from dataclasses import dataclass

from bot.model.language import english, msgid
from bot.model.shards import Own, whole
from storage.database import Database, Transaction
from storage.engine import guild_assignments
from storage.errors import DatabaseUnreachable
from storage.records import CreatorId, DiscordId, Millis

log = logging.getLogger(__name__)

UNSERVED = msgid(
    "This bot is private and doesn't serve this server, so nothing happened. If you run it, add "
    "the server's ID to DISCORD_SERVERS."
)
_NOT_NOW = msgid("We can't reach the bridge's database right now, so nothing changed. Please try again soon.")


@dataclass(frozen=True)
class GuildRouting:
    """The bot of one process. `application`: Discord's id of it; 0: nobody asks.

    `home`: it was here before there were several. `alone`: no other process has the database, so every server
    is its. `shard`: of which servers this process hears. `only`: the servers that the operator serves; none:
    every one that somebody brings the bot to.
    """

    application: int
    home: bool
    alone: bool
    shard: Own
    only: frozenset[DiscordId] = frozenset()

    def named(self, name: str) -> str:
        """The name under which this bot remembers something of its own."""
        return name if self.home else f"{name} {self.application}"

    def asked(self, application: int, guild: DiscordId) -> bool:
        """Whether what was asked of that bot on that server comes to this process, or came to one before."""
        return self.alone or (application in (0, self.application) and self.shard().hears_of(guild))

    async def serves(self, tx: Transaction, guild: DiscordId) -> bool:
        """Whether a server belongs to no other bot."""
        return self.alone or await guild_assignments.owner(tx, guild) in (None, self.application)

    async def speaks_for(self, tx: Transaction, creator: CreatorId) -> bool:
        """Whether a creator is on no other bot's servers."""
        return self.alone or await guild_assignments.of_creator(tx, creator) in (None, self.application)

    def refuses(self, guild: DiscordId) -> str | None:
        """A sentence where the operator does not serve a server; nothing is asked for it."""
        return UNSERVED if self.only and guild not in self.only else None

    async def claim(self, tx: Transaction, guild: DiscordId, *, now: Millis) -> str | None:
        """Have a server that is free; a sentence where it belongs to another bot, or is not served."""
        if (refusal := self.refuses(guild)) is not None:
            return refusal
        if not self.application:
            return None
        owner = await guild_assignments.claim(tx, guild, self.application, now=now)
        return None if self.alone or owner == self.application else served_by(owner)

    async def admit(
        self, tx: Transaction, creator: CreatorId, guild: DiscordId, *, now: Millis
    ) -> str | None:
        """Let a creator come to a server: None, and it is this bot's; else why nothing may be done.

        All work for a creator on Discord is one bot's, so all their servers are.
        """
        return await self._astray(tx, creator) or await self.claim(tx, guild, now=now)

    async def _astray(self, tx: Transaction, creator: CreatorId) -> str | None:
        if await self.speaks_for(tx, creator):
            return None
        owner = await guild_assignments.of_creator(tx, creator)
        return english(
            "This account is connected on a server of another bot of this installation "
            "(<@{owner}>, application {owner}), and its fans stay with that bot. Not connected.",
            owner=owner,
        )


ALONE = GuildRouting(0, home=True, alone=True, shard=whole)


async def serving_of(
    database: Database,
    application: int,
    shard: Own,
    *,
    alone: bool,
    replaces: int | None = None,
    only: frozenset[DiscordId],
    now: Millis,
) -> GuildRouting:
    """At start, before anything is sent; `only` as in `GuildRouting`.

    `replaces`: the bot whose servers may be taken over. Raises SeveralBots.
    """
    begun = await database.write(
        lambda tx: guild_assignments.begin(tx, application, alone=alone, replaces=replaces, now=now)
    )
    if begun.taken:
        log.warning(
            "As --take-over-from says, application %d has the servers of application %d from now on: %d.",
            application,
            begun.whose,
            begun.taken,
        )
    return GuildRouting(application, begun.home, alone, shard, only)


class GuildRoutingGuard:
    """Says before each command whether it is this bot's server."""

    def __init__(self, *, database: Database, serving: GuildRouting) -> None:
        self._database = database
        self._serving = serving
        self._own: set[DiscordId] = set()  # at most every server of the bot's once

    async def refusal(self, guild: DiscordId) -> str | None:
        """A sentence where a server is not served, or another bot's. One that is this bot's stays so."""
        if (refusal := self._serving.refuses(guild)) is not None:
            return refusal
        if self._serving.alone or guild in self._own:
            return None
        try:
            owner = await self._database.read(lambda tx: guild_assignments.owner(tx, guild))
        except DatabaseUnreachable:
            return _NOT_NOW
        if owner == self._serving.application:
            self._own.add(guild)
        return None if owner in (None, self._serving.application) else served_by(owner)


def served_by(application: int | None) -> str:
    """Write the notice for a bot's server."""
    return english(
        "**Another bot serves this server: <@{application}>.** Nothing happened: use that "
        "bot's commands here. The list after “/” shows whose a command is.\n-# Application {application}",
        application=application,
    )
