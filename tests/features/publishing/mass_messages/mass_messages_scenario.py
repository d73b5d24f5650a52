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
from bot.engine.commands import Commands
from bot.engine.delivery import Deliveries
from bot.engine.derived_ids import DerivedIds
from bot.engine.guild_routing import ALONE
from bot.engine.in_flight import ALONE as NOBODY_ELSE
from bot.engine.metrics import BridgeMetrics
from bot.engine.outbox import Effects
from bot.engine.retry import RetryWaits
from bot.fanvue.budget import RequestBudget
from bot.fanvue.patient_api import Pause
from bot.features.operations.problems.feature import ProblemsFeature, make_problems
from bot.features.people.accounts.keyring import Keyring, MasterKey
from bot.features.publishing.campaigns.fanvue import FanvueCampaigns
from bot.features.publishing.campaigns.feature import CampaignsFeature, make_campaigns
from bot.features.publishing.mass_messages.fanvue import FanvueMassMessages
from bot.features.publishing.mass_messages.feature import MassMessagesFeature, make_mass_messages
from bot.features.publishing.mass_messages.proposal import NEEDED
from bot.features.publishing.proposals.feature import ProposalParts, ProposalsFeature, make_proposals
from bot.features.publishing.safety.cancellation_service import MassMessageCancellationService
from bot.features.publishing.safety.limit_proposal_decorator import MassLimitProposalDecorator
from bot.model.acting_account import CallAccount
from bot.relay.bursts import Bursts
from bot.relay.context import Context
from bot.relay.edit_effects import EditAnswerHandler, EditLineHandler
from bot.relay.late_edits import LateEdits
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
from tests.audit_log_fixtures import trail_in
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
    effects: Effects
    broadcasts: MassMessagesFeature
    campaigns: CampaignsFeature
    proposing: ProposalsFeature
    desk: ProblemsFeature
    alerts: StandInChannel
    driver: ManualDriver

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
    parts = await _parts(database, clock, driver)

    def now() -> datetime:
        return datetime.fromtimestamp(clock.at / 1000, tz=UTC)

    try:
        async with open_here() as http, evening_on(http, prefix=prefix, now=now, sleep=sleep) as evening:
            evening.server.switches.access_token_seconds = 10.0**9
            evening.holds(evening.server.world.grant(evening.account).access_token)
            evening.fanvue.budget = RequestBudget(clock=clock)

            async def pause(seconds: float) -> None:
                clock.at += round(seconds * 1000)

            broadcasts, campaigns = _masses(evening, parts, pause)
            bare = broadcasts.feature
            mass = MassLimitProposalDecorator(bare, database=database, clock=clock) if limited else bare
            proposing = make_proposals(parts, [mass, campaigns.change, campaigns.end])
            services = each_as_itself(
                Access(database),
                ActionSubjectFinder(database),
                proposing.proposals,
                proposing.verdicts,
                campaigns.listing,
                _stopping(parts, proposing),
                broadcasts.lists,
                (desk := _desk(parts, driver)).problems,
            )
            async with town(services=services) as there:
                alerts = there.server.world.add_channel(there.guild, "alerts")
                await there.desk.until_noticed("changed", there.guild.id)
                parties = broadcasts, campaigns, proposing, desk, alerts, driver
                studio = MassMessagesScenario(there, evening, clock, database, parts.effects, *parties)
                await _link(studio, scopes)
                async with _carried_out(studio, parts.commands):
                    yield studio
    finally:
        await database.close()


def _masses(
    evening: FanvueScenario, on: ProposalParts, pause: Pause
) -> tuple[MassMessagesFeature, CampaignsFeature]:
    sending = FanvueMassMessages(evening.fanvue, _identity, pause)
    following = FanvueCampaigns(evening.fanvue, _identity, pause)
    return (
        make_mass_messages(database=on.database, effects=on.effects, fanvue=sending, clock=on.clock),
        make_campaigns(
            database=on.database,
            effects=on.effects,
            fanvue=following,
            clock=on.clock,
            mass_kind="proposed.mass",
        ),
    )


def _stopping(on: ProposalParts, proposing: ProposalsFeature) -> MassMessageCancellationService:
    return MassMessageCancellationService(
        database=on.database, effects=on.effects, telling=proposing.ground.telling, clock=on.clock
    )


async def _parts(database: Database, clock: SettableClock, driver: ManualDriver) -> ProposalParts:
    ids, sealer = SeededIds(), Keyring([MasterKey("test", b"k" * 32)])
    derived = DerivedIds(b"a secret of the installation")
    trail = await trail_in(database, sealer, clock, ids)
    effects = Effects(sealer=sealer, dispatch=driver, clock=clock, ids=derived, trail=trail)
    kept = Commands(database=database, sealer=sealer, effects=effects, clock=clock, ids=ids, serving=ALONE)
    return ProposalParts(database, kept, effects, sealer, clock, ids, WAITS)


def _desk(parts: ProposalParts, driver: ManualDriver) -> ProblemsFeature:
    return make_problems(
        Context(
            database=parts.database,
            sealer=parts.sealer,
            effects=parts.effects,
            commands=parts.commands,
            dispatch=driver,
            clock=parts.clock,
            ids=parts.ids,
            waits=parts.waits,
            serving=ALONE,
        ),
        BridgeMetrics(),
    )


@asynccontextmanager
async def _carried_out(studio: MassMessagesScenario, kept: Commands) -> AsyncIterator[None]:
    port, database, clock = studio.town.bot.discord, studio.database, studio.clock
    late = LateEdits(database=database, effects=studio.effects, clock=clock, waits=WAITS)
    covers = LineRedactor(database, restricted=always)
    bursts = Bursts(database=database, effects=studio.effects, covers=covers, clock=clock, window=0)
    deliveries = Deliveries(
        database=database,
        effects=studio.effects,
        handlers={
            **studio.broadcasts.handlers(studio.proposing.ground),
            **studio.campaigns.handlers(studio.proposing.ground),
            "alert": PostAlertHandler(database=database, discord=port, clock=clock, waits=WAITS),
            "answer": EditAnswerHandler(
                database=database,
                discord=port,
                commands=kept,
                clock=clock,
                waits=WAITS,
                late=late,
            ),
            "line.edit": EditLineHandler(
                database=database, discord=port, covers=covers, bursts=bursts, late=late
            ),
        },
        clock=clock,
        waits=WAITS,
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
