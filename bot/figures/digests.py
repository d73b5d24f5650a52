"""The daily digest: where and when it is wanted, and what is due (R22).

It is told at an hour of the creator's day and is about the day before. Each is one effect whose cause
names creator and day, so none is told twice. After a time without the bridge only the latest one comes,
late.
"""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.figures.days import at_hour, day_of
from bot.figures.telling import BODY_DAY, POST, READ
from bot.relay.effects import Effects, Wanted
from bot.relay.ports import Clock
from bot.relay.safe_text import one_line, safe
from bot.relay.streams import digest_stream
from bot.relay.zones import DEFAULT_ZONE, zone_named, zone_of
from storage import digests, outbox
from storage.database import Database, Transaction
from storage.digests import Digest
from storage.records import CreatorId, DiscordId, EffectId, Link, Millis

_DAY = timedelta(days=1)
_NONE = "There is no daily digest of @{handle}. /digest set makes one. Days are those of {zone}."
_NO_ZONE = "There is no time zone “{typed}”. Choose one from the list, for example Europe/Berlin."


class Digests:
    """What owners want, and what is due. Whose creator it is has been checked before."""

    def __init__(self, *, database: Database, effects: Effects, clock: Clock) -> None:
        self._database = database
        self._effects = effects
        self._clock = clock

    # ── what the owner says ──

    async def put(self, link: Link, channel: DiscordId, hour: int, zone: str | None) -> str:
        """Post it into this channel from now on; returns what to tell the owner."""
        name = zone_named(zone) if zone is not None else None
        if zone is not None and name is None:
            return _NO_ZONE.format(typed=safe(one_line(zone, 60)))

        async def work(tx: Transaction) -> str:
            if name is not None:
                await digests.choose_zone(tx, link.creator, name)
            before, chosen = await self._wanted(tx, link.creator)
            # A new one begins with its next hour; one that is only moved still owes what it owed.
            told = before.told if before else due(self._clock.now(), chosen, hour).isoformat()
            wanted = Digest(link.creator, link.discord_user, channel, hour, told)
            await digests.put(tx, wanted)
            await self._note(tx, link, "digest.set", str(channel))
            return self._told(wanted, chosen)

        told = await self._database.write(work)
        return f"{told} Everybody who can read that channel sees them."

    async def off(self, link: Link) -> str:
        """Post it no longer; returns what to tell the owner."""

        async def work(tx: Transaction) -> None:
            await digests.remove(tx, link.creator)
            await self._note(tx, link, "digest.off", "")

        await self._database.write(work)
        return f"There is no daily digest of @{safe(link.handle)} any more."

    async def show(self, link: Link) -> str:
        """Where and when it comes."""
        wanted, zone = await self._database.read(lambda tx: self._wanted(tx, link.creator))
        if wanted is None:
            return _NONE.format(handle=safe(link.handle), zone=zone.key)
        return f"{self._told(wanted, zone)} /digest off stops it."

    async def live_in(self, link: Link, zone: str) -> str:
        """Let the creator's days be those of another zone; returns what to tell the owner."""
        name = zone_named(zone)
        if name is None:
            return _NO_ZONE.format(typed=safe(one_line(zone, 60)))

        async def work(tx: Transaction) -> None:
            await digests.choose_zone(tx, link.creator, name)
            await self._note(tx, link, "zone.set", name)

        await self._database.write(work)
        return f"The days of @{safe(link.handle)} now begin and end in {name}."

    async def creator_of(self, digest: EffectId) -> CreatorId | None:
        """Whose digest this is; None when it is none."""
        effect = await self._database.read(lambda tx: outbox.get(tx, digest))
        return effect.creator if effect is not None and effect.kind == POST else None

    # ── what is due ──

    async def look(self) -> None:
        """To be called every half a minute or so: want every digest that is due."""
        for wanted, name in await self._database.read(digests.running):
            day = due(self._clock.now(), zone_of(name or DEFAULT_ZONE), wanted.hour).isoformat()
            if day > wanted.told:
                await self._want(wanted.creator, day)

    async def _want(self, creator: CreatorId, day: str) -> None:
        async def work(tx: Transaction) -> None:
            if not await digests.tell(tx, creator, day):
                return
            await self._effects.add(
                tx,
                Wanted(
                    network="discord",
                    kind=READ,
                    stream=digest_stream(creator),
                    creator=creator,
                    cause=f"digest:{creator}:{day}",
                    part="digest",
                    body={BODY_DAY: day},
                ),
            )

        await self._database.write(work)

    async def _wanted(self, tx: Transaction, creator: CreatorId) -> tuple[Digest | None, ZoneInfo]:
        zone = zone_of(await digests.zone(tx, creator) or DEFAULT_ZONE)
        return await digests.get(tx, creator), zone

    def _told(self, wanted: Digest, zone: ZoneInfo) -> str:
        following = upcoming(self._clock.now(), zone, wanted.hour)
        return (
            f"Every day at {wanted.hour:02d}:00 ({zone.key}) the earnings of the day before come to "
            f"<#{wanted.channel}>, the next time <t:{following // 1000}:R>."
        )

    async def _note(self, tx: Transaction, link: Link, action: str, target: str) -> None:
        await self._effects.trail.write(
            tx, action, "done", target=target, actor=link.discord_user, creator=link.creator
        )


def due(now: Millis, zone: ZoneInfo, hour: int) -> date:
    """The newest day whose digest should be out at this moment."""
    today = day_of(now, zone)
    return today - _DAY if now >= at_hour(today, hour, zone) else today - 2 * _DAY


def upcoming(now: Millis, zone: ZoneInfo, hour: int) -> Millis:
    """When the next digest comes."""
    today = day_of(now, zone)
    first = at_hour(today, hour, zone)
    return first if first > now else at_hour(today + _DAY, hour, zone)
