"""A template becomes a reply to the fan of a thread, or what many would read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.access.permits import Permit
from bot.relay.ports import Clock, Outgoing
from bot.relay.template import TemplateRefused, filled
from bot.relay.variables import value_of
from bot.relay.zones import DEFAULT_ZONE, zone_of
from bot.templates import wording
from bot.templates.finding import Finding
from storage import creators, digests, fans, templates, threads
from storage.database import Database, Transaction
from storage.records import CommandId, CreatorId, DiscordId, DraftId, FanThread, Millis, TemplateId

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class Filled:
    """What is read, and from which template it comes."""

    template: TemplateId
    message: Outgoing


class Filling:
    """Whether somebody may use templates for this creator was asked before."""

    def __init__(self, *, database: Database, finding: Finding, clock: Clock) -> None:
        self._database = database
        self._finding = finding
        self._clock = clock

    async def fill(self, permit: Permit, channel: DiscordId, wanted: str) -> Filled:
        """The template of this id or name for the fan of this thread. Raises TemplateRefused."""

        async def work(tx: Transaction) -> Filled:
            thread = await threads.by_discord(tx, channel)
            if thread is None or thread.creator != permit.creator:
                raise TemplateRefused(wording.NO_SUCH)
            kept = await self._finding.one(tx, permit, wanted)
            message = filled(self._finding.message(kept), await self._values(tx, thread))
            return Filled(kept.id, message)

        return await self._database.read(work)

    async def for_all(self, permit: Permit, wanted: str) -> Filled:
        """One of them as many fans would read it. Raises TemplateRefused, too where it needs a fan's name."""
        assert permit.creator is not None, "the action is about a creator"
        whose = permit.creator

        async def work(tx: Transaction) -> Filled:
            kept = await self._finding.one(tx, permit, wanted)
            return Filled(kept.id, filled(self._finding.message(kept), await self._values_for_all(tx, whose)))

        return await self._database.read(work)

    async def used(self, ref: CommandId, template: TemplateId, creator: CreatorId) -> None:
        """A reply comes from this template."""
        now = self._clock.now()
        await self._database.write(lambda tx: templates.use(tx, ref, template, creator, now=now))

    async def opened(self, window: DraftId, template: TemplateId, creator: CreatorId) -> None:
        """A window was filled with this template; what is sent from it comes from it."""
        now = self._clock.now()
        await self._database.write(lambda tx: templates.remember(tx, window, template, creator, now=now))

    async def of_ref(self, ref: DraftId | CommandId) -> TemplateId | None:
        """With which template this window was filled, or from which this reply came, if from any."""
        return await self._database.read(lambda tx: templates.of_ref(tx, ref))

    async def _values(self, tx: Transaction, thread: FanThread) -> Mapping[str, str | None]:
        fan = await fans.get(tx, thread.creator, thread.fan)
        return {
            "fan_name": value_of(fan.display_name or fan.handle) if fan else None,
            "handle": value_of(fan.handle) if fan else None,
            **await self._values_for_all(tx, thread.creator),
        }

    async def _values_for_all(self, tx: Transaction, whose: CreatorId) -> Mapping[str, str | None]:
        creator = await creators.get(tx, whose)
        zone = await digests.zone(tx, whose) or DEFAULT_ZONE
        return {
            "creator": value_of(creator.display_name or creator.handle) if creator else None,
            **days_of(self._clock.now(), zone),
        }


def days_of(now: Millis, zone: str) -> Mapping[str, str]:
    """Month and day of the week at that time in a zone, in English whatever the machine speaks."""
    there = datetime.fromtimestamp(now / 1000, tz=zone_of(zone))
    return {"month": _MONTHS[there.month - 1], "weekday": _DAYS[there.weekday()]}
