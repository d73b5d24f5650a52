"""Deeds of the daily digest: read a day once, then post what was read (R6)."""
# ruff: noqa: ARG002 -- every deed answers the same questions, needed or not

from collections.abc import Mapping
from datetime import date

from bot.figures import wording
from bot.figures.days import Days
from bot.figures.ledger import Ledger
from bot.figures.spans import day_words
from bot.relay.deeds import Becomes, Body, Deed, Done, Moot, Outcome, Settling
from bot.relay.effects import pack_post, unpack_post
from bot.relay.ports import Button, Clock, DiscordPort
from bot.relay.retry import Waits
from bot.relay.zones import DEFAULT_ZONE, zone_of
from storage import attention, creators, digests
from storage.database import Database, Transaction
from storage.digests import Digest
from storage.records import CreatorId, DiscordId, Effect, Link, Millis

READ, POST = "digest.read", "digest"
BODY_DAY = "day"
_OFF = "The digest is no longer wanted."
_OLD = "A newer digest takes its place."


class ReadDay(Deed):
    """Read the earnings of a day; what is said of them stays as it is, however often it is posted."""

    def __init__(self, *, database: Database, ledger: Ledger) -> None:
        self._database = database
        self._ledger = ledger

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Becomes the post, unless nobody wants it any more."""
        wanted, link, zone = await self._database.read(lambda tx: _state(tx, effect.creator))
        if wanted is None or link is None:
            return Moot(_OFF)
        if wanted.told > body[BODY_DAY]:
            return Moot(_OLD)
        day = date.fromisoformat(body[BODY_DAY])
        days = Days(zone_of(zone or DEFAULT_ZONE), day, day)
        told = await self._ledger.earnings(effect.creator, days)
        post = wording.earnings(
            told,
            days,
            heading=f"{day:%A}, {day_words(day)}",
            link=link,
            buttons=(Button("figures.more", effect.id, "The last 30 days"),),
        )
        return Becomes(POST, {"channel": wanted.channel, "post": pack_post(post)}, since=days.until)


class PostDigest(Deed):
    """Post it into the channel that the owner chose."""

    settling = Settling.NONCE

    def __init__(self, *, database: Database, discord: DiscordPort, clock: Clock, waits: Waits) -> None:
        self._database = database
        self._discord = discord
        self._clock = clock
        self._waits = waits

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Post it, if it is still wanted; into another channel only where it surely was in none."""
        wanted = await self._database.read(lambda tx: digests.get(tx, effect.creator))
        channel = DiscordId(body["channel"])
        if wanted is None:
            return Moot(_OFF)
        if wanted.channel != channel and effect.attempt_started is None:
            return Becomes(POST, {**body, "channel": wanted.channel})
        posted = await self._discord.post(channel, unpack_post(body["post"]), nonce=effect.nonce)
        return Done(f"{channel}:{posted}")

    async def look(self, effect: Effect, body: Body) -> Done | None:
        """Search the channel for the button that carries this effect's id."""
        channel = DiscordId(body["channel"])
        posted = await self._discord.find_post(channel, effect.id, since=effect.since)
        return None if posted is None else Done(f"{channel}:{posted}")

    async def gone(self, tx: Transaction, effect: Effect, reason: str) -> Millis | None:
        """The channel was deleted: it waits until the owner has chosen another one, or given it up."""
        await attention.ask(tx, effect.id, "The digest's channel is gone: choose another with /digest set.")
        return self._clock.now() + self._waits.paused


def deeds(
    *, database: Database, ledger: Ledger, discord: DiscordPort, clock: Clock, waits: Waits
) -> Mapping[str, Deed]:
    """The kinds of effects that are the digest's own."""
    return {
        READ: ReadDay(database=database, ledger=ledger),
        POST: PostDigest(database=database, discord=discord, clock=clock, waits=waits),
    }


async def _state(tx: Transaction, creator: CreatorId) -> tuple[Digest | None, Link | None, str | None]:
    return (
        await digests.get(tx, creator),
        await creators.open_link(tx, creator),
        await digests.zone(tx, creator),
    )
