"""Luna's audience: her Fanvue with lists, Olivia's Discord, a settable clock."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.access.permits import Access
from bot.access.subjects import ActionSubjectFinder
from bot.engine.delivery import Deliveries
from bot.engine.in_flight import ALONE as NOBODY_ELSE
from bot.engine.listeners import Listeners
from bot.engine.metrics import BridgeMetrics
from bot.engine.outbox import Effects
from bot.engine.retry import RetryWaits
from bot.fanvue.budget import RequestBudget
from bot.fanvue.patient_api import Pause
from bot.features.operations.problems.feature import ProblemsFeature
from bot.features.publishing.campaigns.fanvue import FanvueCampaigns
from bot.features.publishing.campaigns.feature import CampaignsFeature
from bot.features.publishing.mass_messages.fanvue import FanvueMassMessages
from bot.features.publishing.mass_messages.feature import MassMessagesFeature
from bot.features.publishing.mass_messages.proposal import NEEDED
from bot.features.publishing.proposals.feature import ProposalsFeature
from bot.features.publishing.safety.cancellation_service import MassMessageCancellationService
from bot.features.publishing.safety.limit_proposal_decorator import MassLimitProposalDecorator
from bot.features.signals import MASS_MESSAGE_ENDED
from bot.model.acting_account import CallAccount
from bot.relay.bursts import Bursts
from bot.relay.context import Context
from bot.relay.edit_effects import EditAnswerHandler, EditLineHandler
from bot.relay.post_effects import PostAlertHandler
from bot.relay.redaction import LineRedactor, always
from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.model import StandInChannel, StandInMessage
from bot.sandbox.fanvue.faults import Sleep
from bot.sandbox.fanvue.ledger import FanvueLedgerEntry
from bot.sandbox.fanvue.people import StandInFan
from storage.database import Database, Transaction
from storage.engine.connect import open_database
from storage.inbox import forums
from storage.people import creators
from storage.records import Creator, CreatorId, DiscordId, Forum
from tests.context_fixtures import context_in
from tests.database_place import database_in
from tests.discord.discord_test_server import DiscordTestServer, each_as_itself, town
from tests.fanvue.fanvue_scenario import LINK, FanvueScenario, evening_on
from tests.fanvue.peer_stand_in import open_here
from tests.relay.clock_fixtures import ManualDriver, SeededIds, SettableClock

WAITS = RetryWaits()
MINUTE = 60_000
SCOPES = "openid read:self " + " ".join(NEEDED)


@dataclass
class MassMessagesScenario:
    """Olivia owns the server and the creator @luna; Maya answers fans."""

    town: DiscordTestServer
    evening: FanvueScenario
    clock: SettableClock
    database: Database
    on: Context
    broadcasts: MassMessagesFeature
    campaigns: CampaignsFeature
    proposing: ProposalsFeature
    desk: ProblemsFeature
    alerts: StandInChannel
    driver: ManualDriver
    listeners: Listeners

    @property
    def effects(self) -> Effects:
        return self.on.effects

    async def propose(self, who: str = "olivia", **options: Any) -> InteractionAnswer:
        """Use /mass new and wait for the preview, which nobody else may see."""
        person = getattr(self.town, who)
        answer: InteractionAnswer = await person.slash(
            self.town.guild, self.town.lobby, "mass new", **options
        )
        await answer.done()
        assert answer.ephemeral
        return answer

    async def campaigns_do(self, what: str, who: str = "olivia", **options: Any) -> InteractionAnswer:
        """Use /mass show and wait for the private answer."""
        person = getattr(self.town, who)
        answer: InteractionAnswer = await person.slash(
            self.town.guild, self.town.lobby, f"mass {what}", **options
        )
        await answer.done()
        assert answer.ephemeral
        return answer

    async def press(self, answer: InteractionAnswer, label: str) -> None:
        """Click a button of a preview and let everything that follows at once happen."""
        before = answer.text
        await self.town.olivia.click(answer.message, label)
        await self.town.server.world.until(lambda: answer.text != before)
        await self.driver.turn()

    def sent(self) -> list[FanvueLedgerEntry]:
        """Every mass message that Fanvue has accepted."""
        return self.evening.server.ledger.of("mass")

    def noted(self) -> list[StandInMessage]:
        """What stands in the alerts channel."""
        found = self.town.server.world.messages.get(self.alerts.id, {}).values()
        return [message for message in found if not message.deleted]

    def fans(self, number: int, *, named: str = "fan") -> list[StandInFan]:
        """So many more subscribers."""
        world = self.evening.server.world
        return [world.add_fan(f"{named}{n}", f"Fan {n}", self.evening.account) for n in range(number)]

    async def custom_list(self, name: str, *members: StandInFan) -> str:
        """A list of Luna's own."""
        made = self.evening.server.world.add_list(self.evening.account, name, members)
        return str(made.uuid)


@asynccontextmanager
async def opened(
    folder: Path,
    *,
    prefix: str = "/v1",
    scopes: str = SCOPES,
    limited: bool = False,
    sleep: Sleep = asyncio.sleep,
) -> AsyncIterator[MassMessagesScenario]:
    """One fan subscribes, and nothing has been sent yet. `limited`: limits apply; `sleep`: its pauses."""
    clock = SettableClock()
    database = await open_database(database_in(folder), now=0)
    driver = ManualDriver(clock)
    on = await context_in(database, dispatch=driver, clock=clock, ids=SeededIds())

    def now() -> datetime:
        return datetime.fromtimestamp(clock.at / 1000, tz=UTC)

    try:
        async with open_here() as http, evening_on(http, prefix=prefix, now=now, sleep=sleep) as evening:
            evening.server.switches.access_token_seconds = 10.0**9
            evening.holds(evening.server.world.grant(evening.account).access_token)
            evening.fanvue.budget = RequestBudget(clock=clock)

            async def pause(seconds: float) -> None:
                clock.at += round(seconds * 1000)

            broadcasts, campaigns = _masses(evening, on, pause, listeners := Listeners())
            bare = broadcasts.feature
            mass = MassLimitProposalDecorator(on, bare) if limited else bare
            proposing = ProposalsFeature(on, [mass, campaigns.change, campaigns.end])
            services = each_as_itself(
                Access(database),
                ActionSubjectFinder(database),
                proposing.proposals,
                proposing.verdicts,
                campaigns.listing,
                _stopping(on, proposing),
                broadcasts.lists,
                (desk := ProblemsFeature(on, BridgeMetrics())).problems,
            )
            async with town(services=services) as there:
                alerts = there.server.world.add_channel(there.guild, "alerts")
                await there.desk.until_noticed("changed", there.guild.id)
                parties = there, evening, clock, database, on, broadcasts, campaigns, proposing
                studio = MassMessagesScenario(*parties, desk, alerts, driver, listeners)
                await _link(studio, scopes)
                async with _carried_out(studio, on):
                    yield studio
    finally:
        await database.close()


def _masses(
    evening: FanvueScenario, on: Context, pause: Pause, listeners: Listeners
) -> tuple[MassMessagesFeature, CampaignsFeature]:
    sending = FanvueMassMessages(evening.fanvue, _identity, pause)
    following = FanvueCampaigns(evening.fanvue, _identity, pause)
    return (
        MassMessagesFeature(on, fanvue=sending),
        CampaignsFeature(
            on,
            fanvue=following,
            mass_kind="proposed.mass",
            ended=listeners.telling(MASS_MESSAGE_ENDED),
        ),
    )


def _stopping(on: Context, proposing: ProposalsFeature) -> MassMessageCancellationService:
    return MassMessageCancellationService(on, telling=proposing.ground.telling)


@asynccontextmanager
async def _carried_out(studio: MassMessagesScenario, on: Context) -> AsyncIterator[None]:
    port = studio.town.bot.discord
    covers = LineRedactor(restricted=always)
    bursts = Bursts(on, covers=covers, window=0)
    deliveries = Deliveries(
        database=on.database,
        effects=on.effects,
        handlers={
            **studio.broadcasts.handlers(studio.proposing.ground),
            **studio.campaigns.handlers(studio.proposing.ground),
            "alert": PostAlertHandler(on, discord=port),
            "answer": EditAnswerHandler(on, discord=port),
            "line.edit": EditLineHandler(on, discord=port, covers=covers, bursts=bursts),
        },
        clock=on.clock,
        waits=on.waits,
        rng=random.Random(3),  # noqa: S311 - repeatable on purpose
        crew=NOBODY_ELSE,
    )
    driving = asyncio.create_task(studio.driver.run(deliveries.drain))
    yield
    driving.cancel()
    await asyncio.wait([driving])


async def _identity(_creator: CreatorId) -> CallAccount:
    return CallAccount(LINK)


async def _link(studio: MassMessagesScenario, scopes: str) -> None:
    there, creator = studio.town, studio.evening.creator
    link = there.desk.link_up(
        DiscordId(there.olivia.user.id),
        "luna",
        DiscordId(there.guild.id),
        id=LINK,
        creator=creator,
        scopes=scopes,
    )
    home = Forum(
        DiscordId(1), DiscordId(there.guild.id), DiscordId(2), DiscordId(studio.alerts.id), creator, "{}"
    )

    async def work(tx: Transaction) -> None:
        await creators.learn(tx, Creator(creator, "luna", "Luna"), now=0)
        await creators.add_link(tx, link, now=0)
        await forums.add(tx, home, 0)

    await studio.database.write(work)
