"""A member's own pings: shown, and changed from now on."""

from dataclasses import dataclass, replace

from bot.access.permits import Permit
from bot.features.inbox.pings import texts
from bot.model.language import tr
from bot.relay.context import Context
from bot.text.quiet_hours import NotAClockTime, OneEndOnly, ends_of
from bot.text.safe_text import one_line, safe
from bot.text.time_zones import DEFAULT_ZONE, zone_named
from storage.database import Transaction
from storage.inbox import pings
from storage.inbox.pings import PingChoice, PingMode
from storage.money import digests


@dataclass(frozen=True)
class TypedPings:
    """A member's input; None: not typed."""

    mode: str | None = None  # a value of PingMode
    quiet_from: str | None = None
    quiet_to: str | None = None
    zone: str | None = None


class PingSetting:
    """Permits were given at the door, for one creator."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    async def set(self, permit: Permit, typed: TypedPings) -> str:
        """Change what was typed and nothing else; return the answer."""
        creator, member = permit.creator, permit.actor.user
        assert creator is not None, "the action is about a creator"

        async def work(tx: Transaction) -> str:
            held = await pings.get(tx, creator, member)
            zone = await digests.zone(tx, creator) or DEFAULT_ZONE
            if typed == TypedPings():
                return tr(texts.NEVER_CHOSE) if held is None else texts.choice_told(held, zone)
            if held is None and typed.mode is None:
                return tr(texts.MODE_FIRST)
            wanted = _wanted(held or PingChoice(creator, member, PingMode.NOTHING), typed)
            if isinstance(wanted, str):
                return wanted
            await pings.put(tx, wanted, now=self._ctx.clock.now())
            await self._ctx.trail.write(tx, "inbox.pings", "done", actor=member, creator=creator)
            return texts.choice_told(wanted, zone)

        return await self._ctx.database.write(work)


def _wanted(held: PingChoice, typed: TypedPings) -> PingChoice | str:
    """The new choice, or why not."""
    try:
        begins, ends = ends_of(typed.quiet_from, typed.quiet_to, held)
    except NotAClockTime as wrong:
        return tr(texts.NO_TIME, typed=safe(one_line(wrong.typed, 20)))
    except OneEndOnly:
        return tr(texts.BOTH)
    zone = held.zone if typed.zone is None else zone_named(typed.zone)
    if typed.zone is not None and zone is None:
        return tr(texts.NO_ZONE, typed=safe(one_line(typed.zone, 40)))
    mode = held.mode if typed.mode is None else PingMode(typed.mode)
    return replace(held, mode=mode, quiet_from=begins, quiet_to=ends, zone=zone)
