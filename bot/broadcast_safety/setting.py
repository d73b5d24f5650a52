"""/mass-limits: above how many recipients a mass message takes more than a press."""

from bot.access.permits import Permit
from bot.broadcast_safety import wording
from bot.relay.ports import Clock
from bot.relay.trail import Trail
from storage import mass_limits
from storage.database import Database, Transaction
from storage.mass_limits import MassLimits


class Setting:
    """Whether somebody may was asked before."""

    def __init__(self, *, database: Database, clock: Clock, trail: Trail) -> None:
        self._database = database
        self._clock = clock
        self._trail = trail

    async def limit(self, permit: Permit, typed_above: str | None) -> str:
        """Let it hold from now on; None changes nothing and says what holds."""
        creator, by = permit.creator, permit.actor.user
        assert creator is not None, "the action is about a creator"
        try:
            wanted = None if typed_above is None else MassLimits(wording.read(typed_above))
        except ValueError as wrong:
            return str(wrong)

        async def work(tx: Transaction) -> str:
            if wanted is None:
                return wording.shown(await mass_limits.get(tx, creator))
            await mass_limits.put(tx, creator, wanted, by=by, now=self._clock.now())
            target = wording.target(wanted)
            await self._trail.write(tx, "mass_limits.set", "done", target=target, actor=by, creator=creator)
            return wording.done(wanted)

        return await self._database.write(work)
