"""Follows what was launched here: an hour, a day and a week after it went out."""

from collections.abc import Awaitable, Callable
from contextlib import suppress

from bot.engine.outbox import EffectRequest
from bot.engine.streams import campaigns_stream
from bot.engine.supervision import BackgroundTask, periodic
from bot.features.publishing.campaigns.follow_up_rules import HOUR
from bot.model.errors import SealDamaged, TextErased
from bot.relay.context import Context
from storage.database import Transaction
from storage.errors import DatabaseUnreachable
from storage.people import creators
from storage.publishing import campaigns
from storage.publishing.campaigns import LOOK, Campaign
from storage.records import CreatorId, DiscordId, Effect, Millis

_BACK: Millis = 30 * 86_400_000
_SECONDS = 60.0
_LIMIT = 120.0
_MOST = 100  # in one look


async def nobody_told(_creator: CreatorId) -> None:
    """Nobody reads chats."""


class CampaignFollowUpTask:
    """Results due while the bridge is down are told afterwards, once."""

    def __init__(self, ctx: Context, *, kind: str) -> None:
        """`kind`: of the effects that are mass messages."""
        self._ctx = ctx
        self._kind = kind
        self._looked = ctx.clock.now()
        # Whoever reads chats is told that a mass message went out: it is seen only until somebody writes.
        self.on_sent: Callable[[CreatorId], Awaitable[None]] = nobody_told

    async def look(self) -> None:
        """Follow what has been launched since, and want a look at everything that is due."""
        since = self._ctx.clock.now() - _BACK
        for link in await self._ctx.database.read(creators.active_links):
            if await self._ctx.database.read(lambda tx, one=link: self._new(tx, one.creator, since)):  # type: ignore[misc]
                await self._ctx.database.write(lambda tx, one=link: self._follow(tx, one.creator, since))  # type: ignore[misc]
        now = self._ctx.clock.now()
        since, self._looked = self._looked, now
        for creator in await self._ctx.database.read(
            lambda tx: campaigns.first_due(tx, since=since + HOUR, until=now + HOUR)
        ):
            await self.on_sent(creator)
        for one in await self._ctx.database.read(lambda tx: campaigns.due(tx, now=now, limit=_MOST)):
            await self._want(one)

    def task(self, *, divisor: float) -> BackgroundTask:
        """The background task that tells people; `divisor` shortens the pauses."""
        run = periodic(_SECONDS / divisor, self.look, passing=(DatabaseUnreachable,))
        return BackgroundTask("campaigns", run, _LIMIT)

    async def _new(self, tx: Transaction, creator: CreatorId, since: Millis) -> list[Effect]:
        return await campaigns.unfollowed(tx, creator, self._kind, since=since)

    async def _follow(self, tx: Transaction, creator: CreatorId, since: Millis) -> None:
        for effect in await self._new(tx, creator, since):
            with suppress(SealDamaged, TextErased):  # nobody knows any more who it was, or for how many
                body = self._ctx.effects.body(effect)
                content, most = body["content"], body["seen"]["most"]
                alone = len(content["to"]) == 1 and not content["without"]
                launched = effect.settled_at or effect.created_at
                await campaigns.follow(
                    tx,
                    Campaign(
                        creator=creator,
                        message=str(effect.external_id),
                        effect=effect.id,
                        by=DiscordId(body["actor"]),
                        launched=launched,
                        most=most,
                        least=most if alone else None,
                        told=0,
                        due=max(content["at"] or launched, launched) + HOUR,
                    ),
                )

    async def _want(self, one: Campaign) -> None:
        wanted = EffectRequest(
            network="fanvue",
            kind=LOOK,
            stream=campaigns_stream(one.creator),
            creator=one.creator,
            cause=f"campaign:{one.message}",
            part=f"look:{one.due}",
            body={"message": one.message, "due": one.due},
        )

        async def work(tx: Transaction) -> None:
            await self._ctx.effects.add(tx, wanted)

        await self._ctx.database.write(work)
