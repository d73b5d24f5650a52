"""The task that hides the team's commands from others, or shows them again."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from bot.engine.supervision import BackgroundTask, Sleep, periodic
from bot.features.people.command_visibility.service import (
    CommandVisibilityService,
    TeamMarkPort,
    TeamOnServer,
)
from bot.model.errors import DeliveryFailed
from storage.errors import DatabaseUnreachable
from storage.records import DiscordId

_SECONDS = 60.0  # a team that changed is looked at so soon
_ROUNDS = 10  # Discord's roles change without a word to the bridge, so they are looked at after so many
_IN_TURN = 5  # members who had the mark and are asked about again then: each of them is a request
_LIMIT = 600.0

Offer = Callable[[bool], Awaitable[None]]  # whether to the team alone


class CommandVisibilityWatcher:
    """Looks, and has the commands told to Discord anew where the answer is another one."""

    def __init__(self, service: CommandVisibilityService, marks: TeamMarkPort, offer: Offer) -> None:
        self._service = service
        self._marks = marks
        self._offer = offer
        self._seen: tuple[TeamOnServer, ...] | None = None
        self._rounds = 0
        self._lacked: DiscordId | None = None  # whoever was found last
        self._having: dict[tuple[DiscordId, DiscordId], None] = {}  # who had it; asked longest ago, first

    async def look(self) -> None:
        """One round. What Discord does not answer is asked in the next one.

        Nothing is known of a server that the bot was removed from: it changes nothing by itself, and is asked
        about in each round, since all that the bot knew of its roles may be different when it is back.
        """
        teams = await self._service.teams()
        self._rounds += 1
        if teams == self._seen and self._rounds < _ROUNDS:
            return
        known = await self._who_have_it(teams)
        if known or not teams:
            await self._offer(any(team.let_in for team in known) and all(known.values()))
        if len(known) == len(teams) or not all(known.values()):
            self._seen, self._rounds = teams, 0

    async def _who_have_it(self, teams: Sequence[TeamOnServer]) -> dict[TeamOnServer, bool]:
        """Ask until one is found who has not; members who were seen with it are asked in turn.

        Of teams that were asked about and whose server answers: whether all of them have it.
        """
        named = {(team.guild, who) for team in teams for who in team.people}
        self._having = {one: None for one in self._having if one in named}
        again = set(list(self._having)[:_IN_TURN])
        known: dict[TeamOnServer, bool] = {}
        for team in teams:
            asked = [
                one for one in team.people if (key := (team.guild, one)) not in self._having or key in again
            ]
            asked.sort(key=lambda one: one != self._lacked)
            lacking = await self._marks.lacking(team.guild, team.roles, asked, most=1)
            if lacking is None:
                continue
            known[team] = not lacking
            for who in asked:
                self._having.pop((team.guild, who), None)
            if lacking:
                self._lacked = lacking[0]
                return known
            self._having |= {(team.guild, who): None for who in asked}
        self._lacked = None
        return known


def visibility_task(
    watcher: CommandVisibilityWatcher,
    *,
    ready: Callable[[], bool],
    divisor: float,
    sleep: Sleep = asyncio.sleep,
) -> BackgroundTask:
    """`ready`: whether Discord is connected."""

    async def once() -> None:
        if ready():
            await watcher.look()

    run = periodic(_SECONDS / divisor, once, passing=(DatabaseUnreachable, DeliveryFailed), sleep=sleep)
    return BackgroundTask("command visibility", run, _LIMIT)
