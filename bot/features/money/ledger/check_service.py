"""Requests about the ledger itself: whether it agrees, and to read it again."""

from bot.access.permits import Permit
from bot.features.money.ledger import texts
from bot.features.money.ledger.checker import LedgerChecker
from bot.features.money.periods.bands import shown_to
from bot.features.money.periods.read_limit import LONGEST, told
from bot.model.language import msgid, tr
from bot.model.ports import Post
from bot.relay.context import Context
from bot.text.safe_text import safe
from bot.text.time_zones import DEFAULT_ZONE, zone_of
from storage.database import Transaction
from storage.money import digests, earnings
from storage.records import Link

_TOO_MUCH = msgid(
    "There is too much to read within Fanvue's limits in ten minutes. The nightly "
    "comparison takes more time: see its result in /money earnings."
)


class LedgerCheckService:
    """Whether somebody may ask was looked up before. Raises CannotTell."""

    def __init__(self, ctx: Context, *, checking: LedgerChecker, longest: float = LONGEST) -> None:
        """`longest`: seconds that one answer may take."""
        self._ctx = ctx
        self._checking = checking
        self._longest = longest

    async def check(self, link: Link, permit: Permit) -> Post:
        """Compare the ledger with Fanvue now; figures as exactly as they see them."""
        found, checked = await told(
            lambda: self._checking.check(link.creator), self._longest, too_much=_TOO_MUCH
        )
        name = await self._ctx.database.read(lambda tx: digests.zone(tx, link.creator))
        zone = zone_of(name or DEFAULT_ZONE)
        return texts.report(found, checked, link=link, zone=zone, show=shown_to(permit.money))

    async def rebuild(self, link: Link, permit: Permit) -> str:
        """Have all days read again; return the answer."""

        async def work(tx: Transaction) -> None:
            await earnings.forget_reads(tx, link.creator)
            trail = self._ctx.effects.trail
            actor = permit.actor.user
            await trail.write(tx, "ledger.rebuild", "done", target="", actor=actor, creator=link.creator)

        await self._ctx.database.write(work)
        return tr(texts.REBUILDING, handle=safe(link.handle))
