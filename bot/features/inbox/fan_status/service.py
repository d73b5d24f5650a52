"""Learns what a fan is to the creator; has Fanvue asked where nobody told."""
# ruff: noqa: ARG002 -- every handler answers the same questions, needed or not

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Protocol

from bot.engine.effect_handler import Body, Done, EffectHandler, Moot, Outcome, fan_of
from bot.engine.outbox import EffectRequest
from bot.engine.streams import reading_stream
from bot.features.inbox.conversations.changes import ConversationChanged
from bot.model.acting_account import CANNOT_WRITE
from bot.model.errors import DeliveryRefused, TargetGone, TryLater
from bot.model.events import Event, Followed
from bot.model.ports import Beside
from bot.model.read_purposes import ReadPurpose
from bot.relay.context import Context
from bot.relay.media_lookup import next_round
from storage.database import Transaction
from storage.engine import outbox
from storage.inbox import fan_status, fans
from storage.inbox.fan_status import FOLLOWER, NOT_CONTACTABLE
from storage.people import creators
from storage.records import CreatorId, Effect, FanId, LinkState, Millis

KIND = "fan.look"
_BESIDE = 20

Want = Callable[[Transaction, CreatorId, FanId], Awaitable[None]]  # has a fan's card shown


class FanStatusAnswer(Protocol):
    """One fan as Fanvue knows them now."""

    @property
    def status(self) -> str | None:
        """None: it did not say."""


class FanStatusPort(Protocol):
    """Fanvue, as far as one fan is concerned."""

    async def of(self, creator: CreatorId, fan: FanId, beside: Beside) -> FanStatusAnswer:
        """One fan; `beside`: who is asked for next, perhaps with the same request."""


class FanStatusService:
    """Told of facts, talks and refusals; every method is part of the caller's transaction."""

    def __init__(self, ctx: Context, *, want: Want, learned: Want | None = None) -> None:
        """`gather`: how often those are asked for together of whom nothing was said yet.

        `learned`: likewise has a card shown, but with what else is to be shown.
        """
        self._ctx = ctx
        self._want = want
        self._learned = learned or want
        self._gather = ctx.waits.gather

    async def happened(self, tx: Transaction, event: Event) -> None:
        """A fact was decided: somebody began to follow."""
        if isinstance(event, Followed):
            await self.told(tx, event.creator, event.fan.id, FOLLOWER, at=event.at)

    async def told(
        self,
        tx: Transaction,
        creator: CreatorId,
        fan: FanId,
        word: str | None,
        *,
        at: Millis | None = None,
        asked: bool = False,
    ) -> None:
        """Fanvue said what this fan is; without `at`, just now. `asked`: only because it was asked."""
        now = self._ctx.clock.now() if at is None else at
        if word is not None and await fan_status.told(tx, creator, fan, word, at=now):
            # That nobody can write to a fan must be read before somebody does.
            calm = asked and word != NOT_CONTACTABLE
            await (self._learned if calm else self._want)(tx, creator, fan)

    async def refused(self, tx: Transaction, effect: Effect) -> None:
        """A reply came to an end; perhaps it was refused because nobody can write to this fan."""
        now = await outbox.get(tx, effect.id) or effect
        if now.reason == CANNOT_WRITE and effect.fan is not None:
            await self.told(tx, effect.creator, effect.fan, NOT_CONTACTABLE)

    async def conversation_changed(self, tx: Transaction, change: ConversationChanged) -> None:
        """Something changed about a fan's chat."""
        await self.talked(tx, change.creator, change.fan)

    async def talked(self, tx: Transaction, creator: CreatorId, fan: FanId) -> None:
        """Ask Fanvue, once, about a fan whose chat changed and whose status is unknown.

        A fan to whom nobody could write is asked about again, once for each time that this was told. Once
        means with each sign-in: one may see what another could not.
        """
        known = await fan_status.of_fan(tx, creator, fan)
        if known is not None and known.word != NOT_CONTACTABLE:
            return
        link = await creators.open_link(tx, creator)
        if link is None or link.state is not LinkState.ACTIVE or await fans.get(tx, creator, fan) is None:
            return
        wanted = EffectRequest(
            network="fanvue",
            kind=KIND,
            stream=reading_stream(creator, fan, ReadPurpose.CARD),
            creator=creator,
            fan=fan,
            cause=f"standing:{creator}:{fan}",
            part=f"{'first' if known is None else f'since:{known.at}'}:{link.via or link.id}",
            body={},
            not_before=next_round(self._ctx.clock.now(), self._gather),
        )
        await self._ctx.effects.add(tx, wanted)


class FanStatusHandler(EffectHandler):
    """Ask Fanvue what one fan is. Nobody is troubled where it does not say: the card says so."""

    def __init__(self, ctx: Context, *, fans_there: FanStatusPort, standings_here: FanStatusService) -> None:
        self._ctx = ctx
        self._there = fans_there
        self._here = standings_here

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """One request for all who are asked for now."""
        fan = fan_of(effect)
        beside = partial(self._ctx.database.read, partial(self._beside, creator=effect.creator))
        try:
            there = await self._there.of(effect.creator, fan, beside)
        except (DeliveryRefused, TargetGone) as nothing:
            return Moot(nothing.reason)
        except TryLater as later:
            if later.paused:
                return Moot(later.reason)
            raise
        return Done(then=lambda tx: self._here.told(tx, effect.creator, fan, there.status, asked=True))

    async def _beside(self, tx: Transaction, *, creator: CreatorId) -> Sequence[FanId]:
        return await outbox.due_fans(tx, creator, KIND, now=self._ctx.clock.now(), most=_BESIDE)
