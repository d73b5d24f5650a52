"""A member's statement, or the whole team's: their sales by both rules."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.access.permits import Permit
from bot.access.roles import MoneyView, Permission
from bot.features.money.credit import files, texts
from bot.features.money.credit.sales_reader import CreditSalesReader
from bot.features.money.credit.sums import by_member
from bot.features.money.credit.texts import CreditStatement
from bot.features.money.periods.bands import shown_to
from bot.features.money.periods.read_limit import FiguresUnavailable
from bot.model.language import tr
from bot.model.ports import Post
from bot.relay.context import Context
from storage.engine import commands
from storage.records import DiscordId


@dataclass(frozen=True)
class StatementPage:
    """The post, and the file that goes with it."""

    post: Post
    file: bytes | None = None


class StatementService:
    """Whether somebody may ask was looked up before; of others only leads do. Raises FiguresUnavailable."""

    def __init__(self, ctx: Context, *, reading: CreditSalesReader) -> None:
        self._ctx = ctx
        self._reading = reading

    async def of(
        self, permits: Sequence[Permit], member: DiscordId | None, period: str, *, as_file: bool
    ) -> StatementPage:
        """`member`: of whom; None: everybody's for a lead of all these, else one's own."""
        me = permits[0].actor.user
        whole = member is None and all(_leads(one) for one in permits)
        whose = me if member is None else member
        if whose != me and not all(_leads(one) for one in permits):
            permits = [one for one in permits if _leads(one)]
            if not permits:
                raise FiguresUnavailable(tr(texts.NOT_THEIRS))
        seen = [one for one in permits if one.money is not MoneyView.HIDDEN]
        if not seen:
            raise FiguresUnavailable(tr(texts.HIDDEN))
        found = [await self._one(permit, period) for permit in seen]
        if whole or whose != me:
            await self._noted(seen, whose if not whole else None)
        exact = all(one.money is MoneyView.EXACT for one in seen)
        post = texts.statement(found, whose, window=self._reading.window, whole=whole)
        if not as_file:
            return StatementPage(post)
        there = files.members_in(found, whose, whole=whole)
        names = await self._ctx.database.read(lambda tx: commands.names_of(tx, there))
        return StatementPage(post, files.statement(found, whose, names, whole=whole, exact=exact))

    async def _one(self, permit: Permit, period: str) -> CreditStatement:
        assert permit.creator is not None, "the action is about a creator"
        lot = await self._reading.of(permit.creator, period, permit.money)
        sums = by_member(await self._reading.groups(lot))
        return CreditStatement(lot.handle, lot.days, lot.name, lot.ledgered, sums, shown_to(permit.money))

    async def _noted(self, permits: Sequence[Permit], of: DiscordId | None) -> None:
        """Record who looked at the sales of others."""
        for permit in permits:
            await self._ctx.database.write(
                lambda tx, one=permit: self._ctx.trail.write(  # type: ignore[misc]
                    tx,
                    "credit.statement",
                    "done",
                    target="" if of is None else str(of),
                    actor=one.actor.user,
                    creator=one.creator,
                )
            )


def _leads(permit: Permit) -> bool:
    return permit.standing is not None and Permission.APPROVE in permit.standing.permissions
