"""Whether the team's commands can be hidden from others, and not from the team.

They can where everyone who may do something with the bridge has the team's mark on their server. As long as
one of them has not, on any of this bot's servers, everybody is shown the commands, as a server without any
such setting shows them: nobody loses a command overnight.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.access.permits import grant_of
from bot.relay.context import Context
from storage.database import Transaction
from storage.inbox import forums
from storage.people import creators, grants
from storage.records import CreatorId, DiscordId


@dataclass(frozen=True)
class TeamOnServer:
    """All who may do something with the bridge on one server."""

    guild: DiscordId
    roles: tuple[DiscordId, ...]
    members: tuple[DiscordId, ...]  # who have something by themselves, not by a role
    owners: tuple[DiscordId, ...]

    @property
    def people(self) -> tuple[DiscordId, ...]:
        """All who are known by themselves."""
        return tuple(dict.fromkeys([*self.members, *self.owners]))

    @property
    def let_in(self) -> bool:
        """Whether anybody was let in yet; before that nobody knows who the team is."""
        return bool(self.roles or self.members)


class TeamMarkPort(Protocol):
    """A Discord that says who lacks the team's mark."""

    async def lacking(
        self,
        guild_id: DiscordId,
        roles: Sequence[DiscordId],
        members: Sequence[DiscordId],
        *,
        most: int | None = None,
    ) -> Sequence[DiscordId] | None:
        """Those of them who do, the first `most` of them, in this order. Each member is a request.

        None: the bot is not on that server, so nobody knows. Raises a failure of `bot.model.errors`.
        """


class CommandVisibilityService:
    """Looks at the teams, and asks Discord about them."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    async def teams(self) -> tuple[TeamOnServer, ...]:
        """The teams on the servers of this bot."""
        return await self._ctx.database.read(self._teams)

    async def lacking(self, marks: TeamMarkPort, guild: DiscordId) -> list[str]:
        """Mentions of everyone who lacks the mark there. Raises a failure of `bot.model.errors`."""
        return [
            f"<@&{who}>" if who in team.roles else f"<@{who}>"
            for team in await self.teams()
            if team.guild == guild
            for who in await marks.lacking(guild, team.roles, team.people) or ()
        ]

    async def _teams(self, tx: Transaction) -> tuple[TeamOnServer, ...]:
        places = {(one.guild, one.creator) for one in await forums.every(tx) if one.creator is not None}
        found: dict[DiscordId, list[TeamOnServer]] = {}
        for guild, creator in sorted(places):
            if await self._ctx.serving.serves(tx, guild):
                found.setdefault(guild, []).append(await _team(tx, guild, creator))
        return tuple(_joined(guild, teams) for guild, teams in found.items())


async def _team(tx: Transaction, guild: DiscordId, creator: CreatorId) -> TeamOnServer:
    link = await creators.open_link(tx, creator)
    held = [grant_of(row) for row in await grants.of_creator(tx, creator, guild)]
    named = [(one.kind, one.subject) for one in held if one.permissions]
    return TeamOnServer(
        guild,
        roles=tuple(who for kind, who in named if kind == "role"),
        members=tuple(who for kind, who in named if kind == "member"),
        owners=(link.discord_user,) if link is not None else (),
    )


def _joined(guild: DiscordId, teams: Sequence[TeamOnServer]) -> TeamOnServer:
    return TeamOnServer(
        guild,
        roles=_distinct(who for team in teams for who in team.roles),
        members=_distinct(who for team in teams for who in team.members),
        owners=_distinct(who for team in teams for who in team.owners),
    )


def _distinct(people: Iterable[DiscordId]) -> tuple[DiscordId, ...]:
    return tuple(sorted(set(people)))
