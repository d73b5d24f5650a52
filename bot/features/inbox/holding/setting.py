"""/inbox hold: how long a creator's replies wait before they are sent."""

from bot.access.permits import Permit
from bot.engine.audit_log import AuditLog
from bot.features.inbox.holding import texts
from bot.model.ports import Clock
from storage.database import Database, Transaction
from storage.inbox import reply_holds


class ReplyHoldSetting:
    """Whether somebody may was asked before."""

    def __init__(self, *, database: Database, clock: Clock, trail: AuditLog) -> None:
        self._database = database
        self._clock = clock
        self._trail = trail

    async def hold(self, permit: Permit, seconds: int | None) -> str:
        """Let it be this long from now on, 0 for not at all; None changes nothing and says what holds."""
        creator, by = permit.creator, permit.actor.user
        assert creator is not None, "the action is about a creator"

        async def work(tx: Transaction) -> str:
            if seconds is None:
                return texts.shown(await reply_holds.seconds(tx, creator))
            await reply_holds.put(tx, creator, seconds, by=by, now=self._clock.now())
            await self._trail.write(tx, "hold.set", "done", target=f"{seconds} s", actor=by, creator=creator)
            return texts.done(seconds)

        return await self._database.write(work)
