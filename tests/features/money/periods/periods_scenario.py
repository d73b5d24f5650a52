"""Olivia's figures: her Discord, her Fanvue, a database, a settable clock."""

import asyncio
import random
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from bot.access.permits import Access
from bot.access.roles import MoneyView
from bot.access.subjects import ActionSubjectFinder
from bot.discord.picture_posts import PicturePoster
from bot.discord.private_messages import PrivateMessages
from bot.engine.delivery import Deliveries
from bot.engine.effect_handler import EffectHandler
from bot.engine.in_flight import ALONE as NOBODY_ELSE
from bot.engine.outbox import Effects
from bot.engine.retry import RetryWaits
from bot.fanvue.transport import open_http
from bot.features.inbox.board.priority import FanPriority
from bot.features.inbox.board.service import BoardService
from bot.features.inbox.promises.list_service import PromiseListService
from bot.features.money.digests.feature import DigestsFeature
from bot.features.money.digests.post_effects import DigestPorts
from bot.features.money.digests.reader import DigestWaitingSources
from bot.features.money.goals.feature import GoalsFeature
from bot.features.money.ledger.feature import LedgerFeature
from bot.features.money.periods.fanvue import FanvueCreatorFigures as Figures
from bot.features.money.reports.feature import ReportsFeature
from bot.features.money.subscribers.feature import SubscribersFeature
from bot.features.operations.alerts.announcement_texts import announce
from bot.features.operations.problems.service import ProblemService
from bot.model.acting_account import CallAccount
from bot.relay.alerts import AlertRouter, ChannelAlertRouter
from bot.relay.context import Context
from bot.relay.post_effects import PostAlertHandler
from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.model import StandInChannel, StandInMessage, StandInOverwrite
from bot.sandbox.fanvue.people import StandInFan
from storage.database import Database, Transaction
from storage.engine.connect import open_database
from storage.inbox import forums
from storage.money import digests
from storage.people import consents, creators, grants
from storage.records import Creator, CreatorId, DiscordId, FanId, Forum, Link
from tests.context_fixtures import context_in
from tests.database_place import database_in
from tests.discord.discord_test_server import DiscordTestServer, each_as_itself, town
from tests.fanvue.fanvue_scenario import LINK, FanvueScenario, evening_on
from tests.fanvue.peer_stand_in import anywhere
from tests.relay.clock_fixtures import ManualDriver, SeededIds, SettableClock

WAITS = RetryWaits()


@dataclass
class PeriodsScenario:
    """Olivia owns the server and the creator @luna; Maya answers fans; Victor is nobody here."""

    town: DiscordTestServer
    evening: FanvueScenario
    clock: SettableClock
    database: Database
    figures: Figures
    digests: DigestsFeature
    ledger: LedgerFeature
    goals: GoalsFeature
    audience: SubscribersFeature
    telling: AlertRouter
    on: Context
    ids: SeededIds
    driver: ManualDriver
    _driving: asyncio.Task[None] | None = None

    @property
    def fan(self) -> StandInFan:
        return self.evening.fan

    @property
    def effects(self) -> Effects:
        return self.on.effects

    @property
    def link(self) -> Link:
        return self.town.desk.links[0]

    def at(self, when: str, zone: str = "UTC") -> None:
        """Set every clock: 2026-10-25 01:30, with its own offset or as a clock of the zone shows it."""
        moment = datetime.fromisoformat(when)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))
        self.clock.at = int(moment.timestamp() * 1000)

    async def live_in(self, zone: str) -> None:
        """Olivia has chosen her zone."""
        await self.database.write(lambda tx: digests.choose_zone(tx, self.evening.creator, zone))

    async def link_too(self, handle: str) -> None:
        """Olivia connects another account."""
        link = self.town.desk.link_up(self.link.discord_user, handle, self.link.guild)
        await self.database.write(lambda tx: _learn(tx, link))

    async def engage(self, member: DiscordId, role: str, money: MoneyView | None) -> None:
        """Olivia lets somebody in, who sees figures so exactly."""
        creator, guild, owner = self.evening.creator, self.link.guild, self.link.discord_user
        assert guild is not None, "she linked on her server"
        kept = grants.GrantRecord(
            self.ids.new(), creator, guild, "member", member, role, "", "", money, owner, self.clock.now()
        )

        async def work(tx: Transaction) -> None:
            for side in ("owner", "server"):
                await consents.give(tx, creator, guild, side, by=owner, now=0)
            await grants.put(tx, kept)

        await self.database.write(work)

    async def ask(self, command: str, who: str = "olivia", **options: Any) -> InteractionAnswer:
        """Use a command and wait for its answer, which nobody else may see."""
        person = getattr(self.town, who)
        answer: InteractionAnswer = await person.slash(self.town.guild, self.town.lobby, command, **options)
        await answer.done()
        assert answer.ephemeral
        return answer

    async def channel(self, name: str, *rules: StandInOverwrite) -> StandInChannel:
        """A new channel that the bot knows of."""
        there = self.town
        there.desk.noticed.clear()
        overwrites = {rule.id: rule for rule in rules}
        made = there.server.world.add_channel(there.guild, name, overwrites=overwrites)
        await there.desk.until_noticed("changed", there.guild.id)
        return made

    async def alerts(self) -> StandInChannel:
        """The creator's alerts channel: from now on there is one, and a forum."""
        alerts, forum = await self.channel("alerts"), await self.channel("fans")
        known = Forum(
            DiscordId(forum.id),
            DiscordId(self.town.guild.id),
            DiscordId(alerts.id),
            DiscordId(alerts.id),
            self.evening.creator,
            "{}",
        )
        await self.database.write(lambda tx: forums.add(tx, known, self.clock.at))
        return alerts

    def private(self) -> list[StandInMessage]:
        """What Olivia reads in her private messages with the bot, oldest first."""
        world = self.town.server.world
        mine = {
            one.id
            for one in world.channels.values()
            if self.town.olivia.user.id in {user.id for user in one.recipients}
        }
        return [message for one in mine for message in self.posted(world.channels[one])]

    # ── effects ──

    async def start(self) -> None:
        """A process begins, takes up what is open, and looks for what is due."""
        deliveries = Deliveries(
            database=self.database,
            effects=self.effects,
            handlers=self.handlers(),
            clock=self.clock,
            waits=WAITS,
            rng=random.Random(3),  # noqa: S311 - repeatable on purpose
            crew=NOBODY_ELSE,
        )
        self.driver.hint_all(await deliveries.recover())
        self._driving = asyncio.create_task(self.driver.run(deliveries.drain))
        await self.look()

    def handlers(self) -> dict[str, EffectHandler]:
        """Those of digests, and of alerts."""
        discord, direct = self.town.bot.discord, self.town.bot.direct
        ports = DigestPorts(
            discord=discord, pictures=PicturePoster(direct), private=PrivateMessages(direct, discord)
        )
        alert = PostAlertHandler(replace(self.on, waits=WAITS), discord=discord)
        return {**self.digests.handlers(ports), "alert": alert}

    async def stop(self) -> None:
        """The process ends wherever it is."""
        if self._driving is not None:
            self._driving.cancel()
            await asyncio.wait([self._driving])
            self._driving = None

    async def look(self) -> None:
        """What the task does every half a minute, and all that follows at once."""
        await self.digests.wanting.look()
        await self.driver.turn()

    def posted(self, channel: StandInChannel) -> list[StandInMessage]:
        """What everybody sees in a channel, oldest first."""
        found = self.town.server.world.messages.get(channel.id, {}).values()
        return [message for message in found if not message.deleted and not message.ephemeral]


class _Parts(NamedTuple):
    figures: Figures
    digests: DigestsFeature
    ledger: LedgerFeature
    goals: GoalsFeature
    audience: SubscribersFeature
    telling: AlertRouter


def _built(evening: FanvueScenario, on: Context) -> _Parts:
    ledger = LedgerFeature(on, fanvue=evening.fanvue, identity=_identity)
    telling = ChannelAlertRouter(effects=on.effects, announce=announce)
    figures = Figures(evening.fanvue, _identity, asyncio.sleep)
    waiting = _waiting(on)
    audience = SubscribersFeature(on, reading=figures)
    return _Parts(
        figures=figures,
        digests=DigestsFeature(on, ledger=ledger.books, moving=audience.counting.of, waiting=waiting),
        ledger=ledger,
        goals=GoalsFeature(on, ledger=ledger.books, telling=telling),
        audience=audience,
        telling=telling,
    )


@asynccontextmanager
async def opened(folder: Path, *, prefix: str = "/v1") -> AsyncIterator[PeriodsScenario]:
    """Everything is there, and nothing has been earned yet."""
    clock, ids = SettableClock(), SeededIds()
    database = await open_database(database_in(folder), now=0)
    driver = ManualDriver(clock)
    on = await context_in(database, dispatch=driver, clock=clock, ids=ids)
    try:
        async with (
            open_http(resolver=anywhere()) as http,
            evening_on(
                http, prefix=prefix, now=lambda: datetime.fromtimestamp(clock.at / 1000, tz=UTC)
            ) as evening,
        ):
            evening.server.switches.access_token_seconds = 10.0**9
            evening.holds(evening.server.world.grant(evening.account).access_token)
            parts = _built(evening, on)
            income = ReportsFeature(
                database=on.database,
                books=parts.ledger.books,
                reading=parts.figures,
                names=on.trail.pseudonyms,
                clock=on.clock,
                beside=parts.goals.desk.beside,
            )
            services = each_as_itself(
                Access(database),
                ActionSubjectFinder(database),
                income.answers,
                income.everyone,
                parts.digests.setting,
                parts.digests.previewing,
                parts.ledger.desk,
                parts.audience.asking,
                parts.audience.listing,
                parts.goals.desk,
            )
            async with town(services=services) as there:
                bureau = PeriodsScenario(there, evening, clock, database, *parts, on, ids, driver)
                await _link(bureau)
                yield bureau
                await bureau.stop()
    finally:
        await database.close()


def _waiting(on: Context) -> DigestWaitingSources:
    async def nobody(_tx: Transaction, _creator: CreatorId) -> Collection[FanId]:
        return ()

    worth = FanPriority(on, marked=nobody)
    reading = BoardService(on, worth=worth)
    problems = ProblemService(on)
    owed = PromiseListService(on).owed
    return DigestWaitingSources(
        fans=reading.unanswered, problems=problems.waiting, owed=owed, held=reading.held
    )


async def _identity(_creator: CreatorId) -> CallAccount:
    return CallAccount(LINK)


async def _link(bureau: PeriodsScenario) -> None:
    there, creator = bureau.town, bureau.evening.creator
    link = there.desk.link_up(
        DiscordId(there.olivia.user.id), "luna", DiscordId(there.guild.id), id=LINK, creator=creator
    )

    await bureau.database.write(lambda tx: _learn(tx, link))


async def _learn(tx: Transaction, link: Link) -> None:
    await creators.learn(tx, Creator(link.creator, link.handle, link.handle.title()), now=0)
    await creators.add_link(tx, link, now=0)
