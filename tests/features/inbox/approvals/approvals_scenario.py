"""The house of the checks with a team: trainee, chatter, managers, owner."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from bot.access.permits import Access, Actor, Permit
from bot.access.policy import Action
from bot.access.roles import TeamRole
from bot.engine.commands import CommandWish
from bot.engine.retry import RetryWaits
from bot.features.inbox.approvals.feature import ApprovalsFeature, make_lane
from bot.features.inbox.approvals.list_service import ApprovalPage
from bot.features.inbox.checks.feature import ChecksFeature
from bot.features.inbox.checks.model import ReplyDraftReader
from bot.features.inbox.claims.feature import ClaimsFeature
from bot.features.inbox.claims.service import ClaimService
from bot.features.inbox.guard.check import GuardCheck
from bot.features.inbox.pricing.check import PriceLimitCheck
from bot.model.events import Person
from bot.model.ports import Post
from bot.relay.replies import ReplyWish
from storage.database import Transaction
from storage.engine.connect import open_database
from storage.inbox import price_limits
from storage.inbox.price_limits import RolePriceLimits
from storage.people import consents, grants, pauses, privacy_modes
from storage.people.pauses import Pause, PauseKind
from storage.people.privacy_modes import PrivacyMode
from storage.records import CommandId, CreatorId, DiscordId, DraftId
from tests.database_place import database_in
from tests.features.inbox.checks.checks_scenario import ChecksScenario, ref_of
from tests.relay.clock_fixtures import SettableClock
from tests.relay.relay_scenario import ALERTS, CREATOR, EMMA, GUILD, MAYA

OLA, PIA = DiscordId(1_300_000_000_000_000_031), DiscordId(1_300_000_000_000_000_032)  # managers
TIA, CARL = DiscordId(1_300_000_000_000_000_033), DiscordId(1_300_000_000_000_000_034)
NAMES = {MAYA: "Maya", OLA: "Ola", PIA: "Pia", TIA: "Tia", CARL: "Carl"}
ROLES = {OLA: TeamRole.MANAGER, PIA: TeamRole.MANAGER, TIA: TeamRole.TRAINEE, CARL: TeamRole.CHATTER}
ITEM = "11111111-2222-4333-8444-555555555555"


class ApprovalsScenario(ChecksScenario):
    """A world in which Maya owns the creator, and what is held waits for a lead."""

    approving: ApprovalsFeature
    counted: list[CreatorId]

    def build(self) -> None:
        super().build()
        self.counted = []
        ground = self.ground()
        lane, needs_lead = make_lane(ground, self._changed)
        self.answering = ChecksFeature(
            ground,
            more=(PriceLimitCheck(), GuardCheck(self.effects.trail), needs_lead),
            lane=lane,
            drafts=self.draft_readers(),
        )
        self.approving = ApprovalsFeature(ground, lane, self.answering)
        self.replies = self.answering.replies

    def draft_readers(self) -> Sequence[ReplyDraftReader]:
        """Nobody but people drafts here."""
        return ()

    async def _changed(self, _tx: Transaction, creator: CreatorId) -> None:
        self.counted.append(creator)

    async def restart(self) -> None:
        """Another process: also what was shown before it ended is looked after."""
        await self.crash()
        self.build()
        await self.answering.resuming.resume()
        await self.approving.resuming.resume()
        await self.start()
        await self.turn()

    async def staff(self) -> None:
        """The creator is at home here, and everybody is what they are."""

        async def work(tx: Transaction) -> None:
            for side in ("owner", "server"):
                await consents.give(tx, CREATOR, GUILD, side, by=MAYA, now=0)
            for who, role in ROLES.items():
                await self.grant(tx, who, role)

        await self.database.write(work)

    async def grant(self, tx: Transaction, who: DiscordId, role: TeamRole) -> None:
        """Somebody is this from now on."""
        new = f"{who}-{role}-{self.ids.new()}"
        await grants.put(
            tx,
            grants.GrantRecord(
                new, CREATOR, GUILD, "member", who, role, "", "", None, MAYA, self.clock.now()
            ),
        )

    async def ungrant(self, who: DiscordId) -> None:
        """Somebody is nothing any more."""
        now = self.clock.now()
        await self.database.write(lambda tx: grants.end(tx, CREATOR, GUILD, "member", who, by=MAYA, now=now))

    async def pause(self) -> None:
        """The owner pauses everybody who sends for this creator."""
        pause = Pause("pause", PauseKind.CREATOR, CREATOR, None, MAYA, self.clock.now())
        await self.database.write(lambda tx: pauses.begin(tx, pause))

    async def resume(self) -> None:
        """And ends it."""
        now = self.clock.now()
        await self.database.write(lambda tx: pauses.end(tx, "pause", by=MAYA, now=now))

    async def lose_thread(self, fan: Person = EMMA) -> None:
        """Somebody deletes the fan's thread, and the bridge finds out."""
        self.discord.delete(await self.thread(fan))
        await self.happen(self.wrote("still there?", fan))

    async def keep_texts_off(self) -> None:
        """The owner chooses that texts do not stand on Discord from now on."""
        now = self.clock.now()
        await self.database.write(
            lambda tx: privacy_modes.choose(tx, CREATOR, PrivacyMode.PRIVATE, since=now)
        )

    def claiming(self) -> ClaimService:
        """Who answers whom."""
        return ClaimsFeature(self.ground(), self.change).claiming

    async def limit(self, role: TeamRole, ceiling: int) -> None:
        """The owner sets a ceiling."""
        await self.database.write(
            lambda tx: price_limits.put(
                tx, CREATOR, GUILD, role, RolePriceLimits(ceiling=ceiling), new=self.ids.new(), by=MAYA, now=1
            )
        )

    # ── what people do ──

    async def wish_by(self, who: DiscordId, fan: Person = EMMA) -> CommandWish:
        """Somebody does something in a fan's thread."""
        return replace(self.wish(await self.thread(fan)), actor=who, actor_name=NAMES[who])

    async def drafts(
        self, text: str, by: DiscordId = TIA, *, price: int | None = None, window: DraftId | None = None
    ) -> Post:
        """Somebody writes a reply that is held; what they are shown."""
        media = (ITEM,) if price is not None else ()
        alone, role = ROLES.get(by) is not TeamRole.TRAINEE, ROLES.get(by, TeamRole.OWNER)
        wish = ReplyWish(await self.wish_by(by), text, price, media, window=window, alone=alone, role=role)
        shown = await self.replies.accept(await self.replies.stage(wish))
        assert isinstance(shown, Post), shown
        return shown

    async def permit(self, who: DiscordId) -> Permit | None:
        """What a lead is let in with."""
        return await Access(self.database).authorize(Actor(who, GUILD), Action.REVIEW, CREATOR)

    async def list(self, who: DiscordId = OLA, ref: str = "") -> ApprovalPage:
        """A lead uses /inbox review."""
        return await self.approving.listing.page([await self.let_in(who)], ref)

    async def let_in(self, who: DiscordId) -> Permit:
        permit = await self.permit(who)
        assert permit is not None
        return permit

    async def opens_held(self, under: Post, who: DiscordId = TIA) -> ApprovalPage:
        """Somebody presses Open in the thread."""
        ref = ref_of(under, "Take back")
        return await self.approving.listing.opened(ref, who, await self.permit(who))

    async def stage(self, page: ApprovalPage, label: str, who: DiscordId = OLA, **body: object) -> CommandId:
        """A lead presses, outside of the fan's thread, and Discord has not been answered yet."""
        wish = replace(await self.wish_by(who), channel=ALERTS)
        deciding, ref = self.approving.deciding, ref_of(page.post, label)
        command = await deciding.stage(wish, await self.let_in(who), ref, body)
        assert command is not None
        return command

    async def decides(
        self, page: ApprovalPage, label: str, who: DiscordId = OLA, **body: object
    ) -> ApprovalPage:
        """They press, and Discord takes the answer."""
        command = await self.stage(page, label, who, **body)
        return await self.take(command, label, await self.let_in(who))

    async def take(self, command: CommandId, label: str, permit: Permit) -> ApprovalPage:
        """Discord takes the answer."""
        deciding = self.approving.deciding
        deed = {"Approve": deciding.approve, "Edit": deciding.edit, "Return": deciding.give_back}[label]
        shown = await deed(command, permit)
        await self.turn()
        return shown

    async def writes_instead(
        self, page: ApprovalPage, text: str | None, who: DiscordId = OLA, price: int | None = None
    ) -> ApprovalPage:
        """A lead sends the window of Edit."""
        media = [ITEM] if price is not None else []
        return await self.decides(page, "Edit", who, text=text, price=price, media=media, preview=None)

    async def takes_back(self, under: Post, who: DiscordId = TIA) -> ApprovalPage:
        """Its writer presses Take back."""
        wish, deciding = await self.wish_by(who), self.approving.deciding
        permit = await Access(self.database).authorize(Actor(who, GUILD), Action.REPLY, CREATOR)
        assert permit is not None
        command = await deciding.stage_own(wish, permit, DraftId(ref_of(under, "Take back")))
        assert command is not None
        shown = await deciding.take_back(command, who)
        await self.turn()
        return shown


@asynccontextmanager
async def opened(path: Path) -> AsyncIterator[ApprovalsScenario]:
    """An office in which Emma has written once."""
    database = await open_database(database_in(path), now=0)
    office = ApprovalsScenario(database, RetryWaits(), SettableClock())
    try:
        await office.link()
        await office.set_up()
        await office.staff()
        await office.start()
        await office.greeted()
        await office.pass_time(60_000)
        yield office
        await office.crash()
    finally:
        await database.close()
