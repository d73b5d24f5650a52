"""/inbox timers: shows timers, and changes them from now on."""

from dataclasses import dataclass

from bot.access.permits import Permit
from bot.features.inbox.timers import texts
from bot.model.language import tr
from bot.relay.context import Context
from bot.text.quiet_hours import NotAClockTime, OneEndOnly, ends_of
from bot.text.safe_text import one_line, safe
from bot.text.time_zones import DEFAULT_ZONE, zone_of
from storage.database import Transaction
from storage.inbox import timers
from storage.inbox.timers import TimerSettings
from storage.money import digests
from storage.records import CreatorId


@dataclass(frozen=True)
class _TypedTimers:
    """A member's input; None: not typed. `first` 0: nobody is to be pinged any more."""

    first: int | None = None
    second: int | None = None
    quiet_from: str | None = None
    quiet_to: str | None = None


class TimerSetting:
    """Permits were given at the door."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    async def set(
        self,
        permit: Permit,
        *,
        first: int | None,
        second: int | None,
        quiet_from: str | None,
        quiet_to: str | None,
    ) -> str:
        """Change what was typed and nothing else; return the answer."""
        creator, typed = permit.creator, _TypedTimers(first, second, quiet_from, quiet_to)
        assert creator is not None, "the action is about a creator"

        async def work(tx: Transaction) -> str:
            held = await timers.get(tx, creator)
            if typed == _TypedTimers():
                return tr(texts.NONE) if held is None else await self._told(tx, held)
            if typed.first == 0:
                await timers.remove(tx, creator)
                await self._note(tx, permit, creator)
                return tr(texts.OFF)
            wanted = _wanted(creator, held, typed)
            if isinstance(wanted, str):
                return wanted
            await timers.put(tx, wanted, by=permit.actor.user, now=self._ctx.clock.now())
            await self._note(tx, permit, creator)
            return await self._told(tx, wanted)

        return await self._ctx.database.write(work)

    async def _told(self, tx: Transaction, held: TimerSettings) -> str:
        name = await digests.zone(tx, held.creator)
        return texts.told(held, zone_of(name or DEFAULT_ZONE), chosen=name is not None)

    async def _note(self, tx: Transaction, permit: Permit, creator: CreatorId) -> None:
        await self._ctx.trail.write(tx, "inbox.timers", "done", actor=permit.actor.user, creator=creator)


def _wanted(creator: CreatorId, held: TimerSettings | None, typed: _TypedTimers) -> TimerSettings | str:
    """The new timers, or why not."""
    first = typed.first or (held.first if held is not None else None)
    if first is None:
        return tr(texts.NEED_FIRST)
    try:
        begins, ends = ends_of(typed.quiet_from, typed.quiet_to, held)
    except NotAClockTime as wrong:
        return tr(texts.NO_TIME, typed=safe(one_line(wrong.typed, 20)))
    except OneEndOnly:
        return tr(texts.BOTH)
    second = held.second if typed.second is None and held is not None else typed.second
    return TimerSettings(creator, first, second or None, begins, ends)
