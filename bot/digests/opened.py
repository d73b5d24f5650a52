"""Builds the digests, and says what of them runs in the background."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.digests.posting import Ports, posts
from bot.digests.previewing import Previewing
from bot.digests.reading import Reading, Waiting
from bot.digests.setting import Setting
from bot.digests.telling import READ, ReadPeriod
from bot.digests.wanting import Wanting
from bot.figures.ledger import Ledger
from bot.relay.deeds import Deed
from bot.relay.digest_wish import DigestWish
from bot.relay.effects import Effects
from bot.relay.ports import Clock, Picture, Post
from bot.relay.retry import Waits
from bot.supervision import Duty
from storage.database import Database
from storage.records import CreatorId, EffectId, Link


@dataclass(frozen=True)
class Digests:
    """The parts that the rest of the program speaks to; what commands call goes to the one it is about."""

    setting: Setting
    previewing: Previewing
    wanting: Wanting
    reading: Reading
    database: Database
    effects: Effects
    clock: Clock
    waits: Waits

    async def put(self, link: Link, wish: DigestWish) -> str:
        """Let one come so from now on."""
        return await self.setting.put(link, wish)

    async def off(self, link: Link, sort: str | None) -> str:
        """Let one sort, or every one, come no longer."""
        return await self.setting.off(link, sort)

    async def show(self, link: Link) -> str:
        """Which there are, and where and when they come."""
        return await self.setting.show(link)

    async def live_in(self, link: Link, zone: str) -> str:
        """Let the creator's days be those of another zone."""
        return await self.setting.live_in(link, zone)

    async def now(self, link: Link, sort: str) -> tuple[Post, Picture | None]:
        """What one would say now."""
        return await self.previewing.now(link, sort)

    async def creator_of(self, digest: EffectId) -> CreatorId | None:
        """Whose digest this is; None when it is none."""
        return await self.setting.creator_of(digest)

    def deeds(self, ports: Ports) -> Mapping[str, Deed]:
        """The kinds of effects that are the digests' own."""
        return {
            READ: ReadPeriod(database=self.database, reading=self.reading, clock=self.clock),
            **posts(
                database=self.database,
                ports=ports,
                effects=self.effects,
                clock=self.clock,
                waits=self.waits,
            ),
        }

    def duty(self, *, divisor: float) -> Duty:
        """What must run for digests to come; `divisor` shortens the pauses."""
        return self.wanting.duty(divisor=divisor)


def open_digests(
    *, database: Database, effects: Effects, ledger: Ledger, waiting: Waiting, clock: Clock, waits: Waits
) -> Digests:
    """Digests out of this ledger; `waiting` knows what waits for a person."""
    reading = Reading(database=database, ledger=ledger, waiting=waiting, clock=clock)
    return Digests(
        setting=Setting(database=database, trail=effects.trail, clock=clock),
        previewing=Previewing(database=database, reading=reading, clock=clock),
        wanting=Wanting(database=database, effects=effects, clock=clock),
        reading=reading,
        database=database,
        effects=effects,
        clock=clock,
        waits=waits,
    )
