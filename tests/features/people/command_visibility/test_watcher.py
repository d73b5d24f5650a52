"""A large team costs few requests; who loses the mark is noticed in turn."""

from collections.abc import Sequence
from typing import cast

from bot.features.people.command_visibility.service import CommandVisibilityService, TeamOnServer
from bot.features.people.command_visibility.tasks import CommandVisibilityWatcher
from storage.records import DiscordId

GUILD, ROLE = DiscordId(1), DiscordId(2)
PEOPLE = tuple(DiscordId(number) for number in range(100, 150))
ROUND = 10  # looks, after which Discord is asked again though no team changed


class MarkedServer:
    """A server whose members have the mark, but for some, and the watcher that looks at it."""

    def __init__(self) -> None:
        self.team = TeamOnServer(GUILD, roles=(ROLE,), members=(), owners=PEOPLE)
        self.without: set[DiscordId] = set()
        self.away = False  # the bot was removed
        self.asked: list[DiscordId] = []
        self.to_team = False
        self._watcher = CommandVisibilityWatcher(cast("CommandVisibilityService", self), self, self._offered)

    async def teams(self) -> tuple[TeamOnServer, ...]:
        return (self.team,)

    async def lacking(
        self,
        _guild: DiscordId,
        roles: Sequence[DiscordId],
        members: Sequence[DiscordId],
        *,
        most: int | None = None,
    ) -> Sequence[DiscordId] | None:
        if self.away:
            return None
        found = [who for who in roles if who in self.without]
        for who in members:
            if most is None or len(found) < most:
                self.asked.append(who)
                found += [who] if who in self.without else []
        return found[:most]

    async def glances(self, times: int) -> bool:
        """So many looks, of which ten are a round; whether the commands are the team's alone then."""
        for _ in range(times):
            await self._watcher.look()
        return self.to_team

    async def looks(self, rounds: int) -> list[DiscordId]:
        """So many rounds pass; the members asked about in them."""
        self.asked.clear()
        for _ in range(rounds * ROUND):
            await self._watcher.look()
        return list(self.asked)

    async def _offered(self, to_team: bool) -> None:  # noqa: FBT001 - a callback of one meaning
        self.to_team = to_team


async def test_everyone_is_asked_about_once_then_a_few_in_turn() -> None:
    server = MarkedServer()

    first = await server.looks(1)
    later = await server.looks(10)

    assert sorted(first) == list(PEOPLE)
    assert sorted(later) == list(PEOPLE)
    assert len(await server.looks(1)) == len(PEOPLE) // 10
    assert server.to_team


async def test_one_who_loses_the_mark_is_found_in_turn_and_asked_about_until_they_have_it_again() -> None:
    server = MarkedServer()
    await server.looks(1)
    server.without = {PEOPLE[7]}
    await server.looks(2)
    found = server.to_team
    asked = await server.looks(3)
    server.without.clear()
    await server.looks(1)

    assert not found
    assert asked == [PEOPLE[7]] * 3  # one is enough to know
    assert server.to_team


async def test_a_role_without_the_mark_is_found_within_a_round_and_a_new_member_at_once() -> None:
    server = MarkedServer()
    await server.looks(1)
    server.without = {ROLE}
    nobody_more = await server.looks(1)
    by_role = server.to_team
    server.without = {DiscordId(7)}
    server.team = TeamOnServer(GUILD, roles=(ROLE,), members=(DiscordId(7),), owners=PEOPLE)
    await server.looks(1)

    assert nobody_more == []
    assert not by_role
    assert not server.to_team
    assert DiscordId(7) in server.asked


async def test_a_bot_that_was_removed_knows_nothing_and_takes_the_commands_from_nobody() -> None:
    server = MarkedServer()
    server.without = {ROLE}
    before = await server.glances(ROUND)
    server.away = True
    meanwhile = await server.glances(2 * ROUND)
    server.away, server.without = False, set()
    back = await server.glances(1)

    assert (before, meanwhile) == (False, False)
    assert back  # it need not be waited for until the round is over


async def test_commands_that_are_hidden_stay_so_while_the_bot_is_away() -> None:
    server = MarkedServer()
    before = await server.glances(1)
    server.away = True
    meanwhile = await server.glances(2 * ROUND)
    server.away, server.without = False, {PEOPLE[0]}
    back = await server.glances(ROUND)

    assert (before, meanwhile) == (True, True)
    assert not back
