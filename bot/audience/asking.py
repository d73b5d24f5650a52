"""/subscribers: what events told of a creator's days, and what Fanvue says itself."""

import asyncio
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.access.roles import Money
from bot.audience import wording
from bot.audience.counting import by_rows, counted
from bot.audience.retention import EARLY, TOGETHER, retention
from bot.audience.silences import silences
from bot.audience.wording import Heard
from bot.figures.bands import Show, shown_to
from bot.figures.days import Days
from bot.figures.patience import CannotTell, told, understood
from bot.figures.reading import Audience, Reading
from bot.relay.ports import Clock, Picture, Post
from bot.relay.zones import DEFAULT_ZONE, zone_of
from storage import digests, gaps, subscription_changes, watermarks
from storage.database import Database, Transaction
from storage.gaps import Gap
from storage.records import CreatorId, Link, Millis
from storage.subscription_changes import Change

_KINDS = ("subscription.renewed", "subscription.deactivated", "subscription.renewal_changed")


@dataclass(frozen=True)
class _Kept:
    changes: tuple[Change, ...]
    due: tuple[Change, ...]
    unanswered: int
    since: Millis | None
    gaps: tuple[Gap, ...]
    heard: bool


class Asking:
    """Whether somebody may ask was looked up before."""

    def __init__(self, *, database: Database, reading: Reading, clock: Clock) -> None:
        self._database = database
        self._reading = reading
        self._clock = clock

    async def subscribers(self, link: Link, period: str, level: Money) -> tuple[Post, Picture | None]:
        """What changed on the days that were typed, with a picture of it. Raises CannotTell.

        `level`: how exactly they see figures. What Fanvue does not answer now is said in its place.
        """
        now, show = self._clock.now(), shown_to(level)
        zone = await self._database.read(lambda tx: digests.zone(tx, link.creator))
        meant = understood(period, now, zone_of(zone or DEFAULT_ZONE), level)
        days, utc = meant.days, understood(period, now, ZoneInfo(DEFAULT_ZONE), level).days
        kept = await self._database.read(lambda tx: _kept(tx, link.creator, days, now))
        heard = _heard(kept, days, now)
        theirs = await self._theirs(link.creator, utc)
        post = wording.subscribers(heard, theirs, (days, utc), meant.name, link, show)
        return post, await asyncio.to_thread(_drawn, kept, heard, link, show)

    async def _theirs(self, creator: CreatorId, utc: Days) -> Audience | str:
        """Why not, where Fanvue does not answer."""
        try:
            return await told(lambda: self._reading.audience(creator, utc))
        except CannotTell as why:
            return str(why)


async def _kept(tx: Transaction, creator: CreatorId, days: Days, now: Millis) -> _Kept:
    until = min(days.until, now)
    heard = await watermarks.heard_of(tx, creator)
    return _Kept(
        changes=tuple(await subscription_changes.between(tx, creator, since=days.since, until=days.until)),
        due=tuple(
            await subscription_changes.due_between(
                tx, creator, since=days.since - TOGETHER, until=days.until + TOGETHER
            )
        ),
        unanswered=await subscription_changes.unanswered(
            tx, creator, since=days.since, until=max(min(until, now - EARLY), days.since)
        ),
        since=await subscription_changes.kept_since(tx, creator),
        gaps=tuple(await gaps.touching(tx, creator, since=days.since, until=until)),
        heard=any(kind in heard for kind in _KINDS),
    )


def _heard(kept: _Kept, days: Days, now: Millis) -> Heard:
    until = min(days.until, now + 1)
    begins = days.since if kept.since is None else max(days.since, kept.since)
    return Heard(
        days=days,
        counted=counted(kept.changes, days),
        retention=retention(kept.due, since=begins, until=until),
        unanswered=kept.unanswered,
        since=kept.since,
        silences=tuple(silences(kept.gaps, since=begins, until=until, now=now)),
        live=kept.heard,
        at=now,
    )


def _drawn(kept: _Kept, heard: Heard, link: Link, show: Show) -> Picture | None:
    """Runs in a thread of its own; None: there is nothing to draw."""
    if not kept.changes:
        return None
    from bot.charts import bars, model  # noqa: PLC0415 - Pillow takes 50 ms to import

    chart = wording.chart(by_rows(kept.changes, heard.days), heard, link, show)
    return Picture("subscribers.png", bars.draw(chart), model.described(chart))
