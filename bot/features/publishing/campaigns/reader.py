"""The data for previews and the board: the zone, the time, who did what."""

from zoneinfo import ZoneInfo

from bot.engine.streams import proposal_stream
from bot.features.publishing.campaigns.actors import CampaignActor, CampaignActors, OwnSend
from bot.features.publishing.campaigns.follow_up_rules import HOUR
from bot.features.publishing.proposals.model import ProposalRefused
from bot.model.language import tr
from bot.relay.context import Context
from bot.text.draft_changes import drafted_by
from bot.text.time_zones import DEFAULT_ZONE, zone_of
from storage.database import Transaction
from storage.engine import outbox
from storage.money import digests
from storage.publishing import campaigns
from storage.records import CreatorId, DiscordId, EffectId, EffectState, Link, Millis

READS, WRITES = "read:chat", "write:chat"
_CHANGES = ("mass_change", "mass_end")
_OWN = ("mass", *_CHANGES)  # features that change Fanvue's list of mass messages
_LATELY: Millis = 86_400_000  # nothing that was confirmed waits longer

Own = frozenset[tuple[EffectId, EffectState]]


class CampaignReader:
    """Reads, each in a transaction of its own."""

    def __init__(self, ctx: Context, *, doers: CampaignActors) -> None:
        self._ctx = ctx
        self._doers = doers

    def now(self) -> Millis:
        return self._ctx.clock.now()

    async def zone(self, creator: CreatorId) -> ZoneInfo:
        """In which a creator's times are said and typed."""
        name = await self._ctx.database.read(lambda tx: digests.zone(tx, creator))
        return zone_of(name or DEFAULT_ZONE)

    async def latest(self, creator: CreatorId, feature: str, message: str) -> CampaignActor | None:
        """The last press of this feature about this message."""
        now = self._ctx.clock.now()
        return await self._ctx.database.read(
            lambda tx: self._doers.latest(tx, creator, feature, message, now=now)
        )

    async def own(self, creator: CreatorId) -> Own:
        """Recent actions from here and their states: while they are the same, Fanvue's list is, too."""
        since = self._ctx.clock.now() - _LATELY

        async def work(tx: Transaction) -> Own:
            streams = [proposal_stream(creator, feature) for feature in _OWN]
            found = [one for stream in streams for one in await outbox.in_stream(tx, stream, since=since)]
            return frozenset((one.id, one.state) for one in found)

        return await self._ctx.database.read(work)

    async def send(self, creator: CreatorId, ref: str) -> OwnSend | None:
        """The creator's mass message from here that this effect sends or sent; None: it is no such effect."""
        return await self._ctx.database.read(lambda tx: self._doers.send(tx, creator, ref))

    async def planned(self, creator: CreatorId) -> list[Millis]:
        """When those go out that were planned from here, and not changed or ended since; the soonest first.

        Fanvue is not asked, so one that was changed or deleted there is among them.
        """
        now = self._ctx.clock.now()

        async def work(tx: Transaction) -> list[Millis]:
            found = await campaigns.not_begun(tx, creator, after=now + HOUR)
            return [
                one.due - HOUR
                for one in found
                if one.due is not None and not await self._touched(tx, creator, one.message, now)
            ]

        return await self._ctx.database.read(work)

    async def _touched(self, tx: Transaction, creator: CreatorId, message: str, now: Millis) -> bool:
        pressed = [await self._doers.latest(tx, creator, one, message, now=now) for one in _CHANGES]
        return any(one is not None for one in pressed)

    async def leaving(self, creator: CreatorId) -> list[OwnSend]:
        """Mass messages from here that Fanvue has not named yet, newest first."""
        since = self._ctx.clock.now() - _LATELY
        return await self._ctx.database.read(lambda tx: self._doers.leaving(tx, creator, since=since))

    async def launched(self, creator: CreatorId, messages: list[str]) -> dict[str, DiscordId]:
        """The people who confirmed these here; none for those from elsewhere."""

        async def work(tx: Transaction) -> dict[str, DiscordId]:
            found = {one: await self._doers.launched(tx, creator, one) for one in messages}
            return {one: who for one, who in found.items() if who is not None}

        return await self._ctx.database.read(work)

    async def drafted(self, creator: CreatorId, messages: list[str]) -> dict[str, str]:
        """Who drafted these beside people, and how much was changed, in a line each."""

        async def work(tx: Transaction) -> dict[str, str]:
            found = {one: await self._doers.drafted(tx, creator, one) for one in messages}
            return {one: drafted_by(mark) for one, mark in found.items() if mark is not None}

        return await self._ctx.database.read(work)

    def must_be_allowed(self, link: Link, needed: tuple[str, ...] = (READS, WRITES)) -> None:
        """Raises ProposalRefused, with what to do, where Fanvue has not given the bridge a permission."""
        lacking = [scope for scope in needed if scope not in link.scopes.split()]
        if lacking:
            raise ProposalRefused(
                tr(
                    "Mass messages need a permission that Fanvue has not given us: {lacking}. Connect "
                    "again with /link and allow it, then try again.",
                    lacking=" ".join(lacking),
                )
            )
