"""/inbox hold: how long a creator's replies wait before they are sent."""

from bot.access.permits import Permit
from bot.features.inbox.holding import texts
from bot.relay.context import Context
from storage.database import Transaction
from storage.inbox import reply_holds


class ReplyHoldSetting:
    """Whether somebody may was asked before."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    async def hold(self, permit: Permit, seconds: int | None) -> str:
        """Let it be this long from now on, 0 for not at all; None changes nothing and says what holds."""
        creator, by = permit.creator, permit.actor.user
        assert creator is not None, "the action is about a creator"

        async def work(tx: Transaction) -> str:
            if seconds is None:
                return texts.shown(await reply_holds.seconds(tx, creator))
            await reply_holds.put(tx, creator, seconds, by=by, now=self._ctx.clock.now())
            await self._ctx.trail.write(
                tx, "hold.set", "done", target=f"{seconds} s", actor=by, creator=creator
            )
            return texts.done(seconds)

        return await self._ctx.database.write(work)
