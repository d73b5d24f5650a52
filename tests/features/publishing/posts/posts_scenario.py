"""Olivia's studio: her Discord, her Fanvue, a database, one clock for all."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.access.permits import Access
from bot.access.subjects import ActionSubjectFinder
from bot.discord.age_restriction import AgeRestriction
from bot.engine.delivery import Deliveries
from bot.engine.effect_handler import EffectHandler
from bot.engine.failpoints import Failpoints
from bot.engine.in_flight import ALONE as NOBODY_ELSE
from bot.engine.retry import RetryWaits
from bot.fanvue.transport import open_http
from bot.features.operations.problems.service import ProblemService
from bot.features.publishing.links.fanvue import FanvueTrackingLinks
from bot.features.publishing.links.feature import TrackingLinksFeature
from bot.features.publishing.post_management.comment_fanvue import FanvueComments
from bot.features.publishing.post_management.fanvue import FanvuePostManagement
from bot.features.publishing.post_management.feature import PostManagementFeature
from bot.features.publishing.post_threads.fanvue import FanvueFollowedPosts
from bot.features.publishing.post_threads.feature import PostThreadsFeature
from bot.features.publishing.post_threads.follow_service import PostFollowService
from bot.features.publishing.posts.fanvue import FanvuePosts
from bot.features.publishing.posts.feature import PostsFeature
from bot.features.publishing.proposals.feature import ProposalsFeature
from bot.features.publishing.proposals.model import ProposalKind
from bot.features.publishing.proposals.service import ProposalService
from bot.features.publishing.proposals.verdict_service import ProposalVerdictService
from bot.features.publishing.suggestions.expiry import SuggestionExpiry
from bot.features.publishing.suggestions.feature import SuggestionsFeature
from bot.features.publishing.suggestions.proposal import SuggestionProposal
from bot.model.acting_account import CallAccount
from bot.model.ports import DiscordPort
from bot.relay.bursts import Bursts
from bot.relay.context import Context
from bot.relay.edit_effects import EditAnswerHandler, EditLineHandler
from bot.relay.late_edits import EditAgainHandler
from bot.relay.post_effects import PostAlertHandler
from bot.relay.redaction import LineRedactor, always
from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.model import StandInChannel, StandInMessage, walk
from bot.sandbox.fanvue import DEFAULT_SCOPES
from bot.sandbox.fanvue.faults import Sleep
from storage.database import Database, Transaction
from storage.engine import audit_log
from storage.engine.connect import open_database
from storage.inbox import forums
from storage.money import digests
from storage.people import creators
from storage.records import Creator, CreatorId, DiscordId, Forum, Link, LinkId, LinkState, Millis
from tests.context_fixtures import context_in
from tests.database_place import with_schema
from tests.discord.discord_test_server import DiscordTestServer, each_as_itself, town
from tests.fanvue.fanvue_scenario import LINK, FanvueScenario, evening_on
from tests.fanvue.peer_stand_in import anywhere
from tests.features.publishing.proposals.proposals_scenario import CountedProposals
from tests.relay.clock_fixtures import ManualDriver, SeededIds, SettableClock

WAITS = RetryWaits()
TRACKING = "read:tracking_links write:tracking_links"
SCOPES = f"read:self read:post write:post read:media {TRACKING}"
MINUTE = 60_000


@dataclass
class PostStage:
    """Olivia owns the server and the creator @luna; Maya is on her team; Victor is nobody here."""

    town: DiscordTestServer
    evening: FanvueScenario
    alerts: StandInChannel
    clock: SettableClock
    database: Database
    problems: ProblemService
    driver: ManualDriver
    presses: CountedProposals
    verdicts: ProposalVerdictService
    following: PostFollowService
    lapsing: SuggestionExpiry

    @property
    def link(self) -> Link:
        return self.town.desk.links[0]

    @property
    def faults(self) -> Any:
        return self.evening.server.faults

    def media(self, kind: str = "image", status: str = "ready") -> str:
        return self.evening.server.world.add_media(self.evening.account, kind, status).uuid

    def published(self) -> list[dict[str, Any]]:
        """What Fanvue's ledger has of posts, oldest first."""
        return [entry.facts for entry in self.evening.server.ledger.of("post")]

    def asked(self) -> int:
        """How many times Fanvue was asked to make a post, carried out or not."""
        ledger = self.evening.server.ledger
        tried = [e for kind in ("request", "fault") for e in ledger.of(kind, method="POST")]
        return len([e for e in tried if e["path"].endswith("/posts")])

    async def live_in(self, zone: str) -> None:
        await self.database.write(lambda tx: digests.choose_zone(tx, self.evening.creator, zone))

    def at(self, when: str, zone: str = "UTC") -> None:
        self.clock.at = int(datetime.fromisoformat(when).replace(tzinfo=ZoneInfo(zone)).timestamp() * 1000)

    async def ask(self, who: str = "olivia", **options: Any) -> InteractionAnswer:
        """Use /post new and wait for what it answers, which nobody else may see."""
        return await self.command("post new", who, **options)

    async def command(self, name: str, who: str = "olivia", /, **options: Any) -> InteractionAnswer:
        person = getattr(self.town, who)
        answer: InteractionAnswer = await person.slash(self.town.guild, self.town.lobby, name, **options)
        await answer.done()
        assert answer.ephemeral
        return answer

    async def press(self, answer: InteractionAnswer, label: str, who: str = "olivia") -> None:
        """Click a button of an answer, and let everything that follows at once happen."""
        before = answer.text
        await getattr(self.town, who).click(message_of(answer), label)
        await self.town.server.world.until(lambda: answer.text != before)
        await self.driver.turn()

    async def relink(self, scopes: str = SCOPES) -> None:
        """Olivia connects the account again, which is another link."""
        before = self.link
        after = link_of(self.town, self.evening, f"{before.id}-again", before.generation + 1, scopes)

        async def work(tx: Transaction) -> None:
            await creators.close(tx, before.id, now=self.clock.now())
            await creators.add_link(tx, after, now=self.clock.now())

        await self.database.write(work)
        self.town.desk.links[:] = [after]

    def later(self, by: Millis) -> Callable[[], datetime]:
        """A clock that is ahead of all others."""
        return lambda: datetime.fromtimestamp((self.clock.at + by) / 1000, tz=UTC)

    async def written_down(self) -> list[tuple[str, str]]:
        """The audit about the creator, oldest first."""
        lines = await self.database.read(lambda tx: audit_log.recent(tx, self.evening.creator, 50))
        return [(line.action, line.outcome) for line in reversed(lines)]

    def noted(self) -> list[StandInMessage]:
        """What stands in the alerts channel."""
        found = self.town.server.world.messages.get(self.alerts.id, {}).values()
        return [message for message in found if not message.deleted]

    async def waits(self) -> list[str]:
        """What waits for a person."""

        async def work(tx: Transaction) -> list[str]:
            return [one.text for one in await self.problems.waiting(tx, self.evening.creator) if one.ref]

        return await self.database.read(work)

    async def refs(self) -> list[str]:
        """What the buttons of those name."""

        async def work(tx: Transaction) -> list[str]:
            return [one.ref for one in await self.problems.waiting(tx, self.evening.creator) if one.ref]

        return await self.database.read(work)

    async def effects(self) -> list[tuple[str, str | None]]:
        """State and id on Fanvue of every post that was confirmed."""

        async def work(tx: Transaction) -> list[tuple[str, str | None]]:
            rows = await tx.all(
                "SELECT state, external_id FROM outbox WHERE kind = 'proposed.post' ORDER BY created_at, seq"
            )
            return [(row["state"], row["external_id"]) for row in rows]

        return await self.database.read(work)


async def states(database: Database) -> list[str]:
    """How everything stands that was confirmed for a whole creator, whatever it is, oldest first."""

    async def work(tx: Transaction) -> list[str]:
        rows = await tx.all("SELECT state FROM outbox WHERE kind LIKE 'proposed.%' ORDER BY created_at, seq")
        return [row["state"] for row in rows]

    return await database.read(work)


def message_of(answer: InteractionAnswer) -> StandInMessage:
    """The message that an answer is."""
    assert answer.message is not None
    return answer.message


def labels(message: StandInMessage) -> list[str]:
    """The buttons of a message."""
    return [str(one["label"]) for one in walk(message.components) if "label" in one]


def link_of(
    there: DiscordTestServer, evening: FanvueScenario, name: str, generation: int, scopes: str = SCOPES
) -> Link:
    """Olivia's link to @luna."""
    return Link(
        LinkId(name),
        evening.creator,
        DiscordId(there.olivia.user.id),
        DiscordId(there.guild.id),
        generation,
        LinkState.ACTIVE,
        scopes,
        "luna",
    )


@asynccontextmanager
async def opened(
    folder: Path, *, prefix: str = "/v1", sleep: Sleep = asyncio.sleep
) -> AsyncIterator[PostStage]:
    """Everything is there, and nothing has been published yet. `sleep`: how Fanvue pauses."""
    clock = SettableClock()
    database = await open_database(with_schema(f"sqlite:///{folder}/bridge.sqlite3"), now=0)
    try:
        async with (
            open_http(resolver=anywhere()) as http,
            evening_on(
                http,
                prefix=prefix,
                now=lambda: datetime.fromtimestamp(clock.at / 1000, tz=UTC),
                sleep=sleep,
            ) as evening,
        ):
            evening.server.switches.access_token_seconds = 10.0**9
            scopes = (*DEFAULT_SCOPES, *TRACKING.split())
            evening.holds(evening.server.world.grant(evening.account, scopes=scopes).access_token)
            async with _furnished(clock, database, evening) as studio:
                yield studio
    finally:
        await database.close()


def _features(
    posts: PostsFeature, feed: PostManagementFeature, links: TrackingLinksFeature
) -> list[ProposalKind]:
    return [posts.feature, SuggestionProposal(posts.feature), *feed.features, *links.features]


@asynccontextmanager
async def _furnished(
    clock: SettableClock, database: Database, evening: FanvueScenario
) -> AsyncIterator[PostStage]:
    driver = ManualDriver(clock)
    on = await context_in(database, dispatch=driver, clock=clock, ids=SeededIds())
    posts = PostsFeature(on, fanvue=FanvuePosts(evening.fanvue, _identity))
    feed = _feed(evening, on)
    links = TrackingLinksFeature(on, FanvueTrackingLinks(evening.fanvue, _identity))
    postcards = _postcards(evening, replace(on, ids=SeededIds(2)))
    made = ProposalsFeature(on, _features(posts, feed, links))
    suggestions = SuggestionsFeature(on, made, Failpoints().around)
    presses = CountedProposals(made.proposals)
    problems = ProblemService(on)
    services = each_as_itself(
        Access(database),
        ActionSubjectFinder(database),
        made.verdicts,
        problems,
        feed.listing,
        links.listing,
        suggestions.listing,
        suggestions.deciding,
        suggestions.rewriting,
        postcards.following,
        postcards.desk,
        posts.shelves,
    )
    async with town(services={**services, ProposalService: presses}) as there:
        alerts = there.server.world.add_channel(there.guild, "alerts")
        await there.desk.until_noticed("changed", there.guild.id)
        handlers = {
            **posts.handlers(made.ground),
            **feed.handlers(made.ground),
            **links.handlers(made.ground),
            **suggestions.handlers(),
            **postcards.handlers(there.bot.discord, AgeRestriction(there.bot).restricted),
            **_own_deeds(there.bot.discord, on),
        }
        deliveries = _deliveries(on, handlers)
        known = driver, presses, made.verdicts, postcards.following, suggestions.lapsing
        studio = PostStage(there, evening, alerts, clock, database, problems, *known)
        await _link(studio)
        driving = asyncio.create_task(driver.run(deliveries.drain))
        yield studio
        driving.cancel()
        with suppress(asyncio.CancelledError):
            await driving


def _deliveries(on: Context, handlers: Mapping[str, EffectHandler]) -> Deliveries:
    return Deliveries(
        database=on.database,
        effects=on.effects,
        handlers=handlers,
        clock=on.clock,
        waits=on.waits,
        rng=random.Random(3),  # noqa: S311 - repeatable on purpose
        crew=NOBODY_ELSE,
    )


def _own_deeds(port: DiscordPort, on: Context) -> dict[str, EffectHandler]:
    covers = LineRedactor(restricted=always)
    bursts = Bursts(on, covers=covers, window=0)
    return {
        "line.edit": EditLineHandler(on, discord=port, covers=covers, bursts=bursts),
        "edit.again": EditAgainHandler(effects=on.effects),
        "alert": PostAlertHandler(on, discord=port),
        "answer": EditAnswerHandler(on, discord=port),
    }


def _feed(evening: FanvueScenario, on: Context) -> PostManagementFeature:
    fanvue = evening.fanvue
    return PostManagementFeature(
        on,
        there=FanvuePostManagement(fanvue, _identity),
        comments=FanvueComments(fanvue, _identity),
        made_of=FanvuePosts(fanvue, _identity),
    )


def _postcards(evening: FanvueScenario, on: Context) -> PostThreadsFeature:
    return PostThreadsFeature(on, FanvueFollowedPosts(evening.fanvue, _identity))


async def _identity(_creator: CreatorId) -> CallAccount:
    return CallAccount(LINK)


async def _link(studio: PostStage) -> None:
    there, creator = studio.town, studio.evening.creator
    link = link_of(there, studio.evening, LINK, 1)
    there.desk.links.append(link)
    home = Forum(
        DiscordId(1), DiscordId(there.guild.id), DiscordId(2), DiscordId(studio.alerts.id), creator, "{}"
    )

    async def work(tx: Transaction) -> None:
        await creators.learn(tx, Creator(creator, "luna", "Luna"), now=0)
        await creators.add_link(tx, link, now=0)
        await forums.add(tx, home, 0)

    await studio.database.write(work)
