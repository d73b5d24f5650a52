"""A server with people and a real database, where the real door decides."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.access.permits import Access, Actor
from bot.access.subjects import ActionSubjectFinder
from bot.discord.channel_access import DiscordChannelAccess
from bot.engine.listeners import Listeners
from bot.engine.outbox import Effects
from bot.features.people.team.feature import TeamFeature
from bot.features.signals import GRANTED
from bot.relay.channel_access import KIND, ChannelAccessHandler
from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.model import StandInRole
from bot.sandbox.discord.people import DiscordPerson
from storage.database import Database, Transaction
from storage.engine import audit_log, outbox
from storage.engine.audit_log import AuditEntry
from storage.engine.connect import open_database
from storage.people import consents, creators, grants
from storage.records import Creator, CreatorId, DiscordId, Link, LinkId, LinkState
from tests.context_fixtures import context_in
from tests.database_place import database_in
from tests.discord.discord_test_server import DiscordTestServer, each_as_itself, town
from tests.relay.clock_fixtures import ManualDriver, SeededIds, SettableClock

LUNA = CreatorId("8d1f0c52-6f0e-4b7b-9d0b-2f7f0f2f4c11")


@dataclass
class TeamScenario:
    """Victor connected @luna; Olivia owns the server; Maya has the team's Discord role; Lea nothing yet."""

    town: DiscordTestServer
    database: Database
    clock: SettableClock
    ids: SeededIds
    effects: Effects
    lea: DiscordPerson

    @property
    def victor(self) -> DiscordPerson:
        return self.town.victor

    @property
    def maya(self) -> DiscordPerson:
        return self.town.maya

    @property
    def olivia(self) -> DiscordPerson:
        return self.town.olivia

    @property
    def guild(self) -> DiscordId:
        return DiscordId(self.town.guild.id)

    @property
    def team(self) -> StandInRole:
        return self.town.team

    async def use(self, who: DiscordPerson, command: str, **options: Any) -> InteractionAnswer:
        """Somebody uses a command; only they see the answer."""
        answer: InteractionAnswer = await who.slash(self.town.guild, self.town.lobby, command, **options)
        await answer.done()
        assert answer.ephemeral
        return answer

    async def press(self, who: DiscordPerson, answer: InteractionAnswer, label: str) -> str:
        """They press a button of their private answer; what it says then."""
        assert answer.message is not None
        before = answer.text
        pressed = await who.click(answer.message, label)
        return (await pressed.until(lambda now: now.text not in {"", before})).text

    async def give(self, who: DiscordPerson, **options: Any) -> str:
        """/team grant, and Yes."""
        return await self.press(who, await self.use(who, "team grant", **options), "Yes, do it")

    async def let_in(self, subject: int, role: str, *, kind: str = "member", plus: str = "") -> None:
        """Victor has granted this."""

        async def work(tx: Transaction) -> None:
            kept = grants.GrantRecord(
                self.ids.new(),
                LUNA,
                self.guild,
                kind,
                DiscordId(subject),
                role,
                plus,
                "",
                None,
                DiscordId(self.victor.user.id),
                self.clock.now(),
            )
            await grants.put(tx, kept)

        await self.database.write(work)

    async def holds(self) -> list[tuple[str, int, str]]:
        """Every grant that holds: kind, subject and role."""
        found = await self.database.read(lambda tx: grants.of_creator(tx, LUNA, self.guild))
        return [(one.kind, one.subject, one.role) for one in found]

    async def standing(self, who: DiscordPerson, *roles: StandInRole) -> str | None:
        """What somebody is for Luna here, with these Discord roles."""
        actor = Actor(DiscordId(who.user.id), self.guild, frozenset(DiscordId(role.id) for role in roles))
        found = await Access(self.database).standing(actor, LUNA)
        return found.role.value if found is not None else None

    async def delivered(self) -> None:
        """What follows on Discord for roles has been carried out, by the real deed on the town's Discord."""
        bot, dispatch = self.town.bot, ManualDriver(self.clock)
        deed = ChannelAccessHandler(
            database=self.database,
            discord=DiscordChannelAccess(bot.direct, lambda: DiscordId(bot.user.id if bot.user else 0)),
            dispatch=dispatch,
            clock=self.clock,
        )
        rows = await self.database.read(
            lambda tx: tx.all("SELECT * FROM outbox WHERE kind = :kind ORDER BY seq", kind=KIND)
        )
        for effect in map(outbox.effect_of, rows):
            await deed.do(effect, self.effects.body(effect))

    async def audit(self) -> list[AuditEntry]:
        """What people did, oldest first."""
        return (await self.database.read(lambda tx: audit_log.recent(tx, LUNA, 50)))[::-1]


@asynccontextmanager
async def quarters(folder: Path) -> AsyncIterator[TeamScenario]:
    """Luna is at home on the server, and nobody is in her team."""
    clock, ids = SettableClock(), SeededIds()
    database = await open_database(database_in(folder), now=0)
    on = await context_in(database, dispatch=ManualDriver(clock), clock=clock, ids=ids)
    team = TeamFeature(on, Listeners().telling(GRANTED))
    try:
        services = each_as_itself(
            Access(database),
            ActionSubjectFinder(database),
            team.leaving,
            team.granting,
            team.looking,
            team.overseeing,
        )
        async with town(services=services) as there:
            world = there.server.world
            lea = world.add_user("lea")
            world.add_member(there.guild, lea)
            made = TeamScenario(there, database, clock, ids, on.effects, there.server.person(lea.id))
            await database.write(lambda tx: _at_home(tx, made))
            yield made
    finally:
        await database.close()


async def _at_home(tx: Transaction, there: TeamScenario) -> None:
    owner = DiscordId(there.victor.user.id)
    await creators.learn(tx, Creator(LUNA, "luna", "Luna"), now=0)
    link = Link(LinkId("link-of-luna-000000001"), LUNA, owner, there.guild, 1, LinkState.ACTIVE, "", "luna")
    await creators.add_link(tx, link, now=0)
    await consents.give(tx, LUNA, there.guild, "owner", by=owner, now=1_000)
    await consents.give(tx, LUNA, there.guild, "server", by=DiscordId(there.olivia.user.id), now=2_000)
