"""Deeds that read what was said before a fan's first thread, and show it once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.engine.effect_handler import Becomes, Body, Done, EffectHandler, Moot, Outcome, Then, fan_of
from bot.engine.outbox import EffectRequest, Effects, pack_post
from bot.engine.streams import discord_stream, reading_stream
from bot.features.inbox.history import texts
from bot.features.inbox.history.scheduling import LATER
from bot.features.inbox.history.selection import earlier
from bot.model.errors import DeliveryRefused, DeliveryUnknown, TargetGone, TryLater
from bot.model.language import english
from bot.model.ports import ChatMessage, Post
from bot.model.read_purposes import ReadPurpose
from bot.relay.impostors import label_of
from storage.database import Database, Transaction
from storage.inbox import fans
from storage.records import CreatorId, Effect, EffectId, FanId, Millis

_LEARNED = "media"  # the part of a line that says what was learned of it after it was posted


class HistoryPort(Protocol):
    """A creator's chats on Fanvue, as `bot.model.ports.FanvuePort` has them."""

    async def recent(self, creator: CreatorId, fan: FanId, reads: ReadPurpose) -> Sequence[ChatMessage]:
        """The newest 50 messages of a chat, newest first, without marking it as read."""


@dataclass(frozen=True)
class HistoryReader:
    """The parts that both handlers read with."""

    database: Database
    there: HistoryPort
    lines: int

    async def post(self, effect: Effect, body: Body, ref: str) -> Post | None:
        """The earlier messages, or None without any. Raises as reading a chat does."""
        fan = fan_of(effect)
        rows = await self.there.recent(effect.creator, fan, ReadPurpose.HISTORY)
        before: Millis = body["at"]

        async def work(tx: Transaction) -> Post | None:
            known = await fans.get(tx, effect.creator, fan)
            old = await earlier(tx, effect.creator, rows, before=before, most=self.lines)
            if known is None or not old:
                return None
            return texts.shown(old, await label_of(tx, known), ref)

        return await self.database.read(work)


class HistoryHandler(EffectHandler):
    """The first line of a thread: read while the thread is opened; the other lines wait for one attempt."""

    def __init__(self, reading: HistoryReader, effects: Effects) -> None:
        self._reading = reading
        self._effects = effects

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """One read; where Fanvue has no room for it, the thread says so and goes on."""
        try:
            post = await self._reading.post(effect, body, effect.id)
        except (TryLater, DeliveryUnknown):
            return _becomes(body, texts.later(effect.id), lambda tx: self._later(tx, effect, body))
        except (TargetGone, DeliveryRefused) as nothing:
            return Moot(nothing.reason)
        return Moot(english("There are no earlier messages.")) if post is None else _becomes(body, post)

    async def _later(self, tx: Transaction, effect: Effect, body: Body) -> None:
        fan = fan_of(effect)
        wanted = EffectRequest(
            network="fanvue",
            kind=LATER,
            stream=reading_stream(effect.creator, fan, ReadPurpose.HISTORY),
            creator=effect.creator,
            fan=fan,
            cause=effect.id,
            part="later",
            body={**body, "line": effect.id},
        )
        await self._effects.add(tx, wanted)


class LateHistoryHandler(EffectHandler):
    """The same once Fanvue has room: the line that stands for it says what was said before."""

    def __init__(self, reading: HistoryReader, effects: Effects) -> None:
        self._reading = reading
        self._effects = effects

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """One read; it is tried again until it works, or never will."""
        line = EffectId(body["line"])
        try:
            post = await self._reading.post(effect, body, line) or texts.nothing(line)
        except (TargetGone, DeliveryRefused) as nothing:
            post = texts.unreadable(nothing.reason, line)
        return Done(then=lambda tx: self._edit(tx, effect, line, post))

    async def _edit(self, tx: Transaction, effect: Effect, line: EffectId, post: Post) -> None:
        fan = fan_of(effect)
        wanted = EffectRequest(
            network="discord",
            kind="line.edit",
            stream=discord_stream(effect.creator, fan),
            creator=effect.creator,
            fan=fan,
            cause=line,
            part=_LEARNED,
            body={"line": line, "post": pack_post(post), "media": 0},
        )
        await self._effects.add(tx, wanted)


def _becomes(body: Body, post: Post, then: Then | None = None) -> Becomes:
    return Becomes("post", {"post": pack_post(post), "message": None}, then, since=body["at"])
