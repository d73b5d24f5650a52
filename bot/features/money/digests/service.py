"""Owners' choices for digests: which, when, where, how much of it."""

from zoneinfo import ZoneInfo

from bot.access.roles import MoneyView
from bot.engine.outbox import Effects
from bot.features.money.digests.period_rules import DigestPeriod, due, upcoming
from bot.features.money.digests.read_effects import POST, PRIVATE, READ
from bot.model.ports import Clock
from bot.relay.digest_wish import DigestWish
from bot.text.safe_text import one_line, safe
from bot.text.time_zones import DEFAULT_ZONE, zone_named, zone_of
from storage.database import Database, Transaction
from storage.engine import outbox
from storage.money import digests
from storage.money.digests import Digest
from storage.records import CreatorId, EffectId, Link

_NONE = "There is no digest of @{handle}. Create one with /money digest set. Days are in {zone} time."
_NONE_OF_SORT = "There is no {sort} digest of @{handle}. See which exist with /money digest show."
_NO_ZONE = "We don't know the time zone “{typed}”. Choose one from the list, for example Europe/Berlin."
_READ_BY_ALL = "Everyone who can read that channel sees them."
_SEEN_BY_ALL = "Everyone who can read that channel sees it."
_WHEN = {
    DigestPeriod.DAILY: "Every day at {hour:02d}:00 ({zone}) {what} of the day before",
    DigestPeriod.WEEKLY: "Every Monday at {hour:02d}:00 ({zone}) {what} of the week before",
    DigestPeriod.MONTHLY: "On the 1st of every month at {hour:02d}:00 ({zone}) {what} of the month before",
}
_FIGURES = {MoneyView.EXACT: "", MoneyView.BANDED: " Figures are shown in ranges.", MoneyView.HIDDEN: ""}
_SHUT = (
    " ⚠️ You don't accept private messages from the bot: allow them in this server's privacy "
    "settings, then run /money digest set again."
)


class DigestService:
    """Callers check whose creator it is. Each method returns the answer to the owner."""

    def __init__(self, *, database: Database, effects: Effects, clock: Clock) -> None:
        self._database = database
        self._effects = effects
        self._clock = clock

    async def put(self, link: Link, wish: DigestWish) -> str:
        """Let it come so from now on."""
        name = zone_named(wish.zone) if wish.zone is not None else None
        if wish.zone is not None and name is None:
            return _no_zone(wish.zone)

        async def work(tx: Transaction) -> str:
            if name is not None:
                await self._choose_zone(tx, link.creator, name)
            zone, sort = await _zone(tx, link.creator), DigestPeriod(wish.sort)
            before = await digests.get(tx, link.creator, sort)
            # A new one begins with its next hour; one that is only changed still owes what it owed.
            since = before.since if before else due(sort, self._clock.now(), zone, wish.hour).isoformat()
            wanted = Digest(
                creator=link.creator,
                sort=sort,
                owner=link.discord_user,
                channel=wish.channel,
                hour=wish.hour,
                figures=wish.figures,
                quiet=wish.quiet,
                since=since,
            )
            await digests.put(tx, wanted)
            await self._note(tx, link, "digest.set", f"{sort} {wish.channel or 'private'}")
            return self._told(wanted, zone)

        told = await self._database.write(work)
        if wish.channel is None:
            return told
        return f"{told} {_SEEN_BY_ALL if wish.figures is MoneyView.HIDDEN else _READ_BY_ALL}"

    async def off(self, link: Link, sort: str | None) -> str:
        """Let one sort, or every one, come no longer. One that is on its way does not come either."""

        async def work(tx: Transaction) -> list[DigestPeriod]:
            gone = [
                one
                for one in DigestPeriod
                if sort in (None, one) and await digests.remove(tx, link.creator, one)
            ]
            for one in gone:
                await self._note(tx, link, "digest.off", one)
            return gone

        gone, handle = await self._database.write(work), safe(link.handle)
        if sort is not None and not gone:
            return _NONE_OF_SORT.format(sort=sort, handle=handle)
        return f"There is no {f'{sort} ' if sort else ''}digest of @{handle} from now on."

    async def show(self, link: Link) -> str:
        """Show them, and where and when they come."""

        async def work(tx: Transaction) -> tuple[list[Digest], ZoneInfo]:
            found = {one.sort: one for one in await digests.of_creator(tx, link.creator)}
            return [found[sort] for sort in DigestPeriod if sort in found], await _zone(tx, link.creator)

        found, zone = await self._database.read(work)
        if not found:
            return _NONE.format(handle=safe(link.handle), zone=zone.key)
        lines = [self._told(one, zone) for one in found]
        return "\n".join([*lines, "Stop one with `/money digest off`, preview it with `/money digest now`."])

    async def live_in(self, link: Link, zone: str) -> str:
        """Let the creator's days be those of another zone."""
        name = zone_named(zone)
        if name is None:
            return _no_zone(zone)

        async def work(tx: Transaction) -> None:
            await self._choose_zone(tx, link.creator, name)
            await self._note(tx, link, "zone.set", name)

        await self._database.write(work)
        return f"The days of @{safe(link.handle)} now begin and end in {name} time."

    async def creator_of(self, digest: EffectId) -> CreatorId | None:
        """A digest's creator; None when it is none."""
        effect = await self._database.read(lambda tx: outbox.get(tx, digest))
        return effect.creator if effect is not None and effect.kind in (POST, PRIVATE) else None

    def _told(self, wanted: Digest, zone: ZoneInfo) -> str:
        sort, figures = DigestPeriod(wanted.sort), MoneyView(wanted.figures)
        following = upcoming(sort, self._clock.now(), zone, wanted.hour)
        what = (
            "what needs your attention and the news"
            if figures is MoneyView.HIDDEN
            else "the earnings and the news"
        )
        when = _WHEN[sort].format(hour=wanted.hour, zone=zone.key, what=what)
        where = "you, privately" if wanted.channel is None else f"<#{wanted.channel}>"
        quiet = " It is skipped when there's nothing to report." if wanted.quiet else ""
        return (
            f"{when} come to {where}, the next time <t:{following // 1000}:R>.{_FIGURES[figures]}{quiet}"
            f"{_SHUT if wanted.closed_at is not None else ''}"
        )

    async def _choose_zone(self, tx: Transaction, creator: CreatorId, name: str) -> None:
        """Set the zone; look again at digests that waited by another one."""
        await digests.choose_zone(tx, creator, name)
        for waiting in await outbox.open_of_kind(tx, creator, READ):
            await self._effects.at_once(tx, waiting)

    async def _note(self, tx: Transaction, link: Link, action: str, target: str) -> None:
        await self._effects.trail.write(
            tx, action, "done", target=target, actor=link.discord_user, creator=link.creator
        )


async def _zone(tx: Transaction, creator: CreatorId) -> ZoneInfo:
    return zone_of(await digests.zone(tx, creator) or DEFAULT_ZONE)


def _no_zone(typed: str) -> str:
    return _NO_ZONE.format(typed=safe(one_line(typed, 60)))
