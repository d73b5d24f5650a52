"""Deeds that read a fan's message which came without its text."""

from bot.engine.effect_handler import Becomes, Body, Done, EffectHandler, Outcome, SettlingMethod
from bot.engine.outbox import Effects
from bot.model.errors import DeliveryRefused, DeliveryUnknown, TargetGone, TryLater
from bot.model.language import tr, tr_stored
from bot.model.ports import DiscordPort, FanvuePort
from bot.model.read_purposes import ReadPurpose
from bot.relay.context import Context
from bot.relay.lines import (
    ThreadOwner,
    Wrote,
    add_lines,
    add_post,
    add_rest,
    completed,
    line_body,
    lines_of,
    refs_of,
    unpack_wrote,
    wants,
)
from bot.relay.post_effects import PostLineHandler
from bot.relay.redaction import LineRedactor
from bot.relay.threads import ThreadOpener
from bot.text import render
from storage.database import Transaction
from storage.records import Effect


class FetchMessageHandler(PostLineHandler):
    """A message that came without its text: read it, then be its first line."""

    settling = (
        SettlingMethod.REPEAT
    )  # it only reads; what it becomes is looked for, if it may be there already

    def __init__(
        self,
        ctx: Context,
        *,
        discord: DiscordPort,
        opener: ThreadOpener,
        covers: LineRedactor,
        fanvue: FanvuePort,
    ) -> None:
        super().__init__(ctx, discord=discord, opener=opener, covers=covers)
        self._fanvue = fanvue

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Read it in its place, so that later lines wait; but hardly longer than `RetryWaits.fetch`."""
        event = unpack_wrote(body["event"])
        try:
            there = await self._fanvue.message(effect.creator, event.fan.id, event.message, ReadPurpose.TEXT)
        except (TryLater, DeliveryUnknown) as unread:
            if self._may_wait(effect, unread):
                raise
            return self._unread(effect, event)
        except (TargetGone, DeliveryRefused) as nothing:
            post = render.note(_cannot(nothing), ref=effect.id, at=event.at)
            return Becomes("post", line_body(event, [post], 0), since=event.at)
        told = completed(event, there)
        lines = lines_of(told, refs_of(self._ctx.effects, effect.cause))

        async def then(tx: Transaction) -> None:
            await add_rest(tx, self._ctx.effects, told, lines, cause=effect.cause, first=1)

        return Becomes("post", line_body(told, lines, 0), then, since=event.at)

    def _may_wait(self, effect: Effect, unread: TryLater | DeliveryUnknown) -> bool:
        left = effect.created_at + self._ctx.waits.fetch - self._ctx.clock.now()
        if isinstance(unread, TryLater):
            return not unread.paused and left > (unread.after or 0) * 1000
        return left > 0

    def _unread(self, effect: Effect, event: Wrote) -> Becomes:
        async def then(tx: Transaction) -> None:
            await self._ctx.effects.add(
                tx, wants(event, "fan.read", network="fanvue", cause=effect.id, part="read")
            )

        post = render.unread_message(at=event.at, ref=effect.id)
        return Becomes("post", {**line_body(event, [post], 0), "unread": True}, then, since=event.at)


class ReadMessageHandler(EffectHandler):
    """A message that was announced before it could be read: its text follows, or that nobody can read it."""

    def __init__(self, *, fanvue: FanvuePort, effects: Effects) -> None:
        self._fanvue = fanvue
        self._effects = effects

    async def do(self, effect: Effect, body: Body) -> Outcome:
        event = unpack_wrote(body["event"])
        try:
            there = await self._fanvue.message(effect.creator, event.fan.id, event.message, ReadPurpose.TEXT)
        except (TargetGone, DeliveryRefused) as nothing:
            return self._unreadable(effect, event, nothing)
        return Done(then=lambda tx: add_lines(tx, self._effects, completed(event, there), effect.id))

    def _unreadable(self, effect: Effect, event: Wrote, nothing: TargetGone | DeliveryRefused) -> Done:
        return Done(
            then=lambda tx: add_post(
                tx,
                self._effects,
                ThreadOwner(effect.creator, event.fan.id),
                cause=effect.id,
                part="unreadable",
                make=lambda ref: render.note(_cannot(nothing), ref=ref, at=event.at),
                since=event.at,
            )
        )


def _cannot(nothing: TargetGone | DeliveryRefused) -> str:
    return tr("A message came in, but we can't read it: {reason}", reason=tr_stored(nothing.reason))
