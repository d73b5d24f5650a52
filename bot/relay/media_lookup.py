"""Looks for media of a fan's texts: one read for all texts of a few seconds."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import repeat

from bot.engine.effect_handler import Body, Done, EffectHandler, Moot, Outcome, fan_of
from bot.engine.outbox import EffectRequest, pack_post
from bot.engine.streams import discord_stream, reading_stream
from bot.model.errors import DeliveryRefused, SealDamaged, TargetGone, TextErased
from bot.model.events import TIP, UNTOLD, FanWrote
from bot.model.ports import ChatLook, ChatMessage, FanvuePort
from bot.model.read_purposes import ReadPurpose
from bot.relay.context import Context
from bot.relay.lines import MESSAGE, Wrote, lines_of, part_of, unpack_wrote, wants
from bot.relay.send_match import SKEW
from storage.database import Transaction
from storage.engine import outbox
from storage.inbox import messages
from storage.records import CreatorId, Effect, FanId, FanvueMessageId, Millis

KIND = "media.look"
_BESIDE = 49


class MediaLookup:
    """Has a fan's texts looked at, at most once in `RetryWaits.gather`: all fans' at the same moment."""

    def __init__(self, ctx: Context, gather: Millis) -> None:
        self._ctx = ctx
        self._gather = gather

    async def want(self, tx: Transaction, event: FanWrote, cause: str) -> None:
        """One that has not begun will see this text, too."""
        if await outbox.awaited(tx, reading_stream(event.creator, event.fan.id, ReadPurpose.MEDIA)):
            return
        wanted = wants(event, KIND, network="fanvue", cause=cause, part="media")
        due = next_round(self._ctx.clock.now(), self._gather)
        await self._ctx.effects.add(tx, replace(wanted, not_before=due))


class LookForMediaHandler(EffectHandler):
    """Texts were shown; media and price, only in their own rows, are added to their lines."""

    def __init__(self, ctx: Context, *, fanvue: FanvuePort) -> None:
        self._ctx = ctx
        self._fanvue = fanvue
        self._late = ctx.waits.late

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Read what the chat has had since the first of them."""
        first, fan = unpack_wrote(body["event"]), fan_of(effect)
        newest = await self._ctx.database.read(lambda tx: messages.newest_in(tx, effect.creator, fan))
        beside = partial(self._ctx.database.read, partial(self._beside, creator=effect.creator))
        look = ChatLook(first.at - SKEW, newest or first.message, beside)
        try:
            chat = await self._fanvue.lately(effect.creator, fan, ReadPurpose.MEDIA, look)
        except (TargetGone, DeliveryRefused) as nothing:
            return Moot(nothing.reason)
        # One whose text is not told would take away the text that an event has told.
        fit = [row for row in chat if row.media and not row.from_creator]
        found = [row for row in fit if row.kind not in (TIP, UNTOLD)]
        return Done(then=lambda tx: self._add_all(tx, effect, first, found)) if found else Done()

    async def _beside(self, tx: Transaction, *, creator: CreatorId) -> Sequence[FanId]:
        return await outbox.due_fans(tx, creator, KIND, now=self._ctx.clock.now(), most=_BESIDE)

    async def _add_all(
        self, tx: Transaction, effect: Effect, first: Wrote, found: Sequence[ChatMessage]
    ) -> None:
        for row in reversed(found):
            cause = effect.cause if row.message == first.message else self._fact(effect, row.message)
            await self._add(tx, _as_shown(first, row), cause)

    def _fact(self, effect: Effect, message: FanvueMessageId) -> str:
        return self._ctx.effects.ids.fact(effect.creator, MESSAGE, message)

    async def _add(self, tx: Transaction, told: Wrote, cause: str) -> None:
        last = len(lines_of(told, repeat(""))) - 1
        shown = await outbox.by_cause(tx, cause, part_of(last))
        if shown is None or self._tells(shown):
            return
        late = shown.created_at - told.at >= self._late
        post = lines_of(replace(told, late=late), repeat(shown.id))[last]
        await self._ctx.effects.add(
            tx,
            EffectRequest(
                network="discord",
                kind="line.edit",
                stream=discord_stream(told.creator, told.fan.id),
                creator=told.creator,
                fan=told.fan.id,
                cause=shown.id,
                part="media",
                body={"line": shown.id, "post": pack_post(post), "media": told.media},
            ),
        )

    def _tells(self, shown: Effect) -> bool:
        """Whether a line tells of its media already, or of nothing any more, or of a text that follows."""
        try:
            body = self._ctx.effects.body(shown)
            return bool(body.get("media") or body.get("unread"))
        except (SealDamaged, TextErased):
            return True


def next_round(now: Millis, every: Millis) -> Millis:
    """The next of the moments at which everybody looks, so that many look together."""
    return (now // every + 1) * every


def _as_shown(first: Wrote, row: ChatMessage) -> Wrote:
    """The event of this message as it must have been, with its own row's values."""
    at = first.at if row.message == first.message else row.sent_at
    return replace(
        first,
        message=row.message,
        at=at,
        text=row.text,
        media=len(row.media),
        price=row.price,
        kind=row.kind or first.kind,
        media_type=row.media_type,
    )
