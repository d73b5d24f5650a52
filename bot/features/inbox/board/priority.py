"""The weight of a fan's waiting: the team's marks, and recent payments."""

from collections.abc import Awaitable, Callable, Collection
from enum import IntEnum

from bot.access.roles import MoneyView
from bot.relay.context import Context
from storage.database import Transaction
from storage.money import spending
from storage.records import Cents, CreatorId, FanId, Millis

_LATELY: Millis = 90 * 86_400_000
_SOME: Cents = 5_000
_MUCH: Cents = 25_000
_HOLDS: Millis = 60_000

# Whom of those who wait somebody of the team marked as a VIP.
Marked = Callable[[Transaction, CreatorId], Awaitable[Collection[FanId]]]


class PriorityBand(IntEnum):
    """The weight of a minute of waiting. A VIP's counts for three."""

    USUAL = 1
    SOME = 2
    VIP = 3


def band_of(cents: Cents) -> PriorityBand:
    """The band of what somebody paid in the last ninety days."""
    if cents >= _MUCH:
        return PriorityBand.VIP
    return PriorityBand.SOME if cents >= _SOME else PriorityBand.USUAL


class FanPriority:
    """Knows the fans who are more than usual. What they paid is held for a minute, each creator's.

    Lines about money name pseudonyms only, so every key of the creator is opened to say whose they are.
    """

    def __init__(self, ctx: Context, *, marked: Marked) -> None:
        self._marked = marked
        self._pseudonyms = ctx.trail.pseudonyms
        self._ctx = ctx
        self._known: dict[
            CreatorId, tuple[Millis, dict[FanId, PriorityBand]]
        ] = {}  # one entry for each creator

    async def of(self, tx: Transaction, creator: CreatorId, sees: MoneyView) -> dict[FanId, PriorityBand]:
        """Return the bands of one creator's fans; any other is usual.

        Without sight of figures only a mark counts: star and order would tell who pays more.
        """
        paid = {} if sees is MoneyView.HIDDEN else await self._paid(tx, creator)
        return paid | dict.fromkeys(await self._marked(tx, creator), PriorityBand.VIP)

    async def _paid(self, tx: Transaction, creator: CreatorId) -> dict[FanId, PriorityBand]:
        now = self._ctx.clock.now()
        known = self._known.get(creator)
        if known is not None and 0 <= now - known[0] < _HOLDS:
            return known[1]
        spent = await spending.of_fans(tx, creator, since=now - _LATELY, least=_SOME, now=now)
        whose = await self._pseudonyms.whose(tx, creator, spent.keys())
        found = {fan: band_of(spent[name]) for name, fan in whose.items()}
        self._known[creator] = now, found
        return found
