"""Olivia's office: a feature that hangs a notice on a board if she confirms it."""
# ruff: noqa: ARG002 - the signatures are the feature's; a board needs less than Fanvue

import asyncio
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.permits import Access, ActionConfirmation
from bot.access.policy import Action
from bot.access.subjects import ActionSubjectFinder
from bot.discord.asking import asks, chosen
from bot.discord.bridge import Asked
from bot.engine.commands import CommandWish
from bot.engine.delivery import Deliveries
from bot.engine.in_flight import ALONE as NOBODY_ELSE
from bot.engine.retry import RetryWaits
from bot.features.publishing.proposals.effects import ProposalHandler, ProposalOutcome
from bot.features.publishing.proposals.feature import ProposalsFeature
from bot.features.publishing.proposals.model import (
    Content,
    ProposalPreview,
    ProposalRefused,
    kind_of,
    makes_new,
)
from bot.features.publishing.proposals.service import ProposalService
from bot.model.acting_account import CallAccount
from bot.model.errors import DeliveryFailed, DeliveryUnknown
from bot.model.ports import DiscordPort, Post
from bot.relay.context import Context
from bot.relay.edit_effects import EditAnswerHandler
from bot.relay.post_effects import PostAlertHandler
from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.model import StandInChannel, StandInMessage
from cogs.publishing.proposal_views import propose
from storage.database import Database, Transaction
from storage.engine import audit_log
from storage.engine.connect import open_database
from storage.inbox import forums
from storage.people import creators
from storage.records import (
    CommandId,
    Creator,
    CreatorId,
    DiscordId,
    DraftId,
    Effect,
    Forum,
    Link,
    LinkId,
    LinkState,
    Millis,
)
from tests.context_fixtures import context_in
from tests.database_place import with_schema
from tests.discord.discord_test_server import DiscordTestServer, each_as_itself, town
from tests.relay.clock_fixtures import ManualDriver, SeededIds, SettableClock

LUNA = CreatorId("8d1f0c52-6f0e-4b7b-9d0b-2f7f0f2f4c11")
WAITS = RetryWaits()


@dataclass
class NoticeBoard:
    """What hangs there, and what goes wrong next."""

    hangs: list[tuple[str, str, Millis]] = field(default_factory=list)  # id, words, since
    lost: bool = False  # it is hung up, and the answer is lost
    dark: DeliveryFailed | None = None  # it cannot be looked at
    fails: DeliveryFailed | None = None  # nothing can be hung up
    readers: int = 10


class NoticeFeature:
    """The feature."""

    name, noun, done = "notice", "Notice", "hung up"
    command, again = "/notice", makes_new("/notice")

    def __init__(self, board: NoticeBoard) -> None:
        self._board = board

    async def preview(self, link: Link, content: Content) -> ProposalPreview:
        if self._board.dark is not None:
            raise self._board.dark
        if not content["text"].strip():
            raise ProposalRefused("A notice needs words.")
        readers = self._board.readers
        return ProposalPreview(
            content={"text": content["text"].strip()},
            title=f"Notice by @{link.handle}",
            body=(content["text"], f"{readers} readers"),
            confirm=f"Hang it up for {readers}",
            seen={"readers": readers},
        )

    def holds(self, shown: ProposalPreview, now: ProposalPreview) -> bool:
        return bool(now.seen["readers"] <= shown.seen["readers"])


class HangNoticeHandler(ProposalHandler):
    """Its deed."""

    def __init__(self, proposing: ProposalsFeature, board: NoticeBoard, clock: SettableClock) -> None:
        super().__init__(proposing.ground)
        self._board = board
        self._clock = clock

    def operation(self, content: Content) -> str | None:
        return None

    async def carry(self, effect: Effect, content: Content, voice: CallAccount | None) -> ProposalOutcome:
        board = self._board
        if board.fails is not None:
            raise board.fails
        board.hangs.append((f"pin-{len(board.hangs) + 1}", content["text"], self._clock.now()))
        if board.lost:
            raise DeliveryUnknown("The answer was lost.")
        return ProposalOutcome(board.hangs[-1][0], lambda: "hung up")

    async def candidates(
        self, effect: Effect, content: Content, seen: Content, *, started: Millis
    ) -> Sequence[ProposalOutcome]:
        return [
            ProposalOutcome(pin, lambda: "hung up")
            for pin, text, since in self._board.hangs
            if text == content["text"] and since >= started
        ]


class CountedProposals:
    """Proposals, and how many presses of [Confirm] have been dealt with."""

    def __init__(self, proposals: ProposalService) -> None:
        self._proposals = proposals
        self.presses = 0
        self._dealt = asyncio.Event()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._proposals, name)

    async def stage_press(self, wish: CommandWish, draft: DraftId) -> CommandId | None:
        try:
            return await self._proposals.stage_press(wish, draft)
        except ProposalRefused:  # settled already: the press ends here
            self._end()
            raise

    async def confirm(self, command: CommandId, yes: ActionConfirmation) -> Post | str:
        try:
            return await self._proposals.confirm(command, yes)
        finally:
            self._end()

    def _end(self) -> None:
        self.presses += 1
        self._dealt.set()

    async def until(self, presses: int) -> None:
        """Return when so many have been dealt with."""
        async with asyncio.timeout(60):
            while self.presses < presses:
                self._dealt.clear()
                await self._dealt.wait()


class NoticeCog(commands.Cog):
    """Its command."""

    @app_commands.command(name="notice", description="Hang a notice up.")
    @asks(Action.POST, chosen)
    async def notice(self, interaction: discord.Interaction[Any], text: str) -> None:
        asked: Asked = interaction
        await propose(asked, "notice", {"text": text})


@dataclass
class ProposalsScenario:
    """Olivia owns the server and the creator @luna; Maya is on her team."""

    town: DiscordTestServer
    board: NoticeBoard
    alerts: StandInChannel
    clock: SettableClock
    database: Database
    proposing: ProposalsFeature
    driver: ManualDriver
    presses: CountedProposals

    async def propose(self, text: str = "Closed on Monday", who: str = "olivia") -> InteractionAnswer:
        """Use the command and wait for its preview."""
        person = getattr(self.town, who)
        answer: InteractionAnswer = await person.slash(self.town.guild, self.town.lobby, "notice", text=text)
        await answer.done()
        assert answer.ephemeral
        return answer

    def shown(self, answer: InteractionAnswer) -> StandInMessage:
        assert answer.message is not None
        return answer.message

    async def press(self, answer: InteractionAnswer, label: str, who: str = "olivia") -> None:
        """Click a button of a preview and let everything that follows at once happen."""
        before = answer.text
        await getattr(self.town, who).click(self.shown(answer), label)
        await self.town.server.world.until(lambda: answer.text != before)
        await self.driver.turn()

    async def relink(self) -> None:
        """Olivia connects the account again, which is another link."""

        async def work(tx: Transaction) -> None:
            before = await creators.open_link(tx, LUNA)
            assert before is not None
            await creators.close(tx, before.id, now=self.clock.now())
            await creators.add_link(
                tx, link_of(self.town, "link-2", before.generation + 1), now=self.clock.now()
            )

        await self.database.write(work)

    async def unlink(self) -> None:
        """Olivia takes the account away."""

        async def work(tx: Transaction) -> None:
            before = await creators.open_link(tx, LUNA)
            assert before is not None
            await creators.close(tx, before.id, now=self.clock.now())

        await self.database.write(work)

    async def written_down(self) -> list[tuple[str, str]]:
        """The audit about the creator, oldest first."""
        lines = await self.database.read(lambda tx: audit_log.recent(tx, LUNA, 50))
        return [(line.action, line.outcome) for line in reversed(lines)]

    def noted(self) -> list[StandInMessage]:
        """What stands in the alerts channel."""
        found = self.town.server.world.messages.get(self.alerts.id, {}).values()
        return [message for message in found if not message.deleted]


def link_of(there: DiscordTestServer, name: str, generation: int) -> Link:
    """Olivia's link to @luna."""
    return Link(
        LinkId(name),
        LUNA,
        DiscordId(there.olivia.user.id),
        DiscordId(there.guild.id),
        generation,
        LinkState.ACTIVE,
        "",
        "luna",
    )


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[ProposalsScenario]:
    """Everything is there, and nothing has been proposed yet."""
    clock = SettableClock()
    database = await open_database(with_schema(f"sqlite:///{folder}/bridge.sqlite3"), now=0)
    driver = ManualDriver(clock)
    on = await context_in(database, dispatch=driver, clock=clock, ids=SeededIds())
    board = NoticeBoard()
    proposing = ProposalsFeature(on, [NoticeFeature(board)])
    try:
        counted = CountedProposals(proposing.proposals)
        subjects = ActionSubjectFinder(database, {"notice": Action.POST})
        services = each_as_itself(Access(database), subjects, proposing.verdicts)
        async with town(services={**services, ProposalService: counted}) as there:
            await there.bot.add_cog(NoticeCog())
            await there.bot.sync_commands(None)
            alerts = there.server.world.add_channel(there.guild, "alerts")
            await there.desk.until_noticed("changed", there.guild.id)
            await _link(there, database, alerts)
            port = there.bot.discord
            deliveries = Deliveries(
                database=on.database,
                effects=on.effects,
                handlers={
                    kind_of("notice"): HangNoticeHandler(proposing, board, clock),
                    "alert": PostAlertHandler(on, discord=port),
                    "answer": _answering(port, on),
                },
                clock=on.clock,
                waits=on.waits,
                rng=random.Random(3),  # noqa: S311 - repeatable on purpose
                crew=NOBODY_ELSE,
            )
            driving = asyncio.create_task(driver.run(deliveries.drain))
            yield ProposalsScenario(there, board, alerts, clock, database, proposing, driver, counted)
            driving.cancel()
            await asyncio.wait([driving])
    finally:
        await database.close()


async def _link(there: DiscordTestServer, database: Database, alerts: StandInChannel) -> None:
    link = link_of(there, "link-1", 1)
    there.desk.links.append(link)
    home = Forum(DiscordId(1), DiscordId(there.guild.id), DiscordId(2), DiscordId(alerts.id), LUNA, "{}")

    async def work(tx: Transaction) -> None:
        await creators.learn(tx, Creator(LUNA, "luna", "Luna"), now=0)
        await creators.add_link(tx, link, now=0)
        await forums.add(tx, home, 0)

    await database.write(work)


def _answering(port: DiscordPort, on: Context) -> EditAnswerHandler:
    return EditAnswerHandler(on, discord=port)
