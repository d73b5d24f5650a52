"""Deeds of digests: read what happened, then post what was read (R6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.access.permits import Actor, standing_of
from bot.access.roles import MoneyView
from bot.engine.channel_languages import opened, spoken_in
from bot.engine.effect_handler import Becomes, Body, EffectHandler, Moot, Outcome
from bot.engine.member_languages import spoken_to
from bot.engine.outbox import pack_post
from bot.features.money.digests import texts
from bot.features.money.digests.model import DigestContent
from bot.features.money.digests.period_rules import DigestPeriod, days_of, due
from bot.features.money.digests.picture import pack
from bot.features.money.digests.reader import DigestReader
from bot.model.errors import TryLater
from bot.model.language import msgid, speaking, tr
from bot.model.ports import Button
from bot.relay.context import Context
from bot.text.time_zones import DEFAULT_ZONE, zone_of
from storage.database import Transaction
from storage.money import digests
from storage.money.digests import Digest
from storage.people import creators
from storage.records import Effect, Link

READ, POST, PRIVATE = "digest.read", "digest", "digest.private"
DAY, SORT = "day", "sort"
OFF = msgid("The digest is no longer wanted.")
_MORE = {POST: "figures.more", PRIVATE: "digest.more"}


@dataclass(frozen=True)
class DigestState:
    """A digest's state now: who wants it, where, and how exactly figures are shown there."""

    wanted: Digest
    link: Link
    zone: str
    level: MoneyView
    newer: bool  # whether a later one is taken care of
    language: str  # its reader's

    @property
    def kind(self) -> str:
        return PRIVATE if self.wanted.channel is None else POST


class DigestReadHandler(EffectHandler):
    """Read what happened; the text stays as it is, however often it is posted."""

    def __init__(self, ctx: Context, *, reading: DigestReader) -> None:
        self._ctx = ctx
        self._reading = reading

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Becomes the post, unless nobody wants it any more, or there is nothing to say."""
        sort, last = sort_of(body), date.fromisoformat(body[DAY])
        now = await self._ctx.database.read(lambda tx: state(tx, effect, sort, last))
        if now is None:
            return Moot(OFF)
        zone, at = zone_of(now.zone), self._ctx.clock.now()
        if now.newer and due(sort, at, zone, now.wanted.hour) > last:
            return Moot(msgid("A newer digest replaces it."))
        until = days_of(sort, last, zone).until
        if at < until:  # a clock was set back, or the creator's zone is another one
            raise TryLater(msgid("The time of this digest isn't over yet."), after=(until - at) / 1000)
        with speaking(await opened(now.language)):
            content = await self._reading.of(effect.creator, sort, last, zone)
            if now.wanted.quiet and content.silent:
                return Moot(msgid("There's nothing to report, so this digest is skipped."))
            return Becomes(now.kind, _posted(effect, content, now), since=until)


def reread(body: Body) -> Becomes:
    """Read it again, as it is to go elsewhere, or to show more or less."""
    return Becomes(READ, {SORT: sort_of(body), DAY: body[DAY]})


def sort_of(body: Body) -> DigestPeriod:
    """The sort of an effect; those of versions that had only one do not say."""
    return DigestPeriod(body.get(SORT, DigestPeriod.DAILY))


async def state(tx: Transaction, effect: Effect, sort: DigestPeriod, last: date) -> DigestState | None:
    """The state now; None when nobody wants it, or its reader may not see it any more."""
    wanted, link = await digests.get(tx, effect.creator, sort), await creators.open_link(tx, effect.creator)
    if wanted is None or link is None:
        return None
    level = await _level(tx, wanted)
    if level is None or (wanted.channel is None and wanted.closed_at is not None):
        return None
    newest = await digests.newest(tx, effect.creator, sort)
    zone = await digests.zone(tx, effect.creator) or DEFAULT_ZONE
    newer = newest is not None and newest > last.isoformat()
    spoken = (
        await spoken_in(tx, effect.creator)
        if wanted.channel is not None
        else await spoken_to(tx, wanted.owner, effect.creator)
    )
    return DigestState(wanted, link, zone, level, newer, spoken)


async def _level(tx: Transaction, wanted: Digest) -> MoneyView | None:
    """A channel shows what its owner chose; a person no more than they may see now. None: not even that."""
    chosen = MoneyView(wanted.figures)
    if wanted.channel is not None:
        return chosen
    held = await standing_of(tx, Actor(wanted.owner, None), wanted.creator)
    return None if held is None else min(chosen, held.money, key=list(MoneyView).index)


def _posted(effect: Effect, content: DigestContent, now: DigestState) -> dict[str, Any]:
    more = Button(_MORE[now.kind], effect.id, tr("The last 30 days"))
    post = texts.digest(content, link=now.link, level=now.level, buttons=(more,))
    shows = content.drawn is not None and now.level is not MoneyView.HIDDEN
    where: Mapping[str, Any] = {} if now.wanted.channel is None else {"channel": now.wanted.channel}
    return {
        **where,
        SORT: content.sort,
        DAY: content.days.last.isoformat(),
        "figures": now.level,
        "post": pack_post(post),
        **({"chart": pack(content.drawn)} if content.drawn is not None and shows else {}),
    }
